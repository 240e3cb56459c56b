//! ChatGuru: the ten actions and their delays.

use std::time::{Duration, UNIX_EPOCH};

use serde_json::Value;
use zap_sandbox::{Clock, Provider, Sandbox};

use crate::http::{Request, Response};

const KEYS: &str = "key=sandbox-chatguru-key&account_id=5d0000000000000000000001&phone_id=5d0000000000000000000002";
const CHAT: &str = "chat_number=5511987654321";

/// Sends all parameters in the query string, as the documentation does.
async fn query(sandbox: &Sandbox, rest: &str) -> Response {
    Request::new("POST", &format!("/chatguru/api/v1?{KEYS}&{rest}")).ask(sandbox).await
}

/// Sends all parameters in an urlencoded body, as public clients do.
async fn form(sandbox: &Sandbox, rest: &str) -> Response {
    Request::new("POST", "/chatguru/api/v1").form(&format!("{KEYS}&{rest}")).ask(sandbox).await
}

async fn standing() -> Sandbox {
    let clock = Clock::standing_at(UNIX_EPOCH + Duration::from_secs(1_800_000_000));
    Sandbox::builder().clock(clock).start().await.unwrap()
}

fn ok(answer: &Response, code: u16) -> Value {
    let body = answer.json();
    assert_eq!((answer.status, &body["code"], &body["result"]), (code, &code.into(), &"success".into()), "{body}");
    body
}

