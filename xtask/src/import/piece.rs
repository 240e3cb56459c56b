//! A schema of the spec before it has its description.

use std::collections::BTreeSet;

use serde_json::Value;

use super::finding::{Finding, Result};
use super::flat::Flat;
use super::json_type::Type;
use super::limits::limits;
use super::place::{Place, Use};
use super::prose::{description, joined, without_secrets, wrapped};
use super::tree::{Map, Tree};
use crate::document::At;

const ALLOWS_NULL: &str = "The document allows null.";

/// A schema, and what is said about it where it is used.
#[derive(Debug, Default)]
pub(super) struct Piece {
    keywords: Map,
    description: Option<String>,
    words: Vec<String>,
    comments: Vec<String>,
    example: Option<Tree>,
    /// Whether it can be sent as null.
    nullable: bool,
}

impl Piece {
    pub(super) fn of(keywords: Map) -> Self {
        Self { keywords, ..Self::default() }
    }

    /// Any JSON.
    pub(super) fn any(comment: Option<String>) -> Self {
        Self { comments: comment.into_iter().collect(), ..Self::default() }
    }

    /// A text, with a comment about what it stands for.
    pub(super) fn text(comment: &str) -> Self {
        Self { comments: vec![comment.to_owned()], ..Self::of(Map::new().with("type", "string")) }
    }

    /// A value without one type: any JSON, or text where only text is sent. The comment says why.
    pub(super) fn unknown(why: &str, usage: Use) -> Self {
        if usage.is_text() {
            Self::text(&format!("{why}: sent as text."))
        } else {
            Self::any(Some(format!("{why}: any JSON.")))
        }
    }

    /// A text that holds JSON, as OpenAPI sends an object in a form.
    pub(super) fn json_text() -> Self {
        let words = vec!["The value is JSON, as text.".to_owned()];
        Self { words, ..Self::of(Map::new().with("type", "string").with("x-format", "json")) }
    }

    /// Returns the reference that the schema is.
    pub(super) fn reference(&self) -> Option<&str> {
        self.keywords.text("$ref")
    }

    /// Whether it is a text that holds JSON.
    pub(super) fn is_json_text(&self) -> bool {
        self.keywords.text("x-format") == Some("json")
    }

    /// A map with the properties of an object as its keys, each sent as text.
    pub(super) fn keyed(flat: &Flat<'_>, place: Place<'_>) -> Self {
        let values = Map::new().with("type", "string");
        let mut piece = Self::of(Map::new().with("type", "object").with("additionalProperties", values));
        let names: Vec<_> = flat.properties.iter().map(|(name, _)| format!("`{}`", name.replace('`', "'"))).collect();
        if !names.is_empty() {
            piece.words.extend(description(&format!("Keys: {}.", names.join(", "))));
        }
        piece.worded(flat, place)
    }

    /// A text that holds a list, with this character between its items.
    pub(super) fn separated(flat: &Flat<'_>, separator: char, place: Place<'_>) -> Self {
        let mut piece = Self::of(Map::new().with("type", "string"));
        let name = if separator == ' ' { "a space".to_owned() } else { format!("`{separator}`") };
        piece.words.push(format!("A list with {name} between its items."));
        piece.worded(flat, place)
    }

    pub(super) fn is_any(&self) -> bool {
        self.keywords.is_empty()
    }

    /// A value of one scalar type.
    pub(super) fn scalar(kind: Type, flat: &Flat<'_>, place: Place<'_>) -> Self {
        let mut piece = Self::of(Map::new().with("type", kind.word()));
        let is_file = matches!(flat.format, Some("binary")) && kind == Type::String;
        match kind {
            Type::Integer => piece.keywords.add("format", "int64"),
            Type::Number => piece.keywords.add("format", "double"),
            _ if is_file && place.usage == Use::Form => piece.keywords.add("format", "binary"),
            _ => {}
        }
        if let Some(format) =
            flat.format.filter(|format| !["int32", "int64", "float", "double", "binary"].contains(format))
        {
            piece.words.extend(description(&format!("Format: `{}`.", format.replace('`', "'"))));
        }
        if let Some(values) = flat.values.as_ref().filter(|values| !values.is_empty() && values.len() <= 50) {
            let values: Vec<_> = values.iter().map(|value| format!("`{}`", plain(value).replace('`', "'"))).collect();
            piece.words.extend(description(&format!("Values: {}.", values.join(", "))));
        }
        for (key, limit) in limits(kind, flat) {
            if key.starts_with("exclusive") {
                piece.comments.push(format!("Not expressed: {key}: {limit}"));
            } else if place.checks(kind) && !is_file {
                piece.keywords.add(key, &limit);
            } else {
                piece.comments.push(format!("{key}: {limit}"));
            }
        }
        piece
    }

