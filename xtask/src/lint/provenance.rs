//! Rules about sources: every claim states how it is known, and cites facts that exist.

use std::collections::BTreeSet;

use super::facts::Fact;
use super::rule::{Check, Diagnostics, Rule, SpecsAndFacts};
use crate::document::At;
use crate::spec_index::{Node, NodeKind, Spec};

pub(super) const RULES: &[Rule] = &[
    Rule::of_spec(
        "source-missing",
        "Readers must be able to tell how a claim is known.",
        "Write `x-source: { evidence: docs, facts: [E4] }`, with the evidence and the facts that support it. Beside a \
         `$ref`, wrap the `$ref` in an `allOf` first.",
        missing,
    ),
    Rule::of_spec(
        "source-malformed",
        "The evidence and the facts become part of the code and of its documentation.",
        "Write `evidence`, which is `observed`, `docs`, `public` or `guess`, and `facts`, a list of at least one fact.",
        malformed,
    )
    .needed_by_generator(),
    Rule::of_spec(
        "source-repeated",
        "A property inherits the source of its schema. A repeated source hides the ones that differ.",
        "Remove the property's `x-source`.",
        source_repeated,
    ),
    Rule::of_spec("citation-repeated", "A repeated citation adds nothing.", "Cite the fact once.", citation_repeated),
    Rule::new(
        "source-unfounded",
        "A claim is known no better than the facts that support it.",
        "Write evidence that one of the facts has in specs/facts.md, or `guess` for a conclusion.",
        Check::Workspace(unfounded),
    ),
    Rule::new(
        "fact-unknown",
        "A citation must lead to a fact.",
        "Cite a fact of specs/facts.md, or add the fact there.",
        Check::Workspace(unknown),
    ),
    Rule::new(
        "fact-uncited",
        "Nobody looks at a fact that no spec cites when the specs change.",
        "Cite the fact in an `x-source` where it matters.",
        Check::Workspace(uncited),
    ),
    Rule::new(
        "fact-repeated",
        "The number of a fact never changes, and no other fact has it.",
        "Give the fact the next free number.",
        Check::Workspace(fact_repeated),
    ),
    Rule::new(
        "fact-number",
        "A fact without a number cannot be cited, and would be ignored silently.",
        "Write a capital letter and a number, as in `#### E4`.",
        Check::Workspace(fact_number),
    ),
    Rule::new(
        "fact-without-evidence",
        "Readers must be able to tell how a fact is known.",
        "Begin the text below the number with the evidence in brackets, as in `(docs, observed)`.",
        Check::Workspace(without_evidence),
    ),
];

/// The kinds of evidence, the strongest first.
const EVIDENCE: [&str; 4] = ["observed", "docs", "public", "guess"];

fn missing(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    for node in &spec.nodes {
        let needs = match node.kind {
            NodeKind::Info
            | NodeKind::Server
            | NodeKind::SecurityScheme
            | NodeKind::Envelope
            | NodeKind::Operation
            | NodeKind::WebhookPost
            | NodeKind::Parameter
            | NodeKind::FormRule => true,
            NodeKind::Component => !spec.forms.contains(node.key),
            NodeKind::Property => spec.is_form(node),
            _ => false,
        };
        if needs && node.get("x-source").is_none() && (node.kind == NodeKind::Property || !node.is_reference()) {
            diagnostics.at(&node.at, format!("{} has no `x-source`", name(node)));
        }
    }
    if let Some(trims) = spec.root.get("x-trims").filter(|trims| trims.get("x-source").is_none()) {
        diagnostics.at(&trims, "`x-trims` has no `x-source`");
    }
}

/// Returns how a message calls a node.
pub(super) fn name(node: &Node<'_>) -> String {
    let of = |what: &str, key: &str| match node.text(key) {
        Some(name) => format!("{what} `{name}`"),
        None => format!("the {what}"),
    };
    match node.kind {
        NodeKind::Info => "`info`".to_owned(),
        NodeKind::Server => of("server", "x-name"),
        NodeKind::Tag => of("tag", "name"),
        NodeKind::Envelope => "`x-envelope`".to_owned(),
        NodeKind::Operation => of("operation", "operationId"),
        NodeKind::Parameter => of("parameter", "name"),
        NodeKind::FormRule => of("rule", "rule"),
        NodeKind::EnumValue => of("value", "name"),
        NodeKind::Component => format!("schema `{}`", node.key),
        NodeKind::Property => format!("property `{}`", node.key),
        NodeKind::Response => "the answer".to_owned(),
        NodeKind::WebhookPost => "the `post` of the webhook".to_owned(),
        NodeKind::WebhookReply => "the answer to the webhook".to_owned(),
        NodeKind::SecurityScheme => format!("credential `{}`", node.key),
        _ => format!("`{}`", node.key),
    }
}

