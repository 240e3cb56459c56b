//! A body that is lent to a parser, to be read to its end when the parser has had enough.

use std::{
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
};

use axum::body::Body;
use bytes::Bytes;
use http_body::{Body as HttpBody, Frame};

/// A body with two owners, of which one reads at a time.
#[derive(Clone, Debug)]
pub(super) struct Lent(Arc<Mutex<Inner>>);

#[derive(Debug)]
struct Inner {
    body: Body,
    /// How many bytes were read.
    seen: u64,
}

impl Lent {
    pub(super) fn new(body: Body) -> Self {
        Self(Arc::new(Mutex::new(Inner { body, seen: 0 })))
    }

    /// How many bytes were read so far.
    pub(super) fn seen(&self) -> u64 {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).seen
    }
}

impl HttpBody for Lent {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let mut inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let frame = Pin::new(&mut inner.body).poll_frame(context);
        if let Poll::Ready(Some(Ok(frame))) = &frame {
            inner.seen = inner.seen.saturating_add(frame.data_ref().map_or(0, Bytes::len) as u64);
        }
        frame
    }
}
