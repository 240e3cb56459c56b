//! What a lint rule and a finding are.

use super::facts::Facts;
use crate::document::{At, Document, SpecError};
use crate::spec_index::Spec;

/// A lint rule.
#[derive(Debug)]
pub struct Rule {
    /// The name, as `specs/README.md` lists it. It never changes.
    pub name: &'static str,
    /// Why the rule exists.
    pub why: &'static str,
    /// How to fix a finding.
    pub help: &'static str,
    pub(super) check: Check,
    /// Whether the generator cannot express a spec that breaks the rule.
    pub(super) needed_by_generator: bool,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Check {
    /// Checks one spec.
    Spec(fn(&Spec<'_>, &mut Diagnostics)),
    /// Checks all specs and the facts together.
    Workspace(fn(&SpecsAndFacts<'_, '_>, &mut Diagnostics)),
    /// The YAML reader or the generator reports it.
    Elsewhere,
}

impl Rule {
    pub(super) const fn new(name: &'static str, why: &'static str, help: &'static str, check: Check) -> Self {
        Self { name, why, help, check, needed_by_generator: false }
    }

    pub(super) const fn of_spec(
        name: &'static str,
        why: &'static str,
        help: &'static str,
        check: fn(&Spec<'_>, &mut Diagnostics),
    ) -> Self {
        Self::new(name, why, help, Check::Spec(check))
    }

    /// Marks a rule whose violation the generator cannot express in code.
    pub(super) const fn needed_by_generator(mut self) -> Self {
        self.needed_by_generator = true;
        self
    }
}

/// A violation of a rule.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// The file, relative to the root of the workspace.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The JSON pointer of the value; empty in a file that is not YAML, such as the list of facts.
    pub pointer: String,
    /// What is wrong.
    pub wrong: String,
}

impl Finding {
    /// Whether the generator cannot express the spec because of it.
    #[must_use]
    pub fn stops_generator(&self) -> bool {
        self.rule.needed_by_generator
    }

    pub(super) fn new(rule: &'static Rule, error: SpecError) -> Self {
        let SpecError { file, line, pointer, message } = error;
        Self { rule, file, line, pointer, wrong: message }
    }
}

/// A spec and its text, which has the comments.
pub type SpecSource<'t> = (&'t Document, &'t str);

/// The input of the rules about all specs together.
pub(super) struct SpecsAndFacts<'s, 'd> {
    pub specs: &'s [(Spec<'d>, SpecSource<'d>)],
    pub facts: &'s Facts,
}

/// Collects the findings of a rule.
pub(super) struct Diagnostics {
    pub rule: &'static Rule,
    pub findings: Vec<Finding>,
}

impl Diagnostics {
    pub(super) fn at(&mut self, at: &At<'_>, wrong: impl Into<String>) {
        self.error(at.error(wrong));
    }

    /// Adds a finding in a file that is not YAML, or in a comment.
    pub(super) fn line(&mut self, file: &str, line: usize, message: String) {
        self.error(SpecError { file: file.to_owned(), line, pointer: String::new(), message });
    }

    fn error(&mut self, error: SpecError) {
        self.findings.push(Finding::new(self.rule, error));
    }
}
