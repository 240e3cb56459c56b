//! Applies a fault to a call, the same way for all providers.

use std::{io, sync::Arc, time::Duration};

use axum::{
    body::Body,
    http::{HeaderValue, Response, header},
};
use bytes::Bytes;
use tokio::{sync::oneshot, time::sleep};

use crate::{
    answer::EncodedAnswer,
    fault::{Action, AppliedFault, Moment, corrupt, replacement},
    ledger::Sent,
    unfold::unfold,
};

use super::pending_call::{FaultRecord, PendingCall};

/// How long to wait before the connection breaks, so that the bytes before it are sent.
const LEAVING: Duration = Duration::from_millis(20);
/// The interval between the bytes of a body that never ends.
const DRIP: Duration = Duration::from_millis(100);

/// Returns the answer to a call that a fault applies to, or `None` to reset the connection.
pub(super) async fn apply_fault(call: PendingCall, applied: AppliedFault) -> Option<Response<Body>> {
    let pause = applied.fault.pause();
    match applied.fault.moment() {
        Moment::Before if pause.is_zero() => before(call, &applied),
        Moment::Before => {
            // In its own task, because a real server continues even if its caller has given up.
            let (answer, answered) = oneshot::channel();
            let app = Arc::clone(&call.app);
            app.spawn(async move {
                sleep(pause).await;
                // The caller may be gone.
                let _ = answer.send(before(call, &applied));
            });
            // A reset of the sandbox aborts the task, and then there is no answer.
            answered.await.ok().flatten()
        }
        Moment::After => {
            let response = after(call, &applied);
            sleep(pause).await;
            response
        }
    }
}

fn before(call: PendingCall, applied: &AppliedFault) -> Option<Response<Body>> {
    let record = |sent| FaultRecord { sent, id: Some(applied.id), pause: Duration::ZERO };
    let Some(action) = applied.fault.action() else {
        return Some(call.process(&record(Sent::Whole), |answer| answer).into_response(None));
    };
    let answer = replacement(action, call.request.origin());
    let sent = if answer.is_some() { Sent::Whole } else { Sent::None };
    call.ignore(&record(sent), answer).map(|answer| answer.into_response(None))
}

fn after(call: PendingCall, applied: &AppliedFault) -> Option<Response<Body>> {
    let record = |sent| FaultRecord { sent, id: Some(applied.id), pause: applied.fault.pause() };
    let Some(action) = applied.fault.action() else {
        return Some(call.process(&record(Sent::Whole), |answer| answer).into_response(None));
    };
    let sent = match action {
        Action::Close => Sent::None,
        Action::Truncate(_) | Action::Endless => Sent::Partial,
        _ => Sent::Whole,
    };
    let other = replacement(action, call.request.origin());
    let answer = call.process(&record(sent), |mut answer| {
        corrupt(action, &mut answer);
        other.unwrap_or(answer)
    });
    match action {
        Action::Close => None,
        Action::Truncate(bytes) => Some(truncated(answer, *bytes)),
        Action::Endless => Some(endless(answer)),
        _ => Some(answer.into_response(None)),
    }
}

/// Sends the beginning of the body under the `Content-Length` of the whole, and then breaks the connection.
fn truncated(mut answer: EncodedAnswer, bytes: u64) -> Response<Body> {
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

/// Sends all of the body but its last byte, and then spaces until the caller disconnects.
fn endless(answer: EncodedAnswer) -> Response<Body> {
    let start = answer.body.slice(..answer.body.len().saturating_sub(1));
    let body = start_and_then(start, async || {
        sleep(DRIP).await;
        Ok(Bytes::from_static(b" "))
    });
    answer.into_response(Some(body))
}

/// Returns a body that begins with `start` and continues with what `more` returns, without end.
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
