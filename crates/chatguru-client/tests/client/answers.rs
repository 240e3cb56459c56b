//! The client reads answers in shapes that were recorded or documented. The examples are the project's own, so that
//! they are also checked where the recordings are missing.

use chatguru_client::types::{ChatAddStatus, MessageStatus};
use chatguru_client::{Client, ErrorKind, Outcome};
use serde_json::json;

use crate::loopback::{Reply, Server};
use crate::support;

async fn answering(status: u16, answer: serde_json::Value) -> (Server, Client) {
    let server = Server::start(Reply::new(status, "application/json", answer.to_string())).await;
    let client = support::client(&server.origin).build().unwrap();
    (server, client)
}

/// Half an emoji is what a server makes of a text that it cuts. It is left out, and hides nothing.
#[tokio::test]
async fn half_a_surrogate_pair_is_left_out() {
    let send = async |status: u16, body: &str| {
        let server = Server::start(Reply::new(status, "application/json", body.replace("HALF", "\\ud83d"))).await;
        let client = support::client(&server.origin).build().unwrap();
        client.note_add().chat_number("5511987654321").note_text("x").send().await
    };
    for body in [
        r#"{"code":200,"result":"success","note_add_description":"ok HALF"}"#,
        r#"{"code":200,"result":"success","description":"HALF ok","note_idHALF":"x","more":{"HALF":["HALF"]}}"#,
        r#"{"code":200,"result":"successHALF","note_id":"5e\ude00"}"#,
    ] {
        let answer = send(200, body).await.unwrap();
        let texts = [&answer.description, &answer.note_id];
        assert!(texts.into_iter().flatten().all(|text| matches!(&**text, " ok" | "x" | "5e")), "{answer:?}");
    }
    for (body, texts) in [
        (r#"{"code":400,"result":"error","description":"a HALF\ud83d\ude00"}"#, &["a 😀"][..]),
        (r#"{"code":400,"result":"error","description":["HALF é",1e999,"b"]}"#, &[" é", "b"]),
        (r#"{"code":1e999,"resHALFult":"error","descriptionHALF":"a"}"#, &["a"]),
    ] {
        let error = send(400, body).await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::Refused, Outcome::NotDone), "{body}");
        assert_eq!(error.messages(), texts);
    }
}

#[tokio::test]
async fn answers_are_read_as_documented() {
    let sent = json!({"code": 201, "result": "success", "description": "Mensagem cadastrada com sucesso!",
        "message_id": "5dd69cde00078e1be17fffd4", "message_status": "scheduled"});
    let (_server, client) = answering(201, sent).await;
    let answer = client.message_send().chat_number("5511987654321").text("x").send().await.unwrap();
    assert_eq!(answer.message_id.as_deref(), Some("5dd69cde00078e1be17fffd4"));
    assert_eq!(answer.message_status, Some(MessageStatus::Scheduled));

    let fetched = json!({"chat_add_status": "a_new_word", "result": "success", "code": "200"});
    let (_server, client) = answering(200, fetched).await;
    let answer = client.chat_add_status().chat_add_id("x").send().await.unwrap();
    assert_eq!(answer.chat_add_status, Some(ChatAddStatus::Unknown("a_new_word".into())));
    assert_eq!(answer.code, Some(200));
}

#[tokio::test]
async fn an_answer_is_believed_by_its_result_and_not_by_its_status() {
    for (status, result, done) in
        [(200, "success", true), (500, "success", true), (200, "error", false), (400, "error", false)]
    {
        let answer = json!({"code": status, "result": result, "description": "account_id inválida"});
        let (_server, client) = answering(status, answer).await;
        let sent = client.message_send().chat_number("5511987654321").text("x").send().await;
        match sent {
            Ok(_) => assert!(done, "{status} {result}"),
            Err(error) => {
                assert!(!done, "{status} {result}");
                assert_eq!((error.kind(), error.outcome()), (ErrorKind::Refused, Outcome::NotDone));
                assert_eq!(error.description(), Some("account_id inválida"));
                assert_eq!(error.status().unwrap().as_u16(), status);
            }
        }
    }
}

#[tokio::test]
async fn a_dialog_that_failed_says_why_elsewhere() {
    let answer = json!({"code": 400, "result": "error", "dialog_execution_return": "Diálogo não encontrado"});
    let (_server, client) = answering(400, answer).await;
    let error = client.dialog_execute().chat_number("5511987654321").dialog_id("d").send().await.unwrap_err();
    assert_eq!(error.description(), Some("Diálogo não encontrado"));
}
