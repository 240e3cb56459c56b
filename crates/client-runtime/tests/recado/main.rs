//! The runtime with a generated client of an API whose HTTP status says how a call went. The API is invented; the tests of
//! the generator write `generated` from `recado.yaml`.

#[rustfmt::skip]
#[allow(clippy::all, clippy::pedantic, missing_docs, dead_code, unused_imports)]
mod generated;
#[path = "../support/loopback.rs"]
mod loopback;

mod answers;
mod outcome;

use generated::*;
use loopback::Server;
use zap_client_runtime::{ClientBuilder, Instance, reqwest};

/// The key of the account.
const KEY: &str = "canary-api-key-7";

/// A client for a server on loopback.
fn builder(server: &Server) -> ClientBuilder<Client> {
    at(&server.origin)
}

fn at(origin: &str) -> ClientBuilder<Client> {
    let instance = Instance::new("Recado", format!("{origin}/v1"));
    Client::builder(instance, Credentials::new(KEY)).configure_reqwest(reqwest::ClientBuilder::no_proxy)
}

fn client(server: &Server) -> Client {
    builder(server).build().unwrap()
}
