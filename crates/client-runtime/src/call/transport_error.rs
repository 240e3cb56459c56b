//! Errors of requests that got no answer.

use crate::client::inner::Shared;
use crate::error::connect_failure::ConnectFailure;
use crate::error::error::Error;
use crate::error::evidence::Evidence;
use crate::error::kind::{ErrorKind, Phase};
use crate::error::outcome::Outcome;
use crate::policy::timeouts::Timeouts;
use crate::spec::operation::Operation;

/// The outcome when a request was sent and nothing is known of it.
pub(crate) fn no_answer(client: &Shared, operation: &Operation) -> Outcome {
    client.outcome(operation, Evidence::NoAnswer)
}

pub(crate) fn timed_out(client: &Shared, operation: &'static Operation, phase: Phase) -> Error {
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
pub(crate) fn interrupted(
    client: &Shared,
    operation: &'static Operation,
    error: reqwest::Error,
    uploading: bool,
) -> Error {
    let kind = if error.is_timeout() && !uploading { ErrorKind::Timeout } else { ErrorKind::Interrupted };
    client.error(kind, no_answer(client, operation), operation).with_source(client.scrubber.source(error.without_url()))
}

/// `begun` is whether a part of the body was taken: then there was a connection, whatever the error
/// holds. A stream of the user's own may have failed to connect to where it comes from.
pub(crate) fn transport_error(
    client: &Shared,
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
