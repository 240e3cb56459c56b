//! Every contact of the account, fetched page by page as they are needed. Where the environment has no
//! variables of EscalaZap's, it starts a sandbox and reads from that.
//!
//! `cargo run --example pages`

mod account;

use zap_facade::{Provider, connect};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let account = account::of(Provider::EscalaZap).await?;
    let messenger = connect(account.config)?;
    let client = messenger.externalapi().ok_or("ChatGuru lists nothing")?;

    // A stream, too: `futures_core::Stream`.
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
