//! The one error type of all clients.

use std::error::Error as StdError;
use std::fmt;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use crate::outcome::Outcome;

/// Why a call failed, and what it did all the same.
///
/// [`outcome`](Error::outcome) says whether it may be sent again, [`kind`](Error::kind) where it
/// failed, [`remark`](Error::remark) and [`messages`](Error::messages) what the provider said.
///
/// Neither `Display` nor `Debug` shows a URL, a header or a body, and the provider's texts are
/// scrubbed of the client's credentials first: an error is safe to log. What came on the wire is at
/// hand, unscrubbed, in [`headers`](Error::headers) and [`body`](Error::body).
pub struct Error(Box<Inner>);

/// Where a call failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The request could not be made from what was given: a required value is missing, a file
    /// cannot be read, a header cannot carry a credential, a base URL is none. Nothing was sent;
    /// the error's text names the value.
    InvalidRequest,
    /// No connection: name resolution, connect or TLS failed. Nothing was sent. Check the network
    /// and the base URL; trying again later is safe.
    Connect,
    /// No answer within the time allowed; see [`Timeouts`](crate::Timeouts). For a change the
    /// outcome is unknown: the provider may still be at it.
    Timeout,
    /// The connection broke after the request, or a part of it, was sent.
    Interrupted,
    /// The provider answered that it did not succeed. [`Error::remark`] and [`Error::messages`] say
    /// why; [`Error::outcome`] says whether that proves that nothing was done.
    Refused,
    /// The answer is not one of this API: a page of a proxy or of a wrong base URL, a redirect
    /// (never followed), JSON of another shape. [`Error::status`] and [`Error::body`] have it.
    UnexpectedAnswer,
    /// The provider says that it succeeded, but its answer does not have the shape the spec gives.
    /// The effect is done; [`Error::body`] has the answer. Please report it: the spec is wrong.
    Undecodable,
    /// The answer is larger than the client accepts; see
    /// [`ClientBuilder::max_answer_bytes`](crate::ClientBuilder::max_answer_bytes).
    AnswerTooLarge,
}

struct Inner {
    kind: ErrorKind,
    outcome: Outcome,
    provider: String,
    operation: &'static str,
    detail: Option<String>,
    status: Option<StatusCode>,
    headers: HeaderMap,
    body: Option<Bytes>,
    remark: Option<String>,
    messages: Vec<String>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// How the crate makes errors. Texts must be scrubbed before they get here.
impl Error {
    pub(crate) fn new(kind: ErrorKind, outcome: Outcome, provider: &str, operation: &'static str) -> Self {
        Self(Box::new(Inner {
            kind,
            outcome,
            provider: provider.to_owned(),
            operation,
            detail: None,
            status: None,
            headers: HeaderMap::new(),
            body: None,
            remark: None,
            messages: Vec::new(),
            source: None,
        }))
    }

    pub(crate) fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.0.detail = Some(detail.into());
        self
    }

    pub(crate) fn with_source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    pub(crate) fn with_texts(mut self, remark: Option<String>, messages: Vec<String>) -> Self {
        self.0.remark = remark;
        self.0.messages = messages;
        self
    }

    pub(crate) fn with_outcome(mut self, outcome: Outcome) -> Self {
        self.0.outcome = outcome;
        self
    }

    /// What came of the answer.
    pub(crate) fn with_answer(mut self, status: StatusCode, headers: HeaderMap, body: Option<Bytes>) -> Self {
        self.0.status = Some(status);
        self.0.headers = headers;
        self.0.body = body;
        self
    }
}

impl Error {
    /// Whether what the call asked for happened: decides if it may be sent again.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        self.0.outcome
    }

    /// Where the call failed.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Name of the install that was called.
    #[must_use]
    pub fn provider(&self) -> &str {
        &self.0.provider
    }

    /// The operation that failed, by its name in the spec; `builder` for an error of
    /// [`ClientBuilder::build`](crate::ClientBuilder::build).
    #[must_use]
    pub fn operation(&self) -> &str {
        self.0.operation
    }

    /// HTTP status of the answer, if one came. Both APIs answer failures with 200 too.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// Headers of the answer as they came; empty if none came.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// Body of the answer as it came, if it came whole. It may quote credentials: do not log it.
    #[must_use]
    pub fn body(&self) -> Option<&Bytes> {
        self.0.body.as_ref()
    }

    /// The provider's machine-readable reason (ExternalApi's `remark`), such as `validation_error`.
    #[must_use]
    pub fn remark(&self) -> Option<&str> {
        self.0.remark.as_deref()
    }

    /// The provider's texts for people, in its own language, scrubbed of credentials. Never decide
    /// by them: they differ between installs (fact E23).
    #[must_use]
    pub fn messages(&self) -> &[String] {
        &self.0.messages
    }

    /// The first of [`messages`](Self::messages) (ChatGuru's `description`).
    #[must_use]
    pub fn description(&self) -> Option<&str> {
        self.0.messages.first().map(String::as_str)
    }

    /// What went wrong, in one line, and what to look at.
    fn explanation(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &self.0;
        f.write_str(match inner.kind {
            ErrorKind::InvalidRequest => "invalid request",
            ErrorKind::Connect => "no connection",
            ErrorKind::Timeout => "timed out",
            ErrorKind::Interrupted => "the connection broke",
            ErrorKind::Refused => "refused by the provider",
            ErrorKind::UnexpectedAnswer => match inner.status.map(|status| status.as_u16()) {
                Some(404) => "no such address: is the base URL right, path included?",
                Some(300..=399) => "a redirect, which is never followed: is the base URL right?",
                _ => "not an answer of this API",
            },
            ErrorKind::Undecodable => "it succeeded, but the answer cannot be read",
            ErrorKind::AnswerTooLarge => "the answer is too large",
        })?;
        if let Some(detail) = &inner.detail {
            write!(f, ": {detail}")?;
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
        f.debug_struct("Error")
            .field("kind", &inner.kind)
            .field("outcome", &inner.outcome)
            .field("provider", &inner.provider)
            .field("operation", &inner.operation)
            .field("detail", &inner.detail)
            .field("status", &inner.status)
            .field("remark", &inner.remark)
            .field("messages", &inner.messages)
            .field("body_bytes", &inner.body.as_ref().map(Bytes::len))
            .field("source", &inner.source)
            .finish()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}
