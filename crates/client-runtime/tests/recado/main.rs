//! The runtime with a generated client of an API whose HTTP status says how a call went. The API is invented; the tests of
//! the generator write `generated` from `recado.yaml`.

#[rustfmt::skip]
#[allow(clippy::all, clippy::pedantic, missing_docs, dead_code, unused_imports)]
mod generated;
#[path = "../support/loopback.rs"]
mod loopback;

mod answers;
mod bodies;
mod credentials;
mod headers;
mod lists;
mod outcome;

use generated::*;
use loopback::Server;
use zap_client_runtime::{ClientBuilder, Instance, reqwest};

const TENANT: &str = "canary-tenant";
const KEY: &str = "canary-api-key-7";
const TOKEN: &str = "canary-token-8";
const COOKIE: &str = "canary-cookie-9";
const OWNER: &str = "canary-owner";
const PASSWORD: &str = "canary: password é";
/// Every secret, and the header of the last two.
const SECRETS: [&str; 7] =
    [TENANT, KEY, TOKEN, COOKIE, OWNER, PASSWORD, "Y2FuYXJ5LW93bmVyOmNhbmFyeTogcGFzc3dvcmQgw6k="];

/// A client for a server on loopback.
fn builder(server: &Server) -> ClientBuilder<Client> {
    at(&server.origin)
}

fn at(origin: &str) -> ClientBuilder<Client> {
    with(origin, credentials())
}

fn credentials() -> Credentials {
    let credentials = Credentials::new().with_access_token(TOKEN).with_tenant(TENANT).with_api_key(KEY);
    credentials.with_panel(COOKIE).with_owner(OWNER, PASSWORD)
}

fn with(origin: &str, credentials: Credentials) -> ClientBuilder<Client> {
    let instance = Instance::new("Recado", format!("{origin}/v1"));
    Client::builder(instance, credentials).configure_reqwest(reqwest::ClientBuilder::no_proxy)
}

fn client(server: &Server) -> Client {
    builder(server).build().unwrap()
}
