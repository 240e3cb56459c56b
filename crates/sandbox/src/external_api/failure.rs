//! How the server breaks.

use crate::{answer::Answer, raw_request::RawRequest};

use super::{envelope, negotiate};

/// What PHP throws.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// An exception, which the server catches and answers.
    Exception(String),
    /// An error of PHP's own, such as of a wrong type, which it does not catch.
    Error,
}

impl Failure {
    /// What a text that is not UTF-8 leads to: there is no JSON of it.
    pub(super) fn malformed() -> Self {
        Self::Exception("Malformed UTF-8 characters, possibly incorrectly encoded".to_owned())
    }

    pub(super) fn exception(text: &str) -> Self {
        Self::Exception(text.to_owned())
    }

    pub(super) fn answer(&self, raw: &RawRequest) -> Answer {
        match self {
            Self::Exception(text) => envelope::exception(text),
            Self::Error => negotiate::server_error(raw),
        }
    }
}
