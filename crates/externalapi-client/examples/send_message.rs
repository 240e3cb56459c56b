//! Sends a text, and handles each outcome.
//!
//! Run `cargo run --package externalapi-client --example send_message -- 55 11987654321` with the variables that
//! `cargo run --bin zap-sandbox` prints, or with `ESCALAZAP_CLIENT_ID` and `ESCALAZAP_CLIENT_SECRET` of your account.

use externalapi_client::{Client, Credentials, Error, Outcome, Provider};

#[tokio::main]
async fn main() -> Result<(), Error> {
    let credentials = Credentials::new(variable("ESCALAZAP_CLIENT_ID"), variable("ESCALAZAP_CLIENT_SECRET"));
    let mut builder = Client::builder(Provider::EscalaZap, credentials);
    if let Ok(base_url) = std::env::var("ESCALAZAP_BASE_URL") {
        builder = builder.base_url(base_url);
    }
    let client = builder.build()?;

    let mut arguments = std::env::args().skip(1);
    let (Some(code), Some(number)) = (arguments.next(), arguments.next()) else {
        panic!("usage: send_message CALLING-CODE NUMBER");
    };
    let sent = client.send_message().body_map(|b| b.mobile_code(code).mobile(number).message("Olá!")).send().await;
    match sent {
        Ok(answer) => {
            let message = answer.data.as_ref().and_then(|data| data.message.as_ref());
            println!("sent: {:?}", message.and_then(|message| message.whatsapp_message_id.as_ref()));
        }
        Err(error) => match error.outcome() {
            Outcome::NotDone if error.is_transient() => println!("not sent; try again later: {error}"),
            Outcome::NotDone => println!("not sent; fix the cause first: {error}"),
            Outcome::Unknown => println!("perhaps sent; look before you send again: {error}"),
            Outcome::Done => println!("sent; do not send again: {error}"),
        },
    }
    Ok(())
}

fn variable(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("set {name}"))
}
