//! Findings and rules as text for a terminal.

use std::collections::BTreeSet;
use std::fmt::{self, Write as _};

use super::check::{RULES, every_rule};
use super::rule::Finding;

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

/// Returns the report of the findings in this number of specs.
///
/// It has two groups, of which the first stops the generator, and a summary line.
#[must_use]
pub fn report(findings: &[Finding], specs: usize) -> String {
    let checked = format!("{}, {}", count(specs, "spec"), count(every_rule().count(), "rule"));
    if findings.is_empty() {
        return format!("{checked}: no findings\n");
    }
    let (errors, others): (Vec<_>, Vec<_>) = findings.iter().partition(|finding| finding.stops_generator());
    let mut text = String::new();
    let other = if errors.is_empty() { "these" } else { "other" };
    for (title, findings) in [
        ("The generator cannot express the specs as they are:".to_owned(), &errors),
        (format!("The specs break {other} lint rules:"), &others),
    ] {
        if !findings.is_empty() {
            let _ = writeln!(text, "{title}\n");
        }
        for finding in findings {
            let _ = writeln!(text, "{finding}\n");
        }
    }
    let broken: BTreeSet<_> = findings.iter().map(|finding| finding.rule.name).collect();
    let _ = write!(text, "{checked}: {} of {}", count(findings.len(), "finding"), count(broken.len(), "rule"));
    let _ = match errors.len() {
        0 => writeln!(text),
        1 => writeln!(text, "; 1 of them stops the generator"),
        errors => writeln!(text, "; {errors} of them stop the generator"),
    };
    text
}

fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// Returns the list of the rules with their reasons.
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
