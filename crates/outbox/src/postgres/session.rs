//! A connection, and how long its answers are awaited.

use std::collections::HashMap;
use std::future::Future;
use std::time::Duration;

use tokio::runtime::Runtime;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Error, Row, Statement};

use super::failure::failed;
use crate::error::LedgerError;
use crate::tables::Result;

/// How long an answer is awaited. It is longer than the limits of the server, so that it ends the wait only if the
/// server is not there any more.
const ANSWER_WITHIN: Duration = Duration::from_secs(90);

/// A value of a statement.
pub(super) type Value<'a> = &'a (dyn ToSql + Sync);

/// A connection with its prepared statements. The ledger's thread waits for each answer.
pub(super) struct Session {
    runtime: Runtime,
    client: Client,
    statements: HashMap<String, Statement>,
    /// Whether the connection has failed, so that another one is needed.
    is_lost: bool,
}

impl Session {
    pub(super) fn new(runtime: Runtime, client: Client) -> Self {
        Self { runtime, client, statements: HashMap::new(), is_lost: false }
    }

    pub(super) fn is_lost(&self) -> bool {
        self.is_lost || self.client.is_closed()
    }

    /// Waits for an answer.
    pub(super) fn wait<T>(&mut self, ask: impl AsyncFnOnce(&Client) -> std::result::Result<T, Error>) -> Result<T> {
        let client = &self.client;
        match within(&self.runtime, ask(client)) {
            Some(Ok(value)) => Ok(value),
            Some(Err(error)) => {
                self.is_lost |= error.as_db_error().is_none();
                Err(failed(error))
            }
            None => {
                self.is_lost = true;
                Err(LedgerError::Io("the server does not answer".into()))
            }
        }
    }

    /// Runs statements without parameters and without results.
    pub(super) fn batch(&mut self, sql: &str) -> Result<()> {
        self.wait(async |client| client.batch_execute(sql).await)
    }

    /// Returns a prepared statement. Each is prepared once.
    pub(super) fn prepare(&mut self, sql: &str) -> Result<Statement> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.wait(async |client| client.prepare(sql).await)?;
        self.statements.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }

    pub(super) fn query(&mut self, sql: &str, values: &[Value<'_>]) -> Result<Vec<Row>> {
        let statement = self.prepare(sql)?;
        self.wait(async |client| client.query(&statement, values).await)
    }

    /// Returns how many rows changed.
    pub(super) fn execute(&mut self, sql: &str, values: &[Value<'_>]) -> Result<u64> {
        let statement = self.prepare(sql)?;
        self.wait(async |client| client.execute(&statement, values).await)
    }
}

/// Runs a future, and returns `None` if it takes too long.
pub(super) fn within<T>(runtime: &Runtime, future: impl Future<Output = T>) -> Option<T> {
    runtime.block_on(async { tokio::time::timeout(ANSWER_WITHIN, future).await.ok() })
}
