//! Provider's texts as descriptions that rustdoc shows well and the lint accepts. The words stay as they are.

use std::borrow::Cow;

use super::html::without_html;
use super::imperative::imperative;
use super::markup::marked_up;
use crate::lint::{is_description, not_imperative, refused_value};

/// The longest line of a description.
const WIDTH: usize = 96;

/// The longest description, in characters. Longer ones are cut.
const LONGEST: usize = 4000;

/// The longest summary, in characters.
const LONGEST_SUMMARY: usize = 100;

/// Returns a provider's text as a description, or `None` if there is nothing to say.
pub(super) fn description(text: &str) -> Option<String> {
    let text = cut(text, 4 * LONGEST);
    let cleaned = cleaned(&without_html(&text));
    let text = without_secrets(&cut(&cleaned, LONGEST)).into_owned();
    if text.is_empty() {
        return None;
    }
    let text = sentence(&marked_up(&text));
    is_description(&text).then(|| wrapped(&text))
}

/// Returns several texts as one description.
pub(super) fn joined<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    let texts: Vec<_> = texts.into_iter().map(str::trim).filter(|text| !text.is_empty()).collect();
    let is_short = texts.iter().map(|text| text.chars().count() + 1).sum::<usize>() <= WIDTH;
    if is_short && !texts.iter().any(|text| text.contains('\n')) {
        texts.join(" ")
    } else {
        wrapped(&texts.join("\n\n"))
    }
}

/// Returns the summary of an operation and, if the provider's own cannot be one, the description that it becomes. A verb in
/// the third person becomes one in the imperative.
pub(super) fn summary(text: Option<&str>, id: &str) -> (String, Option<String>) {
    let own = text.and_then(description);
    let fits = |text: &&String| !text.contains('\n') && text.chars().count() <= LONGEST_SUMMARY;
    let is_order = |text: &String| not_imperative(text).is_none();
    let short = own.as_ref().filter(fits);
    match short.filter(|text| is_order(text)).cloned().or_else(|| imperative(short?).filter(is_order)) {
        Some(order) => (order, None),
        None => (format!("Call `{id}`."), own),
    }
}

/// Returns a text that a spec may contain: without what looks like a secret or like a person's data.
pub(super) fn without_secrets(text: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    while let Some(value) = refused_value(&text) {
        text = Cow::Owned(text.replace(value, "…"));
    }
    text
}

/// Removes what a description cannot hold: control characters, spaces at the end of lines, and indents that rustdoc would
/// take for code.
fn cleaned(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{85}', '\u{2028}', '\u{2029}'], "\n").replace('\t', "  ");
    let text: String = text.chars().filter(|c| (!c.is_control() || *c == '\n') && *c != '\u{feff}').collect();
    let lines = text.lines().map(|line| {
        let indent = line.len() - line.trim_start_matches(' ').len();
        format!("{}{}", " ".repeat(indent.min(3)), line.trim())
    });
    let mut lines: Vec<_> = lines.map(|line| line.trim_end().to_owned()).collect();
    lines.dedup_by(|one, other| one.is_empty() && other.is_empty());
    lines.join("\n").trim().to_owned()
}

fn cut(text: &str, longest: usize) -> Cow<'_, str> {
    match text.char_indices().nth(longest) {
        Some((end, _)) => Cow::Owned(format!("{}…", text[..end].trim_end())),
        None => Cow::Borrowed(text),
    }
}

/// Begins a text with a capital letter, and ends it with a full stop.
fn sentence(text: &str) -> String {
    let text = text.trim();
    let start = text.find(|c| !matches!(c, '*' | '"' | '“' | '(')).unwrap_or_default();
    let mut chars = text[start..].chars();
    let mut sentence = text[..start].to_owned();
    if let Some(first) = chars.next() {
        // Some letters, such as `ª`, have no capital.
        if first.is_lowercase() && first.to_uppercase().eq([first]) {
            sentence.push('…');
        }
        sentence.extend(first.to_uppercase());
    }
    sentence.push_str(chars.as_str());
    if sentence.ends_with("```") {
        return sentence + "\n\nEnd of the example.";
    }
    let end = sentence.trim_end_matches(['*', '"', '”', ')']).len();
    if !sentence[..end].ends_with(['.', '!', '?']) {
        while sentence.ends_with([',', ';', ':', ' ', '-', '–']) {
            sentence.pop();
        }
        sentence.push('.');
    }
    sentence
}

