//! Objects with known properties.

use std::collections::BTreeSet;

use super::{ANSWER, REQUEST, Schemas};
use crate::document::At;
use crate::import::components::stem_of;
use crate::import::finding::{Finding, Result};
use crate::import::flat::{Flat, flatten};
use crate::import::place::{Limits, Place, Use};
use crate::import::prose::description;
use crate::import::tree::{Map, Tree};
use crate::import::wire_names::check;
use crate::names::field;
use crate::rules::WAY;

impl Schemas {
    /// Returns the answer or body of an operation, or a schema within it. `is_body` says that it is the root of a request.
    pub(in super::super) fn object_tree(
        &mut self,
        flat: &Flat<'_>,
        name: &str,
        usage: Use,
        is_body: bool,
    ) -> Result<Map> {
        let is_answer = usage == Use::Answer;
        let mut properties = Map::new();
        let mut required = Vec::new();
        let mut fields = BTreeSet::new();
        for (property, parts) in &flat.properties {
            let is_checked = !is_answer && (is_body || !property.contains(WAY));
            let limits = if is_checked { Limits::Checked } else { Limits::Unchecked };
            let usage = self.objects_of_form.get(*property).filter(|_| is_body).copied().unwrap_or(usage);
            let place = Place { usage, stem: stem_of(name), name: property, limits };
            let is_required = !is_answer && flat.required.contains(property);
            let others: Vec<_> =
                flat.conflicts.iter().filter(|(name, _)| name == property).map(|(_, parts)| parts).collect();
            let converted = self.property(parts, &others, place, &mut fields);
            let (tree, comments) = match converted {
                Ok(Some(converted)) => converted,
                Ok(None) => continue,
                Err(finding) if is_required => return Err(finding),
                Err(finding) => {
                    self.note(finding, property);
                    continue;
                }
            };
            let tree = if is_body { tree.with("x-source", self.source.clone()) } else { tree };
            if is_required {
                required.push(Tree::from(*property));
            }
            properties.add_commented(property, tree, comments);
        }
        let is_property = |name: &&&str| flat.properties.iter().any(|(property, _)| property == *name);
        for name in flat.required.iter().filter(|name| !is_answer && !is_property(name)) {
            let reason = format!("`{name}` is required, but is not a property, so it cannot be sent");
            let note = Finding::at(&flat.at, reason);
            if !self.notes.contains(&note) {
                self.notes.push(note);
            }
        }
        let description = flat.own_description().and_then(description);
        let what = if is_answer { ANSWER } else { REQUEST };
        let mut tree =
            Map::new().with("description", description.unwrap_or_else(|| what.to_owned())).with("type", "object");
        if !is_body {
            tree.add("x-source", self.source.clone());
        }
        if !required.is_empty() {
            tree.add("required", required);
        }
        let comments =
            if flat.more.is_some() { vec!["The document allows further properties.".to_owned()] } else { Vec::new() };
        tree.add_commented("properties", properties, comments);
        Ok(tree)
    }

    fn note(&mut self, finding: Finding, property: &str) {
        let reason = format!("`{property}` is left out: {}", finding.reason);
        let note = Finding { reason, ..finding };
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    /// Converts a property. Returns `None` for one that is not sent, or not received.
    fn property(
        &mut self,
        parts: &[At<'_>],
        others: &[&Vec<At<'_>>],
        place: Place<'_>,
        fields: &mut BTreeSet<String>,
    ) -> Result<Option<(Map, Vec<String>)>> {
        let Some(at) = parts.first() else { return Ok(None) };
        check(place.name).map_err(|reason| Finding::at(at, reason))?;
        let flat = flatten(at, parts)?;
        if flat.read_only && place.usage != Use::Answer || flat.write_only && place.usage == Use::Answer {
            return Ok(None);
        }
        if !fields.insert(field(place.name)) {
            return Err(Finding::at(at, format!("another property has the same name in Rust as `{}`", place.name)));
        }
        let mut piece = self.piece(at, parts, place)?;
        for other in others {
            let other = self.piece(other.first().unwrap_or(at), other, place)?;
            piece = piece.or(&other, place.usage).allowed(at, place.usage)?;
        }
        Ok(Some(piece.described()))
    }
}
