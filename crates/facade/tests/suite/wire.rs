//! The exact bytes of each operation's request, one snapshot each.
//!
//! Masked is only what differs from run to run: the host, the boundary, the version; and the
//! credentials, so that no snapshot teaches anybody to commit one.

use std::collections::BTreeSet;

use externalapi_client::operations;

use crate::support::calls::{chatguru_calls, externalapi_calls};
use crate::support::{self, Reply, SECRETS, Server};

/// The only request so far, readable.
fn request(server: &Server, sent: usize) -> String {
    let requests = server.requests();
    assert_eq!(requests.len(), sent, "one request a call");
    let mut text = String::from_utf8(requests[sent - 1].clone()).unwrap();
    for secret in SECRETS {
        text = text.replace(secret, "***");
    }
    if let Some((_, rest)) = text.split_once("boundary=") {
        let boundary = rest.lines().next().unwrap().to_owned();
        assert_eq!(boundary.len(), 32);
        text = text.replace(&boundary, "BOUNDARY");
    }
    text.replace(server.origin.strip_prefix("http://").unwrap(), "HOST")
        .replace(env!("CARGO_PKG_VERSION"), "VERSION")
        .replace("\r\n", "\n")
}

/// Calls each operation once, snapshots its request, and returns the names of those called.
macro_rules! snapshots {
    ($server:expr, $crate_name:literal, $($operation:ident: $call:expr),* $(,)?) => {{
        let mut called = BTreeSet::new();
        $(
            $call.send().await.unwrap();
            called.insert(stringify!($operation));
            insta::assert_snapshot!(
                concat!("wire__", $crate_name, "_", stringify!($operation)),
                request(&$server, called.len())
            );
        )*
        called
    }};
}

#[tokio::test]
async fn externalapi() {
    let _snapshots = support::snapshots();
    let server = Server::start(Reply::success()).await;
    let client = support::externalapi(&server.origin).build().unwrap();
    let called = externalapi_calls!(client => snapshots(server, "externalapi"));
    let all: BTreeSet<_> = operations::ALL.iter().map(|operation| operation.id).collect();
    assert_eq!(called, all, "every operation has a snapshot");
}

#[tokio::test]
async fn chatguru() {
    let _snapshots = support::snapshots();
    let server = Server::start(Reply::success()).await;
    let client = support::chatguru(&server.origin).build().unwrap();
    let called = chatguru_calls!(client => snapshots(server, "chatguru"));
    let all: BTreeSet<_> = chatguru_client::operations::ALL.iter().map(|operation| operation.id).collect();
    assert_eq!(called, all, "every operation has a snapshot");
}
