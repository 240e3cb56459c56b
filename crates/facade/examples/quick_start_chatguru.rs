//! Sends a text through ChatGuru, and waits until it is sent.
//!
//! Run `cargo run --example quick_start_chatguru`. Without `CHATGURU_…` variables in the environment, it starts a sandbox.

mod account;

use std::time::Duration;

use zap_facade::{DeliveryState, NewContact, Provider, Unfinished, connect};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let to = account::recipient(Provider::ChatGuru)?;
    let account = account::of(Provider::ChatGuru).await?;
    let messenger = connect(account.config)?;

    // A text can only go to a chat that exists. Adding one takes up to 30 seconds.
    let contact = NewContact::new(to, "Ana", "Lima");
    let contact = messenger.ensure_contact(&contact, Duration::from_secs(60)).await.map_err(|error| {
        let unfinished = Unfinished::of(&error).map(|unfinished| &unfinished.id);
        format!("{error}; chat_add_id: {unfinished:?}")
    })?;

    // ChatGuru may have added or removed the number's ninth digit.
    let receipt = messenger.send_text(&contact.number, "Olá!").await.map_err(|error| account::advice(&error))?;
    println!("{}", receipt.state);
    // Queued does not mean sent. Ask for the state until it changes.
    let id = receipt.message_id.ok_or("the answer has no id")?;
    for _ in 0..30 {
        let state = messenger.delivery_state(&id).await?;
        if state != DeliveryState::Queued {
            println!("ChatGuru: {state}");
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    Err("the text is still queued".into())
}
