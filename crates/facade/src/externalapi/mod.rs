//! The [`Messenger`] for EscalaZap, WaziMe and WapiFlow.

mod activity;
mod contacts;
mod watch;

use std::time::Duration;

use externalapi_client::types::builder::SendMessageBody;
use externalapi_client::{Client, builder, types};
use zap_client_runtime::{DryRun, Error, ErrorKind, Outcome};

pub use watch::{ConversationCursor, ConversationWatcher, InvalidCursor, MovedConversation};

use crate::messenger::refuse;
use crate::{
    Activity, BoxFuture, Capabilities, Capability, ContactChanges, ContactReceipt, Media, MediaKind, MediaSource,
    Messenger, NewContact, Outgoing, PhoneNumber, Receipt, SendState, TemplateMessage,
};

/// A [`Messenger`] for an account at EscalaZap, WaziMe or WapiFlow.
#[derive(Clone, Debug)]
pub struct ExternalApi {
    client: Client,
    from_number: Option<String>,
}

impl ExternalApi {
    /// Creates a messenger that sends with this client, from the account's first WhatsApp number.
    #[must_use]
    pub fn new(client: Client) -> Self {
        Self { client, from_number: None }
    }

    /// Sets which of the account's numbers sends. It must equal the number in the dashboard character for character.
    /// Templates ignore it ([E18](externalapi_client::facts#e18)).
    #[must_use]
    pub fn with_from_number(mut self, number: impl Into<String>) -> Self {
        self.from_number = Some(number.into());
        self
    }

    /// Returns the client, for operations that are not in [`Messenger`].
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Returns the call for a message whose content `content` sets.
    fn message(
        &self,
        to: &PhoneNumber,
        content: impl FnOnce(SendMessageBody) -> SendMessageBody,
    ) -> builder::SendMessage<'_> {
        let (code, mobile) = (to.country_code(), to.national_number());
        let from = self.from_number.clone();
        self.client.send_message().body_map(|b| content(b.mobile_code(code).mobile(mobile).from_number(from)))
    }

    fn text(&self, to: &PhoneNumber, text: &str) -> builder::SendMessage<'_> {
        self.message(to, |b| b.message(text))
    }

    fn media(&self, to: &PhoneNumber, media: &Media) -> Result<builder::SendMessage<'_>, Error> {
        let MediaSource::Upload(file) = &media.source else {
            let error = media.capability().unsupported(self.provider());
            return Err(error.with_detail("media by URL; download the file, and send it as an upload"));
        };
        let file = file.clone();
        Ok(self.message(to, |b| {
            let b = match media.kind {
                MediaKind::Image => b.image(file),
                MediaKind::Document => b.document(file),
                MediaKind::Video => b.video(file),
                MediaKind::Audio => b.audio(file),
            };
            b.message(media.caption.as_deref())
        }))
    }

    fn template(
        &self,
        to: &PhoneNumber,
        template: &TemplateMessage,
    ) -> Result<builder::SendTemplateMessage<'_>, Error> {
        let id = template.id.trim().parse::<i64>().map_err(|_| {
            let error = Error::new(ErrorKind::InvalidRequest, Outcome::NotDone, self.provider(), "send_template");
            error.with_detail("the template's id is not a number: use an `id` from `template_list`")
        })?;
        Ok(self.client.send_template_message().body_map(|b| {
            b.mobile_code(to.country_code())
                .mobile(to.national_number())
                .from_number(self.from_number.clone())
                .template_id(id)
                .header_variables(&template.header)
                .body_variables(&template.body)
        }))
    }
}

impl From<Client> for ExternalApi {
    fn from(client: Client) -> Self {
        Self::new(client)
    }
}

impl Messenger for ExternalApi {
    fn provider(&self) -> &str {
        self.client.provider()
    }

    fn capabilities(&self) -> Capabilities {
        const ALL: Capabilities = Capabilities::of(&[
            Capability::Text,
            Capability::MediaUpload,
            Capability::Template,
            Capability::LastActivity,
            Capability::SaveContact,
            Capability::UpdateContact,
            Capability::DryRun,
        ]);
        ALL
    }

    fn send_text<'a>(&'a self, to: &'a PhoneNumber, text: &'a str) -> BoxFuture<'a, Result<Receipt, Error>> {
        Box::pin(sent(self.text(to, text)))
    }

    fn send_media<'a>(&'a self, to: &'a PhoneNumber, media: &'a Media) -> BoxFuture<'a, Result<Receipt, Error>> {
        self.media(to, media).map_or_else(refuse, |call| Box::pin(sent(call)))
    }

    fn send_template<'a>(
        &'a self,
        to: &'a PhoneNumber,
        template: &'a TemplateMessage,
    ) -> BoxFuture<'a, Result<Receipt, Error>> {
        match self.template(to, template) {
            Ok(call) => Box::pin(async move {
                let data = call.send().await?.into_inner().data;
                Ok(receipt(data.and_then(|data| data.message)))
            }),
            Err(error) => refuse(error),
        }
    }

    fn dry_run<'a>(&'a self, to: &'a PhoneNumber, message: Outgoing<'a>) -> BoxFuture<'a, Result<DryRun, Error>> {
        match message {
            Outgoing::Text(text) => Box::pin(self.text(to, text).dry_run()),
            Outgoing::Media(media) => self.media(to, media).map_or_else(refuse, |call| Box::pin(call.dry_run())),
            Outgoing::Template(template) => {
                self.template(to, template).map_or_else(refuse, |call| Box::pin(call.dry_run()))
            }
            other => refuse(other.capability().unsupported(self.provider())),
        }
    }

    fn last_activity<'a>(&'a self, number: &'a PhoneNumber) -> BoxFuture<'a, Result<Activity, Error>> {
        Box::pin(activity::last(&self.client, number))
    }

    fn save_contact<'a>(&'a self, contact: &'a NewContact) -> BoxFuture<'a, Result<ContactReceipt, Error>> {
        Box::pin(contacts::save(&self.client, contact))
    }

    fn ensure_contact<'a>(
        &'a self,
        contact: &'a NewContact,
        deadline: Duration,
    ) -> BoxFuture<'a, Result<ContactReceipt, Error>> {
        Box::pin(contacts::ensure(&self.client, contact, deadline))
    }

    fn update_contact<'a>(
        &'a self,
        number: &'a PhoneNumber,
        changes: &'a ContactChanges,
    ) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(contacts::update(&self.client, number, changes))
    }

    fn externalapi(&self) -> Option<&Client> {
        Some(&self.client)
    }
}

async fn sent(call: builder::SendMessage<'_>) -> Result<Receipt, Error> {
    let data = call.send().await?.into_inner().data;
    Ok(receipt(data.and_then(|data| data.message)))
}

fn receipt(message: Option<types::Message>) -> Receipt {
    Receipt::new(SendState::Sent, message.and_then(|message| message.whatsapp_message_id))
}
