//! Builds a spec that passes the lint: what the lint or the generator refuses is left out, with the reason.

use std::collections::BTreeSet;

use super::candidates::Candidate;
use super::finding::Finding;
use super::source::Source;
use super::spec::{Built, build};
use super::tree::Tree;
use super::yaml;
use crate::codegen::{Failure, generate};
use crate::document::Document;
use crate::lint::{self, Facts};

/// A spec that passes the lint.
#[derive(Debug)]
pub(super) struct Checked {
    /// The text, without the comment at its start.
    pub text: String,
    /// The operations in the spec, by position.
    pub imported: BTreeSet<usize>,
    /// The others, each with the reason.
    pub left_out: Vec<(usize, Finding)>,
    /// What is left out of operations that are in the spec.
    pub notes: Vec<Finding>,
}

/// Something in a spec that must go.
enum Wrong {
    /// These operations, for a reason in the terms of the spec.
    Operations(BTreeSet<usize>, String),
    /// The example or other value at a pointer, which says nothing about calls.
    Value(String),
    /// The spec as a whole.
    Everything(String),
}

/// Builds a spec of these operations, and leaves out those that cannot be expressed.
pub(super) fn checked(
    source: &Source,
    name: &str,
    (fact, facts): (&str, &str),
    candidates: &[Candidate<'_>],
) -> Result<Checked, Failure> {
    let file = format!("specs/{name}.yaml");
    let facts = Facts::parse("specs/facts.md", facts);
    let mut left_out: Vec<(usize, Finding)> = Vec::new();
    let mut dropped: BTreeSet<String> = BTreeSet::new();
    // Each round leaves something out, so this ends.
    loop {
        let active: Vec<_> =
            (0..candidates.len()).filter(|index| !left_out.iter().any(|(out, _)| out == index)).collect();
        let chosen: Vec<_> = active.iter().map(|index| candidates[*index].clone()).collect();
        let mut built =
            build(source, name, fact, &chosen).map_err(|finding| vec![format!("{}: {finding}", source.file)])?;
        if !built.failures.is_empty() {
            left_out.extend(built.failures.drain(..).map(|(index, finding)| (active[index], finding)));
            continue;
        }
        if active.is_empty() {
            let (text, notes) = (String::new(), built.notes);
            return Ok(Checked { text, imported: BTreeSet::new(), left_out, notes });
        }
        let mut tree = Tree::Map(std::mem::take(&mut built.tree));
        for pointer in &dropped {
            tree.remove(pointer);
        }
        let Tree::Map(map) = tree else { continue };
        let text = yaml::document(&map);
        let wrong = wrong(&file, &text, &facts, &built);
        if wrong.is_empty() {
            left_out.sort_by_key(|(index, _)| *index);
            return Ok(Checked { text, imported: active.into_iter().collect(), left_out, notes: built.notes });
        }
        let before = dropped.len();
        let values = wrong.iter().any(|one| matches!(one, Wrong::Value(_)));
        for one in wrong {
            match one {
                Wrong::Operations(indices, reason) => {
                    for index in indices.into_iter().map(|index| active[index]) {
                        if !left_out.iter().any(|(out, _)| *out == index) {
                            left_out.push((index, Finding::at(&candidates[index].at, reason.clone())));
                        }
                    }
                }
                Wrong::Value(pointer) => {
                    dropped.insert(pointer);
                }
                Wrong::Everything(reason) => return Err(vec![format!("{}: {reason}", source.file)]),
            }
        }
        if values && dropped.len() == before {
            return Err(vec![format!("{}: an example breaks a lint rule, but cannot be left out", source.file)]);
        }
    }
}

/// Returns what the lint and the generator refuse.
fn wrong(file: &str, text: &str, facts: &Facts, built: &Built) -> Vec<Wrong> {
    let document = match Document::parse(file, text) {
        Ok(document) => document,
        Err(error) => return vec![Wrong::Everything(error.to_string())],
    };
    let mut findings = lint::lint(&[(&document, text)], facts);
    if findings.is_empty() {
        findings.extend(lint::unsupported(&document));
    }
    if findings.is_empty() {
        return match generate(&document, file) {
            Ok(_) => Vec::new(),
            Err(failure) => vec![refused(&failure.join("; "), built)],
        };
    }
    let mut wrong = Vec::new();
    for finding in findings {
        let reason = format!("{} ({}), at {} of the spec", finding.wrong, finding.rule.name, finding.pointer);
        wrong.push(located(&finding.pointer, reason, built));
    }
    // A value that is dropped can be the reason for the others.
    if wrong.iter().any(|one| matches!(one, Wrong::Value(_))) {
        wrong.retain(|one| matches!(one, Wrong::Value(_)));
    }
    wrong
}

/// Returns what has to go because of a finding at this pointer of the spec.
fn located(pointer: &str, reason: String, built: &Built) -> Wrong {
    let keys: Vec<_> = pointer.split('/').skip(1).map(|key| key.replace("~1", "/").replace("~0", "~")).collect();
    let in_example = keys.iter().rposition(|key| key == "example").filter(|index| *index + 1 == keys.len());
    if in_example.is_some_and(|index| keys.get(index.wrapping_sub(1)).is_none_or(|key| key != "properties")) {
        return Wrong::Value(pointer.to_owned());
    }
    let keys: Vec<_> = keys.iter().map(String::as_str).collect();
    let indices = match keys.as_slice() {
        ["paths", path, method, ..] => {
            built.positions.get(&((*path).to_owned(), (*method).to_owned())).copied().into_iter().collect()
        }
        ["components", "schemas", name, ..] => reaching(name, built),
        _ => BTreeSet::new(),
    };
    if indices.is_empty() { Wrong::Everything(reason) } else { Wrong::Operations(indices, reason) }
}

/// Returns the operations that refer to a schema.
fn reaching(name: &str, built: &Built) -> BTreeSet<usize> {
    built.reached.iter().filter(|(_, names)| names.contains(name)).map(|(index, _)| *index).collect()
}

/// Returns what has to go because progenitor refuses it. Its messages name paths or schemas, before a colon.
fn refused(message: &str, built: &Built) -> Wrong {
    let is_named = |name: &str| message.split([' ', ',', ':', ';']).any(|word| word == name);
    let paths = built.positions.iter().filter(|((path, _), _)| is_named(path)).map(|(_, index)| *index);
    let mut indices: BTreeSet<_> = paths.collect();
    if indices.is_empty() {
        let names = built.reached.values().flatten().filter(|name| is_named(name));
        indices = names.collect::<BTreeSet<_>>().into_iter().flat_map(|name| reaching(name, built)).collect();
    }
    let reason = format!("the generator cannot express it: {message}");
    if indices.is_empty() { Wrong::Everything(reason) } else { Wrong::Operations(indices, reason) }
}
