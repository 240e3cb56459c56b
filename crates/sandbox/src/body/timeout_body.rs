//! A request body with a time limit.

use std::{
    io,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, ready},
    time::Duration,
};

use axum::body::Body;
use bytes::Bytes;
use http_body::{Body as HttpBody, Frame, SizeHint};
use tokio::time::{Instant, Sleep, sleep};

/// The time limit for the whole body, as a multiple of the limit for one piece.
const WHOLE: u32 = 20;

/// Whether a body ended early, because its sender went away or was too slow.
#[derive(Clone, Debug, Default)]
pub(crate) struct Incomplete(Arc<AtomicBool>);

impl Incomplete {
    pub(crate) fn is_set(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

/// A body that fails when a piece of it takes too long to arrive.
#[derive(Debug)]
pub(crate) struct TimeoutBody {
    body: Body,
    io_timeout: Duration,
    /// Runs while the next piece is awaited.
    piece: Option<Pin<Box<Sleep>>>,
    started: Instant,
    incomplete: Incomplete,
}

impl TimeoutBody {
    /// Wraps a body. The second value is set when the body ends early.
    pub(crate) fn wrap(body: Body, io_timeout: Duration) -> (Body, Incomplete) {
        let incomplete = Incomplete::default();
        if body.is_end_stream() {
            return (body, incomplete);
        }
        let wrapped = Self { body, io_timeout, piece: None, started: Instant::now(), incomplete: incomplete.clone() };
        (Body::new(wrapped), incomplete)
    }

    fn poll_timeout(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let left = (self.started + self.io_timeout * WHOLE).saturating_duration_since(Instant::now());
        let limit = self.io_timeout.min(left);
        self.piece.get_or_insert_with(|| Box::pin(sleep(limit))).as_mut().poll(context)
    }
}

impl HttpBody for TimeoutBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(context) {
            self.piece = None;
            if matches!(frame, Some(Err(_))) {
                self.incomplete.0.store(true, Ordering::Release);
            }
            return Poll::Ready(frame);
        }
        ready!(self.poll_timeout(context));
        self.incomplete.0.store(true, Ordering::Release);
        Poll::Ready(Some(Err(axum::Error::new(io::Error::from(io::ErrorKind::TimedOut)))))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
