//! The receiver: what its router and its extractor share.

use std::fmt;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::{Body, Bytes, HttpBody as _};
use axum::extract::Request;
use axum::http::{HeaderMap, Method, header};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::timeout;
use zap_client_runtime::Secret;

use super::builder::{Settings, WebhookReceiverBuilder};
use super::counters::{Counters, Post, WebhookCounters, count};
use super::events;
use super::fingerprint::{Fingerprint, Fingerprints};
use super::refusal::Refusal;
use super::repeats::{Noted, Repeats};
use super::token::Tokens;
use crate::{Received, Unreadable, UnreadableReason};

/// Receives the messages that ChatGuru posts.
///
/// [`channel`](Self::channel) and [`handler`](Self::handler) return a router that answers at once and hands over what
/// arrives, in the order of arrival. [`ChatGuruWebhook`](super::ChatGuruWebhook) is an extractor for a handler of your own.
/// All of them share the receiver's tokens, limits, counters and its memory of earlier messages.
///
/// Clones are the same receiver. Keep one to read the [`counters`](Self::counters).
#[derive(Clone)]
pub struct WebhookReceiver(pub(super) Arc<Inner>);

pub(super) struct Inner {
    pub(super) settings: Settings,
    tokens: Tokens,
    posts: Arc<Semaphore>,
    fingerprints: Fingerprints,
    repeats: Mutex<Repeats>,
    pub(super) counters: Counters,
    /// How many tasks call a handler.
    pub(super) workers: watch::Sender<usize>,
}

/// A post that was read.
pub(super) struct Arrived {
    pub(super) received: Received,
    /// `None` for what is never a repeat.
    pub(super) fingerprint: Option<Fingerprint>,
    /// Counts towards the posts in memory until it is dropped.
    pub(super) slot: OwnedSemaphorePermit,
}

impl WebhookReceiver {
    /// Returns a builder for a receiver that accepts posts with this token.
    ///
    /// A token has at least 16 characters: letters, digits, `-`, `.`, `_` and `~`. White space at its ends is removed.
    ///
    /// ```
    /// use std::time::Duration;
    /// use zap_facade::webhook::{InvalidReceiver, WebhookReceiver};
    ///
    /// # fn example(token: String) -> Result<(), InvalidReceiver> {
    /// let receiver = WebhookReceiver::builder(token).dedup_window(Duration::from_secs(3600)).build()?;
    /// # Ok(())
    /// # }
    /// # example("0123456789abcdef0123456789abcdef".to_owned()).unwrap();
    /// assert_eq!(WebhookReceiver::builder("").build().unwrap_err(), InvalidReceiver::ShortToken);
    /// ```
    pub fn builder(token: impl Into<Secret>) -> WebhookReceiverBuilder {
        WebhookReceiverBuilder::new(token.into())
    }

    pub(super) fn new(settings: Settings, tokens: Tokens) -> Self {
        Self(Arc::new(Inner {
            tokens,
            posts: Arc::new(Semaphore::new(settings.posts_at_once)),
            fingerprints: Fingerprints::default(),
            repeats: Mutex::new(Repeats::new(settings.dedup_window, settings.dedup_entries)),
            counters: Counters::default(),
            workers: watch::Sender::new(0),
            settings,
        }))
    }

    /// Returns how many posts arrived, by how they ended. You can call this at any time.
    #[must_use]
    pub fn counters(&self) -> WebhookCounters {
        self.0.counters.read()
    }

    /// Waits until the [`handler`](Self::handler) has handled every message of the queue.
    ///
    /// It does not return before every router with a handler is dropped. Call it after the web server has stopped and
    /// before the program ends. To limit the time, wrap it in `tokio::time::timeout`. For a
    /// [`channel`](Self::channel), receive until it is empty instead.
    pub async fn drain(&self) {
        let mut workers = self.0.workers.subscribe();
        // The sender is in `self`, so the channel is open.
        let _ = workers.wait_for(|workers| *workers == 0).await;
    }
}

