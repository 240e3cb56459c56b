//! The matrix: each operation meets each fault that the sandbox can make, and those below
//! it. The sandbox's ledger judges what the call says, each cell has an outcome that was written
//! down before (`faults.rs`), and no secret is shown anywhere.

mod cell;
mod faults;
mod log;
mod operations;
mod relay;
#[path = "../support/mod.rs"]
mod support;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use faults::{Fault, faults};
use operations::{Operation, World, operations};
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

    let codes = cells.iter().map(|(place, cell)| (*place, cell.code.as_str())).collect();
    insta::assert_snapshot!(table(&operations, &faults, &codes));
}

/// The cells as a table, and their counts.
fn table(operations: &[Operation], faults: &[Fault], codes: &BTreeMap<(usize, usize), &str>) -> String {
    let mut table = String::from("Columns:\n");
    for (column, operation) in operations.iter().enumerate() {
        let kind = if operation.changes { "changes" } else { "reads" };
        let _ = writeln!(table, "  {}  {} ({kind})", letter(column), operation.name);
    }
    table += "Cells: outcome (D done, N not done, U unknown) and kind of the error; `ok` is done, too.\n\n";
    let width = faults.iter().map(|fault| fault.name.chars().count()).max().unwrap_or(0);
    let columns: Vec<_> = (0..operations.len()).map(|column| format!("{:<3}", letter(column))).collect();
    let _ = writeln!(table, "{:width$}  effect  {}", "", columns.join(" ").trim_end());
    for (row, fault) in faults.iter().enumerate() {
        let cells: Vec<_> = (0..operations.len()).map(|column| short(codes.get(&(row, column)).copied())).collect();
        let effect = if fault.processed { "yes" } else { "no" };
        let _ = writeln!(table, "{:width$}  {effect:6}  {}", fault.name, cells.join(" ").trim_end());
    }

    let (forged, honest): (Vec<_>, Vec<_>) = codes.iter().partition(|((row, _), _)| faults[*row].forged);
    let count = |ending: &str| honest.iter().filter(|(_, code)| code.ends_with(ending)).count();
    let _ = writeln!(
        table,
        "\n{} cells of {} operations and {} faults: {} ok, {} done, {} not done, {} unknown; {} more with a forged answer",
        honest.len(),
        operations.len(),
        faults.len(),
        count("ok"),
        count(" Done"),
        count(" NotDone"),
        count(" Unknown"),
        forged.len(),
    );
    table
}

fn letter(column: usize) -> char {
    char::from(b'a' + u8::try_from(column).expect("few operations"))
}

/// Three letters for a cell.
fn short(code: Option<&str>) -> String {
    let Some(code) = code else { return "·  ".to_owned() };
    let Some((kind, outcome)) = code.split_once(' ') else { return format!("{code:<3}") };
    let kind = match kind {
        "Connect" => "co",
        "Timeout" => "ti",
        "Interrupted" => "in",
        "Refused" => "re",
        "UnexpectedAnswer" => "un",
        "Undecodable" => "de",
        "AnswerTooLarge" => "la",
        _ => "??",
    };
    format!("{}{kind}", &outcome[..1])
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
