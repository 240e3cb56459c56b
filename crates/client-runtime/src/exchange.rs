//! One request and its answer, each phase within its time.

use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqwest::{Request, Response};
use tokio::time::{Instant, sleep, timeout};
use zeroize::Zeroizing;

use crate::answer;
use crate::call::Call;
use crate::client::{Shared, Timeouts};
use crate::error::{Error, ErrorKind, Phase};
use crate::form_body::Progress;
use crate::operation::Operation;
use crate::outcome::{Evidence, Outcome, Verdict};
use crate::response::{Answer, ResponseValue};
use crate::retry::{FailedAttempt, may_repeat};
use crate::trace::Span;

/// Sends a call until it is answered, or may not or need not be sent again.
pub(crate) async fn run<T: Answer>(call: &Call<'_>) -> Result<ResponseValue<T>, Error> {
    let span = Span::new(call);
    let result = span.enter(repeat(call)).await;
    span.record(&result);
    result
}

async fn repeat<T: Answer>(call: &Call<'_>) -> Result<ResponseValue<T>, Error> {
    let Call { client, operation, .. } = *call;
    // It looks into files.
    in_time(call, call.preflight()).await?;
    let (start, mut queued) = (Instant::now(), Duration::ZERO);
    let mut number = 1;
    loop {
        if let Some(limit) = &client.rate_limit {
            let came = Instant::now();
            limit.turn().await;
            queued += came.elapsed();
        }
        let error = match attempt(call).await {
            Ok(answer) => return Ok(ResponseValue { attempts: number, ..answer }),
            Err(error) => error.with_attempts(number),
        };
        if !(may_repeat(operation, &error) && call.is_repeatable()) {
            return Err(error);
        }
        let failed = FailedAttempt { number, elapsed: start.elapsed().saturating_sub(queued), error: &error };
        match client.retry.wait(&failed) {
            Some(wait) => sleep(wait).await,
            None => return Err(error),
        }
        number += 1;
    }
}

/// One request within its time. With files it lasts as long as the network takes more of them.
async fn attempt<T: Answer>(call: &Call<'_>) -> Result<ResponseValue<T>, Error> {
    let Call { client, operation, .. } = *call;
    let (request, progress) = in_time(call, call.to_request()).await?;
    let total = if progress.files { Duration::MAX } else { client.timeouts.total };
    timeout(total, exchange(client, operation, request, &progress))
        .await
        .unwrap_or_else(|_| Err(timed_out(client, operation, Phase::Total, total)))
}

/// What comes before anything is sent, within the time of an attempt.
async fn in_time<T>(call: &Call<'_>, preparation: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    let Call { client, operation, .. } = *call;
    let total = client.timeouts.total;
    timeout(total, preparation).await.unwrap_or_else(|_| {
        let error = client.error(ErrorKind::Timeout, Outcome::NotDone, operation).with_phase(Phase::Total);
        Err(error.with_detail(format!("to open the files took longer than {total:?}; nothing was sent")))
    })
}

/// Sends the request and waits for the head of its answer.
async fn head(
    client: &Shared,
    operation: &'static Operation,
    request: Request,
    progress: &Progress,
) -> Result<Response, Error> {
    let Timeouts { connect, read, .. } = client.timeouts;
    let stalled = || {
        let uploading = progress.files && !progress.is_done();
        let phase = if uploading { Phase::Upload } else { Phase::Answer };
        timed_out(client, operation, phase, read)
    };
    let mut sending = pin!(client.http.execute(request));
    let mut taken = pin!(progress.taken());
    let begin = poll_fn(|context| match sending.as_mut().poll(context) {
        Poll::Ready(result) => Poll::Ready(Some(result)),
        Poll::Pending => taken.as_mut().poll(context).map(|()| None),
    });
    // Our own HTTP client gives up to connect in time, and its error proves that nothing was sent.
    let patience = if client.own_http { connect.saturating_add(read) } else { read };
    let result = match timeout(patience, begin).await {
        Ok(Some(result)) => result,
        Ok(None) => loop {
            match timeout(read.saturating_sub(progress.quiet()), &mut sending).await {
                Ok(result) => break result,
                Err(_) if progress.quiet() < read => {}
                Err(_) => return Err(stalled()),
            }
        },
        Err(_) => return Err(stalled()),
    };
    result.map_err(|error| transport_error(client, operation, error, progress.bytes() > 0))
}

