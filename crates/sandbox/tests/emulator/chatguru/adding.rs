//! New chats: their progress, their number, and what they begin with.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::json;
use zap_sandbox::{DeliveryState, Sandbox};

use super::{KEYS, ask, effects, form, ok, query, refused, standing, status, with_account};

const DIALOG: &str = "5d0000000000000000000201";

#[tokio::test]
async fn a_chat_is_pending_then_fetched_then_done() {
    let sandbox = standing().await;
    let number = "chat_number=5521900001111";
    let added = ok(&query(&sandbox, &format!("action=chat_add&name=Nina&text=%20&{number}")).await, 201);
    assert_eq!(added["chat_add_status"], "pending");
    let send = format!("action=message_send&text=oi&{number}");
    for (wait, expected) in [(0, "pending"), (199, "pending"), (1, "fetched"), (199, "fetched"), (1, "done")] {
        sandbox.clock().advance(Duration::from_millis(wait));
        assert_eq!(status(&sandbox, KEYS, &added).await.0, expected);
        if expected == "done" {
            ok(&form(&sandbox, &send).await, 201);
        } else {
            assert_eq!(refused(&form(&sandbox, &send).await), "Chat não encontrado.");
        }
    }
    assert_eq!(status(&sandbox, KEYS, &added).await.1, "Chat adicionado com sucesso!");
    let without_the_ninth = "action=message_send&text=oi&chat_number=552100001111";
    assert_eq!(refused(&form(&sandbox, without_the_ninth).await), "Chat não encontrado.");
    sandbox.reset();
    assert_eq!(refused(&form(&sandbox, &send).await), "Chat não encontrado.");
}

#[tokio::test]
async fn without_a_delay_a_chat_is_done_at_once() {
    let sandbox = with_account(json!({"phone_id": "p", "chat_add_delay_ms": 0})).await;
    let added = ok(&ask(&sandbox, "p", "action=chat_add&name=N&text=oi&chat_number=5521900001111").await, 201);
    let keys = "key=k&account_id=a&phone_id=p";
    assert_eq!(status(&sandbox, keys, &added).await.0, "done");
}

/// Adds a chat, and returns the number under which it is found, and the end of its status description.
async fn add(sandbox: &Sandbox, number: &str) -> (String, String) {
    let before = sandbox.deliveries().len();
    let rest = format!("action=chat_add&name=Nina&text=ola&chat_number={number}");
    let added = ok(&query(sandbox, &rest).await, 201);
    sandbox.clock().advance(Duration::from_secs(1));
    let (status, description) = status(sandbox, KEYS, &added).await;
    assert_eq!(status, "done", "{description}");
    let to = sandbox.deliveries()[before..].last().unwrap().to.clone();
    ok(&form(sandbox, &format!("action=note_add&note_text=x&chat_number={to}")).await, 200);
    (to, description)
}

#[tokio::test]
async fn a_number_in_an_unusual_spelling_is_corrected() {
    for (number, expected) in [
        ("551187654320", "5511987654320"),
        ("552100001111", "5521900001111"),
        ("5531988887777", "553188887777"),
        ("5548900001111", "554800001111"),
    ] {
        let sandbox = standing().await;
        let (found, description) = add(&sandbox, number).await;
        assert_eq!(found, expected);
        assert!(description.ends_with(&format!("corrigido para {expected}.")), "{description}");
        let old = form(&sandbox, &format!("action=note_add&note_text=x&chat_number={number}")).await;
        assert_eq!(refused(&old), "Chat não encontrado.");
    }
}

#[tokio::test]
async fn other_numbers_stay_as_they_are() {
    let sandbox = standing().await;
    for number in ["5511987654320", "5521900001111", "553188887777", "554800001111", "551133334444", "351912345678"] {
        let (found, description) = add(&sandbox, number).await;
        assert_eq!((found.as_str(), description.as_str()), (number, "Chat adicionado com sucesso!"));
    }
}

