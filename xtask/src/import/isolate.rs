//! Finds the operations for which the generator refuses a spec.

use std::collections::BTreeSet;

use super::spec::Built;
use super::tree::{Entry, Map, Tree};
use super::yaml;
use crate::codegen::try_generate;
use crate::document::Document;
use crate::lint;

/// Returns what the generator refuses in a document.
pub(super) fn refusal(document: &Document, file: &str) -> Option<String> {
    if let Some(finding) = lint::unsupported(document) {
        return Some(format!("{} ({}), at {} of the spec", finding.wrong, finding.rule.name, finding.pointer));
    }
    let message = try_generate(document, file).err()?.join("; ");
    Some(format!("the generator cannot express it: {}", message.trim_start_matches(&format!("{file}: "))))
}

/// Returns the operations that the generator refuses, by position, each with what it says. None if no operation is the
/// reason.
///
/// Halves of the operations are tried until one operation is left. This takes about as long as the whole spec for each
/// operation that is found, and never longer than the whole spec times the logarithm of the number of operations.
pub(super) fn isolate(file: &str, tree: &Map, built: &Built) -> Vec<(usize, String)> {
    let all: Vec<_> = built.positions.values().copied().collect::<BTreeSet<_>>().into_iter().collect();
    let check = |operations: &[usize]| {
        let text = yaml::document(&part(tree, built, operations));
        match Document::parse(file, &text) {
            Ok(document) => refusal(&document, file),
            Err(error) => Some(error.to_string()),
        }
    };
    let mut found = Vec::new();
    refused(&all, &check, &mut found);
    found
}

/// Adds the refused ones of these operations. Returns whether there are some.
fn refused(operations: &[usize], check: &dyn Fn(&[usize]) -> Option<String>, found: &mut Vec<(usize, String)>) -> bool {
    let reason = match operations {
        [] => None,
        some => check(some),
    };
    let Some(reason) = reason else { return false };
    if let [one] = operations {
        found.push((*one, reason));
        return true;
    }
    let (first, second) = operations.split_at(operations.len() / 2);
    let in_first = refused(first, check, found);
    let in_second = refused(second, check, found);
    if in_first || in_second {
        return true;
    }
    // The halves are accepted, but not both together: the shortest refused start of the list ends with a culprit.
    let (mut accepted, mut refused) = (first.len(), operations.len());
    while accepted + 1 < refused {
        let middle = usize::midpoint(accepted, refused);
        if check(&operations[..middle]).is_some() { refused = middle } else { accepted = middle }
    }
    found.push((operations[refused - 1], format!("together with other operations: {reason}")));
    true
}

/// Returns a spec with these operations only, without webhooks.
fn part(tree: &Map, built: &Built, operations: &[usize]) -> Map {
    let is_wanted = |path: &str, method: &str| {
        let position = built.positions.get(&(path.to_owned(), method.to_owned()));
        position.is_some_and(|index| operations.contains(index))
    };
    let empty = BTreeSet::new();
    let reached: BTreeSet<&String> = operations
        .iter()
        .flat_map(|index| built.reached.get(index).unwrap_or(&empty))
        .chain(&built.of_errors)
        .collect();
    let mut part = Map::new();
    for entry in &tree.entries {
        let value = match (entry.key.as_str(), &entry.value) {
            ("x-webhooks", _) => continue,
            ("paths", Tree::Map(paths)) => {
                let path = |path: &Entry| {
                    let Tree::Map(item) = &path.value else { return None };
                    let item = filtered(item, |method| is_wanted(&path.key, method));
                    (!item.is_empty()).then(|| (path.key.clone(), item))
                };
                let mut map = Map::new();
                for (path, item) in paths.entries.iter().filter_map(path) {
                    map.add(&path, item);
                }
                map.into()
            }
            ("components", Tree::Map(components)) => {
                let mut map = components.clone();
                if let Some(Tree::Map(schemas)) = components.get("schemas") {
                    let schemas = filtered(schemas, |name| reached.iter().any(|other| *other == name));
                    if let Some(value) = map.get_mut("schemas") {
                        *value = schemas.into();
                    }
                }
                map.into()
            }
            (_, value) => value.clone(),
        };
        part.add(&entry.key, value);
    }
    part
}

/// Returns the entries whose keys are wanted.
fn filtered(map: &Map, is_wanted: impl Fn(&str) -> bool) -> Map {
    Map { entries: map.entries.iter().filter(|entry| is_wanted(&entry.key)).cloned().collect() }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::refused;

    /// Returns the operations that are found, and how many checks that takes.
    fn found(all: &[usize], is_refused: impl Fn(&[usize]) -> bool) -> (Vec<usize>, usize) {
        let checks = Cell::new(0);
        let check = |some: &[usize]| {
            checks.set(checks.get() + 1);
            is_refused(some).then(|| "wrong".to_owned())
        };
        let mut found = Vec::new();
        refused(all, &check, &mut found);
        (found.into_iter().map(|(index, _)| index).collect(), checks.get())
    }

    #[test]
    fn each_refused_operation_is_found_with_few_checks() {
        let all: Vec<_> = (0..200).collect();
        assert_eq!(found(&all, |_| false), (vec![], 1));
        let (one, checks) = found(&all, |some| some.contains(&137));
        assert!(one == [137] && checks < 20, "{one:?} {checks}");
        let (some, checks) = found(&all, |some| some.iter().any(|one| one % 50 == 7));
        assert!(some == [7, 57, 107, 157] && checks < 70, "{some:?} {checks}");
        assert_eq!(found(&all, |some| !some.is_empty()).0, all);
    }

    #[test]
    fn of_operations_that_are_refused_together_the_last_is_left_out() {
        let all: Vec<_> = (0..100).collect();
        let (one, checks) = found(&all, |some| some.contains(&20) && some.contains(&70));
        assert!(one == [70] && checks < 20, "{one:?} {checks}");
    }
}
