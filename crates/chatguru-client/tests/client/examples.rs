//! The examples run against a sandbox.

use zap_sandbox::{Provider, Sandbox};

#[tokio::test(flavor = "multi_thread")]
async fn the_examples_run_against_a_sandbox() {
    let sandbox = Sandbox::start().await.unwrap();
    let account = sandbox.chatguru_credentials();
    let variables = [
        ("CHATGURU_BASE_URL", sandbox.base_url(Provider::ChatGuru)),
        ("CHATGURU_KEY", account.key),
        ("CHATGURU_ACCOUNT_ID", account.account_id),
        ("CHATGURU_PHONE_ID", account.phone_id),
    ];
    for (example, arguments, expected) in [
        ("queue_text", &["5511987654321"][..], "Some(Sent)"),
        ("queue_text", &["+55 11 98765-4321"], "not sent; fix the cause first: "),
        ("dry_run", &["5511987654321", "2030-01-31 09:00"], "POST "),
        ("dry_run", &["5511987654321", "amanhã"], "[\"send_date\"]: "),
    ] {
        let mut command = std::process::Command::new(program(example));
        command.args(arguments).env_clear().envs(variables.clone()).env("NO_PROXY", "127.0.0.1");
        let output = tokio::task::spawn_blocking(move || command.output()).await.unwrap().expect("it runs");
        let printed = String::from_utf8(output.stdout).unwrap();
        let found = printed.lines().any(|line| line.starts_with(expected));
        assert!(found, "{example} {arguments:?}:\n{printed}\n{}", String::from_utf8_lossy(&output.stderr));
    }
    assert_eq!(sandbox.deliveries().len(), 1);
}

/// Returns the path of an example, which cargo builds together with the tests.
fn program(example: &str) -> std::path::PathBuf {
    let test = std::env::current_exe().unwrap();
    let examples = test.parent().unwrap().with_file_name("examples");
    examples.join(example).with_extension(std::env::consts::EXE_EXTENSION)
}
