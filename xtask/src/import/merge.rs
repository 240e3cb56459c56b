//! Merges a new import with the changes that were made to the last one by hand.
//!
//! The merge compares the three specs key by key, so a change stays at its key when the new version moves, adds or removes
//! others. The order is that of the new import.

use std::collections::{BTreeMap, BTreeSet};

use super::chunks::{Chunk, Parts, moved};
use crate::codegen::Failure;
use crate::document::Document;

/// A merged spec.
#[derive(Debug)]
pub(super) struct Merged {
    pub text: String,
    /// The locations where the new import and a change by hand exclude each other.
    pub conflicts: Vec<String>,
}

/// What starts and divides a conflict. The marks are those of git.
const START: &str = "<<<<<<< ";
const MARKS: [&str; 4] = ["<<<<<<< by hand", "||||||| last import", "=======", ">>>>>>> new import"];

/// Whether a text has conflicts of an earlier merge.
pub(super) fn has_conflicts(text: &str) -> bool {
    text.lines().any(|line| line.starts_with(START))
}

/// Merges `own`, the text of `file`, with a new import. `base` is the last import, from which both come.
pub(super) fn merge(file: &str, own: &str, base: (&str, &str), import: &str) -> Result<Merged, Failure> {
    if own == base.1 || own == import {
        return Ok(Merged { text: import.to_owned(), conflicts: Vec::new() });
    }
    if base.1 == import {
        return Ok(Merged { text: own.to_owned(), conflicts: Vec::new() });
    }
    let read = |file: &str, text: &str| Document::parse(file, text).map_err(|error| vec![error.to_string()]);
    let documents = [read(file, own)?, read(base.0, base.1)?, read(file, import)?];
    let [own, base, import] =
        [(0, own), (1, base.1), (2, import)].map(|(one, text)| Chunk::of_spec(&documents[one], text));
    let mut merger = Merger::default();
    let lines = merger.value(Some(&base), &own, &import, 0);
    let places: Vec<_> = (1..).zip(&lines).filter(|(_, line)| line.starts_with(START)).map(|(line, _)| line).collect();
    let conflicts: Vec<_> =
        places.iter().zip(&merger.conflicts).map(|(line, conflict)| format!("{file}:{line}: {conflict}")).collect();
    let text = lines.join("\n") + "\n";
    if conflicts.is_empty() {
        read(&format!("{file}, merged with the new import"), &text)?;
    }
    Ok(Merged { text, conflicts })
}

/// A merge, with the conflicts found so far in the order of the text.
#[derive(Debug, Default)]
struct Merger {
    conflicts: Vec<String>,
}

impl Merger {
    /// Returns the merged lines of a chunk that both specs have, with those above it.
    fn chunk(&mut self, base: Option<&Chunk<'_>>, own: &Chunk<'_>, import: &Chunk<'_>, indent: usize) -> Vec<String> {
        let mut lines = above(base, own, import, indent);
        lines.extend(self.value(base, own, import, indent));
        lines
    }

    /// Returns the merged lines of a chunk that both specs have.
    fn value(&mut self, base: Option<&Chunk<'_>>, own: &Chunk<'_>, import: &Chunk<'_>, indent: usize) -> Vec<String> {
        if own.lines == import.lines || base.is_some_and(|base| base.lines == own.lines) {
            return import.lines_at(indent);
        }
        if base.is_some_and(|base| base.lines == import.lines) {
            return own.lines_at(indent);
        }
        if let Some(lines) = self.parts(base, own, import, indent) {
            return lines;
        }
        let same = import.json();
        if own.json() == same || base.is_some_and(|base| base.json() == same) {
            return own.lines_at(indent);
        }
        self.conflicts.push(format!("{}: you and the new version changed the same lines", import.at.pointer()));
        marked([Some(own), base, Some(import)].map(|one| one.map(|one| one.lines_at(indent)).unwrap_or_default()))
    }

