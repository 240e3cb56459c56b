//! Connections that are lost.

use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use zap_outbox::model::{MessageState, Verdict};
use zap_outbox::{Finish, Ledger};
use zap_postgres_server::{Options, Server};

use super::proxy::{Lose, Proxy};
use super::{Fixture, started};

#[tokio::test]
async fn a_connection_that_was_lost_between_two_transactions_is_replaced() {
    let Some(fixture) = Fixture::new().await else { return };
    fixture.campaign().await;
    for _ in 0..3 {
        let sql = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'zap-outbox'
                   AND query LIKE '%COMMIT%' AND pid IN (SELECT pid FROM pg_stat_activity)";
        fixture.server.psql(sql);
        assert_eq!(fixture.ledger.begin(fixture.account, 1).await.unwrap().claims.len(), 1);
    }
}

#[tokio::test]
async fn a_server_that_is_down_is_a_failure_that_passes() {
    let Some(server) = Server::start(&Options::default()) else { return };
    let ledger = Ledger::open(&server.url(&server.new_schema())).await.unwrap();
    let account = ledger.open_account("EscalaZap", None).await.unwrap();
    started(&ledger, account).await;
    let claims = ledger.begin(account, 2).await.unwrap().claims;
    server.crash();
    let result = vec![Finish::of(&claims[0], Verdict::Done)];
    for _ in 0..2 {
        let error = ledger.finish(result.clone()).await.unwrap_err();
        assert!(error.is_transient(), "{error:?}");
    }
    server.start_again();
    assert_eq!(ledger.finish(result.clone()).await.unwrap(), [Ok(MessageState::Done)]);
    assert!(ledger.finish(result).await.unwrap()[0].is_err(), "it was recorded once");
    let state = ledger.message(claims[1].message).await.unwrap().status.state;
    assert_eq!(state, MessageState::Sending, "the intent was durable");
    assert_eq!(ledger.begin(account, 5).await.unwrap().claims.len(), 1);
}

#[tokio::test]
async fn claims_whose_commit_has_no_answer_are_found_and_those_that_are_lost_are_an_error() {
    let Some(fixture) = Fixture::new().await else { return };
    let campaign = fixture.campaign().await;
    let proxy = Proxy::start(fixture.server.port());
    let ledger = Ledger::open(&through(&proxy, fixture.server, &fixture.schema)).await.unwrap();

    proxy.lose(Lose::Answer);
    let begun = ledger.begin(fixture.account, 1).await.unwrap();
    assert!(proxy.has_lost());
    assert_eq!(begun.claims.len(), 1, "the claim is returned, because its intent has committed");
    proxy.lose(Lose::Answer);
    let result = vec![Finish::of(&begun.claims[0], Verdict::Done)];
    let error = ledger.finish(result.clone()).await.unwrap_err();
    assert!(proxy.has_lost() && error.is_transient(), "{error:?}");
    let cause = std::error::Error::source(&error).unwrap().to_string();
    assert!(cause.contains("look whether the change was made before you repeat it"), "{cause}");
    assert!(ledger.finish(result).await.unwrap()[0].is_err(), "it was recorded once");

    proxy.lose(Lose::Commit);
    let error = ledger.begin(fixture.account, 1).await.unwrap_err();
    assert!(proxy.has_lost() && error.is_transient(), "{error:?}");
    let counts = ledger.counts(campaign).await.unwrap();
    let states: Vec<_> = counts.iter().map(|count| (count.state, count.messages)).collect();
    assert_eq!(states, [(MessageState::Ready, 2), (MessageState::Done, 1)]);
    assert_eq!(ledger.begin(fixture.account, 5).await.unwrap().claims.len(), 2);
}

/// Returns the URL of a schema through a proxy.
fn through(proxy: &Proxy, server: &Server, schema: &str) -> String {
    server.tcp_url(schema).replace(&format!(":{}/", server.port()), &format!(":{}/", proxy.port))
}

