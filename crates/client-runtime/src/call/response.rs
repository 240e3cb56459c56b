//! Successful answers.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;
use std::time::SystemTime;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::{DATE, HeaderMap};

use crate::call::raw_response::RawResponse;
use crate::decode::lenient::Lenient;
use crate::decode::object::ObjectOnly;
use crate::decode::visitor;
use crate::redact::scrubber::Scrubber;

/// A generated answer type.
pub trait Answer: Lenient + Default + Send {
    /// Returns the value of the property that the spec's `x-envelope` names as the status. `None` if the HTTP status reports
    /// the result.
    fn verdict(&self) -> Option<&str> {
        None
    }
}

/// A value of some answer type, behind a pointer.
pub(crate) trait DecodeTarget: Send {
    /// Replaces the value with one that is read from JSON.
    fn decode(&mut self, json: &str) -> serde_json::Result<()>;

    /// Returns what [`Answer::verdict`] returns.
    fn verdict(&self) -> Option<&str> {
        None
    }

    /// Takes a body that is not JSON. Returns `false` if the value is read from JSON.
    fn take(&mut self, _body: &Bytes) -> bool {
        false
    }
}

impl<T: Answer> DecodeTarget for T {
    fn decode(&mut self, json: &str) -> serde_json::Result<()> {
        *self = Self::default();
        visitor::json(json, &mut ObjectOnly(self))
    }

    fn verdict(&self) -> Option<&str> {
        Answer::verdict(self)
    }
}

/// The answer of a call that succeeded. It dereferences to the decoded value.
///
/// `Debug` shows the status and the value, and masks the client's credentials in them. The `Debug` of the value alone does
/// not mask anything.
pub struct ResponseValue<T> {
    value: T,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    attempts: u32,
    scrubber: Arc<Scrubber>,
}

impl<T> ResponseValue<T> {
    pub(crate) fn new(value: T, response: RawResponse, scrubber: &Arc<Scrubber>) -> Self {
        let RawResponse { status, headers, body, attempts } = response;
        Self { value, status, headers, body, attempts, scrubber: Arc::clone(scrubber) }
    }

    /// Returns the HTTP status. Which 2xx it is rarely matters.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the headers as they were received.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the time by the server's clock when it made the answer, from the `Date` header, in whole seconds. Returns
    /// `None` without a readable one.
    #[must_use]
    pub fn date(&self) -> Option<SystemTime> {
        httpdate::parse_http_date(self.headers.get(DATE)?.to_str().ok()?.trim()).ok()
    }

    /// Returns the body as it was received, including everything that the spec does not name.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Returns how many times the call was sent. It is sent more than once only if that is harmless.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Returns the decoded value.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.value
    }
}

impl<T> Deref for ResponseValue<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: fmt::Debug> fmt::Debug for ResponseValue<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The headers are left out because cookies are secrets, and the body because the value shows it.
        let value = if f.alternate() { format!("{:#?}", self.value) } else { format!("{:?}", self.value) };
        f.debug_struct("ResponseValue")
            .field("status", &self.status)
            .field("value", &format_args!("{}", self.scrubber.mask(&value)))
            .finish_non_exhaustive()
    }
}
