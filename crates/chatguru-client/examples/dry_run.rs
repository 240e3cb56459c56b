//! Validates a scheduled text and shows the exact request, without sending it.
//!
//! Run `cargo run --package chatguru-client --example dry_run -- 5511987654321 "2030-01-31 09:00"`. It makes no connection, so
//! it needs no account.

use chatguru_client::{Client, Credentials, Error, Provider};

#[tokio::main]
async fn main() -> Result<(), Error> {
    let credentials = Credentials::new("YOUR-KEY", "YOUR-ACCOUNT-ID", "YOUR-PHONE-ID");
    let client = Client::builder(Provider::ChatGuru { server: "app.zap.guru".into() }, credentials).build()?;

    let mut arguments = std::env::args().skip(1);
    let (Some(number), Some(date)) = (arguments.next(), arguments.next()) else {
        panic!("usage: dry_run NUMBER DATE");
    };
    match client.message_send().chat_number(number).send_date(date).text("Olá!").dry_run().await {
        Ok(request) => println!("{request}"),
        Err(error) => {
            for violation in error.violations() {
                println!("{:?}: {violation}", violation.fields());
            }
        }
    }
    Ok(())
}
