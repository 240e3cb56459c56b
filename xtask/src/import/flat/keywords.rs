//! What the keywords of one schema add to the meaning of a value.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Flat, MOST_PROPERTIES};
use crate::document::At;
use crate::import::finding::{Finding, Result};
use crate::import::json_type::Type;

/// The most values of an `enum` that are read. A list that is longer than this becomes no open enum.
const MOST_VALUES: usize = 1000;

impl<'d> Flat<'d> {
    pub(super) fn infer_types(&mut self) {
        if !self.properties.is_empty() || self.more.is_some() && self.items.is_empty() {
            self.types.insert(Type::Object);
        } else if !self.items.is_empty() {
            self.types.insert(Type::Array);
        } else if let Some(values) = &self.values {
            self.types = values.iter().filter_map(Type::of_value).collect();
        }
    }

    /// Adds what is for readers.
    pub(super) fn add_words(&mut self, at: &At<'d>) {
        let text = |key| at.get(key).and_then(|at| at.as_text()).filter(|text| !text.trim().is_empty());
        self.description = self.description.or_else(|| text("description"));
        self.title = self.title.or_else(|| text("title"));
        self.deprecated |= at.is_true("deprecated");
        self.read_only |= at.is_true("readOnly");
        self.write_only |= at.is_true("writeOnly");
        if self.example.is_none() {
            let first = at.get("examples").and_then(|at| at.as_items()).and_then(|items| items.into_iter().next());
            self.example = at.get("example").or(first);
        }
        if self.default.is_none() {
            self.default = at.get("default");
        }
    }

    pub(super) fn add(&mut self, at: &At<'d>, open: &mut Vec<At<'d>>) -> Result<()> {
        // In OpenAPI 3.1, `true` and `false` are schemas.
        if at.as_scalar().is_some_and(|value| *value == false) {
            self.is_impossible = true;
        }
        self.add_words(at);
        self.nullable |= at.is_true("nullable");
        self.add_types(at);
        self.format = self.format.or_else(|| at.get("format").and_then(|at| at.as_text()));
        self.add_values(at);
        let properties = at.get("properties").and_then(|at| at.as_entries()).unwrap_or_default();
        if self.properties.len() + properties.len() > MOST_PROPERTIES {
            return Err(Finding::at(at, format!("an object with more than {MOST_PROPERTIES} properties")));
        }
        for (name, property) in properties {
            match self.properties.iter_mut().find(|(other, _)| *other == name) {
                Some((_, parts)) => parts.push(property),
                None => self.properties.push((name, vec![property])),
            }
        }
        let required = at.get("required").and_then(|at| at.as_items()).unwrap_or_default();
        self.required.extend(required.iter().filter_map(At::as_text));
        self.items.extend(at.get("items").filter(|items| items.as_entries().is_some()));
        self.add_more(at);
        for key in ["oneOf", "anyOf"] {
            self.alternatives.extend(at.get(key).and_then(|at| at.as_items()));
        }
        self.add_limits(at);
        if let Some(all) = at.get("allOf").and_then(|at| at.as_items()) {
            open.extend(all.into_iter().rev());
        }
        Ok(())
    }

