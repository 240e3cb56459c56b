//! Lists all contacts. Each page is fetched when it is needed.
//!
//! Run `cargo run --package externalapi-client --example list_contacts` with the variables that
//! `cargo run --bin zap-sandbox` prints, or with `ESCALAZAP_CLIENT_ID` and `ESCALAZAP_CLIENT_SECRET` of your account.

use externalapi_client::{Client, Credentials, Error, Provider};

#[tokio::main]
async fn main() -> Result<(), Error> {
    let credentials = Credentials::new(variable("ESCALAZAP_CLIENT_ID"), variable("ESCALAZAP_CLIENT_SECRET"));
    let mut builder = Client::builder(Provider::EscalaZap, credentials);
    if let Ok(base_url) = std::env::var("ESCALAZAP_BASE_URL") {
        builder = builder.base_url(base_url);
    }
    let client = builder.build()?;

    let mut contacts = client.contact_list().paginate(10).items();
    let mut count = 0;
    while let Some(contact) = contacts.next().await {
        let contact = contact?;
        count += 1;
        println!("{} {}", contact.full_name.unwrap_or_default(), contact.mobile.unwrap_or_default());
    }
    match contacts.summary().and_then(|list| list.is_complete()) {
        Some(false) => println!("{count} contacts; the list changed while it was read, so some may be missing"),
        _ => println!("{count} contacts"),
    }
    Ok(())
}

fn variable(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("set {name}"))
}
