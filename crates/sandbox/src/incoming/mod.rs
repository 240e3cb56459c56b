//! Messages from customers: what they do to an account, and how they are posted to its webhook.

mod http_post;
mod json;
mod message;
mod payload;
mod poster;
mod python_json;
mod queue;
mod samples;
mod webhook;
mod webhook_url;

pub use message::{IncomingError, IncomingMessage};
pub use webhook_url::WebhookUrlError;

pub(crate) use json::read;
pub(crate) use poster::{Poster, run};
pub(crate) use samples::sample;
pub(crate) use webhook::{Webhook, read_url};
pub(crate) use webhook_url::WebhookUrl;

use std::sync::Arc;

use crate::{
    PostState, Provider, ReceivedMessage,
    app_state::AppState,
    fault::PostFault,
    ledger::{Arrival, ChatOfMessage},
};

use payload::Content;
use queue::{Job, Timing};

/// How long a post that is swapped with the next one waits for it, in milliseconds on the sandbox's clock.
const SWAP_LIMIT: u64 = 60_000;

/// Delivers a message from a customer to an account.
pub(crate) fn receive(
    app: &AppState,
    provider: Provider,
    message: IncomingMessage,
) -> Result<Arc<ReceivedMessage>, IncomingError> {
    message.check()?;
    app.between_resets(|| {
        // Held until the post is queued, so that the posts of a chat have the order of its messages.
        let mut queue = app.poster.queue();
        let now = app.clock.millis();
        let url = message.url.clone().or_else(|| samples::url(app, message.kind));
        let arrival = |message: IncomingMessage, chat: ChatOfMessage| Arrival {
            at: now,
            provider,
            chat,
            from: message.from,
            kind: message.kind,
            text: message.text.filter(|text| !text.is_empty()),
            url: url.clone(),
            origin: message.origin,
            post_state: PostState::NoWebhook,
            posts: 0,
            fault: None,
        };
        if let Some(instance) = app.instance(provider) {
            let chat = instance
                .receive(&message.from, message.name.as_deref())
                .map_err(|text| IncomingError::at("from", text))?;
            return Ok(app.ledger.receive(arrival(message, chat)));
        }
        let webhook = app.webhook.url();
        if webhook.is_some() && !queue.has_room() {
            return Err(IncomingError::full(queue.waiting()));
        }
        let chat = app.chatguru().receive(&message.from, message.name.as_deref());
        let content = Content {
            from: &message.from,
            kind: message.kind,
            text: message.text.as_deref(),
            url: url.as_deref(),
            origin: message.origin.as_deref(),
        };
        let payload = payload::payload(&chat, &content, now);
        let arrival = Arrival { post_state: PostState::NoUrl, ..arrival(message, chat.chat) };
        let Some(webhook) = webhook else { return Ok(app.ledger.receive(arrival)) };
        let (fault, action) = app.faults.select_post(provider).unzip();
        let (times, timing) = match action {
            None => (1, Timing::InOrder),
            Some(PostFault::Late(delay)) => {
                (1, Timing::Late(now.saturating_add(u64::try_from(delay.as_millis()).unwrap_or(u64::MAX))))
            }
            Some(PostFault::Repeated(more)) => (1 + usize::try_from(more).unwrap_or(0), Timing::InOrder),
            Some(PostFault::Swapped) => (1, Timing::Swapped(now.saturating_add(SWAP_LIMIT))),
        };
        let received = app.ledger.receive(Arrival { post_state: PostState::Waiting, posts: times, fault, ..arrival });
        let chat = received.conversation.as_str().into();
        queue.push(Job { message: received.id, chat, url: webhook, payload, times }, timing);
        drop(queue);
        app.poster.wake();
        Ok(received)
    })
}