/// Breaks long lines outside blocks of code. A text of several lines ends with a line break.
pub(super) fn wrapped(text: &str) -> String {
    let text = text.trim_end();
    if !text.contains('\n') && text.chars().count() <= WIDTH {
        return text.to_owned();
    }
    let mut lines = Vec::new();
    let mut in_fence = false;
    for line in text.split('\n') {
        in_fence ^= line.trim_start().starts_with("```");
        // A table and a heading end with their line.
        if in_fence || line.trim_start().starts_with(['|', '#', '`']) && line.contains("```") || line.contains(" | ") {
            lines.push(line.trim_end().to_owned());
        } else {
            wrap_line(line, &mut lines);
        }
    }
    lines.join("\n") + "\n"
}

fn wrap_line(line: &str, lines: &mut Vec<String>) {
    let indent = line.len() - line.trim_start().len();
    let is_item = ["- ", "* ", "+ "].iter().any(|sign| line.trim_start().starts_with(sign));
    let (first, next) = (" ".repeat(indent), " ".repeat(if is_item { indent + 2 } else { indent }));
    let mut current = first;
    let mut width = current.chars().count();
    let mut is_empty = true;
    for word in line.split_whitespace() {
        let length = word.chars().count();
        if !is_empty && width + 1 + length > WIDTH && !starts_markup(word) {
            lines.push(std::mem::replace(&mut current, next.clone()));
            width = current.chars().count();
            is_empty = true;
        }
        if !is_empty {
            current.push(' ');
            width += 1;
        }
        current.push_str(word);
        width += length;
        is_empty = false;
    }
    lines.push(current.trim_end().to_owned());
}

/// Whether a line that begins with this word would be a list, a heading, a quotation or a rule.
fn starts_markup(word: &str) -> bool {
    let digits = word.trim_start_matches(|c: char| c.is_ascii_digit());
    word.starts_with(['#', '>', '-', '+', '*', '=', '|', '~', '_'])
        || digits.len() < word.len() && digits.starts_with(['.', ')'])
}

#[cfg(test)]
mod tests {
    use super::{WIDTH, description, summary};
    use crate::lint::{is_description, refused_value};

    #[test]
    fn the_words_of_a_provider_stay_and_the_lint_accepts_them() {
        for (text, expected) in [
            ("Sends a text", "Sends a text."),
            ("instance (Instance name)", "Instance (Instance name)."),
            ("Número do contato, com DDI:", "Número do contato, com DDI."),
            ("See [Account](https://api.example/a_b).", "See Account (`https://api.example/a_b`)."),
            ("Docs at https://api.example/a?b=c.", "Docs at `https://api.example/a?b=c`."),
            ("one of [a, b]", "One of `[a`, `b]`."),
            ("Use `a[b]`, not <b>c</b>", "Use `a[b]`, not **c**."),
            ("an odd ` tick <x>", "An odd ' tick `<x>`."),
            ("A. ```json\n{}\n```", "A. ```json\n{}\n```"),
            ("Call +55 11 98765-4321 now", "Call … now."),
            ("`code` first", "`code` first."),
            ("**bold**", "**Bold**."),
            ("ªb", "…ªb."),
        ] {
            let text = description(text).unwrap_or_default();
            if !expected.contains('\n') {
                assert_eq!(text, expected);
            }
            assert!(is_description(&text) && refused_value(&text).is_none(), "{text}");
        }
        for nothing in ["", " \n", "\u{0}"] {
            assert_eq!(description(nothing), None);
        }
    }

    #[test]
    fn code_becomes_text_that_rustdoc_does_not_compile() {
        let text = description("Send:\n\n```\nlet x = [1];\n```\nand:\n\n    let y = 2;").expect("it is a description");
        assert_eq!(text, "Send:\n\n```text\nlet x = [1];\n```\nand:\n\n   let y = 2.\n");
        let text = description("Send:\n```json\n{}\n```").expect("it is a description");
        assert!(text.ends_with("```text\n{}\n```\n\nEnd of the example.\n"), "{text}");
    }

    #[test]
    fn long_lines_break_where_no_markup_starts() {
        let text = description(&"word - # 1. ".repeat(100)).expect("it is a description");
        for line in text.lines() {
            assert!(line.chars().count() <= WIDTH + 20 && !line.starts_with(['-', '#', '1']), "{line}");
        }
    }

    #[test]
    fn a_summary_that_is_no_order_becomes_one_or_a_part_of_the_description() {
        assert_eq!(summary(Some("List chats"), "list"), ("List chats.".to_owned(), None));
        assert_eq!(summary(Some("Lists chats"), "list"), ("List chats.".to_owned(), None));
        assert_eq!(summary(Some("The chats"), "list"), ("Call `list`.".to_owned(), Some("The chats.".to_owned())));
        assert_eq!(summary(None, "list"), ("Call `list`.".to_owned(), None));
        assert_eq!(summary(Some(&"Get it ".repeat(20)), "list").0, "Call `list`.");
    }
}
