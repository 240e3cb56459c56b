//! Deliveries and calls, as the library and the HTTP routes return them.

mod calls;
mod deliveries;

use serde_json::Value;
use zap_sandbox::Sandbox;

use crate::http::Request;

const SEND: &str = "/escalazap/external-api/inbox/send-message";
const CHATGURU: &str = "/chatguru/api/v1?key=sandbox-chatguru-key&account_id=5d0000000000000000000001\
                        &phone_id=5d0000000000000000000002&chat_number=5511987654321";

async fn control(sandbox: &Sandbox, path: &str) -> Value {
    let answer = Request::new("GET", &format!("/__sandbox/{path}")).ask(sandbox).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/json"), "{path}");
    answer.json()
}

async fn send(sandbox: &Sandbox, fields: &str) {
    let form = format!("mobile_code=55&mobile=11987654321&{fields}");
    Request::new("POST", SEND).signed(sandbox).form(&form).ask(sandbox).await.success();
}
