//! The trait over all providers.

use std::fmt;
use std::future::{Future, ready};
use std::pin::Pin;
use std::time::Duration;

use zap_client_runtime::{DryRun, Error};

use crate::{
    Activity, Capabilities, Capability, ContactChanges, ContactReceipt, DeliveryState, Media, NewContact, Outgoing,
    PhoneNumber, Receipt, SendTime, TemplateMessage,
};

/// A boxed future that can move between threads. A trait whose methods return it can be used as `dyn`.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// An account at a provider that can send messages.
///
/// [`connect`](crate::connect) creates one from settings. To create one from a client, use
/// [`ExternalApi`](crate::ExternalApi) or [`ChatGuru`](crate::ChatGuru).
///
/// Providers differ. [`capabilities`](Self::capabilities) lists what an account's provider supports. Every other method
/// returns an error of kind [`Unsupported`](zap_client_runtime::ErrorKind::Unsupported) before anything is sent. For
/// operations that are not in this trait, use the provider's own client: [`externalapi`](Self::externalapi) or
/// [`chatguru`](Self::chatguru).
///
/// # Errors
///
/// The [`Error::outcome`] of every method says whether the call took effect. Never repeat a call that
/// changes something unless its outcome is [`NotDone`](zap_client_runtime::Outcome::NotDone). The messenger
/// itself does not retry such a call once it may have reached the provider.
///
/// # Cancellation
///
/// Dropping a future does not take back a request that was already sent. The outcome is then unknown.
///
/// # Implementing it
///
/// Three methods are required. The others, and methods added later, return `Unsupported` by default.
/// [`Capability::unsupported`] creates such an error, [`Error::new`] any other.
///
/// [`SaveContact`](Capability::SaveContact) stands for two methods: an implementation of
/// [`save_contact`](Self::save_contact) must have [`ensure_contact`](Self::ensure_contact) too. A wrapper must forward
/// every method that it does not hide, including those that return the clients.
///
/// The suite in `zap_facade::contract` (feature `contract`) tests an implementation against the sandbox.
pub trait Messenger: fmt::Debug + Send + Sync {
    /// Returns the name of the provider, such as `EscalaZap`.
    fn provider(&self) -> &str;

    /// Returns what this messenger can do. Makes no call.
    fn capabilities(&self) -> Capabilities;

