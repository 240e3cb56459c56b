//! Requests are checked against all their rules at once, before a connection is made.

mod call;
mod cases;
mod contents;
mod derived;
mod files;
mod php;
mod recorded;
mod together;

use call::{Clients, Field, Valid, all};
use zap_client_runtime::Rule;
use zap_facade::{ErrorKind, Outcome};

use crate::support::{Reply, Server};

/// Each rule of both specs refuses a request that breaks it and nothing else, without a connection. The nearest request that
/// keeps the rule passes.
#[tokio::test]
async fn every_rule_refuses_and_lets_its_neighbour_pass() {
    let server = Server::start(Reply::success()).await;
    let clients = Clients::new(&server.origin);
    let (mut missing, mut written) = (Vec::new(), 0);
    for valid in all(&clients).await {
        let operation = valid.operation;
        for rule in operation.rules {
            let place = format!("{} {:?} {:?}", operation.id, rule.fields, rule.constraint);
            let is_of_rule = |case: &&cases::Case| {
                case.operations.contains(&operation.id) && case.fields == rule.fields && case.rule == rule.constraint
            };
            match cases::CASES.iter().filter(is_of_rule).collect::<Vec<_>>()[..] {
                [case] => {
                    written += 1;
                    check(&clients, &valid, rule, case.refused, case.accepted, &place).await;
                }
                [] => match derived::case(operation, rule) {
                    Some(case) => check(&clients, &valid, rule, &case.refused, &case.accepted, &place).await,
                    None => missing.push(place),
                },
                _ => panic!("{place}: two cases in {CASES}"),
            }
        }
    }
    assert_eq!(server.connections(), 0);
    let all_written: usize = cases::CASES.iter().map(|case| case.operations.len()).sum();
    assert_eq!(written, all_written, "{CASES} has cases of no rule");
    assert!(
        missing.is_empty(),
        "no case follows from the constraints of these rules; add one each, with its nearest neighbour, to {CASES}:\n{}",
        missing.join("\n")
    );
}

const CASES: &str = "crates/facade/tests/suite/preflight/cases.rs";

async fn check(clients: &Clients, valid: &Valid, rule: &Rule, refused: &[Field], accepted: &[Field], place: &str) {
    let help = format!("{place}: if the case does not suit the rule, write one into {CASES}");
    let error = clients.send(valid, refused).await.expect_err(&help);
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::InvalidRequest, Outcome::NotDone), "{place}: {error}");
    let [violation] = error.violations() else { panic!("{help}\none rule is to be broken: {error}") };
    assert_eq!((violation.fields(), violation.constraint()), (&*strings(rule.fields), rule.constraint), "{help}");
    assert_eq!(violation.source(), Some(rule.source), "{place}");
    assert!(error.to_string().contains(&format!("({})", rule.source.evidence)), "{place}: {error}");
    assert!(error.to_string().contains(rule.why.trim_end_matches('.')), "{place}: {error}");

    let accepted = clients.dry_run(valid, accepted).await;
    assert!(accepted.is_ok(), "{help}\n{}", accepted.unwrap_err());
}

fn strings(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}
