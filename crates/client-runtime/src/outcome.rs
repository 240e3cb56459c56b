//! The evidence rule: what is known about an effect after a call.

use std::fmt;
use std::str::FromStr;

use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::{Serialize, Serializer};

use crate::operation::{Envelope, Refusals, Safety};

/// Whether a failed call took effect, and so whether it is safe to send it again.
///
/// A call that returns `Ok` took effect. Every [`Error`](crate::Error) has an outcome:
///
/// | outcome | what is known | what to do |
/// |---|---|---|
/// | `Done` | the provider says that it happened; only its answer could not be read | never send it again |
/// | `NotDone` | it provably did not happen | if [`is_transient`](crate::Error::is_transient), wait and send it again; otherwise fix the cause first |
/// | `Unknown` | it may or may not have happened | look (list, status) before you send it again |
///
/// `NotDone` needs proof: the request never left this machine; HTTP 401, 404, 405, 411, 413, 414,
/// 415, 429 or 431; or an in-band refusal that the spec lists as one. Everything else (a reset, a
/// time-out, a redirect, 5xx, a page instead of JSON, ExternalApi's `exception`) is `Unknown`. A failed
/// operation that only reads is `NotDone`, because it has no effect. With an HTTP client that you supply, only a
/// request that never reached it counts as proof; see
/// [`ClientBuilder::reqwest_client`](crate::ClientBuilder::reqwest_client).
///
/// To store an outcome, use [`as_str`](Self::as_str) and `FromStr`, or serde. All of them use the words `done`,
/// `not_done` and `unknown`, as does the span of a call, and later versions keep them. `Display` is for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// It happened.
    Done,
    /// It provably did not happen.
    NotDone,
    /// It may have happened.
    Unknown,
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Done => "done",
            Self::NotDone => "not done",
            Self::Unknown => "outcome unknown",
        })
    }
}

impl Outcome {
    /// Returns its name in data: `done`, `not_done` or `unknown`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::NotDone => "not_done",
            Self::Unknown => "unknown",
        }
    }
}

/// The error of parsing an [`Outcome`] from a text that is not one of its [names](Outcome::as_str).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownOutcome;

impl fmt::Display for UnknownOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an outcome is one of `done`, `not_done` and `unknown`")
    }
}

impl std::error::Error for UnknownOutcome {}

impl FromStr for Outcome {
    type Err = UnknownOutcome;

    fn from_str(name: &str) -> Result<Self, UnknownOutcome> {
        let all = [Self::Done, Self::NotDone, Self::Unknown];
        all.into_iter().find(|outcome| outcome.as_str() == name).ok_or(UnknownOutcome)
    }
}

impl Serialize for Outcome {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Outcome {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Name;

        impl Visitor<'_> for Name {
            type Value = Outcome;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("`done`, `not_done` or `unknown`")
            }

            fn visit_str<E: de::Error>(self, name: &str) -> Result<Outcome, E> {
                name.parse().map_err(|_| E::invalid_value(de::Unexpected::Str(name), &self))
            }
        }

        deserializer.deserialize_str(Name)
    }
}

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
    use crate::operation::RefusalReason;

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
    fn an_outcome_has_one_name_in_all_data() {
        for (outcome, name) in [(Outcome::Done, "done"), (Outcome::NotDone, "not_done"), (Outcome::Unknown, "unknown")]
        {
            assert_eq!((outcome.as_str(), name.parse()), (name, Ok(outcome)));
            let json = serde_json::to_string(&outcome).unwrap();
            assert_eq!(json, format!("\"{name}\""));
            assert_eq!(serde_json::from_str::<Outcome>(&json).unwrap(), outcome);
        }
        assert_eq!("not done".parse::<Outcome>(), Err(UnknownOutcome));
        assert!(serde_json::from_str::<Outcome>("\"Done\"").is_err());
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
