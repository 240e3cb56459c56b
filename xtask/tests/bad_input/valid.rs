//! A valid spec to be changed, and a workspace to try the result in.

use std::fs;
use std::path::{Path, PathBuf};

pub(crate) const SPEC: &str = include_str!("valid.yaml");
pub(crate) const FACTS: &str = include_str!("facts.md");

/// The valid spec and its facts with the places of a patch changed.
pub(crate) fn patched(patch: &str) -> (String, String) {
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

/// A workspace with one spec, for the test that is running.
pub(crate) fn workspace(spec: &str, facts: &str) -> PathBuf {
    let test = std::thread::current().name().map_or_else(|| "test".to_owned(), str::to_owned);
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("one_spec").join(test);
    let _ = fs::remove_dir_all(&root);
    fs::create_dir_all(root.join("specs")).expect("it can be created");
    fs::write(root.join("specs/notes.yaml"), spec).expect("it can be written");
    fs::write(root.join("specs/facts.md"), facts).expect("it can be written");
    root
}