    /// A value of one of several scalar types. In a request it is a text, since text can hold each of them.
    pub(super) fn scalars(types: &BTreeSet<Type>, usage: Use) -> Self {
        let words: Vec<_> = types.iter().map(|kind| kind.word()).collect();
        match usage {
            Use::Answer => {
                let one = |kind: &Type| {
                    let map = Map::new().with("type", kind.word());
                    Tree::from(if *kind == Type::Integer { map.with("format", "int64") } else { map })
                };
                Self::of(Map::new().with("oneOf", types.iter().map(one).collect::<Vec<_>>()))
            }
            Use::Json if !types.contains(&Type::String) => {
                Self::any(Some(format!("One of {}, so any JSON.", words.join(", "))))
            }
            _ => Self::text(&format!("One of {}, sent as text.", words.join(", "))),
        }
    }

    /// A list with this schema for its items.
    pub(super) fn listed(self) -> Self {
        let inner = self.without_null();
        let keywords = Map::new().with("type", "array").with("items", inner.keywords);
        Self { keywords, words: inner.words, comments: inner.comments, ..Self::default() }
    }

    /// A map with this schema for its values.
    pub(super) fn mapped(self, flat: &Flat<'_>, place: Place<'_>) -> Self {
        let inner = self.without_null();
        let mut keywords = Map::new().with("type", "object");
        let mut comments = inner.comments;
        match flat.limits.iter().find(|(key, limit)| *key == "minProperties" && limit.as_u64() > Some(0)) {
            Some((key, limit)) if place.checks(Type::Object) => keywords.add(key, limit),
            Some((key, limit)) => comments.push(format!("{key}: {limit}")),
            None => {}
        }
        let keywords = keywords.with("additionalProperties", inner.keywords);
        Self { keywords, words: inner.words, comments, ..Self::default() }
    }

    /// The same where only a property could be null.
    fn without_null(mut self) -> Self {
        if std::mem::take(&mut self.nullable) {
            self.comments.push(ALLOWS_NULL.to_owned());
        }
        self
    }

    /// This schema or another one, where answers or alternatives differ.
    pub(super) fn or(self, other: &Self, usage: Use) -> Self {
        let types = |piece: &Self| -> BTreeSet<Type> {
            let one_of = match piece.keywords.get("oneOf") {
                Some(Tree::List(items)) => {
                    items.iter().filter_map(|item| item.json()["type"].as_str().map(str::to_owned)).collect()
                }
                _ => Vec::new(),
            };
            let own = piece.keywords.text("type").map(str::to_owned);
            own.into_iter().chain(one_of).filter_map(|word| Type::of_word(&word)).collect()
        };
        let (mine, theirs) = (types(&self), types(other));
        if self.keywords == other.keywords {
            return self;
        }
        let mut same = self.keywords.clone();
        same.entries.retain(|entry| other.keywords.get(&entry.key) == Some(&entry.value));
        let are_scalars = mine.union(&theirs).all(|kind| kind.is_scalar()) && !mine.is_empty() && !theirs.is_empty();
        let keywords = match are_scalars {
            // They differ in limits, or in whether they may be null.
            true if mine == theirs && !same.is_empty() => return Self { keywords: same, ..self },
            true => Self::scalars(&mine.union(&theirs).copied().collect(), usage).keywords,
            false => Map::new(),
        };
        let nullable = self.nullable || other.nullable;
        let mut piece = Self { keywords, description: self.description, nullable, ..Self::default() };
        if piece.is_any() {
            piece.comments.push("It has several shapes, so any JSON.".to_owned());
        }
        piece
    }

