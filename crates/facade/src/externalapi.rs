//! [`Messenger`] for EscalaZap, WaziMe and WapiFlow.

use client_runtime::Error;
use externalapi_client::Client;

use crate::{BoxFuture, Messenger, PhoneNumber, Receipt, SendState};

impl Messenger for Client {
    fn provider(&self) -> &str {
        Client::provider(self)
    }

    fn send_text<'a>(&'a self, to: &'a PhoneNumber, text: &'a str) -> BoxFuture<'a, Result<Receipt, Error>> {
        Box::pin(async move {
            let answer = self
                .send_message()
                .body_map(|b| b.mobile_code(to.country_code()).mobile(to.national_number()).message(text))
                .send()
                .await?;
            let message = answer.into_inner().data.and_then(|data| data.message);
            Ok(Receipt::new(SendState::Sent, message.and_then(|message| message.whatsapp_message_id)))
        })
    }
}
