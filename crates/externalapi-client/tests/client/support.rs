//! A client at a server on loopback.

use externalapi_client::{Client, ClientBuilder, Credentials, Provider, reqwest};

pub const CLIENT_ID: &str = "canary-client-id";
pub const CLIENT_SECRET: &str = "canary-client-secret";

pub fn client(origin: &str) -> ClientBuilder<Client> {
    let credentials = Credentials::new(CLIENT_ID, CLIENT_SECRET);
    let base_url = format!("{origin}/external-api");
    Client::builder(Provider::EscalaZap, credentials).base_url(base_url).configure_reqwest(direct)
}

/// A proxy of the environment cannot reach this machine.
pub fn direct(builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    builder.no_proxy()
}