    fn add_types(&mut self, at: &At<'d>) {
        let words: Vec<_> = match at.get("type") {
            None => return,
            Some(kind) => match kind.as_items() {
                Some(items) => items.iter().filter_map(At::as_text).collect(),
                None => kind.as_text().into_iter().collect(),
            },
        };
        self.nullable |= words.contains(&"null");
        let of_word = |word: &&str| Type::of_word(word).or_else(|| Type::of_foreign_word(word));
        let types: BTreeSet<_> = words.iter().filter_map(of_word).collect();
        for word in words.iter().filter(|word| Type::of_word(word).is_none()) {
            if let Some(kind) = Type::of_foreign_word(word) {
                self.foreign.push(format!("The document writes the type `{word}`, read as {}.", kind.word()));
            }
            if word.eq_ignore_ascii_case("file") {
                self.format = self.format.or(Some("binary"));
            }
        }
        if let Some(unknown) = words.iter().find(|word| **word != "null" && of_word(word).is_none()) {
            self.unexpressed.push(format!("type: {unknown}"));
        } else if self.types.is_empty() {
            self.types = types;
        } else if !types.is_empty() {
            let both: BTreeSet<_> = self.types.intersection(&types).copied().collect();
            let narrower = BTreeSet::from([Type::Integer]);
            let numbers = |types: &BTreeSet<_>| types.contains(&Type::Integer) || types.contains(&Type::Number);
            self.types = match both.is_empty() {
                false => both,
                true if numbers(&self.types) && numbers(&types) => narrower,
                true => {
                    self.is_contradictory = true;
                    types
                }
            };
        }
    }

    fn add_values(&mut self, at: &At<'d>) {
        let listed = at.get("enum").and_then(|at| at.as_items());
        let values = match (at.get("const"), listed) {
            (Some(constant), _) => vec![constant],
            (None, Some(listed)) => listed,
            (None, None) => return,
        };
        if values.len() > MOST_VALUES {
            self.nullable |= values.iter().any(|at| at.as_scalar().is_some_and(Value::is_null));
            if self.types.is_empty() {
                self.types.extend(values.iter().find_map(|at| Type::of_value(at.as_scalar()?)));
            }
            self.unexpressed.push(format!("enum: {} values", values.len()));
            return;
        }
        let values: Vec<Value> = values.iter().filter_map(|at| at.as_scalar().cloned()).collect();
        self.nullable |= values.contains(&Value::Null);
        let values = values.into_iter().filter(|value| !value.is_null());
        self.values = Some(match self.values.take() {
            Some(others) => values.filter(|value| others.contains(value)).collect(),
            None => values.collect(),
        });
    }

    fn add_more(&mut self, at: &At<'d>) {
        let more = at.get("additionalProperties");
        match more.as_ref().and_then(At::as_scalar) {
            Some(Value::Bool(true)) => drop(self.more.get_or_insert_default()),
            Some(_) => {}
            None => {
                if let Some(more) = more {
                    self.more.get_or_insert_default().push(more);
                }
            }
        }
        if at.get("patternProperties").is_some() {
            self.more.get_or_insert_default();
        }
    }

    fn add_limits(&mut self, at: &At<'d>) {
        let scalar = |key| at.get(key).and_then(|at| at.as_scalar().cloned());
        for key in ["minimum", "maximum", "minLength", "maxLength", "minProperties"] {
            if let Some(limit) = scalar(key).filter(Value::is_number) {
                self.limits.push((key, limit));
            }
        }
        for (key, inclusive) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
            match scalar(key) {
                // 3.0: a flag beside the limit. 3.1: the limit itself.
                Some(Value::Bool(true)) => {
                    let limit = scalar(inclusive).unwrap_or_default();
                    self.limits.retain(|(other, _)| *other != inclusive);
                    self.limits.push((key, limit));
                }
                Some(limit) if limit.is_number() => self.limits.push((key, limit)),
                _ => {}
            }
        }
        for key in ["pattern", "multipleOf", "minItems", "maxItems", "uniqueItems", "maxProperties", "contentEncoding"]
        {
            if let Some(value) = scalar(key).filter(|value| *value != false) {
                let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                self.unexpressed.push(format!("{key}: {value}"));
            }
        }
        for key in [
            "not",
            "if",
            "dependentRequired",
            "dependentSchemas",
            "patternProperties",
            "propertyNames",
            "prefixItems",
            "contains",
            "unevaluatedProperties",
        ] {
            if at.get(key).is_some_and(|at| at.as_scalar().is_none()) {
                self.unexpressed.push(key.to_owned());
            }
        }
    }
}
