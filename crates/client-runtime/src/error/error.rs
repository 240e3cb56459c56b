//! The one error type of all clients.

use std::error::Error as StdError;
use std::net::IpAddr;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, RETRY_AFTER};

use crate::error::connect_failure::ConnectFailure;
use crate::error::kind::{ErrorKind, Phase};
use crate::error::outcome::Outcome;
use crate::error::violation::Violation;
use crate::spec::envelope::RefusalReason;

/// The error of a call: why it failed, and whether it took effect.
///
/// - [`outcome`](Error::outcome): whether it is safe to send the call again.
/// - [`is_transient`](Error::is_transient): whether waiting helps.
/// - [`kind`](Error::kind): where the call failed.
/// - [`violations`](Error::violations): the rules that the request breaks, if it was refused before sending.
/// - [`remark`](Error::remark), [`messages`](Error::messages): what the provider said.
///
/// An error is safe to log. Neither `Display` nor `Debug` shows a URL, a header or a body, and the client's credentials
/// are masked in the provider's texts. [`headers`](Error::headers) and [`body`](Error::body) return the answer as it
/// came, unmasked: do not log them.
///
/// `Display` is one line. `Debug` adds details and the causes, on the same line; with `{:#?}` each cause has its own
/// line. Details that the error does not have are left out, so a `main` that returns the error prints something
/// readable.
pub struct Error(pub(super) Box<Inner>);

pub(super) struct Inner {
    pub(super) kind: ErrorKind,
    pub(super) outcome: Outcome,
    pub(super) provider: String,
    pub(super) operation: &'static str,
    pub(super) detail: Option<String>,
    pub(super) status: Option<StatusCode>,
    pub(super) headers: HeaderMap,
    pub(super) body: Option<Bytes>,
    pub(super) remark: Option<String>,
    pub(super) messages: Vec<String>,
    pub(super) source: Option<Box<dyn StdError + Send + Sync>>,
    pub(super) phase: Option<Phase>,
    pub(super) connect_failure: Option<ConnectFailure>,
    pub(super) attempts: u32,
    pub(super) idempotency_key: Option<String>,
    pub(super) page_title: Option<String>,
    pub(super) reason: Option<RefusalReason>,
    pub(super) refused_fields: Vec<&'static str>,
    pub(super) violations: Vec<Violation>,
    pub(super) refused_address: Option<IpAddr>,
    /// Whether the API answers 404 only for unknown routes, and never for something that a call names.
    pub(super) not_found_is_route: bool,
}

