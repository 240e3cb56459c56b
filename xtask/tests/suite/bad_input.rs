//! A wrong spec is refused with an error that names the location and the help, and nothing is written.

use std::fmt::Write as _;
use std::fs;

use xtask::codegen::{Mode, codegen, generate_all};

use crate::valid::{FACTS, SPEC, patched, workspace};

const CASES: &str = include_str!("bad_input/cases.txt");

#[test]
fn the_valid_spec_is_valid() {
    assert_eq!(errors(SPEC, FACTS), Vec::<String>::new());
}

/// The errors of each case.
#[test]
fn each_error_names_place_and_help() {
    let mut text = String::new();
    for case in CASES.split("\n# ").skip(1) {
        let (name, patch) = case.split_once('\n').expect("a case has a name and a patch");
        let (spec, facts) = patched(patch.split("\n## ").next().unwrap_or(patch));
        let errors = errors(&spec, &facts);
        assert!(!errors.is_empty(), "{name}: the spec was accepted");
        for error in &errors {
            let location = error.split(' ').next().unwrap_or_default();
            let line = location.trim_end_matches(':').rsplit(':').next().unwrap_or_default();
            assert!(
                location.starts_with("specs/") && line.parse::<usize>().is_ok_and(|line| line > 0),
                "{name}: {error}"
            );
        }
        let _ = writeln!(text, "{name}\n    {}", errors.join("\n    "));
    }
    insta::with_settings!({ omit_expression => true }, {
        insta::assert_snapshot!(text);
    });
}

/// If one of two specs is wrong, no client is written.
#[test]
fn nothing_is_written() {
    let root = workspace(SPEC, FACTS);
    let wrong = SPEC.replace("x-safety: read", "x-safety: maybe");
    fs::write(root.join("specs/wrong.yaml"), wrong).expect("it can be written");
    let failure = codegen(&root, Mode::Write).expect_err("a spec is wrong");
    assert!(failure.iter().all(|error| error.starts_with("specs/wrong.yaml:")), "{failure:?}");
    assert!(!root.join("crates").exists());

    fs::remove_file(root.join("specs/wrong.yaml")).expect("it can be removed");
    codegen(&root, Mode::Write).expect("the other is right");
    assert!(root.join("crates/notes-client/src/generated/mod.rs").exists());
}

/// Returns the errors of a workspace with this spec.
fn errors(spec: &str, facts: &str) -> Vec<String> {
    generate_all(&workspace(spec, facts)).err().unwrap_or_default()
}
