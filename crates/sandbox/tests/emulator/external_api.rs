//! The ExternalApi: typical series of calls.

use serde_json::{Value, json};
use zap_sandbox::{Profile, Provider, Sandbox, World};

use crate::http::{Part, Request};

const BASE: &str = "/escalazap/external-api";

fn get(path: &str) -> Request {
    Request::new("GET", &format!("{BASE}{path}"))
}

fn post(path: &str) -> Request {
    Request::new("POST", &format!("{BASE}{path}"))
}

async fn documented() -> Sandbox {
    Sandbox::builder().profile(Profile::Documented).start().await.unwrap()
}

fn ids(page: &Value) -> Vec<i64> {
    page["data"].as_array().unwrap().iter().map(|row| row["id"].as_i64().unwrap()).collect()
}

#[tokio::test]
async fn contacts_are_stored_messaged_listed_and_deleted() {
    let sandbox = Sandbox::start().await.unwrap();
    let form = "firstname=Nina&lastname=Reis&mobile_code=55&mobile=11912340000";
    let stored = post("/contact/store").signed(&sandbox).form(form).ask(&sandbox).await.success();
    let id = stored["data"]["contact"]["id"].as_i64().unwrap();
    assert_eq!(post("/contact/store").signed(&sandbox).form(form).ask(&sandbox).await.remark(), "validation_error");

    let page = get("/contact/list?paginate=1").signed(&sandbox).ask(&sandbox).await.success();
    assert_eq!(ids(&page["data"]["contacts"]), [id]);

    let text = json!({"mobile_code": 55, "mobile": 11_912_340_000_u64, "message": " Olá! "});
    let sent = post("/inbox/send-message").signed(&sandbox).json(&text).ask(&sandbox).await.success();
    let conversation = sent["data"]["conversation_id"].as_i64().unwrap();
    assert_eq!(sent["data"]["message"]["message"], "Olá!");
    assert!(sent["data"]["message"]["whatsapp_message_id"].as_str().unwrap().starts_with("wamid."));

    let page = get("/inbox/conversation-list").signed(&sandbox).ask(&sandbox).await.success();
    assert_eq!(page["data"]["conversation"]["data"][0]["id"], conversation, "newest first");
    assert_eq!(page["data"]["conversation"]["data"][0]["contact"]["full_name"], "Nina Reis");

    let path = format!("{BASE}/contact/delete/{id}");
    assert_eq!(Request::new("DELETE", &path).signed(&sandbox).ask(&sandbox).await.remark(), "contact_error");
    let path = format!("{BASE}/contact/delete/3");
    Request::new("DELETE", &path).signed(&sandbox).ask(&sandbox).await.success();
    assert_eq!(Request::new("DELETE", &path).signed(&sandbox).ask(&sandbox).await.remark(), "not_found");

    let operations: Vec<_> =
        sandbox.calls().iter().map(|call| (call.operation.unwrap_or("none"), call.success)).collect();
    assert_eq!(operations[..3], [("contact_store", true), ("contact_store", false), ("contact_list", true)]);
    assert_eq!(operations.len(), 8);
}

#[tokio::test]
async fn instances_do_not_share_contacts() {
    let sandbox = Sandbox::start().await.unwrap();
    let form = "firstname=A&lastname=B&mobile_code=55&mobile=1";
    for provider in [Provider::EscalaZap, Provider::WaziMe, Provider::WapiFlow] {
        let target = format!("{}/contact/store", provider.base_path());
        Request::new("POST", &target).signed(&sandbox).form(form).ask(&sandbox).await.success();
    }
    let providers: Vec<Provider> = sandbox.calls().iter().map(|call| call.provider).collect();
    assert_eq!(providers, [Provider::EscalaZap, Provider::WaziMe, Provider::WapiFlow]);
}

#[tokio::test]
async fn all_pages_together_are_all_contacts() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut seen = Vec::new();
    let mut page = 1;
    loop {
        let answer =
            get(&format!("/contact/list?paginate=4&page={page}")).signed(&sandbox).ask(&sandbox).await.success();
        let contacts = &answer["data"]["contacts"];
        seen.extend(ids(contacts));
        if contacts["next_page_url"].is_null() {
            assert_eq!(contacts["last_page"], page);
            assert_eq!(contacts["total"], seen.len());
            break;
        }
        page += 1;
    }
    assert!(seen.is_sorted_by(|a, b| a > b), "newest first, without duplicates: {seen:?}");
}

