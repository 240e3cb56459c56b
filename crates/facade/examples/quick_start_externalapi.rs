//! Sends a text through EscalaZap, WaziMe or WapiFlow.
//!
//! Run `cargo run --example quick_start_externalapi -- wazime`. Without `WAZIME_…` variables in the environment, it starts
//! a sandbox. The default is EscalaZap.

mod account;

use std::time::Duration;

use zap_facade::{NewContact, Outcome, Provider, connect};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let provider = std::env::args().nth(1).map_or(Ok(Provider::EscalaZap), |name| name.parse())?;
    let to = account::recipient(provider)?;
    let account = account::of(provider).await?;
    let messenger = connect(account.config)?;

    // Some versions send only to numbers that are contacts, so save the contact first.
    let contact = NewContact::new(to, "Ana", "Lima");
    let contact = messenger.ensure_contact(&contact, Duration::from_secs(30)).await?;
    println!("the contact is {}", contact.state);

    match messenger.send_text(&contact.number, "Olá!").await {
        Ok(receipt) => println!("{}: {}, as {:?}", messenger.provider(), receipt.state, receipt.message_id),
        // It was sent; only the answer could not be read.
        Err(error) if error.outcome() == Outcome::Done => println!("{}", account::advice(&error)),
        Err(error) => return Err(account::advice(&error).into()),
    }
    Ok(())
}
