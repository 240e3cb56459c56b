//! Sends one request and receives its answer, within the time limits.

use std::pin::{Pin, pin};
use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use reqwest::Response;
use tokio::time::{Instant, timeout};
use zeroize::Zeroizing;

use crate::body::segments::EncodedForm;
use crate::body::upload_progress::UploadProgress;
use crate::call::call::Call;
use crate::call::raw_response::RawResponse;
use crate::call::transport_error::{interrupted, no_answer, timed_out, transport_error};
use crate::client::inner::ClientInner;
use crate::error::error::Error;
use crate::error::evidence::{Verdict, WireEvidence};
use crate::error::kind::{ErrorKind, Phase};
use crate::error::outcome::Outcome;
use crate::policy::deadline::{Due, Timer, after};
use crate::policy::timeouts::Timeouts;
use crate::spec::operation::Operation;
use crate::util::future::BoxFuture;

/// Sends one request and receives its answer, within the time limits. An upload of files may take as long as it makes
/// progress.
pub(crate) async fn attempt(call: &Call<'_>, attempts: u32) -> Result<RawResponse, Error> {
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
        // Another URL answered than the one that was called.
        let detail = "the supplied reqwest client followed a redirect; build it with `http_client_builder`";
        let error = client.error(ErrorKind::UnexpectedAnswer, no_answer(client, operation), operation);
        return Err(error.with_detail(detail).with_answer(status, std::mem::take(response.headers_mut()), None));
    }
    let headers = std::mem::take(response.headers_mut());
    let end = after(if progress.files { Instant::now() } else { start }, client.timeouts.total);
    match read_body(client, operation, &mut response, end, &mut timer).await {
        Ok(body) => Ok(RawResponse { status, headers, body, attempts }),
        Err(error) => {
            // The answer is incomplete, but its status may still be proof.
            let evidence = WireEvidence::Answer { status: status.as_u16(), verdict: Verdict::Missing };
            let outcome = client.outcome(operation, evidence);
            Err(error.with_outcome(outcome).with_answer(status, headers, None))
        }
    }
}

/// A request that is being sent.
struct Sending<F> {
    answer: F,
    progress: Arc<UploadProgress>,
    /// Its URL, to detect redirects, which only an HTTP client that the caller supplied follows.
    url: Option<Zeroizing<String>>,
}

fn start(call: &Call<'_>, encoded: Option<EncodedForm>) -> Result<Sending<impl Future<Output = Sent> + use<>>, Error> {
    let (request, progress) = call.to_request(encoded)?;
    let url = (!call.client.own_http).then(|| Zeroizing::new(request.url().as_str().to_owned()));
    Ok(Sending { answer: call.client.http.execute(request), progress, url })
}

/// Runs what comes before sending, within the time limit of an attempt.
pub(crate) async fn in_time(call: &Call<'_>, preparation: BoxFuture<'_, ()>) -> Result<(), Error> {
    let Call { client, operation, .. } = *call;
    let total = client.timeouts.total;
    timeout(total, preparation).await.map_err(|_| {
        let error = client.error(ErrorKind::Timeout, Outcome::NotDone, operation).with_timeout_phase(Phase::Total);
        error.with_detail(format!("opening the files took longer than {total:?}; nothing was sent"))
    })
}

/// The result of sending a request.
type Sent = Result<Response, reqwest::Error>;

/// Waits for the status and the headers of the answer.
async fn head(
    client: &ClientInner,
    operation: &'static Operation,
    answer: Pin<&mut impl Future<Output = Sent>>,
    progress: &UploadProgress,
    start: Instant,
    timer: &mut Timer<'_>,
) -> Result<Response, Error> {
    let Timeouts { connect, read, total, .. } = client.timeouts;
    // Our own HTTP client has a limit for connecting, and its error proves that nothing was sent.
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

/// Receives the body of an answer, until `end` at the latest.
async fn read_body(
    client: &ClientInner,
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
        // Most answers are one chunk, which is not copied.
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

/// Returns the limit that ends first.
fn first(one: Due, other: Due) -> Due {
    if other.0 < one.0 { other } else { one }
}
