//! One request and its answer, each phase within its time.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqwest::Request;

use crate::answer;
use crate::client::Shared;
use crate::error::{Error, ErrorKind};
use crate::operation::Operation;
use crate::outcome::{Evidence, Outcome, Verdict, outcome};
use crate::response::{Answer, ResponseValue};

/// Sends `request` and judges the answer. `progress`, of a request with files, counts the bytes
/// that the network has taken: such a call lasts as long as they grow.
pub(crate) async fn run<T: Answer>(
    client: &Shared,
    operation: &'static Operation,
    request: Request,
    progress: Option<Arc<AtomicU64>>,
) -> Result<ResponseValue<T>, Error> {
    let total = if progress.is_some() { Duration::MAX } else { client.timeouts.total };
    let exchange = once(client, operation, request, progress.as_deref());
    tokio::time::timeout(total, exchange).await.unwrap_or_else(|_| {
        let limit = format!("the call took longer than {total:?}");
        Err(client.error(ErrorKind::Timeout, no_answer(client, operation), operation).with_detail(limit))
    })
}

async fn once<T: Answer>(
    client: &Shared,
    operation: &'static Operation,
    request: Request,
    progress: Option<&AtomicU64>,
) -> Result<ResponseValue<T>, Error> {
    let mut sending = std::pin::pin!(client.http.execute(request));
    let mut response = loop {
        let before = progress.map(|sent| sent.load(Ordering::Relaxed));
        match tokio::time::timeout(client.timeouts.read, &mut sending).await {
            Ok(Ok(response)) => break response,
            Ok(Err(error)) => return Err(transport_error(client, operation, error)),
            Err(_) if before != progress.map(|sent| sent.load(Ordering::Relaxed)) => {}
            Err(_) => return Err(stalled(client, operation)),
        }
    };
    let status = response.status();
    let headers = std::mem::take(response.headers_mut());
    let body = match read_body(client, operation, &mut response).await {
        Ok(body) => body,
        Err(error) => {
            // The answer did not arrive whole; its status may still prove something.
            let evidence = Evidence::Answer { status: status.as_u16(), verdict: Verdict::Missing };
            let outcome = outcome(operation.safety, &client.api.envelope, evidence);
            return Err(error.with_outcome(outcome).with_answer(status, headers, None));
        }
    };
    match answer::judge::<T>(client, operation, status.as_u16(), &body) {
        Ok(value) => Ok(ResponseValue { value, status, headers, body }),
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
    loop {
        let chunk = tokio::time::timeout(client.timeouts.read, response.chunk())
            .await
            .map_err(|_| stalled(client, operation))?
            .map_err(|error| interrupted(client, operation, error))?;
        let Some(chunk) = chunk else { break };
        if first.len() + body.len() + chunk.len() > limit {
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
    outcome(operation.safety, &client.api.envelope, Evidence::NoAnswer)
}

fn stalled(client: &Shared, operation: &'static Operation) -> Error {
    let detail = format!("nothing moved for {:?}", client.timeouts.read);
    client.error(ErrorKind::Timeout, no_answer(client, operation), operation).with_detail(detail)
}

fn interrupted(client: &Shared, operation: &'static Operation, error: reqwest::Error) -> Error {
    let kind = if error.is_timeout() { ErrorKind::Timeout } else { ErrorKind::Interrupted };
    client.error(kind, no_answer(client, operation), operation).with_source(error.without_url())
}

fn transport_error(client: &Shared, operation: &'static Operation, error: reqwest::Error) -> Error {
    let kind = if error.is_connect() {
        ErrorKind::Connect
    } else if error.is_builder() {
        ErrorKind::InvalidRequest
    } else {
        return interrupted(client, operation, error);
    };
    let outcome = outcome(operation.safety, &client.api.envelope, Evidence::NotSent);
    client.error(kind, outcome, operation).with_source(error.without_url())
}
