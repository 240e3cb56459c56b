//! A message whose placeholders are replaced.

use zap_facade::{BoxFuture, Error, Media, Messenger, Outgoing, PhoneNumber, Receipt, TemplateMessage};

/// A message to send.
pub(crate) enum Prepared {
    Text(String),
    Template(TemplateMessage),
    Dialog(String),
    Media(Media),
}

impl Prepared {
    pub(crate) fn outgoing(&self) -> Outgoing<'_> {
        match self {
            Self::Text(text) => Outgoing::Text(text),
            Self::Template(template) => Outgoing::Template(template),
            Self::Dialog(id) => Outgoing::Dialog(id),
            Self::Media(media) => Outgoing::Media(media),
        }
    }

    pub(crate) fn send<'a>(
        &'a self,
        messenger: &'a dyn Messenger,
        to: &'a PhoneNumber,
    ) -> BoxFuture<'a, Result<Receipt, Error>> {
        match self {
            Self::Text(text) => messenger.send_text(to, text),
            Self::Template(template) => messenger.send_template(to, template),
            Self::Dialog(id) => messenger.run_dialog(to, id),
            Self::Media(media) => messenger.send_media(to, media),
        }
    }
}
