//! Runs transactions on a connection.

use std::thread;
use std::time::Duration;

use jiff::Timestamp;
use tokio::runtime;

use super::columns::get;
use super::failure::unreachable;
use super::identity::{IDENTITY, Identity, check_server};
use super::lock;
use super::schema;
use super::session::{Session, within};
use super::statements::Statements;
use super::url::Server;
use crate::clock::Clock;
use crate::error::LedgerError;
use crate::tables::{Database, Result, Scope, Tables};

/// The settings of each transaction. They belong to the transaction and not to the connection, so that they also hold
/// behind a connection pooler.
///
/// A program that stands still within a transaction loses its locks after `idle_in_transaction_session_timeout`, which
/// is shorter than others wait for them.
const SETTINGS: &str = "SET LOCAL lock_timeout TO '20s'; SET LOCAL statement_timeout TO '60s'; \
                        SET LOCAL idle_in_transaction_session_timeout TO '10s'";

/// More of them for transactions that write.
///
/// All their statements find few rows by an index. The planner cannot know that before the statistics of a new list are
/// there. Where there is no index, it takes the plan for very expensive, and would compile it each time.
const WRITE_SETTINGS: &str = "SET LOCAL synchronous_commit TO on; SET LOCAL jit TO off; \
                              SET LOCAL enable_seqscan TO off; \
                              SET LOCAL enable_bitmapscan TO off; SET LOCAL enable_hashjoin TO off; \
                              SET LOCAL enable_mergejoin TO off";

/// How often the outcome of a transaction is asked for whose answer was lost, and the pauses between.
const OUTCOME_TRIES: u32 = 20;
const OUTCOME_PAUSE: Duration = Duration::from_millis(100);

pub(crate) struct PostgresDatabase {
    server: Server,
    clock: Clock,
    session: Option<Session>,
    /// The quoted name of the schema that has the tables.
    schema: String,
}

/// What is known of a transaction when it begins.
struct Begun {
    /// After the locks were taken.
    now: Timestamp,
    /// Its id, by which its outcome can be asked for.
    id: String,
    stored: Identity,
    actual: Identity,
}

impl PostgresDatabase {
    /// Connects, and creates the tables if there are none.
    pub(super) fn open(server: Server, clock: Clock) -> Result<Self> {
        let mut database = Self { server, clock, session: None, schema: String::new() };
        database.connected()?;
        Ok(database)
    }

    /// Returns the connection. Makes another one if it was lost.
    fn connected(&mut self) -> Result<&mut Session> {
        self.session.take_if(|session| session.is_lost());
        let session = match self.session.take() {
            Some(session) => session,
            None => self.connect()?,
        };
        Ok(self.session.insert(session))
    }

    fn connect(&mut self) -> Result<Session> {
        let runtime = runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| LedgerError::Io(Box::new(error)))?;
        let Server { config, tls, name } = &self.server;
        let silent = || LedgerError::Unreachable(format!("{name}: it does not answer"));
        let connected = within(&runtime, config.connect(tls.clone())).ok_or_else(silent)?;
        let (client, connection) = connected.map_err(|error| unreachable(name, &error))?;
        runtime.spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "the connection to Postgres was lost");
            }
        });
        let mut session = Session::new(runtime, client);
        let schema = check_server(&mut session)?;
        if !self.schema.is_empty() && schema != self.schema {
            let why = format!("the current schema is {schema} and was {}: set `search_path` in the URL", self.schema);
            return Err(LedgerError::Server(why));
        }
        schema::migrate(&mut session, &schema)?;
        self.schema = schema;
        Ok(session)
    }

    /// Begins a transaction, tries another connection if the last one was lost in the meantime, and takes the locks.
    fn begin(&mut self, scope: Option<&Scope>) -> Result<Begun> {
        let mut is_first = self.session.is_some();
        loop {
            self.connected()?;
            let Self { session: Some(session), clock, schema, .. } = self else { return Err(LedgerError::Closed) };
            match begin(session, clock, schema, scope) {
                Err(_) if session.is_lost() && is_first => is_first = false,
                Err(error) => {
                    rollback(session);
                    return Err(error);
                }
                begun => return begun,
            }
        }
    }

    /// Runs a function and ends the transaction, or rolls it back if the function fails.
    fn run(
        &mut self,
        begun: &Begun,
        is_restored: bool,
        run: &mut dyn FnMut(&mut dyn Tables) -> Result<()>,
    ) -> Result<()> {
        let Some(session) = &mut self.session else { return Err(LedgerError::Closed) };
        let mut statements = Statements::new(session, begun.now);
        let mut done = run(&mut statements).and_then(|()| statements.flush());
        if is_restored && done.is_ok() {
            let Identity { system, timeline } = &begun.actual;
            let sql = "UPDATE zap_meta SET system_id = $1, timeline = $2";
            done = session.execute(sql, &[system, timeline]).map(drop);
        }
        if let Err(error) = done {
            rollback(session);
            return Err(error);
        }
        session.batch("COMMIT")
    }

    /// Returns whether a transaction has committed whose answer was lost. It is known for ever by its id.
    fn has_committed(&mut self, id: &str) -> Option<bool> {
        for _ in 0..OUTCOME_TRIES {
            let asked = self.connected().and_then(|session| {
                let rows = session.query("SELECT pg_xact_status($1::text::xid8)", &[&id])?;
                rows.first().map_or(Ok(None), |row| get::<Option<String>>(row, 0))
            });
            match asked.as_ref().map(Option::as_deref) {
                Ok(Some("committed")) => return Some(true),
                Ok(Some("aborted")) => return Some(false),
                // It may still be committing, or the server is starting again.
                Ok(Some(_)) | Err(LedgerError::Io(_) | LedgerError::Unreachable(_)) => thread::sleep(OUTCOME_PAUSE),
                Ok(None) | Err(_) => return None,
            }
        }
        None
    }
}

