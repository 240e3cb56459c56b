//! The ledgers that workers share while they crash.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use zap_outbox::sqlite::rusqlite::Connection;
use zap_outbox::{Clock, Ledger};
use zap_postgres_server::{Options, Server};

use crate::contract::fixture::Folder;

/// A ledger that several processes can open.
pub(crate) enum Store {
    Sqlite(Folder),
    Postgres { server: Arc<Server>, schema: String, url: String },
}

impl Store {
    pub(crate) fn sqlite() -> Self {
        Self::Sqlite(Folder::new())
    }

    /// Returns a ledger on a server that these tests share. It is not the server of the other tests, which would be
    /// slow at the same time.
    pub(crate) fn postgres() -> Self {
        Self::on(Arc::clone(shared().expect("the test has asked for Postgres")))
    }

    /// Returns a new ledger on a server.
    pub(crate) fn on(server: Arc<Server>) -> Self {
        let schema = server.new_schema();
        Self::Postgres { url: server.url(&schema), schema, server }
    }

    /// Returns whether Postgres is installed. Otherwise it says that a test is skipped, and fails in CI.
    pub(crate) fn has_postgres() -> bool {
        shared().is_some()
    }

    pub(crate) fn url(&self) -> String {
        match self {
            Self::Sqlite(folder) => folder.url(),
            Self::Postgres { url, .. } => url.clone(),
        }
    }

    pub(crate) async fn open(&self) -> Ledger {
        self.open_at(Clock::system()).await
    }

    pub(crate) async fn open_at(&self, clock: Clock) -> Ledger {
        Ledger::open_with_clock(&self.url(), clock).await.expect("the ledger is opened")
    }

    /// Runs statements of which the library knows nothing.
    pub(crate) fn execute(&self, sql: &str) {
        match self {
            Self::Sqlite(folder) => {
                connection(folder).execute_batch(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
            }
            Self::Postgres { server, schema, .. } => {
                server.psql(&format!("SET search_path TO {schema}; {sql}"));
            }
        }
    }

    /// Returns how many messages are ready. The library's own counts do not know what [`execute`](Self::execute) changed.
    pub(crate) fn ready(&self) -> i64 {
        self.number("SELECT count(*) FROM zap_message WHERE state = 'ready'")
    }

    /// Returns the number that a query finds.
    pub(crate) fn number(&self, sql: &str) -> i64 {
        match self {
            Self::Sqlite(folder) => {
                let ready = connection(folder).query_row(sql, [], |row| row.get(0));
                ready.unwrap_or_else(|error| panic!("{sql}: {error}"))
            }
            Self::Postgres { server, schema, .. } => {
                server.psql(&format!("SET search_path TO {schema}; {sql}")).parse().expect("it is a number")
            }
        }
    }

    /// Makes due whatever waits, and ends pauses of the account, so that faults do not make a test slow.
    pub(crate) fn hurry(&self) {
        let long_ago = match self {
            Self::Sqlite(_) => "0",
            Self::Postgres { .. } => "to_timestamp(0)",
        };
        self.execute(&format!(
            "UPDATE zap_account SET hold_until = {long_ago}, paused = NULL, paused_why = NULL, is_trial = FALSE,
             unknowns = 0, failures = 0 WHERE hold_until > {long_ago} OR paused IS NOT NULL OR unknowns > 0;
             UPDATE zap_message SET not_before = {long_ago} WHERE state = 'ready' AND not_before > {long_ago}"
        ));
    }
}

fn shared() -> Option<&'static Arc<Server>> {
    static SHARED: OnceLock<Option<Arc<Server>>> = OnceLock::new();
    SHARED.get_or_init(|| Server::start(&Options::default()).map(Arc::new)).as_ref()
}

fn connection(folder: &Folder) -> Connection {
    let connection = Connection::open(folder.file()).expect("the file is opened");
    connection.busy_timeout(Duration::from_secs(60)).expect("it can be set");
    connection
}
