//! ChatGuru: the ten actions and their delays.

mod adding;
mod dialogs;
mod existing;
mod phones;
mod refusals;

use std::time::{Duration, UNIX_EPOCH};

use serde_json::{Value, json};
use zap_sandbox::{Clock, Delivery, Provider, Sandbox, World};

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

/// A sandbox whose clock shows 2027-01-15 08:00 UTC until it is advanced.
async fn standing() -> Sandbox {
    let clock = Clock::standing_at(UNIX_EPOCH + Duration::from_secs(1_800_000_000));
    Sandbox::builder().clock(clock).start().await.unwrap()
}

/// The same with another ChatGuru account, whose credentials are `k`, `a` and `p`.
async fn with_account(mut account: Value) -> Sandbox {
    for (name, value) in [("key", "k"), ("account_id", "a")] {
        account[name] = value.into();
    }
    let world = json!({"users": [{"id": 1}], "chatguru": account});
    let world = World::from_json(&world.to_string()).unwrap();
    let clock = Clock::standing_at(UNIX_EPOCH + Duration::from_secs(1_800_000_000));
    Sandbox::builder().world(world).clock(clock).start().await.unwrap()
}

/// Sends to an account of [`with_account`].
async fn ask(sandbox: &Sandbox, phone: &str, rest: &str) -> Response {
    let target = format!("/chatguru/api/v1?key=k&account_id=a&phone_id={phone}&{rest}");
    Request::new("POST", &target).ask(sandbox).await
}

/// Kind and number of each delivery.
fn effects(deliveries: &[Delivery]) -> Vec<(&'static str, &str)> {
    deliveries.iter().map(|row| (row.kind.name(), row.to.as_str())).collect()
}

/// Status and description of the job that an answer to `chat_add` names.
async fn status(sandbox: &Sandbox, keys: &str, added: &Value) -> (String, String) {
    let id = added["chat_add_id"].as_str().unwrap();
    let target = format!("/chatguru/api/v1?{keys}&action=chat_add_status&chat_add_id={id}");
    let body = ok(&Request::new("POST", &target).ask(sandbox).await, 200);
    let text = |name: &str| body[name].as_str().unwrap().to_owned();
    (text("chat_add_status"), text("chat_add_status_description"))
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
    let file = format!("action=message_file_send&file_url=https://example.test/a.pdf&{CHAT}");
    let file = ok(&form(&sandbox, &file).await, 200);
    assert!(file["message_file_send_return"].is_string() && file["message_id"].is_string(), "{file}");

    // Some parameters in the query string, others in the body.
    let both = Request::new("POST", &format!("/chatguru/api/v1?{KEYS}&action=note_add"));
    ok(&both.form(&format!("note_text=x&{CHAT}")).ask(&sandbox).await, 200);

    let operations: Vec<_> = sandbox.calls().iter().filter_map(|call| call.operation).collect();
    assert_eq!(operations, ["chat_update_custom_fields", "note_add", "message_file_send", "note_add"]);
    assert!(
        sandbox
            .calls()
            .iter()
            .all(|call| call.provider == Provider::ChatGuru && !call.target.contains("sandbox-chatguru-key"))
    );
}
