//! The one error type of all clients.

use std::error::Error as StdError;
use std::fmt;
use std::net::IpAddr;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, HeaderValue, RETRY_AFTER};

use crate::connect_failure::{ConnectFailure, causes};
use crate::operation::{Operation, RefusalReason};
use crate::outcome::Outcome;
use crate::violation::Violation;

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
pub struct Error(Box<Inner>);

/// Where a call failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The request could not be made from what was given: a required value is missing, a rule of the
    /// operation is broken ([`Error::violations`] has them all), a file cannot be read, a credential is
    /// not a valid header value, or the base URL is invalid. Nothing was sent; the error's text names
    /// the value.
    InvalidRequest,
    /// No connection: name resolution, connect or TLS failed. Nothing was sent (that is known only
    /// of clients built here, see [`ClientBuilder::reqwest_client`](crate::ClientBuilder::reqwest_client)).
    /// Check the network and the base URL.
    Connect,
    /// No answer, or not all of it, within the time allowed; see [`Timeouts`](crate::Timeouts). For a
    /// change the outcome is unknown, since the provider may still be processing it, unless nothing was sent
    /// yet (its files took too long to open) or the answer began with a status that proves that
    /// nothing was done, such as 401.
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
    /// The provider has no such operation, so that nothing was sent. No generated client answers so;
    /// it is for code that serves several providers, and the error's text says what to use instead.
    Unsupported,
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
    phase: Option<Phase>,
    connect_failure: Option<ConnectFailure>,
    attempts: u32,
    page_title: Option<String>,
    reason: Option<RefusalReason>,
    refused_fields: Vec<&'static str>,
    violations: Vec<Violation>,
    refused_address: Option<IpAddr>,
    /// Whether the API answers 404 for its routes alone, and never for what a call names.
    not_found_is_route: bool,
}

/// The part of a call that took too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Phase {
    /// Resolving the name, connecting, agreeing on TLS: nothing was sent.
    Connect,
    /// Uploading a file: the network took no more of it.
    Upload,
    /// Waiting for the answer to begin. The provider may still be at work.
    Answer,
    /// Receiving the answer's body.
    Body,
    /// The whole attempt; see [`Timeouts::total`](crate::Timeouts::total).
    Total,
}

/// Creates errors in your own code, such as a layer above a client, or a test.
///
/// These functions do not mask secrets: pass no text that contains one.
impl Error {
    /// Creates an error.
    ///
    /// `outcome` says whether the requested effect happened. Use [`NotDone`](Outcome::NotDone) and
    /// [`Done`](Outcome::Done) only if you have proof.
    #[must_use]
    pub fn new(kind: ErrorKind, outcome: Outcome, provider: &str, operation: &'static str) -> Self {
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
            phase: None,
            connect_failure: None,
            attempts: 1,
            page_title: None,
            reason: None,
            refused_fields: Vec::new(),
            violations: Vec::new(),
            refused_address: None,
            not_found_is_route: false,
        }))
    }

    /// The same with a text that says what went wrong and how to fix it. It is shown as it is, so it
    /// must not contain a credential or a URL.
    #[must_use]
    pub fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.0.detail = Some(detail.into());
        self
    }

    /// The same with a cause. `Debug` shows the cause too, so it must not contain a credential or a URL.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// The same with the status of an answer.
    ///
    /// For example an error as a rate limit causes it, to test how your program backs off:
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use zap_client_runtime::{Error, ErrorKind, Outcome, reqwest::StatusCode};
    /// let error = Error::new(ErrorKind::UnexpectedAnswer, Outcome::NotDone, "EscalaZap", "send_message")
    ///     .with_status(StatusCode::TOO_MANY_REQUESTS)
    ///     .with_retry_after(Duration::from_secs(17));
    /// assert!(error.is_rate_limited() && error.is_transient());
    /// assert_eq!(error.retry_after(), Some(Duration::from_secs(17)));
    /// ```
    #[must_use]
    pub fn with_status(mut self, status: StatusCode) -> Self {
        self.0.status = Some(status);
        self
    }

    /// The same with how long the server asks to wait, as in its `Retry-After`; rounded up to whole seconds.
    #[must_use]
    pub fn with_retry_after(mut self, wait: Duration) -> Self {
        let seconds = wait.as_secs().saturating_add(u64::from(wait.subsec_nanos() > 0));
        self.0.headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        self
    }

    /// The same with the reason for a refusal.
    #[must_use]
    pub fn with_reason(mut self, reason: RefusalReason) -> Self {
        self.0.reason = Some(reason);
        self
    }

    /// The same with the provider's machine-readable reason, such as `validation_error`.
    #[must_use]
    pub fn with_remark(mut self, remark: impl Into<String>) -> Self {
        self.0.remark = Some(remark.into());
        self
    }

    /// The same with the provider's texts for people.
    #[must_use]
    pub fn with_messages<T: Into<String>>(mut self, messages: impl IntoIterator<Item = T>) -> Self {
        self.0.messages = messages.into_iter().map(Into::into).collect();
        self
    }

    /// The same with the fields that the provider refused, by their names on the wire.
    #[must_use]
    pub fn with_refused_fields(mut self, fields: impl IntoIterator<Item = &'static str>) -> Self {
        self.0.refused_fields = fields.into_iter().collect();
        self
    }

    /// The same with the part of the call that took too long.
    #[must_use]
    pub fn with_timeout_phase(mut self, phase: Phase) -> Self {
        self.0.phase = Some(phase);
        self
    }

    /// The same with the reason why no connection was made.
    #[must_use]
    pub fn with_connect_failure(mut self, failure: ConnectFailure) -> Self {
        self.0.connect_failure = Some(failure);
        self
    }
}