fn refused(answer: &Response) -> String {
    let body = answer.json();
    assert_eq!((answer.status, &body["code"], &body["result"]), (400, &400.into(), &"error".into()), "{body}");
    body["description"].as_str().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_chat_is_pending_then_done() {
    let sandbox = standing().await;
    let number = "chat_number=5521900001111";
    let added = ok(&query(&sandbox, &format!("action=chat_add&name=Nina&text=%20&{number}")).await, 201);
    assert_eq!(added["chat_add_status"], "pending");
    let id = added["chat_add_id"].as_str().unwrap();
    let send = format!("action=message_send&text=oi&{number}");
    assert_eq!(refused(&form(&sandbox, &send).await), "Chat não encontrado.");
    let status = format!("action=chat_add_status&chat_add_id={id}");
    assert_eq!(ok(&query(&sandbox, &status).await, 200)["chat_add_status"], "pending");

    sandbox.clock().advance(Duration::from_secs(30));
    assert_eq!(ok(&query(&sandbox, &status).await, 200)["chat_add_status"], "done");
    ok(&form(&sandbox, &send).await, 201);
    let without_the_ninth = "action=message_send&text=oi&chat_number=552100001111";
    assert_eq!(refused(&form(&sandbox, without_the_ninth).await), "Chat não encontrado.");
}

#[tokio::test]
async fn a_message_is_scheduled_then_sent() {
    let sandbox = standing().await;
    let sent = ok(&form(&sandbox, &format!("action=message_send&text=oi&{CHAT}")).await, 201);
    assert_eq!(sent["message_status"], "scheduled");
    // The clock shows 2027-01-15 08:00 UTC. One hour later is 06:00 in Brasília.
    let dated = format!("action=message_send&text=oi&send_date=2027-01-15+06:00&{CHAT}");
    let dated = ok(&form(&sandbox, &dated).await, 201);
    let status = async |sent: &Value| {
        let rest = format!("action=message_status&message_id={}", sent["message_id"].as_str().unwrap());
        ok(&query(&sandbox, &rest).await, 200)["message_status"].as_str().unwrap().to_owned()
    };
    assert_eq!((status(&sent).await.as_str(), status(&dated).await.as_str()), ("scheduled", "scheduled"));
    sandbox.clock().advance(Duration::from_secs(60));
    assert_eq!((status(&sent).await.as_str(), status(&dated).await.as_str()), ("sent", "scheduled"));
    sandbox.clock().advance(Duration::from_secs(3600));
    assert_eq!(status(&dated).await, "sent");
}

#[tokio::test]
async fn on_a_real_clock_a_chat_is_added_soon() {
    let sandbox = Sandbox::start().await.unwrap();
    let added = ok(&query(&sandbox, "action=chat_add&name=N&text=oi&chat_number=5521900001111").await, 201);
    let status = format!("action=chat_add_status&chat_add_id={}", added["chat_add_id"].as_str().unwrap());
    for _ in 0..50 {
        if ok(&query(&sandbox, &status).await, 200)["chat_add_status"] == "done" {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("still pending");
}

#[tokio::test]
async fn the_other_actions_answer_as_documented() {
    let sandbox = standing().await;
    let fields = format!("action=chat_update_custom_fields&field__Plano=ouro&field__Cidade=Recife&{CHAT}");
    assert_eq!(ok(&query(&sandbox, &fields).await, 200)["chat_id"], "5d0000000000000000000101");
    assert_eq!(
        ok(&form(&sandbox, &format!("action=note_add&note_text=x&{CHAT}")).await, 200)["note_id"]
            .as_str()
            .unwrap()
            .len(),
        24
    );
    let dialog = format!("action=dialog_execute&dialog_id=5d0000000000000000000201&{CHAT}");
    assert_eq!(ok(&form(&sandbox, &dialog).await, 200)["dialog_execution_return"], "Diálogo Executado");
    let answer = form(&sandbox, &format!("action=dialog_execute&dialog_id=none&{CHAT}")).await;
    assert_eq!(refused(&answer), "", "the text is in dialog_execution_return");
    assert_eq!(answer.json()["dialog_execution_return"], "Diálogo não encontrado");
    ok(&form(&sandbox, &format!("action=message_file_send&file_url=https://example.test/a.pdf&{CHAT}")).await, 201);

    // Some parameters in the query string, others in the body.
    let both = Request::new("POST", &format!("/chatguru/api/v1?{KEYS}&action=note_add"));
    ok(&both.form(&format!("note_text=x&{CHAT}")).ask(&sandbox).await, 200);

    let operations: Vec<_> = sandbox.calls().iter().filter_map(|call| call.operation).collect();
    assert_eq!(
        operations,
        ["chat_update_custom_fields", "note_add", "dialog_execute", "dialog_execute", "message_file_send", "note_add"]
    );
    assert!(
        sandbox
            .calls()
            .iter()
            .all(|call| call.provider == Provider::ChatGuru && !call.target.contains("sandbox-chatguru-key"))
    );
}

#[tokio::test]
async fn invalid_parameters_are_refused() {
    let sandbox = standing().await;
    for (rest, description) in [
        ("action=message_send&text=x".to_owned(), "chat_number é obrigatório"),
        ("action=message_send&text=x&chat_number=%2B5511987654321".to_owned(), "chat_number inválido"),
        (format!("action=message_send&{CHAT}"), "text é obrigatório"),
        (format!("action=message_send&text=x&send_date=tomorrow&{CHAT}"), "send_date inválida"),
        (format!("action=nothing&{CHAT}"), "action inválida"),
        (CHAT.to_owned(), "action é obrigatório"),
        (format!("action=chat_add&name=N&text=&{CHAT}"), "text é obrigatório"),
        (format!("action=chat_update_custom_fields&{CHAT}"), "Nenhum campo personalizado informado."),
        ("action=message_status&message_id=none".to_owned(), "Mensagem não encontrada."),
        (format!("action=message_file_send&file_url=here&{CHAT}"), "file_url inválida"),
    ] {
        assert_eq!(refused(&form(&sandbox, &rest).await), description, "{rest}");
    }
    let wrong =
        Request::new("POST", "/chatguru/api/v1?key=sandbox-chatguru-key&account_id=x&phone_id=y&action=note_add");
    let wrong = wrong.ask(&sandbox).await;
    assert_eq!(
        String::from_utf8(wrong.body.clone()).unwrap(),
        r#"{"code":400,"description":"account_id inválida","result":"error"}"#
    );
    let json = Request::new("POST", "/chatguru/api/v1").json(&serde_json::json!({"key": "sandbox-chatguru-key"}));
    assert_eq!(refused(&json.ask(&sandbox).await), "key inválida");
    assert_eq!(Request::new("GET", &format!("/chatguru/api/v1?{KEYS}")).ask(&sandbox).await.status, 405);
    assert_eq!(Request::new("POST", "/chatguru/api/v2").ask(&sandbox).await.status, 404);
}

#[tokio::test]
async fn only_a_new_chat_runs_its_dialog() {
    let sandbox = standing().await;
    for number in ["5511987654321", "5521900001111"] {
        let add = "action=chat_add&name=N&text=oi&dialog_id=5d0000000000000000000201";
        ok(&form(&sandbox, &format!("{add}&chat_number={number}")).await, 201);
    }
    let shown: Vec<_> = sandbox.deliveries().into_iter().map(|row| (row.to, row.kind.name())).collect();
    let entry = |number: &str, kind| (number.to_owned(), kind);
    let new = "5521900001111";
    assert_eq!(shown, [entry("5511987654321", "text"), entry(new, "text"), entry(new, "dialog")]);
}
