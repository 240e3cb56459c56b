//! The kind of an incoming message.

use std::fmt;

/// The kind of an incoming message. The set is open: the provider may use other words
/// ([C24](chatguru_client::facts#c24)).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum IncomingKind {
    /// A text.
    Text,
    /// An image.
    Image,
    /// A recorded voice note.
    Voice,
    /// An audio file.
    Audio,
    /// A video.
    Video,
    /// A document.
    Document,
    /// Another word, as the provider sent it.
    Other(String),
}

impl IncomingKind {
    /// Reads ChatGuru's word for a kind.
    pub(super) fn from_chatguru(word: &str) -> Self {
        match word {
            "chat" => Self::Text,
            "image" => Self::Image,
            "ptt" => Self::Voice,
            "audio" => Self::Audio,
            "video" => Self::Video,
            "document" => Self::Document,
            other => Self::Other(other.to_owned()),
        }
    }
}

impl fmt::Display for IncomingKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Text => "text",
            Self::Image => "image",
            Self::Voice => "voice",
            Self::Audio => "audio",
            Self::Video => "video",
            Self::Document => "document",
            Self::Other(word) => word,
        })
    }
}
