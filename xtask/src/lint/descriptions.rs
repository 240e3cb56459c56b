//! Rules about descriptions: there, English, and fit for rustdoc.

use super::english::{foreign, without_code};
use super::provenance::name;
use super::role::NodeKind;
use super::spec_index::Spec;
use super::{Diagnostics, Rule};

pub(super) const RULES: &[Rule] = &[
    Rule::of_spec(
        "description-missing",
        "It becomes the documentation of the type, the method or the field.",
        "Write a `description`; beside a `$ref`, wrap that in an `allOf` first.",
        missing,
    ),
    Rule::of_spec(
        "description-english",
        "Readers know one language of the documentation, and it is English.",
        "Write it in English; put a provider's words in backticks or quotes.",
        english,
    ),
    Rule::of_spec(
        "description-sentence",
        "Documentation, errors and notes put texts one after another.",
        "Begin with a capital letter, a number or code, and end with a full stop.",
        sentence,
    ),
    Rule::of_spec("description-url", "rustdoc warns of it.", "Put the URL in backticks.", url),
    Rule::of_spec(
        "description-brackets",
        "rustdoc takes them for HTML or for a link.",
        "Put it in backticks, or say it in words.",
        brackets,
    ),
];

fn missing(spec: &Spec<'_>, found: &mut Diagnostics) {
    for place in &spec.nodes {
        let needs = match place.role {
            NodeKind::Info
            | NodeKind::Server
            | NodeKind::Variable
            | NodeKind::Tag
            | NodeKind::SecurityScheme
            | NodeKind::Operation
            | NodeKind::Component
            | NodeKind::Property
            | NodeKind::EnumValue => true,
            NodeKind::Parameter | NodeKind::Response => !place.is_reference(),
            _ => false,
        };
        if needs && place.text("description").is_none_or(|text| text.trim().is_empty()) {
            found.at(&place.at, format!("{} has no `description`", name(place)));
        }
    }
}

fn english(spec: &Spec<'_>, found: &mut Diagnostics) {
    for prose in &spec.prose {
        if let Some(wrong) = foreign(prose.text) {
            found.at(&prose.at, wrong);
        }
    }
}

fn sentence(spec: &Spec<'_>, found: &mut Diagnostics) {
    for prose in &spec.prose {
        let text = prose.text.trim();
        if text.is_empty() {
            continue;
        }
        if text.trim_start_matches(['*', '"', '“', '(']).starts_with(|c: char| c.is_lowercase()) {
            found.at(&prose.at, "the text begins in lower case");
        } else if !text.trim_end_matches(['*', '"', '”', ')']).ends_with(['.', '!', '?']) {
            found.at(&prose.at, "the text does not end like a sentence");
        }
    }
}

fn url(spec: &Spec<'_>, found: &mut Diagnostics) {
    for prose in &spec.prose {
        let is_bare = |text: &str| text.contains("://") || text.contains("www.");
        if is_bare(prose.text) && is_bare(&without_code(prose.text)) {
            found.at(&prose.at, "there is a URL outside backticks");
        }
    }
}

fn brackets(spec: &Spec<'_>, found: &mut Diagnostics) {
    let brackets = ['<', '>', '[', ']'];
    for prose in spec.prose.iter().filter(|prose| brackets.iter().any(|one| prose.text.contains(*one))) {
        if let Some(one) = without_code(prose.text).chars().find(|one| brackets.contains(one)) {
            found.at(&prose.at, format!("`{one}` stands outside backticks"));
        }
    }
}
