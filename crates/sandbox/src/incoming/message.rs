//! A message that a customer writes, and its validation.

use std::fmt;

use axum::http::Uri;

use crate::IncomingKind;

/// The longest number, as E.164 allows.
const LONGEST_NUMBER: usize = 15;
/// The longest text, in characters. `WhatsApp` allows as many.
const LONGEST_TEXT: usize = 65_536;
/// The longest name, and the longest marker, in characters.
const LONGEST_NAME: usize = 100;
/// The longest address of a file, in bytes.
const LONGEST_URL: usize = 2048;

/// A message that a customer writes to an account. [`Sandbox::receive`](crate::Sandbox::receive) delivers it.
///
/// ```
/// use zap_sandbox::{IncomingKind, IncomingMessage};
///
/// let text = IncomingMessage::text("5511987654321", "Olá").name("Ana");
/// let picture = IncomingMessage::image("5511987654321", "https://files.example/bolo.png").caption("O bolo");
/// // A voice note whose file the sandbox serves.
/// let voice = IncomingMessage::sample(IncomingKind::Voice, "5511987654321");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "a message does nothing until the sandbox receives it"]
pub struct IncomingMessage {
    pub(super) from: String,
    pub(super) kind: IncomingKind,
    /// The text or the caption.
    pub(super) text: Option<String>,
    pub(super) url: Option<String>,
    pub(super) name: Option<String>,
    pub(super) origin: Option<String>,
    /// The phone of the account that receives the message.
    pub(super) phone_id: Option<String>,
}

impl IncomingMessage {
    /// Returns a text message. `from` is the customer's number with country code, digits only.
    pub fn text(from: impl Into<String>, text: impl Into<String>) -> Self {
        Self { text: Some(text.into()), ..Self::sample(IncomingKind::Text, from) }
    }

    /// Returns a picture whose file is at `url`.
    pub fn image(from: impl Into<String>, url: impl Into<String>) -> Self {
        Self::sample(IncomingKind::Image, from).url(url)
    }

    /// Returns a voice note, recorded in the chat, whose file is at `url`.
    pub fn voice(from: impl Into<String>, url: impl Into<String>) -> Self {
        Self::sample(IncomingKind::Voice, from).url(url)
    }

    /// Returns an audio file at `url`.
    pub fn audio(from: impl Into<String>, url: impl Into<String>) -> Self {
        Self::sample(IncomingKind::Audio, from).url(url)
    }

    /// Returns a video whose file is at `url`.
    pub fn video(from: impl Into<String>, url: impl Into<String>) -> Self {
        Self::sample(IncomingKind::Video, from).url(url)
    }

    /// Returns a document whose file is at `url`.
    pub fn document(from: impl Into<String>, url: impl Into<String>) -> Self {
        Self::sample(IncomingKind::Document, from).url(url)
    }

    /// Returns a message of any kind whose file is a sample that the sandbox serves. A text needs
    /// [`text`](Self::text) instead.
    pub fn sample(kind: IncomingKind, from: impl Into<String>) -> Self {
        Self { from: from.into(), kind, text: None, url: None, name: None, origin: None, phone_id: None }
    }

    /// Sets the customer's name, as the customer wrote it in `WhatsApp`. A chat that already has a name keeps it.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets the caption of a picture, a video or a document. Other kinds have none.
    pub fn caption(mut self, caption: impl Into<String>) -> Self {
        self.text = Some(caption.into());
        self
    }

    /// Sets the marker that the payload of the webhook carries as `origem`. In `ChatGuru`, it is typed into the dialog
    /// that posts the message.
    pub fn origin(mut self, origin: impl Into<String>) -> Self {
        self.origin = Some(origin.into());
        self
    }

    /// Sets the phone of the `ChatGuru` account that receives the message, by its id. Default: the first one. The same
    /// customer has another chat on each phone.
    pub fn phone_id(mut self, phone_id: impl Into<String>) -> Self {
        self.phone_id = Some(phone_id.into());
        self
    }

    fn url(mut self, url: impl Into<String>) -> Self {
        self.url = Some(url.into());
        self
    }

    /// Checks whether the message can be received.
    pub(super) fn check(&self) -> Result<(), IncomingError> {
        let digits = self.from.bytes().all(|byte| byte.is_ascii_digit());
        if !digits || !(1..=LONGEST_NUMBER).contains(&self.from.len()) {
            let text = format!("expected a number with country code, at most {LONGEST_NUMBER} digits and nothing else");
            return Err(IncomingError::at("from", text));
        }
        self.check_text()?;
        if let Some(url) = &self.url {
            check_url(url)?;
        }
        for (location, value) in [("name", &self.name), ("origin", &self.origin)] {
            if value.as_ref().is_some_and(|value| value.chars().count() > LONGEST_NAME) {
                return Err(IncomingError::at(location, format!("expected at most {LONGEST_NAME} characters")));
            }
        }
        Ok(())
    }

