//! A text through EscalaZap, WaziMe or WapiFlow. Without `ESCALAZAP_…` variables in the environment
//! it starts a sandbox and writes to that.
//!
//! `cargo run --example quick_start_externalapi -- wazime`

mod account;

use std::time::Duration;

use zap_facade::{NewContact, Outcome, Provider, connect};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let provider = std::env::args().nth(1).map_or(Ok(Provider::EscalaZap), |name| name.parse())?;
    let account = account::of(provider).await?;
    let messenger = connect(account.config)?;

    // A number that is no contact cannot be written to everywhere, so it is made one first.
    let contact = NewContact::new(account.to.clone(), "Ana", "Lima");
    let contact = messenger.ensure_contact(&contact, Duration::from_secs(30)).await?;
    println!("the contact is {}", contact.state);

    match messenger.send_text(&account.to, "Olá!").await {
        Ok(receipt) => println!("{}: {}, as {:?}", messenger.provider(), receipt.state, receipt.message_id),
        // Only the answer cannot be read.
        Err(error) if error.outcome() == Outcome::Done => println!("{}", account::advice(&error)),
        Err(error) => return Err(account::advice(&error).into()),
    }
    Ok(())
}
