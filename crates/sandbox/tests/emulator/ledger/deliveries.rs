//! What each kind of request delivers.

use std::{
    fmt::Write as _,
    time::{Duration, UNIX_EPOCH},
};

use serde_json::json;
use zap_sandbox::{Clock, DeliveryKind, DeliveryState, Profile, Provider, Sandbox};

use crate::http::{Part, Request};

use super::{CHATGURU, SEND, control, send};

const TEMPLATE: &str = "/escalazap/external-api/inbox/send-template-message";

#[tokio::test]
async fn each_kind_has_its_own_fields() {
    let sandbox = Sandbox::start().await.unwrap();
    let order = r#"{"order_url":"https://shop.test/1","woo_response":{"line_items":[{"name":"Bolo"}]}}"#;
    let product = r#"{"name":"Bolo","description":"<b>Doce</b>","permalink":"https://shop.test/p"}"#;
    for fields in [
        "message=oi",
        "latitude=-23.5&longitude=-46.6&name=Casa&address=Rua+1&message=x",
        "latitude=-23.5&longitude=-46.6&name=Casa",
        "latitude=-23.5",
        "cta_url_id=1&message=x",
        "interactive_list_id=1",
        &format!("product={}", encoded(product)),
        &format!("created_order_data={}", encoded(order)),
    ] {
        send(&sandbox, fields).await;
    }
    let shown: Vec<_> = sandbox.deliveries().into_iter().map(|row| (row.kind, row.text, row.url)).collect();
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(
        shown,
        [
            (DeliveryKind::Text, some("oi"), None),
            (DeliveryKind::Location, None, None),
            (DeliveryKind::Location, None, None),
            (DeliveryKind::Text, None, None),
            (DeliveryKind::CtaUrl, some("Conheça a loja"), some("https://example.test/loja")),
            (DeliveryKind::InteractiveList, some("Como podemos ajudar?"), None),
            (DeliveryKind::Product, some("Doce"), some("https://shop.test/p")),
            (DeliveryKind::Order, some("Bolo"), some("https://shop.test/1")),
        ]
    );
    let location = sandbox.deliveries().remove(1).location.unwrap();
    assert_eq!(
        (
            location.latitude.as_str(),
            location.longitude.as_str(),
            location.name.as_deref(),
            location.address.as_deref()
        ),
        ("-23.5", "-46.6", Some("Casa"), Some("Rua 1"))
    );
    let location = sandbox.deliveries().remove(2).location.unwrap();
    assert_eq!((location.name, location.address), (None, None), "one of them alone is not delivered");
}

fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        let _ = write!(out, "%{byte:02X}");
    }
    out
}

#[tokio::test]
async fn a_delivery_names_account_and_recipient() {
    let sandbox = Sandbox::start().await.unwrap();
    send(&sandbox, "message=oi").await;
    let delivery = sandbox.deliveries().remove(0);
    assert_eq!((delivery.provider, delivery.operation), (Provider::EscalaZap, "send_message"));
    assert_eq!((delivery.account.as_str(), delivery.to.as_str()), ("main", "5511987654321"));
    assert_eq!((delivery.name.as_deref(), delivery.due), (Some("Ana Lima"), None));
    send(&sandbox, "message=again").await;
    let shown = control(&sandbox, "ledger").await;
    assert_eq!(shown["entries"][0]["conversation"], shown["entries"][1]["conversation"]);
    assert_eq!((&shown["forgotten"], &shown["last"]), (&json!(0), &json!(delivery.id + 1)));
    let expected = json!({
        "id": delivery.id, "at": shown["entries"][0]["at"], "provider": "escalazap", "call": delivery.call,
        "operation": "send_message", "account": "main", "conversation": delivery.conversation,
        "to": "5511987654321", "name": "Ana Lima", "kind": "text", "text": "oi", "file": null, "url": null,
        "location": null, "template": null, "state": "sent", "due": null,
    });
    assert_eq!(shown["entries"][0], expected);
    let call = sandbox.calls().remove(0);
    assert_eq!((call.id, &call.deliveries), (delivery.call, &vec![delivery.id]));
}

