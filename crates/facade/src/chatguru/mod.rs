//! The [`Messenger`] for ChatGuru.

mod chat_description;
mod chats;
mod send_date;

use std::time::Duration;

use chatguru_client::types::MessageStatus;
use chatguru_client::{Client, builder};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use zap_client_runtime::{DryRun, Error, ErrorKind, Outcome};

use crate::messenger::refuse;
use crate::{
    BoxFuture, Capabilities, Capability, ContactReceipt, DeliveryState, Media, MediaSource, Messenger, NewContact,
    Outgoing, PhoneNumber, Receipt, SendState, SendTime,
};

/// A [`Messenger`] for an account at ChatGuru.
#[derive(Clone, Debug)]
pub struct ChatGuru {
    client: Client,
    time_zone: Option<TimeZone>,
}

impl ChatGuru {
    /// Creates a messenger that sends with this client. To send texts later, it needs a
    /// [time zone](Self::with_time_zone).
    #[must_use]
    pub fn new(client: Client) -> Self {
        Self { client, time_zone: None }
    }

    /// Sets the account's time zone.
    ///
    /// ChatGuru accepts wall-clock times and does not document their time zone ([C5](chatguru_client::facts#c5)). One
    /// integrator assumes `America/Sao_Paulo`. To find out, schedule a message to yourself and see when it arrives.
    #[must_use]
    pub fn with_time_zone(mut self, zone: TimeZone) -> Self {
        self.time_zone = Some(zone);
        self
    }

    /// Returns the client, for operations that are not in [`Messenger`].
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }

    fn text(&self, to: &PhoneNumber, text: &str) -> builder::MessageSend<'_> {
        self.client.message_send().chat_number(to.digits()).text(text)
    }

    /// Returns the call for a scheduled text.
    fn text_at(&self, to: &PhoneNumber, text: &str, at: SendTime) -> Result<builder::MessageSend<'_>, Error> {
        let Some(zone) = &self.time_zone else {
            let error = Capability::Schedule.unsupported(self.provider());
            return Err(error.with_detail(
                "scheduled text without the account's time zone: set CHATGURU_TIME_ZONE, or call `ChatGuru::with_time_zone`",
            ));
        };
        let date = send_date::write(at, zone, Timestamp::now()).map_err(|detail| {
            Error::new(ErrorKind::InvalidRequest, Outcome::NotDone, self.provider(), "send_text_at").with_detail(detail)
        })?;
        Ok(self.text(to, text).send_date(date))
    }

    fn media(&self, to: &PhoneNumber, media: &Media) -> Result<builder::MessageFileSend<'_>, Error> {
        let MediaSource::Url(url) = &media.source else {
            let error = media.capability().unsupported(self.provider());
            return Err(error.with_detail("media by upload; put the file at a public URL, and send the URL"));
        };
        let call = self.client.message_file_send().chat_number(to.digits()).file_url(&**url);
        Ok(call.caption(media.caption.as_deref()))
    }

    fn dialog(&self, to: &PhoneNumber, dialog: &str) -> builder::DialogExecute<'_> {
        self.client.dialog_execute().chat_number(to.digits()).dialog_id(dialog)
    }
}

impl From<Client> for ChatGuru {
    fn from(client: Client) -> Self {
        Self::new(client)
    }
}

impl Messenger for ChatGuru {
    fn provider(&self) -> &str {
        self.client.provider()
    }

    fn capabilities(&self) -> Capabilities {
        const ALWAYS: Capabilities = Capabilities::of(&[
            Capability::Text,
            Capability::MediaUrl,
            Capability::Dialog,
            Capability::DeliveryState,
            Capability::SaveContact,
            Capability::Greeting,
            Capability::DryRun,
        ]);
        if self.time_zone.is_some() { ALWAYS.with(Capability::Schedule) } else { ALWAYS }
    }

    fn send_text<'a>(&'a self, to: &'a PhoneNumber, text: &'a str) -> BoxFuture<'a, Result<Receipt, Error>> {
        Box::pin(sent(self.text(to, text)))
    }

    fn send_media<'a>(&'a self, to: &'a PhoneNumber, media: &'a Media) -> BoxFuture<'a, Result<Receipt, Error>> {
        match self.media(to, media) {
            Ok(call) => Box::pin(async move { Ok(queued(call.send().await?.into_inner().message_id)) }),
            Err(error) => refuse(error),
        }
    }

    fn run_dialog<'a>(&'a self, to: &'a PhoneNumber, dialog: &'a str) -> BoxFuture<'a, Result<Receipt, Error>> {
        let call = self.dialog(to, dialog);
        Box::pin(async move {
            call.send().await?;
            Ok(queued(None))
        })
    }

    fn send_text_at<'a>(
        &'a self,
        to: &'a PhoneNumber,
        text: &'a str,
        at: SendTime,
    ) -> BoxFuture<'a, Result<Receipt, Error>> {
        self.text_at(to, text, at).map_or_else(refuse, |call| Box::pin(sent(call)))
    }

    fn dry_run<'a>(&'a self, to: &'a PhoneNumber, message: Outgoing<'a>) -> BoxFuture<'a, Result<DryRun, Error>> {
        match message {
            Outgoing::Text(text) => Box::pin(self.text(to, text).dry_run()),
            Outgoing::TextAt(text, at) => {
                self.text_at(to, text, at).map_or_else(refuse, |call| Box::pin(call.dry_run()))
            }
            Outgoing::Media(media) => self.media(to, media).map_or_else(refuse, |call| Box::pin(call.dry_run())),
            Outgoing::Dialog(dialog) => Box::pin(self.dialog(to, dialog).dry_run()),
            Outgoing::Template(_) => refuse(message.capability().unsupported(self.provider())),
        }
    }

    fn delivery_state<'a>(&'a self, message_id: &'a str) -> BoxFuture<'a, Result<DeliveryState, Error>> {
        Box::pin(async move {
            let answer = self.client.message_status().message_id(message_id).send().await?;
            Ok(match answer.into_inner().message_status {
                Some(MessageStatus::Scheduled) => DeliveryState::Queued,
                Some(MessageStatus::Sent) => DeliveryState::Sent,
                Some(other) => DeliveryState::Other(other.value().to_owned()),
                None => DeliveryState::Other(String::new()),
            })
        })
    }

    fn save_contact<'a>(&'a self, contact: &'a NewContact) -> BoxFuture<'a, Result<ContactReceipt, Error>> {
        Box::pin(chats::add(&self.client, contact))
    }

    fn ensure_contact<'a>(
        &'a self,
        contact: &'a NewContact,
        deadline: Duration,
    ) -> BoxFuture<'a, Result<ContactReceipt, Error>> {
        Box::pin(chats::add_and_wait(&self.client, contact, deadline))
    }

    fn chatguru(&self) -> Option<&Client> {
        Some(&self.client)
    }
}

async fn sent(call: builder::MessageSend<'_>) -> Result<Receipt, Error> {
    Ok(queued(call.send().await?.into_inner().message_id))
}

fn queued(message_id: Option<String>) -> Receipt {
    Receipt::new(SendState::Queued, message_id)
}
