//! Sends a text, handles each outcome, and waits until the queued text is sent.
//!
//! Run `cargo run --package chatguru-client --example queue_text -- 5511987654321` with the variables that
//! `cargo run --bin zap-sandbox` prints, or with `CHATGURU_SERVER`, `CHATGURU_KEY`, `CHATGURU_ACCOUNT_ID` and
//! `CHATGURU_PHONE_ID` of your account.

use std::time::Duration;

use chatguru_client::types::MessageStatus;
use chatguru_client::{Client, Credentials, Error, Outcome, Provider};

#[tokio::main]
async fn main() -> Result<(), Error> {
    let credentials =
        Credentials::new(variable("CHATGURU_KEY"), variable("CHATGURU_ACCOUNT_ID"), variable("CHATGURU_PHONE_ID"));
    let client = match std::env::var("CHATGURU_BASE_URL") {
        // The server is not used if there is a base URL.
        Ok(base_url) => Client::builder(Provider::ChatGuru { server: String::new() }, credentials).base_url(base_url),
        Err(_) => Client::builder(Provider::ChatGuru { server: variable("CHATGURU_SERVER") }, credentials),
    };
    let client = client.build()?;

    let number = std::env::args().nth(1).expect("usage: queue_text NUMBER");
    let answer = match client.message_send().chat_number(number).text("Olá!").send().await {
        Ok(answer) => answer,
        Err(error) => {
            match error.outcome() {
                Outcome::NotDone if error.is_transient() => println!("not sent; try again later: {error}"),
                Outcome::NotDone => println!("not sent; fix the cause first: {error}"),
                Outcome::Unknown => println!("perhaps sent; look before you send again: {error}"),
                Outcome::Done => println!("sent; do not send again: {error}"),
            }
            return Ok(());
        }
    };

    // A success means queued. The state changes when the text is sent.
    let Some(id) = answer.message_id.as_deref() else { return Ok(()) };
    for _ in 0..30 {
        let state = client.message_status().message_id(id).send().await?.into_inner().message_status;
        if state != Some(MessageStatus::Scheduled) {
            println!("{state:?}");
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    println!("still queued");
    Ok(())
}

fn variable(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("set {name}"))
}
