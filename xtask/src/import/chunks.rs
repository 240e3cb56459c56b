//! A spec as a tree of chunks of its lines: one for each key and for each item of a list.
//!
//! A chunk keeps its lines as they are written, with comments, so a merge can take it from one spec to another. Where the
//! lines cannot be divided by key, such as a mapping in braces, the value is one chunk.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::describe::json;
use crate::document::{At, Document};

/// The lines of a key with its value, or of an item of a list.
#[derive(Debug)]
pub(super) struct Chunk<'d> {
    /// The key, or what distinguishes an item from the others of its list.
    pub name: String,
    pub at: At<'d>,
    pub indent: usize,
    pub is_item: bool,
    /// The blank lines and comments above it.
    pub before: Vec<String>,
    /// All other lines.
    pub lines: Vec<String>,
    /// The same lines, divided.
    pub parts: Option<Parts<'d>>,
}

/// The parts of a mapping or of a list.
#[derive(Debug)]
pub(super) struct Parts<'d> {
    /// The line with the key, if the chunk has one.
    pub head: Option<String>,
    pub is_list: bool,
    pub chunks: Vec<Chunk<'d>>,
    /// The blank lines and comments below the last part.
    pub after: Vec<String>,
}

impl<'d> Chunk<'d> {
    /// Divides the text of a spec.
    pub(super) fn of_spec(document: &'d Document, text: &str) -> Self {
        let lines: Vec<_> = text.lines().map(str::to_owned).collect();
        let at = document.root();
        let parts = Parts::divide(&at, None, &lines);
        Self { name: String::new(), at, indent: 0, is_item: false, before: Vec::new(), lines, parts }
    }

    /// Divides the lines of a key. Returns `None` if they do not start with it.
    fn of_key(key: &str, at: At<'d>, indent: usize, before: Vec<String>, lines: Vec<String>) -> Option<Self> {
        let is_block = after_key(&lines[0], key)?.is_empty();
        let parts = if is_block { Parts::divide(&at, Some(&lines[0]), &lines[1..]) } else { None };
        Some(Self { name: key.to_owned(), at, indent, is_item: false, before, lines, parts })
    }

    /// Divides the lines of an item of a list. Returns `None` if nothing distinguishes it from other items.
    fn of_item(at: At<'d>, indent: usize, before: Vec<String>, lines: Vec<String>) -> Option<Self> {
        let name = name_of_item(&at)?;
        let mut below = lines.clone();
        below[0].replace_range(indent..=indent, " ");
        let is_block = !below[0].trim_start().starts_with(['{', '[']);
        let parts = if is_block { Parts::divide(&at, None, &below) } else { None };
        Some(Self { name, at, indent, is_item: true, before, lines, parts })
    }

    /// Returns the lines at another indent.
    pub(super) fn lines_at(&self, indent: usize) -> Vec<String> {
        self.lines.iter().map(|line| moved(line, self.indent, indent)).collect()
    }

    /// Returns the lines and those above it at another indent.
    pub(super) fn all_lines_at(&self, indent: usize) -> Vec<String> {
        self.before.iter().chain(&self.lines).map(|line| moved(line, self.indent, indent)).collect()
    }

    pub(super) fn json(&self) -> Value {
        json(&self.at)
    }

    /// Returns whether this chunk has a value or a comment that another one does not have.
    pub(super) fn adds_to(&self, other: &Self) -> bool {
        let known: BTreeSet<_> = other.before.iter().chain(&other.lines).map(|line| line.trim()).collect();
        let is_new = |line: &&String| line.contains('#') && !known.contains(line.trim());
        self.json() != other.json() || self.before.iter().chain(&self.lines).any(|line| is_new(&line))
    }
}

impl<'d> Parts<'d> {
    /// Divides the lines of a mapping or of a list. Returns `None` if they are not one line or more for each of its parts.
    fn divide(at: &At<'d>, head: Option<&String>, lines: &[String]) -> Option<Self> {
        let is_list = at.as_items().is_some();
        let values: Vec<_> = match at.as_items() {
            Some(items) => items.into_iter().map(|item| ("", item)).collect(),
            None => at.as_entries()?,
        };
        let indent = indent_of(lines.iter().find(|line| !is_aside(line))?);
        let (groups, after) = groups(lines, indent, is_list)?;
        if groups.len() != values.len() {
            return None;
        }
        let chunk = |((before, lines), (key, at))| {
            if is_list {
                Chunk::of_item(at, indent, before, lines)
            } else {
                Chunk::of_key(key, at, indent, before, lines)
            }
        };
        let chunks: Vec<_> = groups.into_iter().zip(values).map(chunk).collect::<Option<_>>()?;
        let names: BTreeSet<_> = chunks.iter().map(|chunk| &chunk.name).collect();
        (names.len() == chunks.len()).then(|| Self { head: head.cloned(), is_list, chunks, after })
    }
}

/// Blank lines and comments, and the lines below them.
type Group = (Vec<String>, Vec<String>);

