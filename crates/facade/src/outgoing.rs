//! Messages as values.

use crate::{Capability, Media, SendTime, TemplateMessage};

/// A message for [`Messenger::dry_run`](crate::Messenger::dry_run).
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Outgoing<'a> {
    /// A message for [`send_text`](crate::Messenger::send_text).
    Text(&'a str),
    /// A message for [`send_text_at`](crate::Messenger::send_text_at).
    TextAt(&'a str, SendTime),
    /// A message for [`send_media`](crate::Messenger::send_media).
    Media(&'a Media),
    /// A message for [`send_template`](crate::Messenger::send_template).
    Template(&'a TemplateMessage),
    /// The id of a dialog for [`run_dialog`](crate::Messenger::run_dialog).
    Dialog(&'a str),
}

impl Outgoing<'_> {
    /// Returns the capability that a messenger needs to send it.
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
