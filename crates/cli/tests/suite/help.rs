//! The help texts.

use crate::support::Fixture;

const COMMANDS: [&str; 32] = [
    "",
    "check",
    "plan",
    "test",
    "start",
    "work",
    "status",
    "report",
    "pause",
    "resume",
    "cancel",
    "account",
    "account pause",
    "account resume",
    "ledger",
    "ledger accept-restored",
    "unknown",
    "unknown list",
    "unknown look",
    "unknown settle",
    "unknown resend",
    "retry",
    "stream",
    "stream create",
    "optout",
    "optout import",
    "optout add",
    "optout remove",
    "optout list",
    "send",
    "doctor",
    "sandbox",
];

#[tokio::test(flavor = "multi_thread")]
async fn the_help_of_each_command_is_as_recorded() {
    let zap = Fixture::new().await;
    for command in COMMANDS {
        let arguments: Vec<&str> = command.split_whitespace().chain(["--help"]).collect();
        let help = zap.expect(0, &arguments).await;
        for line in help.lines() {
            assert!(line.chars().count() <= 80, "wider than a terminal: {line}");
        }
        let name = if command.is_empty() { "zap".to_owned() } else { format!("zap {command}") };
        insta::assert_snapshot!(name.replace(' ', "_"), help);
    }
}
