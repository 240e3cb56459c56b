//! Lets a fault strike: around the processing of a request, the same for all providers.

use std::{io, sync::Arc, time::Duration};

use axum::{
    body::Body,
    http::{HeaderValue, Response, header},
};
use bytes::Bytes;
use tokio::{sync::oneshot, time::sleep};

use crate::{
    answer::Finished,
    exchange::{Exchange, Seal},
    ledger::Sent,
    unfold::unfold,
};

use super::{
    Action, Moment,
    effect::{canned, spoil},
    store::Strike,
};

/// How long what was sent may take to leave before the connection breaks.
const LEAVING: Duration = Duration::from_millis(20);
/// How often a body that never ends goes on.
const DRIP: Duration = Duration::from_millis(100);

/// The answer to a call that a fault strikes; `None` is none, and the connection is to be reset.
pub(crate) async fn execute(exchange: Exchange, strike: Strike) -> Option<Response<Body>> {
    let pause = strike.fault.pause();
    match strike.fault.moment() {
        Moment::Before if pause.is_zero() => before(exchange, &strike),
        Moment::Before => {
            // On a task of its own: a server goes on although its caller has given up.
            let (answer, answered) = oneshot::channel();
            let shared = Arc::clone(&exchange.shared);
            shared.spawn(async move {
                sleep(pause).await;
                // Nobody may be there to take it.
                let _ = answer.send(before(exchange, &strike));
            });
            // A reset ends the task without an answer.
            answered.await.ok().flatten()
        }
        Moment::After => {
            let response = after(exchange, &strike);
            sleep(pause).await;
            response
        }
    }
}

fn before(exchange: Exchange, strike: &Strike) -> Option<Response<Body>> {
    let seal = |sent| Seal { sent, fault: Some(strike.id), pause: Duration::ZERO };
    let Some(action) = strike.fault.action() else {
        return Some(exchange.process(&seal(Sent::Whole), |answer| answer).into_response(None));
    };
    let answer = canned(action, exchange.asked.origin());
    let sent = if answer.is_some() { Sent::Whole } else { Sent::None };
    exchange.ignore(&seal(sent), answer).map(|answer| answer.into_response(None))
}

fn after(exchange: Exchange, strike: &Strike) -> Option<Response<Body>> {
    let seal = |sent| Seal { sent, fault: Some(strike.id), pause: strike.fault.pause() };
    let Some(action) = strike.fault.action() else {
        return Some(exchange.process(&seal(Sent::Whole), |answer| answer).into_response(None));
    };
    let sent = match action {
        Action::Close => Sent::None,
        Action::Truncate(_) | Action::Endless => Sent::Partial,
        _ => Sent::Whole,
    };
    let other = canned(action, exchange.asked.origin());
    let answer = exchange.process(&seal(sent), |mut answer| {
        spoil(action, &mut answer);
        other.unwrap_or(answer)
    });
    match action {
        Action::Close => None,
        Action::Truncate(bytes) => Some(truncated(answer, *bytes)),
        Action::Endless => Some(endless(answer)),
        _ => Some(answer.into_response(None)),
    }
}

/// The beginning of the body under the length of the whole, and then the connection breaks.
fn truncated(mut answer: Finished, bytes: u64) -> Response<Body> {
    let whole = answer.body.len().max(1);
    answer.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(whole));
    let let_through = usize::try_from(bytes).unwrap_or(usize::MAX).min(whole - 1);
    let start = answer.body.slice(..let_through.min(answer.body.len()));
    let body = start_and_then(start, async || {
        sleep(LEAVING).await;
        Err(io::Error::from(io::ErrorKind::ConnectionAborted))
    });
    answer.into_response(Some(body))
}

/// All of the body but its last byte, and then spaces, until the caller goes.
fn endless(answer: Finished) -> Response<Body> {
    let start = answer.body.slice(..answer.body.len().saturating_sub(1));
    let body = start_and_then(start, async || {
        sleep(DRIP).await;
        Ok(Bytes::from_static(b" "))
    });
    answer.into_response(Some(body))
}

/// A body that begins with `start` and goes on with what `more` makes, for ever.
fn start_and_then<F>(start: Bytes, more: impl Fn() -> F + Clone + Send + Unpin + 'static) -> Body
where
    F: Future<Output = io::Result<Bytes>> + Send,
{
    unfold(Some(start), move |start: Option<Bytes>| {
        let more = more.clone();
        async move {
            let piece =
                if let Some(start) = start.filter(|start| !start.is_empty()) { Ok(start) } else { more().await };
            Some((piece, None))
        }
    })
}
