//! The guides of `CONTRIBUTING.md`, followed to the letter on a copy of the workspace.
//!
//! What a guide shows below a command is what that command must print. Commands that build the whole workspace anew are
//! left out unless `GUIDES=all` is set, as the gate has it.
#![cfg(unix)]

mod copy;
mod guide;

use std::io::Write as _;
use std::sync::{Mutex, PoisonError};

use copy::Copy;
use guide::{Step, guide};

/// All use one copy and one target folder: one guide after the other.
static TURN: Mutex<()> = Mutex::new(());

/// Does what a guide says, and returns what its last command printed.
fn follow(title: &str) -> String {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let copy = Copy::new();
    let (mut printed, mut left_out) = (String::new(), false);
    for step in guide(title) {
        match step {
            Step::Run(command) => {
                left_out = builds_all(&command) && std::env::var("GUIDES").is_err();
                if left_out {
                    let _ = writeln!(std::io::stderr(), "left out, since GUIDES is not set: {command}");
                } else {
                    printed = copy.run(&command);
                }
            }
            Step::See(lines) if !left_out => assert_printed(&printed, &lines),
            Step::See(_) => {}
        }
    }
    printed
}

/// Whether a command builds most of the workspace.
fn builds_all(command: &str) -> bool {
    command.contains("cargo test") || command.contains("--example tour")
}

/// The lines are printed, in this order; others may be between them where there is an ellipsis. Versions and counts are
/// those of their time.
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

/// With a 0 for each number and version.
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

/// From a spec that the generator has never seen to a client that runs: the last command prints what it sends.
#[test]
fn add_a_third_api() {
    let printed = follow("Add a third API");
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("pombo-client-wire", printed);
    });
}

#[test]
fn what_is_not_printed_is_noticed() {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    assert_printed("a\nb\nc\nd", &lines("b\nc"));
    assert_printed("a\nb\nc\nd", &lines("a\n…\nc\nd"));
    assert_printed("version 0.1.0 → 0.2.0, 39 of 40", &lines("version 1.12.0 → 2.0.0, 9 of 10"));
    for wrong in ["b\nd", "c\n…\na", "e", "d\ne", "a1"] {
        let told = std::panic::catch_unwind(|| assert_printed("a\nb\nc\nd", &lines(wrong)));
        assert!(told.is_err(), "{wrong}");
    }
}
