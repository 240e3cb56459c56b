//! How many rows a ledger reads.

use std::thread::sleep;
use std::time::{Duration, Instant};

use zap_outbox::{Content, Ledger, NewCampaign};
use zap_postgres_server::{Options, Server};

use super::started;
use crate::contract::fixture::time;

const MESSAGES: i64 = 30_000;

#[tokio::test]
async fn work_on_messages_reads_few_rows_whatever_the_statistics_say() {
    // Another transaction of a shared server would keep dead rows.
    let Some(server) = Server::start(&Options::default()) else { return };
    let schema = server.new_schema();
    let ledger = Ledger::open(&server.url(&schema)).await.unwrap();
    let account = ledger.open_account("EscalaZap", None).await.unwrap();
    started(&ledger, account).await;
    let plan = NewCampaign::bulk("cancelled", Content::text("Olá!").unwrap(), time("2099-01-01T00:00Z"));
    ledger.create_campaign(account, plan).await.unwrap();
    let table = Table { server: &server, schema: &schema };
    server.psql(&format!(
        "SET search_path TO {schema};
         UPDATE zap_campaign SET state = 'cancelled' WHERE name = 'cancelled';
         ALTER TABLE zap_message SET (autovacuum_enabled = false);
         INSERT INTO zap_message (campaign, once_key, number, recipient_key, params, zone, not_before, expires_at,
         state, attempt, token, returns) SELECT campaign, key, '+5511900000001', key, '{{}}', zone, not_before,
         expires_at, state, 0, 0, 0 FROM zap_message,
         LATERAL (SELECT n::text AS key FROM generate_series(1, {MESSAGES}) n) k WHERE id = 1"
    ));
    // Without statistics; with them; and with those of the import when most messages are sent.
    for change in ["", "ANALYZE", "VACUUM"] {
        if change == "VACUUM" {
            table.update("SET state = 'done', evidence = 'answer' WHERE state = 'ready'");
        }
        if !change.is_empty() {
            server.psql(&format!("{change} {schema}.zap_message"));
        }
        table.update(
            "SET state = 'sending', attempt = 1, decide_at = now() - interval '1 minute'
             WHERE id IN (SELECT id FROM zap_message WHERE state <> 'sending' ORDER BY id DESC LIMIT 5)",
        );
        let before = table.counters();
        let worker = Ledger::open(&server.url(&schema)).await.unwrap();
        worker.resume_account(account, "Ana").await.unwrap();
        worker.begin(account, 10).await.unwrap();
        assert_eq!(worker.sweep().await.unwrap().unknown, 5);
        worker.begin(account, 10).await.unwrap();
        drop(worker);
        let after = table.at_least(before.updated + 5);
        let read = after.read - before.read;
        assert!((5..1_000).contains(&read), "{read} rows were read after `{change}`");
    }
}

/// The table of messages.
struct Table<'a> {
    server: &'a Server,
    schema: &'a str,
}

/// What Postgres has counted.
struct Counters {
    updated: i64,
    /// Rows of the table and entries of its indexes.
    read: i64,
}

impl Table<'_> {
    /// Changes rows, and waits until Postgres has counted them.
    fn update(&self, change: &str) {
        let before = self.counters().updated;
        let sql = "WITH changed AS (UPDATE zap_message";
        let sql =
            format!("SET search_path TO {}; {sql} {change} RETURNING 1) SELECT count(*) FROM changed", self.schema);
        let changed: i64 = self.server.psql(&sql).parse().unwrap();
        assert!(changed > 0, "{change}");
        self.at_least(before + changed);
    }

    /// Returns the counters when at least this many updates are counted, which is when a connection ends.
    fn at_least(&self, updated: i64) -> Counters {
        let start = Instant::now();
        loop {
            let counters = self.counters();
            if counters.updated >= updated {
                return counters;
            }
            assert!(start.elapsed() < Duration::from_secs(60), "{} updates and not {updated}", counters.updated);
            sleep(Duration::from_millis(20));
        }
    }

    fn counters(&self) -> Counters {
        let of = format!("schemaname = '{}' AND relname = 'zap_message'", self.schema);
        let sql = format!(
            "SELECT n_tup_upd, seq_tup_read + (SELECT sum(idx_tup_read) FROM pg_stat_user_indexes WHERE {of})
             FROM pg_stat_user_tables WHERE {of}"
        );
        let row = self.server.psql(&sql);
        let (updated, read) = row.split_once('|').expect("there are two columns");
        Counters { updated: updated.parse().unwrap(), read: read.parse().unwrap() }
    }
}
