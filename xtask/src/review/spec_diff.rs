//! Compares two documents: changes of meaning, of documentation, and of order.
//!
//! Nothing is ignored: an unknown key counts as a change of meaning.

use std::collections::BTreeSet;

use super::subject::subject;
use crate::describe::{describe, is_documentation, json, plain_json, requires, type_name};
use crate::document::{At, Document};
use crate::spec_index::{OperationNode, holds_names, target};

/// The differences between two documents.
#[derive(Debug, Default)]
pub(super) struct Differences {
    pub(super) changes: Vec<Change>,
    /// What has other documentation.
    pub(super) documentation: Vec<String>,
    /// What differs only in its order.
    pub(super) order: Vec<String>,
}

/// A change of meaning.
#[derive(Debug)]
pub(super) struct Change {
    /// The location, with names instead of indexes: `operations`, `contact_list`, `parameters`, `query page`.
    pub(super) steps: Vec<String>,
    /// A description of the old value.
    pub(super) old: Option<String>,
    /// A description of the new value.
    pub(super) new: Option<String>,
}

/// Keys that together define a type.
const TYPE: [&str; 5] = ["type", "format", "nullable", "$ref", "allOf"];
/// Keys that are part of a type and can contain more.
const INNER: [&str; 4] = ["items", "additionalProperties", "oneOf", "anyOf"];

pub(super) fn compare(old: &Document, new: &Document) -> Differences {
    let mut walk = Walk::default();
    let (old, new) = (old.root(), new.root());
    walk.operations(&OperationNode::all(&old), &OperationNode::all(&new));
    let is_compared = |key: &str| !matches!(key, "paths" | "components");
    walk.map(&[], &old, &new, &is_compared);
    if let (Some(old), Some(new)) = (old.get("components"), new.get("components")) {
        // Parameters and answers are compared where an operation uses them.
        walk.map(&["components".to_owned()], &old, &new, &|key| !matches!(key, "parameters" | "responses"));
    }
    walk.differences.documentation.dedup();
    walk.differences.order.dedup();
    walk.differences
}

#[derive(Default)]
struct Walk {
    differences: Differences,
    /// The shared components that were already compared.
    compared: BTreeSet<String>,
}

impl Walk {
    fn push(&mut self, steps: &[String], key: &str, old: Option<String>, new: Option<String>) {
        self.differences.changes.push(Change { steps: joined(steps, key), old, new });
    }

    fn order(&mut self, steps: &[String], old: &[&str], new: &[&str]) {
        let common = |names: &[&str], others: &[&str]| -> Vec<String> {
            names.iter().filter(|name| others.contains(name)).map(|name| (*name).to_owned()).collect()
        };
        let (was, is) = (common(old, new), common(new, old));
        if was == is {
            return;
        }
        // The order of the credentials is that of a constructor's arguments, and the order of alternatives their priority.
        if steps.last().is_some_and(|last| last == "securitySchemes") || is_security(steps) {
            self.push(steps, "order", Some(was.join(", ")), Some(is.join(", ")));
        } else {
            self.differences.order.push(subject(steps).0);
        }
    }

