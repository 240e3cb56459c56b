//! A successful answer.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use crate::call::raw_response::Answered;
use crate::decode::lenient::Lenient;
use crate::decode::object::Whole;
use crate::decode::visitor;
use crate::redact::scrubber::Scrubber;

/// A generated answer type: it knows which of its fields says how the call went.
pub trait Answer: Lenient + Default + Send {
    /// The value of the property that the spec's `x-envelope` names as status.
    fn verdict(&self) -> Option<&str>;
}

/// A value of some answer type, to be read from what comes.
pub(crate) trait Decoded: Send {
    /// Reads it from JSON, in place of what it was.
    fn decode(&mut self, json: &str) -> serde_json::Result<()>;

    /// As [`Answer::verdict`].
    fn verdict(&self) -> Option<&str>;
}

impl<T: Answer> Decoded for T {
    fn decode(&mut self, json: &str) -> serde_json::Result<()> {
        *self = Self::default();
        visitor::json(json, &mut Whole(self))
    }

    fn verdict(&self) -> Option<&str> {
        Answer::verdict(self)
    }
}

/// The answer of a call that succeeded, in-band too. It dereferences to the decoded value.
///
/// Its `Debug` shows status and value, without the client's credentials should the provider quote
/// them. The value by itself is what the provider sent, and knows of no credentials.
pub struct ResponseValue<T> {
    value: T,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    attempts: u32,
    scrubber: Arc<Scrubber>,
}

impl<T> ResponseValue<T> {
    pub(crate) fn new(value: T, answered: Answered, scrubber: &Arc<Scrubber>) -> Self {
        let Answered { status, headers, body, attempts } = answered;
        Self { value, status, headers, body, attempts, scrubber: Arc::clone(scrubber) }
    }

    /// HTTP status. Which 2xx it is means nothing with these providers.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Headers as they came.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Body as it came, with what the spec does not name.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// How many times the call was sent; more than once only where that can do no harm.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The decoded value.
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
        // Headers and body are left out: cookies are secrets, and the value says it all.
        let value = if f.alternate() { format!("{:#?}", self.value) } else { format!("{:?}", self.value) };
        f.debug_struct("ResponseValue")
            .field("status", &self.status)
            .field("value", &format_args!("{}", self.scrubber.mask(&value)))
            .finish_non_exhaustive()
    }
}
