//! Connections that are lost.

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
async fn a_commit_whose_answer_is_lost_is_found_and_one_that_is_lost_is_an_error() {
    let Some(fixture) = Fixture::new().await else { return };
    let campaign = fixture.campaign().await;
    let proxy = Proxy::start(fixture.server.port());
    let url =
        fixture.server.tcp_url(&fixture.schema).replace(&fixture.server.port().to_string(), &proxy.port.to_string());
    let ledger = Ledger::open(&url).await.unwrap();

    proxy.lose(Lose::Answer);
    let begun = ledger.begin(fixture.account, 1).await.unwrap();
    assert!(proxy.has_lost());
    assert_eq!(begun.claims.len(), 1, "the claim is returned, because its intent has committed");
    proxy.lose(Lose::Answer);
    let result = vec![Finish::of(&begun.claims[0], Verdict::Done)];
    assert_eq!(ledger.finish(result).await.unwrap(), [Ok(MessageState::Done)]);
    assert!(proxy.has_lost());

    proxy.lose(Lose::Commit);
    let error = ledger.begin(fixture.account, 1).await.unwrap_err();
    assert!(proxy.has_lost() && error.is_transient(), "{error:?}");
    let counts = ledger.counts(campaign).await.unwrap();
    let states: Vec<_> = counts.iter().map(|count| (count.state, count.messages)).collect();
    assert_eq!(states, [(MessageState::Ready, 2), (MessageState::Done, 1)]);
    assert_eq!(ledger.begin(fixture.account, 5).await.unwrap().claims.len(), 2);
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
