//! Ledger files that workers lose while they work.

use std::fs;
use std::future::pending;
use std::time::{Duration, Instant};

use zap_outbox::model::{DECIDE_AFTER, MessageState};
use zap_outbox::sqlite::rusqlite::Connection;
use zap_outbox::{Ledger, LedgerError, Stopped};
use zap_sandbox::Fault;

use super::fixture::Fixture;

/// Starts a worker, changes its file while it waits for five answers, and returns how it stopped.
async fn lose(fixture: &Fixture, change: impl FnOnce(&Fixture)) -> LedgerError {
    fixture.fault(Fault::delay(Duration::from_millis(500)).after().times(5));
    let outbox = fixture.outbox.clone();
    let worker = tokio::spawn(async move { outbox.work_until_done(pending()).await });
    fixture.until_sending(5).await;
    while fixture.sandbox.deliveries().len() < 5 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    change(fixture);
    worker.await.unwrap().expect_err("the worker stops")
}

#[tokio::test]
async fn a_ledger_that_is_moved_away_stops_its_workers_and_lets_nothing_be_sent_twice() {
    let fixture = Fixture::new(5).await;
    let away = fixture.folder.path().join("away.db");
    let error = lose(&fixture, |fixture| fs::rename(fixture.folder.file(), &away).unwrap()).await;
    let named = format!("{} was replaced while it was in use", fixture.folder.file().display());
    assert!(error.to_string().starts_with(&named), "{error}");
    assert!(error.to_string().contains("stop all workers"), "{error}");
    fs::rename(&away, fixture.folder.file()).unwrap();
    // The answers were not recorded.
    fixture.clock.advance(DECIDE_AFTER);
    assert_eq!(fixture.work().await, Stopped::Done);
    assert_eq!(fixture.states().await, [(MessageState::Unknown, 5)].into());
    fixture.judge().await;
    assert_eq!(fixture.sandbox.deliveries().len(), 5);
}

#[tokio::test]
async fn a_ledger_that_is_deleted_stops_its_workers_and_no_other_file_is_written() {
    let fixture = Fixture::new(5).await;
    let error = lose(&fixture, |fixture| {
        for file in ["ledger.db", "ledger.db-wal", "ledger.db-shm"] {
            fs::remove_file(fixture.folder.path().join(file)).unwrap();
        }
    })
    .await;
    assert!(matches!(error, LedgerError::NotALedger(_)), "{error}");
    assert_eq!(fs::read_dir(fixture.folder.path()).unwrap().count(), 0, "no file was created");
    assert_eq!(fixture.sandbox.deliveries().len(), 5);
}

#[tokio::test]
async fn a_ledger_that_is_replaced_by_another_one_is_not_written() {
    let fixture = Fixture::new(5).await;
    let other = fixture.folder.path().join("other.db");
    fs::write(&other, "another file").unwrap();
    let error = lose(&fixture, |fixture| fs::rename(&other, fixture.folder.file()).unwrap()).await;
    assert!(matches!(error, LedgerError::NotALedger(_)), "{error}");
    assert_eq!(fs::read_to_string(fixture.folder.file()).unwrap(), "another file");
}

#[tokio::test]
#[ignore = "waits for 10 seconds; `.ci/run` includes it"]
async fn a_ledger_that_another_program_keeps_locked_is_not_opened() {
    let fixture = Fixture::new(1).await;
    let Fixture { outbox, folder, .. } = fixture;
    drop(outbox);
    // The ledger's thread closes the file a moment later.
    let other = loop {
        let other = Connection::open(folder.file()).unwrap();
        other.pragma_update(None, "locking_mode", "EXCLUSIVE").unwrap();
        if other.execute("UPDATE zap_account SET burst = burst", []).is_ok() {
            break other;
        }
    };
    let start = Instant::now();
    let error = Ledger::open(&folder.url()).await.unwrap_err();
    assert!(matches!(error, LedgerError::Locked) && error.is_transient(), "{error}");
    let text = "the ledger is locked by another program: close that program, and retry";
    assert_eq!(error.to_string(), text);
    assert!(start.elapsed() > Duration::from_secs(5), "{:?}", start.elapsed());
    drop(other);
    Ledger::open(&folder.url()).await.unwrap();
}
