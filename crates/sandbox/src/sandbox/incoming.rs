//! Messages from customers, and the webhook.

use crate::{
    IncomingError, IncomingMessage, Post, PostState, Provider, ReceivedMessage, Sandbox, WebhookUrlError, incoming,
    ledger::LedgerQuery,
};

impl Sandbox {
    /// Delivers a message from a customer to an account of the provider, as `WhatsApp` does.
    ///
    /// An unknown number becomes a chat. `ChatGuru` posts the message to the [webhook](Self::set_webhook_url), if its
    /// URL is set. The posts of a chat are made in the order of its messages; different chats do not wait for each
    /// other. The `ExternalApi` has no webhooks: the message moves the conversation of the main user to the top of the
    /// list, with the status unread. This method does not wait for the post, see [`posted`](Self::posted).
    ///
    /// # Errors
    /// Returns an error if the message is invalid, if its sender is a blocked contact, or if too many posts wait.
    /// Nothing is received then.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use zap_sandbox::{IncomingMessage, Provider, Sandbox};
    ///
    /// let sandbox = Sandbox::start().await?;
    /// let message = IncomingMessage::text("5511987654321", "Olá").name("Ana");
    /// let received = sandbox.receive(Provider::ChatGuru, message)?;
    /// println!("arrived in chat {}", received.chat_id);
    /// # Ok(())
    /// # }
    /// ```
    pub fn receive(&self, provider: Provider, message: IncomingMessage) -> Result<ReceivedMessage, IncomingError> {
        incoming::receive(&self.app, provider, message).map(|received| (*received).clone())
    }

    /// Waits until a message is posted to the webhook, and returns it with its posts. Returns at once if nothing is to
    /// be posted, and `None` if the message is no longer kept, for example after a reset.
    ///
    /// A late post is made when the sandbox's clock shows its time. If the clock stands still, advance it first.
    /// Dropping the future does not affect the post.
    pub async fn posted(&self, message: u64) -> Option<ReceivedMessage> {
        let mut news = self.app.feed.bell();
        loop {
            news.mark_unchanged();
            let received = self.app.ledger.received(message)?;
            // The sender lives as long as this sandbox, so it does not end before.
            if received.post_state != PostState::Waiting || news.changed().await.is_err() {
                return Some((*received).clone());
            }
        }
    }

    /// Waits until no message waits for its posts. See [`posted`](Self::posted).
    pub async fn all_posted(&self) {
        let mut news = self.app.feed.bell();
        loop {
            news.mark_unchanged();
            if !self.app.ledger.any_waits() || news.changed().await.is_err() {
                return;
            }
        }
    }

    /// Returns the messages that customers wrote, in the order in which they arrived.
    ///
    /// Only the last 10 000 messages are kept, and fewer if they take more than 8 MiB together.
    #[must_use]
    pub fn incoming(&self) -> Vec<ReceivedMessage> {
        let incoming = self.app.ledger.incoming(LedgerQuery::default());
        incoming.rows.iter().map(|message| (**message).clone()).collect()
    }

    /// Returns the posts of all messages that are kept, in the order in which they began.
    #[must_use]
    pub fn posts(&self) -> Vec<Post> {
        let incoming = self.app.ledger.incoming(LedgerQuery::default());
        let mut posts: Vec<Post> = incoming.rows.iter().flat_map(|message| message.posts.clone()).collect();
        posts.sort_by_key(|post| post.id);
        posts
    }

    /// Sets the URL to which `ChatGuru` posts messages from customers, until the next reset. Messages that already wait
    /// go to the URL that was set when they arrived.
    ///
    /// # Errors
    /// Returns an error if the text is not an `http` URL, or if it is the sandbox's own. TLS is not supported. The
    /// error does not contain the URL, which may carry a token.
    pub fn set_webhook_url(&self, url: &str) -> Result<(), WebhookUrlError> {
        self.app.webhook.set(Some(incoming::read_url(url, &self.app.hosts)?));
        Ok(())
    }

    /// Removes the URL, so that messages from customers are not posted, until the next reset.
    pub fn remove_webhook_url(&self) {
        self.app.webhook.set(None);
    }
}
