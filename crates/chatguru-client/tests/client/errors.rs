//! What an error says by its methods, so that programs need not read its text.

use chatguru_client::{ErrorKind, Outcome, RefusalReason};

use crate::loopback::{Reply, Server};
use crate::support;

#[tokio::test]
async fn refusals_have_a_reason_where_the_text_is_known() {
    let server = Server::start(Reply::Close).await;
    let client = support::client(&server.origin).build().unwrap();
    let refused = async |property: &str, text: &str| {
        let body = serde_json::json!({"code": 400, "result": "error", property: text});
        server.reply_with(Reply::new(400, "application/json", body.to_string()));
        client.message_send().chat_number("5511900000001").text("Olá").send().await.unwrap_err()
    };
    for (property, text, reason) in [
        ("description", "Chat não encontrado.", Some(RefusalReason::NotFound)),
        ("description", "CHAT NAO ENCONTRADO", Some(RefusalReason::NotFound)),
        ("dialog_execution_return", "Chat não encontrado", Some(RefusalReason::NotFound)),
        ("description", "account_id inválida", Some(RefusalReason::Credentials)),
        ("description", "Chat não encontrado, mas enviado", None),
        ("other", "Chat não encontrado.", None),
    ] {
        let error = refused(property, text).await;
        assert_eq!((error.reason(), error.outcome()), (reason, Outcome::NotDone), "{text}");
        assert_eq!(error.is_not_found(), reason == Some(RefusalReason::NotFound));
        assert!(!error.is_transient(), "{text}");
    }
}

#[tokio::test]
async fn a_refusal_of_another_framework_is_no_answer() {
    let body = r#"{"message":"Não.","errors":{"mobile":["Não."],"mobile_code":["Não."]}}"#;
    let server = Server::start(Reply::new(422, "application/json", body)).await;
    let client = support::client(&server.origin).build().unwrap();
    let error = client.message_send().chat_number("5511987654321").text("x").send().await.unwrap_err();
    assert_eq!(error.outcome(), Outcome::Unknown);
}

#[tokio::test]
async fn a_404_is_about_the_call() {
    // Nothing else is known.
    let server = Server::start(Reply::new(404, "application/json", r#"{"result":"error","description":"chat"}"#)).await;
    let client = support::client(&server.origin).build().unwrap();
    let error = client.message_send().chat_number("5511987654321").text("x").send().await.unwrap_err();
    assert!(error.kind() == ErrorKind::Refused && !error.is_wrong_base_url(), "{error}");
}