    /// Adds what the document says about the value.
    pub(super) fn worded(mut self, flat: &Flat<'_>, place: Place<'_>) -> Self {
        self.description = flat.description.or(flat.title).and_then(description);
        if flat.deprecated {
            self.words.push("Deprecated.".to_owned());
        }
        if let Some(default) = flat.default.as_ref().and_then(At::as_scalar).filter(|value| !value.is_null()) {
            self.words.extend(description(&format!("The default is `{}`.", plain(default).replace('`', "'"))));
        }
        if flat.nullable && place.usage == Use::Answer && self.keywords.get("type").is_some() {
            let mut keywords = Map::new();
            for entry in std::mem::take(&mut self.keywords).entries {
                let is_type = entry.key == "type";
                keywords.entries.push(entry);
                if is_type {
                    keywords.add("nullable", true);
                }
            }
            self.keywords = keywords;
        } else if flat.nullable && place.usage == Use::Json && !self.is_any() {
            self.nullable = true;
        } else if flat.nullable && place.usage != Use::Answer && !self.is_any() {
            self.comments.push(ALLOWS_NULL.to_owned());
        }
        self.comments.extend(flat.foreign.iter().cloned());
        let unexpressed = flat.unexpressed.iter().filter(|one| *one != "prefixItems");
        self.comments.extend(unexpressed.map(|one| format!("Not expressed: {one}")));
        let is_plain = |value: &Value| !value.is_null() && value.as_str().is_none_or(|text| !text.trim().is_empty());
        let example = flat.example.as_ref().and_then(|at| at.as_scalar().cloned()).filter(is_plain);
        self.example = example.filter(|_| self.is_scalar()).map(Tree::Scalar);
        self
    }

    /// Refuses any JSON where only text can be sent.
    pub(super) fn allowed(self, at: &At<'_>, usage: Use) -> Result<Self> {
        let inner = |key| matches!(self.keywords.get(key), Some(Tree::Map(map)) if map.is_empty() || map.get("items").is_some());
        if usage.is_text() && (self.is_any() || inner("items")) {
            return Err(Finding::at(at, "a value without one type, which a form or a URL cannot hold"));
        }
        Ok(self)
    }

    /// Returns the schema without its description, and the lines of its comment.
    pub(super) fn bare(mut self) -> (Map, Vec<String>) {
        self = self.without_null();
        let comments = comment_lines(&self.comments);
        (self.keywords, comments)
    }

    /// Returns the description, if the document has one.
    pub(super) fn words(&self) -> String {
        let own = self.description.as_deref().into_iter();
        joined(own.chain(self.words.iter().map(String::as_str)))
    }

    /// Returns what is said besides the description.
    pub(super) fn more_words(&self) -> String {
        joined(self.words.iter().map(String::as_str))
    }

    pub(super) fn is_scalar(&self) -> bool {
        self.keywords.text("type").is_some_and(|kind| kind != "array" && kind != "object")
    }

    pub(super) fn example(&self) -> Option<Tree> {
        self.example.clone()
    }

    /// Returns the schema of a property with its description, and the lines of its comment.
    pub(super) fn described(mut self) -> (Map, Vec<String>) {
        let nullable = std::mem::take(&mut self.nullable);
        let words = self.words();
        let text = if words.is_empty() { crate::read::NO_DESCRIPTION.to_owned() } else { words };
        let (example, is_reference) = (self.example(), self.keywords.get("$ref").is_some());
        let (keywords, comments) = self.bare();
        let mut map = if is_reference { Map::new().with("allOf", vec![Tree::from(keywords)]) } else { keywords };
        if nullable {
            map.add("nullable", true);
        }
        map.add("description", text);
        (map.with_some("example", example), comments)
    }
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Returns comments as lines that a spec may contain.
fn comment_lines(comments: &[String]) -> Vec<String> {
    let mut lines = Vec::new();
    for comment in comments {
        let text = comment.replace(|c: char| c.is_control(), " ");
        let text: String = text.chars().take(400).collect();
        let wrapped = wrapped(&without_secrets(text.trim()));
        lines.extend(wrapped.trim_end().lines().map(str::to_owned));
    }
    lines.dedup();
    lines
}
