//! Posts that were received: messages, and bodies that cannot be read.

use std::fmt;

use bytes::Bytes;
use chatguru_client::Webhook;
use serde::de::IgnoredAny;

use super::message::Incoming;

/// A post of a provider: a message, or a body that cannot be read as one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Received {
    /// A message.
    Message(Box<Incoming>),
    /// A body that is not a message, kept whole.
    Unreadable(Unreadable),
}

impl Received {
    /// Reads the body of a request from ChatGuru. Use it in a web framework other than axum.
    ///
    /// Every body is accepted, and read as far as possible: a property that cannot be read is absent. A body that is not
    /// JSON, or names neither a number nor a chat, becomes [`Unreadable`](Self::Unreadable). The type of the content is
    /// not considered.
    ///
    /// ```
    /// use zap_facade::Received;
    ///
    /// let body = r#"{"celular":"551187654321","nome":"Ana Lima","texto_mensagem":"oi","tipo_mensagem":"chat"}"#;
    /// let Received::Message(incoming) = Received::from_chatguru(body) else { panic!("it is a message") };
    /// assert_eq!(incoming.text.as_deref(), Some("oi"));
    /// assert_eq!(incoming.number()?.to_string(), "+551187654321");
    /// # Ok::<(), zap_facade::InvalidPhoneNumber>(())
    /// ```
    #[must_use]
    pub fn from_chatguru(body: impl Into<Bytes>) -> Self {
        let raw = body.into();
        match read(&raw) {
            Ok(mut incoming) => {
                incoming.raw = Some(raw);
                Self::Message(Box::new(incoming))
            }
            Err(reason) => Self::Unreadable(Unreadable::new(raw, reason)),
        }
    }

    /// Returns the message, if it could be read.
    #[must_use]
    pub fn message(&self) -> Option<&Incoming> {
        match self {
            Self::Message(incoming) => Some(incoming),
            Self::Unreadable(_) => None,
        }
    }
}

fn read(body: &[u8]) -> Result<Incoming, UnreadableReason> {
    let incoming = Incoming::from(Webhook::from_body(body).map_err(|_| reason(body))?);
    if incoming.number_as_written.is_none() && incoming.chat_id.is_none() {
        return Err(UnreadableReason::NotAMessage);
    }
    Ok(incoming)
}

/// Returns the reason why a body is not an object.
fn reason(body: &[u8]) -> UnreadableReason {
    match std::str::from_utf8(body).map(serde_json::from_str::<IgnoredAny>) {
        Err(_) => UnreadableReason::NotUtf8,
        Ok(Err(_)) => UnreadableReason::NotJson,
        Ok(Ok(_)) => UnreadableReason::NotAMessage,
    }
}

/// A body that could not be read as a message.
///
/// `Debug` shows the reason and the number of bytes, because the body may contain what a customer wrote.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unreadable {
    /// The body, byte for byte.
    pub raw: Bytes,
    /// Why it could not be read.
    pub reason: UnreadableReason,
}

impl Unreadable {
    pub(crate) fn new(raw: Bytes, reason: UnreadableReason) -> Self {
        Self { raw, reason }
    }
}

impl fmt::Debug for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Unreadable");
        shown.field("reason", &self.reason).field("raw", &format_args!("({} bytes)", self.raw.len())).finish()
    }
}

/// The reason why a body could not be read as a message. `Display` writes a sentence without any part of the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UnreadableReason {
    /// It has a `Content-Encoding`, such as gzip. ChatGuru sends none.
    Encoded,
    /// It is not JSON, and not UTF-8 either. A message with single bytes that are not UTF-8 is read.
    NotUtf8,
    /// It is not JSON.
    NotJson,
    /// It is JSON, but not a message: not an object, without both a number and a chat, or with more objects and lists
    /// than a message can have.
    NotAMessage,
}

impl fmt::Display for UnreadableReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Encoded => "the body is compressed: let the proxy in front of this program decompress it",
            Self::NotUtf8 => "the body is not UTF-8",
            Self::NotJson => "the body is not JSON",
            Self::NotAMessage => "the body is JSON but not a message: it names neither a number nor a chat",
        })
    }
}
