//! Lists all contacts of an account at EscalaZap. Pages are fetched when they are needed.
//!
//! Run `cargo run --example pages`. Without `ESCALAZAP_…` variables in the environment, it starts a sandbox.

mod account;

use zap_facade::{Provider, connect};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let account = account::of(Provider::EscalaZap).await?;
    let messenger = connect(account.config)?;
    let client = messenger.externalapi().ok_or("this provider is not an instance of ExternalApi")?;

    // This is also a `futures_core::Stream`.
    let mut contacts = client.contact_list().paginate(10).items();
    let (mut all, mut blocked) = (0, 0);
    while let Some(contact) = contacts.next().await {
        let contact = contact?;
        all += 1;
        blocked += usize::from(contact.is_blocked == Some(1));
        println!("{} {}", contact.full_name.unwrap_or_default(), contact.mobile.unwrap_or_default());
    }
    println!("{all} contacts, {blocked} of them blocked");
    Ok(())
}
