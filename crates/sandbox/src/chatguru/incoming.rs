//! The chat in which a message from a customer arrives.

use crate::ledger::ChatOfMessage;

use super::{
    Account,
    details::Details,
    state::{Chat, ChatKey},
};

/// A chat in which a message arrived, with what the webhook reports of it.
#[derive(Debug)]
pub(crate) struct ReceivingChat {
    pub(crate) chat: ChatOfMessage,
    /// The customer's number, in the spelling of the chat.
    pub(crate) number: String,
    pub(crate) phone_id: String,
    /// When it was created, in milliseconds after the epoch.
    pub(crate) created: u64,
    pub(crate) tags: Vec<String>,
    pub(crate) custom_fields: Vec<(String, String)>,
    pub(crate) context: Vec<(String, String)>,
}

impl Account {
    /// Returns the chat with this number, in either spelling, on the phone with this id or on the first one. It is
    /// created if there is none, as when a stranger writes. A chat without a name gets the given one. Returns `None` if
    /// the account has no such phone.
    pub(crate) fn receive(&self, number: &str, name: Option<&str>, phone_id: Option<&str>) -> Option<ReceivingChat> {
        let world = &self.world.chatguru;
        let mut phones = world.phones.iter().enumerate();
        let (phone, row) = phones.find(|(_, row)| phone_id.is_none_or(|wanted| wanted == row.phone_id))?;
        let now = self.clock.millis();
        let mut state = self.lock();
        state.settle(now);
        let key = state.chat_to_add(&ChatKey::new(phone, number));
        let Chat { id, name, created } = state.chat_of_message(key.clone(), name, now);
        let Details { custom_fields, context } = state.details.of(&key);
        let of_world = row.chats.iter().find(|chat| chat.chat_number == key.number);
        Some(ReceivingChat {
            chat: ChatOfMessage { account: world.account_id.clone(), conversation: key.conversation(), id, name },
            number: key.number,
            phone_id: row.phone_id.clone(),
            created,
            tags: of_world.map(|chat| chat.tags.clone()).unwrap_or_default(),
            custom_fields,
            context,
        })
    }
}
