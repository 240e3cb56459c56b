//! What a program writes against that serves several providers.

use std::fmt;
use std::future::{Future, ready};
use std::pin::Pin;
use std::time::Duration;

use zap_client_runtime::{DryRun, Error};

use crate::{
    Capabilities, Capability, ContactChanges, ContactReceipt, DeliveryState, Media, NewContact, Outgoing, PhoneNumber,
    Receipt, SendTime, TemplateMessage,
};

/// A future that can be moved between threads, as object-safe traits need it.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// An account at a provider that can send messages.
///
/// [`connect`](crate::connect) makes one from settings, [`ExternalApi`](crate::ExternalApi) and
/// [`ChatGuru`](crate::ChatGuru) from a client. Providers differ, and this shows it:
/// [`capabilities`](Self::capabilities) says what can be done, and the rest is refused before
/// anything is sent, with kind [`Unsupported`](zap_client_runtime::ErrorKind::Unsupported). Whatever
/// else a provider offers, its own client has: [`externalapi`](Self::externalapi),
/// [`chatguru`](Self::chatguru).
///
/// # Errors
///
/// The [`Error::outcome`] of every method says whether the call took effect. Never repeat a call that
/// changes something unless its outcome is [`NotDone`](zap_client_runtime::Outcome::NotDone). The messenger
/// itself does not retry such a call once it may have reached the provider.
///
/// # Dropping a future
///
/// If the request was already sent, it stays sent, and the outcome is unknown.
///
/// # Implementing it
///
/// All but three methods answer `Unsupported` unless you write them, and methods to come will too.
/// [`Capability::unsupported`] makes such an error, [`Error::new`] any other. What saves contacts
/// also [ensures](Self::ensure_contact) them: one capability stands for both. A wrapper hands on every
/// method, the clients included, or hides it. The suite in `zap_facade::contract` (feature `contract`)
/// checks your implementation against the sandbox.
pub trait Messenger: fmt::Debug + Send + Sync {
    /// Name of the instance that is called.
    fn provider(&self) -> &str;

    /// What it can do, known without asking the provider.
    fn capabilities(&self) -> Capabilities;