    /// Returns the merged lines of a mapping or a list, or `None` if it can only be merged as a whole.
    fn parts(
        &mut self,
        base: Option<&Chunk<'_>>,
        own: &Chunk<'_>,
        import: &Chunk<'_>,
        indent: usize,
    ) -> Option<Vec<String>> {
        let (mine, theirs) = (own.parts.as_ref()?, import.parts.as_ref()?);
        let last = match base {
            Some(base) => Some(base.parts.as_ref()?),
            None => None,
        };
        if mine.is_list != theirs.is_list || last.is_some_and(|last| last.is_list != mine.is_list) {
            return None;
        }
        let known = self.conflicts.len();
        let step = mine.chunks.first().map_or(0, |first| first.indent - own.indent);
        let mut below = Vec::new();
        let maps = [last, Some(mine), Some(theirs)].map(|parts| parts.map(by_name).unwrap_or_default());
        for name in order(last, mine, theirs) {
            let [last, mine, theirs] = [0, 1, 2].map(|one| maps[one].get(name).copied());
            below.extend(match (last, mine, theirs) {
                (_, Some(mine), Some(theirs)) => self.chunk(last, mine, theirs, indent + step),
                (None, Some(one), None) | (None, None, Some(one)) => one.all_lines_at(indent + step),
                (Some(last), Some(mine), None) => self.removed_by_import(last, mine, indent + step),
                (Some(last), None, Some(theirs)) => self.removed_by_hand(last, theirs, indent + step),
                (_, None, None) => Vec::new(),
            });
        }
        if own.is_item && !put_dash(&mut below, indent) || below.is_empty() {
            self.conflicts.truncate(known);
            return None;
        }
        let is_changed = last.is_none_or(|last| last.head != mine.head);
        let (head, from) = if is_changed { (&mine.head, own.indent) } else { (&theirs.head, import.indent) };
        let mut lines: Vec<_> = head.iter().map(|line| moved(line, from, indent)).collect();
        lines.append(&mut below);
        lines.extend(asides([last.map_or(&[], |last| &last.after), &mine.after, &theirs.after], indent + step));
        Some(lines)
    }

    fn removed_by_import(&mut self, base: &Chunk<'_>, own: &Chunk<'_>, indent: usize) -> Vec<String> {
        if !own.adds_to(base) {
            return Vec::new();
        }
        let subject = subject(own, base);
        self.conflicts.push(format!("{}: the new version removes {subject}, which you changed", own.at.pointer()));
        marked([own.all_lines_at(indent), base.all_lines_at(indent), Vec::new()])
    }

    fn removed_by_hand(&mut self, base: &Chunk<'_>, import: &Chunk<'_>, indent: usize) -> Vec<String> {
        if base.json() == import.json() {
            return Vec::new();
        }
        let subject = subject(import, base);
        self.conflicts.push(format!("{}: you removed {subject}, which the new version changes", import.at.pointer()));
        marked([Vec::new(), base.all_lines_at(indent), import.all_lines_at(indent)])
    }
}

/// Returns the three sides of a conflict between marks.
fn marked(sides: [Vec<String>; 3]) -> Vec<String> {
    let mut lines = Vec::new();
    for (mark, side) in MARKS.iter().zip(sides) {
        lines.push((*mark).to_owned());
        lines.extend(side);
    }
    lines.push(MARKS[3].to_owned());
    lines
}

/// Writes the dash of an item before its first key. Returns `false` if that key has a conflict.
fn put_dash(lines: &mut [String], indent: usize) -> bool {
    let Some(first) = lines.iter_mut().find(|line| !line.trim().is_empty() && !line.trim().starts_with('#')) else {
        return false;
    };
    if first.starts_with(START) {
        return false;
    }
    first.replace_range(indent..=indent, "-");
    true
}