#[tokio::test]
async fn two_spellings_in_a_row_become_one_chat() {
    let sandbox = standing().await;
    for (number, name) in [("5531988887777", "Nina"), ("553188887777", "Nina"), ("5531988887777", "Bia")] {
        let add = format!("action=chat_add&name={name}&text=ola&dialog_id={DIALOG}&chat_number={number}");
        ok(&query(&sandbox, &add).await, 201);
    }
    let to = "553188887777";
    // The second and the third find the chat that is being added.
    let added = [("chat_added", to), ("text", to), ("dialog", to)];
    let later = [("text", to), ("chat_name", to), ("text", to)];
    assert_eq!(effects(&sandbox.deliveries()), [added, later].concat());
    sandbox.clock().advance(Duration::from_secs(1));
    ok(&form(&sandbox, &format!("action=note_add&note_text=x&chat_number={to}")).await, 200);
    assert_eq!(sandbox.deliveries().last().unwrap().name.as_deref(), Some("Bia"));
}

#[tokio::test]
async fn an_added_chat_is_in_the_ledger_when_it_is_done() {
    let sandbox = standing().await;
    let add = "action=chat_add&name=Nina&text=ola&chat_number=5521900001111";
    ok(&query(&sandbox, &format!("{add}&dialog_id={DIALOG}")).await, 201);
    let deliveries = sandbox.deliveries();
    let to = "5521900001111";
    assert_eq!(effects(&deliveries), [("chat_added", to), ("text", to), ("dialog", to)]);
    assert!(deliveries.iter().all(|row| row.state == DeliveryState::Scheduled && row.name.as_deref() == Some("Nina")));
    assert_eq!(deliveries[0].text.as_deref(), Some("Nina"));
    assert_eq!(deliveries.iter().filter(|row| row.kind.is_message()).count(), 1);
    sandbox.clock().advance(Duration::from_millis(400));
    assert!(sandbox.deliveries().iter().all(|row| row.state == DeliveryState::Sent));
}

#[tokio::test]
async fn the_first_text_of_a_chat_can_be_scheduled() {
    let sandbox = standing().await;
    let start = UNIX_EPOCH + Duration::from_secs(1_800_000_000);
    let due = async |date: &str| -> Vec<(&'static str, SystemTime)> {
        sandbox.reset();
        let add = "action=chat_add&name=Nina&text=ola&chat_number=5521900001111";
        ok(&query(&sandbox, &format!("{add}&dialog_id={DIALOG}&send_date={date}")).await, 201);
        sandbox.deliveries().into_iter().filter_map(|row| Some((row.kind.name(), row.due?))).collect()
    };
    let done = start + Duration::from_millis(400);
    // An hour later, as Brasília time. A date in the past counts as none.
    for (date, text) in [("2027-01-15+06:00", start + Duration::from_secs(3600)), ("2020-01-01+00:00", done)] {
        assert_eq!(due(date).await, [("chat_added", done), ("text", text), ("dialog", done)], "{date}");
    }
}

#[tokio::test]
async fn a_phone_of_the_official_api_refuses_long_first_texts() {
    let sandbox = with_account(json!({
        "phone_id": "web",
        "phones": [
            {"phone_id": "official", "official_api": true, "chats": [{"id": "x", "chat_number": "5511900001111"}]},
        ],
    }))
    .await;
    let add = async |phone: &str, letters: usize| {
        let text = "%C3%A9".repeat(letters);
        let rest = format!("action=chat_add&name=N&chat_number=5511900001112&text={text}");
        ask(&sandbox, phone, &rest).await
    };
    ok(&add("official", 256).await, 201);
    assert_eq!(refused(&add("official", 257).await), "Mensagem inicial inválida");
    ok(&add("web", 257).await, 201);
    ok(&ask(&sandbox, "official", "action=chat_add&name=N&chat_number=5511900001113&text=%20").await, 201);
    // Only the first text is limited.
    let long = "x".repeat(1000);
    let send = format!("action=message_send&chat_number=5511900001111&text={long}");
    ok(&ask(&sandbox, "official", &send).await, 201);
}

#[tokio::test]
async fn an_account_without_the_feature_adds_no_chats() {
    let sandbox = with_account(json!({"phone_id": "p", "add_chats": false})).await;
    let added = ask(&sandbox, "p", "action=chat_add&name=N&text=oi&chat_number=5521900001111").await;
    assert_eq!(refused(&added), "Adicionar Chats não está ativo nesta conta.");
    assert_eq!(sandbox.deliveries(), []);
}
