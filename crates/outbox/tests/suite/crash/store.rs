//! The ledgers that workers share while they crash.

use std::time::Duration;

use zap_outbox::sqlite::rusqlite::Connection;
use zap_outbox::{Clock, Ledger};

use crate::contract::fixture::Folder;

/// A ledger that several processes can open.
pub(crate) enum Store {
    Sqlite(Folder),
}

impl Store {
    pub(crate) fn sqlite() -> Self {
        Self::Sqlite(Folder::new())
    }

    pub(crate) fn url(&self) -> String {
        match self {
            Self::Sqlite(folder) => folder.url(),
        }
    }

    pub(crate) async fn open(&self) -> Ledger {
        self.open_at(Clock::system()).await
    }

    pub(crate) async fn open_at(&self, clock: Clock) -> Ledger {
        Ledger::open_with_clock(&self.url(), clock).await.expect("the ledger is opened")
    }

    /// Runs a statement of which the library knows nothing, and returns how many rows it changed.
    pub(crate) fn execute(&self, sql: &str) -> usize {
        match self {
            Self::Sqlite(folder) => {
                let connection = Connection::open(folder.file()).expect("the file is opened");
                connection.busy_timeout(Duration::from_secs(60)).expect("it can be set");
                connection.execute(sql, []).unwrap_or_else(|error| panic!("{sql}: {error}"))
            }
        }
    }

    /// Returns how many messages are ready. The library's own counts do not know what [`execute`](Self::execute) changed.
    pub(crate) fn ready(&self) -> i64 {
        let sql = "SELECT count(*) FROM zap_message WHERE state = 'ready'";
        match self {
            Self::Sqlite(folder) => {
                let connection = Connection::open(folder.file()).expect("the file is opened");
                connection.busy_timeout(Duration::from_secs(60)).expect("it can be set");
                connection.query_row(sql, [], |row| row.get(0)).unwrap_or_else(|error| panic!("{sql}: {error}"))
            }
        }
    }

    /// Makes due whatever waits, and ends pauses of the account, so that faults do not make a test slow.
    pub(crate) fn hurry(&self) {
        self.execute(
            "UPDATE zap_account SET hold_until = 0, paused = NULL, paused_why = NULL, is_trial = FALSE, unknowns = 0,
             failures = 0 WHERE hold_until > 0 OR paused IS NOT NULL OR unknowns > 0",
        );
        self.execute("UPDATE zap_message SET not_before = 0 WHERE state = 'ready' AND not_before > 0");
    }
}
