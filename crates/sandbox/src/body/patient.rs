//! A body that is waited for, but not for ever.

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

/// How many times the patience for one piece is the patience for the whole.
const WHOLE: u32 = 20;

/// Whether a body did not come whole: its sender went away, or was too slow.
#[derive(Clone, Debug, Default)]
pub(crate) struct Broken(Arc<AtomicBool>);

impl Broken {
    pub(crate) fn is_true(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

/// A body whose pieces must not be too long in coming.
#[derive(Debug)]
pub(crate) struct Patient {
    body: Body,
    patience: Duration,
    /// Runs while a piece is waited for.
    piece: Option<Pin<Box<Sleep>>>,
    started: Instant,
    broken: Broken,
}

impl Patient {
    /// Wraps a body, and returns what tells whether it came whole.
    pub(crate) fn wrap(body: Body, patience: Duration) -> (Body, Broken) {
        let broken = Broken::default();
        if body.is_end_stream() {
            return (body, broken);
        }
        let wrapped = Self { body, patience, piece: None, started: Instant::now(), broken: broken.clone() };
        (Body::new(wrapped), broken)
    }

    fn too_slow(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let left = (self.started + self.patience * WHOLE).saturating_duration_since(Instant::now());
        let patience = self.patience.min(left);
        self.piece.get_or_insert_with(|| Box::pin(sleep(patience))).as_mut().poll(context)
    }
}

impl HttpBody for Patient {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(context) {
            self.piece = None;
            if matches!(frame, Some(Err(_))) {
                self.broken.0.store(true, Ordering::Release);
            }
            return Poll::Ready(frame);
        }
        ready!(self.too_slow(context));
        self.broken.0.store(true, Ordering::Release);
        Poll::Ready(Some(Err(axum::Error::new(io::Error::from(io::ErrorKind::TimedOut)))))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
