//! What a schema of the document says, with references followed, `allOf` merged and OpenAPI 3.1 brought down to 3.0.

use std::collections::BTreeSet;

use serde_json::Value;

use super::finding::{Finding, Result};
use super::reference::{component_name, resolve};
use crate::document::At;

/// A type of JSON, but for null.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Type {
    Array,
    Boolean,
    Integer,
    Number,
    Object,
    String,
}

impl Type {
    pub(super) fn of_word(word: &str) -> Option<Self> {
        Some(match word {
            "array" => Self::Array,
            "boolean" => Self::Boolean,
            "integer" => Self::Integer,
            "number" => Self::Number,
            "object" => Self::Object,
            "string" => Self::String,
            _ => return None,
        })
    }

    fn of_value(value: &Value) -> Option<Self> {
        Some(match value {
            Value::Array(_) => Self::Array,
            Value::Bool(_) => Self::Boolean,
            Value::Number(number) if number.is_f64() => Self::Number,
            Value::Number(_) => Self::Integer,
            Value::Object(_) => Self::Object,
            Value::String(_) => Self::String,
            Value::Null => return None,
        })
    }

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Array => "array",
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Object => "object",
            Self::String => "string",
        }
    }

    pub(super) fn is_scalar(self) -> bool {
        !matches!(self, Self::Array | Self::Object)
    }
}

/// Schemas that all apply to the same value.
pub(super) type Parts<'d> = Vec<At<'d>>;

/// The meaning of schemas that all apply to the same value.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a keyword of OpenAPI")]
pub(super) struct Flat<'d> {
    /// Where the schema is, behind its references.
    pub at: At<'d>,
    /// The schemas that apply.
    seen: Parts<'d>,
    /// The possible types. Empty for any.
    pub types: BTreeSet<Type>,
    /// Whether it may be null.
    pub nullable: bool,
    pub format: Option<&'d str>,
    /// The values of `enum` or `const`.
    pub values: Option<Vec<Value>>,
    /// Each property with the schemas that apply to it.
    pub properties: Vec<(&'d str, Parts<'d>)>,
    /// Properties that have other schemas in other answers or alternatives.
    pub conflicts: Vec<(&'d str, Parts<'d>)>,
    pub required: BTreeSet<&'d str>,
    pub items: Parts<'d>,
    /// Whether further properties have names that the caller chooses, and their schemas.
    pub more: Option<Parts<'d>>,
    /// For each `oneOf` and `anyOf`, its alternatives.
    pub alternatives: Vec<Vec<At<'d>>>,
    pub description: Option<&'d str>,
    pub title: Option<&'d str>,
    pub example: Option<At<'d>>,
    pub default: Option<At<'d>>,
    pub deprecated: bool,
    pub read_only: bool,
    pub write_only: bool,
    /// Limits, each with its key in OpenAPI 3.0.
    pub limits: Vec<(&'static str, Value)>,
    /// Keywords with conditions that a spec does not express, each with its value in short.
    pub unexpressed: Vec<String>,
    /// The components passed on the way, the outermost first.
    pub names: Vec<(&'d str, At<'d>)>,
    /// No value is valid.
    pub is_impossible: bool,
    /// Two schemas ask for different types.
    pub is_contradictory: bool,
}

