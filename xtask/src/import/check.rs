//! Builds a spec that passes the lint: what the lint or the generator refuses is left out, with the reason.

use std::collections::BTreeSet;

use super::candidates::Candidate;
use super::finding::Finding;
use super::isolate::{isolate, refusal};
use super::source::Source;
use super::spec::{Built, Omitted, build};
use super::tree::{Map, Tree};
use super::yaml;
use crate::codegen::Failure;
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
    /// This operation, for a reason in the terms of the spec.
    Operation(usize, String),
    /// What the spec says about the pages of an operation.
    Pages(usize),
    /// The webhooks.
    Webhooks(String),
    /// The properties of errors.
    Errors(String),
    /// The example or other value at a pointer, which says nothing about calls.
    Value(String),
    /// The spec as a whole.
    Everything(String),
}

/// What a round of checks has left out, besides operations.
#[derive(Default)]
struct Dropped {
    /// Examples, by their pointer.
    values: BTreeSet<String>,
    omitted: Omitted,
    notes: Vec<Finding>,
}

/// Who checks a spec.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checks {
    /// The lint, and the generator, which takes most of the time.
    All,
    /// The lint. For tests of many documents.
    Lint,
}

/// Builds a spec of these operations, and leaves out those that cannot be expressed.
pub(super) fn checked(
    source: &Source,
    name: &str,
    (fact, facts): (&str, &str),
    candidates: &[Candidate<'_>],
    checks: Checks,
) -> Result<Checked, Failure> {
    let file = format!("specs/{name}.yaml");
    let facts = Facts::parse("specs/facts.md", facts);
    let mut left_out: Vec<(usize, Finding)> = Vec::new();
    let mut dropped = Dropped::default();
    // Each round leaves something out, so this ends.
    loop {
        let active: Vec<_> =
            (0..candidates.len()).filter(|index| !left_out.iter().any(|(out, _)| out == index)).collect();
        let chosen: Vec<_> = active.iter().map(|index| candidates[*index].clone()).collect();
        let mut built = build(source, name, fact, &chosen, &dropped.omitted)
            .map_err(|finding| vec![format!("{}: {finding}", source.file)])?;
        if !built.failures.is_empty() {
            left_out.extend(built.failures.drain(..).map(|(index, finding)| (active[index], finding)));
            continue;
        }
        built.notes.append(&mut dropped.notes.clone());
        if active.is_empty() {
            let (text, notes) = (String::new(), built.notes);
            return Ok(Checked { text, imported: BTreeSet::new(), left_out, notes });
        }
        let mut tree = Tree::Map(std::mem::take(&mut built.tree));
        for pointer in &dropped.values {
            tree.remove(pointer);
        }
        let Tree::Map(map) = tree else { continue };
        let text = yaml::document(&map);
        let wrong = wrong(&file, (&text, &map), &facts, &built, checks);
        if wrong.is_empty() {
            left_out.sort_by_key(|(index, _)| *index);
            built.notes.extend(examples_left_out(source, &dropped.values));
            return Ok(Checked { text, imported: active.into_iter().collect(), left_out, notes: built.notes });
        }
        let mut progress = false;
        for one in wrong {
            progress |= match one {
                Wrong::Operation(index, reason) => {
                    let index = active[index];
                    let is_new = !left_out.iter().any(|(out, _)| *out == index);
                    if is_new {
                        left_out.push((index, Finding::at(&candidates[index].at, reason)));
                    }
                    is_new
                }
                one => drop_part(one, &mut dropped, source, &chosen)?,
            };
        }
        if !progress {
            let reason = "a part of the document breaks a lint rule, but cannot be left out";
            return Err(vec![format!("{}: {reason}", source.file)]);
        }
    }
}

/// Reports the examples that break a rule of the lint.
fn examples_left_out(source: &Source, values: &BTreeSet<String>) -> Option<Finding> {
    let first = values.first()?;
    let reason = format!(
        "{} examples are left out, since they contradict their schemas or look like secrets or a person's data; the first \
         was at {first} of the spec",
        values.len()
    );
    Some(Finding::at(&source.root(), reason))
}

/// Leaves out something that is not an operation. Returns whether it was there before.
fn drop_part(wrong: Wrong, dropped: &mut Dropped, source: &Source, chosen: &[Candidate<'_>]) -> Result<bool, Failure> {
    let mut note = |what: &str, reason: String| {
        dropped.notes.push(Finding::at(&source.root(), format!("{what} are left out: {reason}")));
    };
    Ok(match wrong {
        Wrong::Operation(..) => false,
        Wrong::Pages(index) => dropped.omitted.pages.insert(chosen[index].id.clone()),
        Wrong::Value(pointer) => dropped.values.insert(pointer),
        Wrong::Webhooks(reason) if !dropped.omitted.webhooks => {
            note("the webhooks", reason);
            dropped.omitted.webhooks = true;
            true
        }
        Wrong::Errors(reason) if !dropped.omitted.errors => {
            note("the properties of errors", reason);
            dropped.omitted.errors = true;
            true
        }
        Wrong::Webhooks(reason) | Wrong::Errors(reason) | Wrong::Everything(reason) => {
            return Err(vec![format!("{}: {reason}", source.file)]);
        }
    })
}

/// Returns what the lint and the generator refuse.
fn wrong(file: &str, (text, tree): (&str, &Map), facts: &Facts, built: &Built, checks: Checks) -> Vec<Wrong> {
    let document = match Document::parse(file, text) {
        Ok(document) => document,
        Err(error) => return vec![Wrong::Everything(error.to_string())],
    };
    let mut wrong = Vec::new();
    for finding in lint::lint(&[(&document, text)], facts) {
        let reason = format!("{} ({}), at {} of the spec", finding.wrong, finding.rule.name, finding.pointer);
        wrong.extend(located(&finding.pointer, &reason, built));
    }
    // What is dropped can be the reason for the others.
    if wrong.iter().any(|one| matches!(one, Wrong::Value(_) | Wrong::Pages(_))) {
        wrong.retain(|one| matches!(one, Wrong::Value(_) | Wrong::Pages(_)));
    }
    if !wrong.is_empty() {
        return wrong;
    }
    if let Some(finding) = lint::unsupported(&document).filter(|finding| finding.pointer.contains("/x-pagination")) {
        return located(&finding.pointer, &finding.wrong, built);
    }
    let reason = if checks == Checks::All { refusal(&document, file) } else { None };
    let Some(reason) = reason else { return Vec::new() };
    let found = isolate(file, tree, built);
    if found.is_empty() { vec![of_no_operation(reason, built)] } else { found.into_iter().map(operation).collect() }
}

fn operation((index, reason): (usize, String)) -> Wrong {
    Wrong::Operation(index, reason)
}

/// Returns what has to go because of a finding at this pointer of the spec.
fn located(pointer: &str, reason: &str, built: &Built) -> Vec<Wrong> {
    let keys: Vec<_> = pointer.split('/').skip(1).map(|key| key.replace("~1", "/").replace("~0", "~")).collect();
    let in_example = keys.iter().rposition(|key| key == "example").filter(|index| *index + 1 == keys.len());
    if in_example.is_some_and(|index| keys.get(index.wrapping_sub(1)).is_none_or(|key| key != "properties")) {
        return vec![Wrong::Value(pointer.to_owned())];
    }
    let keys: Vec<_> = keys.iter().map(String::as_str).collect();
    let position = |path: &str, method: &str| built.positions.get(&(path.to_owned(), method.to_owned())).copied();
    let operations = |indices: Vec<usize>| indices.into_iter().map(|index| operation((index, reason.to_owned())));
    let found: Vec<_> = match keys.as_slice() {
        ["paths", path, method, rest @ ..] => match position(path, method) {
            Some(index) if rest.first() == Some(&"x-pagination") || reason.contains("(pagination-missing)") => {
                vec![Wrong::Pages(index)]
            }
            index => operations(index.into_iter().collect()).collect(),
        },
        ["components", "schemas", name, ..] => {
            let reaching = built.reached.iter().filter(|(_, names)| names.contains(*name)).map(|(index, _)| *index);
            let found: Vec<_> = operations(reaching.collect()).collect();
            let is_of_errors = found.is_empty() && built.of_errors.contains(*name);
            if is_of_errors { vec![Wrong::Errors(reason.to_owned())] } else { found }
        }
        _ => Vec::new(),
    };
    if found.is_empty() { vec![of_no_operation(reason.to_owned(), built)] } else { found }
}

/// Returns what can be the reason for a finding if no operation is.
fn of_no_operation(reason: String, built: &Built) -> Wrong {
    match (built.has_webhooks, built.has_errors) {
        (true, _) => Wrong::Webhooks(reason),
        (_, true) => Wrong::Errors(reason),
        _ => Wrong::Everything(reason),
    }
}
