//! Findings and rules, for a person at a terminal.

use std::fmt::{self, Write as _};

use super::{Finding, RULES, every_rule};

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rule, file, line, pointer, wrong } = self;
        writeln!(f, "{file}:{line}: {}", rule.name)?;
        if !pointer.is_empty() {
            writeln!(f, "    at:    {pointer}")?;
        }
        write!(f, "    wrong: {wrong}\n    why:   {}\n    help:  {}", rule.why, rule.help)
    }
}

/// What to tell of these findings in so many specs.
#[must_use]
pub fn report(findings: &[Finding], specs: usize) -> String {
    let count = |number: usize, what: &str| format!("{number} {what}{}", if number == 1 { "" } else { "s" });
    let (specs, all) = (count(specs, "spec"), count(every_rule().count(), "rule"));
    if findings.is_empty() {
        return format!("{specs}, {all}: nothing to help\n");
    }
    let mut text = String::new();
    for finding in findings {
        let _ = write!(text, "{finding}\n\n");
    }
    let broken: std::collections::BTreeSet<_> = findings.iter().map(|finding| finding.rule.name).collect();
    let _ = writeln!(text, "{specs}, {all}: {} of {}", count(findings.len(), "finding"), count(broken.len(), "rule"));
    text
}

/// The rules with their reasons.
#[must_use]
pub fn rules() -> String {
    let mut text = String::new();
    for (subject, rules) in RULES {
        let _ = writeln!(text, "{subject}");
        for rule in *rules {
            let _ = writeln!(text, "  {:<24}{}", rule.name, rule.why);
        }
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}
