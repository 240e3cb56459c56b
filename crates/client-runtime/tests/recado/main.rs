//! The runtime with the generated client of Recado, an invented API as providers write them today: the HTTP status says how
//! a call went, and bodies and answers are of many kinds.
//!
//! `xtask/tests/suite/recado.rs` describes the way from the provider's document, `recado-api.yaml`, to `generated`.

#[rustfmt::skip]
#[allow(clippy::all, clippy::pedantic, missing_docs, dead_code, unused_imports)]
mod generated;
#[path = "../support/faults.rs"]
mod faults;
#[path = "../support/log.rs"]
mod log;
#[path = "../support/loopback.rs"]
mod loopback;
#[path = "../support/outcome_table.rs"]
mod outcome_table;
#[path = "../support/relay.rs"]
mod relay;
#[path = "../support/route.rs"]
mod route;
#[path = "../support/tls.rs"]
mod tls;
#[path = "../support/wire.rs"]
mod wire_format;

mod answers;
mod axes;
mod bodies;
mod calls;
mod credentials;
mod headers;
mod lists;
mod matrix;
mod outcome;
mod preflight;
mod rule;
mod schemas;
mod stub;
mod trace;
mod wire;

use generated::*;
use loopback::{ClosedPort, Reply, Server, is_whole};
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
