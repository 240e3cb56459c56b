//! A wrong spec is refused with an error that names the place and the mend, and nothing is written.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use xtask::codegen::{Mode, codegen, generate_all};

const SPEC: &str = include_str!("bad_input/valid.yaml");
const FACTS: &str = include_str!("bad_input/facts.md");
const CASES: &str = include_str!("bad_input/cases.txt");

#[test]
fn the_valid_spec_is_valid() {
    assert_eq!(errors(SPEC, FACTS), Vec::<String>::new());
}

/// What each case is told.
#[test]
fn each_error_names_place_and_mend() {
    let mut told = String::new();
    for case in CASES.split("\n# ").skip(1) {
        let (name, patch) = case.split_once('\n').expect("a case has a name and a patch");
        let (spec, facts) = patched(patch.split("\n## ").next().unwrap_or(patch));
        let errors = errors(&spec, &facts);
        assert!(!errors.is_empty(), "{name}: it went through");
        for error in &errors {
            let place = error.split(' ').next().unwrap_or_default();
            let line = place.trim_end_matches(':').rsplit(':').next().unwrap_or_default();
            assert!(place.starts_with("specs/") && line.parse::<usize>().is_ok_and(|line| line > 0), "{name}: {error}");
        }
        let _ = writeln!(told, "{name}\n    {}", errors.join("\n    "));
    }
    insta::with_settings!({ omit_expression => true }, {
        insta::assert_snapshot!(told);
    });
}

/// One spec of two is wrong, and neither client is touched.
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
    assert!(root.join("crates/notes-client/src/generated.rs").exists());
}

/// The valid spec and its facts with the places of a patch changed.
fn patched(patch: &str) -> (String, String) {
    // A line break before each line, the first too, so that only whole lines match.
    let (mut spec, mut facts) = (format!("\n{SPEC}"), format!("\n{FACTS}"));
    for place in patch.trim_end().split("\n@@\n") {
        let lines = |signs: [char; 2]| {
            let lines = place.lines().filter_map(|line| line.strip_prefix(signs));
            lines.fold(String::from("\n"), |text, line| text + line + "\n")
        };
        let (from, to) = (lines([' ', '-']), lines([' ', '+']));
        let text = if facts.contains(&from) { &mut facts } else { &mut spec };
        assert_eq!(text.matches(&from).count(), 1, "one place, and no more, must be:{from}");
        *text = text.replace(&from, &to);
    }
    (spec.split_off(1), facts.split_off(1))
}

/// The errors that a workspace with this one spec gives.
fn errors(spec: &str, facts: &str) -> Vec<String> {
    generate_all(&workspace(spec, facts)).err().unwrap_or_default()
}

/// A workspace with one spec, for the test that is running.
fn workspace(spec: &str, facts: &str) -> PathBuf {
    let test = std::thread::current().name().map_or_else(|| "test".to_owned(), str::to_owned);
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bad_input").join(test);
    let _ = fs::remove_dir_all(&root);
    fs::create_dir_all(root.join("specs")).expect("it can be created");
    fs::write(root.join("specs/notes.yaml"), spec).expect("it can be written");
    fs::write(root.join("specs/facts.md"), facts).expect("it can be written");
    root
}
