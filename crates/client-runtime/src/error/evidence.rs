//! The evidence rule: what is known about an effect after a call.

use crate::error::outcome::Outcome;
use crate::spec::envelope::{Envelope, Refusals};
use crate::spec::operation::Safety;

/// What an answer's body says of the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict<'a> {
    /// The status property has the value that means success.
    Success,
    /// It has the value that means failure; the remark, if there is one.
    Failure { remark: Option<&'a str> },
    /// There is no such property, but the framework's own refusal of values.
    Invalid,
    /// There is no such property, or it has a word that nobody knows: a page, a fragment, something
    /// else's JSON.
    Missing,
}

/// What happened on the wire, as far as it matters for the outcome.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Evidence<'a> {
    /// The request never left this machine.
    NotSent,
    /// It was sent, and no answer came.
    NoAnswer,
    /// An answer came.
    Answer { status: u16, verdict: Verdict<'a> },
}

/// HTTP statuses that are given before any work is done, by the API or by a proxy in front of it.
const REFUSING_STATUSES: [u16; 9] = [401, 404, 405, 411, 413, 414, 415, 429, 431];

/// The evidence rule, whole.
pub(crate) fn outcome(safety: Safety, envelope: &Envelope, evidence: Evidence<'_>) -> Outcome {
    let proven = match evidence {
        Evidence::NotSent => true,
        Evidence::NoAnswer => false,
        Evidence::Answer { verdict: Verdict::Success, .. } => return Outcome::Done,
        Evidence::Answer { status, verdict } => {
            REFUSING_STATUSES.contains(&status)
                || match (verdict, envelope.refusals) {
                    (Verdict::Failure { .. }, Refusals::All) | (Verdict::Invalid, _) => true,
                    (Verdict::Failure { remark }, listed @ Refusals::Listed(_)) => listed.reason(remark).is_some(),
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

    fn change(envelope: &Envelope, evidence: Evidence<'_>) -> Outcome {
        outcome(Safety::Change, envelope, evidence)
    }

    fn failure(status: u16, remark: Option<&str>) -> Evidence<'_> {
        Evidence::Answer { status, verdict: Verdict::Failure { remark } }
    }

    #[test]
    fn only_proof_makes_a_change_not_done() {
        assert_eq!(change(&LISTED, Evidence::NotSent), Outcome::NotDone);
        assert_eq!(change(&LISTED, Evidence::NoAnswer), Outcome::Unknown);
        assert_eq!(change(&LISTED, failure(200, Some("validation_error"))), Outcome::NotDone);
        assert_eq!(change(&LISTED, failure(200, Some("exception"))), Outcome::Unknown);
        assert_eq!(change(&LISTED, failure(200, None)), Outcome::Unknown);
        assert_eq!(change(&ALL, failure(500, None)), Outcome::NotDone);
        let invalid = Evidence::Answer { status: 422, verdict: Verdict::Invalid };
        assert_eq!(change(&LISTED, invalid), Outcome::NotDone);
    }

    #[test]
    fn a_status_proves_what_its_meaning_says() {
        for status in 100..600 {
            let page = Evidence::Answer { status, verdict: Verdict::Missing };
            let expected = match status {
                401 | 404 | 405 | 411 | 413 | 414 | 415 | 429 | 431 => Outcome::NotDone,
                _ => Outcome::Unknown,
            };
            assert_eq!(change(&LISTED, page), expected, "HTTP {status}");
        }
    }

    #[test]
    fn the_body_is_believed_whatever_the_status() {
        for status in [200, 201, 202, 204, 400, 503] {
            let answer = Evidence::Answer { status, verdict: Verdict::Success };
            assert_eq!(change(&LISTED, answer), Outcome::Done, "HTTP {status}");
        }
    }

    #[test]
    fn a_read_that_fails_changed_nothing() {
        assert_eq!(outcome(Safety::Read, &LISTED, Evidence::NoAnswer), Outcome::NotDone);
        assert_eq!(outcome(Safety::Read, &LISTED, failure(200, Some("exception"))), Outcome::NotDone);
    }
}
