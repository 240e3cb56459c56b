//! Errors of requests without a complete answer.

use crate::client::inner::ClientInner;
use crate::error::connect_failure::ConnectFailure;
use crate::error::error::Error;
use crate::error::evidence::WireEvidence;
use crate::error::kind::{ErrorKind, Phase};
use crate::error::outcome::Outcome;
use crate::policy::timeouts::Timeouts;
use crate::spec::operation::Operation;

/// Returns the outcome of a request that was sent and not answered.
pub(crate) fn no_answer(client: &ClientInner, operation: &Operation) -> Outcome {
    client.outcome(operation, WireEvidence::NoAnswer)
}

/// Returns the error of a time limit that ended in `phase`.
pub(crate) fn timed_out(client: &ClientInner, operation: &'static Operation, phase: Phase) -> Error {
    let Timeouts { read, total, .. } = client.timeouts;
    let detail = match phase {
        Phase::Total => format!("the attempt, or receiving the body of its answer, took longer than {total:?}"),
        Phase::Upload => format!("the network accepted no more of the file for {read:?}"),
        _ => format!("nothing was received for {read:?}"),
    };
    client
        .error(ErrorKind::Timeout, no_answer(client, operation), operation)
        .with_detail(detail)
        .with_timeout_phase(phase)
}

/// Returns the error of a connection that broke. While `uploading`, a time-out may be that of the caller's stream, and not
/// one of the HTTP client.
pub(crate) fn interrupted(
    client: &ClientInner,
    operation: &'static Operation,
    error: reqwest::Error,
    uploading: bool,
) -> Error {
    let kind = if error.is_timeout() && !uploading { ErrorKind::Timeout } else { ErrorKind::Interrupted };
    client.error(kind, no_answer(client, operation), operation).with_source(client.scrubber.source(error.without_url()))
}

/// Returns the error of a request that was not answered. If the upload has `begun`, there was a connection, even if the error
/// says otherwise: the caller's stream may have failed to connect to its own source.
pub(crate) fn transport_error(
    client: &ClientInner,
    operation: &'static Operation,
    error: reqwest::Error,
    begun: bool,
) -> Error {
    let kind = if error.is_connect() && !begun {
        ErrorKind::Connect
    } else if error.is_builder() && client.own_http {
        ErrorKind::InvalidRequest
    } else {
        return interrupted(client, operation, error, begun);
    };
    let outcome = client.outcome(operation, WireEvidence::NotSent);
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
