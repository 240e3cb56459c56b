//! What an error says by its methods, so that programs need not read its text.

use std::time::Duration;

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
        ("message_file_send_return", "chat não encontrado.", Some(RefusalReason::NotFound)),
        ("description", "Mensagem não encontrada", Some(RefusalReason::NotFound)),
        ("description", "message_id inválida", Some(RefusalReason::NotFound)),
        ("description", "Nenhum campo personalizado foi encontrado.", Some(RefusalReason::NotFound)),
        ("description", "Erro: nenhum campo personalizado", Some(RefusalReason::NotFound)),
        ("description", "key ou account_id não informado(s)", Some(RefusalReason::Credentials)),
        ("description", "Key ou account_id nao informado(s).", Some(RefusalReason::Credentials)),
        ("description", "account_id inválida", Some(RefusalReason::Credentials)),
        ("description", "KEY INVALIDA", Some(RefusalReason::Credentials)),
        ("description", "phone_id inválida.", Some(RefusalReason::Credentials)),
        ("description", "Ação inválida", Some(RefusalReason::Unavailable)),
        ("description", "Mensagem inicial inválida", Some(RefusalReason::Validation)),
        ("description", "texto invalido", Some(RefusalReason::Validation)),
        ("description", "Chat não encontrado, mas enviado", None),
        ("description", "O texto inválido foi enviado", None),
        ("other", "Chat não encontrado.", None),
    ] {
        let error = refused(property, text).await;
        assert_eq!((error.reason(), error.outcome()), (reason, Outcome::NotDone), "{text}");
        assert_eq!(error.is_not_found(), reason == Some(RefusalReason::NotFound));
        let fields: &[&str] = if reason == Some(RefusalReason::Validation) { &["text"] } else { &[] };
        assert_eq!(error.refused_fields(), fields, "{text}");
        assert!(!error.is_transient(), "{text}");
    }
}

#[tokio::test]
async fn the_refused_field_is_one_of_the_operation() {
    let body = r#"{"code":400,"description":"Texto inválido","result":"error"}"#;
    let server = Server::start(Reply::new(400, "application/json", body)).await;
    let client = support::client(&server.origin).build().unwrap();
    let error = client.note_add().chat_number("5511987654321").note_text("x").send().await.unwrap_err();
    assert_eq!(error.refused_fields(), ["note_text"]);
}

#[tokio::test]
async fn a_dialog_whose_context_was_not_validated_can_be_repeated_at_once() {
    let text = "Diálogo não foi executado pois o contexto não foi validado (certificação de contexto ativa).";
    for status in [200, 400] {
        let body = serde_json::json!({"result": "error", "dialog_execution_return": text}).to_string();
        let server = Server::start(Reply::new(status, "application/json", body)).await;
        let client = support::client(&server.origin).build().unwrap();
        let error = client.dialog_execute().chat_number("5511987654321").dialog_id("d").send().await.unwrap_err();
        assert_eq!((error.outcome(), error.reason()), (Outcome::NotDone, Some(RefusalReason::NotReady)));
        assert!(error.is_transient());
        assert_eq!(error.retry_after(), Some(Duration::ZERO));
        assert_eq!(server.requests().len(), 1, "a change is not repeated automatically");
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
