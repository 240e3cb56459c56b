//! A client at a server on loopback.

use chatguru_client::{Client, ClientBuilder, Credentials, Provider, reqwest};

pub const KEY: &str = "canary-key";
pub const ACCOUNT_ID: &str = "canary-account-id";
pub const PHONE_ID: &str = "canary-phone-id";

pub fn client(origin: &str) -> ClientBuilder<Client> {
    let provider = Provider::ChatGuru { server: "app.zap.guru".into() };
    Client::builder(provider, Credentials::new(KEY, ACCOUNT_ID, PHONE_ID)).base_url(origin).configure_reqwest(direct)
}

/// A proxy of the environment cannot reach this machine.
pub fn direct(builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    builder.no_proxy()
}
