//! The extractor.

use std::fmt;

use axum::extract::{FromRef, FromRequest, Request};

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
///     if let Received::Message(incoming) = &webhook.received {
///         if store(incoming).is_err() {
///             webhook.forget();
///             return StatusCode::SERVICE_UNAVAILABLE;
///         }
///     }
///     StatusCode::OK
/// }
/// # fn store(_: &zap_facade::Incoming) -> Result<(), ()> { Ok(()) }
///
/// fn app(receiver: WebhookReceiver) -> Router {
///     Router::new().route("/incoming/{token}", post(receive)).with_state(receiver)
/// }
/// ```
///
/// ChatGuru waits for your handler, and how long it waits is not known. A repeat that arrives while the handler runs is
/// answered with 200, even if the handler then fails. The router has neither problem.
#[non_exhaustive]
pub struct ChatGuruWebhook {
    /// What was posted.
    pub received: Received,
    fingerprint: Option<Fingerprint>,
    receiver: WebhookReceiver,
}

impl ChatGuruWebhook {
    /// Forgets the message, so that a repeat of it is handed over, and counts it as
    /// [`failed`](super::WebhookCounters::failed). Call it if your handler answers with an error.
    pub fn forget(&self) {
        self.receiver.0.count(|counters| &counters.failed);
        if let Some(fingerprint) = self.fingerprint {
            self.receiver.0.forget(fingerprint);
        }
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
            receiver.0.claim(arrived.fingerprint)?;
            Ok(Self { received: arrived.received, fingerprint: arrived.fingerprint, receiver: receiver.clone() })
        };
        receiver.0.process(request, claim).await.map_err(WebhookRejection)
    }
}

impl fmt::Debug for ChatGuruWebhook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChatGuruWebhook").field("received", &self.received).finish_non_exhaustive()
    }
}