impl Database for PostgresDatabase {
    fn write(&mut self, scope: &Scope, run: &mut dyn FnMut(&mut dyn Tables) -> Result<()>) -> Result<()> {
        let begun = self.begin(Some(scope))?;
        let is_restored = matches!(scope, Scope::Restored);
        if let Err(error) = begun.actual.check(&begun.stored)
            && !is_restored
        {
            self.session.as_mut().map(rollback);
            return Err(error);
        }
        let mut is_complete = false;
        let mut once = |tables: &mut dyn Tables| {
            run(tables)?;
            is_complete = true;
            Ok(())
        };
        match self.run(&begun, is_restored, &mut once) {
            // The answer to the commit was lost. If it took effect, so did the transaction: messages that begin are
            // sent if there is still time, and results are recorded.
            Err(_) if is_complete && self.has_committed(&begun.id) == Some(true) => Ok(()),
            ended => ended,
        }
    }

    fn read(&mut self, run: &mut dyn FnMut(&mut dyn Tables) -> Result<()>) -> Result<()> {
        let begun = self.begin(None)?;
        self.run(&begun, false, run)
    }
}

/// Begins a transaction, takes its locks, and then reads the clock, in one exchange with the server.
fn begin(session: &mut Session, clock: &Clock, schema: &str, scope: Option<&Scope>) -> Result<Begun> {
    let path = format!("SET LOCAL search_path TO {schema}, pg_temp");
    let Some(scope) = scope else {
        session.batch(&format!("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; {path}; {SETTINGS}"))?;
        let row = &session.query("SELECT clock_timestamp()", &[])?[0];
        let now = clock.manual_now().map_or_else(|| get(row, 0), Ok)?;
        let nothing = Identity { system: String::new(), timeline: 0 };
        return Ok(Begun { now, id: String::new(), stored: nothing.clone(), actual: nothing });
    };
    let messages = lock::messages(scope);
    let [first, second] = lock::of(scope, &messages);
    let clock_sql = format!(
        "SELECT clock_timestamp(), pg_current_xact_id()::text, m.system_id, m.timeline, {IDENTITY} FROM zap_meta m"
    );
    // Prepared before, so that nothing is between the statements.
    let mut prepared = |(sql, value)| session.prepare(sql).map(|statement| (statement, value));
    let first = first.map(&mut prepared).transpose()?;
    let second = second.map(prepared).transpose()?;
    let clock_statement = session.prepare(&clock_sql)?;
    let settings = format!("BEGIN ISOLATION LEVEL READ COMMITTED; {path}; {SETTINGS}; {WRITE_SETTINGS}");
    let row = session.wait(async |client| {
        let lock = async |lock| match lock {
            Some((statement, value)) => client.query(&statement, &[value]).await.map(drop),
            None => Ok(()),
        };
        // All are sent before the first answer arrives, and the server runs one after the other.
        let (begun, first, second, row) = tokio::join!(
            biased;
            client.batch_execute(&settings),
            lock(first),
            lock(second),
            client.query_one(&clock_statement, &[])
        );
        begun.and(first).and(second)?;
        row
    })?;
    Ok(Begun {
        now: clock.manual_now().map_or_else(|| get(&row, 0), Ok)?,
        id: get(&row, 1)?,
        stored: Identity { system: get(&row, 2)?, timeline: get(&row, 3)? },
        actual: Identity { system: get(&row, 4)?, timeline: get(&row, 5)? },
    })
}

/// Rolls back, unless the connection is lost, which does it, too.
fn rollback(session: &mut Session) {
    if !session.is_lost() {
        // If this fails, the connection is lost.
        let _ = session.batch("ROLLBACK");
    }
}