#[tokio::test]
async fn a_template_is_delivered_whatever_the_answer_says() {
    for profile in [Profile::Observed, Profile::Documented] {
        let sandbox = Sandbox::builder().profile(profile).start().await.unwrap();
        let form = "mobile_code=55&mobile=11987654321&template_id=2&body_variables[]=77&body_variables[]=Ana";
        Request::new("POST", TEMPLATE).signed(&sandbox).form(form).ask(&sandbox).await;
        let deliveries = sandbox.deliveries();
        let [delivery] = deliveries.as_slice() else { panic!("exactly one: {deliveries:?}") };
        let template = delivery.template.as_ref().unwrap();
        assert_eq!((template.id, template.name.as_str()), (2, "pedido_pronto"));
        assert_eq!(template.variables, ["77", "Ana"]);
        assert!(delivery.text.as_ref().unwrap().contains("77"), "{:?}", delivery.text);
        assert_eq!(sandbox.calls()[0].success, profile == Profile::Documented);
    }
}

#[tokio::test]
async fn refused_messages_are_not_delivered() {
    let sandbox = Sandbox::start().await.unwrap();
    for form in [
        "mobile_code=55&mobile=11900000001&message=unknown",
        "mobile_code=55&mobile=21988880002&message=blocked",
        "mobile_code=55&mobile=11987654321",
        "mobile_code=55&mobile=11987654321&cta_url_id=999",
        "mobile_code=55&mobile=11987654321&message=%FF",
    ] {
        let answer = Request::new("POST", SEND).signed(&sandbox).form(form).ask(&sandbox).await;
        assert_ne!(answer.json()["status"], "success", "{form}");
    }
    Request::new("POST", SEND).form("mobile_code=55&mobile=11987654321&message=x").ask(&sandbox).await;
    Request::new("POST", &format!("{CHATGURU}9&action=message_send&text=x")).ask(&sandbox).await;
    assert_eq!(sandbox.deliveries(), []);
    assert_eq!(sandbox.total_calls(), 7);
}

#[tokio::test]
async fn small_files_are_kept_and_of_large_ones_only_the_size() {
    let sandbox = Sandbox::start().await.unwrap();
    let png: &[u8] = b"\x89PNG\r\n\x1a\n....IEND";
    let mut page = b"%PDF-1.4 ".to_vec();
    page.extend_from_slice(b"<script>alert(1)</script>");
    let mut video = b"\0\0\0\x20ftypisom".to_vec();
    video.resize(1024 * 1024 + 1, 0);
    for (field, name, bytes) in
        [("image", "a.png", png), ("document", "b.pdf", page.as_slice()), ("video", "c.mp4", video.as_slice())]
    {
        let parts: [Part<'_>; 4] = [
            ("mobile_code", None, b"55"),
            ("mobile", None, b"11987654321"),
            ("message", None, b"caption"),
            (field, Some((name, Some("text/html"))), bytes),
        ];
        Request::new("POST", SEND).signed(&sandbox).multipart(&parts).ask(&sandbox).await.success();
    }
    let deliveries = sandbox.deliveries();
    let kept: Vec<_> = deliveries.iter().map(|row| row.file.as_ref().unwrap().kept).collect();
    assert_eq!(kept, [true, true, false]);
    let media = async |id: u64| Request::new("GET", &format!("/__sandbox/media/{id}")).ask(&sandbox).await;
    let image = media(deliveries[0].id).await;
    assert_eq!((image.status, image.header("content-type"), image.body.as_slice()), (200, "image/png", png));
    assert_eq!(image.header("content-disposition"), "");
    let document = media(deliveries[1].id).await;
    assert_eq!(
        (document.header("content-type"), document.header("content-disposition")),
        ("application/pdf", "attachment")
    );
    for answer in [&image, &document] {
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("content-security-policy"), "sandbox; default-src 'none'");
    }
    assert_eq!(media(deliveries[2].id).await.status, 404);
    assert_eq!(deliveries[2].file.as_ref().unwrap().size, 1024 * 1024 + 1);
    assert_eq!(Request::new("GET", "/__sandbox/media/x").ask(&sandbox).await.status, 400);
    sandbox.reset();
    assert_eq!(media(deliveries[0].id).await.status, 404);
}

