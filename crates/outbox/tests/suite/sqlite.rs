//! Errors of the ledger's file: another program's file, a lost file, a full disk.

use std::fs;

use zap_outbox::model::{MessageState, Verdict};
use zap_outbox::sqlite::enqueue;
use zap_outbox::sqlite::rusqlite::Connection;
use zap_outbox::{Content, Finish, Ledger, LedgerError, NewCampaign, NewMessage};

use crate::contract::fixture::{Folder, number, time};

async fn refused(folder: &Folder) -> LedgerError {
    Ledger::open(&folder.url()).await.map(|_| ()).expect_err("it is refused")
}

fn plan() -> NewCampaign {
    NewCampaign::bulk("campaign", Content::text("Olá!").unwrap(), time("2099-01-01T00:00Z"))
}

/// Starts a campaign to three recipients.
async fn started(ledger: &Ledger) -> (zap_outbox::AccountId, zap_outbox::CampaignId) {
    let account = ledger.open_account("EscalaZap", None).await.unwrap();
    let campaign = ledger.create_campaign(account, plan()).await.unwrap().id;
    ledger.import_batch(campaign, (0..3).map(|at| NewMessage::new(number(at))).collect()).await.unwrap();
    ledger.complete_import(campaign).await.unwrap();
    ledger.start_campaign(campaign, 3, "Ana").await.unwrap();
    (account, campaign)
}

