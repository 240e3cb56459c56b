//! One call for each capability. The sandbox answers each with a success.

use std::time::{Duration, SystemTime};

use crate::{
    Capability, ContactChanges, Error, File, Media, MediaSource, Messenger, NewContact, Outgoing, PhoneNumber, Receipt,
    SendTime, TemplateMessage,
};

/// The capabilities that send something to a chat.
pub(super) const SENDS: [Capability; 6] = [
    Capability::Text,
    Capability::MediaUpload,
    Capability::MediaUrl,
    Capability::Template,
    Capability::Dialog,
    Capability::Schedule,
];

/// The id of a dialog in the sandbox.
const DIALOG: &str = "5d0000000000000000000201";

/// Returns a number that is a contact and has a chat.
pub(super) fn known() -> PhoneNumber {
    number("+5511987654321")
}

/// Returns a number that is not a contact and has no chat.
pub(super) fn stranger() -> PhoneNumber {
    number("+5511955550199")
}

/// Parses a number that is written in the suite.
pub(super) fn number(text: &str) -> PhoneNumber {
    text.parse().expect("the suite's numbers are valid")
}

/// Makes a call that needs a capability. Returns `None` if the call has no receipt.
pub(super) async fn call(messenger: &dyn Messenger, capability: Capability) -> Result<Option<Receipt>, Error> {
    let to = known();
    match capability {
        Capability::Text => messenger.send_text(&to, "Olá!").await.map(Some),
        Capability::MediaUpload => {
            let media = Media::document(File::from_bytes("nota.pdf", "%PDF-1.7\n")).with_caption("Nota");
            messenger.send_media(&to, &media).await.map(Some)
        }
        Capability::MediaUrl => {
            let media = Media::document(MediaSource::url("https://example.com/nota.pdf")).with_caption("Nota");
            messenger.send_media(&to, &media).await.map(Some)
        }
        Capability::Template => {
            messenger.send_template(&to, &TemplateMessage::new(1).with_body(["Ana"])).await.map(Some)
        }
        Capability::Dialog => messenger.run_dialog(&to, DIALOG).await.map(Some),
        Capability::Schedule => messenger.send_text_at(&to, "Bom dia!", in_an_hour()).await.map(Some),
        Capability::DeliveryState => {
            let sent = messenger.send_text(&to, "E esta?").await.ok().and_then(|receipt| receipt.message_id);
            messenger.delivery_state(&sent.unwrap_or_else(|| DIALOG.to_owned())).await.map(|_| None)
        }
        Capability::LastActivity => messenger.last_activity(&to).await.map(|_| None),
        Capability::SaveContact => {
            let contact = NewContact::new(number("+5511955550101"), "Maria", "Souza");
            messenger.save_contact(&contact).await.map(|_| None)
        }
        Capability::Greeting => {
            let contact = NewContact::new(number("+5511955550102"), "Rui", "Sousa").with_greeting("Bem-vindo!");
            messenger.save_contact(&contact).await.map(|_| None)
        }
        Capability::UpdateContact => {
            messenger.update_contact(&to, &ContactChanges::default().with_city("Recife")).await.map(|()| None)
        }
        Capability::DryRun => messenger.dry_run(&to, Outgoing::Text("Olá!")).await.map(|_| None),
    }
}

/// Returns a time that no test reaches, and that is not a full minute.
pub(super) fn in_an_hour() -> SendTime {
    SendTime::from(SystemTime::now() + Duration::from_millis(3_600_001))
}
