//! Runs transactions on a connection.

use std::thread;
use std::time::Duration;

use jiff::Timestamp;
use tokio::runtime;

use super::columns::get;
use super::failure::{Uncertain, unreachable};
use super::identity::{IDENTITY, Identity, check_server};
use super::lock;
use super::schema::{self, check_version};
use super::session::{Session, within};
use super::statements::{Claims, Statements};
use super::url::Server;
use crate::clock::Clock;
use crate::error::LedgerError;
use crate::records::MessageId;
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

/// How often the claims of a transaction are looked for whose answer was lost, and the pauses between.
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

    /// Runs a function, or rolls the transaction back if the function fails. Returns the claims that it has made.
    fn run(
        &mut self,
        begun: &Begun,
        is_restored: bool,
        run: &mut dyn FnMut(&mut dyn Tables) -> Result<()>,
    ) -> Result<Claims> {
        let session = self.session.as_mut().ok_or(LedgerError::Closed)?;
        let mut statements = Statements::new(session, begun.now);
        let mut done = run(&mut statements).and_then(|()| statements.flush());
        let claims = statements.claims;
        if is_restored && done.is_ok() {
            let Identity { system, timeline } = &begun.actual;
            let sql = "UPDATE zap_meta SET system_id = $1, timeline = $2";
            done = session.execute(sql, &[system, timeline]).map(drop);
        }
        done.inspect_err(|_| rollback(session)).map(|()| claims)
    }

    fn commit(&mut self) -> Result<()> {
        self.session.as_mut().ok_or(LedgerError::Closed)?.batch("COMMIT")
    }

    /// Returns whether claims are stored, after the answer to their commit was lost.
    fn has_claims(&mut self, claims: &Claims) -> bool {
        for _ in 0..OUTCOME_TRIES {
            match self.stored_claims(claims) {
                Ok(stored) => return stored == *claims,
                // The server is starting again.
                Err(LedgerError::Io(_) | LedgerError::Unreachable(_)) => thread::sleep(OUTCOME_PAUSE),
                Err(_) => return false,
            }
        }
        false
    }

    /// Returns those messages of claims that are being sent, as they are stored.
    ///
    /// The id of the transaction proves nothing: a server that recovers from a crash gives an id again that it did not
    /// flush, and then another transaction has it. The random token of a claim is in the database only if its own
    /// transaction has committed. The locks wait until that transaction has ended.
    fn stored_claims(&mut self, claims: &Claims) -> Result<Claims> {
        let begun = self.begin(Some(&Scope::Messages(claims.keys().copied().collect())))?;
        let session = self.session.as_mut().ok_or(LedgerError::Closed)?;
        let ids: Vec<_> = claims.keys().map(|id| id.0).collect();
        let sql = "SELECT id, attempt, token FROM zap_message WHERE id = ANY($1) AND state = 'sending'";
        let rows = begun.actual.check(&begun.stored).and_then(|()| session.query(sql, &[&ids]));
        rollback(session);
        rows?.iter().map(|row| Ok((MessageId(get(row, 0)?), (get(row, 1)?, get(row, 2)?)))).collect()
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
        let claims = self.run(&begun, is_restored, run)?;
        match self.commit() {
            // Messages that begin are sent if there is still time. Everything else can be done again.
            Err(_) if !claims.is_empty() && self.has_claims(&claims) => Ok(()),
            Err(LedgerError::Io(error)) => Err(LedgerError::Io(Box::new(Uncertain(error)))),
            ended => ended,
        }
    }

    fn read(&mut self, run: &mut dyn FnMut(&mut dyn Tables) -> Result<()>) -> Result<()> {
        let begun = self.begin(None)?;
        self.run(&begun, false, run)?;
        self.commit()
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
        return Ok(Begun { now, stored: nothing.clone(), actual: nothing });
    };
    let messages = lock::messages(scope);
    let [first, second] = lock::of(scope, &messages);
    let clock_sql = format!("SELECT clock_timestamp(), m.system_id, m.timeline, {IDENTITY}, m.version FROM zap_meta m");
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
    // Another program may have brought it up to date since this one connected.
    check_version(get(&row, 5)?)?;
    Ok(Begun {
        now: clock.manual_now().map_or_else(|| get(&row, 0), Ok)?,
        stored: Identity { system: get(&row, 1)?, timeline: get(&row, 2)? },
        actual: Identity { system: get(&row, 3)?, timeline: get(&row, 4)? },
    })
}

/// Rolls back, unless the connection is lost, which does it, too.
fn rollback(session: &mut Session) {
    if !session.is_lost() {
        // If this fails, the connection is lost.
        let _ = session.batch("ROLLBACK");
    }
}
