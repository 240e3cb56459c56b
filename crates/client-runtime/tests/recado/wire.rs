//! The exact bytes of each operation's request, one snapshot each, and the dry run that shows them.

use crate::calls;
use crate::loopback::{Reply, Server};
use crate::wire_format::{assert_shows, readable};
use crate::{SECRETS, client};

/// What a dry run shows for a key that is made for each call.
const MADE: &str = "(made for each call)";

/// Replaces the idempotency key, which each call makes.
fn without_key(request: &[u8]) -> Vec<u8> {
    let text = String::from_utf8(request.to_vec()).unwrap();
    let Some((before, rest)) = text.split_once("\r\nx-request-key: ") else { return request.to_vec() };
    let (key, after) = rest.split_once("\r\n").unwrap();
    assert_eq!(key.len(), 32, "{text}");
    format!("{before}\r\nx-request-key: {MADE}\r\n{after}").into_bytes()
}

#[tokio::test]
async fn each_operation_sends_the_same_bytes_as_before_and_as_its_dry_run_shows() {
    let server = Server::start(Reply::head(204, "")).await;
    let client = client(&server);
    for call in calls::all() {
        let (name, before) = (call.operation.id, server.connections());
        let dry_run = (call.dry_run)(&client).await.unwrap();
        assert_eq!(server.connections(), before, "a dry run makes no connection");
        // An answer that is no list, number or text is an error, and does not matter here.
        let _ = (call.send)(&client).await;
        let request = without_key(&server.requests().pop().unwrap());
        assert_shows(&dry_run, &request, &server.origin, &SECRETS, name);
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(format!("wire__{name}"), readable(&request, &server.origin, &SECRETS));
        });
    }
    assert_eq!(server.requests().len(), calls::all().len(), "one request a call");
}
