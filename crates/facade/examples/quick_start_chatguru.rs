//! A text through ChatGuru, and what becomes of it. Without `CHATGURU_…` variables in the environment
//! it starts a sandbox and writes to that.

mod account;

use std::time::Duration;

use zap_facade::{DeliveryState, NewContact, Provider, Unfinished, connect};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let account = account::of(Provider::ChatGuru).await?;
    let messenger = connect(account.config)?;

    // Only a chat that is there can be written to. Adding one takes up to half a minute.
    let contact = NewContact::new(account.to.clone(), "Ana", "Lima");
    if let Err(error) = messenger.ensure_contact(&contact, Duration::from_secs(60)).await {
        let unfinished = Unfinished::of(&error).map(|unfinished| &unfinished.id);
        return Err(format!("{error}; to be asked after as {unfinished:?}").into());
    }

    let receipt = messenger.send_text(&account.to, "Olá!").await.map_err(|error| account::advice(&error))?;
    println!("{}", receipt.state);
    // Queued is not sent: ChatGuru says later what became of it.
    let id = receipt.message_id.ok_or("the answer has no id")?;
    for _ in 0..30 {
        let state = messenger.delivery_state(&id).await?;
        if state != DeliveryState::Queued {
            println!("ChatGuru: {state}");
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    Err("it is still queued".into())
}
