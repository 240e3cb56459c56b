//! The shapes of `--json`, which programs rely on.

use std::fmt::Write as _;

use serde_json::Value;

use crate::support::{Fixture, TEXT};

/// Replaces what differs between two runs: times, and ids of the sandbox.
fn redacted(value: &mut Value) {
    match value {
        Value::String(text) => {
            let is_time = text.len() >= 20 && text.starts_with("20") && text.ends_with('Z');
            if is_time {
                *text = "TIME".into();
            } else if text.starts_with("wamid.") {
                *text = "ID".into();
            }
        }
        Value::Array(values) => values.iter_mut().for_each(redacted),
        Value::Object(values) => values.values_mut().for_each(redacted),
        _ => {}
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_shapes_are_as_documented() {
    let zap = Fixture::new().await;
    let mut shapes = String::new();
    for (code, command) in [
        (2, &["check", "list.csv", "--text", TEXT] as &[&str]),
        (0, &["plan", "bf", "list.csv", "--text", TEXT, "--not-after", "6h"]),
        (0, &["test", "bf", "+5511900000077"]),
        (0, &["start", "bf", "--yes", "2"]),
        (0, &["pause", "bf"]),
        (0, &["account", "pause", "--reason", "lunch"]),
        (0, &["status"]),
        (0, &["account", "resume"]),
        (0, &["resume", "bf"]),
        (0, &["work", "--until-done", "--rate", "600/min"]),
        (0, &["status", "bf"]),
        (0, &["report", "bf", "-o", "report.csv"]),
        (0, &["unknown", "list"]),
        (0, &["retry", "bf", "--not-done"]),
        (0, &["optout", "add", "11900000002"]),
        (0, &["optout", "list"]),
        (0, &["stream", "create", "receipts", "--text", TEXT]),
        (0, &["send", "+5511900000077", "--text", "Oi"]),
        (0, &["doctor"]),
    ] {
        let mut shape = zap.json(code, command).await;
        redacted(&mut shape);
        let (command, shape) = (command.join(" "), serde_json::to_string_pretty(&shape).unwrap());
        writeln!(shapes, "$ zap {command} --json\n{shape}\n").unwrap();
    }
    insta::assert_snapshot!("json", shapes);
}
