//! What the result of a call means for the message and its account.

use std::time::Duration;

use zap_facade::{Error, ErrorKind, Outcome, RefusalReason};

use crate::model::{NotSent, PauseReason, Verdict};

/// Returns the verdict of an error. The decisive part is its outcome, which needs proof to be `NotDone`.
pub(super) fn of_error(error: &Error) -> Verdict {
    match error.outcome() {
        Outcome::Done => Verdict::Done,
        Outcome::Unknown => Verdict::Unknown,
        Outcome::NotDone => match pause_reason(error) {
            Some(reason) => Verdict::NotSent(NotSent::AccountRefused(reason)),
            None if error.is_transient() => Verdict::NotSent(NotSent::Busy { wait: wait(error) }),
            None => Verdict::NotDone,
        },
    }
}

/// Returns the reason to pause the account, if every other message would be refused too.
pub(crate) fn pause_reason(error: &Error) -> Option<PauseReason> {
    if error.is_unauthorized() {
        return Some(PauseReason::Credentials);
    }
    if error.is_wrong_base_url() {
        return Some(PauseReason::BaseUrl);
    }
    match error.reason() {
        Some(RefusalReason::Credentials) => Some(PauseReason::Credentials),
        Some(RefusalReason::Plan) => Some(PauseReason::Plan),
        Some(RefusalReason::Limit) => Some(PauseReason::Limit),
        Some(RefusalReason::Unavailable) => Some(PauseReason::Unavailable),
        // Failures of TLS or of a proxy's password do not pass, and have nothing to do with the message.
        _ if error.kind() == ErrorKind::Connect && !error.is_transient() => Some(PauseReason::Unavailable),
        _ => None,
    }
}

fn wait(error: &Error) -> Option<Duration> {
    error.retry_after()
}

#[cfg(test)]
mod tests {
    use zap_facade::ConnectFailure;
    use zap_facade::reqwest::StatusCode;

    use super::*;

    fn error(kind: ErrorKind, outcome: Outcome) -> Error {
        Error::new(kind, outcome, "EscalaZap", "send_message")
    }

    #[test]
    fn each_result_has_its_verdict() {
        let refused = || error(ErrorKind::Refused, Outcome::NotDone);
        let account = |reason| Verdict::NotSent(NotSent::AccountRefused(reason));
        for (error, verdict) in [
            (error(ErrorKind::Undecodable, Outcome::Done), Verdict::Done),
            (error(ErrorKind::Timeout, Outcome::Unknown), Verdict::Unknown),
            // An account that seems to be refused is not proof that nothing was sent.
            (error(ErrorKind::Refused, Outcome::Unknown).with_reason(RefusalReason::Plan), Verdict::Unknown),
            (refused().with_status(StatusCode::UNAUTHORIZED), account(PauseReason::Credentials)),
            (refused().with_reason(RefusalReason::Credentials), account(PauseReason::Credentials)),
            (refused().with_reason(RefusalReason::Plan), account(PauseReason::Plan)),
            (refused().with_reason(RefusalReason::Limit), account(PauseReason::Limit)),
            (refused().with_reason(RefusalReason::Unavailable), account(PauseReason::Unavailable)),
            (refused().with_reason(RefusalReason::NotFound), Verdict::NotDone),
            (refused().with_reason(RefusalReason::Validation), Verdict::NotDone),
            (refused(), Verdict::NotDone),
            (error(ErrorKind::InvalidRequest, Outcome::NotDone), Verdict::NotDone),
            (
                error(ErrorKind::UnexpectedAnswer, Outcome::NotDone).with_status(StatusCode::NOT_FOUND),
                account(PauseReason::BaseUrl),
            ),
            (
                error(ErrorKind::Connect, Outcome::NotDone).with_connect_failure(ConnectFailure::Certificate),
                account(PauseReason::Unavailable),
            ),
            (
                error(ErrorKind::Connect, Outcome::NotDone).with_connect_failure(ConnectFailure::Refused),
                Verdict::NotSent(NotSent::Busy { wait: None }),
            ),
            (
                error(ErrorKind::UnexpectedAnswer, Outcome::NotDone)
                    .with_status(StatusCode::TOO_MANY_REQUESTS)
                    .with_retry_after(Duration::from_secs(17)),
                Verdict::NotSent(NotSent::Busy { wait: Some(Duration::from_secs(17)) }),
            ),
        ] {
            assert_eq!(of_error(&error), verdict, "{error:?}");
        }
    }
}
