//! Whether a call took effect.

use std::fmt;
use std::str::FromStr;

use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::{Serialize, Serializer};

/// Tells you whether a failed call took effect, and so whether it is safe to send it again.
///
/// A call that returns `Ok` took effect. Every [`Error`](crate::Error) has an outcome:
///
/// | outcome | what is known | what to do |
/// |---|---|---|
/// | `Done` | the provider says that it happened; only its answer could not be read | never send it again |
/// | `NotDone` | it provably did not happen | if [`is_transient`](crate::Error::is_transient), wait and send it again; otherwise fix the cause first |
/// | `Unknown` | it may or may not have happened | look (list, status) before you send it again |
///
/// `NotDone` needs proof: the request never left this machine; HTTP 401, 404, 405, 411, 413, 414, 415, 429 or 431; or a
/// refusal whose remark the spec lists as proof. Where the HTTP status reports the result, the spec lists statuses
/// instead. Everything else (a reset, a time-out, a redirect, 5xx, a page instead of JSON, an unexpected exception) is
/// `Unknown`. If a change was repeated with its idempotency key, a refusal proves nothing about the attempts before it.
/// A failed operation that only reads is `NotDone`, because it has no effect. With an HTTP client that you
/// supply, only a request that never reached it counts as proof; see
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

#[cfg(test)]
mod tests {
    use super::*;

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
}