impl Error {
    /// Returns whether the requested effect happened, which decides whether it is safe to send the call again.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        self.0.outcome
    }

    /// Returns where the call failed.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Returns the name of the instance that was called.
    #[must_use]
    pub fn provider(&self) -> &str {
        &self.0.provider
    }

    /// Returns the name of the operation in the spec, or `builder` for an error of
    /// [`ClientBuilder::build`](crate::ClientBuilder::build).
    #[must_use]
    pub fn operation(&self) -> &str {
        self.0.operation
    }

    /// Returns the HTTP status of the answer, if there was one. Some APIs report failures with 200, too.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// Returns the headers of the answer as they were received, empty if there was no answer.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// Returns the body of the answer as it was received, if it was received completely. It may quote credentials: do
    /// not log it.
    #[must_use]
    pub fn body(&self) -> Option<&Bytes> {
        self.0.body.as_ref()
    }

    /// Returns the provider's machine-readable reason, such as `validation_error`. It is the property that the spec's
    /// `x-envelope` names as `remark`.
    #[must_use]
    pub fn remark(&self) -> Option<&str> {
        self.0.remark.as_deref()
    }

    /// Returns the provider's texts for people, in its language, with credentials masked. Do not base decisions on
    /// them, because they can differ between instances and versions.
    #[must_use]
    pub fn messages(&self) -> &[String] {
        &self.0.messages
    }

    /// Returns the first of the [`messages`](Self::messages).
    #[must_use]
    pub fn description(&self) -> Option<&str> {
        self.0.messages.first().map(String::as_str)
    }

    /// Returns how many times the call was sent. It is sent more than once only if that is harmless.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Returns the idempotency key that the call carried, if its operation has one. If the outcome is unknown, sending the
    /// same call again with this key does no harm for as long as the provider remembers the key.
    #[must_use]
    pub fn idempotency_key(&self) -> Option<&str> {
        self.0.idempotency_key.as_deref()
    }

    /// Returns whether the provider refused the credentials or this machine's address (HTTP 401).
    ///
    /// If [`refused_address`](Self::refused_address) returns an address, add it to the account's list of allowed
    /// addresses. Otherwise the credentials are wrong: copy them again from the provider's dashboard.
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        self.0.status == Some(StatusCode::UNAUTHORIZED)
    }

    /// Returns this machine's address, as the provider saw it, if the provider does not allow it and its messages name
    /// it. Add it to the account's list of allowed addresses in the provider's dashboard.
    #[must_use]
    pub fn refused_address(&self) -> Option<IpAddr> {
        self.0.refused_address.filter(|_| self.is_unauthorized())
    }

    /// Returns the reason of a refusal, if the provider's remark shows it.
    #[must_use]
    pub fn reason(&self) -> Option<RefusalReason> {
        self.0.reason.filter(|_| !self.is_wrong_base_url())
    }

    /// Returns the fields that the provider refused, by their names on the wire. They are found by their names in the
    /// messages, which are the same in every language. Empty if the messages name none.
    #[must_use]
    pub fn refused_fields(&self) -> &[&'static str] {
        &self.0.refused_fields
    }

    /// Returns all rules that the request breaks, each with its source. Only errors of kind
    /// [`InvalidRequest`](ErrorKind::InvalidRequest) have any, and then nothing was sent. Fix the values. If an
    /// instance accepts more than the rules allow, see [`ClientBuilder::preflight`](crate::ClientBuilder::preflight).
    #[must_use]
    pub fn violations(&self) -> &[Violation] {
        &self.0.violations
    }

    /// Returns whether something that the call names does not exist. With some APIs it may also be blocked or over a
    /// limit of the plan; see [`RefusalReason::NotFound`].
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.reason() == Some(RefusalReason::NotFound)
    }

    /// Returns whether the account sends too many requests (HTTP 429). Wait for [`retry_after`](Self::retry_after), and
    /// set a [`RateLimit`](crate::RateLimit) on the client.
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.0.status == Some(StatusCode::TOO_MANY_REQUESTS)
    }

    /// Returns how long the server asks to wait, from its `Retry-After`. A number that does not fit into 64 bits
    /// becomes the largest one that does. Without the header, it is zero if the provider was
    /// [not ready](RefusalReason::NotReady).
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        let Some(value) = self.0.headers.get(RETRY_AFTER) else {
            return (self.reason() == Some(RefusalReason::NotReady)).then_some(Duration::ZERO);
        };
        let value = value.to_str().ok()?.trim();
        if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
            return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
        }
        let until = httpdate::parse_http_date(value).ok()?;
        Some(until.duration_since(SystemTime::now()).unwrap_or_default())
    }

    /// Returns whether the provider, or a proxy in front of it, is not working: a 5xx that is not a refusal, or a
    /// temporary redirect (302, 307), for example to a maintenance page. Try again later; for a change, check
    /// [`outcome`](Self::outcome) first. If the redirect persists, the base URL is wrong.
    ///
    /// A 5xx that the API itself sends as its answer is a refusal. [`is_transient`](Self::is_transient) says whether its
    /// status is a temporary one, such as 503.
    #[must_use]
    pub fn is_provider_down(&self) -> bool {
        let down = |status: StatusCode| status.is_server_error() || matches!(status.as_u16(), 302 | 307);
        let answered = matches!(self.0.kind, ErrorKind::Refused | ErrorKind::Undecodable);
        !answered && self.0.status.is_some_and(down)
    }

    /// Returns whether the base URL is wrong, for example because its path has a typing error. A 404 means this if it is
    /// not an answer of the API, and every 404 does if the API answers it only for unknown routes.
    #[must_use]
    pub fn is_wrong_base_url(&self) -> bool {
        let route = self.0.not_found_is_route || self.0.kind == ErrorKind::UnexpectedAnswer;
        route && self.0.status == Some(StatusCode::NOT_FOUND)
    }

    /// Returns whether the request was larger than the server accepts (HTTP 413, or 414 for its URL). Send a smaller
    /// file or a shorter text.
    #[must_use]
    pub fn is_too_large(&self) -> bool {
        matches!(self.0.status, Some(StatusCode::PAYLOAD_TOO_LARGE | StatusCode::URI_TOO_LONG))
    }

    /// Returns the title of the page that was received instead of an answer, with credentials masked. It often names
    /// the proxy that sent the page.
    #[must_use]
    pub fn page_title(&self) -> Option<&str> {
        self.0.page_title.as_deref()
    }

    /// Returns which part of the call took too long; [`Timeouts`](crate::Timeouts) has the limits.
    #[must_use]
    pub fn timeout_phase(&self) -> Option<Phase> {
        self.0.phase
    }

    /// Returns why no connection was made. `None` unless the kind is [`Connect`](ErrorKind::Connect).
    #[must_use]
    pub fn connect_failure(&self) -> Option<ConnectFailure> {
        self.0.connect_failure
    }
}
