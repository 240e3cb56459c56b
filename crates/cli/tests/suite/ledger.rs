//! Ledgers that cannot be used.

use rusqlite::Connection;

use crate::support::{Fixture, TEXT};

fn plan() -> [&'static str; 7] {
    ["plan", "bf", "list.csv", "--text", TEXT, "--not-after", "6h"]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_not_a_ledger_is_refused_and_unchanged() {
    let zap = Fixture::new().await;
    zap.folder.write("ledger.db", "name;number\nAna;11900000001\n");
    for command in [&plan() as &[&str], &["status"], &["work"]] {
        let refused = zap.refuse(1, command).await;
        assert!(refused.contains("ledger.db is not a SQLite database"), "{refused}");
        assert!(refused.contains("\nfix:   choose another file"), "{refused}");
    }
    assert_eq!(zap.folder.read("ledger.db"), "name;number\nAna;11900000001\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_of_another_application_is_refused() {
    let zap = Fixture::new().await;
    let other = Connection::open(zap.folder.path().join("ledger.db")).unwrap();
    other.execute_batch("CREATE TABLE orders (id INTEGER)").unwrap();
    let refused = zap.refuse(1, &plan()).await;
    assert!(refused.contains("is the database of another application"), "{refused}");
    let tables: i64 = other.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).unwrap();
    assert_eq!(tables, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ledger_of_a_newer_version_is_refused() {
    let zap = Fixture::new().await;
    zap.expect(0, &plan()).await;
    let ledger = Connection::open(zap.folder.path().join("ledger.db")).unwrap();
    ledger.pragma_update(None, "user_version", 1_000).unwrap();
    let refused = zap.refuse(1, &["status"]).await;
    assert!(refused.contains("schema version 1000"), "{refused}");
    assert!(refused.contains("\nfix:   update the program"), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ledger_that_another_program_has_locked_is_named_after_a_while() {
    let zap = Fixture::new().await;
    zap.expect(0, &plan()).await;
    let other = Connection::open(zap.folder.path().join("ledger.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    // Reading is possible meanwhile.
    zap.expect(5, &["status", "bf"]).await;
    let refused = zap.refuse(1, &["start", "bf", "--yes", "2"]).await;
    assert!(refused.contains("the ledger is locked by another program"), "{refused}");
    other.execute_batch("ROLLBACK").unwrap();
    zap.expect(0, &["start", "bf", "--yes", "2"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ledger_in_a_folder_that_is_missing_is_refused() {
    let zap = Fixture::new().await;
    let refused = zap.refuse(1, &[&plan() as &[&str], &["--ledger", "sqlite:nowhere/ledger.db"]].concat()).await;
    assert!(refused.contains("the folder of nowhere/ledger.db does not exist"), "{refused}");
    let refused = zap.refuse(1, &[&plan() as &[&str], &["--ledger", "sqlite:."]].concat()).await;
    assert!(refused.contains(". is a folder"), "{refused}");
}
