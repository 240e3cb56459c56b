//! The extractor.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::extract::{FromRef, FromRequest, Request};
use tokio::sync::OwnedSemaphorePermit;

use super::fingerprint::Fingerprint;
use super::receiver::{Arrived, WebhookReceiver};
use super::refusal::WebhookRejection;
use crate::Received;

/// An extractor for the messages that ChatGuru posts, if you want to answer the posts yourself.
///
/// It does what the router of a [`WebhookReceiver`] does: it checks the token, limits the body and drops repeats. The
/// token is the path parameter `token` of your route or, if the route has none, the parameter `token` of the query. The
/// receiver is a part of your state.
///
/// ```
/// use axum::Router;
/// use axum::http::StatusCode;
/// use axum::routing::post;
/// use zap_facade::Received;
/// use zap_facade::webhook::{ChatGuruWebhook, WebhookReceiver};
///
/// async fn receive(webhook: ChatGuruWebhook) -> StatusCode {
///     // A task of its own, because this function is cancelled if ChatGuru closes the connection.
///     let task = tokio::spawn(async move {
///         let is_stored = store(&webhook.received).await.is_ok();
///         if !is_stored {
///             webhook.forget();
///         }
///         is_stored
///     });
///     if task.await.unwrap_or(false) { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE }
/// }
/// # async fn store(_: &Received) -> Result<(), ()> { Ok(()) }
///
/// fn app(receiver: WebhookReceiver) -> Router {
///     Router::new().route("/incoming/{token}", post(receive)).with_state(receiver)
/// }
/// ```
///
/// ChatGuru waits for your handler, and how long it waits is not known. A repeat that arrives while the handler runs is
/// answered with 200, even if the handler then fails. The router has neither problem.
///
/// # Failures and cancellation
///
/// If your handler panics, the message is [forgotten](Self::forget). If ChatGuru or a proxy closes the connection, the
/// web server drops your handler at the `await` where it is. The message then counts as handled, and a repeat of it is
/// dropped, so do the work in a task of its own, as above.
///
/// The post counts towards [`posts_at_once`](super::WebhookReceiverBuilder::posts_at_once) until this value is dropped.
#[non_exhaustive]
pub struct ChatGuruWebhook {
    /// What was posted.
    pub received: Received,
    claim: Claim,
}

/// A message that was handed to a handler.
struct Claim {
    fingerprint: Option<Fingerprint>,
    receiver: WebhookReceiver,
    is_forgotten: AtomicBool,
    /// The room of the post in memory.
    _slot: OwnedSemaphorePermit,
}

impl Claim {
    /// Only the first call has an effect: a repeat that arrived since then is another message.
    fn forget(&self) {
        if self.is_forgotten.swap(true, Ordering::Relaxed) {
            return;
        }
        self.receiver.0.count(|counters| &counters.failed);
        if let Some(fingerprint) = self.fingerprint {
            self.receiver.0.forget(fingerprint);
        }
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.forget();
        }
    }
}

impl ChatGuruWebhook {
    /// Forgets the message, so that a repeat of it is handed over, and counts it as
    /// [`failed`](super::WebhookCounters::failed). Call it if your handler answers with an error. A second call has no
    /// effect.
    pub fn forget(&self) {
        self.claim.forget();
    }
}

impl<S> FromRequest<S> for ChatGuruWebhook
where
    S: Send + Sync,
    WebhookReceiver: FromRef<S>,
{
    type Rejection = WebhookRejection;

    async fn from_request(request: Request, state: &S) -> Result<Self, WebhookRejection> {
        let receiver = WebhookReceiver::from_ref(state);
        let claim = async |arrived: Arrived| {
            let Arrived { received, fingerprint, slot } = arrived;
            receiver.0.claim(fingerprint)?;
            let receiver = receiver.clone();
            let claim = Claim { fingerprint, receiver, is_forgotten: AtomicBool::new(false), _slot: slot };
            Ok(Self { received, claim })
        };
        receiver.0.process(request, claim).await.map_err(WebhookRejection)
    }
}

impl fmt::Debug for ChatGuruWebhook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChatGuruWebhook").field("received", &self.received).finish_non_exhaustive()
    }
}