#[tokio::test]
async fn the_profiles_differ_as_the_readme_says() {
    let (observed, documented) = (Sandbox::start().await.unwrap(), documented().await);

    let template = "mobile_code=55&mobile=11987654321&template_id=1";
    let ask = || post("/inbox/send-template-message").form(template);
    assert_eq!(ask().signed(&observed).ask(&observed).await.remark(), "exception");
    let sent = ask().signed(&documented).ask(&documented).await.success();
    assert_eq!((&sent["remark"], &sent["data"]), (&json!("template_sent"), &json!({"conversation_id": 1})));
    let counts = Request::new("GET", "/__sandbox/counts").ask(&observed).await.json();
    assert_eq!(counts["messages"], 3, "delivered although the answer is an exception");

    let unknown = "mobile_code=55&mobile=11900000001&message=x";
    let ask = || post("/inbox/send-message").form(unknown);
    assert_eq!(ask().signed(&observed).ask(&observed).await.remark(), "exception");
    ask().signed(&documented).ask(&documented).await.success();
    let counts = Request::new("GET", "/__sandbox/counts").ask(&documented).await.json();
    assert_eq!((&counts["contacts"], &counts["conversations"]), (&json!(27), &json!(3)));

    let search = || get("/contact/list?search=lucia");
    assert_eq!(search().signed(&observed).ask(&observed).await.remark(), "exception");
    let found = search().signed(&documented).ask(&documented).await.success();
    assert_eq!(ids(&found["data"]["contacts"]), [5]);

    let update = || post("/contact/update/1").form("lastname=Dias");
    assert_eq!(update().signed(&observed).ask(&observed).await.remark(), "validation_error");
    let updated = update().signed(&documented).ask(&documented).await.success();
    let contact = &updated["data"]["contact"];
    assert_eq!((&contact["full_name"], &contact["address"]["city"]), (&json!("Ana Dias"), &json!("São Paulo")));
}

#[tokio::test]
async fn an_observed_update_erases_the_address_and_reduces_the_limit() {
    let sandbox = Sandbox::start().await.unwrap();
    let form = "firstname=Ana&lastname=Lima&mobile_code=55&mobile=11987654321&state=RJ";
    let updated = post("/contact/update/1").signed(&sandbox).form(form).ask(&sandbox).await.success();
    let address = &updated["data"]["contact"]["address"];
    assert_eq!((&address["city"], &address["state"]), (&json!(""), &json!("RJ")));
    let counts = Request::new("GET", "/__sandbox/counts").ask(&sandbox).await.json();
    assert_eq!(counts["contact_limit_of_user_1"], 999);
    Request::new("POST", "/__sandbox/reset").ask(&sandbox).await;
    let counts = Request::new("GET", "/__sandbox/counts").ask(&sandbox).await.json();
    assert_eq!(counts["contact_limit_of_user_1"], 1000);
}

#[tokio::test]
async fn of_several_contents_one_is_sent() {
    let sandbox = Sandbox::start().await.unwrap();
    let png: &[u8] = b"\x89PNG\r\n\x1a\n....IEND";
    let pdf: &[u8] = b"%PDF-1.4";
    let all: [Part<'_>; 9] = [
        ("mobile_code", None, b"55"),
        ("mobile", None, b"11987654321"),
        ("message", None, b"caption"),
        ("latitude", None, b"1"),
        ("longitude", None, b"1"),
        ("document", Some(("a.pdf", None)), pdf),
        ("image", Some(("a.png", Some("image/png"))), png),
        ("interactive_list_id", None, b"1"),
        ("cta_url_id", None, b"1"),
    ];
    for (left, number) in [(9, 6), (8, 9), (7, 2), (6, 4), (5, 8), (3, 1)] {
        let sent = post("/inbox/send-message").signed(&sandbox).multipart(&all[..left]).ask(&sandbox).await.success();
        assert_eq!(sent["data"]["message"]["message_type"], number, "with {left} parts");
        assert_eq!(sent["data"]["message"]["message"], "caption");
    }
    let with_files: Vec<usize> = sandbox.calls().iter().map(|call| call.files.len()).collect();
    assert_eq!(with_files, [2, 2, 2, 1, 0, 0]);
}

