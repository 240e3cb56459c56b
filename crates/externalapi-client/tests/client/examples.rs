//! The examples run against a sandbox.

use zap_sandbox::{Provider, Sandbox};

#[tokio::test(flavor = "multi_thread")]
async fn the_examples_run_against_a_sandbox() {
    let sandbox = Sandbox::start().await.unwrap();
    let account = sandbox.external_api_credentials();
    let variables = [
        ("ESCALAZAP_BASE_URL", sandbox.base_url(Provider::EscalaZap)),
        ("ESCALAZAP_CLIENT_ID", account.client_id),
        ("ESCALAZAP_CLIENT_SECRET", account.client_secret),
    ];
    let readme = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let invoice = concat!(env!("CARGO_MANIFEST_DIR"), "/../facade/tests/nota.pdf");
    for (example, arguments, expected) in [
        ("send_message", &["55", "11987654321"][..], "sent: Some(\"wamid."),
        ("send_message", &["55", "11 98765"], "not sent; fix the cause first: "),
        ("send_document", &["55", "11987654321", invoice], "the file is sent"),
        ("send_document", &["55", "11987654321", readme], "[\"document\"]: "),
        ("list_contacts", &[], "25 contacts"),
    ] {
        let mut command = std::process::Command::new(program(example));
        command.args(arguments).env_clear().envs(variables.clone()).env("NO_PROXY", "127.0.0.1");
        let output = tokio::task::spawn_blocking(move || command.output()).await.unwrap().expect("it runs");
        let printed = String::from_utf8(output.stdout).unwrap();
        let found = printed.lines().any(|line| line.starts_with(expected));
        assert!(found, "{example} {arguments:?}:\n{printed}\n{}", String::from_utf8_lossy(&output.stderr));
    }
    assert_eq!(sandbox.deliveries().len(), 2);
}

/// Returns the path of an example, which cargo builds together with the tests.
fn program(example: &str) -> std::path::PathBuf {
    let test = std::env::current_exe().unwrap();
    let examples = test.parent().unwrap().with_file_name("examples");
    examples.join(example).with_extension(std::env::consts::EXE_EXTENSION)
}
