//! The Markdown of providers' texts as rustdoc and the lint accept it.

use std::borrow::Cow;

/// Puts URLs and brackets into backticks, and marks blocks of code as text, which rustdoc does not compile.
pub(super) fn marked_up(text: &str) -> String {
    // An odd backtick would turn the rest of the text around.
    let is_balanced = text.split('`').count() % 2 == 1 && !text.contains("``") || fences_are_closed(text);
    let text = if is_balanced { Cow::Borrowed(text) } else { Cow::Owned(text.replace('`', "'")) };
    let mut marked = String::with_capacity(text.len());
    let mut in_fence = false;
    for line in text.split('\n') {
        if !marked.is_empty() {
            marked.push('\n');
        }
        if line.trim_start().starts_with("```") {
            marked.push_str(if in_fence { "```" } else { "```text" });
            in_fence = !in_fence;
        } else if in_fence {
            marked.push_str(line);
        } else {
            push_line(line, &mut marked);
        }
    }
    marked
}

/// Whether the only triple backticks start lines and come in pairs, and the others are balanced line by line.
fn fences_are_closed(text: &str) -> bool {
    let is_fence = |line: &&str| line.trim_start().starts_with("```");
    let fences = text.lines().filter(is_fence).count();
    let others = text.lines().filter(|line| !is_fence(line));
    let mut balanced = others.map(|line| line.split('`').count() % 2 == 1 && !line.contains("``"));
    fences > 0 && fences % 2 == 0 && balanced.all(|is_balanced| is_balanced)
}

/// Adds a line outside blocks of code. Its code spans stay as they are.
fn push_line(line: &str, marked: &mut String) {
    for (index, part) in line.split('`').enumerate() {
        if index % 2 == 1 {
            marked.push('`');
            marked.push_str(part);
            marked.push('`');
        } else {
            push_words(&without_links(part), marked);
        }
    }
}

/// Turns each Markdown link, `[text](url)`, into the text with the URL in brackets.
fn without_links(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        let link = after.split_once("](").and_then(|(label, after)| {
            let (url, after) = after.split_once(')')?;
            (!label.contains(['[', ']']) && !url.contains(char::is_whitespace)).then_some((label, url, after))
        });
        plain.push_str(before);
        rest = if let Some((label, url, after)) = link {
            plain.push_str(label);
            plain.push_str(" (");
            plain.push_str(url);
            plain.push(')');
            after
        } else {
            plain.push('[');
            after
        };
    }
    plain + rest
}

/// Adds words, each in backticks if it contains a URL or a bracket.
fn push_words(text: &str, marked: &mut String) {
    for word in text.split_inclusive(char::is_whitespace) {
        let (core, space) = word.split_at(word.trim_end().len());
        let needs_code = core.contains("://") || core.contains("www.") || core.contains(['<', '>', '[', ']']);
        if !needs_code {
            marked.push_str(word);
            continue;
        }
        let start = core.len() - core.trim_start_matches(['(', '"', '\'', '*']).len();
        let after_start = &core[start..];
        let end = after_start.trim_end_matches([')', '"', '\'', '*', '.', ',', ';', ':', '!', '?']).len();
        let (inner, end) = after_start.split_at(end);
        marked.push_str(&core[..start]);
        if marked.ends_with('`') {
            marked.push(' ');
        }
        marked.push('`');
        marked.push_str(inner);
        marked.push('`');
        marked.push_str(end);
        marked.push_str(space);
    }
}
