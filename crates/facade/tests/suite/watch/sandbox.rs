//! The watcher at the sandbox: sends move conversations.

use std::time::Duration;

use tokio::time::timeout;
use zap_facade::contract::Account;
use zap_facade::externalapi_client::types::ConversationStatus;
use zap_facade::{
    ConversationCursor, ConversationWatcher, Messenger, MovedConversation, PhoneNumber, Provider, connect,
};
use zap_sandbox::{IncomingMessage, Sandbox};

fn watch(messenger: &dyn Messenger, cursor: ConversationCursor) -> ConversationWatcher {
    let client = messenger.externalapi().unwrap().clone();
    ConversationWatcher::new(client, cursor).with_interval(Duration::from_millis(1))
}

fn mobile(moved: &MovedConversation) -> String {
    moved.conversation.contact.as_ref().unwrap().mobile.clone().unwrap()
}

#[tokio::test]
async fn what_is_sent_moves_its_conversation_and_a_restart_repeats_nothing() {
    let sandbox = Sandbox::start().await.unwrap();
    let messenger = connect(Account::of(&sandbox, Provider::WaziMe).config()).unwrap();
    let client = messenger.externalapi().unwrap();
    let to: PhoneNumber = "+55 11 98765-4321".parse().unwrap();

    let mut all = watch(&*messenger, ConversationCursor::beginning());
    let listed = client.conversation_list().paginate(1_000).send().await.unwrap().into_inner();
    let listed = listed.data.unwrap().conversation.unwrap().data.unwrap();
    let with_message = listed.iter().filter(|one| one.last_message_at.is_some());
    let mut oldest_first: Vec<_> = with_message.map(|one| one.id).collect();
    oldest_first.reverse();
    assert!(oldest_first.len() > 1);
    for id in oldest_first {
        assert_eq!(all.next().await.unwrap().conversation.id, id);
    }

    let mut cursor = ConversationCursor::now(client).await.unwrap();
    for round in 0..3 {
        messenger.send_text(&to, "Olá!").await.unwrap();
        let mut watcher = watch(&*messenger, cursor);
        let moved = watcher.next().await.unwrap();
        assert_eq!(mobile(&moved), to.national_number(), "round {round}");
        assert_eq!(all.next().await.unwrap().conversation.id, moved.conversation.id);
        cursor = moved.cursor;
        let mut restarted = watch(&*messenger, cursor.clone());
        assert!(timeout(Duration::from_millis(100), restarted.next()).await.is_err());
        // The next send is in another second.
        sandbox.clock().advance(Duration::from_secs(1));
    }
}

#[tokio::test]
async fn a_customer_who_writes_moves_the_conversation_and_marks_it_unread() {
    let sandbox = Sandbox::start().await.unwrap();
    let messenger = connect(Account::of(&sandbox, Provider::EscalaZap).config()).unwrap();
    let mut watcher = watch(&*messenger, ConversationCursor::now(messenger.externalapi().unwrap()).await.unwrap());
    // The second one is not known yet.
    for from in ["5511987654321", "5511900000777", "5511987654321"] {
        let message = IncomingMessage::text(from, "Bom dia!").name("Ana");
        sandbox.receive(zap_sandbox::Provider::EscalaZap, message).unwrap();
        let moved = watcher.next().await.unwrap();
        assert_eq!(moved.conversation.status, Some(ConversationStatus::Unread), "{from}");
        assert_eq!(format!("55{}", mobile(&moved)), from);
        sandbox.clock().advance(Duration::from_secs(1));
    }
    assert!(timeout(Duration::from_millis(100), watcher.next()).await.is_err());
}
