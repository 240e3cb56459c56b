//! The table of all rules, and what runs them.

use super::facts::Facts;
use super::rule::{Check, Diagnostics, Finding, Rule, SpecSource, SpecsAndFacts};
use super::{
    answers, credentials, descriptions, examples, extensions, keys, limits, operations, pagination, provenance,
    schemas, secrets, webhooks,
};
use crate::document::{Document, SpecError};
use crate::spec_index::Spec;
use crate::{read, rewrite};

/// All rules by subject.
pub const RULES: &[(&str, &[Rule])] = &[
    ("The document", &[YAML, UNSUPPORTED, keys::UNKNOWN]),
    ("Provenance", provenance::RULES),
    ("Extensions", extensions::RULES),
    ("Credentials", credentials::RULES),
    ("Operations", operations::RULES),
    ("Pagination", pagination::RULES),
    ("Answers", answers::RULES),
    ("Webhooks", webhooks::RULES),
    ("Schemas", schemas::RULES),
    ("Limits", limits::RULES),
    ("Examples", examples::RULES),
    ("Descriptions", descriptions::RULES),
    ("Secrets", secrets::RULES),
];

pub(super) const YAML: Rule = Rule::new(
    "plain-yaml",
    "The generator must read exactly what a person reads, at the line where it is written.",
    "Write one YAML document without anchors, aliases, tags or repeated keys.",
    Check::Elsewhere,
)
.needed_by_generator();

const UNSUPPORTED: Rule = Rule::new(
    "unsupported",
    "The generator would have to guess the code.",
    "Write it in a form that specs/README.md describes.",
    Check::Elsewhere,
)
.needed_by_generator();

/// Returns all rules in the order of [`RULES`].
pub fn every_rule() -> impl Iterator<Item = &'static Rule> {
    RULES.iter().flat_map(|(_, rules)| *rules)
}

/// Checks specs against all rules, except for problems that only the generator can report.
///
/// Returns what the generator cannot express first, then the rest; each in the order of files and lines.
#[must_use]
pub fn lint(sources: &[SpecSource<'_>], facts: &Facts) -> Vec<Finding> {
    let specs: Vec<_> = sources.iter().map(|source| (Spec::of(source.0), *source)).collect();
    let all = SpecsAndFacts { specs: &specs, facts };
    let mut findings = Vec::new();
    for rule in every_rule() {
        let mut diagnostics = Diagnostics { rule, findings };
        match rule.check {
            Check::Spec(check) => specs.iter().for_each(|(spec, _)| check(spec, &mut diagnostics)),
            Check::Workspace(check) => check(&all, &mut diagnostics),
            Check::Elsewhere => {}
        }
        findings = diagnostics.findings;
    }
    sort(&mut findings);
    findings
}

/// Returns what the generator reports for a spec that breaks no rule on which the generator relies.
pub(crate) fn unsupported(document: &Document) -> Option<Finding> {
    let read = read::read(document).map(drop);
    read.and_then(|()| rewrite::rewrite(document).map(drop)).err().map(|error| Finding::new(&UNSUPPORTED, error))
}

/// Returns the first finding of the rules on which the generator relies, as an error.
pub fn refuse(document: &Document) -> Result<(), SpecError> {
    let spec = Spec::of(document);
    let mut findings = Vec::new();
    for rule in every_rule().filter(|rule| rule.needed_by_generator) {
        let mut diagnostics = Diagnostics { rule, findings };
        if let Check::Spec(check) = rule.check {
            check(&spec, &mut diagnostics);
        }
        findings = diagnostics.findings;
    }
    sort(&mut findings);
    match findings.into_iter().next() {
        None => Ok(()),
        Some(Finding { rule, file, line, pointer, wrong }) => {
            Err(SpecError { file, line, pointer, message: format!("{wrong} ({}): {}", rule.name, rule.help) })
        }
    }
}

pub(super) fn sort(findings: &mut [Finding]) {
    findings.sort_by(|a, b| {
        let key = |finding: &Finding| (!finding.rule.needed_by_generator, finding.line);
        let ((a_group, a_line), (b_group, b_line)) = (key(a), key(b));
        (a_group, &a.file, a_line).cmp(&(b_group, &b.file, b_line))
    });
}
