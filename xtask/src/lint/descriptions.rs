//! Rules about descriptions: every item has one, in sentences that rustdoc can show.

use std::borrow::Cow;

use super::provenance::name;
use super::rule::{Diagnostics, Rule};
use crate::spec_index::{NodeKind, Spec};

pub(super) const RULES: &[Rule] = &[
    Rule::of_spec(
        "description-missing",
        "The description becomes the documentation of the type, the method or the field.",
        "Write a `description`. Beside a `$ref`, wrap the `$ref` in an `allOf` first.",
        missing,
    ),
    Rule::of_spec(
        "description-sentence",
        "The documentation, errors and notes put several texts one after another.",
        "Begin with a capital letter, a number or code, and end with a full stop.",
        sentence,
    ),
    Rule::of_spec("description-url", "rustdoc warns about a bare URL.", "Put the URL in backticks.", url),
    Rule::of_spec(
        "description-brackets",
        "rustdoc reads brackets as HTML or as a link.",
        "Put the brackets in backticks, or use words.",
        brackets,
    ),
];

fn missing(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    for node in &spec.nodes {
        let needs = match node.kind {
            NodeKind::Info
            | NodeKind::Server
            | NodeKind::Variable
            | NodeKind::Tag
            | NodeKind::SecurityScheme
            | NodeKind::Operation
            | NodeKind::WebhookPost
            | NodeKind::WebhookReply
            | NodeKind::Component
            | NodeKind::Property
            | NodeKind::EnumValue => true,
            NodeKind::Parameter | NodeKind::Response => !node.is_reference(),
            _ => false,
        };
        if needs && node.text("description").is_none_or(|text| text.trim().is_empty()) {
            diagnostics.at(&node.at, format!("{} has no `description`", name(node)));
        }
    }
}

fn sentence(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    each(spec, diagnostics, not_a_sentence);
}

fn url(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    each(spec, diagnostics, bare_url);
}

fn brackets(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    each(spec, diagnostics, bare_bracket);
}

fn each(spec: &Spec<'_>, diagnostics: &mut Diagnostics, wrong: fn(&str) -> Option<String>) {
    for prose in &spec.prose {
        if let Some(wrong) = wrong(prose.text) {
            diagnostics.at(&prose.at, wrong);
        }
    }
}

/// Whether a text can be a description.
pub(crate) fn is_description(text: &str) -> bool {
    !text.trim().is_empty() && [not_a_sentence, bare_url, bare_bracket].iter().all(|wrong| wrong(text).is_none())
}

fn not_a_sentence(text: &str) -> Option<String> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    if text.trim_start_matches(['*', '"', '“', '(']).starts_with(|c: char| c.is_lowercase()) {
        Some("the text begins with a lower-case letter".to_owned())
    } else if !text.trim_end_matches(['*', '"', '”', ')']).ends_with(['.', '!', '?']) {
        Some("the text does not end with `.`, `!` or `?`".to_owned())
    } else {
        None
    }
}

fn bare_url(text: &str) -> Option<String> {
    let is_bare = |text: &str| text.contains("://") || text.contains("www.");
    (is_bare(text) && is_bare(&without_code(text))).then(|| "a URL is outside backticks".to_owned())
}

fn bare_bracket(text: &str) -> Option<String> {
    let brackets = ['<', '>', '[', ']'];
    if !text.contains(brackets) {
        return None;
    }
    let one = without_code(text).chars().find(|one| brackets.contains(one))?;
    Some(format!("`{one}` is outside backticks"))
}

/// Returns the text with a space for each code span.
fn without_code(text: &str) -> Cow<'_, str> {
    if !text.contains('`') {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('`') {
        plain.push_str(&rest[..start]);
        let ticks = rest[start..].bytes().take_while(|byte| *byte == b'`').count();
        let (fence, after) = rest[start..].split_at(ticks);
        if let Some(end) = closing(after, ticks) {
            plain.push(' ');
            rest = &after[end + ticks..];
        } else {
            plain.push_str(fence);
            rest = after;
        }
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

/// Returns the start of the first run of exactly this number of backticks.
fn closing(text: &str, ticks: usize) -> Option<usize> {
    let mut from = 0;
    while let Some(start) = text[from..].find('`').map(|start| start + from) {
        let run = text[start..].bytes().take_while(|byte| *byte == b'`').count();
        if run == ticks {
            return Some(start);
        }
        from = start + run;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::without_code;

    #[test]
    fn code_ends_with_as_many_backticks_as_it_starts_with() {
        assert_eq!(without_code("a `b` c ``d ` e`` f ` g"), "a   c   f ` g");
    }
}
