//! The provider is chosen when the program runs: `ZAP_PROVIDER` and that provider's variables. Without
//! `ZAP_PROVIDER` it starts a sandbox, and goes through all that there are.
//!
//! `ZAP_PROVIDER=wazime ZAP_TO=+5511… cargo run --example choose_provider`

mod account;

use zap_facade::{Config, Messenger, PhoneNumber, Provider, connect};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    if std::env::var_os("ZAP_PROVIDER").is_some() {
        // Names all that is missing, unknown or contradictory, at once.
        let messenger = connect(Config::from_env()?)?;
        let to = std::env::var("ZAP_TO").map_err(|_| "set ZAP_TO to the number to write to, with its +")?;
        return greet(&*messenger, &to.parse()?).await;
    }
    for &provider in Provider::ALL {
        let account = account::of(provider).await?;
        greet(&*connect(account.config)?, &account.to).await?;
    }
    Ok(())
}

/// Knows nothing of providers.
async fn greet(messenger: &dyn Messenger, to: &PhoneNumber) -> Result<(), Box<dyn std::error::Error>> {
    println!("{} can do: {}", messenger.provider(), messenger.capabilities());
    let receipt = messenger.send_text(to, "Olá!").await.map_err(|error| account::advice(&error))?;
    println!("{}: {}", messenger.provider(), receipt.state);
    Ok(())
}
