//! What a spec says of an operation, as data: the generated clients hold a table of these.

use reqwest::Method;

use crate::spec::rule::Rule;

/// Whether an operation changes something at the provider (the spec's `x-safety`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Safety {
    /// Only reads. Repeating it does no harm.
    Read,
    /// Changes something: sends a message, stores a contact. Repeating it may do it twice.
    Change,
}

/// How a list is paged (the spec's `x-pagination`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pagination {
    /// Query parameter with the number of the page, from 1.
    pub page: &'static str,
    /// Query parameter with the number of items on a page.
    pub page_size: &'static str,
    /// Where the items are in an answer: property names, outermost first.
    pub items: &'static [&'static str],
    /// Where an answer says the number of the last page.
    pub last_page: &'static [&'static str],
    /// Where an answer says how many items there are on all pages, if it does.
    pub total: Option<&'static [&'static str]>,
    /// Property that tells an item from every other, where the items have one.
    pub key: Option<&'static str>,
}

/// One operation of an API.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Operation {
    /// Name in the spec (`operationId`), and of the client's method.
    pub id: &'static str,
    /// HTTP method.
    pub method: Method,
    /// Path below the base URL, with `{name}` for each path parameter.
    pub path: &'static str,
    /// Whether it changes something.
    pub safety: Safety,
    /// One line on what it does.
    pub summary: &'static str,
    /// Parameters with only one possible value, sent with every call.
    pub constants: &'static [(&'static str, &'static str)],
    /// How its answers are paged, where they are.
    pub pagination: Option<Pagination>,
    /// What a caller fills in, by name on the wire: parameters, then the form's fields.
    pub fields: &'static [&'static str],
    /// What a request must hold, checked before it is sent.
    pub rules: &'static [Rule],
}

impl Operation {
    /// An operation without constants or pages.
    #[must_use]
    pub const fn new(
        id: &'static str,
        method: Method,
        path: &'static str,
        safety: Safety,
        summary: &'static str,
    ) -> Self {
        Self { id, method, path, safety, summary, constants: &[], pagination: None, fields: &[], rules: &[] }
    }

    /// The same with constant parameters.
    #[must_use]
    pub const fn with_constants(mut self, constants: &'static [(&'static str, &'static str)]) -> Self {
        self.constants = constants;
        self
    }

    /// The same with these fields to fill in.
    #[must_use]
    pub const fn with_fields(mut self, fields: &'static [&'static str]) -> Self {
        self.fields = fields;
        self
    }

    /// The same with these rules to hold.
    #[must_use]
    pub const fn with_rules(mut self, rules: &'static [Rule]) -> Self {
        self.rules = rules;
        self
    }

    /// The same with a paged answer.
    #[must_use]
    pub const fn with_pagination(mut self, pagination: Pagination) -> Self {
        self.pagination = Some(pagination);
        self
    }

    /// Whether it may be repeated without harm.
    #[must_use]
    pub fn is_read(&self) -> bool {
        self.safety == Safety::Read
    }
}