async fn exchange<T: Answer>(
    client: &Shared,
    operation: &'static Operation,
    request: Request,
    progress: &Progress,
) -> Result<ResponseValue<T>, Error> {
    // Only a client of the user's own follows redirects.
    let url = (!client.own_http).then(|| Zeroizing::new(request.url().as_str().to_owned()));
    let mut response = head(client, operation, request, progress).await?;
    let status = response.status();
    if url.is_some_and(|url| *url != response.url().as_str()) {
        // What answered is not what was asked.
        let detail = "the given reqwest client followed a redirect; build it from `http_client_builder`";
        let error = client.error(ErrorKind::UnexpectedAnswer, no_answer(client, operation), operation);
        return Err(error.with_detail(detail).with_answer(status, std::mem::take(response.headers_mut()), None));
    }
    let headers = std::mem::take(response.headers_mut());
    let total = client.timeouts.total;
    let body = timeout(total, read_body(client, operation, &mut response)).await;
    let body = match body.unwrap_or_else(|_| Err(timed_out(client, operation, Phase::Total, total))) {
        Ok(body) => body,
        Err(error) => {
            // The answer did not arrive whole; its status may still prove something.
            let evidence = Evidence::Answer { status: status.as_u16(), verdict: Verdict::Missing };
            let outcome = client.outcome(operation, evidence);
            return Err(error.with_outcome(outcome).with_answer(status, headers, None));
        }
    };
    match answer::judge::<T>(client, operation, status.as_u16(), &body) {
        Ok(value) => {
            let scrubber = Arc::clone(&client.scrubber);
            Ok(ResponseValue { value, status, headers, body, attempts: 1, scrubber })
        }
        Err(error) => Err(error.with_answer(status, headers, Some(body))),
    }
}

async fn read_body(
    client: &Shared,
    operation: &'static Operation,
    response: &mut reqwest::Response,
) -> Result<Bytes, Error> {
    let limit = client.max_answer_bytes;
    let too_large = || {
        let detail = format!("more than {limit} bytes; see `ClientBuilder::max_answer_bytes`");
        client.error(ErrorKind::AnswerTooLarge, no_answer(client, operation), operation).with_detail(detail)
    };
    if response.content_length().is_some_and(|length| length > limit as u64) {
        return Err(too_large());
    }
    let mut first = Bytes::new();
    let mut body = BytesMut::new();
    let mut length = 0;
    loop {
        let chunk = timeout(client.timeouts.read, response.chunk())
            .await
            .map_err(|_| timed_out(client, operation, Phase::Body, client.timeouts.read))?
            .map_err(|error| interrupted(client, operation, error, false))?;
        let Some(chunk) = chunk else { break };
        length += chunk.len();
        if length > limit {
            return Err(too_large());
        }
        // Most answers are one chunk, which needs no copy.
        if first.is_empty() {
            first = chunk;
        } else {
            if body.is_empty() {
                body.extend_from_slice(&first);
            }
            body.extend_from_slice(&chunk);
        }
    }
    Ok(if body.is_empty() { first } else { body.freeze() })
}

/// The outcome when a request was sent and nothing is known of it.
fn no_answer(client: &Shared, operation: &Operation) -> Outcome {
    client.outcome(operation, Evidence::NoAnswer)
}

fn timed_out(client: &Shared, operation: &'static Operation, phase: Phase, limit: Duration) -> Error {
    let detail = match phase {
        Phase::Total => format!("the attempt, or the body of its answer, took longer than {limit:?}"),
        Phase::Upload => format!("the network took nothing more of the file for {limit:?}"),
        _ => format!("nothing came for {limit:?}"),
    };
    client.error(ErrorKind::Timeout, no_answer(client, operation), operation).with_detail(detail).with_phase(phase)
}

/// `uploading`: the error may be that of a stream of the user's own, whose time-outs are not ours.
fn interrupted(client: &Shared, operation: &'static Operation, error: reqwest::Error, uploading: bool) -> Error {
    let kind = if error.is_timeout() && !uploading { ErrorKind::Timeout } else { ErrorKind::Interrupted };
    client.error(kind, no_answer(client, operation), operation).with_source(error.without_url())
}

/// `begun` is whether a part of the body was taken: then there was a connection, whatever the error
/// holds. A stream of the user's own may have failed to connect to where it comes from.
fn transport_error(client: &Shared, operation: &'static Operation, error: reqwest::Error, begun: bool) -> Error {
    let kind = if error.is_connect() && !begun {
        ErrorKind::Connect
    } else if error.is_builder() && client.own_http {
        ErrorKind::InvalidRequest
    } else {
        return interrupted(client, operation, error, begun);
    };
    let outcome = client.outcome(operation, Evidence::NotSent);
    let timed_out = error.is_timeout();
    let error = client.error(kind, outcome, operation).with_source(error.without_url());
    if timed_out { error.with_phase(Phase::Connect) } else { error }
}
