//! `Debug` of the clients' parts shows no secret. Of values it shows only names and lengths.

use crate::support::{self, CLIENT_SECRET, SECRETS};

#[tokio::test]
async fn clients_and_builders_show_no_secret() {
    let builder = support::externalapi("http://127.0.0.1:1");
    let builder_shown = format!("{builder:?}");
    let credentials = externalapi_client::Credentials::new(support::CLIENT_ID, CLIENT_SECRET);
    let external = builder.build().unwrap();
    let chatguru = support::chatguru("http://127.0.0.1:1").build().unwrap();
    let shown = [
        builder_shown,
        format!("{credentials:?}"),
        format!("{external:?} {:?}", external.contact_list().page(1)),
        format!("{chatguru:#?} {:#?}", chatguru.message_send().text("x")),
    ]
    .join("\n");
    for secret in SECRETS {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[test]
fn what_is_to_be_sent_shows_names_and_lengths_only() {
    let external = support::externalapi("http://127.0.0.1:1").build().unwrap();
    let chatguru = support::chatguru("http://127.0.0.1:1").build().unwrap();
    let file = externalapi_client::File::from_bytes("Maria.pdf", "canary");
    let send = external
        .send_message()
        .body_map(|b| b.mobile_code("55").mobile("11987654321").message("olá, você").document(file.clone()));
    let form = externalapi_client::types::builder::SendMessageBody::default().message("olá, você").document(file);
    let form = form.mobile_code("55").mobile("11987654321");
    let body = externalapi_client::types::SendMessageBody::try_from(form.clone()).unwrap();
    let flawed = external.send_template_message().body_map(|b| b.template_id(u64::MAX));
    assert!(format!("{flawed:?}").contains(r#""template_id": (of a wrong type)"#), "{flawed:?}");
    let text = chatguru.message_send().chat_number("5511987654321").text("olá, você");
    let call =
        external.raw_client().call(&externalapi_client::operations::CONTACT_LIST).query("search", Some("11987654321"));
    let instance = externalapi_client::Instance::new("x", "https://user:canary@zap.example/canary?canary");
    let shown = [
        format!("{send:?}"),
        format!("{form:?} {body:?} {body:#?}"),
        format!("{text:?}"),
        format!("{call:?}"),
        format!("{instance:?}"),
    ];
    for hidden in ["11987654321", "olá", "Maria", "canary"] {
        assert!(!shown.iter().any(|shown| shown.contains(hidden)), "{hidden} is in {shown:#?}");
    }
    let parts = r#""mobile_code": (2 characters), "mobile": (11 characters)"#;
    for (shown, expected) in shown.iter().zip([
        r#""message": (9 characters)"#,
        r#""document": (application/pdf of 6 bytes)"#,
        r#"operation: "message_send", query: {"action": (12 characters), "chat_number": (13 characters), "text": (9 characters)}"#,
        r#"{"search": (11 characters)}"#,
        r#"host: Some("zap.example")"#,
    ]) {
        assert!(shown.contains(expected), "{expected} is not in {shown}");
    }
    assert!(shown[0].contains(parts) && shown[1].contains(parts), "{shown:#?}");
}
