//! The lines that the sandbox prints at its start work when they are pasted into a shell.

use std::process::Command;

use zap_facade::{Capability, Config, PhoneNumber, Provider, connect};
use zap_sandbox::Sandbox;

/// The variables of a shell into which the text was pasted, line by line.
fn pasted(text: &str) -> Vec<(String, String)> {
    let output = Command::new("sh").arg("-c").arg(format!("{text}\nenv")).env_clear().output().expect("a shell");
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    let variables = String::from_utf8(output.stdout).expect("text");
    variables.lines().filter_map(|line| line.split_once('=')).map(|(name, value)| (name.into(), value.into())).collect()
}

#[tokio::test]
async fn what_the_sandbox_prints_is_enough_for_every_provider() {
    let sandbox = Sandbox::start().await.expect("a free port");
    let variables = pasted(&sandbox.exports());
    let to: PhoneNumber = "+5511987654321".parse().expect("a number");

    let chosen = connect(Config::from_variables(None, variables.clone()).expect("settings")).expect("a client");
    assert_eq!(chosen.provider(), "EscalaZap", "without another word");
    chosen.send_text(&to, "oi").await.expect("sent");

    for &provider in Provider::ALL {
        let mut variables = variables.clone();
        variables.retain(|(name, _)| name != "ZAP_PROVIDER");
        variables.push(("ZAP_PROVIDER".into(), provider.slug().into()));
        let messenger = connect(Config::from_variables(None, variables).expect("settings")).expect("a client");
        assert_eq!(messenger.provider(), provider.name());
        messenger.send_text(&to, "oi").await.expect("sent");
        // Only with a time zone.
        assert_eq!(messenger.capabilities().has(Capability::Schedule), provider == Provider::ChatGuru);
    }
    assert_eq!(sandbox.deliveries().len(), 1 + Provider::ALL.len());
}
