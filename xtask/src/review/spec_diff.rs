//! Two documents compared: what means something, what is documentation, and what is only in another
//! order.
//!
//! Nothing is passed over: a key that nobody here has heard of is a change like any other.

use std::collections::BTreeSet;

use super::describe::{describe, json, kind, plain_json};
use super::operations::{Operation, operations};
use super::place::place;
use crate::document::{At, Document};
use crate::rewrite::holds_names;

/// What differs between two documents.
#[derive(Debug, Default)]
pub(super) struct Differences {
    pub(super) changes: Vec<Change>,
    /// Places whose documentation differs.
    pub(super) documentation: Vec<String>,
    /// Places where only the order differs.
    pub(super) order: Vec<String>,
}

/// A change that means something.
#[derive(Debug)]
pub(super) struct Change {
    /// Where it is, by names rather than by numbers: `operations`, `contact_list`, `parameters`, `query page`.
    pub(super) steps: Vec<String>,
    /// What was there, for people.
    pub(super) old: Option<String>,
    /// What is there now.
    pub(super) new: Option<String>,
}

/// Keys for readers alone. `tags` sort operations into chapters.
const DOCUMENTATION: [&str; 10] =
    ["info", "description", "summary", "example", "examples", "x-source", "x-why", "tags", "why", "externalDocs"];

/// Keys that together are a type.
const TYPE: [&str; 5] = ["type", "format", "nullable", "$ref", "allOf"];
/// Keys that are part of a type, and may hold more than it.
const INNER: [&str; 4] = ["items", "additionalProperties", "oneOf", "anyOf"];

pub(super) fn compare(old: &Document, new: &Document) -> Differences {
    let mut walk = Walk::default();
    let (old, new) = (old.root(), new.root());
    walk.operations(&operations(&old), &operations(&new));
    let here = |key: &str| !matches!(key, "paths" | "components");
    walk.map(&[], &old, &new, &here);
    if let (Some(old), Some(new)) = (old.get("components"), new.get("components")) {
        // Parameters and answers are compared where they are used.
        walk.map(&["components".to_owned()], &old, &new, &|key| !matches!(key, "parameters" | "responses"));
    }
    walk.found.documentation.dedup();
    walk.found.order.dedup();
    walk.found
}

/// Whether a key is for readers alone.
pub(super) fn is_documentation(within: &At<'_>, key: &str) -> bool {
    !holds_names(within) && DOCUMENTATION.contains(&key)
}

#[derive(Default)]
struct Walk {
    found: Differences,
    /// Shared components that were compared already.
    seen: BTreeSet<String>,
}

impl Walk {
    fn push(&mut self, steps: &[String], key: &str, old: Option<String>, new: Option<String>) {
        self.found.changes.push(Change { steps: joined(steps, key), old, new });
    }

    fn order(&mut self, steps: &[String], old: &[&str], new: &[&str]) {
        let common = |names: &[&str], others: &[&str]| -> Vec<String> {
            names.iter().filter(|name| others.contains(name)).map(|name| (*name).to_owned()).collect()
        };
        let (was, is) = (common(old, new), common(new, old));
        if was == is {
            return;
        }
        // There it is the order of a constructor's arguments.
        if steps.last().is_some_and(|last| last == "securitySchemes") {
            self.push(steps, "order", Some(was.join(", ")), Some(is.join(", ")));
        } else {
            self.found.order.push(place(steps).0);
        }
    }