/// Returns the operations of a chunk that differ from those of the last import, or the name of the chunk.
fn subject(chunk: &Chunk<'_>, base: &Chunk<'_>) -> String {
    let id = |chunk: &Chunk<'_>| chunk.at.get("operationId").and_then(|at| at.as_text().map(str::to_owned));
    if let Some(id) = id(chunk) {
        return format!("`{id}`");
    }
    let last = base.parts.as_ref().map(by_name).unwrap_or_default();
    let chunks = chunk.parts.iter().flat_map(|parts| &parts.chunks);
    let is_changed = |one: &&Chunk<'_>| last.get(one.name.as_str()).is_none_or(|last| one.adds_to(last));
    let ids: Vec<_> = chunks.filter(is_changed).filter_map(id).map(|id| format!("`{id}`")).collect();
    if ids.is_empty() { format!("`{}`", chunk.name) } else { ids.join(", ") }
}

fn by_name<'c, 'd>(parts: &'c Parts<'d>) -> BTreeMap<&'c str, &'c Chunk<'d>> {
    parts.chunks.iter().map(|chunk| (chunk.name.as_str(), chunk)).collect()
}

fn names<'c>(parts: &'c Parts<'_>) -> impl Iterator<Item = &'c str> {
    parts.chunks.iter().map(|chunk| chunk.name.as_str())
}

/// Returns the names of all parts: in the order of the new import, or in that of the file if the new version has the order
/// of the last.
fn order<'c>(base: Option<&'c Parts<'_>>, own: &'c Parts<'_>, import: &'c Parts<'_>) -> Vec<&'c str> {
    let is_same = base.is_some_and(|base| {
        let (last, new): (BTreeSet<_>, BTreeSet<_>) = (names(base).collect(), names(import).collect());
        names(base).filter(|name| new.contains(name)).eq(names(import).filter(|name| last.contains(name)))
    });
    let (first, second) = if is_same { (own, import) } else { (import, own) };
    let mut order: Vec<_> = names(first).collect();
    let mut known: BTreeSet<_> = order.iter().copied().collect();
    // Another part follows the one that it followed.
    let mut next = 0;
    for name in names(second) {
        if known.insert(name) {
            order.insert(next, name);
            next += 1;
        } else if let Some(position) = order.iter().position(|other| *other == name) {
            next = position + 1;
        }
    }
    order
}

/// Returns the blank lines and comments above a chunk.
fn above(base: Option<&Chunk<'_>>, own: &Chunk<'_>, import: &Chunk<'_>, indent: usize) -> Vec<String> {
    let (last, mine, theirs) = (base.map(blank_and_rest), blank_and_rest(own), blank_and_rest(import));
    let blank = if last.is_some_and(|last| last.0 != mine.0) { mine.0 } else { theirs.0 };
    let mut lines = vec![String::new(); blank];
    lines.extend(asides([last.map_or(&[], |last| last.1), mine.1, theirs.1], indent));
    lines
}

/// Returns the number of blank lines above a chunk, and what follows them.
fn blank_and_rest<'c>(chunk: &'c Chunk<'_>) -> (usize, &'c [String]) {
    let blank = chunk.before.iter().take_while(|line| line.trim().is_empty()).count();
    (blank, &chunk.before[blank..])
}

/// Merges blank lines and comments. Each comment is either there or not, so there is no conflict.
fn asides([base, own, import]: [&[String]; 3], indent: usize) -> Vec<String> {
    let trimmed = |lines: &[String]| lines.iter().map(|line| line.trim().to_owned()).collect::<Vec<_>>();
    let [base, own, import] = [base, own, import].map(trimmed);
    let lines = if base == import {
        own
    } else {
        let is_kept = |line: &&String| line.is_empty() || own.contains(line) || !base.contains(line);
        let mut lines: Vec<_> = import.iter().filter(is_kept).cloned().collect();
        let mut next = 0;
        for line in own.iter().filter(|line| !line.is_empty()) {
            if let Some(position) = lines.iter().position(|other| other == line) {
                next = position + 1;
            } else if !base.contains(line) {
                lines.insert(next, line.clone());
                next += 1;
            }
        }
        lines
    };
    let written = |line: String| if line.is_empty() { line } else { format!("{}{line}", " ".repeat(indent)) };
    lines.into_iter().map(written).collect()
}
