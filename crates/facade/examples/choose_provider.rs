//! Sends a text through the provider that `ZAP_PROVIDER` names. Without `ZAP_PROVIDER` it sends one through each provider
//! of a sandbox that it starts.
//!
//! `ZAP_PROVIDER=wazime ZAP_TO=+5511… cargo run --example choose_provider`, with the variables of that provider.

mod account;

use zap_facade::{Config, Messenger, PhoneNumber, Provider, connect};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    if std::env::var_os("ZAP_PROVIDER").is_some() {
        // The error lists all settings that are missing, misspelt or contradictory.
        let messenger = connect(Config::from_env()?)?;
        let to = std::env::var("ZAP_TO").map_err(|_| "set ZAP_TO to the number to write to, such as +5511987654321")?;
        return greet(&*messenger, &to.parse()?).await;
    }
    for &provider in Provider::ALL {
        let to = account::recipient(provider)?;
        let account = account::of(provider).await?;
        greet(&*connect(account.config)?, &to).await?;
    }
    Ok(())
}

/// Works with any provider.
async fn greet(messenger: &dyn Messenger, to: &PhoneNumber) -> Result<(), Box<dyn std::error::Error>> {
    println!("{} can do: {}", messenger.provider(), messenger.capabilities());
    let receipt = messenger.send_text(to, "Olá!").await.map_err(|error| account::advice(&error))?;
    println!("{}: {}", messenger.provider(), receipt.state);
    Ok(())
}
