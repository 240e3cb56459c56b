//! Creates errors.

use std::error::Error as StdError;
use std::time::Duration;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, HeaderValue, RETRY_AFTER};

use crate::error::connect_failure::ConnectFailure;
use crate::error::error::{Error, Inner};
use crate::error::kind::{ErrorKind, Phase};
use crate::error::outcome::Outcome;
use crate::error::refusal::{address_in, named};
use crate::error::violation::Violation;
use crate::spec::envelope::RefusalReason;
use crate::spec::operation::Operation;

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
            idempotency_key: None,
            page_title: None,
            reason: None,
            refused_fields: Vec::new(),
            violations: Vec::new(),
            refused_address: None,
            not_found_is_route: false,
        }))
    }

    /// Sets a text that says what went wrong and how to fix it. It is shown unchanged, so it must not contain a credential
    /// or a URL.
    #[must_use]
    pub fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.0.detail = Some(detail.into());
        self
    }

    /// Sets the cause. `Debug` shows it too, so it must not contain a credential or a URL.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// Sets the status of the answer.
    ///
    /// # Example
    ///
    /// An error of a rate limit, to test how your program backs off:
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

    /// Sets how long the server asks to wait, as its `Retry-After` does. Rounded up to whole seconds.
    #[must_use]
    pub fn with_retry_after(mut self, wait: Duration) -> Self {
        let seconds = wait.as_secs().saturating_add(u64::from(wait.subsec_nanos() > 0));
        self.0.headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        self
    }

    /// Sets the reason of a refusal.
    #[must_use]
    pub fn with_reason(mut self, reason: RefusalReason) -> Self {
        self.0.reason = Some(reason);
        self
    }

    /// Sets the provider's machine-readable reason, such as `validation_error`.
    #[must_use]
    pub fn with_remark(mut self, remark: impl Into<String>) -> Self {
        self.0.remark = Some(remark.into());
        self
    }

    /// Sets the provider's texts for people.
    #[must_use]
    pub fn with_messages<T: Into<String>>(mut self, messages: impl IntoIterator<Item = T>) -> Self {
        self.0.messages = messages.into_iter().map(Into::into).collect();
        self
    }

    /// Sets the fields that the provider refused, by their names on the wire.
    #[must_use]
    pub fn with_refused_fields(mut self, fields: impl IntoIterator<Item = &'static str>) -> Self {
        self.0.refused_fields = fields.into_iter().collect();
        self
    }

    /// Sets the part of the call that took too long.
    #[must_use]
    pub fn with_timeout_phase(mut self, phase: Phase) -> Self {
        self.0.phase = Some(phase);
        self
    }

    /// Sets why no connection was made.
    #[must_use]
    pub fn with_connect_failure(mut self, failure: ConnectFailure) -> Self {
        self.0.connect_failure = Some(failure);
        self
    }
}

// The runtime's own constructors. Texts must be scrubbed before they are passed to them.
#[doc(hidden)]
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

    /// Sets the reason. For a refusal of values, also finds the refused fields, by the names in the messages and by
    /// `names`, the names that the messages are listed under. Call it after `with_texts`.
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

    /// Finds the refused address in the unscrubbed texts, because scrubbing may mask a part of an address.
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

    pub(crate) fn with_idempotency_key(mut self, key: Option<&str>) -> Self {
        self.0.idempotency_key = key.map(str::to_owned);
        self
    }

    /// Sets the parts of the answer that were received.
    pub(crate) fn with_answer(mut self, status: StatusCode, headers: HeaderMap, body: Option<Bytes>) -> Self {
        self.0.status = Some(status);
        self.0.headers = headers;
        self.0.body = body;
        self
    }
}
