//! What a schema of the document says, with references followed, `allOf` merged and OpenAPI 3.1 brought down to 3.0.

mod keywords;

use std::collections::BTreeSet;

use serde_json::Value;

use super::finding::{Finding, Result};
use super::json_type::Type;
use super::reference::{component_name, has_keywords, resolve};
use crate::document::At;

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
    /// Types that OpenAPI does not have, each with what it is read as.
    pub foreign: Vec<String>,
    /// The components passed on the way, the outermost first.
    pub names: Vec<(&'d str, At<'d>)>,
    /// No value is valid.
    pub is_impossible: bool,
    /// Two schemas ask for different types.
    pub is_contradictory: bool,
    /// How many alternatives were looked at.
    pub settled: usize,
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
        foreign: Vec::new(),
        names: Vec::new(),
        is_impossible: false,
        is_contradictory: false,
        settled: 0,
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
            if self.seen.is_empty() {
                self.at = target.clone();
            }
            if has_keywords(&part) {
                if self.seen.iter().any(|other| other.is(&part)) {
                    continue;
                }
                self.seen.push(part.clone());
                self.add(&part, &mut open)?;
            } else if !part.is(&target) {
                self.add_words(&part);
            }
            // A schema that contains itself in an `allOf` adds nothing the second time.
            if self.seen.iter().any(|other| other.is(&target)) {
                continue;
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

    /// Returns the numbers of the schemas that apply, the first of which names the value.
    pub(super) fn schemas(&self) -> impl Iterator<Item = usize> {
        self.seen.iter().map(At::index)
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
}