#[tokio::test]
async fn a_ledger_survives_its_process_and_is_shared_by_several() {
    let folder = Folder::new();
    let first = Ledger::open(&folder.url()).await.unwrap();
    let (account, campaign) = started(&first).await;
    let claim = first.begin(account, 1).await.unwrap().claims.remove(0);
    let second = Ledger::open(&folder.url()).await.unwrap();
    assert_eq!(second.begin(account, 5).await.unwrap().claims.len(), 2);
    drop(first);
    assert_eq!(second.open_account("EscalaZap", None).await.unwrap(), account);
    let states = second.finish(vec![Finish::of(&claim, Verdict::Done)]).await.unwrap();
    assert_eq!(states, [Ok(MessageState::Done)]);
    assert_eq!(*second.campaign(campaign).await.unwrap().plan, plan());
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_can_read_it() {
    use std::os::unix::fs::PermissionsExt;

    let folder = Folder::new();
    let ledger = Ledger::open(&folder.url()).await.unwrap();
    started(&ledger).await;
    let mut files = 0;
    for entry in fs::read_dir(folder.path()).unwrap() {
        let entry = entry.unwrap();
        assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{:?}", entry.path());
        files += 1;
    }
    assert_eq!(files, 3, "the database, its journal and its index");
}

#[tokio::test]
async fn a_file_of_another_program_is_refused_and_unchanged() {
    let folder = Folder::new();
    let other = Connection::open(folder.file()).unwrap();
    other.execute_batch("CREATE TABLE songs (name TEXT)").unwrap();
    drop(other);
    let before = fs::read(folder.file()).unwrap();
    let error = refused(&folder).await;
    let file = folder.file().display().to_string();
    assert_eq!(error.to_string(), format!("{file} is the database of another application: choose another file"));
    assert_eq!(fs::read(folder.file()).unwrap(), before);

    fs::write(folder.file(), "number,name\n").unwrap();
    let error = refused(&folder).await;
    assert_eq!(error.to_string(), format!("{file} is not a SQLite database: choose another file"));
    assert_eq!(fs::read_to_string(folder.file()).unwrap(), "number,name\n");
}

#[tokio::test]
async fn a_newer_ledger_is_refused() {
    let folder = Folder::new();
    let ledger = Ledger::open(&folder.url()).await.unwrap();
    ledger.open_account("WaziMe", None).await.unwrap();
    let connection = Connection::open(folder.file()).unwrap();
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    connection.pragma_update(None, "user_version", version + 1).unwrap();
    let error = refused(&folder).await;
    assert!(
        matches!(error, LedgerError::Newer { found, known } if found == version + 1 && known == version),
        "{error}"
    );
    // A program that has opened it before notices it, too.
    let error = ledger.open_account("EscalaZap", None).await.unwrap_err();
    assert!(matches!(error, LedgerError::Newer { .. }), "{error}");
}

#[tokio::test]
async fn a_ledger_of_an_older_version_is_brought_up_to_date() {
    let folder = Folder::new();
    let connection = Connection::open(folder.file()).unwrap();
    connection.execute_batch(include_str!("../../src/sqlite/schema/1.sql")).unwrap();
    connection.pragma_update(None, "application_id", 0x7a61_706f).unwrap();
    connection.pragma_update(None, "user_version", 1).unwrap();
    connection
        .execute_batch(
            "INSERT INTO zap_account VALUES (1, 'EscalaZap', 0, 1, 0, 0, NULL, NULL, 0, 0, 0);
             INSERT INTO zap_campaign VALUES (1, 1, 'c', 'bulk', 0, '{\"kind\":\"text\",\"text\":[\"Olá!\"]}',
                 'Mon-Sun 00:00-24:00', 4000000000000000, 'running', NULL, NULL, 1, 4000000000000000);
             INSERT INTO zap_message (campaign, once_key, number, recipient_key, params, zone, state, attempt, token,
                 returns, not_before, expires_at, settled_at, evidence) VALUES
                 (1, '1', '+5511900000001', '1', '{}', 'UTC', 'ready', 0, 0, 0, 0, 4000000000000000, NULL, NULL),
                 (1, '2', '+5511900000002', '2', '{}', 'UTC', 'ready', 0, 0, 0, 0, 4000000000000000, NULL, NULL),
                 (1, '3', '+5511900000003', '3', '{}', 'UTC', 'done', 1, 5, 0, 0, 4000000000000000, 7, 'answer');",
        )
        .unwrap();
    drop(connection);
    let ledger = Ledger::open(&folder.url()).await.unwrap();
    let states = |counts: Vec<zap_outbox::Count>| counts.into_iter().map(|count| (count.state, count.messages));
    let campaign = zap_outbox::CampaignId(1);
    let counts: Vec<_> = states(ledger.counts(campaign).await.unwrap()).collect();
    assert_eq!(counts, [(MessageState::Ready, 2), (MessageState::Done, 1)]);
    assert_eq!(ledger.begin(zap_outbox::AccountId(1), 1).await.unwrap().claims.len(), 1);
    let counts: Vec<_> = states(ledger.counts(campaign).await.unwrap()).collect();
    assert_eq!(counts, [(MessageState::Ready, 1), (MessageState::Sending, 1), (MessageState::Done, 1)]);
}

#[tokio::test]
async fn a_path_that_cannot_be_a_file_is_named() {
    let folder = Folder::new();
    let missing = format!("sqlite:{}", folder.path().join("missing/ledger.db").display());
    let error = Ledger::open(&missing).await.unwrap_err().to_string();
    assert!(error.starts_with("the folder of ") && error.contains("missing/ledger.db does not exist"), "{error}");
    let error = Ledger::open(&format!("sqlite:{}", folder.path().display())).await.unwrap_err().to_string();
    assert!(error.contains("is a folder"), "{error}");
    let error = Ledger::open("mysql://user:a-password@localhost/db").await.unwrap_err().to_string();
    assert_eq!(
        error,
        "`mysql:` is not a ledger that this program supports: use `sqlite:PATH` or `postgres://USER@HOST/DATABASE`"
    );
    assert!(Ledger::open("sqlite:").await.is_err());
}

#[cfg(unix)]
#[tokio::test]
async fn a_ledger_that_was_replaced_is_not_written() {
    let folder = Folder::new();
    let ledger = Ledger::open(&folder.url()).await.unwrap();
    let (account, _) = started(&ledger).await;
    fs::rename(folder.file(), folder.path().join("old.db")).unwrap();
    let error = ledger.begin(account, 1).await.unwrap_err();
    assert!(error.to_string().contains("was replaced while it was in use"), "{error}");
    fs::rename(folder.path().join("old.db"), folder.file()).unwrap();
    assert_eq!(ledger.begin(account, 5).await.unwrap().claims.len(), 3, "nothing had begun");
}

#[tokio::test]
async fn a_value_that_nobody_wrote_is_an_error() {
    let folder = Folder::new();
    let ledger = Ledger::open(&folder.url()).await.unwrap();
    let (account, _) = started(&ledger).await;
    let other = Connection::open(folder.file()).unwrap();
    other.execute("UPDATE zap_message SET number = '+55 no number' WHERE id = 2", []).unwrap();
    let error = ledger.begin(account, 5).await.unwrap_err();
    assert!(matches!(error, LedgerError::Corrupt(_)), "{error}");
    other.execute("UPDATE zap_message SET state = 'skipped' WHERE id = 2", []).unwrap();
    assert_eq!(ledger.begin(account, 5).await.unwrap().claims.len(), 2, "nothing had begun");
}

#[tokio::test]
async fn a_message_is_enqueued_with_the_users_own_transaction() {
    let folder = Folder::new();
    let ledger = Ledger::open(&folder.url()).await.unwrap();
    let account = ledger.open_account("EscalaZap", None).await.unwrap();
    let stream = NewCampaign::stream("receipts", Content::text("Pedido {pedido}").unwrap());
    ledger.create_campaign(account, stream).await.unwrap();
    let mut shop = Connection::open(folder.file()).unwrap();
    shop.execute_batch("CREATE TABLE orders (id INTEGER PRIMARY KEY)").unwrap();
    let receipt = |order: &str| NewMessage::new(number(1)).with_param("pedido", order);

    let transaction = shop.transaction().unwrap();
    transaction.execute("INSERT INTO orders VALUES (1)", []).unwrap();
    assert!(enqueue(&transaction, "EscalaZap", "receipts", "order-1", &receipt("1")).unwrap().is_new);
    drop(transaction);
    assert_eq!(ledger.begin(account, 5).await.unwrap().claims.len(), 0, "the order was not placed");

    let transaction = shop.transaction().unwrap();
    transaction.execute("INSERT INTO orders VALUES (1)", []).unwrap();
    let enqueued = enqueue(&transaction, "EscalaZap", "receipts", "order-1", &receipt("1")).unwrap();
    assert!(!enqueue(&transaction, "EscalaZap", "receipts", "order-1", &receipt("1")).unwrap().is_new);
    let error = enqueue(&transaction, "EscalaZap", "receipts", "order-1", &receipt("2")).unwrap_err();
    assert!(matches!(error, LedgerError::KeyTaken(_)), "{error}");
    let error = enqueue(&transaction, "EscalaZap", "reminders", "order-1", &receipt("1")).unwrap_err();
    assert_eq!(error.to_string(), "there is no stream `reminders` in this ledger");
    transaction.commit().unwrap();
    let claims = ledger.begin(account, 5).await.unwrap().claims;
    assert_eq!((claims.len(), claims[0].message), (1, enqueued.message));
    // The tables of the shop do not make it the ledger of another application.
    drop(ledger);
    Ledger::open(&folder.url()).await.unwrap();
}

#[tokio::test]
async fn processes_that_create_the_same_ledger_share_it() {
    // Several times, because they must meet at a certain moment.
    for _ in 0..20 {
        let folder = Folder::new();
        let mut opening = tokio::task::JoinSet::new();
        for _ in 0..8 {
            let url = folder.url();
            opening
                .spawn(async move { Ledger::open(&url).await.unwrap().open_account("EscalaZap", None).await.unwrap() });
        }
        let accounts = opening.join_all().await;
        assert!(accounts.iter().all(|account| *account == accounts[0]), "{accounts:?}");
    }
}

#[tokio::test]
async fn the_indexes_are_used() {
    let folder = Folder::new();
    let ledger = Ledger::open(&folder.url()).await.unwrap();
    started(&ledger).await;
    let connection = Connection::open(folder.file()).unwrap();
    let explain = |sql: &str| {
        let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let rows = statement.query_map([], |row| row.get::<_, String>(3)).unwrap();
        rows.collect::<Result<Vec<_>, _>>().unwrap().join("; ")
    };
    // As in `statements.rs`.
    let due = explain(
        "SELECT m.number FROM zap_message m WHERE campaign = 1 AND zone = 'UTC' AND state = 'ready' AND not_before <= 1 \
         AND NOT EXISTS (SELECT 1 FROM zap_message s WHERE s.state = 'sending' AND s.recipient_key = m.recipient_key) \
         ORDER BY not_before, id LIMIT 10",
    );
    assert!(due.contains("zap_message_ready (campaign=? AND zone=? AND not_before<?)"), "{due}");
    assert!(due.contains("zap_message_recipient (recipient_key=?)"), "{due}");
    assert!(!due.contains("TEMP B-TREE"), "{due}");
    let overdue = explain(
        "SELECT number FROM zap_message m INDEXED BY zap_message_overdue WHERE state = 'sending' AND decide_at <= 1 \
         ORDER BY decide_at",
    );
    assert!(overdue.contains("zap_message_overdue (decide_at<?)"), "{overdue}");
    let attempts = explain(
        "SELECT number FROM zap_message m WHERE decide_at BETWEEN 1 AND 2 AND state = 'done' \
         AND evidence = 'answer' AND (SELECT account FROM zap_campaign WHERE id = m.campaign) = 1 \
         ORDER BY decide_at DESC LIMIT 3",
    );
    assert!(attempts.contains("zap_message_attempt (decide_at>? AND decide_at<?)"), "{attempts}");
    assert!(!attempts.contains("TEMP B-TREE"), "{attempts}");
    let unanswered = explain(
        "SELECT number FROM zap_message m WHERE recipient_key = 'a' \
         AND (evidence = 'no_answer' OR evidence = 'overdue' OR evidence = 'late_answer' OR evidence = 'look') \
         AND (SELECT account FROM zap_campaign WHERE id = m.campaign) = 1",
    );
    assert!(unanswered.contains("zap_message_unanswered (recipient_key=?)"), "{unanswered}");
    let zones =
        explain("SELECT zone FROM zap_message WHERE campaign = 1 AND state = 'ready' AND zone > '' ORDER BY zone");
    assert!(zones.contains("COVERING INDEX zap_message_ready (campaign=? AND zone>?)"), "{zones}");
    let page = explain("SELECT number FROM zap_message m WHERE +campaign = 1 AND id > 5 ORDER BY id LIMIT 3");
    assert!(page.contains("INTEGER PRIMARY KEY (rowid>?)") && !page.contains("TEMP B-TREE"), "{page}");
    let not_done = explain(
        "SELECT number FROM zap_message m WHERE +campaign = 1 AND state = 'not_done' AND id > 5 ORDER BY id LIMIT 3",
    );
    assert!(not_done.contains("INTEGER PRIMARY KEY (rowid>?)") && !not_done.contains("TEMP B-TREE"), "{not_done}");
    let notes = explain("SELECT note FROM zap_event WHERE message >= 1 AND message <= 5 ORDER BY id");
    assert!(notes.contains("zap_event_message (message>? AND message<?)"), "{notes}");
    let sending = explain("SELECT 1 FROM zap_message WHERE +campaign = 1 AND state = 'sending' LIMIT 1");
    assert!(sending.contains("INDEX zap_message_overdue") || sending.contains("zap_message_recipient"), "{sending}");
    let cancelled = explain(
        "SELECT m.number FROM zap_campaign c CROSS JOIN zap_message m ON m.campaign = c.id \
         WHERE c.state = 'cancelled' AND m.state = 'ready' LIMIT 5",
    );
    assert!(cancelled.contains("zap_message_ready (campaign=?)"), "{cancelled}");
}

#[tokio::test]
async fn a_change_of_a_message_needs_no_temporary_table() {
    let folder = Folder::new();
    drop(Ledger::open(&folder.url()).await.unwrap());
    let connection = Connection::open(folder.file()).unwrap();
    // SQLite decides for each partial index whether the row is in it, before and after the change.
    let change = "UPDATE zap_message SET state = 'done', not_before = 1, decide_at = 2, evidence = 'answer'";
    let mut statement = connection.prepare(&format!("EXPLAIN {change}")).unwrap();
    let steps = statement.query_map([], |row| row.get::<_, String>("opcode")).unwrap();
    let steps = steps.collect::<Result<Vec<_>, _>>().unwrap();
    assert!(steps.iter().any(|step| step == "IdxInsert"), "{steps:?}");
    assert!(!steps.iter().any(|step| step == "OpenEphemeral"), "{steps:?}");
}
