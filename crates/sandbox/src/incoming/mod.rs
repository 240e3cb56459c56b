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

use queue::{Job, Queue, Timing};

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
        match app.instance(provider) {
            Some(_) if message.phone_id.is_some() => {
                Err(IncomingError::at("phone_id", "only the phones of ChatGuru have such ids; leave this out"))
            }
            Some(instance) => {
                let chat = instance.receive(&message.from, message.name.as_deref());
                let chat = chat.map_err(|text| IncomingError::at("from", text))?;
                Ok(app.ledger.receive(arrival(app, provider, message, chat, now)))
            }
            None => receive_in_chatguru(app, &mut queue, message, now),
        }
    })
}

fn receive_in_chatguru(
    app: &AppState,
    queue: &mut Queue,
    message: IncomingMessage,
    now: u64,
) -> Result<Arc<ReceivedMessage>, IncomingError> {
    let webhook = app.webhook.url();
    if webhook.is_some() && !queue.has_room() {
        return Err(IncomingError::full(queue.waiting()));
    }
    let chat = app.chatguru().receive(&message.from, message.name.as_deref(), message.phone_id.as_deref());
    // The id is a credential, which errors do not show.
    let chat = chat.ok_or_else(|| IncomingError::at("phone_id", "the account has no phone with this id"))?;
    let file_url = file_url(app, &message);
    let post = webhook.map(|url| (url, payload::payload(&chat, &message, file_url.as_deref(), queue.time(now))));
    let message = IncomingMessage { from: chat.number, ..message };
    let arrival = arrival(app, Provider::ChatGuru, message, chat.chat, now);
    let Some((url, payload)) = post else {
        return Ok(app.ledger.receive(Arrival { post_state: PostState::NoUrl, ..arrival }));
    };
    let (fault, action) = app.faults.select_post(Provider::ChatGuru).unzip();
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
    queue.push(Job { message: received.id, chat, url, payload, times }, timing);
    app.poster.wake();
    Ok(received)
}

/// Returns the message for the ledger, without posts.
fn arrival(app: &AppState, provider: Provider, message: IncomingMessage, chat: ChatOfMessage, now: u64) -> Arrival {
    Arrival {
        at: now,
        provider,
        chat,
        url: file_url(app, &message),
        from: message.from,
        kind: message.kind,
        text: message.text.filter(|text| !text.is_empty()),
        origin: message.origin,
        post_state: PostState::NoWebhook,
        posts: 0,
        fault: None,
    }
}

/// Returns the address of the message's file, which may be a sample.
fn file_url(app: &AppState, message: &IncomingMessage) -> Option<String> {
    message.url.clone().or_else(|| samples::url(app, message.kind))
}
