//! Shows errors as text.

use std::error::Error as StdError;
use std::fmt;

use crate::error::causes::causes;
use crate::error::error::Error;
use crate::error::kind::ErrorKind;

impl Error {
    /// Writes what went wrong and what to check, in one line.
    fn explanation(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &self.0;
        f.write_str(match inner.kind {
            _ if self.is_wrong_base_url() => {
                "nothing exists at this address: is the base URL right, including its path?"
            }
            ErrorKind::InvalidRequest => "invalid request",
            ErrorKind::Connect => "no connection",
            ErrorKind::Timeout => "timed out",
            ErrorKind::Interrupted => "the connection broke",
            ErrorKind::Refused => "refused by the provider",
            ErrorKind::UnexpectedAnswer => match inner.status.map(|status| status.as_u16()) {
                Some(300..=399) => "a redirect, which is never followed: is the base URL right?",
                _ => "not an answer of this API",
            },
            ErrorKind::Undecodable => "the call succeeded, but its answer cannot be read",
            ErrorKind::AnswerTooLarge => "the answer is too large",
            ErrorKind::Unsupported => "not supported by the provider",
        })?;
        if let Some(detail) = &inner.detail {
            write!(f, ": {detail}")?;
        }
        for (index, violation) in inner.violations.iter().enumerate() {
            write!(f, "{} {violation}", if index == 0 { ':' } else { ';' })?;
        }
        if let Some(title) = &inner.page_title {
            write!(f, ": a page titled `{title}`")?;
        }
        if let Some(remark) = &inner.remark {
            write!(f, ": {remark}")?;
        }
        if !inner.messages.is_empty() {
            write!(f, ": {}", inner.messages.join(" "))?;
        }
        Ok(())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: ", self.0.provider, self.0.operation)?;
        self.explanation(f)?;
        match self.0.status {
            Some(status) => write!(f, " (HTTP {}, {})", status.as_u16(), self.0.outcome),
            None => write!(f, " ({})", self.0.outcome),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &self.0;
        write!(f, "{self} [{:?}", inner.kind)?;
        if let Some(reason) = self.reason() {
            write!(f, ", reason {reason:?}")?;
        }
        if !inner.refused_fields.is_empty() {
            write!(f, ", refused {}", inner.refused_fields.join(", "))?;
        }
        if let Some(phase) = inner.phase {
            write!(f, ", phase {phase:?}")?;
        }
        if let Some(failure) = inner.connect_failure {
            write!(f, ", {failure:?}")?;
        }
        if inner.attempts > 1 {
            write!(f, ", {} attempts", inner.attempts)?;
        }
        if let Some(body) = &inner.body {
            write!(f, ", a body of {} bytes", body.len())?;
        }
        f.write_str("]")?;
        for cause in causes(self) {
            write!(f, "{}caused by: {cause}", if f.alternate() { "\n  " } else { "; " })?;
        }
        Ok(())
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}
