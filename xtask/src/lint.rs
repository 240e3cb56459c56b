//! The house rules that a spec must hold: each with a name, a reason and a help, by subject.

mod answers;
mod credentials;
mod descriptions;
mod english;
mod examples;
mod extensions;
mod facts;
mod keys;
mod limits;
mod operations;
mod pagination;
mod personal_data;
mod provenance;
mod report;
mod role;
mod schemas;
mod secrets;
mod spec_index;
mod validate;
mod workspace;

use crate::document::{At, Document, SpecError};
use crate::{read, rewrite};
use spec_index::Spec;

pub use facts::Facts;
pub use report::{report, rules};
pub use workspace::{Loaded, Workspace};

/// A house rule.
#[derive(Debug)]
pub struct Rule {
    /// Its name for good, as `specs/README.md` has it.
    pub name: &'static str,
    /// Why there is such a rule.
    pub why: &'static str,
    /// What to do about a finding.
    pub help: &'static str,
    check: Check,
    /// Whether the generator would go wrong without it.
    relied_on: bool,
}

#[derive(Clone, Copy, Debug)]
enum Check {
    OfSpec(fn(&Spec<'_>, &mut Diagnostics)),
    OfAll(fn(&All<'_, '_>, &mut Diagnostics)),
    /// The reader and the generator tell.
    Elsewhere,
}

impl Rule {
    const fn new(name: &'static str, why: &'static str, help: &'static str, check: Check) -> Self {
        Self { name, why, help, check, relied_on: false }
    }

    const fn of_spec(
        name: &'static str,
        why: &'static str,
        help: &'static str,
        check: fn(&Spec<'_>, &mut Diagnostics),
    ) -> Self {
        Self::new(name, why, help, Check::OfSpec(check))
    }

    /// The generator takes for granted that it holds.
    const fn relied_on(mut self) -> Self {
        self.relied_on = true;
        self
    }
}

/// All rules by subject.
pub const RULES: &[(&str, &[Rule])] = &[
    ("The document", &[YAML, UNSUPPORTED, keys::UNKNOWN]),
    ("Provenance", provenance::RULES),
    ("Extensions", extensions::RULES),
    ("Credentials", credentials::RULES),
    ("Operations", operations::RULES),
    ("Pagination", pagination::RULES),
    ("Answers", answers::RULES),
    ("Schemas", schemas::RULES),
    ("Limits", limits::RULES),
    ("Examples", examples::RULES),
    ("Descriptions", descriptions::RULES),
    ("Secrets", secrets::RULES),
];

const YAML: Rule = Rule::new(
    "plain-yaml",
    "What is read must be what is written, at the line where it is written.",
    "Write one YAML document without anchors, aliases, tags and repeated keys.",
    Check::Elsewhere,
);

const UNSUPPORTED: Rule = Rule::new(
    "unsupported",
    "The generator would have to guess what the code should be.",
    "Write what the generator knows; specs/README.md tells what there is.",
    Check::Elsewhere,
);

/// Something that breaks a rule.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// The file, from the root of the workspace.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// JSON pointer; empty where there is none, as in the list of facts.
    pub pointer: String,
    /// What is wrong.
    pub wrong: String,
}

/// A spec and its text, for what is in its comments.
pub type Source<'t> = (&'t Document, &'t str);

/// What rules about all specs together look at.
struct All<'s, 'd> {
    specs: &'s [(Spec<'d>, Source<'d>)],
    facts: &'s Facts,
}

/// What a rule has found so far.
struct Diagnostics {
    rule: &'static Rule,
    findings: Vec<Finding>,
}

impl Diagnostics {
    fn at(&mut self, at: &At<'_>, wrong: impl Into<String>) {
        self.error(at.error(wrong));
    }

    fn error(&mut self, error: SpecError) {
        self.findings.push(finding(self.rule, error));
    }

    /// Something that is at no place of a document.
    fn line(&mut self, file: &str, line: usize, message: String) {
        self.error(SpecError { file: file.to_owned(), line, pointer: String::new(), message });
    }
}

fn finding(rule: &'static Rule, error: SpecError) -> Finding {
    let SpecError { file, line, pointer, message } = error;
    Finding { rule, file, line, pointer, wrong: message }
}

/// All that is wrong with specs, in the order of files and lines.
#[must_use]
pub fn lint(sources: &[Source<'_>], facts: &Facts) -> Vec<Finding> {
    let specs: Vec<_> = sources.iter().map(|source| (Spec::of(source.0), *source)).collect();
    let all = All { specs: &specs, facts };
    let mut findings = Vec::new();
    for rule in every_rule() {
        let mut found = Diagnostics { rule, findings: Vec::new() };
        match rule.check {
            Check::OfSpec(check) => specs.iter().for_each(|(spec, _)| check(spec, &mut found)),
            Check::OfAll(check) => check(&all, &mut found),
            Check::Elsewhere => {}
        }
        findings.append(&mut found.findings);
    }
    sort(&mut findings);
    findings
}

/// All rules in their order.
pub fn every_rule() -> impl Iterator<Item = &'static Rule> {
    RULES.iter().flat_map(|(_, rules)| *rules)
}

fn sort(findings: &mut [Finding]) {
    findings.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
}

/// What the generator says of a spec that holds the rules it relies on, and that it cannot read.
#[must_use]
pub fn unsupported(document: &Document) -> Option<Finding> {
    let read = read::read_checked(document).map(drop);
    read.and_then(|()| rewrite::rewrite(document).map(drop)).err().map(|error| finding(&UNSUPPORTED, error))
}

/// The first thing in a spec that the generator cannot go on with.
pub(crate) fn refuse(document: &Document) -> Result<(), SpecError> {
    let spec = Spec::of(document);
    let mut findings = Vec::new();
    for rule in every_rule().filter(|rule| rule.relied_on) {
        let mut found = Diagnostics { rule, findings };
        if let Check::OfSpec(check) = rule.check {
            check(&spec, &mut found);
        }
        findings = found.findings;
    }
    sort(&mut findings);
    match findings.into_iter().next() {
        None => Ok(()),
        Some(Finding { rule, file, line, pointer, wrong }) => {
            Err(SpecError { file, line, pointer, message: format!("{wrong} ({}): {}", rule.name, rule.help) })
        }
    }
}
