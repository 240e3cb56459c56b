//! [`Messenger`] for ChatGuru.

use chatguru_client::Client;
use client_runtime::Error;

use crate::{BoxFuture, Messenger, PhoneNumber, Receipt, SendState};

impl Messenger for Client {
    fn provider(&self) -> &str {
        Client::provider(self)
    }

    fn send_text<'a>(&'a self, to: &'a PhoneNumber, text: &'a str) -> BoxFuture<'a, Result<Receipt, Error>> {
        Box::pin(async move {
            let answer = self.message_send().chat_number(to.digits()).text(text).send().await?;
            Ok(Receipt::new(SendState::Queued, answer.into_inner().message_id))
        })
    }
}
