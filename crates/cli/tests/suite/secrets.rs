//! No output has a secret.

use zap_facade::Provider;

use crate::support::{Fixture, TEXT};

/// Every command, at least once. The exit codes do not matter here.
const COMMANDS: [&[&str]; 25] = [
    &["check", "list.csv", "--text", TEXT],
    &["plan", "bf", "list.csv", "--text", TEXT, "--not-after", "6h"],
    &["test", "bf", "+5511900000077"],
    &["start", "bf", "--yes", "2"],
    &["work", "--until-done"],
    &["status"],
    &["status", "bf"],
    &["report", "bf", "-o", "report.csv"],
    &["report", "bf", "-o", "-"],
    &["pause", "bf"],
    &["resume", "bf"],
    &["account", "pause"],
    &["account", "resume"],
    &["unknown", "list"],
    &["unknown", "look"],
    &["unknown", "settle", "report.csv"],
    &["unknown", "resend", "+5511900000001"],
    &["retry", "bf", "--not-done"],
    &["optout", "add", "11900000002"],
    &["optout", "list"],
    &["stream", "create", "receipts", "--text", TEXT],
    &["send", "+5511900000077", "--text", "Oi"],
    &["doctor"],
    &["status", "--ledger", "postgres://zap:canary-password@127.0.0.1:1/zap"],
    &["cancel", "bf"],
];

#[tokio::test(flavor = "multi_thread")]
async fn no_output_of_any_command_has_a_credential() {
    for (provider, is_accepted) in [(Provider::EscalaZap, true), (Provider::ChatGuru, true), (Provider::WaziMe, false)]
    {
        let mut zap = Fixture::at(provider).await;
        zap.set("RUST_LOG", "trace");
        let prefix = provider.slug().to_uppercase();
        if !is_accepted {
            for setting in ["CLIENT_ID", "CLIENT_SECRET"] {
                zap.set(&format!("{prefix}_{setting}"), &format!("canary-{}-wrong", setting.to_lowercase()));
            }
        }
        let is_secret = |name: &str| {
            ["_KEY", "_ACCOUNT_ID", "_PHONE_ID", "_CLIENT_ID", "_CLIENT_SECRET"].iter().any(|end| name.ends_with(end))
        };
        let mut secrets: Vec<String> =
            zap.variables().iter().filter(|(name, _)| is_secret(name)).map(|(_, value)| value.clone()).collect();
        secrets.push("canary-password".into());
        assert!(secrets.len() >= 3);
        for command in COMMANDS {
            for more in [&["--verbose"] as &[&str], &["--json"], &["--help"]] {
                let run = zap.run(&[command, more].concat()).await;
                for secret in &secrets {
                    assert!(!run.stdout.contains(secret), "{command:?} {more:?} prints {secret}");
                    assert!(!run.stderr.contains(secret), "{command:?} {more:?} logs {secret}:\n{}", run.stderr);
                }
                assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
            }
        }
    }
}