impl Inner {
    /// Reads a post, and hands it over with `hand_over`. Counts how it ends.
    pub(super) async fn process<T>(
        &self,
        request: Request,
        hand_over: impl AsyncFnOnce(Arrived) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        let post = Post::new(&self.counters);
        let mut unreadable = None;
        let result = match self.read(request).await {
            Ok(arrived) => {
                if let Received::Unreadable(arrived) = &arrived.received {
                    unreadable = Some(arrived.reason);
                }
                hand_over(arrived).await
            }
            Err(refusal) => Err(refusal),
        };
        match &result {
            Ok(_) => {
                post.end(&self.counters.received);
                if let Some(reason) = unreadable {
                    count(&self.counters.unreadable);
                    events::unreadable(reason);
                }
            }
            Err(refusal) => {
                post.end(refusal.counter(&self.counters));
                events::refused(*refusal);
            }
        }
        result
    }

    async fn read(&self, request: Request) -> Result<Arrived, Refusal> {
        let (mut parts, body) = request.into_parts();
        if !self.tokens.admit(&mut parts).await {
            return Err(Refusal::Token);
        }
        if parts.method != Method::POST {
            return Err(Refusal::Method);
        }
        // Before the first byte is read, so that a client that asks first does not send it.
        if body.size_hint().lower() > self.settings.max_body as u64 {
            return Err(Refusal::TooLarge);
        }
        let slot = timeout(self.settings.queue_wait, Arc::clone(&self.posts).acquire_owned()).await;
        let Ok(Ok(slot)) = slot else { return Err(Refusal::Busy) };
        let body = timeout(self.settings.body_timeout, collect(body, self.settings.max_body)).await;
        let body = body.map_err(|_| Refusal::TooSlow)??;
        let received = if is_encoded(&parts.headers) {
            Received::Unreadable(Unreadable::new(body, UnreadableReason::Encoded))
        } else {
            Received::from_chatguru(body)
        };
        Ok(Arrived { fingerprint: self.fingerprint(&received), received, slot })
    }

    /// Returns the fingerprint of a message. Without the time at which it was posted, a customer who writes the same
    /// twice would seem to be a repeat.
    fn fingerprint(&self, received: &Received) -> Option<Fingerprint> {
        let incoming = received.message().filter(|incoming| incoming.posted_at.is_some())?;
        Some(self.fingerprints.of(incoming.raw.as_deref()?))
    }

    /// Returns whether a message was handed over within the window.
    pub(super) fn is_repeat(&self, fingerprint: Option<Fingerprint>) -> bool {
        fingerprint.is_some_and(|fingerprint| self.repeats().has(fingerprint))
    }

    /// Notes that a message is handed over, unless it is a repeat.
    pub(super) fn claim(&self, fingerprint: Option<Fingerprint>) -> Result<(), Refusal> {
        match fingerprint.map(|fingerprint| self.repeats().note(fingerprint)) {
            Some(Noted::Repeat) => Err(Refusal::Duplicate),
            Some(Noted::NewInsteadOfOldest) => {
                count(&self.counters.forgotten_early);
                Ok(())
            }
            Some(Noted::New) | None => Ok(()),
        }
    }

    pub(super) fn forget(&self, fingerprint: Fingerprint) {
        self.repeats().forget(fingerprint);
    }

    pub(super) fn count(&self, counter: impl FnOnce(&Counters) -> &AtomicU64) {
        count(counter(&self.counters));
    }

    fn repeats(&self) -> MutexGuard<'_, Repeats> {
        // No code panics while it holds the lock.
        self.repeats.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn collect(body: Body, limit: usize) -> Result<Bytes, Refusal> {
    match Limited::new(body, limit).collect().await {
        // A copy, because a part of the server's read buffer would keep all of it in memory.
        Ok(collected) => Ok(Bytes::copy_from_slice(&collected.to_bytes())),
        Err(error) if error.is::<LengthLimitError>() => Err(Refusal::TooLarge),
        Err(_) => Err(Refusal::Broken),
    }
}

fn is_encoded(headers: &HeaderMap) -> bool {
    let encodings = headers.get_all(header::CONTENT_ENCODING);
    encodings.iter().any(|value| !value.as_bytes().trim_ascii().eq_ignore_ascii_case(b"identity"))
}

/// Shows the settings and the counters, and how many tokens there are.
impl fmt::Debug for WebhookReceiver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebhookReceiver")
            .field("tokens", &self.0.tokens.len())
            .field("settings", &self.0.settings)
            .field("counters", &self.counters())
            .finish()
    }
}
