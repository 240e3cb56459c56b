//! A provider's answers about a message: when it accepts the message, and later.

use std::fmt;

/// A provider's answer when it accepts a message.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Receipt {
    /// How far the message has come. None of the states means that it was delivered.
    pub state: SendState,
    /// The message's id. ExternalApi returns WhatsApp's id (`wamid.…`), ChatGuru an id of its own, which is the
    /// argument of [`delivery_state`](crate::Messenger::delivery_state). `None` if the answer has no id, such as that
    /// of a dialog.
    pub message_id: Option<String>,
}

impl Receipt {
    /// Creates a receipt, for a messenger of your own.
    #[must_use]
    pub fn new(state: SendState, message_id: Option<String>) -> Self {
        Self { state, message_id }
    }
}

/// The state of a message when a send returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SendState {
    /// The provider has accepted it and sends it later.
    Queued,
    /// The provider has passed it to WhatsApp.
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

/// The state of a message after it was accepted. The provider may use words that are not documented
/// ([C14](chatguru_client::facts#c14)).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DeliveryState {
    /// The provider has not sent it yet.
    Queued,
    /// The provider has passed it to WhatsApp. No provider reports more than this.
    Sent,
    /// Another word, as the provider sent it. Empty if the answer has no state.
    Other(String),
}

impl fmt::Display for DeliveryState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Other(word) if word.is_empty() => "not reported",
            Self::Other(word) => word,
        })
    }
}