#[tokio::test]
async fn chatguru_messages_are_sent_by_the_clock() {
    let clock = Clock::standing_at(UNIX_EPOCH + Duration::from_secs(1_800_000_000));
    let sandbox = Sandbox::builder().clock(clock).start().await.unwrap();
    let ask = async |rest: &str| Request::new("POST", &format!("{CHATGURU}&{rest}")).ask(&sandbox).await;
    for rest in [
        "action=message_send&text=oi",
        // An hour later, as Brasília time.
        "action=message_send&text=later&send_date=2027-01-15+06:00",
        "action=message_file_send&file_url=https://files.test/a.pdf&caption=veja",
        "action=note_add&note_text=nota",
        "action=chat_update_custom_fields&field__Plano=ouro&field__Cidade=Recife",
        "action=dialog_execute&dialog_id=5d0000000000000000000201",
    ] {
        assert!(ask(rest).await.status < 300, "{rest}");
    }
    let states = || -> Vec<_> { sandbox.deliveries().iter().map(|row| (row.kind.name(), row.state.name())).collect() };
    assert_eq!(
        states(),
        [
            ("text", "scheduled"),
            ("text", "scheduled"),
            ("file_url", "scheduled"),
            ("note", "sent"),
            ("custom_fields", "sent"),
            ("dialog", "sent"),
        ]
    );
    sandbox.clock().advance(Duration::from_secs(1));
    let sent = |name: &str| states().iter().filter(|(_, state)| *state == name).count();
    assert_eq!((sent("sent"), sent("scheduled")), (5, 1));
    let moved = Request::new("POST", "/__sandbox/clock").json(&json!({"advance_ms": 3_600_000})).ask(&sandbox).await;
    assert_eq!(moved.json(), json!({"now": "2027-01-15T09:00:01.000Z", "advanced_ms": 3_601_000}));
    let shown = control(&sandbox, "ledger?provider=chatguru").await;
    assert_eq!(
        (&shown["entries"][1]["state"], &shown["entries"][1]["due"]),
        (&json!("sent"), &json!("2027-01-15T09:00:00.000Z"))
    );
    assert_eq!(shown["entries"][2]["url"], "https://files.test/a.pdf");
    assert_eq!(shown["entries"][4]["text"], "Cidade: Recife\nPlano: ouro");
    assert_eq!(shown["entries"][0]["name"], "Ana Lima");
    // The reset sets the clock back.
    sandbox.reset();
    assert_eq!(control(&sandbox, "clock").await, json!({"now": "2027-01-15T08:00:00.000Z", "advanced_ms": 0}));
}

#[tokio::test]
async fn a_new_chat_starts_with_its_text() {
    let clock = Clock::standing_at(UNIX_EPOCH + Duration::from_secs(1_800_000_000));
    let sandbox = Sandbox::builder().clock(clock).start().await.unwrap();
    let add = |number: &str, rest: &str| {
        let target = CHATGURU.replace("5511987654321", number);
        Request::new("POST", &format!("{target}&action=chat_add&name=Nina&{rest}"))
    };
    add("5521900001111", "text=ola&dialog_id=5d0000000000000000000201").ask(&sandbox).await;
    add("5521900002222", "text=%20").ask(&sandbox).await;
    let deliveries = sandbox.deliveries();
    let shown: Vec<_> = deliveries.iter().map(|row| (row.kind, row.to.as_str(), row.state)).collect();
    assert_eq!(
        shown,
        [
            (DeliveryKind::ChatAdded, "5521900001111", DeliveryState::Scheduled),
            (DeliveryKind::Text, "5521900001111", DeliveryState::Scheduled),
            (DeliveryKind::Dialog, "5521900001111", DeliveryState::Scheduled),
            (DeliveryKind::ChatAdded, "5521900002222", DeliveryState::Scheduled),
        ]
    );
    assert_eq!(deliveries[0].name.as_deref(), Some("Nina"));
    sandbox.clock().advance(Duration::from_secs(60));
    assert!(sandbox.deliveries().iter().all(|row| row.state == DeliveryState::Sent));
}
