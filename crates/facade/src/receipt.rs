//! What a provider says when it takes a message, and later of it.

use std::fmt;

/// What a provider said when it took a message.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Receipt {
    /// How far the message has got. None of the states means that it was delivered.
    pub state: SendState,
    /// Id of the message: WhatsApp's (`wamid.…`) from ExternalApi, ChatGuru's own from ChatGuru,
    /// where [`delivery_state`](crate::Messenger::delivery_state) takes it. `None` if the answer had
    /// none, as that of a dialog.
    pub message_id: Option<String>,
}

impl Receipt {
    /// A receipt; for implementors.
    #[must_use]
    pub fn new(state: SendState, message_id: Option<String>) -> Self {
        Self { state, message_id }
    }
}

/// How far a message has got when a send returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SendState {
    /// The provider has it and sends it by and by, or at its time.
    Queued,
    /// The provider has handed it to WhatsApp.
    Sent,
}

impl fmt::Display for SendState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Queued => "queued",
            Self::Sent => "sent",
        })
    }
}

/// What became of a message, in the provider's words, whose set is open (fact C14).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DeliveryState {
    /// It waits at the provider.
    Queued,
    /// The provider has handed it to WhatsApp. No provider says more than this.
    Sent,
    /// Another word of the provider's, as it came; empty if it said none.
    Other(String),
}

impl fmt::Display for DeliveryState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Other(word) if word.is_empty() => "not told",
            Self::Other(word) => word,
        })
    }
}
