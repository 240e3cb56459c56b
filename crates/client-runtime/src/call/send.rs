//! Sends a call, and retries it if that is harmless.

use std::time::Duration;

use bytes::Bytes;
use reqwest::header::{CONTENT_ENCODING, HeaderMap};
use tokio::time::{Instant, sleep};

use crate::call::attempt::{attempt, in_time};
use crate::call::call::Call;
use crate::call::judge;
use crate::call::raw_response::RawResponse;
use crate::call::response::{Answer, DecodeTarget, ResponseValue};
use crate::call::root_value::{JsonRoot, Nothing, RootValue, Text};
use crate::call::trace::Span;
use crate::client::credentials::JSON;
use crate::error::error::Error;
use crate::error::evidence::{Verdict, WireEvidence};
use crate::error::kind::ErrorKind;
use crate::error::outcome::Outcome;
use crate::policy::retry::{FailedAttempt, may_retry};
use crate::util::future::BoxFuture;

impl Call<'_> {
    /// Sends the call and decodes the answer.
    ///
    /// The client sends a change once, and again only if the request provably never left this machine or has an idempotency
    /// key. If you drop the future, the call stops waiting. This does not take back a request that was already sent, so the outcome of a
    /// change is then unknown.
    pub async fn send<T: Answer>(self) -> Result<ResponseValue<T>, Error> {
        let (client, mut value) = (self.client, T::default());
        let response = run(self, &mut value).await?;
        Ok(ResponseValue::new(value, response, &client.scrubber))
    }

    /// Sends the call as [`Call::send`] does, and decodes an answer that is a list, a scalar or any JSON.
    ///
    /// This and the functions below are for APIs that report success with the HTTP status.
    pub async fn send_json<T: RootValue>(self) -> Result<ResponseValue<T>, Error> {
        let (client, mut value) = (self.client, JsonRoot(T::default()));
        let response = run(self, &mut value).await?;
        Ok(ResponseValue::new(value.0, response, &client.scrubber))
    }

    /// Sends the call as [`Call::send`] does, for an answer that is text.
    pub async fn send_text(self) -> Result<ResponseValue<String>, Error> {
        let (client, mut value) = (self.client, Text(String::new()));
        let response = run(self, &mut value).await?;
        Ok(ResponseValue::new(value.0, response, &client.scrubber))
    }

    /// Sends the call as [`Call::send`] does, for an answer of any bytes.
    pub async fn send_bytes(self) -> Result<ResponseValue<Bytes>, Error> {
        let (client, mut value) = (self.client, Bytes::new());
        let response = run(self, &mut value).await?;
        Ok(ResponseValue::new(value, response, &client.scrubber))
    }

    /// Sends the call as [`Call::send`] does, for an answer without a body. A body that comes nevertheless is not read.
    pub async fn send_unit(self) -> Result<ResponseValue<()>, Error> {
        let client = self.client;
        let response = run(self, &mut Nothing).await?;
        Ok(ResponseValue::new((), response, &client.scrubber))
    }
}

/// Sends a call, with retries, and decodes a success into `value`.
///
/// Boxed and non-generic, so the future is compiled once instead of once per caller.
#[inline(never)]
pub(crate) fn run<'c>(call: Call<'c>, value: &'c mut dyn DecodeTarget) -> BoxFuture<'c, Result<RawResponse, Error>> {
    Box::pin(async move {
        let span = Span::new(&call);
        let result = span.enter(repeat(&call, value)).await;
        span.record(&result);
        result
    })
}

async fn repeat(call: &Call<'_>, value: &mut dyn DecodeTarget) -> Result<RawResponse, Error> {
    preflight(call).await?;
    let mut attempts = Attempts::begin();
    loop {
        let error = match attempts.next(call).await.and_then(|response| judge(call, response, value)) {
            Ok(answer) => return Ok(answer),
            Err(error) => {
                attempts.of_all(error).with_attempts(attempts.number).with_idempotency_key(call.idempotency_key())
            }
        };
        attempts.wait_after(call, error).await?;
    }
}

/// Validates the call. Reading its files is subject to the time limit of an attempt.
async fn preflight(call: &Call<'_>) -> Result<(), Error> {
    if call.form_with_files().is_some() {
        let mut result = Ok(());
        in_time(call, Box::pin(async { result = call.preflight().await })).await?;
        return result;
    }
    call.refused_for(call.broken_rules())
}

/// Returns the answer if it is a success.
fn judge(call: &Call<'_>, response: RawResponse, value: &mut dyn DecodeTarget) -> Result<RawResponse, Error> {
    let RawResponse { status, headers, body, .. } = &response;
    // The HTTP library removes the encodings that it knows, and their header.
    if call.operation.accept != JSON && status.is_success() && is_encoded(headers) {
        let evidence = WireEvidence::Answer { status: status.as_u16(), verdict: Verdict::Missing };
        let outcome = call.client.outcome(call.operation, evidence);
        let detail =
            "the answer is compressed, which was not asked for; turn on reqwest's feature for its `content-encoding`";
        let error = call.client.error(ErrorKind::UnexpectedAnswer, outcome, call.operation).with_detail(detail);
        return Err(error.with_answer(response.status, response.headers, Some(response.body)));
    }
    match judge::judge(call.client, call.operation, status.as_u16(), body, value) {
        Ok(()) => Ok(response),
        Err(error) => Err(error.with_answer(response.status, response.headers, Some(response.body))),
    }
}

/// Returns whether a body is not in its own media type.
fn is_encoded(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_ENCODING).is_some_and(|encoding| !encoding.as_bytes().eq_ignore_ascii_case(b"identity"))
}

/// The attempts of a call.
struct Attempts {
    /// The number of the current attempt, from 1.
    number: u32,
    start: Instant,
    /// How long the attempts have waited for the rate limit.
    queued: Duration,
    /// Whether an earlier attempt may have had the effect.
    perhaps_done: bool,
}

impl Attempts {
    fn begin() -> Self {
        Self { number: 0, start: Instant::now(), queued: Duration::ZERO, perhaps_done: false }
    }

    async fn next(&mut self, call: &Call<'_>) -> Result<RawResponse, Error> {
        self.number += 1;
        if let Some(limit) = &call.client.rate_limit {
            let came = Instant::now();
            limit.turn().await;
            self.queued += came.elapsed();
        }
        attempt(call, self.number).await
    }

    /// Returns the error of the current attempt as that of the call. A refusal of a repeated change says nothing about the
    /// attempts before it.
    fn of_all(&self, error: Error) -> Error {
        if self.perhaps_done && error.outcome() == Outcome::NotDone {
            error.with_outcome(Outcome::Unknown)
        } else {
            error
        }
    }

    /// Waits until the call may be sent again. Returns the error if it may not.
    async fn wait_after(&mut self, call: &Call<'_>, error: Error) -> Result<(), Error> {
        if !(may_retry(call.operation, &error) && call.is_repeatable()) {
            return Err(error);
        }
        let elapsed = self.start.elapsed().saturating_sub(self.queued);
        let failed = FailedAttempt { number: self.number, elapsed, error: &error };
        match call.client.retry.wait(&failed) {
            Some(wait) => sleep(wait).await,
            None => return Err(error),
        }
        self.perhaps_done |= error.outcome() == Outcome::Unknown;
        Ok(())
    }
}
