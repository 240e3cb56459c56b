//! What a message from a customer does to an instance of the ExternalApi.

use std::time::{Duration, UNIX_EPOCH};

use serde_json::{Value, json};
use zap_sandbox::{Clock, IncomingMessage, PostState, Provider, Sandbox};

use super::{ANA, Behaviour, Receiver, start};
use crate::http::Request;

const KNOWN: &str = "5511987654321";

async fn list(sandbox: &Sandbox, query: &str) -> Vec<Value> {
    let path = format!("/escalazap/external-api/inbox/conversation-list?{query}");
    let page = Request::new("GET", &path).signed(sandbox).ask(sandbox).await.success();
    page["data"]["conversation"]["data"].as_array().unwrap().clone()
}

fn ids(rows: &[Value]) -> Vec<String> {
    rows.iter().map(|row| row["id"].to_string()).collect()
}

fn receive(sandbox: &Sandbox, from: &str) -> zap_sandbox::ReceivedMessage {
    sandbox.receive(Provider::EscalaZap, IncomingMessage::text(from, "Olá").name("Ana Maria")).unwrap()
}

#[tokio::test]
async fn a_message_moves_the_conversation_of_a_known_contact() {
    let receiver = Receiver::start(Behaviour::status(200)).await;
    let clock = Clock::standing_at(UNIX_EPOCH + Duration::from_secs(1_800_000_000));
    let sandbox = start(Sandbox::builder().clock(clock).webhook_url(receiver.url())).await;
    let before = list(&sandbox, "paginate=1000").await;
    let arrived = receive(&sandbox, KNOWN);
    assert_eq!((arrived.post_state, arrived.posts.len()), (PostState::NoWebhook, 0));
    let after = list(&sandbox, "paginate=1000").await;
    assert_eq!(after.len(), before.len());
    let moved = &after[0];
    assert_eq!(moved["id"].to_string(), arrived.chat_id);
    assert_eq!((&moved["status"], &moved["needs_human_reply"]), (&json!(4), &json!(1)));
    for key in ["last_message_at", "updated_at"] {
        assert_eq!(moved[key], "2027-01-15T08:00:00.000000Z", "{key}");
    }
    let old = before.iter().find(|row| row["id"] == moved["id"]).unwrap();
    for key in ["contact", "notes", "created_at", "whatsapp_account_id", "user_id"] {
        assert_eq!(moved[key], old[key], "{key}");
    }
    assert!(list(&sandbox, "status=4&paginate=1000").await.contains(moved));
    let details = format!("/escalazap/external-api/inbox/conversation-details/{}", arrived.chat_id);
    let details = Request::new("GET", &details).signed(&sandbox).ask(&sandbox).await.success();
    assert_eq!(details["data"]["conversation"]["status"], 4);
    assert!(receiver.seen().is_empty());
    // The other instances have their own tables.
    let other = Request::new("GET", "/wazime/external-api/inbox/conversation-list?status=4&paginate=1000");
    let other = other.signed(&sandbox).ask(&sandbox).await.success();
    assert!(!other["data"]["conversation"]["data"].to_string().contains("2027-01-15"));
}

#[tokio::test]
async fn a_stranger_becomes_a_contact_with_a_conversation() {
    let sandbox = Sandbox::start().await.unwrap();
    let arrived = receive(&sandbox, ANA);
    let row = list(&sandbox, "").await.remove(0);
    assert_eq!(row["id"].to_string(), arrived.chat_id);
    let contact = &row["contact"];
    assert_eq!((&contact["mobile_code"], &contact["mobile"]), (&json!("55"), &json!("11900000001")));
    assert_eq!((&contact["firstname"], &contact["lastname"]), (&json!("Ana Maria"), &json!(null)));
    assert_eq!(contact["address"]["country"], "Brazil");
    assert_eq!(arrived.name.as_deref(), Some("Ana Maria"));
    // What the account answers arrives in the same chat.
    let form = "mobile_code=55&mobile=11900000001&message=oi";
    let send = Request::new("POST", "/escalazap/external-api/inbox/send-message").signed(&sandbox).form(form);
    assert_eq!(send.ask(&sandbox).await.success()["data"]["conversation_id"].to_string(), arrived.chat_id);
    let delivery = sandbox.deliveries().remove(0);
    assert_eq!((&delivery.conversation, &delivery.account), (&arrived.conversation, &arrived.account));
    assert_eq!((delivery.to, delivery.name), (arrived.from.clone(), arrived.name.clone()));
    let again = receive(&sandbox, ANA);
    assert_eq!((again.chat_id, again.conversation), (arrived.chat_id, arrived.conversation));
    sandbox.reset();
    assert!(sandbox.incoming().is_empty());
    assert!(!list(&sandbox, "paginate=1000").await.iter().any(|row| row["contact"]["mobile"] == "11900000001"));
}

#[tokio::test]
async fn a_read_conversation_becomes_unread_again() {
    let sandbox = Sandbox::start().await.unwrap();
    let arrived = receive(&sandbox, KNOWN);
    let path = format!("/escalazap/external-api/inbox/change-conversation-status/{}", arrived.chat_id);
    let done = || Request::new("POST", &path).signed(&sandbox).form("status=1").ask(&sandbox);
    done().await.success();
    assert!(!ids(&list(&sandbox, "status=4&paginate=1000").await).contains(&arrived.chat_id));
    receive(&sandbox, KNOWN);
    assert_eq!(ids(&list(&sandbox, "status=4&paginate=1000").await)[0], arrived.chat_id);
}

#[tokio::test]
async fn the_message_of_a_blocked_contact_is_refused() {
    let sandbox = Sandbox::start().await.unwrap();
    let page = Request::new("GET", "/escalazap/external-api/contact/list?paginate=1000").signed(&sandbox);
    let page = page.ask(&sandbox).await.success();
    let rows = page["data"]["contacts"]["data"].as_array().unwrap().clone();
    let blocked = rows.iter().find(|row| row["is_blocked"] == 1).unwrap();
    let number = format!("{}{}", blocked["mobile_code"].as_str().unwrap(), blocked["mobile"].as_str().unwrap());
    let before = list(&sandbox, "paginate=1000").await;
    let error = sandbox.receive(Provider::EscalaZap, IncomingMessage::text(number, "x")).unwrap_err().to_string();
    assert!(error.starts_with("from: contact ") && error.contains("blocked"), "{error}");
    assert_eq!((list(&sandbox, "paginate=1000").await, sandbox.incoming().len()), (before, 0));
}
