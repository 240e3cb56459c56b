//! The chat in which a message from a customer arrives.

use std::sync::PoisonError;

use crate::ledger::ChatOfMessage;

use super::{
    Account,
    state::{Chat, ChatKey},
};

/// A chat in which a message arrived, with what the webhook reports of it.
#[derive(Debug)]
pub(crate) struct ReceivingChat {
    pub(crate) chat: ChatOfMessage,
    pub(crate) phone_id: String,
    /// When it was created, in milliseconds after the epoch.
    pub(crate) created: u64,
    pub(crate) tags: Vec<String>,
    pub(crate) custom_fields: Vec<(String, String)>,
    pub(crate) context: Vec<(String, String)>,
}

impl Account {
    /// Returns the chat with this number on the first phone, which is created if there is none, as when a stranger
    /// writes. A chat without a name gets the given one.
    pub(crate) fn receive(&self, number: &str, name: Option<&str>) -> ReceivingChat {
        let now = self.clock.millis();
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.settle(now);
        let key = ChatKey::new(0, number);
        let conversation = key.conversation();
        let Chat { id, name, created } = state.chat_of_message(key, name, now);
        let world = &self.world.chatguru;
        ReceivingChat {
            chat: ChatOfMessage { account: world.account_id.clone(), conversation, id, name },
            phone_id: world.first_phone_id().to_owned(),
            created,
            tags: Vec::new(),
            custom_fields: Vec::new(),
            context: Vec::new(),
        }
    }
}
