//! What an import tells people.

use std::collections::BTreeSet;

use super::any_json::any_json;
use super::run::Imported;
use crate::document::Document;
use crate::spec_index::OperationNode;

impl Imported {
    /// Takes from the merged spec which operations are reads, because it may say otherwise than the method.
    pub(super) fn take_kinds(&mut self, file: &str, merged: &str) {
        let Ok(document) = Document::parse(file, merged) else { return };
        for operation in OperationNode::all(&document.root()) {
            let safety = operation.at.get("x-safety").and_then(|at| at.as_text());
            let listed = self.operations.iter_mut().find(|one| operation.id == Some(&one.id));
            if let (Some(safety), Some(listed)) = (safety, listed) {
                listed.is_read = safety == "read";
            }
        }
    }

    /// Returns the report: what is left out, what to review, and how many operations were imported. `known` are the ids of
    /// operations that the last import had, which are not to be reviewed again.
    #[must_use]
    pub fn report(&self, known: &BTreeSet<String>) -> Vec<String> {
        let mut lines = Vec::new();
        if !self.left_out.is_empty() {
            lines.push(format!("Left out, with the location in {}:", self.file));
            lines.extend(self.left_out.iter().map(|one| format!("  {}: {}", one.request_line, one.finding)));
        }
        for (title, is_review) in [("Imported without these parts", false), ("To be reviewed", true)] {
            let of_kind = self.notes.iter().filter(|finding| finding.is_review == is_review);
            let mut list: Vec<_> = of_kind.map(|finding| format!("  {finding}")).collect();
            if is_review {
                list.extend(any_json(&self.text));
            }
            if !list.is_empty() {
                lines.push(format!("{title}, with the location in {}:", self.file));
                lines.extend(list);
            }
        }
        let new = || self.operations.iter().filter(|one| !known.contains(&one.id));
        let ids = |is_read| new().filter(move |one| one.is_read == is_read).map(|one| one.id.as_str());
        for (title, is_read) in [
            ("Taken for reads, which the client repeats after errors; to be reviewed:", true),
            ("Taken for changes, which the client never repeats once they were sent; to be reviewed:", false),
        ] {
            let mut list = Vec::new();
            wrap(ids(is_read), &mut list);
            if !list.is_empty() {
                lines.push(title.to_owned());
                lines.extend(list);
            }
        }
        lines.push(format!("imported {} of {} operations", self.operations.len(), self.total));
        lines
    }
}

/// Adds lines with these words, separated by commas.
fn wrap<'w>(words: impl Iterator<Item = &'w str>, lines: &mut Vec<String>) {
    for word in words {
        match lines.last_mut() {
            Some(line) if line.len() + word.len() < 100 => {
                line.push_str(", ");
                line.push_str(word);
            }
            last => {
                if let Some(line) = last {
                    line.push(',');
                }
                lines.push(format!("  {word}"));
            }
        }
    }
}
