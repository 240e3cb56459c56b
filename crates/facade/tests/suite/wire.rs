//! The exact bytes of each operation's request, one snapshot each.
//!
//! They mask only what differs from run to run and the credentials.

use crate::support::calls::{self, Api, Names};
use crate::support::wire::readable;
use crate::support::{self, Reply, SECRETS, Server};

#[tokio::test]
async fn each_operation_sends_the_same_bytes_as_before() {
    let _snapshots = support::snapshots();
    let names = Names::of_snapshots();
    for (api, package) in [(Api::ExternalApi, "externalapi"), (Api::ChatGuru, "chatguru")] {
        let server = Server::start(Reply::success()).await;
        let client = support::client(api, &server.origin);
        for (sent, call) in (1..).zip(calls::all().iter().filter(|call| call.api == api)) {
            (call.send)(&client, &names).await.unwrap();
            let requests = server.requests();
            assert_eq!(requests.len(), sent, "one request a call");
            let name = format!("wire__{package}_{}", call.operation.id);
            insta::with_settings!({ omit_expression => true }, {
                insta::assert_snapshot!(name, readable(&requests[sent - 1], &server.origin, &SECRETS));
            });
        }
    }
}
