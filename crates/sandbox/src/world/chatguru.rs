//! The `chatguru` part of a world.

use std::collections::HashSet;

use serde::Deserialize;

use crate::incoming::WebhookUrl;

use super::WorldError;

/// The state of a `ChatGuru` account: its credentials, its delays, its chats and dialogs.
#[derive(Clone, Deserialize)]
#[serde(default)]
pub(crate) struct ChatGuruWorld {
    pub(crate) key: String,
    pub(crate) account_id: String,
    pub(crate) phone_id: String,
    /// Whether "Adicionar Chats" is enabled for the account.
    pub(crate) add_chats: bool,
    /// How long a new chat stays `pending`.
    pub(crate) chat_add_delay_ms: u64,
    /// How long a message without a date stays `scheduled`.
    pub(crate) message_delay_ms: u64,
    pub(crate) chats: Vec<ChatRow>,
    /// The ids of the dialogs that can be executed.
    pub(crate) dialogs: Vec<String>,
    /// The URL to which messages from customers are posted.
    pub(crate) webhook_url: Option<String>,
}

/// A chat that already exists.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct ChatRow {
    pub(crate) id: String,
    pub(crate) chat_number: String,
    #[serde(default)]
    pub(crate) name: Option<String>,
}

impl Default for ChatGuruWorld {
    /// Returns a usable account, for worlds without `chatguru`.
    fn default() -> Self {
        Self {
            key: "sandbox-chatguru-key".to_owned(),
            account_id: "5d0000000000000000000001".to_owned(),
            phone_id: "5d0000000000000000000002".to_owned(),
            add_chats: true,
            chat_add_delay_ms: 400,
            message_delay_ms: 300,
            chats: vec![ChatRow {
                id: "5d0000000000000000000101".to_owned(),
                chat_number: "5511987654321".to_owned(),
                name: None,
            }],
            dialogs: vec!["5d0000000000000000000201".to_owned()],
            webhook_url: None,
        }
    }
}

impl ChatGuruWorld {
    pub(super) fn check(&self) -> Result<(), WorldError> {
        for (name, value) in [("key", &self.key), ("account_id", &self.account_id), ("phone_id", &self.phone_id)] {
            if value.is_empty() {
                return Err(WorldError(format!("chatguru: {name} is empty")));
            }
        }
        if let Some(Err(error)) = self.webhook_url.as_deref().map(str::parse::<WebhookUrl>) {
            return Err(WorldError(format!("chatguru.webhook_url: {error}")));
        }
        let mut numbers = HashSet::new();
        for chat in &self.chats {
            if !numbers.insert(&chat.chat_number) {
                return Err(WorldError(format!("chatguru: chat_number {} occurs twice", chat.chat_number)));
            }
            if chat.chat_number.is_empty() || !chat.chat_number.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(WorldError(format!("chatguru: chat_number {:?} is not digits only", chat.chat_number)));
            }
        }
        Ok(())
    }
}
