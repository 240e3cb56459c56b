//! The operations of one client.

#[allow(unused_imports)]
use std::collections::BTreeMap;

pub use CRATE as client;
#[allow(unused_imports)]
use client::zap_client_runtime::{File, Instance};
#[allow(unused_imports)]
use client::{Client, Credentials, types};
#[allow(unused_imports)]
use serde_json::{Map, Value};

#[allow(unused_imports)]
use crate::{Read, as_bytes, as_json, object, result, root, set};

/// Returns a client that calls `base_url` and never repeats a call.
pub fn client(base_url: String) -> Client {
    let mut once = client::Backoff::default();
    once.attempts = 1;
    Client::builder(Instance::new("judged", base_url), CREDENTIALS)
        .retry(once)
        .build()
        .expect("the credentials and the URL are valid")
}

/// Makes a call. Returns the reason if a value does not fit into the client's types.
pub async fn call(client: &Client, id: &str, parameters: &Value, body: &Value) -> Result<Value, String> {
    match id {
        // ARMS
        other => Err(format!("no operation `{other}`")),
    }
}
