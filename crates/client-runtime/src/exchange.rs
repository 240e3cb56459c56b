//! One request and its answer, each phase within its time.

use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqwest::header::HeaderMap;
use reqwest::{Response, StatusCode};
use tokio::time::{Instant, sleep, timeout};
use zeroize::Zeroizing;

use crate::answer;
use crate::call::Call;
use crate::client::{Shared, Timeouts};
use crate::connect_failure::ConnectFailure;
use crate::error::{Error, ErrorKind, Phase};
use crate::form_body::{EncodedForm, Progress};
use crate::operation::Operation;
use crate::outcome::{Evidence, Outcome, Verdict};
use crate::response::Decoded;
use crate::retry::{FailedAttempt, may_repeat};
use crate::timer::{Due, Later, Timer, after};
use crate::trace::Span;

/// An answer as it came, and how many times it was asked for.
pub(crate) struct Answered {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) attempts: u32,
}

/// Sends a call until it is answered, or may not or need not be sent again; `value` has what a success says.
///
/// Boxed, and the same for all answers, since the compiler makes a copy of what an `async` function does wherever
/// somebody waits for it: here that would be in every program, once or more for each call in it.
#[inline(never)]
pub(crate) fn run<'c>(call: Call<'c>, value: &'c mut dyn Decoded) -> Later<'c, Result<Answered, Error>> {
    Box::pin(async move {
        let span = Span::new(&call);
        let result = span.enter(repeat(&call, value)).await;
        span.record(&result);
        result
    })
}

async fn repeat(call: &Call<'_>, value: &mut dyn Decoded) -> Result<Answered, Error> {
    preflight(call).await?;
    let mut attempts = Attempts::begin();
    loop {
        let error = match attempts.next(call).await.and_then(|answered| judge(call, answered, value)) {
            Ok(answer) => return Ok(answer),
            Err(error) => error.with_attempts(attempts.number),
        };
        attempts.wait_after(call, error).await?;
    }
}

/// Holds the call to its rules; those that look into files, within the time of an attempt.
async fn preflight(call: &Call<'_>) -> Result<(), Error> {
    if call.form_with_files().is_some() {
        let mut result = Ok(());
        in_time(call, Box::pin(async { result = call.preflight().await })).await?;
        return result;
    }
    call.refused_for(call.broken_rules())
}

/// The answer, if it is a success.
fn judge(call: &Call<'_>, answered: Answered, value: &mut dyn Decoded) -> Result<Answered, Error> {
    let Answered { status, body, .. } = &answered;
    match answer::judge(call.client, call.operation, status.as_u16(), body, value) {
        Ok(()) => Ok(answered),
        Err(error) => Err(error.with_answer(answered.status, answered.headers, Some(answered.body))),
    }
}

/// The attempts of a call.
struct Attempts {
    /// Of the present one, from 1.
    number: u32,
    start: Instant,
    /// For how long they waited for their turns.
    queued: Duration,
}

impl Attempts {
    fn begin() -> Self {
        Self { number: 0, start: Instant::now(), queued: Duration::ZERO }
    }

    async fn next(&mut self, call: &Call<'_>) -> Result<Answered, Error> {
        self.number += 1;
        if let Some(limit) = &call.client.rate_limit {
            let came = Instant::now();
            limit.turn().await;
            self.queued += came.elapsed();
        }
        attempt(call, self.number).await
    }

    /// Waits until the call may be sent again; the error, if it may not.
    async fn wait_after(&self, call: &Call<'_>, error: Error) -> Result<(), Error> {
        if !(may_repeat(call.operation, &error) && call.is_repeatable()) {
            return Err(error);
        }
        let elapsed = self.start.elapsed().saturating_sub(self.queued);
        let failed = FailedAttempt { number: self.number, elapsed, error: &error };
        match call.client.retry.wait(&failed) {
            Some(wait) => sleep(wait).await,
            None => return Err(error),
        }
        Ok(())
    }
}

/// One request within its time. With files it lasts as long as the network takes more of them.
async fn attempt(call: &Call<'_>, attempts: u32) -> Result<Answered, Error> {
    let Call { client, operation, .. } = *call;
    let mut encoded = None;
    if let Some(form) = call.form_with_files() {
        in_time(call, Box::pin(async { encoded = Some(form.encode_files().await) })).await?;
    }
    let encoded = encoded.transpose().map_err(|error| call.unsendable(error))?;
    let Sending { answer, progress, url } = start(call, encoded)?;
    let start = Instant::now();
    let mut sleep = pin!(None);
    let mut timer = Timer::new(sleep.as_mut(), client.timeouts);
    let mut response = head(client, operation, pin!(answer), &progress, start, &mut timer).await?;
    let status = response.status();
    if url.is_some_and(|url| *url != response.url().as_str()) {
        // What answered is not what was asked.
        let detail = "the given reqwest client followed a redirect; build it from `http_client_builder`";
        let error = client.error(ErrorKind::UnexpectedAnswer, no_answer(client, operation), operation);
        return Err(error.with_detail(detail).with_answer(status, std::mem::take(response.headers_mut()), None));
    }
    let headers = std::mem::take(response.headers_mut());
    let end = after(if progress.files { Instant::now() } else { start }, client.timeouts.total);
    match read_body(client, operation, &mut response, end, &mut timer).await {
        Ok(body) => Ok(Answered { status, headers, body, attempts }),
        Err(error) => {
            // The answer did not arrive whole; its status may still prove something.
            let evidence = Evidence::Answer { status: status.as_u16(), verdict: Verdict::Missing };
            let outcome = client.outcome(operation, evidence);
            Err(error.with_outcome(outcome).with_answer(status, headers, None))
        }
    }
}

