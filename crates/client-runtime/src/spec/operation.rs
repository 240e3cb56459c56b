//! The operations of a spec, as data. The generated clients have a table of them.

use reqwest::Method;

use crate::spec::credential::CredentialLocation;
use crate::spec::rule::Rule;

/// Tells whether an operation changes something at the provider (the spec's `x-safety`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Safety {
    /// It only reads. Repeating it is harmless.
    Read,
    /// It changes something, such as sending a message or storing a contact. Repeating it may do so twice.
    Change,
}

/// Describes how a list is divided into pages (the spec's `x-pagination`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pagination {
    /// The query parameter with the number of the page, from 1.
    pub page: &'static str,
    /// The query parameter with the number of items on a page.
    pub page_size: &'static str,
    /// The path to the items in an answer: names of properties, outermost first.
    pub items: &'static [&'static str],
    /// The path to the number of the last page.
    pub last_page: &'static [&'static str],
    /// The path to the number of items on all pages, if answers have it.
    pub total: Option<&'static [&'static str]>,
    /// The property that identifies an item, if items have one.
    pub key: Option<&'static str>,
}

/// One operation of an API.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Operation {
    /// Its name in the spec (`operationId`), which is also the name of the client's method.
    pub id: &'static str,
    /// HTTP method.
    pub method: Method,
    /// The path below the base URL, with `{name}` for each path parameter.
    pub path: &'static str,
    /// Tells whether it changes something.
    pub safety: Safety,
    /// A summary of what it does, in one line.
    pub summary: &'static str,
    /// The media type of its successful answers, for the header `Accept`.
    pub accept: &'static str,
    /// The credentials that its calls carry: alternatives, of which the first whose credentials were all given is sent.
    /// `None` means all credentials of the client, and an alternative without credentials means none.
    pub security: Option<&'static [&'static [CredentialLocation]]>,
    /// The header parameter with the idempotency key, if the provider does nothing for a key that it has seen. The runtime
    /// makes a key for each call, unless the caller sets one.
    pub idempotency: Option<&'static str>,
    /// Parameters with only one possible value. They are sent with every call.
    pub constants: &'static [(&'static str, &'static str)],
    /// How its answers are divided into pages, if they are.
    pub pagination: Option<Pagination>,
    /// The names on the wire of all values that a caller can give: parameters, then fields of the form.
    pub fields: &'static [&'static str],
    /// The rules that a request must satisfy before it is sent.
    pub rules: &'static [Rule],
}

impl Operation {
    /// Creates an operation without constants, fields, rules and pages.
    #[must_use]
    pub const fn new(
        id: &'static str,
        method: Method,
        path: &'static str,
        safety: Safety,
        summary: &'static str,
    ) -> Self {
        Self {
            id,
            method,
            path,
            safety,
            summary,
            accept: "application/json",
            security: None,
            idempotency: None,
            constants: &[],
            pagination: None,
            fields: &[],
            rules: &[],
        }
    }

    /// Sets the media type of its successful answers. Default: `application/json`.
    #[must_use]
    pub const fn with_accept(mut self, accept: &'static str) -> Self {
        self.accept = accept;
        self
    }

    /// Sets the credentials that its calls carry, as alternatives. Default: all credentials of the client.
    #[must_use]
    pub const fn with_security(mut self, alternatives: &'static [&'static [CredentialLocation]]) -> Self {
        self.security = Some(alternatives);
        self
    }

    /// Sets the header parameter with the idempotency key.
    #[must_use]
    pub const fn with_idempotency(mut self, header: &'static str) -> Self {
        self.idempotency = Some(header);
        self
    }

    /// Sets the constant parameters.
    #[must_use]
    pub const fn with_constants(mut self, constants: &'static [(&'static str, &'static str)]) -> Self {
        self.constants = constants;
        self
    }

    /// Sets the fields that a caller can give.
    #[must_use]
    pub const fn with_fields(mut self, fields: &'static [&'static str]) -> Self {
        self.fields = fields;
        self
    }

    /// Sets the rules.
    #[must_use]
    pub const fn with_rules(mut self, rules: &'static [Rule]) -> Self {
        self.rules = rules;
        self
    }

    /// Sets how answers are divided into pages.
    #[must_use]
    pub const fn with_pagination(mut self, pagination: Pagination) -> Self {
        self.pagination = Some(pagination);
        self
    }

    /// Returns whether repeating a call is harmless: it only reads, or it has an idempotency key.
    pub(crate) fn is_repeatable(&self) -> bool {
        self.is_read() || self.idempotency.is_some()
    }

    /// Returns whether it only reads, so that repeating it is harmless.
    #[must_use]
    pub fn is_read(&self) -> bool {
        self.safety == Safety::Read
    }
}