#[tokio::test]
async fn a_large_file_is_counted_and_hashed() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut video = b"\0\0\0\x20ftypisom".to_vec();
    video.resize(12 * 1024 * 1024, 0);
    let parts: [Part<'_>; 3] = [
        ("mobile_code", None, b"55"),
        ("mobile", None, b"11987654321"),
        ("video", Some(("v.mp4", Some("video/mp4"))), &video),
    ];
    let sent = post("/inbox/send-message").signed(&sandbox).multipart(&parts).ask(&sandbox).await.success();
    assert_eq!(sent["data"]["message"]["mime_type"], "video/mp4");
    let file = sandbox.calls().remove(0).files.remove(0);
    assert_eq!((file.field.as_str(), file.file_name.as_str(), file.size), ("video", "v.mp4", 12 * 1024 * 1024));
    assert_eq!(file.sha256.len(), 64);

    video.resize(16 * 1024 * 1024 + 1, 0);
    let parts: [Part<'_>; 3] =
        [("mobile_code", None, b"55"), ("mobile", None, b"11987654321"), ("video", Some(("v.mp4", None)), &video)];
    let refused = post("/inbox/send-message").signed(&sandbox).multipart(&parts).ask(&sandbox).await;
    assert_eq!(refused.remark(), "validation_error");
}

#[tokio::test]
async fn a_wrong_base_is_reported_in_three_ways() {
    let sandbox = Sandbox::start().await.unwrap();
    let ask = || Request::new("GET", "/escalazap/extern-api/contact/list").signed(&sandbox);
    let page = ask().ask(&sandbox).await;
    assert_eq!((page.status, page.header("content-type")), (404, "text/html; charset=UTF-8"));
    let bare = ask().header("accept", "application/json").ask(&sandbox).await;
    assert_eq!(
        (bare.status, bare.json()),
        (404, json!({"message": "The route extern-api/contact/list could not be found."}))
    );
    assert_eq!(ask().header("x-requested-with", "XMLHttpRequest").ask(&sandbox).await.remark(), "exception");
    assert!(sandbox.calls().iter().all(|call| call.operation.is_none() && !call.success));
}

#[tokio::test]
async fn rules_follow_the_worlds_data() {
    let world = json!({
        "users": [
            {"id": 7, "client_id": "one", "client_secret": "secret-one", "plan": null},
            {"id": 8, "client_id": "two", "client_secret": "secret-two", "contact_limit": 1},
            {"id": 9, "client_id": "three", "client_secret": "secret-three", "banned": true},
            {"id": 10, "client_id": "four", "client_secret": "secret-four", "ip_whitelist": []},
            {"id": 11, "client_id": "five", "client_secret": "secret-five", "api_access": false},
        ],
        "contacts": [{"id": 4, "user_id": 8, "mobile_code": 351, "mobile": 912},],
    });
    let world = World::from_json(&world.to_string()).unwrap();
    let sandbox = Sandbox::builder().world(world).start().await.unwrap();
    assert_eq!(sandbox.external_api_credentials().client_id, "two");
    for (id, status, remark) in [
        ("one", 200, "subscription_required"),
        ("two", 200, "contact-list"),
        ("three", 401, "Unauthorized"),
        ("four", 401, "Unauthorized"),
        ("five", 200, "not_available"),
        ("six", 401, "Unauthorized"),
    ] {
        let ask = get("/contact/list").header("client-id", id).header("client-secret", &format!("secret-{id}"));
        let answer = ask.ask(&sandbox).await;
        assert_eq!((answer.status, &answer.json()["remark"]), (status, &json!(remark)), "{id}");
    }
    // The sender's account is looked up before the recipient.
    let send = post("/inbox/send-message").signed(&sandbox).form("mobile_code=351&mobile=912&message=x");
    assert_eq!(send.ask(&sandbox).await.remark(), "not_found");
}

#[tokio::test]
async fn secrets_do_not_reach_the_ledger() {
    let sandbox = Sandbox::start().await.unwrap();
    let secret = sandbox.external_api_credentials().client_secret;
    get(&format!("/contact/list?client-secret={secret}&page={secret}")).signed(&sandbox).ask(&sandbox).await.success();
    let credentials = Provider::ALL.map(|provider| sandbox.credentials(provider));
    let builder = Sandbox::builder();
    let shown = format!("{:?} {credentials:?} {sandbox:?} {builder:?} {:?}", sandbox.calls(), World::default());
    for canary in [secret, sandbox.chatguru_credentials().key] {
        assert!(!shown.contains(&canary), "{shown}");
    }
}