/// A request on its way.
struct Sending<F> {
    answer: F,
    progress: Arc<Progress>,
    /// Where it goes, if that is to be compared: only a client of the user's own follows redirects.
    url: Option<Zeroizing<String>>,
}

fn start(call: &Call<'_>, encoded: Option<EncodedForm>) -> Result<Sending<impl Future<Output = Sent> + use<>>, Error> {
    let (request, progress) = call.to_request(encoded)?;
    let url = (!call.client.own_http).then(|| Zeroizing::new(request.url().as_str().to_owned()));
    Ok(Sending { answer: call.client.http.execute(request), progress, url })
}

/// What comes before anything is sent, within the time of an attempt.
async fn in_time(call: &Call<'_>, preparation: Later<'_, ()>) -> Result<(), Error> {
    let Call { client, operation, .. } = *call;
    let total = client.timeouts.total;
    timeout(total, preparation).await.map_err(|_| {
        let error = client.error(ErrorKind::Timeout, Outcome::NotDone, operation).with_timeout_phase(Phase::Total);
        error.with_detail(format!("to open the files took longer than {total:?}; nothing was sent"))
    })
}

/// What becomes of a request that is sent.
type Sent = Result<Response, reqwest::Error>;

/// Waits for the head of the answer.
async fn head(
    client: &Shared,
    operation: &'static Operation,
    answer: Pin<&mut impl Future<Output = Sent>>,
    progress: &Progress,
    start: Instant,
    timer: &mut Timer<'_>,
) -> Result<Response, Error> {
    let Timeouts { connect, read, total, .. } = client.timeouts;
    // Our own HTTP client gives up to connect in time, and its error proves that nothing was sent.
    let patience = if client.own_http { connect.saturating_add(read) } else { read };
    let due = || {
        let quiet = progress.last().map_or_else(|| after(start, patience), |last| after(last, read));
        if progress.files {
            return (quiet, if progress.is_done() { Phase::Answer } else { Phase::Upload });
        }
        first((quiet, Phase::Answer), (after(start, total), Phase::Total))
    };
    match timer.within(answer, due).await {
        Ok(result) => result.map_err(|error| transport_error(client, operation, error, progress.bytes() > 0)),
        Err(phase) => Err(timed_out(client, operation, phase)),
    }
}

/// The body of an answer; all of it is to be there at `end`.
async fn read_body(
    client: &Shared,
    operation: &'static Operation,
    response: &mut Response,
    end: Instant,
    timer: &mut Timer<'_>,
) -> Result<Bytes, Error> {
    let limit = client.max_answer_bytes;
    let too_large = || {
        let detail = format!("more than {limit} bytes; see `ClientBuilder::max_answer_bytes`");
        client.error(ErrorKind::AnswerTooLarge, no_answer(client, operation), operation).with_detail(detail)
    };
    if response.content_length().is_some_and(|length| length > limit as u64) {
        return Err(too_large());
    }
    let mut whole = Bytes::new();
    let mut body = BytesMut::new();
    let mut length = 0;
    loop {
        let mut since = None;
        let due = || {
            let since = *since.get_or_insert_with(Instant::now);
            first((after(since, client.timeouts.read), Phase::Body), (end, Phase::Total))
        };
        let chunk = timer
            .within(pin!(response.chunk()), due)
            .await
            .map_err(|phase| timed_out(client, operation, phase))?
            .map_err(|error| interrupted(client, operation, error, false))?;
        let Some(chunk) = chunk else { break };
        length += chunk.len();
        if length > limit {
            return Err(too_large());
        }
        // Most answers are one chunk, which needs no copy.
        if whole.is_empty() {
            whole = chunk;
        } else {
            if body.is_empty() {
                body.extend_from_slice(&whole);
            }
            body.extend_from_slice(&chunk);
        }
    }
    Ok(if body.is_empty() { whole } else { body.freeze() })
}

/// The one that is over first.
fn first(one: Due, other: Due) -> Due {
    if other.0 < one.0 { other } else { one }
}

/// The outcome when a request was sent and nothing is known of it.
fn no_answer(client: &Shared, operation: &Operation) -> Outcome {
    client.outcome(operation, Evidence::NoAnswer)
}

fn timed_out(client: &Shared, operation: &'static Operation, phase: Phase) -> Error {
    let Timeouts { read, total, .. } = client.timeouts;
    let detail = match phase {
        Phase::Total => format!("the attempt, or the body of its answer, took longer than {total:?}"),
        Phase::Upload => format!("the network took nothing more of the file for {read:?}"),
        _ => format!("nothing came for {read:?}"),
    };
    client
        .error(ErrorKind::Timeout, no_answer(client, operation), operation)
        .with_detail(detail)
        .with_timeout_phase(phase)
}

/// `uploading`: the error may be that of a stream of the user's own, whose time-outs are not ours.
fn interrupted(client: &Shared, operation: &'static Operation, error: reqwest::Error, uploading: bool) -> Error {
    let kind = if error.is_timeout() && !uploading { ErrorKind::Timeout } else { ErrorKind::Interrupted };
    client.error(kind, no_answer(client, operation), operation).with_source(client.scrubber.source(error.without_url()))
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
    let mut failed = client.error(kind, outcome, operation);
    if kind == ErrorKind::Connect {
        let (failure, detail) = ConnectFailure::of(&error, &client.http, client.urls.base());
        failed = failed.with_connect_failure(failure).with_detail(client.scrub(&detail));
    }
    if timed_out {
        failed = failed.with_timeout_phase(Phase::Connect);
    }
    failed.with_source(client.scrubber.source(error.without_url()))
}
