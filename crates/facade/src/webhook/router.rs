//! The routers, and the handing over of what they receive.

use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::any;
use tokio::sync::mpsc;
use tokio::time::timeout;

use super::events;
use super::receiver::{Arrived, Inner, WebhookReceiver};
use super::refusal::Refusal;
use super::token;
use crate::Received;

impl WebhookReceiver {
    /// Returns a router that sends what arrives to a channel.
    ///
    /// A post is answered as soon as it is in the channel. If the channel stays full for
    /// [`queue_wait`](super::WebhookReceiverBuilder::queue_wait), or its receiver is gone, the post is answered with 503.
    /// When every clone of the router was dropped, the channel closes after the messages that it still has.
    ///
    /// ```
    /// use tokio::sync::mpsc;
    /// use zap_facade::Received;
    /// use zap_facade::webhook::WebhookReceiver;
    ///
    /// # async fn example(receiver: WebhookReceiver, listener: tokio::net::TcpListener) -> std::io::Result<()> {
    /// let (sender, mut messages) = mpsc::channel(1024);
    /// tokio::spawn(async move {
    ///     while let Some(received) = messages.recv().await {
    ///         match received {
    ///             Received::Message(incoming) => println!("{incoming:?}"),
    ///             other => println!("not a message: {other:?}"),
    ///         }
    ///     }
    /// });
    /// axum::serve(listener, receiver.channel(sender)).await
    /// # }
    /// ```
    pub fn channel<S>(&self, sender: mpsc::Sender<Received>) -> Router<S>
    where
        S: Clone + Send + Sync + 'static,
    {
        let inner = Arc::clone(&self.0);
        let answer = move |request: Request| {
            let (inner, sender) = (Arc::clone(&inner), sender.clone());
            async move { inner.answer(request, &sender).await }
        };
        let path = &*self.0.settings.path;
        let with_token = format!("{}/{{{}}}", path.trim_end_matches('/'), token::NAME);
        // Any method, so that a request with a wrong token is answered like one to an unknown path.
        Router::new().route(path, any(answer.clone())).route(&with_token, any(answer))
    }

    /// Returns a router that calls a handler with what arrives, one after the other, in the order of arrival.
    ///
    /// A post is answered as soon as it is in the [`queue`](super::WebhookReceiverBuilder::queue), and the handler runs
    /// later, in a task of its own. While it runs, other messages wait. If you do not need the order, spawn a task in the
    /// handler.
    ///
    /// If the handler returns an error or panics, the message is counted as
    /// [`failed`](super::WebhookCounters::failed) and the next one is handled. The error itself is dropped, because it
    /// may quote the customer: log what you need in the handler.
    ///
    /// When every clone of the router was dropped, the messages in the queue are still handled. To wait for that, call
    /// [`drain`](Self::drain).
    ///
    /// ```
    /// use std::convert::Infallible;
    /// use zap_facade::webhook::WebhookReceiver;
    ///
    /// # type Stop = tokio::sync::oneshot::Receiver<()>;
    /// # async fn example(receiver: WebhookReceiver, listener: tokio::net::TcpListener, stop: Stop) -> std::io::Result<()> {
    /// let app = receiver.handler(async |received| {
    ///     println!("{received:?}");
    ///     Ok::<_, Infallible>(())
    /// });
    /// axum::serve(listener, app).with_graceful_shutdown(async { _ = stop.await }).await?;
    /// receiver.drain().await;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// Panics outside of a tokio runtime.
    pub fn handler<S, F, R, E>(&self, handler: F) -> Router<S>
    where
        S: Clone + Send + Sync + 'static,
        F: Fn(Received) -> R + Send + Sync + 'static,
        R: Future<Output = Result<(), E>> + Send + 'static,
        E: Send + 'static,
    {
        let (sender, messages) = mpsc::channel(self.0.settings.queue);
        let worker = Worker::new(&self.0);
        tokio::spawn(worker.work(messages, Arc::new(handler)));
        self.channel(sender)
    }
}

impl Inner {
    async fn answer(&self, request: Request, sender: &mpsc::Sender<Received>) -> Response {
        match self.process(request, async |arrived| self.hand_over(arrived, sender).await).await {
            Ok(()) => StatusCode::OK.into_response(),
            Err(refusal) => refusal.into_response(),
        }
    }

    /// Sends a message to a channel, after those that already wait for room. It is remembered at the moment it is in the
    /// channel: until then, a repeat waits like any other message, and if there is no room, a repeat is accepted later.
    async fn hand_over(&self, arrived: Arrived, sender: &mpsc::Sender<Received>) -> Result<(), Refusal> {
        let Arrived { received, fingerprint, slot: _slot } = arrived;
        if self.is_repeat(fingerprint) {
            return Err(Refusal::Duplicate);
        }
        let room = timeout(self.settings.queue_wait, sender.reserve()).await;
        let room = room.map_err(|_| Refusal::Full)?.map_err(|_| Refusal::Closed)?;
        self.claim(fingerprint)?;
        room.send(received);
        Ok(())
    }
}

/// A task that calls a handler. It is counted until it ends.
struct Worker {
    inner: Arc<Inner>,
}

impl Worker {
    fn new(inner: &Arc<Inner>) -> Self {
        inner.workers.send_modify(|workers| *workers += 1);
        Self { inner: Arc::clone(inner) }
    }

    async fn work<F, R, E>(self, mut messages: mpsc::Receiver<Received>, handler: Arc<F>)
    where
        F: Fn(Received) -> R + Send + Sync + 'static,
        R: Future<Output = Result<(), E>> + Send + 'static,
        E: Send + 'static,
    {
        while let Some(received) = messages.recv().await {
            let handler = Arc::clone(&handler);
            // A task of its own, in which a panic ends.
            let ended = tokio::spawn(async move { handler(received).await }).await;
            if !matches!(ended, Ok(Ok(()))) {
                self.inner.count(|counters| &counters.failed);
                events::handler_failed(ended.is_err());
            }
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.inner.workers.send_modify(|workers| *workers -= 1);
    }
}
