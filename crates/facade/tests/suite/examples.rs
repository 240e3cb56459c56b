//! Each example, run as a program without any settings, but with a proxy that does not exist and without root
//! certificates: it starts its own sandbox and does its task.

use std::process::Command;

use crate::support;

/// The last line that each prints, for each call of it.
const EXAMPLES: [(&str, &[&str], &str); 12] = [
    ("quick_start_externalapi", &[], "EscalaZap: sent, as Some(\"wamid."),
    ("quick_start_externalapi", &["wapiflow"], "WapiFlow: sent, as Some(\"wamid."),
    ("quick_start_chatguru", &[], "ChatGuru: sent"),
    ("send_file", &[], "ChatGuru: the file is queued"),
    ("send_file", &[concat!(env!("CARGO_MANIFEST_DIR"), "/tests/nota.pdf")], "ChatGuru: the file is queued"),
    ("template", &[], "the template is sent"),
    ("pages", &[], "25 contacts, "),
    ("schedule", &[], "two days later: sent"),
    ("choose_provider", &[], "ChatGuru: queued"),
    ("receive", &[], "2 messages answered, 1 repeat dropped"),
    // The number comes before it.
    ("tour", &[], " operations on 4 providers"),
    ("test_your_program", &[], "the program delivers once, whatever happens"),
];

#[test]
fn every_example_does_its_task() {
    let closed = support::ClosedPort::new();
    for (example, arguments, last) in EXAMPLES {
        let mut command = Command::new(support::program(example));
        command.args(arguments).env_clear().envs(["HTTP_PROXY", "ALL_PROXY"].map(|name| (name, &closed.origin)));
        if example != "tour" {
            // Its clients are built by hand, and could encrypt.
            command.env("SSL_CERT_FILE", "/nowhere").env("SSL_CERT_DIR", "/nowhere");
        }
        let output = command.output().expect("it runs");
        let printed = String::from_utf8(output.stdout).unwrap();
        let complaints = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{example} {arguments:?}:\n{printed}\n{complaints}");
        let found = printed.lines().last().unwrap_or_default();
        let last = if example == "tour" { format!("{0} of {0}{last}", operations()) } else { last.to_owned() };
        assert!(found.starts_with(&last), "{example} {arguments:?} ended with `{found}`");
    }
}

/// How many operations the providers have together.
fn operations() -> usize {
    3 * externalapi_client::operations::ALL.len() + chatguru_client::operations::ALL.len()
}

#[test]
fn every_example_is_run() {
    let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/examples");
    for entry in std::fs::read_dir(examples).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let name = name.trim_end_matches(".rs");
        // Those have a test, or a step of the gate, of their own; the last is shared by others.
        let known = ["doctor", "account"].contains(&name) || EXAMPLES.iter().any(|(run, ..)| *run == name);
        assert!(known, "the example `{name}` is not run by any test");
    }
}

#[test]
fn with_an_account_of_ones_own_they_write_to_nobody_unasked() {
    let mut command = Command::new(support::program("quick_start_chatguru"));
    let output = command.env_clear().env("CHATGURU_KEY", "k").output().expect("it runs");
    assert!(!output.status.success());
    assert!(String::from_utf8(output.stderr).unwrap().contains("ZAP_TO"));
}
