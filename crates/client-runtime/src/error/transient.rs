//! Whether a failed call may succeed later.

use crate::error::causes::causes;
use crate::error::connect_failure::ConnectFailure;
use crate::error::error::Error;
use crate::error::form_error::is_wrong_length;
use crate::error::kind::ErrorKind;
use crate::error::outcome::Outcome;
use crate::spec::envelope::RefusalReason;

impl Error {
    /// Returns whether the same call may succeed later without a fix: the account sends too many requests (429), the
    /// provider or a proxy is down or reports a failure with a temporary status such as 503, the connection failed or broke, something took too long, or the provider was
    /// [not ready](RefusalReason::NotReady).
    ///
    /// This does not tell you whether the failed call took effect, and [`outcome`](Self::outcome) does not tell you
    /// whether waiting helps. Check both:
    ///
    /// | `outcome()` | `is_transient()` | what to do |
    /// |---|---|---|
    /// | `NotDone` | true | wait ([`retry_after`](Self::retry_after), or longer each time), then send again |
    /// | `NotDone` | false | fix the cause first: values, credentials, the account, the base URL |
    /// | `Unknown` | true | check whether it happened; if not, wait and send again |
    /// | `Unknown` | false | check whether it happened; if not, fix the cause before you send again |
    /// | `Done` | false | never send again |
    ///
    /// These failures are not transient:
    ///
    /// - any other refusal, unless its HTTP status is 408, 425, 429, 500, 502, 503, 504 or 520 to 524, because a service
    ///   that fails for a while looks the same as a request that always fails. This includes the remark `exception` with
    ///   which ExternalApi reports both;
    /// - failures to connect because of certificates, TLS or a proxy's password, see
    ///   [`connect_failure`](Self::connect_failure);
    /// - a file whose length differs from the given one.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        if self.outcome() == Outcome::Done {
            return false;
        }
        match self.kind() {
            ErrorKind::InvalidRequest | ErrorKind::Unsupported | ErrorKind::Undecodable => false,
            ErrorKind::Connect => self.connect_failure().is_none_or(ConnectFailure::is_transient),
            ErrorKind::Timeout => true,
            ErrorKind::Interrupted if causes(self).any(is_wrong_length) => false,
            // If the status of the answer is a refusal, the rest of the answer would not have changed that.
            ErrorKind::Interrupted => {
                self.status().is_none_or(|status| status.is_success()) || self.has_transient_status()
            }
            ErrorKind::Refused if self.reason() == Some(RefusalReason::NotReady) => true,
            ErrorKind::Refused | ErrorKind::UnexpectedAnswer | ErrorKind::AnswerTooLarge => self.has_transient_status(),
        }
    }

    fn has_transient_status(&self) -> bool {
        // Other server errors that the API itself sends may be caused by the request.
        let status = self.status().map_or(0, |status| status.as_u16());
        self.is_provider_down() || matches!(status, 408 | 425 | 429 | 500 | 502 | 503 | 504 | 520..=524)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use reqwest::StatusCode;

    use super::*;

    fn error(kind: ErrorKind) -> Error {
        Error::new(kind, Outcome::Unknown, "Test", "send")
    }

    fn answered(kind: ErrorKind, status: u16) -> Error {
        error(kind).with_status(StatusCode::from_u16(status).unwrap())
    }

    #[test]
    fn waiting_helps_with_what_passes_by_itself() {
        for kind in [ErrorKind::Timeout, ErrorKind::Interrupted, ErrorKind::Connect] {
            assert!(error(kind).is_transient(), "{kind:?}");
        }
        for kind in
            [ErrorKind::InvalidRequest, ErrorKind::Unsupported, ErrorKind::Undecodable, ErrorKind::AnswerTooLarge]
        {
            assert!(!error(kind).is_transient(), "{kind:?}");
        }
        for (failure, passes) in [
            (ConnectFailure::NameNotFound, true),
            (ConnectFailure::Refused, true),
            (ConnectFailure::Unreachable, true),
            (ConnectFailure::Timeout, true),
            (ConnectFailure::Proxy, true),
            (ConnectFailure::Other, true),
            (ConnectFailure::Certificate, false),
            (ConnectFailure::Tls, false),
            (ConnectFailure::ProxyCredentials, false),
        ] {
            assert_eq!(error(ErrorKind::Connect).with_connect_failure(failure).is_transient(), passes, "{failure:?}");
        }
    }

    #[test]
    fn a_status_says_whether_it_passes() {
        for status in 100..600 {
            let passes = matches!(status, 408 | 425 | 429 | 500 | 502 | 503 | 504 | 520..=524);
            assert_eq!(answered(ErrorKind::Refused, status).is_transient(), passes, "HTTP {status}");
            // A page: a proxy's, or that of a provider in maintenance, whatever server error it is.
            let down = passes || matches!(status, 302 | 307 | 500..=599);
            assert_eq!(answered(ErrorKind::UnexpectedAnswer, status).is_transient(), down, "HTTP {status}");
            assert_eq!(answered(ErrorKind::AnswerTooLarge, status).is_transient(), down, "HTTP {status}");
            let cut = down || (200..300).contains(&status);
            assert_eq!(answered(ErrorKind::Interrupted, status).is_transient(), cut, "HTTP {status}");
        }
    }

    #[test]
    fn a_refusal_under_200_does_not_pass() {
        for reason in
            [RefusalReason::Credentials, RefusalReason::Validation, RefusalReason::Limit, RefusalReason::Unavailable]
        {
            assert!(!answered(ErrorKind::Refused, 200).with_reason(reason).is_transient(), "{reason:?}");
        }
        assert!(!answered(ErrorKind::Refused, 200).with_remark("exception").is_transient());
    }

    #[test]
    fn a_provider_that_was_not_ready_is_ready_at_once() {
        let error = answered(ErrorKind::Refused, 400).with_reason(RefusalReason::NotReady);
        assert!(error.is_transient());
        assert_eq!(error.retry_after(), Some(Duration::ZERO));
        let later = error.with_retry_after(Duration::from_secs(3));
        assert_eq!(later.retry_after(), Some(Duration::from_secs(3)), "what the server asks for comes first");
    }

    #[test]
    fn what_happened_needs_no_waiting() {
        for kind in [ErrorKind::Timeout, ErrorKind::Interrupted, ErrorKind::Undecodable] {
            assert!(!Error::new(kind, Outcome::Done, "Test", "send").is_transient(), "{kind:?}");
        }
    }
}