/// How the crate makes errors. Texts must be scrubbed before they get here.
impl Error {
    pub(crate) fn with_texts(mut self, remark: Option<String>, messages: Vec<String>) -> Self {
        self.0.remark = remark;
        self.0.messages = messages;
        self
    }

    pub(crate) fn with_outcome(mut self, outcome: Outcome) -> Self {
        self.0.outcome = outcome;
        self
    }

    pub(crate) fn with_page_title(mut self, title: Option<String>) -> Self {
        self.0.page_title = title;
        self
    }

    /// Finds the refused fields by the names that the messages stand under, and by those in them: the texts come
    /// first.
    pub(crate) fn with_listed_reason(
        mut self,
        reason: Option<RefusalReason>,
        operation: &Operation,
        names: &[String],
    ) -> Self {
        if reason == Some(RefusalReason::Validation) {
            let in_texts = named(operation.fields, &self.0.messages);
            // Laravel calls the items of `body_variables[]` `body_variables.0` and so on.
            let plain = |field: &str| field.trim_end_matches("[]").to_owned();
            let above = |field: &str| names.iter().any(|name| name.split('.').next() == Some(&*plain(field)));
            let refused = |field: &&str| in_texts.contains(field) || above(field);
            self.0.refused_fields = operation.fields.iter().copied().filter(refused).collect();
        }
        self.0.reason = reason;
        self
    }

    pub(crate) fn with_violations(mut self, violations: Vec<Violation>) -> Self {
        self.0.violations = violations;
        self
    }

    /// Takes the texts as they came: scrubbed, an address may have lost a part, and be another one.
    pub(crate) fn with_address_in(mut self, texts: &[String]) -> Self {
        self.0.refused_address = address_in(texts);
        self
    }

    pub(crate) fn with_not_found_is_route(mut self, is_so: bool) -> Self {
        self.0.not_found_is_route = is_so;
        self
    }

    pub(crate) fn with_attempts(mut self, attempts: u32) -> Self {
        self.0.attempts = attempts;
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

    /// What went wrong, in one line, and what to look at.
    fn explanation(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &self.0;
        f.write_str(match inner.kind {
            _ if self.is_wrong_base_url() => "no such address: is the base URL right, path included?",
            ErrorKind::InvalidRequest => "invalid request",
            ErrorKind::Connect => "no connection",
            ErrorKind::Timeout => "timed out",
            ErrorKind::Interrupted => "the connection broke",
            ErrorKind::Refused => "refused by the provider",
            ErrorKind::UnexpectedAnswer => match inner.status.map(|status| status.as_u16()) {
                Some(300..=399) => "a redirect, which is never followed: is the base URL right?",
                _ => "not an answer of this API",
            },
            ErrorKind::Undecodable => "it succeeded, but the answer cannot be read",
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

/// The address that the texts name, one in parentheses before any other. What belongs to a longer
/// word is none: `Cache::get` has `e::` in it.
fn address_in(texts: &[String]) -> Option<IpAddr> {
    let in_parentheses =
        |text: &String| text.split('(').skip(1).find_map(|rest| rest.split_once(')')?.0.trim().parse().ok());
    let in_words = |text: &String| {
        text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':')))
            .find_map(|word| word.trim_end_matches(['.', ':']).parse().ok())
    };
    texts.iter().find_map(in_parentheses).or_else(|| texts.iter().find_map(in_words))
}

/// The fields whose names stand in the texts. Laravel writes `mobile_code` as `mobile code`; of two
/// names at one place, the longer one is meant.
fn named(fields: &[&'static str], texts: &[String]) -> Vec<&'static str> {
    let mut found = Vec::new();
    let mut by_length: Vec<(&'static str, String)> = Vec::with_capacity(fields.len());
    for field in fields {
        let longer = by_length.partition_point(|(other, _)| other.len() >= field.len());
        by_length.insert(longer, (field, field.replace('_', " ")));
    }
    for text in texts {
        let mut text = text.to_ascii_lowercase();
        for (field, shown) in &by_length {
            for name in [shown.as_str(), *field] {
                let word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
                let alone =
                    |at: usize| !word(text[..at].chars().next_back()) && !word(text[at + name.len()..].chars().next());
                let place = text.match_indices(name).map(|(at, _)| at).find(|at| alone(*at));
                if let Some(at) = place {
                    text = [&text[..at], "\u{0}", &text[at + name.len()..]].concat();
                    found.push(*field);
                }
            }
        }
    }
    fields.iter().copied().filter(|field| found.contains(field)).collect()
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
