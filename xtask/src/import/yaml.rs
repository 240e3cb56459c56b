//! Writes a tree as YAML in the style of the specs.

use std::fmt::Write as _;

use serde_json::Value;

use super::tree::{Entry, Map, Tree};

/// The longest line that a list or a mapping on one line makes.
const WIDTH: usize = 120;

/// Returns the text of a document, with a blank line above each path, each component and each section.
pub(super) fn document(map: &Map) -> String {
    let mut text = String::new();
    for entry in &map.entries {
        text.push('\n');
        for (depth, line) in entry_lines(entry, 0, &[entry.key.as_str()]).into_iter().enumerate() {
            if depth > 0 && starts_section(&entry.key, &line) && !text.ends_with(":\n") && !text.ends_with("\n\n") {
                text.push('\n');
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
    }
    text
}

/// Whether a line starts a path or a component, and so follows a blank line.
fn starts_section(section: &str, line: &str) -> bool {
    let depth = match section {
        "paths" => 2,
        "components" => 4,
        _ => return false,
    };
    let indent = line.len() - line.trim_start().len();
    indent == depth || section == "components" && indent == 2
}

fn entry_lines(entry: &Entry, indent: usize, path: &[&str]) -> Vec<String> {
    let pad = " ".repeat(indent);
    let mut lines: Vec<_> = entry.comments.iter().map(|line| format!("{pad}# {line}")).collect();
    let head = format!("{pad}{}:", key(&entry.key));
    if let Some(value) = one_line(&entry.value, path) {
        let line = format!("{head} {value}");
        if line.chars().count() <= WIDTH || !is_nested(&entry.value) {
            lines.push(line);
            return lines;
        }
    }
    match &entry.value {
        Tree::Scalar(Value::String(text)) => {
            let (sign, text) = text.strip_suffix('\n').map_or(("|-", &**text), |text| ("|", text));
            lines.push(format!("{head} {sign}"));
            lines.extend(text.split('\n').map(|line| format!("{pad}  {line}")));
        }
        value => {
            lines.push(head);
            lines.extend(block(value, indent + 2, path));
        }
    }
    lines
}

fn block(value: &Tree, indent: usize, path: &[&str]) -> Vec<String> {
    let inner = |key| {
        let mut inner = path.to_vec();
        inner.push(key);
        inner
    };
    match value {
        Tree::Map(map) => map.entries.iter().flat_map(|entry| entry_lines(entry, indent, &inner(&entry.key))).collect(),
        Tree::List(items) => items.iter().flat_map(|item| item_lines(item, indent, path)).collect(),
        Tree::Scalar(value) => vec![format!("{}{}", " ".repeat(indent), scalar(value, false))],
    }
}

/// The lines of an item of a list.
fn item_lines(item: &Tree, indent: usize, path: &[&str]) -> Vec<String> {
    let pad = " ".repeat(indent);
    if let Some(value) = one_line(item, path).or_else(|| match item {
        Tree::Scalar(value) => Some(scalar(value, true)),
        _ => None,
    }) {
        return vec![format!("{pad}- {value}")];
    }
    let mut lines = block(item, indent + 2, path);
    let comments = lines.iter().take_while(|line| line.trim_start().starts_with('#')).count();
    if let Some(first) = lines.get_mut(comments) {
        first.replace_range(indent..=indent, "-");
    }
    for comment in &mut lines[..comments] {
        comment.replace_range(..2, "");
    }
    lines
}

fn is_nested(value: &Tree) -> bool {
    matches!(value, Tree::List(items) if !items.is_empty()) || matches!(value, Tree::Map(map) if !map.is_empty())
}

/// Returns a value on one line, if it can be written so: a scalar, a list of scalars, or a source.
fn one_line(value: &Tree, path: &[&str]) -> Option<String> {
    match value {
        Tree::Scalar(Value::String(text)) if is_block(text) => None,
        Tree::Scalar(value) => Some(scalar(value, false)),
        Tree::List(items) => {
            let texts = items.iter().map(|item| match item {
                Tree::Scalar(Value::String(text)) if is_block(text) => None,
                Tree::Scalar(value) => Some(scalar(value, true)),
                _ => None,
            });
            Some(format!("[{}]", texts.collect::<Option<Vec<_>>>()?.join(", ")))
        }
        Tree::Map(map) if map.is_empty() => Some("{}".to_owned()),
        Tree::Map(map) if path.last() == Some(&"x-source") => {
            let entry = |entry: &Entry| Some(format!("{}: {}", key(&entry.key), one_line(&entry.value, &[])?));
            Some(format!("{{ {} }}", map.entries.iter().map(entry).collect::<Option<Vec<_>>>()?.join(", ")))
        }
        Tree::Map(_) => None,
    }
}

/// Whether a text is written in lines of its own: it has several lines, and no character that only quotes can hold.
fn is_block(text: &str) -> bool {
    let body = text.strip_suffix('\n').unwrap_or(text);
    let is_clean = |line: &str| line.trim_end() == line;
    text.contains('\n')
        && !body.is_empty()
        && !body.starts_with([' ', '\n'])
        && !body.ends_with('\n')
        && body.split('\n').all(is_clean)
        && !text.chars().any(needs_escape)
}

fn needs_escape(c: char) -> bool {
    c.is_control() && c != '\n' || matches!(c, '\u{feff}' | '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}')
}

fn key(text: &str) -> String {
    if is_plain(text) && !text.contains(['[', ']', ',']) { text.to_owned() } else { quoted(text) }
}

fn scalar(value: &Value, in_flow: bool) -> String {
    match value {
        Value::String(text) if is_plain(text) && !(in_flow && text.contains(['[', ']', '{', '}', ','])) => text.clone(),
        Value::String(text) => quoted(text),
        other => other.to_string(),
    }
}

/// Words that YAML, in one of its versions, does not read as text.
const WORDS: [&str; 9] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];

/// Whether YAML reads a text as itself without quotes.
fn is_plain(text: &str) -> bool {
    is_version(text)
        || text.starts_with(|c: char| c.is_alphabetic() || matches!(c, '/' | '_' | '$'))
            && !text.ends_with([' ', ':'])
            && !text.contains(": ")
            && !text.contains(" #")
            && !text.chars().any(|c| c == '\n' || needs_escape(c))
            && !WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Whether a text is numbers with at least two dots between them, which YAML does not take for a number.
fn is_version(text: &str) -> bool {
    let is_number = |part: &str| !part.is_empty() && part.len() < 6 && part.bytes().all(|byte| byte.is_ascii_digit());
    text.split('.').count() > 2 && text.split('.').all(is_number)
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c if needs_escape(c) => {
                let _ = write!(quoted, "\\u{:04x}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use serde_json::json;

    use super::super::tree::{Map, Tree};
    use super::document;
    use crate::document::Document;

    #[test]
    fn what_is_written_reads_back_as_it_was() {
        let odd = [
            "",
            " ",
            "a",
            "yes",
            "No",
            "null",
            "1",
            "1.5",
            "1.2.3",
            "1.2.3.4",
            "0x1F",
            "-1",
            "- a",
            "a: b",
            "a:b",
            "a #b",
            "a#b",
            "#a",
            "[a]",
            "{a}",
            "a, b",
            "\"a\"",
            "'a'",
            "a\\b",
            "a\nb",
            "a\nb\n",
            "\na",
            "a\n\n",
            " a\nb",
            "a \nb",
            "a\tb",
            "a\n\tb",
            "é",
            "é\u{85}",
            "\u{7f}",
            "\u{feff}a",
            "2026-01-01",
            "~",
            "*a",
            "&a",
            "!a",
            "%a",
            "@a",
            "`a`",
            "|",
            ">",
            "?",
            "? a",
            "a\r\nb",
            "<<",
            "=",
            "a:",
            ":a",
            "---",
            "...",
            "\u{2028}",
            "😀",
            "$ref",
            "/a/{b}",
            "_",
            "a\n\nb\n",
        ];
        let mut map = Map::new();
        for (index, text) in odd.into_iter().enumerate() {
            map.add(&format!("k{index}"), text);
            map.add(&format!("{text}{}", if index == 0 { "" } else { " " }), vec![Tree::from(text), Tree::from(text)]);
        }
        map.add(
            "nested",
            &json!({ "list": [{ "a": [[1, "a\nb"], []], "b": {} }, [], {}, null, true, -2.5], "x-source": {} }),
        );
        map.add_commented("commented", vec![Map::new().with("a", "b").into()], vec!["A comment: it's one.".into()]);
        let text = document(&map);
        let read = Document::parse("written.yaml", &text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        let json = read.root().to_json(&|_, _| true, &|_, json| Ok::<_, Infallible>(json)).expect("it cannot fail");
        assert_eq!(json, Tree::from(map).json(), "{text}");
    }
}
