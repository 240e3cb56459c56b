//! The parameters of a request, from the query string, a form in the body, or both.

use serde_json::{Map, Value};

use crate::{
    body::{self, Parsed},
    php,
};

/// Parameters by name. If a parameter is in both, that of the query string counts (a guess). JSON is ignored.
#[derive(Debug)]
pub(super) struct Params(Map<String, Value>);

impl Params {
    pub(super) fn new(query: &str, parsed: Parsed) -> Self {
        let mut values = if parsed.json { Map::new() } else { parsed.fields };
        values.extend(body::urlencoded(query.as_bytes()).fields);
        for value in values.values_mut() {
            if let Some(broken) = value.as_str().filter(|text| php::has_invalid_utf8(text)) {
                *value = php::lossy(broken).into();
            }
        }
        Self(values)
    }

    /// Returns a parameter that is present and not empty. A single space is not empty: as the text of a new chat it is
    /// accepted.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).and_then(Value::as_str).filter(|text| !text.is_empty())
    }

    /// Whether the parameter is present, even if it is empty.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// Returns the custom fields, by the part of their names after `field__`.
    pub(super) fn custom_fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.prefixed("field__")
    }

    /// Returns the variables of the chatbot, by the part of their names after `var__`. Without any, `context` is one: a
    /// public client sends it. Whether `ChatGuru` accepts that is not known.
    pub(super) fn variables(&self) -> impl Iterator<Item = (&str, &str)> {
        let variables = || self.prefixed("var__");
        let context = self.get("context").filter(|_| variables().next().is_none());
        variables().chain(context.map(|text| ("context", text)))
    }

    fn prefixed(&self, prefix: &'static str) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().filter_map(move |(name, value)| {
            let rest = name.strip_prefix(prefix).filter(|rest| !rest.is_empty())?;
            Some((rest, value.as_str()?))
        })
    }
}