    /// Sends a text.
    ///
    /// | provider | call | needs | success means |
    /// |---|---|---|---|
    /// | ExternalApi | `send_message` | a stored contact with this number, on the recorded version (fact E12) | handed to WhatsApp: [`Sent`](crate::SendState::Sent) |
    /// | ChatGuru | `message_send` | a chat with this number, ninth digit and all (facts C5, C15) | [`Queued`](crate::SendState::Queued) at ChatGuru |
    fn send_text<'a>(&'a self, to: &'a PhoneNumber, text: &'a str) -> BoxFuture<'a, Result<Receipt, Error>>;

    /// Sends a picture, a document, a video or a recording.
    ///
    /// | provider | call | needs | success means |
    /// |---|---|---|---|
    /// | ExternalApi | `send_message` with a file, streamed | an upload ([`MediaUpload`](Capability::MediaUpload)) of a type and size that the kind allows (fact E17), and what [`send_text`](Self::send_text) needs | handed to WhatsApp: [`Sent`](crate::SendState::Sent) |
    /// | ChatGuru | `message_file_send` | a URL that is open to anybody ([`MediaUrl`](Capability::MediaUrl), fact C12), and what [`send_text`](Self::send_text) needs | [`Queued`](crate::SendState::Queued); the file is not fetched yet |
    fn send_media<'a>(&'a self, to: &'a PhoneNumber, media: &'a Media) -> BoxFuture<'a, Result<Receipt, Error>> {
        let _ = to;
        refuse(media.capability().unsupported(self.provider()))
    }

    /// Sends a template message.
    ///
    /// | provider | call | needs | success means |
    /// |---|---|---|---|
    /// | ExternalApi | `send_template_message` | an approved template, by the number in `template_list` (fact E20), and what [`send_text`](Self::send_text) needs | handed to WhatsApp: [`Sent`](crate::SendState::Sent). The recorded version never says so: delivered or not, it answers `exception`, an error with an unknown outcome (fact E9) |
    /// | ChatGuru | none: see [`run_dialog`](Self::run_dialog) | | |
    fn send_template<'a>(
        &'a self,
        to: &'a PhoneNumber,
        template: &'a TemplateMessage,
    ) -> BoxFuture<'a, Result<Receipt, Error>> {
        let _ = (to, template);
        refuse(Capability::Template.unsupported(self.provider()))
    }

    /// Runs a dialog of the provider's bot in a chat.
    ///
    /// | provider | call | needs | success means |
    /// |---|---|---|---|
    /// | ExternalApi | none: see [`send_template`](Self::send_template) | | |
    /// | ChatGuru | `dialog_execute` | a dialog made in ChatGuru (fact C11), and what [`send_text`](Self::send_text) needs | the dialog runs: [`Queued`](crate::SendState::Queued), without an id. What it sends, if anything, is not told |
    fn run_dialog<'a>(&'a self, to: &'a PhoneNumber, dialog: &'a str) -> BoxFuture<'a, Result<Receipt, Error>> {
        let _ = (to, dialog);
        refuse(Capability::Dialog.unsupported(self.provider()))
    }

    /// Has the provider send a text later, never before `at`, and less than a minute after it.
    ///
    /// | provider | call | needs | success means |
    /// |---|---|---|---|
    /// | ExternalApi | none | | |
    /// | ChatGuru | `message_send` with `send_date`, a wall-clock minute of the account's zone (fact C5) | that zone ([`ChatGuru::with_time_zone`](crate::ChatGuru::with_time_zone)), since ChatGuru does not tell it; a time that is to come and that the zone's clocks show once; and what [`send_text`](Self::send_text) needs | [`Queued`](crate::SendState::Queued) for that minute. No call takes it back |
    fn send_text_at<'a>(
        &'a self,
        to: &'a PhoneNumber,
        text: &'a str,
        at: SendTime,
    ) -> BoxFuture<'a, Result<Receipt, Error>> {
        let _ = (to, text, at);
        refuse(Capability::Schedule.unsupported(self.provider()))
    }

    /// What a send would put on the wire: checked as it is, and not sent. Every rule that the message
    /// breaks is in [`Error::violations`], as it would be in the send's own error. Secrets are masked.
    ///
    /// What cannot be sent is `Unsupported` here, too. A file is looked at and not read; a stream stays
    /// whole.
    fn dry_run<'a>(&'a self, to: &'a PhoneNumber, message: Outgoing<'a>) -> BoxFuture<'a, Result<DryRun, Error>> {
        let _ = (to, message);
        refuse(Capability::DryRun.unsupported(self.provider()))
    }

    /// What became of a message, by the id in its [`Receipt`]. Only reads.
    ///
    /// | provider | call | needs | success means |
    /// |---|---|---|---|
    /// | ExternalApi | none: the API tells nothing of a message that was sent | | |
    /// | ChatGuru | `message_status` | an id from [`send_text`](Self::send_text), [`send_media`](Self::send_media) or [`send_text_at`](Self::send_text_at) | the state as of now; [`Sent`](DeliveryState::Sent) is not "delivered" (fact C15) |
    fn delivery_state<'a>(&'a self, message_id: &'a str) -> BoxFuture<'a, Result<DeliveryState, Error>> {
        let _ = message_id;
        refuse(Capability::DeliveryState.unsupported(self.provider()))
    }

    /// Saves a contact, or registers a chat: one call, and no more.
    ///
    /// | provider | call | needs | success means |
    /// |---|---|---|---|
    /// | ExternalApi | `contact_store` | first and last name; no [greeting](Capability::Greeting); a number that is no contact yet, or it is refused as a validation error | it is there: [`Saved`](crate::ContactState::Saved) |
    /// | ChatGuru | `chat_add` | a name; "Adicionar Chats" active in the account (fact C7). Without a greeting a single space is sent for the text it demands | [`Pending`](crate::ContactState::Pending) for 1 to 30 seconds; the greeting, if any, goes out then |
    fn save_contact<'a>(&'a self, contact: &'a NewContact) -> BoxFuture<'a, Result<ContactReceipt, Error>> {
        let _ = contact;
        refuse(Capability::SaveContact.unsupported(self.provider()))
    }

    /// Sees to it that a number can be written to: saves the contact unless it is there, and waits
    /// until the provider is done with it, at most until `deadline` from now.
    ///
    /// | provider | call | needs | success means |
    /// |---|---|---|---|
    /// | ExternalApi | `contact_store`; nothing to wait for. Where a refusal does not say what it is about, the number is looked for in `contact_list`, page by page, until `deadline`: there is no search that works everywhere (fact E14) | as [`save_contact`](Self::save_contact) | [`Saved`](crate::ContactState::Saved), or [`AlreadyThere`](crate::ContactState::AlreadyThere) where the number was refused and it alone: being digits, it can only be taken; or where it was found in the list. A contact that is there may be blocked. Repeating it is harmless |
    /// | ChatGuru | `chat_add`, then `chat_add_status` with growing pauses until it says `done` | as [`save_contact`](Self::save_contact) | [`Saved`](crate::ContactState::Saved), also if the chat was there: nothing tells. A greeting goes out either way, so that repeating it is not harmless |
    ///
    /// # Errors
    ///
    /// Where the provider took the contact and its end was not seen (the deadline passed, the status
    /// could not be read), the outcome is unknown and [`Unfinished::of`](crate::Unfinished::of) has
    /// the id to ask on with. Where it ended in ChatGuru's `error`, it is a refusal, not done.
    fn ensure_contact<'a>(
        &'a self,
        contact: &'a NewContact,
        deadline: Duration,
    ) -> BoxFuture<'a, Result<ContactReceipt, Error>> {
        let _ = (contact, deadline);
        refuse(Capability::SaveContact.unsupported(self.provider()))
    }

    /// Changes a contact and leaves everything else of it as it is: reads it, and writes all of it
    /// back.
    ///
    /// | provider | call | needs | success means |
    /// |---|---|---|---|
    /// | ExternalApi | `contact_list`, page by page until the number is found, then `contact_update` | a contact with this number; a first and a last name, there or in `changes` | it is changed. **Each update takes 1 from the account's contact limit**, though no contact is added (fact E13). What somebody else changes between the read and the write is lost. At most 100,000 contacts are read |
    /// | ChatGuru | none: see its client's `chat_update_custom_fields` | | |
    fn update_contact<'a>(
        &'a self,
        number: &'a PhoneNumber,
        changes: &'a ContactChanges,
    ) -> BoxFuture<'a, Result<(), Error>> {
        let _ = (number, changes);
        refuse(Capability::UpdateContact.unsupported(self.provider()))
    }

    /// The client of EscalaZap, WaziMe or WapiFlow, if that is what this sends through.
    #[cfg(feature = "externalapi")]
    fn externalapi(&self) -> Option<&externalapi_client::Client> {
        None
    }

    /// The client of ChatGuru, if that is what this sends through.
    #[cfg(feature = "chatguru")]
    fn chatguru(&self) -> Option<&chatguru_client::Client> {
        None
    }
}

/// An error without any call.
pub(crate) fn refuse<'a, T: Send + 'a>(error: Error) -> BoxFuture<'a, Result<T, Error>> {
    Box::pin(ready(Err(error)))
}
