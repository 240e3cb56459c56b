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

/// Why a call failed, and whether it took effect.
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
/// line. Details that the error does not have are left out, so a `main` that returns the error prints something readable.
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
    pub(super) page_title: Option<String>,
    pub(super) reason: Option<RefusalReason>,
    pub(super) refused_fields: Vec<&'static str>,
    pub(super) violations: Vec<Violation>,
    pub(super) refused_address: Option<IpAddr>,
    /// Whether the API answers 404 for its routes alone, and never for what a call names.
    pub(super) not_found_is_route: bool,
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

    /// Name of the instance that was called.
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
    /// by them: they differ between instances (fact E23).
    #[must_use]
    pub fn messages(&self) -> &[String] {
        &self.0.messages
    }

    /// The first of [`messages`](Self::messages) (ChatGuru's `description`).
    #[must_use]
    pub fn description(&self) -> Option<&str> {
        self.0.messages.first().map(String::as_str)
    }

    /// How many times the call was sent; more than once only where that can do no harm.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Whether the provider refused the credentials or this machine's address (HTTP 401).
    ///
    /// If [`refused_address`](Self::refused_address) has an address, put it on the account's list.
    /// Otherwise the credentials are wrong: copy them again from the provider's dashboard.
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        self.0.status == Some(StatusCode::UNAUTHORIZED)
    }

    /// The address that the provider saw and does not let in (fact E4). Put it on the account's
    /// list of allowed addresses, in the provider's dashboard.
    #[must_use]
    pub fn refused_address(&self) -> Option<IpAddr> {
        self.0.refused_address.filter(|_| self.is_unauthorized())
    }

    /// What a refusal is about, where the provider's remark tells.
    #[must_use]
    pub fn reason(&self) -> Option<RefusalReason> {
        self.0.reason.filter(|_| !self.is_wrong_base_url())
    }

    /// The fields that the provider refused, by name on the wire. Found by their names in its
    /// messages, which stay the same in every language; empty if none is named.
    #[must_use]
    pub fn refused_fields(&self) -> &[&'static str] {
        &self.0.refused_fields
    }

    /// The rules that the request breaks, all at once, each with its source. Not empty only for kind
    /// [`InvalidRequest`](ErrorKind::InvalidRequest): nothing was sent. Fix the values; if an
    /// instance accepts more than the rules allow, see
    /// [`ClientBuilder::preflight`](crate::ClientBuilder::preflight).
    #[must_use]
    pub fn violations(&self) -> &[Violation] {
        &self.0.violations
    }

    /// Whether something that the call names does not exist, is blocked or is over a limit of the
    /// plan: ExternalApi has one remark for the three (fact E8).
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.reason() == Some(RefusalReason::NotFound)
    }

    /// Whether requests come too fast (HTTP 429). Wait [`retry_after`](Self::retry_after), and give
    /// the client a [`RateLimit`](crate::RateLimit).
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.0.status == Some(StatusCode::TOO_MANY_REQUESTS)
    }

    /// How long the server asks to wait, from its `Retry-After`. A number beyond 64 bits is the
    /// longest there is.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        let value = self.0.headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
        if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
            return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
        }
        let until = httpdate::parse_http_date(value).ok()?;
        Some(until.duration_since(SystemTime::now()).unwrap_or_default())
    }

    /// Whether the provider, or a proxy in front of it, is not working: a 5xx that is no answer of
    /// the API, or a passing redirect (302, 307), as to its maintenance page. Try again later; for a
    /// change, mind [`outcome`](Self::outcome) first. If a redirect stays, the base URL is wrong.
    #[must_use]
    pub fn is_provider_down(&self) -> bool {
        let down = |status: StatusCode| status.is_server_error() || matches!(status.as_u16(), 302 | 307);
        let answered = matches!(self.0.kind, ErrorKind::Refused | ErrorKind::Undecodable);
        !answered && self.0.status.is_some_and(down)
    }

    /// Whether there is nothing at this address: the base URL is wrong, for instance the
    /// `/extern-api` of the providers' samples instead of `/external-api` (fact E2). With ExternalApi
    /// every 404 means that, also one with a remark (fact E7); with ChatGuru one that is no answer of
    /// the API.
    #[must_use]
    pub fn is_wrong_base_url(&self) -> bool {
        let route = self.0.not_found_is_route || self.0.kind == ErrorKind::UnexpectedAnswer;
        route && self.0.status == Some(StatusCode::NOT_FOUND)
    }

    /// Whether the request was larger than the server takes (HTTP 413, or 414 for its URL). Send a
    /// smaller file, or a shorter text.
    #[must_use]
    pub fn is_too_large(&self) -> bool {
        matches!(self.0.status, Some(StatusCode::PAYLOAD_TOO_LARGE | StatusCode::URI_TOO_LONG))
    }

    /// The title of the page that came instead of an answer, scrubbed like
    /// [`messages`](Self::messages): it often names the proxy that wrote it.
    #[must_use]
    pub fn page_title(&self) -> Option<&str> {
        self.0.page_title.as_deref()
    }

    /// Which part of the call took too long; the limits are in [`Timeouts`](crate::Timeouts).
    #[must_use]
    pub fn timeout_phase(&self) -> Option<Phase> {
        self.0.phase
    }

    /// Why no connection was made. `None` for errors of other kinds than [`Connect`](ErrorKind::Connect).
    #[must_use]
    pub fn connect_failure(&self) -> Option<ConnectFailure> {
        self.0.connect_failure
    }
}
