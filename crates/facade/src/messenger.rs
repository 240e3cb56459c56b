//! What a program writes against that serves several providers.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use client_runtime::Error;

use crate::PhoneNumber;

/// A future that can be moved between threads, as object-safe traits need it.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// An account at a provider that can send messages.
///
/// Implemented by the providers' clients; those stay one call away for all the rest.
pub trait Messenger: fmt::Debug + Send + Sync {
    /// Name of the install that is called.
    fn provider(&self) -> &str;

    /// Sends a text.
    ///
    /// | provider | call | needs | success means |
    /// |---|---|---|---|
    /// | ExternalApi | `send_message` | a stored contact with this number, on the recorded version (fact E12) | handed to WhatsApp: [`SendState::Sent`] |
    /// | ChatGuru | `message_send` | a chat with this number, ninth digit and all (facts C5, C15) | [`SendState::Queued`] at ChatGuru |
    ///
    /// # Errors
    ///
    /// [`Error::outcome`] says whether the message was sent all the same. Never send it again
    /// unless that is [`NotDone`](client_runtime::Outcome::NotDone).
    fn send_text<'a>(&'a self, to: &'a PhoneNumber, text: &'a str) -> BoxFuture<'a, Result<Receipt, Error>>;
}

/// What a provider said when it took a message.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Receipt {
    /// How far the message has got. None of the states means that it was delivered.
    pub state: SendState,
    /// Id of the message: WhatsApp's (`wamid.…`) from ExternalApi, ChatGuru's own from ChatGuru,
    /// where `message_status` takes it. `None` if the answer had none.
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
    /// The provider has it and sends it by and by.
    Queued,
    /// The provider has handed it to WhatsApp.
    Sent,
}

impl fmt::Display for SendState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Queued => "queued",
            Self::Sent => "sent",
        })
    }
}
