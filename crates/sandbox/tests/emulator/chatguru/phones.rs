//! Accounts with several phones.

use std::time::Duration;

use serde_json::json;

use super::{ask, ok, refused, with_account};

#[tokio::test]
async fn each_phone_has_its_own_chats() {
    let sandbox = with_account(json!({
        "phones": [
            {"phone_id": "sales", "chats": [{"id": "chat-1", "chat_number": "5511987654321", "name": "Ana"}]},
            {"phone_id": "support", "chats": [
                {"id": "chat-2", "chat_number": "5511987654321"},
                {"id": "chat-3", "chat_number": "5521900001111"},
            ]},
        ],
    }))
    .await;
    assert_eq!(sandbox.chatguru_credentials().phone_id, "sales");
    let chat = async |phone: &str, number: &str| {
        let rest = format!("action=chat_update_context&var__a=1&chat_number={number}");
        ask(&sandbox, phone, &rest).await
    };
    for (phone, number, id) in [
        ("sales", "5511987654321", "chat-1"),
        ("support", "5511987654321", "chat-2"),
        ("support", "5521900001111", "chat-3"),
    ] {
        assert_eq!(ok(&chat(phone, number).await, 200)["chat_id"], id);
    }
    assert_eq!(refused(&chat("sales", "5521900001111").await), "Chat não encontrado.");
    assert_eq!(refused(&chat("other", "5511987654321").await), "phone_id inválida");

    // A name belongs to a chat, and a chat to a phone.
    let rename = "action=chat_update_name&chat_name=Bia&chat_number=5511987654321";
    ok(&ask(&sandbox, "support", rename).await, 200);
    ok(&chat("sales", "5511987654321").await, 200);
    let deliveries = sandbox.deliveries();
    let shown: Vec<_> = deliveries.iter().map(|row| row.name.as_deref()).collect();
    assert_eq!(shown, [Some("Ana"), None, None, Some("Bia"), Some("Ana")]);
    let conversation = |index: usize| deliveries[index].conversation.as_str();
    assert!(conversation(0) != conversation(1) && conversation(1) == conversation(3));
    assert_eq!((deliveries[0].to.as_str(), deliveries[1].to.as_str()), ("5511987654321", "5511987654321"));
}

#[tokio::test]
async fn a_chat_is_added_on_the_phone_that_the_call_names() {
    let sandbox = with_account(json!({
        "phone_id": "sales",
        "chats": [{"id": "chat-1", "chat_number": "5511987654321"}],
        "phones": [{"phone_id": "support"}],
    }))
    .await;
    // On the other phone, the number is not another spelling of an existing chat.
    ok(&ask(&sandbox, "support", "action=chat_add&name=N&text=oi&chat_number=5511987654321").await, 201);
    sandbox.clock().advance(Duration::from_secs(1));
    let context = "action=chat_update_context&var__a=1&chat_number=5511987654321";
    let added = ok(&ask(&sandbox, "support", context).await, 200)["chat_id"].clone();
    assert_eq!(ok(&ask(&sandbox, "sales", context).await, 200)["chat_id"], "chat-1");
    assert_ne!(added, "chat-1");
    let kinds: Vec<_> = sandbox.deliveries().iter().map(|row| row.kind.name()).collect();
    assert_eq!(kinds, ["chat_added", "text", "context", "context"]);
}

#[tokio::test]
async fn no_phone_id_is_shown() {
    let sandbox = with_account(json!({"phones": [{"phone_id": "canary-one"}, {"phone_id": "canary-two"}]})).await;
    ask(&sandbox, "canary-two", "action=note_add&note_text=canary-two&chat_number=canary-one").await;
    let call = sandbox.calls().remove(0);
    assert!(!format!("{call:?}").contains("canary"), "{call:?}");
}
