//! The ways in which the server's PHP code fails.

use crate::{answer::Answer, raw_request::RawRequest};

use super::{envelope, negotiate};

/// A failure as PHP throws it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// An exception, which the server catches and answers.
    Exception(String),
    /// A PHP error, such as a type error, which the server does not catch.
    Error,
}

impl Failure {
    /// The failure for text that is not UTF-8, which cannot be written as JSON.
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