    /// Sends a text.
    ///
    /// | provider | call | needs | success means |
    /// |---|---|---|---|
    /// | ExternalApi | `send_message` | on the recorded version, a stored contact with this number ([E12](externalapi_client::facts#e12)) | passed to WhatsApp: [`Sent`](crate::SendState::Sent) |
    /// | ChatGuru | `message_send` | a chat with exactly this number, including its ninth digit ([C5](chatguru_client::facts#c5), [C15](chatguru_client::facts#c15)) | [`Queued`](crate::SendState::Queued) at ChatGuru |
    fn send_text<'a>(&'a self, to: &'a PhoneNumber, text: &'a str) -> BoxFuture<'a, Result<Receipt, Error>>;

    /// Sends an image, a document, a video or audio.
    ///
    /// | provider | call | needs | success means |
    /// |---|---|---|---|
    /// | ExternalApi | `send_message` with a file, streamed | an upload ([`MediaUpload`](Capability::MediaUpload)) of a type and size that its kind allows ([E17](externalapi_client::facts#e17)), and what [`send_text`](Self::send_text) needs | passed to WhatsApp: [`Sent`](crate::SendState::Sent) |
    /// | ChatGuru | `message_file_send` | a public URL ([`MediaUrl`](Capability::MediaUrl), [C12](chatguru_client::facts#c12)), and what [`send_text`](Self::send_text) needs | [`Queued`](crate::SendState::Queued). The file has not been fetched yet |
    fn send_media<'a>(&'a self, to: &'a PhoneNumber, media: &'a Media) -> BoxFuture<'a, Result<Receipt, Error>> {
        let _ = to;
        refuse(media.capability().unsupported(self.provider()))
    }

    /// Sends a template message.
    ///
    /// | provider | call | needs | success means |
    /// |---|---|---|---|
    /// | ExternalApi | `send_template_message` | an approved template, by its `id` in `template_list` ([E20](externalapi_client::facts#e20)), and what [`send_text`](Self::send_text) needs | passed to WhatsApp: [`Sent`](crate::SendState::Sent). The recorded version never answers with a success: whether the template is delivered or not, it answers `exception`, which is an error with an unknown outcome ([E9](externalapi_client::facts#e9)) |
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
    /// | ChatGuru | `dialog_execute` | a dialog made in ChatGuru ([C11](chatguru_client::facts#c11)), and what [`send_text`](Self::send_text) needs | the dialog runs: [`Queued`](crate::SendState::Queued), without an id. The answer does not say what the dialog sends |
    fn run_dialog<'a>(&'a self, to: &'a PhoneNumber, dialog: &'a str) -> BoxFuture<'a, Result<Receipt, Error>> {
        let _ = (to, dialog);
        refuse(Capability::Dialog.unsupported(self.provider()))
    }

    /// Sends a text later: not before `at`, and less than a minute after it.
    ///
    /// | provider | call | needs | success means |
    /// |---|---|---|---|
    /// | ExternalApi | none | | |
    /// | ChatGuru | `message_send` with `send_date`, a wall-clock minute in the account's time zone ([C5](chatguru_client::facts#c5)) | that time zone ([`ChatGuru::with_time_zone`](crate::ChatGuru::with_time_zone)), which the API does not report; a time in the future that the zone's clocks show once; and what [`send_text`](Self::send_text) needs | [`Queued`](crate::SendState::Queued) for that minute. It cannot be cancelled |
    fn send_text_at<'a>(
        &'a self,
        to: &'a PhoneNumber,
        text: &'a str,
        at: SendTime,
    ) -> BoxFuture<'a, Result<Receipt, Error>> {
        let _ = (to, text, at);
        refuse(Capability::Schedule.unsupported(self.provider()))
    }

    /// Returns the request that a send would make, with its secrets masked. Sends nothing.
    ///
    /// The message is validated as in a send: [`Error::violations`] lists every rule that it breaks. A message that
    /// this messenger cannot send is `Unsupported` here too. The name, size and first bytes of a file are checked; the
    /// rest of it is not read. A stream is not consumed.
    fn dry_run<'a>(&'a self, to: &'a PhoneNumber, message: Outgoing<'a>) -> BoxFuture<'a, Result<DryRun, Error>> {
        let _ = (to, message);
        refuse(Capability::DryRun.unsupported(self.provider()))
    }

    /// Returns the state of a message that was sent, by the id in its [`Receipt`]. Changes nothing.
    ///
    /// | provider | call | needs | success means |
    /// |---|---|---|---|
    /// | ExternalApi | none: the API reports nothing about a message that was sent | | |
    /// | ChatGuru | `message_status` | an id from [`send_text`](Self::send_text), [`send_media`](Self::send_media) or [`send_text_at`](Self::send_text_at) | the current state. [`Sent`](DeliveryState::Sent) does not mean delivered ([C15](chatguru_client::facts#c15)) |
    fn delivery_state<'a>(&'a self, message_id: &'a str) -> BoxFuture<'a, Result<DeliveryState, Error>> {
        let _ = message_id;
        refuse(Capability::DeliveryState.unsupported(self.provider()))
    }

    /// Returns when the latest message of the conversation with a number was sent or received, by the provider's clock.
    /// Changes nothing.
    ///
    /// [`Activity::latest`] is `None` if there is no such conversation, or no message in it. Only the number as given is
    /// searched for, and not its other [`variants`](PhoneNumber::variants).
    ///
    /// | provider | call | needs | success means |
    /// |---|---|---|---|
    /// | ExternalApi | `conversation_list` with a search for the number ([E14](externalapi_client::facts#e14)) | a contact with this number | the time, with a precision of one second ([E21](externalapi_client::facts#e21)). The API does not tell who wrote. The conversation of a deleted contact is not found |
    /// | ChatGuru | none: the API shows no times | | |
    fn last_activity<'a>(&'a self, number: &'a PhoneNumber) -> BoxFuture<'a, Result<Activity, Error>> {
        let _ = number;
        refuse(Capability::LastActivity.unsupported(self.provider()))
    }

    /// Saves a contact or adds a chat, with one call.
    ///
    /// | provider | call | needs | success means |
    /// |---|---|---|---|
    /// | ExternalApi | `contact_store` | a first and a last name; no [greeting](Capability::Greeting); a number that is not a contact yet, otherwise it is refused as a validation error | the contact exists: [`Saved`](crate::ContactState::Saved) |
    /// | ChatGuru | `chat_add` | a name; "Adicionar Chats" active in the account ([C7](chatguru_client::facts#c7)). The API requires a text: without a greeting, a single space is sent | [`Pending`](crate::ContactState::Pending) for 1 to 30 seconds; the greeting, if any, goes out then |
    fn save_contact<'a>(&'a self, contact: &'a NewContact) -> BoxFuture<'a, Result<ContactReceipt, Error>> {
        let _ = contact;
        refuse(Capability::SaveContact.unsupported(self.provider()))
    }

    /// Saves the contact unless it exists, and waits until messages can be sent to it, at most for `deadline`.
    ///
    /// | provider | call | needs | success means |
    /// |---|---|---|---|
    /// | ExternalApi | `contact_store`, which is done when it returns. If it is refused and the refusal does not say why, the number is searched for in `contact_list`, page by page, until `deadline`, because the API's own search does not work on every instance ([E14](externalapi_client::facts#e14)) | as [`save_contact`](Self::save_contact) | [`Saved`](crate::ContactState::Saved), or [`AlreadyThere`](crate::ContactState::AlreadyThere) if it was found in the list, or only the number was refused: a number of digits is refused only if it is taken. A contact that existed before may be blocked. Repeating the call is harmless |
    /// | ChatGuru | `chat_add`, then `chat_add_status` with growing pauses until it says `done` or `success` | as [`save_contact`](Self::save_contact) | [`Saved`](crate::ContactState::Saved), in most cases also if the chat existed before; [`AlreadyThere`](crate::ContactState::AlreadyThere) only if ChatGuru says so. The greeting is sent in both cases, so repeating the call is not harmless. ChatGuru may correct the number: send to the receipt's [`number`](ContactReceipt::number) ([C8](chatguru_client::facts#c8)) |
    ///
    /// # Errors
    ///
    /// If the provider accepts the contact, but the deadline passes or the status cannot be read, the outcome is
    /// unknown, and [`Unfinished::of`](crate::Unfinished::of) returns the id with which to ask for the status later.
    /// ChatGuru's `pending`, `fetched` and unknown words do not end the wait. If the status becomes `error` or
    /// `invalid`, the error is a refusal whose outcome is `NotDone`.
    fn ensure_contact<'a>(
        &'a self,
        contact: &'a NewContact,
        deadline: Duration,
    ) -> BoxFuture<'a, Result<ContactReceipt, Error>> {
        let _ = (contact, deadline);
        refuse(Capability::SaveContact.unsupported(self.provider()))
    }

    /// Changes some values of a contact and keeps the others. Reads the contact, and writes all of it back.
    ///
    /// | provider | call | needs | success means |
    /// |---|---|---|---|
    /// | ExternalApi | `contact_list`, page by page until the number is found, then `contact_update` | a contact with this number; a first and a last name, in the contact or in `changes` | the contact is changed. **Each update takes 1 from the account's contact limit**, although no contact is added ([E13](externalapi_client::facts#e13)). A change that somebody else makes between the read and the write is lost. At most 100,000 contacts are read |
    /// | ChatGuru | none: see its client's `chat_update_custom_fields` | | |
    fn update_contact<'a>(
        &'a self,
        number: &'a PhoneNumber,
        changes: &'a ContactChanges,
    ) -> BoxFuture<'a, Result<(), Error>> {
        let _ = (number, changes);
        refuse(Capability::UpdateContact.unsupported(self.provider()))
    }

    /// Returns the client of EscalaZap, WaziMe or WapiFlow, if this messenger uses one.
    #[cfg(feature = "externalapi")]
    fn externalapi(&self) -> Option<&externalapi_client::Client> {
        None
    }

    /// Returns the client of ChatGuru, if this messenger uses it.
    #[cfg(feature = "chatguru")]
    fn chatguru(&self) -> Option<&chatguru_client::Client> {
        None
    }
}

/// Returns a future that is ready with an error.
pub(crate) fn refuse<'a, T: Send + 'a>(error: Error) -> BoxFuture<'a, Result<T, Error>> {
    Box::pin(ready(Err(error)))
}