    fn operations(&mut self, old: &[OperationNode<'_>], new: &[OperationNode<'_>]) {
        let mut pairs = Vec::new();
        let all = ["operations".to_owned()];
        for operation in new {
            let same = old.iter().find(|one| one.name() == operation.name());
            let is_gone = |one: &&OperationNode<'_>| !new.iter().any(|other| other.name() == one.name());
            let renamed = || {
                let same_request =
                    |one: &&OperationNode<'_>| (one.method, one.path) == (operation.method, operation.path);
                old.iter().filter(is_gone).find(same_request)
            };
            match same.or_else(renamed) {
                Some(before) => pairs.push((before, operation)),
                None => self.push(&all, &operation.name(), None, Some(operation.request_line())),
            }
        }
        for operation in old.iter().filter(|one| !pairs.iter().any(|(before, _)| before.name() == one.name())) {
            self.push(&all, &operation.name(), Some(operation.request_line()), None);
        }
        for (old, new) in &pairs {
            let steps = joined(&all, &new.name());
            let words = [
                ("operationId", old.name().into_owned(), new.name().into_owned()),
                ("method", old.method.to_uppercase(), new.method.to_uppercase()),
                ("path", old.path.to_owned(), new.path.to_owned()),
            ];
            for (key, old, new) in words {
                if old != new {
                    self.push(&steps, key, Some(old), Some(new));
                }
            }
            self.map(&steps, &old.at, &new.at, &|key| !matches!(key, "operationId" | "parameters"));
            self.named(&joined(&steps, "parameters"), &old.named_parameters(), &new.named_parameters());
        }
        let names =
            |operations: &[OperationNode<'_>]| operations.iter().map(|one| one.name().into_owned()).collect::<Vec<_>>();
        let (old, new) = (names(old), names(new));
        self.order(&all, &texts(&old), &texts(&new));
    }

    /// Compares the values with the same name, in any order.
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
            if !self.compared.insert(new_target.pointer()) {
                return;
            }
        }
        let (old, new) = (old_target, new_target);
        if old.entries().is_ok() && new.entries().is_ok() {
            self.map(&steps, &old, &new, &|_| true);
        } else if old.items().is_ok() && new.items().is_ok() {
            self.list(&steps, &old, &new);
        } else if plain_json(&old) != plain_json(&new) {
            self.differences.changes.push(Change { steps, old: Some(describe(&old)), new: Some(describe(&new)) });
        }
    }

    fn map(&mut self, steps: &[String], old: &At<'_>, new: &At<'_>, wanted: &dyn Fn(&str) -> bool) {
        let (Ok(old_entries), Ok(new_entries)) = (old.entries(), new.entries()) else { return };
        let mut typed: Vec<&str> = Vec::new();
        if !holds_names(new) && [old, new].iter().any(|at| is_schema(at)) {
            typed.extend(TYPE);
            let (old, new) = (type_name(old), type_name(new));
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
                        self.differences.documentation.push(subject(&joined(steps, key)).0);
                    }
                }
                _ if *key == "required" && new.get("properties").is_some() => {}
                Some(before) => self.value(&joined(steps, key), &before, at),
                None => self.push(steps, key, None, Some(describe(at))),
            }
        }
        for (key, at) in old_entries.iter().filter(|(key, _)| wanted(key) && new.get(key).is_none()) {
            if is_documentation(old, key) {
                self.differences.documentation.push(subject(&joined(steps, key)).0);
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

    /// Compares which properties are required. The description of an added or removed property states it.
    fn required(&mut self, steps: &[String], old: &At<'_>, new: &At<'_>) {
        let (Some(was), Some(is)) = (old.get("properties"), new.get("properties")) else { return };
        for (name, _) in is.entries().unwrap_or_default() {
            let word = |at: &At<'_>| (if requires(at, name) { "required" } else { "optional" }).to_owned();
            if was.get(name).is_some() && requires(old, name) != requires(new, name) {
                let steps = joined(&joined(steps, "properties"), name);
                self.push(&steps, "required", Some(word(old)), Some(word(new)));
            }
        }
    }

    fn list(&mut self, steps: &[String], old: &At<'_>, new: &At<'_>) {
        let (Ok(old_items), Ok(new_items)) = (old.items(), new.items()) else { return };
        let key = match steps.last().map(String::as_str) {
            // The order of these is their priority.
            Some("texts") => {
                if plain_json(old) != plain_json(new) {
                    self.differences.changes.push(Change {
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

/// Whether the steps lead to the `security` of an operation or of the document.
pub(super) fn is_security(steps: &[String]) -> bool {
    let steps: Vec<_> = steps.iter().map(String::as_str).collect();
    matches!(steps.as_slice(), ["security", ..] | ["operations", _, "security", ..])
}

fn is_schema(at: &At<'_>) -> bool {
    at.get("in").is_none() && ["type", "$ref", "allOf", "oneOf", "anyOf"].iter().any(|key| at.get(key).is_some())
}

fn joined(steps: &[String], key: &str) -> Vec<String> {
    steps.iter().cloned().chain([key.to_owned()]).collect()
}

fn texts(names: &[String]) -> Vec<&str> {
    names.iter().map(String::as_str).collect()
}