/// Divides lines where one at this indent starts a key or an item. Returns the blank lines and comments at the end too.
fn groups(lines: &[String], indent: usize, is_list: bool) -> Option<(Vec<Group>, Vec<String>)> {
    let mut groups: Vec<Group> = Vec::new();
    let mut asides: Vec<String> = Vec::new();
    // Comments that are indented further belong to the value above them.
    let further = |asides: &[String]| {
        let is_further = |line: &String| !line.trim().is_empty() && indent_of(line) > indent;
        asides.iter().rposition(is_further).map_or(0, |last| last + 1)
    };
    for line in lines {
        if is_aside(line) {
            asides.push(line.clone());
            continue;
        }
        let word = line.trim();
        let is_item = word == "-" || word.starts_with("- ");
        let is_start = indent_of(line) == indent && is_item == is_list && !word.starts_with(['}', ']']);
        match groups.last_mut() {
            Some((_, own)) if !is_start => {
                own.append(&mut asides);
                own.push(line.clone());
                continue;
            }
            Some((_, own)) => own.extend(asides.drain(..further(&asides))),
            None if !is_start => return None,
            None => {}
        }
        groups.push((std::mem::take(&mut asides), vec![line.clone()]));
    }
    if let Some((_, own)) = groups.last_mut() {
        own.extend(asides.drain(..further(&asides)));
    }
    Some((groups, asides))
}

/// Whether a line is blank, a comment or the start of a document.
fn is_aside(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || line.starts_with('#') || line == "---"
}

fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// Returns what follows a key on its line, without a comment in its place.
fn after_key<'l>(line: &'l str, key: &str) -> Option<&'l str> {
    let line = line.trim_start();
    let rest = match line.chars().next()? {
        quote @ ('"' | '\'') => {
            let mut is_escaped = false;
            let is_end = |(_, c): &(usize, char)| {
                let is_end = *c == quote && !is_escaped;
                is_escaped = quote == '"' && *c == '\\' && !is_escaped;
                is_end
            };
            let (end, _) = line.char_indices().skip(1).find(is_end)?;
            &line[end + 1..]
        }
        _ => line.strip_prefix(key)?,
    };
    let rest = rest.trim_start().strip_prefix(':')?.trim();
    Some(if rest.starts_with('#') { "" } else { rest })
}

/// Returns what distinguishes an item from the others of its list.
fn name_of_item(at: &At<'_>) -> Option<String> {
    if let Some(scalar) = at.as_scalar() {
        return Some(scalar.to_string());
    }
    let text = |key| at.get(key).and_then(|at| at.as_text().map(str::to_owned));
    match (text("name"), text("in")) {
        (Some(name), Some(location)) => Some(format!("{location} {name}")),
        (Some(name), None) => Some(name),
        (None, _) => ["url", "$ref"].into_iter().find_map(text),
    }
}

/// Returns a line of a block at one indent as it is at another.
pub(super) fn moved(line: &str, from: usize, to: usize) -> String {
    if line.trim().is_empty() || from == to {
        return line.to_owned();
    }
    let rest = &line[indent_of(line).min(from)..];
    format!("{}{rest}", " ".repeat(to))
}

#[cfg(test)]
mod tests {
    use super::Chunk;
    use crate::document::Document;

    const SPEC: &str = "# Head.\n\na: 1\n\n# Of b.\nb:  # beside\n  - name: x\n    in: query\n    # of a key\n    text: |\n      # \
                        text\n\n      more\n    # at the end\n  # Of y.\n  -   name: y\n      in: header\n'c':\n- 1\n- \
                        2\nd: { e: [\n  1 ]\n}\n# Last.\n";

    fn names(chunk: &Chunk<'_>, depth: usize, out: &mut Vec<String>) {
        for part in chunk.parts.iter().flat_map(|parts| &parts.chunks) {
            out.push(format!("{depth} {} {:?}", part.name, part.before));
            names(part, depth + 1, out);
        }
    }

    #[test]
    fn a_spec_is_divided_by_key_and_by_item() {
        let document = Document::parse("spec.yaml", SPEC).expect("it is YAML");
        let root = Chunk::of_spec(&document, SPEC);
        let mut found = Vec::new();
        names(&root, 0, &mut found);
        let expected = [
            "0 a [\"# Head.\", \"\"]",
            "0 b [\"\", \"# Of b.\"]",
            "1 query x []",
            "2 name []",
            "2 in []",
            "2 text [\"    # of a key\"]",
            "1 header y [\"  # Of y.\"]",
            "2 name []",
            "2 in []",
            "0 c []",
            "1 1 []",
            "1 2 []",
            "0 d []",
        ];
        assert_eq!(found, expected);
        let parts = root.parts.expect("it has parts");
        assert_eq!(parts.after, ["# Last."]);
        let joined: Vec<_> = parts.chunks.iter().flat_map(|part| part.all_lines_at(0)).chain(parts.after).collect();
        assert_eq!(joined.join("\n") + "\n", SPEC, "no line is lost");
    }
}
