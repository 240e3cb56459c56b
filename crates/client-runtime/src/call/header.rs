//! The parameters of a call that are headers, and its idempotency key.

use std::fmt::Display;

use reqwest::header::{HeaderName, HeaderValue};

use crate::call::call::Call;
use crate::error::violation::{FieldError, Violation};
use crate::spec::rule::Constraint;

impl Call<'_> {
    /// Sets a parameter that is a header. `None` sets nothing.
    pub fn header<T: Display>(mut self, name: &'static str, value: Option<T>) -> Self {
        let Some(value) = value.map(|value| value.to_string()) else { return self };
        self.check(name, &value);
        // A provider takes an empty key for none, and the call is repeated because it has one.
        if value.trim().is_empty() && self.operation.idempotency.is_some_and(|key| key.eq_ignore_ascii_case(name)) {
            let why = "a repeated call is recognised by its key, so a key is not empty";
            self.violations.push(Violation::own(name, Constraint::HeaderValue, why));
        }
        self.unchecked_header(name, &value)
    }

    /// Sets a header to a value that was checked against the rules.
    pub(crate) fn unchecked_header(mut self, name: &'static str, value: &str) -> Self {
        let is_kept = value.trim() == value && value.bytes().all(|byte| matches!(byte, b' '..=b'~'));
        if !(is_kept && self.insert_header(name, value)) {
            let why = "headers have only letters, digits and signs of ASCII, and lose spaces at either end";
            self.violations.push(Violation::own(name, Constraint::HeaderValue, why));
        }
        self
    }

    /// Sets a header. Returns `false` if the name or the value cannot be that of a header.
    pub(crate) fn insert_header(&mut self, name: &'static str, value: &str) -> bool {
        let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) else { return false };
        self.headers.get_or_insert_default().insert(name, value);
        true
    }

    pub(crate) fn has_header(&self, name: &str) -> bool {
        self.headers.as_ref().is_some_and(|headers| headers.contains_key(name))
    }

    /// Returns the idempotency key, if the operation has one: that of the caller, or the one that was made for the call.
    pub(crate) fn idempotency_key(&self) -> Option<&str> {
        self.headers.as_ref()?.get(self.operation.idempotency?)?.to_str().ok()
    }

    /// Sets a header as [`Call::header`] does, with the value of a builder; for generated code.
    #[doc(hidden)]
    pub fn header_of<T: Display>(self, name: &'static str, value: Result<Option<T>, FieldError>) -> Self {
        match value {
            Ok(value) => self.header(name, value),
            Err(error) => self.without_value(name, &error),
        }
    }
}
