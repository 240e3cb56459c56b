//! The edits that a `diff` block of a guide shows.

use std::fs;
use std::path::Path;

/// Makes the edits of a `diff` block in `folder`.
///
/// `--- FILE` names the file that the lines below belong to, and `@@` starts another location in it. A block has no line
/// numbers, so the lines that an edit keeps or removes must occur exactly once in the file. A file that does not exist is
/// created.
pub fn apply(folder: &Path, block: &[String]) {
    let block = format!("\n{}", block.join("\n"));
    let (before, files) = block.split_once("\n--- ").expect("a `diff` block begins with `--- FILE`");
    assert_eq!(before, "", "a `diff` block begins with `--- FILE`");
    for file in files.split("\n--- ") {
        let (name, edits) = file.split_once('\n').expect("edits follow the name of a file");
        let path = folder.join(name.trim());
        if !path.exists() {
            create(&path, name, edits);
            continue;
        }
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
        let edited = edits.split("\n@@\n").fold(text, |text, edit| replaced(name, &text, edit));
        fs::write(path, edited).expect("the file can be written");
    }
}

/// Creates a file of lines that all begin with `+`.
fn create(path: &Path, name: &str, edits: &str) {
    let line = |line: &str| {
        let new =
            line.strip_prefix('+').unwrap_or_else(|| panic!("{name} does not exist, so `+` begins each line: {line}"));
        format!("{new}\n")
    };
    fs::create_dir_all(path.parent().expect("it is in the folder")).expect("it can be created");
    fs::write(path, edits.lines().map(line).collect::<String>()).expect("the file can be written");
}

/// Returns the text with one edit made.
fn replaced(file: &str, text: &str, edit: &str) -> String {
    let lines = |sign: char| {
        // An editor may strip the space from a blank line.
        let lines =
            edit.lines().filter_map(|line| if line.is_empty() { Some("") } else { line.strip_prefix([' ', sign]) });
        lines.fold(String::from("\n"), |text, line| text + line + "\n")
    };
    let (from, to) = (lines('-'), lines('+'));
    // A line break before the first line, so that only whole lines match.
    let text = format!("\n{text}");
    let found = text.find(&from);
    assert!(found.is_some() && found == text.rfind(&from), "{file}: these lines must occur exactly once:{from}");
    text.replacen(&from, &to, 1).split_off(1)
}

#[test]
fn an_edit_replaces_lines_that_occur_once() {
    assert_eq!(replaced("f", "a\nb\nc\n", " a\n-b\n+B\n+\n c"), "a\nB\n\nc\n");
    assert_eq!(replaced("f", "a\n\nb\n", " a\n\n+c\n b"), "a\n\nc\nb\n");
    for text in ["ab\nc\n", "a\na\n", ""] {
        assert!(std::panic::catch_unwind(|| replaced("f", text, " a\n+b")).is_err(), "{text:?}");
    }
}