    fn operations(&mut self, old: &[Operation<'_>], new: &[Operation<'_>]) {
        let mut pairs = Vec::new();
        let all = ["operations".to_owned()];
        for operation in new {
            let same = old.iter().find(|one| one.id == operation.id);
            let gone = |one: &&Operation<'_>| !new.iter().any(|other| other.id == one.id);
            let renamed =
                || old.iter().filter(gone).find(|one| (&one.method, one.key) == (&operation.method, operation.key));
            match same.or_else(renamed) {
                Some(before) => pairs.push((before, operation)),
                None => self.push(&all, &operation.id, None, Some(operation.request_line())),
            }
        }
        for operation in old.iter().filter(|one| !pairs.iter().any(|(before, _)| before.id == one.id)) {
            self.push(&all, &operation.id, Some(operation.request_line()), None);
        }
        for (old, new) in &pairs {
            let steps = joined(&all, &new.id);
            let words = [
                ("operationId", old.id.clone(), new.id.clone()),
                ("method", old.method.clone(), new.method.clone()),
                ("path", old.key.to_owned(), new.key.to_owned()),
            ];
            for (key, old, new) in words {
                if old != new {
                    self.push(&steps, key, Some(old), Some(new));
                }
            }
            self.map(&steps, &old.at, &new.at, &|key| !matches!(key, "operationId" | "parameters"));
            self.named(&joined(&steps, "parameters"), &old.parameters, &new.parameters);
        }
        let ids = |operations: &[Operation<'_>]| operations.iter().map(|one| one.id.clone()).collect::<Vec<_>>();
        let (old, new) = (ids(old), ids(new));
        self.order(&all, &texts(&old), &texts(&new));
    }

    /// Values with the same name are compared, wherever they stand.
    fn named(&mut self, steps: &[String], old: &[(String, At<'_>)], new: &[(String, At<'_>)]) {
        for (name, at) in new {
            match old.iter().find(|(other, _)| other == name) {
                Some((_, before)) => self.value(&joined(steps, name), before, at),
                None => self.push(steps, name, None, Some(describe(at))),
            }
        }
        for (name, at) in old.iter().filter(|(name, _)| !new.iter().any(|(other, _)| other == name)) {
            self.push(steps, name, Some(describe(at)), None);
        }
        let names = |list: &[(String, At<'_>)]| list.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        let (old, new) = (names(old), names(new));
        self.order(steps, &texts(&old), &texts(&new));
    }

    fn value(&mut self, steps: &[String], old: &At<'_>, new: &At<'_>) {
        let (old_target, new_target) = (target(old), target(new));
        let shared = |at: &At<'_>| at.pointer().starts_with("/components/");
        let mut steps = steps.to_vec();
        if shared(&old_target) && old_target.pointer() == new_target.pointer() && !shared(new) {
            steps = new_target.pointer().split('/').skip(1).map(str::to_owned).collect();
            if !self.seen.insert(new_target.pointer()) {
                return;
            }
        }
        let (old, new) = (old_target, new_target);
        if old.entries().is_ok() && new.entries().is_ok() {
            self.map(&steps, &old, &new, &|_| true);
        } else if old.items().is_ok() && new.items().is_ok() {
            self.list(&steps, &old, &new);
        } else if plain_json(&old) != plain_json(&new) {
            self.found.changes.push(Change { steps, old: Some(describe(&old)), new: Some(describe(&new)) });
        }
    }

    fn map(&mut self, steps: &[String], old: &At<'_>, new: &At<'_>, wanted: &dyn Fn(&str) -> bool) {
        let (Ok(old_entries), Ok(new_entries)) = (old.entries(), new.entries()) else { return };
        let mut typed: Vec<&str> = Vec::new();
        if !holds_names(new) && [old, new].iter().any(|at| is_schema(at)) {
            typed.extend(TYPE);
            let (old, new) = (kind(old), kind(new));
            if old != new {
                typed.extend(INNER);
                self.push(steps, "type", Some(old), Some(new));
            }
        }
        let wanted = |key: &str| wanted(key) && !typed.contains(&key);
        for (key, at) in new_entries.iter().filter(|(key, _)| wanted(key)) {
            match old.get(key) {
                _ if is_documentation(new, key) => {
                    if old.get(key).is_none_or(|before| json(&before) != json(at)) {
                        self.found.documentation.push(place(&joined(steps, key)).0);
                    }
                }
                _ if *key == "required" && new.get("properties").is_some() => {}
                Some(before) => self.value(&joined(steps, key), &before, at),
                None => self.push(steps, key, None, Some(describe(at))),
            }
        }
        for (key, at) in old_entries.iter().filter(|(key, _)| wanted(key) && new.get(key).is_none()) {
            if is_documentation(old, key) {
                self.found.documentation.push(place(&joined(steps, key)).0);
            } else if !(*key == "required" && old.get("properties").is_some()) {
                self.push(steps, key, Some(describe(at)), None);
            }
        }
        self.required(steps, old, new);
        let keys = |entries: &[(&str, At<'_>)]| -> Vec<String> {
            entries.iter().filter(|(key, _)| wanted(key)).map(|(key, _)| (*key).to_owned()).collect()
        };
        let (old, new) = (keys(&old_entries), keys(&new_entries));
        self.order(steps, &texts(&old), &texts(&new));
    }

    /// Which properties must be there; of one that came or went, its description tells.
    fn required(&mut self, steps: &[String], old: &At<'_>, new: &At<'_>) {
        let (Some(was), Some(is)) = (old.get("properties"), new.get("properties")) else { return };
        for (name, _) in is.entries().unwrap_or_default() {
            let word = |at: &At<'_>| (if needs(at, name) { "required" } else { "optional" }).to_owned();
            if was.get(name).is_some() && needs(old, name) != needs(new, name) {
                let steps = joined(&joined(steps, "properties"), name);
                self.push(&steps, "required", Some(word(old)), Some(word(new)));
            }
        }
    }

    fn list(&mut self, steps: &[String], old: &At<'_>, new: &At<'_>) {
        let (Ok(old_items), Ok(new_items)) = (old.items(), new.items()) else { return };
        let key = match steps.last().map(String::as_str) {
            // What comes first is preferred.
            Some("texts") => {
                if plain_json(old) != plain_json(new) {
                    self.found.changes.push(Change {
                        steps: steps.to_vec(),
                        old: Some(describe(old)),
                        new: Some(describe(new)),
                    });
                }
                return;
            }
            Some("servers") => Some("x-name"),
            Some("x-open-enum") => Some("value"),
            _ => None,
        };
        let name = |at: &At<'_>| match key.and_then(|key| at.get(key)) {
            Some(name) => describe(&name),
            None if at.scalar().is_ok() => describe(at),
            None => plain_json(at).to_string(),
        };
        let old: Vec<_> = old_items.into_iter().map(|at| (name(&at), at)).collect();
        let new: Vec<_> = new_items.into_iter().map(|at| (name(&at), at)).collect();
        self.named(steps, &old, &new);
    }
}

/// Whether a schema requires a property.
pub(crate) fn needs(schema: &At<'_>, property: &str) -> bool {
    let required = schema.get("required").and_then(|at| at.texts().ok()).unwrap_or_default();
    required.iter().any(|name| name == property)
}

fn is_schema(at: &At<'_>) -> bool {
    at.get("in").is_none() && ["type", "$ref", "allOf", "oneOf", "anyOf"].iter().any(|key| at.get(key).is_some())
}

/// What a reference to something other than a schema stands for. A schema's name is its type.
pub(crate) fn target<'d>(at: &At<'d>) -> At<'d> {
    match at.get_text("$ref") {
        Ok(Some(reference)) if !reference.starts_with(crate::schema::SCHEMAS) => {
            at.resolve().unwrap_or_else(|_| at.clone())
        }
        _ => at.clone(),
    }
}

fn joined(steps: &[String], key: &str) -> Vec<String> {
    steps.iter().cloned().chain([key.to_owned()]).collect()
}

fn texts(names: &[String]) -> Vec<&str> {
    names.iter().map(String::as_str).collect()
}
