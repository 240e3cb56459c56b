//! Unusual requests, and how the recorded server answers them.

use serde_json::{Value, json};
use zap_sandbox::{DeliveryKind, Sandbox};

use crate::http::{Part, Request, Response};

const BASE: &str = "/escalazap/external-api";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n....IEND\xaeB`\x82";
const TO: [Part<'_>; 2] = [("mobile_code", None, b"55"), ("mobile", None, b"11987654321")];

fn get(rest: &str) -> Request {
    Request::new("GET", &format!("{BASE}{rest}"))
}

fn post(rest: &str) -> Request {
    Request::new("POST", &format!("{BASE}{rest}"))
}

async fn send(sandbox: &Sandbox, extra: &[Part<'_>]) -> Response {
    post("/inbox/send-message").signed(sandbox).multipart(&[&TO, extra].concat()).ask(sandbox).await
}

/// The number of stored messages.
async fn messages(sandbox: &Sandbox) -> i64 {
    Request::new("GET", "/__sandbox/counts").ask(sandbox).await.json()["messages"].as_i64().unwrap()
}

#[tokio::test]
async fn a_fatal_error_of_php_is_500() {
    let sandbox = Sandbox::start().await.unwrap();
    let ask = || get("/contact/list?paginate=-0").signed(&sandbox);
    for (header, value, is_json) in [
        ("accept", "application/json", true),
        ("x-requested-with", "XMLHttpRequest", true),
        ("accept", "*/*", false),
        ("accept", "text/html,application/json;q=0.9", false),
    ] {
        let answer = ask().header(header, value).ask(&sandbox).await;
        assert_eq!((answer.status, answer.header("content-type").contains("json")), (500, is_json), "{header} {value}");
        if is_json {
            assert_eq!(answer.json(), json!({"message": "Server Error"}));
        }
    }
    for (path, field) in [
        ("/inbox/send-message", "product=%22abc%22"),
        ("/inbox/send-message", "created_order_data[order_url]=u"),
        ("/inbox/send-template-message", "template_id=1&body_variables[][]=x"),
        ("/inbox/send-template-message", "template_id=1&header_variables[a][b]=x"),
    ] {
        let form = format!("mobile_code=55&mobile=11987654321&{field}");
        assert_eq!(post(path).signed(&sandbox).form(&form).ask(&sandbox).await.status, 500, "{field}");
    }
    assert!(sandbox.deliveries().is_empty());
}

#[tokio::test]
async fn a_method_with_other_characters_than_letters_is_a_bad_request() {
    let sandbox = Sandbox::start().await.unwrap();
    let ask = |form: &str| post("/contact/delete/3").signed(&sandbox).form(form);
    for form in ["_method=2", "_method=DELETE!", "_method[]=DELETE"] {
        let answer = ask(form).ask(&sandbox).await;
        assert_eq!(
            (answer.remark().as_str(), &answer.json()["message"][0]),
            ("exception", &json!("Bad request.")),
            "{form}"
        );
    }
    let by_header = ask("").header("x-http-method-override", "1").ask(&sandbox).await;
    assert_eq!(by_header.json()["message"][0], "Bad request.");
    let outside = Request::new("POST", "/escalazap/x").header("accept", "application/json").form("_method=2");
    let outside = outside.ask(&sandbox).await;
    assert_eq!((outside.status, outside.json()), (400, json!({"message": "Bad request."})));
    // An empty method is ignored, and so are case and surrounding white space.
    assert!(ask("_method=").ask(&sandbox).await.json()["message"][0].as_str().unwrap().starts_with("The POST method"));
    ask("_method=+delete+").ask(&sandbox).await.success();
}

#[tokio::test]
async fn a_path_that_is_not_utf_8_has_no_route() {
    let sandbox = Sandbox::start().await.unwrap();
    let ask = || get("/inbox/conversation-details/%FF").signed(&sandbox);
    let answer = ask().header("accept", "application/json").ask(&sandbox).await;
    let text = "The route external-api/inbox/conversation-details/%FF could not be found.";
    assert_eq!((answer.status, answer.json()), (404, json!({"message": text})));
    assert!(ask().ask(&sandbox).await.header("content-type").contains("html"));
}

#[tokio::test]
async fn a_search_must_be_a_text() {
    let sandbox = Sandbox::start().await.unwrap();
    for query in ["search[]=a", "search[a]=b"] {
        let answer = get(&format!("/contact/list?{query}")).signed(&sandbox).ask(&sandbox).await;
        assert_eq!(answer.json()["message"], json!(["O campo search deve ser uma string."]));
    }
    let number = get("/contact/list").signed(&sandbox).json(&json!({"search": 5})).ask(&sandbox).await;
    assert_eq!(number.remark(), "validation_error");
    // A search ignores accents and width.
    for (needle, found) in [("%C4%B0", true), ("%EF%BC%91%EF%BC%91", true), ("%C3%9F", false), ("%25", true)] {
        let answer = get(&format!("/inbox/conversation-list?search={needle}")).signed(&sandbox).ask(&sandbox).await;
        let rows = answer.success()["data"]["conversation"]["data"].as_array().unwrap().len();
        assert_eq!(rows > 0, found, "{needle}");
    }
}

#[tokio::test]
async fn a_picture_is_opened_depending_on_its_name() {
    let sandbox = Sandbox::start().await.unwrap();
    let broken = b"\x89PNG\r\n\x1a\nbroken";
    for (n, (name, is_stored)) in
        [("a.png", false), ("a.JPEG", false), ("a.Png", true), ("foto", true), ("a.pdf", true)].into_iter().enumerate()
    {
        let mobile = format!("119000000{n}");
        let parts: [Part<'_>; 5] = [
            ("firstname", None, b"A"),
            ("lastname", None, b"B"),
            ("mobile_code", None, b"55"),
            ("mobile", None, mobile.as_bytes()),
            ("profile_image", Some((name, None)), broken),
        ];
        let answer = post("/contact/store").signed(&sandbox).multipart(&parts).ask(&sandbox).await.json();
        assert_eq!(answer["remark"], if is_stored { "contact_created" } else { "image_upload_error" }, "{name}");
    }
}

#[tokio::test]
async fn surrogates_are_stored_and_every_answer_with_them_is_an_exception() {
    let sandbox = Sandbox::start().await.unwrap();
    let contacts = || get("/contact/list").signed(&sandbox);
    let before = contacts().ask(&sandbox).await.success()["data"]["contacts"]["total"].clone();
    let store = |firstname: &str, mobile: &str| {
        let form = format!("firstname={firstname}&lastname=B&mobile_code=55&mobile={mobile}");
        post("/contact/store").signed(&sandbox).form(&form)
    };
    for refused in ["a%FF", "%C3", "a%ED%A0%80%FF"] {
        assert_eq!(store(refused, "71").ask(&sandbox).await.remark(), "exception", "{refused}");
    }
    assert_eq!(contacts().ask(&sandbox).await.success()["data"]["contacts"]["total"], before);
    assert_eq!(store("a%ED%A0%80", "72").ask(&sandbox).await.remark(), "exception");
    let taken = store("Ana", "72").ask(&sandbox).await;
    assert_eq!(taken.json()["message"], json!(["O mobile já está em uso."]));
    assert_eq!(contacts().ask(&sandbox).await.remark(), "exception");
}

#[tokio::test]
async fn a_message_is_delivered_before_storing_its_row_fails() {
    let sandbox = Sandbox::start().await.unwrap();
    let before = messages(&sandbox).await;
    let (fits, too_long) = (format!("{}.pdf", "n".repeat(251)), format!("{}.pdf", "n".repeat(252)));
    assert_eq!(send(&sandbox, &[("document", Some((&too_long, None)), b"%PDF-1.4")]).await.remark(), "exception");
    assert_eq!(send(&sandbox, &[("message[]", None, b"a")]).await.remark(), "exception");
    assert_eq!(send(&sandbox, &[("message[]", None, b"a"), ("cta_url_id", None, b"1")]).await.remark(), "exception");
    assert_eq!(send(&sandbox, &[("message", None, b"\xFF"), ("cta_url_id", None, b"1")]).await.remark(), "exception");
    assert_eq!(messages(&sandbox).await, before);
    let shown: Vec<_> = sandbox.deliveries().into_iter().map(|row| (row.kind, row.text)).collect();
    let button = (DeliveryKind::CtaUrl, Some("Conheça a loja".to_owned()));
    assert_eq!(
        shown,
        [(DeliveryKind::Document, None), (DeliveryKind::Text, Some("[\"a\"]".to_owned())), button.clone(), button]
    );
    send(&sandbox, &[("document", Some((&fits, None)), b"%PDF-1.4")]).await.success();
    assert_eq!((messages(&sandbox).await, sandbox.deliveries().len()), (before + 1, 5));
}

#[tokio::test]
async fn a_message_that_cannot_be_built_is_not_sent() {
    let sandbox = Sandbox::start().await.unwrap();
    for extra in [
        &[("audio", Some(("a.ogg", None)), b"".as_slice())] as &[Part<'_>],
        &[("message", None, b"a\xFF")],
        &[("message", None, b"\xED\xA0\x80")],
        &[("latitude", None, b"1\xFF"), ("longitude", None, b"2")],
        &[("latitude", None, b"1"), ("longitude", None, b"2"), ("name", None, b"\xFF"), ("address", None, b"x")],
        &[("image", Some(("a.png", None)), PNG), ("message", None, b"\xFF")],
    ] {
        assert_eq!(send(&sandbox, extra).await.remark(), "exception", "{extra:?}");
    }
    assert!(sandbox.deliveries().is_empty());
    // A name without an address is not part of the message, so only storing the row fails.
    let label = [("latitude", None, b"1".as_slice()), ("longitude", None, b"2"), ("name", None, b"\xFF")];
    assert_eq!(send(&sandbox, &label).await.remark(), "exception");
    assert_eq!(sandbox.deliveries().len(), 1);
}

#[tokio::test]
async fn audio_has_no_caption_and_texts_may_be_long() {
    let sandbox = Sandbox::start().await.unwrap();
    let long = "é".repeat(70_000);
    let sound = [("audio", Some(("a.ogg", None)), b"sound".as_slice()), ("message", None, b"caption")];
    let answer = send(&sandbox, &sound).await.success();
    assert_eq!(answer["data"]["message"]["media_caption"], "caption");
    send(&sandbox, &[("message", None, long.as_bytes())]).await.success();
    let shown: Vec<_> = sandbox.deliveries().into_iter().map(|row| row.text).collect();
    assert_eq!(shown, [None, Some(long)]);
}

#[tokio::test]
async fn template_variables_are_replaced_before_delivery() {
    let sandbox = Sandbox::start().await.unwrap();
    let fill = |variables: Value| {
        let mut body = json!({"mobile_code": "55", "mobile": "11987654321", "template_id": 2});
        body.as_object_mut().unwrap().extend(variables.as_object().unwrap().clone());
        post("/inbox/send-template-message").signed(&sandbox).json(&body)
    };
    let conversations = || get("/inbox/conversation-list").signed(&sandbox);
    fill(json!({"body_variables": ["{{ userName }}"]})).ask(&sandbox).await.remark();
    assert!(sandbox.deliveries().is_empty());
    fill(json!({"body_variables": ["{{ contactName }}", "a {{x}}"], "header_variables": ["{{ contactMobile }}"]}))
        .ask(&sandbox)
        .await
        .remark();
    let used = sandbox.deliveries().remove(0).template.unwrap();
    assert_eq!(
        (used.variables, used.header_variables),
        (vec!["Ana Lima".to_owned(), " ".to_owned()], vec!["5511987654321".to_owned()],)
    );
    let first = &conversations().ask(&sandbox).await.success()["data"]["conversation"]["data"][0];
    assert_eq!((&first["contact"]["firstname"], &first["needs_human_reply"]), (&json!("Ana"), &json!(1)));
}

#[tokio::test]
async fn a_carousel_ignores_header_variables() {
    let world = json!({
        "users": [{"id": 1, "client_id": "a", "client_secret": "b"}],
        "whatsapp_accounts": [{"id": 1, "user_id": 1, "phone_number": "551140000000", "is_default": true}],
        "contacts": [{"id": 1, "user_id": 1, "mobile_code": "55", "mobile": "1"}],
        "templates": [
            {"id": 1, "user_id": 1, "status": 1, "language_id": 1, "name": "plain", "buttons": []},
            {"id": 2, "user_id": 1, "status": 1, "language_id": 1, "name": "cards", "buttons": null},
        ],
    });
    let world = zap_sandbox::World::from_json(&world.to_string()).unwrap();
    let sandbox = Sandbox::builder().world(world).start().await.unwrap();
    for id in 1..=2 {
        let form = format!("mobile_code=55&mobile=1&template_id={id}&header_variables[]=h&body_variables[]=b");
        post("/inbox/send-template-message").signed(&sandbox).form(&form).ask(&sandbox).await;
    }
    let sent: Vec<_> = sandbox.deliveries().into_iter().filter_map(|row| row.template).collect();
    let header: Vec<_> = sent.iter().map(|template| template.header_variables.len()).collect();
    let body: Vec<_> = sent.iter().map(|template| template.variables.len()).collect();
    assert_eq!((header, body), (vec![1, 0], vec![1, 1]));
}

#[tokio::test]
async fn text_that_is_not_utf_8_is_shown_with_a_replacement_character() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut body = b"--b\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a\xFF.png\"\r\n\r\n".to_vec();
    body.extend(PNG);
    for (name, value) in [("mobile_code", "55"), ("mobile", "11987654321")] {
        body.extend(format!("\r\n--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}").bytes());
    }
    body.extend(b"\r\n--b--\r\n");
    let send = post("/inbox/send-message").signed(&sandbox).body("multipart/form-data; boundary=b", body);
    send.ask(&sandbox).await.success();
    assert_eq!(sandbox.deliveries()[0].file.as_ref().unwrap().name, "a\u{fffd}.png");
    assert_eq!(sandbox.calls()[0].files[0].file_name, "a\u{fffd}.png");
}
