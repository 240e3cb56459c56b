//! The evidence rule: what proves that a call took effect, or did not.

use crate::error::outcome::Outcome;
use crate::spec::envelope::{Envelope, Refusals};
use crate::spec::operation::Safety;

/// The verdict in the body of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict<'a> {
    /// The status property has the value that means success, or the HTTP status does.
    Success,
    /// The status property has the value that means failure, or the HTTP status does.
    Failure { remark: Option<&'a str> },
    /// The answer is the framework's own refusal of values, without a status property.
    Invalid,
    /// There is no status property, or it has an unknown value: a page, a part of an answer, or JSON of something else.
    Missing,
}

/// What happened to the request.
#[derive(Clone, Copy, Debug)]
pub(crate) enum WireEvidence<'a> {
    /// The request never left this machine.
    NotSent,
    /// It may have been sent, and no answer came.
    NoAnswer,
    /// An answer came.
    Answer { status: u16, verdict: Verdict<'a> },
}

/// The HTTP statuses that an API, or a proxy in front of it, sends before it does any work.
const REFUSING_STATUSES: [u16; 9] = [401, 404, 405, 411, 413, 414, 415, 429, 431];

/// Returns the outcome of an operation that the evidence proves.
pub(crate) fn outcome_of(safety: Safety, envelope: &Envelope, evidence: WireEvidence<'_>) -> Outcome {
    let proven = match evidence {
        WireEvidence::NotSent => true,
        WireEvidence::NoAnswer => false,
        WireEvidence::Answer { verdict: Verdict::Success, .. } => return Outcome::Done,
        WireEvidence::Answer { status, verdict } => {
            REFUSING_STATUSES.contains(&status)
                || match (verdict, envelope.refusals) {
                    (Verdict::Failure { .. }, Refusals::All) | (Verdict::Invalid, _) => true,
                    (Verdict::Failure { remark }, listed) => listed.reason(status, remark).is_some(),
                    _ => false,
                }
        }
    };
    if proven || safety == Safety::Read { Outcome::NotDone } else { Outcome::Unknown }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::envelope::RefusalReason;

    const LISTED: Envelope = Envelope {
        status: "status",
        success: "success",
        error: "error",
        remark: Some("remark"),
        texts: &["message"],
        refusals: Refusals::Listed(&[("validation_error", RefusalReason::Validation)]),
        validation: None,
        reasons: &[],
    };
    const ALL: Envelope = Envelope { refusals: Refusals::All, ..LISTED };
    const BY_STATUS: Envelope = Envelope::by_http_status(&[(422, RefusalReason::Validation)]);

    fn change(envelope: &Envelope, evidence: WireEvidence<'_>) -> Outcome {
        outcome_of(Safety::Change, envelope, evidence)
    }

    fn failure(status: u16, remark: Option<&str>) -> WireEvidence<'_> {
        WireEvidence::Answer { status, verdict: Verdict::Failure { remark } }
    }

    #[test]
    fn only_proof_makes_a_change_not_done() {
        assert_eq!(change(&LISTED, WireEvidence::NotSent), Outcome::NotDone);
        assert_eq!(change(&LISTED, WireEvidence::NoAnswer), Outcome::Unknown);
        assert_eq!(change(&LISTED, failure(200, Some("validation_error"))), Outcome::NotDone);
        assert_eq!(change(&LISTED, failure(200, Some("exception"))), Outcome::Unknown);
        assert_eq!(change(&LISTED, failure(200, None)), Outcome::Unknown);
        assert_eq!(change(&ALL, failure(500, None)), Outcome::NotDone);
        let invalid = WireEvidence::Answer { status: 422, verdict: Verdict::Invalid };
        assert_eq!(change(&LISTED, invalid), Outcome::NotDone);
    }

    #[test]
    fn a_status_proves_what_its_meaning_says() {
        for status in 100..600 {
            let page = WireEvidence::Answer { status, verdict: Verdict::Missing };
            let expected = match status {
                401 | 404 | 405 | 411 | 413 | 414 | 415 | 429 | 431 => Outcome::NotDone,
                _ => Outcome::Unknown,
            };
            assert_eq!(change(&LISTED, page), expected, "HTTP {status}");
        }
    }

    #[test]
    fn a_listed_status_proves_a_refusal_only_in_an_answer_of_the_api() {
        let page = WireEvidence::Answer { status: 422, verdict: Verdict::Missing };
        assert_eq!(change(&BY_STATUS, page), Outcome::Unknown);
        for status in 300..600 {
            let expected = match status {
                401 | 404 | 405 | 411 | 413 | 414 | 415 | 422 | 429 | 431 => Outcome::NotDone,
                _ => Outcome::Unknown,
            };
            assert_eq!(change(&BY_STATUS, failure(status, Some("validation_error"))), expected, "HTTP {status}");
        }
    }

    #[test]
    fn the_body_is_believed_whatever_the_status() {
        for status in [200, 201, 202, 204, 400, 503] {
            let answer = WireEvidence::Answer { status, verdict: Verdict::Success };
            assert_eq!(change(&LISTED, answer), Outcome::Done, "HTTP {status}");
        }
    }

    #[test]
    fn a_read_that_fails_changed_nothing() {
        assert_eq!(outcome_of(Safety::Read, &LISTED, WireEvidence::NoAnswer), Outcome::NotDone);
        assert_eq!(outcome_of(Safety::Read, &LISTED, failure(200, Some("exception"))), Outcome::NotDone);
    }
}
