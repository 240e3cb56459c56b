//! The matrix: each operation meets each fault that the sandbox can make, and those below
//! it. The sandbox's ledger judges what the call says, each cell has an outcome that was written
//! down before (`faults.rs`), and no secret is shown anywhere.

mod cell;
mod faults;
mod log;
mod operations;
mod shared;
#[path = "../support/mod.rs"]
mod support;

use std::collections::BTreeMap;
use std::sync::Arc;

use faults::faults;
use operations::{Operation, World, operations};
use shared::outcome_table::{Reported, table};
use support::{Reply, Server, tls};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// Cells at once.
const AT_ONCE: usize = 16;

#[tokio::test(flavor = "multi_thread")]
async fn no_call_lies_and_no_secret_is_shown() {
    let log = log::Watch::start();
    let elsewhere = Server::start(Reply::success()).await;
    let port = elsewhere.origin.rsplit(':').next().unwrap();
    let places = [("port", elsewhere.origin.clone()), ("host", format!("http://localhost:{port}"))];
    let (operations, faults) = (Arc::new(operations().await), Arc::new(faults(&places)));
    let world = Arc::new(World::new());

    let (turns, mut running) = (Arc::new(Semaphore::new(AT_ONCE)), JoinSet::new());
    for (row, fault) in faults.iter().enumerate() {
        for column in (0..operations.len()).filter(|column| fault.concerns(&operations[*column])) {
            let turn = Arc::clone(&turns).acquire_owned().await.unwrap();
            let (operations, faults, world) = (Arc::clone(&operations), Arc::clone(&faults), Arc::clone(&world));
            running.spawn(async move {
                let cell = cell::run(&operations[column], &faults[row], &world).await;
                drop(turn);
                ((row, column), cell)
            });
        }
    }
    let mut cells = BTreeMap::new();
    while let Some(ended) = running.join_next().await {
        let (place, cell) = ended.expect("no call panics");
        cells.insert(place, cell);
    }

    let complaints: Vec<_> = cells
        .iter()
        .flat_map(|((row, column), cell)| {
            let place = format!("{} × {}", operations[*column].name, faults[*row].name);
            cell.complaints.iter().map(move |complaint| format!("{place}: {complaint}"))
        })
        .collect();
    assert!(complaints.is_empty(), "{} complaints:\n{}", complaints.len(), complaints.join("\n"));
    assert_eq!(elsewhere.connections(), 0, "nothing reached where redirects lead");
    assert_eq!(log.shown(), Vec::<String>::new(), "a log shows what it must not");
    assert!(log.spans() > cells.len() / 2, "the log was watched");

    let reported = |((row, column), cell): ((usize, usize), cell::Cell)| {
        ((row, column), Reported { code: cell.code, forged: faults[row].forged })
    };
    let cells = cells.into_iter().map(reported).collect();
    let rows: Vec<_> = faults.iter().map(|fault| (fault.name.as_str(), fault.processed)).collect();
    let kind = |operation: &Operation| if operation.changes { "changes" } else { "reads" };
    let columns: Vec<_> = operations.iter().map(|one| format!("{} ({})", one.name, kind(one))).collect();
    insta::with_settings!({ omit_expression => true }, {
        insta::assert_snapshot!(table(&columns, &rows, &cells));
    });
}

/// So that the row of the untrusted certificate fails for its reason.
#[tokio::test]
async fn a_certificate_that_is_trusted_connects() {
    let server = tls::Server::start().await;
    let certificate = externalapi_client::reqwest::Certificate::from_der(&server.certificate).unwrap();
    let client = support::externalapi(&server.origin)
        .configure_reqwest(|builder| builder.tls_certs_only([certificate]).no_proxy())
        .build()
        .unwrap();
    client.contact_list().send().await.unwrap();
}
