//! What the result of a call means for the message and its account.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use zap_facade::{Error, ErrorKind, Outcome, RefusalReason};

use crate::content::{ContentError, FileError};
use crate::model::{NotSent, PauseReason, Verdict};

/// How many files in a row that cannot be sent pause the account.
const FILE_ERRORS_IN_A_ROW: u32 = 3;

/// Returns the verdict of an error. The decisive part is its outcome, which needs proof to be `NotDone`.
pub(super) fn of_error(error: &Error) -> Verdict {
    match error.outcome() {
        Outcome::Done => Verdict::Done,
        Outcome::Unknown => Verdict::Unknown,
        Outcome::NotDone => match pause_reason(error) {
            Some(reason) => Verdict::NotSent(NotSent::AccountRefused(reason)),
            None if error.is_transient() => Verdict::NotSent(NotSent::Busy { wait: wait(error) }),
            // It was refused by the client, before anything was sent.
            None if matches!(error.kind(), ErrorKind::InvalidRequest | ErrorKind::Unsupported) => Verdict::Invalid,
            None => Verdict::NotDone,
        },
    }
}

/// Returns the verdict of a message that was not given to the messenger.
pub(super) fn of_content(error: &ContentError, files: &FileErrors) -> Verdict {
    match error {
        // The path is made of the recipient's values, and every machine makes the same.
        ContentError::File(FileError::Parent(_)) => Verdict::Invalid,
        ContentError::File(_) if files.failed() => Verdict::NotSent(NotSent::AccountRefused(PauseReason::Files)),
        ContentError::File(FileError::Io { .. }) => Verdict::NotSent(NotSent::Busy { wait: None }),
        _ => Verdict::Invalid,
    }
}

/// How many files in a row this machine could not read, or had another version of.
#[derive(Debug, Default)]
pub(super) struct FileErrors(AtomicU32);

impl FileErrors {
    /// Counts an error. Returns whether there are so many that every other message would fail too, as on a machine that
    /// does not have the files.
    fn failed(&self) -> bool {
        self.0.fetch_add(1, Ordering::Relaxed) + 1 >= FILE_ERRORS_IN_A_ROW
    }

    pub(super) fn succeeded(&self) {
        self.0.store(0, Ordering::Relaxed);
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
            (error(ErrorKind::InvalidRequest, Outcome::NotDone), Verdict::Invalid),
            (error(ErrorKind::Unsupported, Outcome::NotDone), Verdict::Invalid),
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

    #[test]
    fn a_file_that_cannot_be_read_is_tried_again_and_the_third_in_a_row_pauses_the_account() {
        let io = || ContentError::File(FileError::Io { path: "a".into(), source: std::io::Error::other("broken") });
        let missing = || ContentError::File(FileError::NotFound("a".into()));
        let busy = Verdict::NotSent(NotSent::Busy { wait: None });
        let paused = Verdict::NotSent(NotSent::AccountRefused(PauseReason::Files));
        let files = FileErrors::default();
        assert_eq!(of_content(&io(), &files), busy);
        assert_eq!(of_content(&missing(), &files), Verdict::Invalid);
        files.succeeded();
        assert_eq!(of_content(&missing(), &files), Verdict::Invalid);
        // A path that leads out of its folder does so on every machine.
        assert_eq!(of_content(&ContentError::File(FileError::Parent("..".into())), &files), Verdict::Invalid);
        assert_eq!(of_content(&io(), &files), busy);
        assert_eq!(of_content(&missing(), &files), paused);
        assert_eq!(of_content(&io(), &files), paused);
    }
}
