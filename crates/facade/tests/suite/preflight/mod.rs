//! What a request must hold is checked before a connection is made, all of it at once.

mod call;
mod cases;
mod contents;
mod files;
mod php;
mod recorded;
mod together;

use std::collections::BTreeSet;

use call::{Clients, all};
use zap_facade::{ErrorKind, Outcome};

use crate::support::{Reply, Server};

/// Each rule of both specs has a case that is refused with nothing else to say, and no connection;
/// its neighbour passes.
#[tokio::test]
async fn every_rule_refuses_and_lets_its_neighbour_pass() {
    let server = Server::start(Reply::success()).await;
    let clients = Clients::new(&server.origin);
    let mut covered = BTreeSet::new();
    for case in cases::CASES {
        for id in case.operations {
            let place = format!("{id} {:?} {:?}", case.fields, case.rule);
            let operation =
                all().into_iter().find(|operation| operation.id == *id).expect("there is such an operation");
            let rule = operation.rules.iter().find(|rule| rule.fields == case.fields && rule.constraint == case.rule);
            let rule = rule.unwrap_or_else(|| panic!("{place}: there is no such rule"));

            let error = clients.send(operation, case.refused).await.expect_err(&place);
            assert_eq!(
                (error.kind(), error.outcome()),
                (ErrorKind::InvalidRequest, Outcome::NotDone),
                "{place}: {error}"
            );
            let [violation] = error.violations() else { panic!("{place}: one rule is broken: {error}") };
            assert_eq!(
                (violation.fields(), violation.constraint()),
                (&*strings(rule.fields), rule.constraint),
                "{place}"
            );
            assert_eq!(violation.source(), Some(rule.source), "{place}");
            assert!(rule.source.facts.iter().all(|fact| error.to_string().contains(fact)), "{place}: {error}");
            assert!(error.to_string().contains(rule.why.trim_end_matches('.')), "{place}: {error}");

            let accepted = clients.dry_run(operation, case.accepted).await;
            assert!(accepted.is_ok(), "{place}: {}", accepted.unwrap_err());
            assert!(covered.insert(place.clone()), "{place}: twice");
        }
    }
    assert_eq!(server.connections(), 0);

    let rules = all().into_iter().flat_map(|operation| {
        operation.rules.iter().map(|rule| format!("{} {:?} {:?}", operation.id, rule.fields, rule.constraint))
    });
    let missing: Vec<_> = rules.filter(|rule| !covered.contains(rule)).collect();
    assert!(
        missing.is_empty(),
        "rules without a case; add one each, with its nearest neighbour, to crates/facade/tests/suite/preflight/cases.rs:\n{}",
        missing.join("\n")
    );
}

fn strings(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}
