//! Shows the request for a document, and sends it if it breaks no rule.
//!
//! Run `cargo run --package externalapi-client --example send_document -- 55 11987654321 nota.pdf` with the variables that
//! `cargo run --bin zap-sandbox` prints, or with `ESCALAZAP_CLIENT_ID` and `ESCALAZAP_CLIENT_SECRET` of your account.

use externalapi_client::{Client, Credentials, Error, File, Provider};

#[tokio::main]
async fn main() -> Result<(), Error> {
    let credentials = Credentials::new(variable("ESCALAZAP_CLIENT_ID"), variable("ESCALAZAP_CLIENT_SECRET"));
    let mut builder = Client::builder(Provider::EscalaZap, credentials);
    if let Ok(base_url) = std::env::var("ESCALAZAP_BASE_URL") {
        builder = builder.base_url(base_url);
    }
    let client = builder.build()?;

    let mut arguments = std::env::args().skip(1);
    let (Some(code), Some(number), Some(path)) = (arguments.next(), arguments.next(), arguments.next()) else {
        panic!("usage: send_document CALLING-CODE NUMBER PATH");
    };
    // The file is read while it is sent, and never held in memory as a whole.
    let call = client
        .send_message()
        .body_map(|b| b.mobile_code(code).mobile(number).message("Sua nota").document(File::from_path(path)));

    // Nothing is sent here, and the secrets are masked.
    match call.clone().dry_run().await {
        Ok(request) => println!("{request}"),
        Err(error) => {
            for violation in error.violations() {
                println!("{:?}: {violation}", violation.fields());
            }
            return Err(error);
        }
    }

    call.send().await?;
    println!("the file is sent");
    Ok(())
}

fn variable(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("set {name}"))
}
