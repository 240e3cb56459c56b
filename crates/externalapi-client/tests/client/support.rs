//! A client at a server on loopback.

use externalapi_client::{Client, ClientBuilder, Credentials, Provider};

pub const CLIENT_ID: &str = "canary-client-id";
pub const CLIENT_SECRET: &str = "canary-client-secret";

pub fn client(origin: &str) -> ClientBuilder<Client> {
    let credentials = Credentials::new(CLIENT_ID, CLIENT_SECRET);
    Client::builder(Provider::EscalaZap, credentials)
        .base_url(format!("{origin}/external-api"))
        // A proxy of the environment cannot reach this machine.
        .configure_reqwest(externalapi_client::reqwest::ClientBuilder::no_proxy)
}
