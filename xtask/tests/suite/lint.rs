//! Each lint rule finds what breaks it and accepts what nearly does. A snapshot has the text of each finding.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use xtask::codegen::{generate, generate_all};
use xtask::document::Document;
use xtask::lint::{Finding, Workspace, every_rule, report, rules};

use crate::folders::root;
use crate::valid::{FACTS, SPEC, patched, workspace};

const CASES: &str = include_str!("lint/cases.txt");

/// A patch of the valid spec.
struct Case {
    rule: &'static str,
    /// Whether it breaks the rule. Otherwise it nearly does.
    breaks: bool,
    name: &'static str,
    patch: &'static str,
}

#[test]
fn each_rule_finds_what_breaks_it_and_nothing_else() {
    let mut wrong = String::new();
    for case in cases() {
        let findings = findings(case.patch);
        let rules: Vec<_> = findings.iter().map(|finding| finding.rule.name).collect();
        let is_right = if case.breaks {
            !rules.is_empty() && rules.iter().all(|rule| *rule == case.rule)
        } else {
            rules.is_empty()
        };
        if !is_right {
            let _ = writeln!(wrong, "{} {}: {}\n{}", case.rule, case.breaks, case.name, report(&findings, 1));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn each_rule_has_cases_of_both_kinds() {
    let mut kinds: BTreeMap<_, [usize; 2]> = every_rule().map(|rule| (rule.name, [0, 0])).collect();
    for case in cases() {
        let kinds = kinds.get_mut(case.rule).unwrap_or_else(|| panic!("there is no rule {}", case.rule));
        kinds[usize::from(case.breaks)] += 1;
    }
    let lacking: Vec<_> = kinds.iter().filter(|(_, [holds, breaks])| *holds == 0 || *breaks == 0).collect();
    assert!(lacking.is_empty(), "without a case that breaks and one that holds: {lacking:?}");
}

#[test]
fn names_are_unique_and_in_kebab_case() {
    let mut names: Vec<_> = every_rule().map(|rule| rule.name).collect();
    for name in &names {
        assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'), "{name}");
    }
    names.sort_unstable();
    assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "{names:?}");
}

/// The text of each finding.
#[test]
fn findings_name_place_reason_and_help() {
    let mut text = String::new();
    for case in cases().filter(|case| case.breaks) {
        let _ = writeln!(text, "# {}: {}\n", case.rule, case.name);
        for finding in findings(case.patch) {
            let _ = writeln!(text, "{finding}\n");
        }
    }
    insta::with_settings!({ omit_expression => true }, {
        insta::assert_snapshot!(text);
    });
}

#[test]
fn rules_are_listed_with_their_reasons() {
    insta::with_settings!({ omit_expression => true }, {
        insta::assert_snapshot!(rules());
    });
}

/// The generator fails with the same findings.
#[test]
fn codegen_reports_the_same() {
    for case in cases() {
        let (spec, facts) = patched(case.patch);
        let root = workspace(&spec, &facts);
        let findings = Workspace::read(&root).expect("it can be read").all_findings();
        let errors = generate_all(&root).err().unwrap_or_default();
        assert_eq!(
            errors,
            findings.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "{}: {}",
            case.rule,
            case.name
        );
    }
}

/// All findings are reported at once: first what the generator cannot express, then the rest, each by file and line.
#[test]
fn findings_are_in_the_order_of_groups_and_lines() {
    let spec =
        SPEC.replace("      x-safety: read\n", "").replace("  title: Notes", "  titel: Notes").replace("E3", "E9");
    let root = workspace(&spec, FACTS);
    let findings = Workspace::read(&root).expect("it can be read").all_findings();
    let (errors, others) = findings.split_at(findings.iter().take_while(|one| one.stops_generator()).count());
    for group in [errors, others] {
        let locations: Vec<_> = group.iter().map(|finding| (&finding.file, finding.line)).collect();
        assert!(!locations.is_empty() && locations.is_sorted(), "{locations:?}");
    }
    assert!(findings.len() > 5 && !others.iter().any(Finding::stops_generator));
    let report = report(&findings, 1);
    let (first, second) = report.split_once("The specs break other lint rules:").expect("it has two groups");
    assert!(first.starts_with("The generator cannot express"), "{report}");
    assert_eq!((first.matches("help:").count(), second.matches("help:").count()), (errors.len(), others.len()));
    let stop = if errors.len() == 1 { "stops" } else { "stop" };
    let summary = format!("{} of them {stop} the generator\n", errors.len());
    assert!(report.ends_with(&summary), "{report}");
    assert!(findings.iter().any(|finding| finding.rule.name == "fact-uncited" && finding.file == "specs/facts.md"));
}

/// What the generator cannot express in one spec comes before the style of another, also if only the parser
/// or the generator reports it.
#[test]
fn what_cannot_be_expressed_in_any_spec_is_reported_first() {
    let style = SPEC.replace("  title: Notes", "  titel: Notes");
    let root = workspace(&style, FACTS);
    for (name, text) in [
        ("z_anchor", SPEC.replacen("openapi: 3.0.3", "openapi: &version 3.0.3", 1)),
        ("z_other_version", SPEC.replacen("openapi: 3.0.3", "openapi: 3.1.0", 1)),
    ] {
        assert_ne!(text, SPEC);
        fs::write(root.join(format!("specs/{name}.yaml")), text).expect("it can be written");
    }
    let findings = Workspace::read(&root).expect("it can be read").all_findings();
    let is_style = |finding: &&Finding| !finding.stops_generator();
    let rules: Vec<_> = findings.iter().take_while(|one| one.stops_generator()).map(|one| one.rule.name).collect();
    for rule in ["plain-yaml", "unsupported"] {
        assert!(rules.contains(&rule), "{rule} is not first:\n{}", report(&findings, 3));
    }
    assert!(findings.iter().find(is_style).is_some_and(|one| one.file.as_str() < "specs/z"));
    assert_eq!(findings.iter().filter(is_style).count(), findings.len() - rules.len());
}

/// The second group of a report is style alone: the generator can express each spec that breaks only such a rule.
#[test]
fn a_finding_of_the_second_group_does_not_stop_the_generator() {
    let (mut generated, mut refused) = (0, Vec::new());
    for case in cases().filter(|case| case.breaks) {
        let (spec, facts) = patched(case.patch);
        let findings = Workspace::read(&workspace(&spec, &facts)).expect("it can be read").all_findings();
        if findings.iter().any(Finding::stops_generator) {
            continue;
        }
        let document = Document::parse("specs/notes.yaml", &spec).expect("it is YAML");
        match generate(&document, "specs/notes.yaml") {
            Ok(_) => generated += 1,
            Err(failure) => refused.push(format!("{}: {}: {failure:?}", case.rule, case.name)),
        }
    }
    assert!(refused.is_empty(), "{refused:#?}");
    assert!(generated > 50, "only {generated} cases of style");
}

#[test]
fn the_real_specs_hold_all_rules() {
    let workspace = Workspace::read(root()).expect("they can be read");
    assert!(workspace.count() >= 2);
    let findings = workspace.all_findings();
    assert!(findings.is_empty(), "{}", report(&findings, workspace.count()));
}

/// The tables of rules in the README have the rules of the code, in their order.
#[test]
fn the_readme_lists_each_rule() {
    let readme = fs::read_to_string(root().join("specs/README.md")).expect("it is there");
    let row = |line: &str| Some(line.strip_prefix("| `")?.split_once('`')?.0.to_owned());
    let known: Vec<_> = every_rule().map(|rule| rule.name).collect();
    let listed: Vec<_> = readme.lines().filter_map(row).skip_while(|name| name != known[0]).collect();
    assert_eq!(listed, known);
}

fn cases() -> impl Iterator<Item = Case> {
    CASES.split("\n# ").skip(1).map(|case| {
        let (heading, patch) = case.split_once('\n').expect("a case has a heading and a patch");
        let (rule, rest) = heading.split_once(' ').expect("a heading begins with a rule");
        let (kind, name) = rest.split_once(": ").expect("a heading says what it does");
        assert!(matches!(kind, "breaks" | "holds"), "{heading}");
        let patch = patch.split("\n## ").next().unwrap_or(patch);
        Case { rule, breaks: kind == "breaks", name, patch }
    })
}

fn findings(patch: &str) -> Vec<Finding> {
    let (spec, facts) = patched(patch);
    Workspace::read(&workspace(&spec, &facts)).expect("it can be read").all_findings()
}