fn malformed(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    for node in spec.nodes.iter().filter(|node| node.kind != NodeKind::Source) {
        // The index has no node of kind `Source` for a value that is not a mapping.
        if let Some(source) = node.get("x-source").filter(|source| source.as_entries().is_none()) {
            diagnostics.at(source, "`x-source` is not a mapping");
        }
    }
    for source in spec.of_kind(NodeKind::Source) {
        match source.get("evidence") {
            None => diagnostics.at(&source.at, "the source has no `evidence`"),
            Some(how) => match how.as_text() {
                Some(word) if EVIDENCE.contains(&word) => {}
                Some(word) => diagnostics.at(how, format!("`{word}` is not a kind of evidence")),
                None => diagnostics.at(how, "`evidence` is not a text"),
            },
        }
        match source.get("facts").map(|facts| (facts, facts.texts())) {
            None => diagnostics.at(&source.at, "the source has no `facts`"),
            Some((facts, Ok(texts))) if texts.is_empty() => diagnostics.at(facts, "`facts` is empty"),
            Some((facts, Err(_))) => diagnostics.at(facts, "`facts` is not a list of texts"),
            Some(_) => {}
        }
        if let Some((key, at)) = source.entries.iter().find(|(key, _)| !matches!(*key, "evidence" | "facts")) {
            diagnostics.at(at, format!("a source cannot have a `{key}`"));
        }
    }
}

fn source_repeated(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    let sources = |node: &Node<'_>| Some((node.get("x-source")?.get("evidence")?.as_text()?.to_owned(), cited(node)));
    for component in spec.of_kind(NodeKind::Component) {
        let Some(outer) = sources(component) else { continue };
        let properties = component.get("properties").and_then(At::as_entries).unwrap_or_default();
        for (name, property) in properties {
            let Some(source) = property.get("x-source") else { continue };
            let how = source.get("evidence").and_then(|evidence| evidence.as_text()).unwrap_or_default();
            let facts = source.get("facts").and_then(|facts| facts.texts().ok()).unwrap_or_default();
            if how == outer.0 && facts.into_iter().collect::<BTreeSet<_>>() == outer.1 {
                diagnostics.at(&source, format!("property `{name}` repeats the source of its schema"));
            }
        }
    }
}

/// Returns the facts that a node cites.
fn cited(node: &Node<'_>) -> BTreeSet<String> {
    let facts = node.get("x-source").and_then(|source| source.get("facts")?.texts().ok());
    facts.unwrap_or_default().into_iter().collect()
}

fn citation_repeated(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    for source in spec.of_kind(NodeKind::Source) {
        let mut seen = BTreeSet::new();
        for fact in source.get("facts").and_then(At::as_items).unwrap_or_default() {
            if let Some(number) = fact.as_text()
                && !seen.insert(number)
            {
                diagnostics.at(&fact, format!("{number} is cited twice"));
            }
        }
    }
}

/// A guess can rest on any fact. Other rules report errors in the source or in the facts.
fn unfounded(all: &SpecsAndFacts<'_, '_>, diagnostics: &mut Diagnostics) {
    for (spec, _) in all.specs {
        for source in spec.of_kind(NodeKind::Source) {
            let Some(at) = source.get("evidence") else { continue };
            let how = at.as_text().filter(|how| *how != "guess" && EVIDENCE.contains(how));
            let cited = source.get("facts").and_then(At::as_items).unwrap_or_default();
            let known = cited.iter().map(|fact| all.facts.by_number.get(fact.as_text()?)).collect::<Option<Vec<_>>>();
            let (Some(how), Some(facts)) = (how, known) else { continue };
            let fits = |fact: &&Fact| fact.evidence.is_empty() || fact.evidence.iter().any(|evidence| evidence == how);
            if !facts.is_empty() && !facts.iter().any(fits) {
                diagnostics.at(at, format!("none of the cited facts has the evidence `{how}`"));
            }
        }
    }
}

fn without_evidence(all: &SpecsAndFacts<'_, '_>, diagnostics: &mut Diagnostics) {
    for (number, fact) in &all.facts.by_number {
        match fact.evidence.iter().find(|evidence| !EVIDENCE.contains(&&***evidence)) {
            Some(other) => {
                diagnostics.line(
                    &all.facts.file,
                    fact.line,
                    format!("`{other}` in the brackets after {number} is not a kind of evidence"),
                );
            }
            None if fact.evidence.is_empty() => {
                diagnostics.line(&all.facts.file, fact.line, format!("{number} has no evidence"));
            }
            None => {}
        }
    }
}

fn unknown(all: &SpecsAndFacts<'_, '_>, diagnostics: &mut Diagnostics) {
    for (spec, _) in all.specs {
        for source in spec.of_kind(NodeKind::Source) {
            for fact in source.get("facts").and_then(At::as_items).unwrap_or_default() {
                if let Some(number) = fact.as_text()
                    && !all.facts.by_number.contains_key(number)
                {
                    diagnostics.at(&fact, format!("there is no fact {number}"));
                }
            }
        }
    }
}

fn uncited(all: &SpecsAndFacts<'_, '_>, diagnostics: &mut Diagnostics) {
    let mut cited = BTreeSet::new();
    for (spec, _) in all.specs {
        for source in spec.of_kind(NodeKind::Source) {
            cited.extend(source.get("facts").and_then(|facts| facts.texts().ok()).unwrap_or_default());
        }
    }
    for (number, fact) in all.facts.by_number.iter().filter(|(number, _)| !cited.contains(*number)) {
        diagnostics.line(&all.facts.file, fact.line, format!("no spec cites {number}"));
    }
}

fn fact_number(all: &SpecsAndFacts<'_, '_>, diagnostics: &mut Diagnostics) {
    for (number, line) in &all.facts.misnumbered {
        diagnostics.line(&all.facts.file, *line, format!("`{number}` is not a number of a fact"));
    }
}

fn fact_repeated(all: &SpecsAndFacts<'_, '_>, diagnostics: &mut Diagnostics) {
    for (fact, line) in &all.facts.repeated {
        diagnostics.line(&all.facts.file, *line, format!("{fact} is in the list already"));
    }
}
