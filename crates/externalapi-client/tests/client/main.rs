//! The examples run against a sandbox. With the feature `rustls-no-provider`, an error says what a program must install.

#[cfg(feature = "rustls")]
#[path = "../../../client-runtime/tests/support/loopback.rs"]
mod loopback;
#[cfg(all(feature = "rustls", target_os = "linux"))]
mod memory;
#[cfg(feature = "rustls")]
mod support;

#[cfg(all(feature = "rustls-no-provider", not(feature = "rustls"), not(feature = "native-tls")))]
#[test]
fn without_a_provider_of_cryptography_the_error_names_what_is_missing() {
    use externalapi_client::{Client, Credentials, ErrorKind, Outcome, Provider};

    let error = Client::builder(Provider::EscalaZap, Credentials::new("id", "secret")).build().unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::InvalidRequest, Outcome::NotDone));
    assert!(error.to_string().contains("install_default"), "{error}");
}

#[cfg(feature = "rustls")]
#[tokio::test(flavor = "multi_thread")]
async fn the_examples_run_against_a_sandbox() {
    use zap_sandbox::{Provider, Sandbox};

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
#[cfg(feature = "rustls")]
fn program(example: &str) -> std::path::PathBuf {
    let test = std::env::current_exe().unwrap();
    let examples = test.parent().unwrap().with_file_name("examples");
    examples.join(example).with_extension(std::env::consts::EXE_EXTENSION)
}
