//! The exact bytes of each operation's request, one snapshot each.
//!
//! The snapshots mask only what differs from run to run (host, boundary, version) and the credentials, so that no snapshot
//! is an example of a committed credential.

use crate::support::calls::{self, Api, Names};
use crate::support::{self, Reply, SECRETS, Server};

/// The latest request, readable.
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

#[tokio::test]
async fn each_operation_sends_the_same_bytes_as_before() {
    let _snapshots = support::snapshots();
    let names = Names::of_snapshots();
    for (api, package) in [(Api::ExternalApi, "externalapi"), (Api::ChatGuru, "chatguru")] {
        let server = Server::start(Reply::success()).await;
        let client = support::client(api, &server.origin);
        for (sent, call) in (1..).zip(calls::all().iter().filter(|call| call.api == api)) {
            (call.send)(&client, &names).await.unwrap();
            let name = format!("wire__{package}_{}", call.operation.id);
            insta::with_settings!({ omit_expression => true }, {
                insta::assert_snapshot!(name, request(&server, sent));
            });
        }
    }
}
