//! A message that could be sent, as a value.

use crate::{Capability, Media, SendTime, TemplateMessage};

/// Something that a [`Messenger`](crate::Messenger) could send, for its
/// [`dry_run`](crate::Messenger::dry_run).
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Outgoing<'a> {
    /// As [`send_text`](crate::Messenger::send_text) takes it.
    Text(&'a str),
    /// As [`send_text_at`](crate::Messenger::send_text_at) takes it.
    TextAt(&'a str, SendTime),
    /// As [`send_media`](crate::Messenger::send_media) takes it.
    Media(&'a Media),
    /// As [`send_template`](crate::Messenger::send_template) takes it.
    Template(&'a TemplateMessage),
    /// As [`run_dialog`](crate::Messenger::run_dialog) takes it.
    Dialog(&'a str),
}

impl Outgoing<'_> {
    /// What a messenger must be able to do to send it.
    #[must_use]
    pub fn capability(&self) -> Capability {
        match self {
            Self::Text(_) => Capability::Text,
            Self::TextAt(..) => Capability::Schedule,
            Self::Media(media) => media.capability(),
            Self::Template(_) => Capability::Template,
            Self::Dialog(_) => Capability::Dialog,
        }
    }
}
