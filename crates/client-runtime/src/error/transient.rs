//! Whether waiting helps.

use crate::error::causes::causes;
use crate::error::connect_failure::ConnectFailure;
use crate::error::error::Error;
use crate::error::form_error::is_wrong_length;
use crate::error::kind::ErrorKind;
use crate::error::outcome::Outcome;

impl Error {
    /// Whether the same call may succeed later without anybody changing anything: requests come too fast (429), the
    /// provider or a proxy is down, the connection failed or broke, something took too long.
    ///
    /// It says nothing about what the failed call did, and [`outcome`](Self::outcome) says nothing about whether waiting
    /// helps. Ask both:
    ///
    /// | `outcome()` | `is_transient()` | what to do |
    /// |---|---|---|
    /// | `NotDone` | true | wait ([`retry_after`](Self::retry_after), or longer each time), then send again |
    /// | `NotDone` | false | somebody must fix something first: values, credentials, the account, the base URL |
    /// | `Unknown` | true | look whether it happened; if not, wait and send again |
    /// | `Unknown` | false | look whether it happened; if not, find out why before sending again |
    /// | `Done` | false | never send again |
    ///
    /// A refusal without such a status is not transient, `exception` included: nothing tells a service that fails
    /// for a while from a request that fails each time (fact E9). Of failures to connect, those that are about
    /// certificates, TLS and a proxy's password are not, see [`connect_failure`](Self::connect_failure). A file of another
    /// length than the one given for it is not, either.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        if self.outcome() == Outcome::Done {
            return false;
        }
        match self.kind() {
            ErrorKind::InvalidRequest | ErrorKind::Unsupported | ErrorKind::Undecodable => false,
            ErrorKind::Connect => self.connect_failure().is_none_or(ConnectFailure::may_pass),
            ErrorKind::Timeout => true,
            // With a status that refuses, the rest of the answer would not have changed anything.
            ErrorKind::Interrupted if causes(self).any(is_wrong_length) => false,
            ErrorKind::Interrupted => {
                self.status().is_none_or(|status| status.is_success()) || self.has_passing_status()
            }
            ErrorKind::Refused | ErrorKind::UnexpectedAnswer | ErrorKind::AnswerTooLarge => self.has_passing_status(),
        }
    }

    fn has_passing_status(&self) -> bool {
        // A server error that the API itself answers may be about the request; these say that they pass.
        let status = self.status().map_or(0, |status| status.as_u16());
        self.is_provider_down() || matches!(status, 408 | 425 | 429 | 500 | 502 | 503 | 504 | 520..=524)
    }
}

#[cfg(test)]
mod tests {
    use reqwest::StatusCode;

    use super::*;
    use crate::spec::envelope::RefusalReason;

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
    fn what_happened_needs_no_waiting() {
        for kind in [ErrorKind::Timeout, ErrorKind::Interrupted, ErrorKind::Undecodable] {
            assert!(!Error::new(kind, Outcome::Done, "Test", "send").is_transient(), "{kind:?}");
        }
    }
}
