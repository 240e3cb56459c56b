//! The session in the README is what the program prints.

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::support::Fixture;

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");

/// Returns what is between two texts.
fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let (_, rest) = text.split_once(start).expect("the block begins");
    rest.split_once(end).expect("the block ends").0
}

/// Replaces what differs between two runs: times, and ids of the sandbox.
fn redacted(text: &str) -> String {
    let is_digit = |at: &u8| at.is_ascii_digit();
    let (mut out, mut rest) = (String::new(), text);
    while let Some(c) = rest.chars().next() {
        let date: Vec<bool> = rest.bytes().take(10).map(|byte| byte.is_ascii_digit()).collect();
        let is_date = date == [true, true, true, true, false, true, true, false, true, true];
        if is_date && &rest[4..5] == "-" {
            rest = rest[10..].trim_start_matches(|c: char| c.is_ascii_digit() || "T:.Z".contains(c));
            // A local time has a space before the clock.
            let clock = rest.bytes().take(6).collect::<Vec<_>>();
            if clock.len() == 6 && clock[0] == b' ' && clock[3] == b':' && clock[1..3].iter().all(is_digit) {
                rest = &rest[6..];
            }
            out.push_str("TIME");
        } else if let Some(after) = rest.strip_prefix("wamid.SANDBOX") {
            rest = after.trim_start_matches(|c: char| c.is_ascii_digit());
            out.push_str("ID");
        } else {
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    out
}

#[tokio::test(flavor = "multi_thread")]
async fn the_session_in_the_readme_is_what_the_program_prints() {
    let readme = std::fs::read_to_string(PATH).unwrap();
    let zap = Fixture::new().await;
    zap.folder.write("list.csv", between(&readme, "```csv\n", "```"));
    let session = between(&readme, "```console\n", "```");
    let program = Path::new(env!("CARGO_BIN_EXE_zap")).parent().unwrap().display().to_string();
    let mut printed = String::new();
    for line in session.lines().filter_map(|line| line.strip_prefix("$ ")) {
        let mut command = Command::new("sh");
        command.args(["-c", &format!("exec 2>&1; {line}")]).current_dir(zap.folder.path()).stdin(Stdio::null());
        command.env_clear().env("PATH", format!("{program}:/usr/bin:/bin")).envs(zap.variables().iter().cloned());
        let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
        let output = String::from_utf8(output.stdout).unwrap().replace("\r\n", "\n");
        writeln!(printed, "$ {line}\n{}\n", output.trim_end()).unwrap();
    }
    let printed = format!("{}\n", printed.trim_end());
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        std::fs::write(PATH, readme.replacen(session, &printed, 1)).unwrap();
    } else {
        assert_eq!(redacted(session), redacted(&printed));
    }
    assert!(zap.texts().contains(&"Olá Eva, seu cupom: C3".to_owned()));
}

#[test]
fn the_readme_names_every_command_and_every_code() {
    let readme = std::fs::read_to_string(PATH).unwrap();
    let help = include_str!("snapshots/suite__help__zap.snap");
    let commands = between(help, "Commands:\n", "\n\n");
    for command in commands.lines().filter_map(|line| line.split_whitespace().next()) {
        assert!(readme.contains(&format!("`{command}")), "`{command}` is not in the tables");
    }
    for code in [0, 1, 2, 3, 4, 5, 130] {
        assert!(readme.contains(&format!("\n| {code} |")), "the code {code} is not in the table");
    }
}
