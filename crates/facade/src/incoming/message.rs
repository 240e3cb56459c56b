//! The message itself.

use std::fmt;

use bytes::Bytes;
use chatguru_client::Webhook;
use jiff::Timestamp;
use serde_json::{Map, Value};

use super::brasilia;
use crate::{IncomingKind, InvalidPhoneNumber, PhoneNumber};

/// A message from a customer, as ChatGuru posts it.
///
/// [`Received::from_chatguru`](crate::Received::from_chatguru) reads it from the body of a request.
/// The feature `axum` adds a receiver for whole requests.
///
/// To answer, send to its [`number`](Self::number):
///
/// ```
/// # use zap_facade::{Incoming, Messenger};
/// async fn answer(messenger: &dyn Messenger, incoming: &Incoming) -> Result<(), Box<dyn std::error::Error>> {
///     messenger.send_text(incoming.number()?, "Recebemos a sua mensagem!").await?;
///     Ok(())
/// }
/// ```
///
/// Any field may be absent, because a post has no required fields and older accounts lack some of them
/// ([C24](chatguru_client::facts#c24)). An empty text counts as absent.
///
/// # Privacy
///
/// `Debug` is safe to log: it shows the last four digits of the number, the ids, the kind, the time and the origin. Of the
/// customer's name and text and of a file's URL, it shows only the length, and of fields and tags only the number.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Incoming {
    number: Result<PhoneNumber, InvalidPhoneNumber>,
    /// The sender's number as the provider wrote it: digits with the calling code, with or without the ninth digit.
    pub number_as_written: Option<String>,
    /// The sender's name in ChatGuru.
    pub name: Option<String>,
    /// The id of the chat. The same number has a different chat on each phone of the account ([C21](chatguru_client::facts#c21)).
    pub chat_id: Option<String>,
    /// The id of the account's phone that received the message. `CHATGURU_PHONE_ID` is the one that sends.
    pub phone_id: Option<String>,
    /// The URL of the chat in ChatGuru's panel.
    pub chat_link: Option<String>,
    /// The kind of the message. Posts of 2021 do not have it.
    pub kind: Option<IncomingKind>,
    /// The text. Absent if the message has none, or if a person ran the dialog that posts it.
    pub text: Option<String>,
    /// The URL of the file that the message has. Whether it expires is not known.
    pub file_url: Option<String>,
    /// When ChatGuru posted the message. `None` if the post has no time or one that cannot be read.
    ///
    /// The provider writes a wall-clock time without a zone, to the microsecond. That of Brasília is assumed
    /// ([C24](chatguru_client::facts#c24)). To convert it, use `SystemTime::from`.
    pub posted_at: Option<Timestamp>,
    /// The text that the account's owner typed into the dialog's action. Use it to distinguish several actions that
    /// post to the same URL, because a post has no other mark.
    pub origin: Option<String>,
    /// The chat's tags.
    pub tags: Vec<String>,
    /// The custom fields of the chat, by the provider's name for them.
    pub custom_fields: Map<String, Value>,
    /// The variables of the chatbot.
    pub bot_context: Map<String, Value>,
    /// The body of the request, byte for byte. `None` if this message was not read from one.
    ///
    /// It costs about 1 kB a message, as much as the other fields together. Set it to `None` if you keep many messages.
    /// A program that needs a field that is not here, such as the person in charge, can read the body again:
    /// [`Webhook::from_body`].
    pub raw: Option<Bytes>,
}

impl Incoming {
    /// Returns the sender's number, to which an answer is sent.
    ///
    /// It has exactly the digits that the provider wrote, because a chat exists under one of the forms of a number only.
    /// To compare it with numbers from elsewhere, use [`PhoneNumber::key`].
    ///
    /// # Errors
    ///
    /// Returns the reason why [`number_as_written`](Self::number_as_written) is not a phone number. It is
    /// [`NotANumber`](InvalidPhoneNumber::NotANumber) if the post has no number.
    pub fn number(&self) -> Result<&PhoneNumber, InvalidPhoneNumber> {
        self.number.as_ref().map_err(|error| *error)
    }
}

impl From<Webhook> for Incoming {
    fn from(webhook: Webhook) -> Self {
        Self {
            number: number(webhook.celular.as_deref().unwrap_or_default()),
            number_as_written: webhook.celular,
            name: webhook.nome,
            chat_id: webhook.chat_id,
            phone_id: webhook.phone_id,
            chat_link: webhook.link_chat,
            kind: webhook.tipo_mensagem.map(|kind| IncomingKind::from_chatguru(kind.value())),
            text: webhook.texto_mensagem,
            file_url: webhook.url_arquivo,
            posted_at: webhook.datetime_post.as_deref().and_then(brasilia::read),
            origin: webhook.origem,
            tags: webhook.tags,
            custom_fields: webhook.campos_personalizados,
            bot_context: webhook.bot_context,
            raw: None,
        }
    }
}

/// Reads a number that ChatGuru writes as digits with the calling code.
fn number(written: &str) -> Result<PhoneNumber, InvalidPhoneNumber> {
    let written = written.trim();
    if written.starts_with('+') { written.parse() } else { format!("+{written}").parse() }
}

impl fmt::Debug for Incoming {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Incoming");
        shown
            .field("number", &self.number)
            .field("name", &Length(self.name.as_deref()))
            .field("chat_id", &self.chat_id)
            .field("phone_id", &self.phone_id)
            .field("kind", &self.kind)
            .field("text", &Length(self.text.as_deref()))
            .field("file_url", &Length(self.file_url.as_deref()))
            .field("posted_at", &self.posted_at)
            .field("origin", &self.origin)
            .field("tags", &self.tags.len())
            .field("custom_fields", &self.custom_fields.len())
            .field("bot_context", &self.bot_context.len());
        shown.finish_non_exhaustive()
    }
}

/// Shows how long a text is.
struct Length<'a>(Option<&'a str>);

impl fmt::Debug for Length<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(text) => write!(f, "({} characters)", text.chars().count()),
            None => f.write_str("None"),
        }
    }
}