    fn check_text(&self) -> Result<(), IncomingError> {
        let location = match self.kind {
            IncomingKind::Text => "text",
            _ => "caption",
        };
        let text = self.text.as_deref().unwrap_or_default();
        if self.kind == IncomingKind::Text && text.is_empty() {
            return Err(IncomingError::at(location, "expected a text that is not empty"));
        }
        if matches!(self.kind, IncomingKind::Voice | IncomingKind::Audio) && self.text.is_some() {
            return Err(IncomingError::at(location, "voice notes and audio files have no caption"));
        }
        if text.chars().count() > LONGEST_TEXT {
            return Err(IncomingError::at(location, format!("expected at most {LONGEST_TEXT} characters")));
        }
        Ok(())
    }
}

fn check_url(url: &str) -> Result<(), IncomingError> {
    let wrong = || IncomingError::at("url", "expected an http or https URL, such as https://files.example/a.png");
    if url.len() > LONGEST_URL {
        return Err(IncomingError::at("url", format!("expected at most {LONGEST_URL} bytes")));
    }
    let parsed: Uri = url.parse().map_err(|_| wrong())?;
    let has_host = parsed.host().is_some_and(|host| !host.is_empty());
    if has_host && matches!(parsed.scheme_str(), Some("http" | "https")) { Ok(()) } else { Err(wrong()) }
}

/// The error for a message that cannot be received: the location and the reason. Nothing was received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncomingError {
    /// The location, for example `from`.
    location: &'static str,
    text: String,
    /// Whether the message is valid, but there is no room for it at the moment.
    pub(crate) is_full: bool,
}

impl IncomingError {
    pub(super) fn at(location: &'static str, text: impl Into<String>) -> Self {
        Self { location, text: text.into(), is_full: false }
    }

    /// Too many posts wait.
    pub(super) fn full(waiting: usize) -> Self {
        let text = format!("{waiting} posts already wait for the webhook; wait until some are made");
        Self { location: "", text, is_full: true }
    }
}

impl fmt::Display for IncomingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.location.is_empty() { f.write_str(&self.text) } else { write!(f, "{}: {}", self.location, self.text) }
    }
}

impl std::error::Error for IncomingError {}

#[cfg(test)]
mod tests {
    use super::*;

    const NUMBER: &str = "5511900000001";
    const URL: &str = "https://files.example/a.png";

    #[test]
    fn valid_messages_are_accepted() {
        for message in [
            IncomingMessage::text(NUMBER, "x".repeat(LONGEST_TEXT)).name("Ana").origin("site"),
            IncomingMessage::text("1", "\u{0}\n\u{1f600}"),
            IncomingMessage::image(NUMBER, URL).caption(""),
            IncomingMessage::voice(NUMBER, "http://127.0.0.1:1/a?b=c"),
            IncomingMessage::audio(NUMBER, URL),
            IncomingMessage::video(NUMBER, URL).caption("x"),
            IncomingMessage::document(NUMBER, URL),
            IncomingMessage::sample(IncomingKind::Document, NUMBER),
        ] {
            assert_eq!(message.check(), Ok(()), "{message:?}");
        }
    }

    #[test]
    fn invalid_messages_are_refused_with_their_location() {
        let text = || IncomingMessage::text(NUMBER, "x");
        for (message, location) in [
            (IncomingMessage::text("", "x"), "from"),
            (IncomingMessage::text("+5511900000001", "x"), "from"),
            (IncomingMessage::text("55 11", "x"), "from"),
            (IncomingMessage::text("٥٥", "x"), "from"),
            (IncomingMessage::text("1".repeat(16), "x"), "from"),
            (IncomingMessage::text(NUMBER, ""), "text"),
            (IncomingMessage::text(NUMBER, "é".repeat(LONGEST_TEXT + 1)), "text"),
            (IncomingMessage::sample(IncomingKind::Text, NUMBER), "text"),
            (IncomingMessage::voice(NUMBER, URL).caption("x"), "caption"),
            (IncomingMessage::audio(NUMBER, URL).caption("x"), "caption"),
            (IncomingMessage::image(NUMBER, URL).caption("x".repeat(LONGEST_TEXT + 1)), "caption"),
            (IncomingMessage::image(NUMBER, ""), "url"),
            (IncomingMessage::image(NUMBER, "a.png"), "url"),
            (IncomingMessage::image(NUMBER, "/a.png"), "url"),
            (IncomingMessage::image(NUMBER, "javascript:alert(1)"), "url"),
            (IncomingMessage::image(NUMBER, "ftp://h/a"), "url"),
            (IncomingMessage::image(NUMBER, "http://h/a b"), "url"),
            (IncomingMessage::image(NUMBER, "http://h/\r\nX: y"), "url"),
            (IncomingMessage::image(NUMBER, format!("http://h/{}", "a".repeat(LONGEST_URL))), "url"),
            (text().name("x".repeat(LONGEST_NAME + 1)), "name"),
            (text().origin("x".repeat(LONGEST_NAME + 1)), "origin"),
        ] {
            let error = message.check().unwrap_err().to_string();
            assert!(error.starts_with(&format!("{location}: ")), "{error}");
        }
    }
}
