//! Follows the guides of `CONTRIBUTING.md` on a copy of the workspace.
//!
//! Each `sh` block is run, each `diff` block is applied, and the command before a `text` block must print that text.
//! Commands that build most of the workspace are skipped unless `GUIDES=all` is set, as `.ci/run` does.
#![cfg(unix)]

mod copy;
mod edit;
mod guide;

use std::io::Write as _;
use std::sync::{Mutex, PoisonError};

use copy::Copy;
use guide::{Step, guide};

/// All guides use one copy and one target folder, so they run one after the other.
static TURN: Mutex<()> = Mutex::new(());

/// Follows a guide.
fn follow(title: &str) {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let copy = Copy::new();
    let (mut printed, mut left_out) = (String::new(), false);
    for step in guide(title) {
        match step {
            Step::Run(command) => {
                left_out = builds_all(&command) && std::env::var("GUIDES").is_err();
                if left_out {
                    let _ = writeln!(std::io::stderr(), "skipped because GUIDES is not set: {command}");
                } else {
                    printed = copy.run(&command);
                }
            }
            Step::See(lines) if !left_out => assert_printed(&printed, &lines),
            Step::See(_) => {}
            Step::Edit(block) => edit::apply(copy.folder(), &block),
        }
    }
}

/// Returns whether a command builds most of the workspace.
fn builds_all(command: &str) -> bool {
    command.contains("cargo test") || command.contains("--example tour")
}

/// Asserts that the lines were printed in this order. At an ellipsis there may be other lines between them. Numbers are
/// not compared, because versions and counts change.
fn assert_printed(printed: &str, lines: &[String]) {
    let (mut rest, mut near) = (printed.lines().map(without_numbers), false);
    for line in lines {
        if line == "…" {
            near = false;
            continue;
        }
        let wanted = without_numbers(line);
        let found = if near { rest.next().as_ref() == Some(&wanted) } else { rest.any(|other| other == wanted) };
        assert!(found, "the guide shows `{line}` where this is printed:\n{printed}");
        near = true;
    }
}

/// Returns the line with 0 for each number and version.
fn without_numbers(line: &str) -> String {
    let mut text = String::new();
    let mut rest = line.chars().peekable();
    while let Some(c) = rest.next() {
        if !c.is_ascii_digit() {
            text.push(c);
            continue;
        }
        text.push('0');
        while rest.next_if(|c| c.is_ascii_digit() || *c == '.').is_some() {}
    }
    text
}

#[test]
fn change_a_field() {
    follow("Change a field");
}

#[test]
fn add_an_operation() {
    follow("Add an operation");
}

#[test]
fn add_an_instance() {
    follow("Add an instance");
}

/// The guide goes from a provider's document to a first call, and to a new version of the document.
#[test]
fn add_a_provider() {
    follow("Add a provider");
}

#[test]
fn what_is_not_printed_is_noticed() {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    assert_printed("a\nb\nc\nd", &lines("b\nc"));
    assert_printed("a\nb\nc\nd", &lines("a\n…\nc\nd"));
    assert_printed("version 0.1.0 → 0.2.0, 39 of 40", &lines("version 1.12.0 → 2.0.0, 9 of 10"));
    for wrong in ["b\nd", "c\n…\na", "e", "d\ne", "a1"] {
        let result = std::panic::catch_unwind(|| assert_printed("a\nb\nc\nd", &lines(wrong)));
        assert!(result.is_err(), "{wrong}");
    }
}