/// Kills a process of the server while a transaction is open, so that the server forgets it, and lets another
/// transaction have its id. Returns whether that has committed with the same id.
fn give_id_to_another(server: &Server) -> bool {
    let open = "SELECT pid || ' ' || backend_xid FROM pg_stat_activity WHERE backend_xid IS NOT NULL";
    let open = server.psql(open);
    let (process, id) = open.split_once(' ').expect("one transaction is open");
    let id: u64 = id.parse().unwrap();
    assert!(Command::new("kill").args(["-9", process]).status().unwrap().success());
    loop {
        match server.psql_as("zap", "SELECT pg_current_xact_id()").map(|other| other.parse::<u64>().unwrap()) {
            Ok(other) if other < id => {}
            Ok(other) => return other == id,
            // It recovers.
            Err(_) => std::thread::sleep(Duration::from_millis(5)),
        }
    }
}

#[tokio::test]
async fn the_commit_of_another_transaction_with_the_same_id_is_not_taken_for_ours() {
    // Changes stay in memory until they are committed.
    let options = Options { arguments: vec!["-c".into(), "wal_writer_delay=10s".into()], ..Options::default() };
    let Some(server) = Server::start(&options).map(Arc::new) else { return };
    let schema = server.new_schema();
    let proxy = Proxy::start(server.port());
    let ledger = Ledger::open(&through(&proxy, &server, &schema)).await.unwrap();
    let account = ledger.open_account("EscalaZap", None).await.unwrap();
    let campaign = started(&ledger, account).await;
    // The server may have flushed the change by chance. Then it does not give the id again.
    for _ in 0..20 {
        let is_same = Arc::new(AtomicBool::new(false));
        let (crashing, found) = (Arc::clone(&server), Arc::clone(&is_same));
        proxy.lose_commit_after(move || found.store(give_id_to_another(&crashing), Ordering::SeqCst));
        let begun = ledger.begin(account, 1).await;
        let error = begun.expect_err("the claim was lost");
        assert!(proxy.has_lost() && error.is_transient(), "{error:?}");
        let counts = ledger.counts(campaign).await.unwrap();
        assert_eq!((counts.len(), counts[0].state, counts[0].messages), (1, MessageState::Ready, 3));
        if is_same.load(Ordering::SeqCst) {
            assert_eq!(ledger.begin(account, 5).await.unwrap().claims.len(), 3);
            return;
        }
    }
    panic!("the server never gave an id again");
}

#[tokio::test]
async fn accounts_do_not_wait_for_each_other() {
    let Some(fixture) = Fixture::new().await else { return };
    fixture.campaign().await;
    let other = fixture.ledger.open_account("WaziMe", None).await.unwrap();
    started(&fixture.ledger, other).await;
    let mut stalled = fixture.client().await;
    let transaction = stalled.transaction().await.unwrap();
    let lock = "SELECT id FROM zap_account WHERE name = 'WaziMe' FOR UPDATE";
    transaction.execute(lock, &[]).await.unwrap();
    let work = fixture.ledger.begin(fixture.account, 5);
    let begun = tokio::time::timeout(Duration::from_secs(15), work).await.expect("it does not wait").unwrap();
    assert_eq!(begun.claims.len(), 3);
    transaction.rollback().await.unwrap();
}

#[tokio::test]
async fn programs_that_create_the_same_ledger_share_it() {
    let Some(server) = Server::shared() else { return };
    for _ in 0..3 {
        let url = server.url(&server.new_schema());
        let mut opening = tokio::task::JoinSet::new();
        for _ in 0..8 {
            let url = url.clone();
            opening
                .spawn(async move { Ledger::open(&url).await.unwrap().open_account("EscalaZap", None).await.unwrap() });
        }
        let accounts = opening.join_all().await;
        assert!(accounts.iter().all(|account| *account == accounts[0]), "{accounts:?}");
    }
}
