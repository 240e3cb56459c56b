//! The facts that a spec cites, for the documentation of its client.

use std::collections::BTreeSet;

use crate::document::Document;
use crate::spec_index::{NodeKind, Spec};

/// The file with the facts, from the folder of the generated code.
pub(super) const FILE: &str = "facts.md";

/// Returns those sections of `specs/facts.md` that have a fact which the spec cites, below the text before the sections.
pub(super) fn cited(document: &Document, facts: &str) -> String {
    let spec = Spec::of(document);
    let sources = spec.of_kind(NodeKind::Source);
    let numbers = sources.filter_map(|source| source.get("facts")?.texts().ok()).flatten();
    let headings: BTreeSet<_> = numbers.map(|number| format!("#### {number}")).collect();
    let mut sections = facts.split("\n## ");
    let mut text = sections.next().unwrap_or_default().to_owned();
    for section in sections.filter(|section| section.lines().any(|line| headings.contains(line.trim_end()))) {
        text = text + "\n## " + section;
    }
    text
}
