//! A valid spec, its changes, and a workspace for the result.

use std::fs;
use std::path::PathBuf;

use crate::folders::temporary;

pub(crate) const SPEC: &str = include_str!("bad_input/valid.yaml");
pub(crate) const FACTS: &str = include_str!("bad_input/facts.md");

/// Applies a patch to the valid spec and its facts.
pub(crate) fn patched(patch: &str) -> (String, String) {
    // Every line follows a line break, including the first, so that only complete lines match.
    let (mut spec, mut facts) = (format!("\n{SPEC}"), format!("\n{FACTS}"));
    for hunk in patch.trim_end().split("\n@@\n") {
        let lines = |signs: [char; 2]| {
            let lines = hunk.lines().filter_map(|line| line.strip_prefix(signs));
            lines.fold(String::from("\n"), |text, line| text + line + "\n")
        };
        let (from, to) = (lines([' ', '-']), lines([' ', '+']));
        let text = if facts.contains(&from) { &mut facts } else { &mut spec };
        assert_eq!(text.matches(&from).count(), 1, "exactly one occurrence is expected of:{from}");
        *text = text.replace(&from, &to);
    }
    (spec.split_off(1), facts.split_off(1))
}

/// Creates a workspace with one spec for the running test.
pub(crate) fn workspace(spec: &str, facts: &str) -> PathBuf {
    // The thread of a test has its name.
    let test = std::thread::current().name().unwrap_or("test").replace("::", "-");
    let root = temporary(&test);
    fs::create_dir(root.join("specs")).expect("it can be created");
    fs::write(root.join("specs/notes.yaml"), spec).expect("it can be written");
    fs::write(root.join("specs/facts.md"), facts).expect("it can be written");
    root
}
