//! [`Messenger`] for ChatGuru.

mod chats;
mod send_date;

use std::time::Duration;

use chatguru_client::Client;
use chatguru_client::types::MessageStatus;
use client_runtime::{Error, ErrorKind, Outcome};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::messenger::refuse;
use crate::{
    BoxFuture, Capabilities, Capability, ContactReceipt, DeliveryState, Media, MediaSource, Messenger, NewContact,
    PhoneNumber, Receipt, SendState, SendTime,
};

/// An account at ChatGuru.
#[derive(Clone, Debug)]
pub struct ChatGuru {
    client: Client,
    time_zone: Option<TimeZone>,
}

impl ChatGuru {
    /// Sends through this client. It cannot schedule before it has a
    /// [time zone](Self::with_time_zone).
    #[must_use]
    pub fn new(client: Client) -> Self {
        Self { client, time_zone: None }
    }

    /// The same, for an account in this zone: ChatGuru takes times as its clocks show them, and
    /// does not document the zone (fact C5). One integrator takes it for `America/Sao_Paulo`; to be
    /// sure, schedule a message to yourself and see when it comes.
    #[must_use]
    pub fn with_time_zone(mut self, zone: TimeZone) -> Self {
        self.time_zone = Some(zone);
        self
    }

    /// The client, for all that is not in [`Messenger`].
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// A text, now or at ChatGuru's own minute.
    async fn send(&self, to: &PhoneNumber, text: &str, send_date: Option<String>) -> Result<Receipt, Error> {
        let answer = self.client.message_send().chat_number(to.digits()).text(text).send_date(send_date).send().await?;
        Ok(queued(answer.into_inner().message_id))
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
        ]);
        if self.time_zone.is_some() { ALWAYS.with(Capability::Schedule) } else { ALWAYS }
    }

    fn send_text<'a>(&'a self, to: &'a PhoneNumber, text: &'a str) -> BoxFuture<'a, Result<Receipt, Error>> {
        Box::pin(self.send(to, text, None))
    }

    fn send_media<'a>(&'a self, to: &'a PhoneNumber, media: &'a Media) -> BoxFuture<'a, Result<Receipt, Error>> {
        let MediaSource::Url(url) = &media.source else {
            let error = media.capability().unsupported(self.provider());
            return refuse(
                error.with_detail("media by upload; put the file where anybody can fetch it, and send its URL"),
            );
        };
        Box::pin(async move {
            let call = self.client.message_file_send().chat_number(to.digits()).file_url(&**url);
            let answer = call.caption(media.caption.as_deref()).send().await?;
            Ok(queued(answer.into_inner().message_id))
        })
    }

    fn run_dialog<'a>(&'a self, to: &'a PhoneNumber, dialog: &'a str) -> BoxFuture<'a, Result<Receipt, Error>> {
        Box::pin(async move {
            self.client.dialog_execute().chat_number(to.digits()).dialog_id(dialog).send().await?;
            Ok(queued(None))
        })
    }

    fn send_text_at<'a>(
        &'a self,
        to: &'a PhoneNumber,
        text: &'a str,
        at: SendTime,
    ) -> BoxFuture<'a, Result<Receipt, Error>> {
        let Some(zone) = &self.time_zone else {
            let error = Capability::Schedule.unsupported(self.provider());
            return refuse(error.with_detail(
                "scheduled text without the account's time zone: set CHATGURU_TIME_ZONE, or `ChatGuru::with_time_zone`",
            ));
        };
        match send_date::write(at, zone, Timestamp::now()) {
            Ok(date) => Box::pin(self.send(to, text, Some(date))),
            Err(detail) => refuse(
                Error::new(ErrorKind::InvalidRequest, Outcome::NotDone, self.provider(), "send_text_at")
                    .with_detail(detail),
            ),
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

fn queued(message_id: Option<String>) -> Receipt {
    Receipt::new(SendState::Queued, message_id)
}