/// Returns the meaning of schemas that all apply to the same value.
pub(super) fn flatten<'d>(place: &At<'d>, parts: &[At<'d>]) -> Result<Flat<'d>> {
    let mut flat = Flat {
        at: place.clone(),
        seen: Vec::new(),
        types: BTreeSet::new(),
        nullable: false,
        format: None,
        values: None,
        properties: Vec::new(),
        conflicts: Vec::new(),
        required: BTreeSet::new(),
        items: Vec::new(),
        more: None,
        alternatives: Vec::new(),
        description: None,
        title: None,
        example: None,
        default: None,
        deprecated: false,
        read_only: false,
        write_only: false,
        limits: Vec::new(),
        unexpressed: Vec::new(),
        names: Vec::new(),
        is_impossible: false,
        is_contradictory: false,
    };
    flat.absorb(parts)?;
    Ok(flat)
}

/// The most schemas that apply to one value.
const MOST_PARTS: usize = 200;

/// The most properties of an object.
const MOST_PROPERTIES: usize = 1000;

impl<'d> Flat<'d> {
    /// Adds schemas that apply, too, with those in their `allOf`.
    pub(super) fn absorb(&mut self, parts: &[At<'d>]) -> Result<()> {
        let mut open: Vec<_> = parts.iter().rev().cloned().collect();
        while let Some(part) = open.pop() {
            let target = resolve(&part)?;
            if let Some(name) = component_name(&part) {
                self.names.push((name, target.clone()));
            }
            if !part.is(&target) {
                // OpenAPI 3.1 allows keys beside a reference.
                self.add_words(&part);
            }
            // A schema that contains itself in an `allOf` adds nothing the second time.
            if self.seen.iter().any(|other| other.is(&target)) {
                continue;
            }
            if self.seen.is_empty() {
                self.at = target.clone();
            }
            self.seen.push(target.clone());
            if self.seen.len() > MOST_PARTS {
                return Err(Finding::at(&self.at, format!("more than {MOST_PARTS} schemas in one `allOf`")));
            }
            self.add(&target, &mut open)?;
        }
        if self.types.is_empty() {
            self.infer_types();
        }
        Ok(())
    }

    /// Returns what identifies an object in the document: the schemas that say what is in it.
    pub(super) fn key(&self) -> Vec<usize> {
        self.defining().map(At::index).collect()
    }

    fn defining(&self) -> impl Iterator<Item = &At<'d>> {
        let says =
            |at: &&At<'d>| ["properties", "required", "additionalProperties"].iter().any(|key| at.get(key).is_some());
        self.seen.iter().filter(says)
    }

    /// Returns what the object itself says about itself, and not where it is used.
    pub(super) fn own_description(&self) -> Option<&'d str> {
        let text = |at: &At<'d>| ["description", "title"].iter().find_map(|key| at.get(key)?.as_text());
        self.defining().find_map(text)
    }

    /// Returns the name of the component that is the whole object, and not a part of it.
    pub(super) fn component(&self) -> Option<&'d str> {
        let (name, target) = self.names.first()?;
        let is_whole = self.defining().count() == 1 || self.seen.first().is_some_and(|first| first.is(target));
        is_whole.then_some(*name)
    }

    /// Adds the properties of another object, one of which the value is. Only what both require stays required.
    pub(super) fn join(&mut self, other: Self) -> Result<()> {
        for (name, parts) in other.properties {
            match self.properties.iter().find(|(known, _)| *known == name) {
                Some((_, known)) if known.iter().map(At::index).eq(parts.iter().map(At::index)) => {}
                Some(_) => self.conflicts.push((name, parts)),
                None => self.properties.push((name, parts)),
            }
            if self.properties.len() > MOST_PROPERTIES {
                return Err(Finding::at(
                    &self.at,
                    format!("objects with more than {MOST_PROPERTIES} properties together"),
                ));
            }
        }
        self.conflicts.extend(other.conflicts);
        self.required.retain(|name| other.required.contains(name));
        self.description = self.description.or(other.description);
        self.seen.extend(other.seen);
        self.more = self.more.take().or(other.more);
        Ok(())
    }

    /// Returns the only type.
    pub(super) fn only_type(&self) -> Option<Type> {
        let mut types = self.types.iter();
        types.next().filter(|_| types.next().is_none()).copied()
    }

    fn infer_types(&mut self) {
        if !self.properties.is_empty() || self.more.is_some() && self.items.is_empty() {
            self.types.insert(Type::Object);
        } else if !self.items.is_empty() {
            self.types.insert(Type::Array);
        } else if let Some(values) = &self.values {
            self.types = values.iter().filter_map(Type::of_value).collect();
        }
    }

    /// Adds what is for readers.
    fn add_words(&mut self, at: &At<'d>) {
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

    fn add(&mut self, at: &At<'d>, open: &mut Vec<At<'d>>) -> Result<()> {
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
        let types: BTreeSet<_> = words.iter().filter_map(|word| Type::of_word(word)).collect();
        if let Some(unknown) = words.iter().find(|word| **word != "null" && Type::of_word(word).is_none()) {
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
