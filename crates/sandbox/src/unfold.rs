//! A response body that is produced piece by piece.

use std::{
    future::Future,
    io,
    pin::Pin,
    task::{Context, Poll},
};

use axum::body::Body;
use bytes::Bytes;
use http_body::Frame;

/// The result of a step: a piece and the state for the next step, or `None` at the end. An error ends the connection.
pub(crate) type Piece<S> = Option<(Result<Bytes, io::Error>, S)>;

/// Returns a body of the pieces that `step` returns, starting with `state`.
pub(crate) fn unfold<S, F>(state: S, step: impl Fn(S) -> F + Send + Unpin + 'static) -> Body
where
    S: Send + Unpin + 'static,
    F: Future<Output = Piece<S>> + Send + 'static,
{
    Body::new(Unfold { step, next: Next::State(state) })
}

struct Unfold<S, F, M> {
    step: M,
    next: Next<S, F>,
}

enum Next<S, F> {
    State(S),
    Running(Pin<Box<F>>),
    End,
}

impl<S, F, M> http_body::Body for Unfold<S, F, M>
where
    S: Unpin,
    F: Future<Output = Piece<S>>,
    M: Fn(S) -> F + Unpin,
{
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let this = self.get_mut();
        let mut running = match std::mem::replace(&mut this.next, Next::End) {
            Next::State(state) => Box::pin((this.step)(state)),
            Next::Running(running) => running,
            Next::End => return Poll::Ready(None),
        };
        let Poll::Ready(piece) = running.as_mut().poll(context) else {
            this.next = Next::Running(running);
            return Poll::Pending;
        };
        Poll::Ready(piece.map(|(piece, state)| {
            this.next = Next::State(state);
            piece.map(Frame::data)
        }))
    }
}
