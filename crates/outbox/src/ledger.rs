//! The handle of a ledger: a thread that owns the database, and one method for each transaction.

mod accounts;
mod campaigns;
mod messages;

use std::fmt;
use std::sync::{Arc, mpsc};
use std::thread;

use tokio::sync::oneshot;

use crate::clock::Clock;
use crate::counters::{Counters, Tally};
use crate::error::LedgerError;
use crate::memory::MemoryDatabase;
use crate::tables::{Database, Scope, Tables};

type Result<T> = std::result::Result<T, LedgerError>;
type Job = Box<dyn FnOnce(&mut dyn Database) + Send>;

/// A database of accounts, campaigns and messages, which records for each message whether it was sent.
///
/// Clones share the database. Each method is one transaction, which is durable when the method returns. A thread of its
/// own uses the database, so that no method blocks the runtime.
///
/// # Cancellation
///
/// Dropping a future does not stop its transaction. If you drop the result of [`begin`](Self::begin), its messages
/// become unknown.
#[derive(Clone)]
pub struct Ledger {
    jobs: mpsc::Sender<Job>,
    clock: Clock,
    name: Arc<str>,
    tally: Arc<Tally>,
    /// Whether the ledger's clock is that of this machine.
    has_local_clock: bool,
}

impl Ledger {
    /// Creates a ledger in memory, for tests. Nothing survives the process.
    #[must_use]
    pub fn in_memory(clock: Clock) -> Self {
        let database = MemoryDatabase::new(clock.clone());
        Self::start(clock, "memory".into(), move || Ok(database)).0
    }

    /// Opens the ledger at a URL such as `sqlite:PATH`, and creates it if there is none.
    ///
    /// # Errors
    ///
    /// Returns an error if the URL is not supported, or if the file is not safe to use: it is the database of another
    /// application or of a newer version, it cannot be written, another program has locked it, or its writes are not
    /// durable. Then the file is unchanged.
    pub async fn open(url: &str) -> Result<Self> {
        Self::open_with_clock(url, Clock::system()).await
    }

    /// Opens a ledger with another clock than the system's, for tests.
    #[cfg_attr(
        not(any(feature = "postgres", feature = "sqlite")),
        expect(clippy::unused_async, reason = "opening a database waits for its thread")
    )]
    pub async fn open_with_clock(url: &str, clock: Clock) -> Result<Self> {
        #[cfg(feature = "sqlite")]
        if let Some(path) = url.strip_prefix("sqlite:").filter(|path| !path.is_empty()) {
            let path = std::path::PathBuf::from(path);
            let database = clock.clone();
            let (ledger, opened) = Self::start(clock, url.to_owned(), move || crate::sqlite::open(&path, database));
            opened.await.map_err(|_| LedgerError::Closed)??;
            return Ok(ledger);
        }
        #[cfg(feature = "postgres")]
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let (name, open) = crate::postgres::open(url, clock.clone())?;
            let (ledger, opened) = Self::start(clock, name, open);
            opened.await.map_err(|_| LedgerError::Closed)??;
            return Ok(Self { has_local_clock: false, ..ledger });
        }
        drop(clock);
        // A URL of another kind may have a password.
        Err(LedgerError::Url(url.split(':').next().unwrap_or_default().to_owned()))
    }

    /// Starts the thread. Also returns a receiver of the result of opening the database.
    pub(crate) fn start<D: Database>(
        clock: Clock,
        name: String,
        open: impl FnOnce() -> Result<D> + Send + 'static,
    ) -> (Self, oneshot::Receiver<Result<()>>) {
        let (jobs, received) = mpsc::channel::<Job>();
        let (opened, when_opened) = oneshot::channel();
        let run = move || match open() {
            Ok(mut database) => {
                let _ = opened.send(Ok(()));
                // Ends when the last handle is dropped.
                for job in received {
                    job(&mut database);
                }
            }
            Err(error) => {
                let _ = opened.send(Err(error));
            }
        };
        // Without a thread, every method returns `Closed`.
        let _ = thread::Builder::new().name("zap-outbox".into()).spawn(run);
        (Self { jobs, clock, name: name.into(), tally: Arc::default(), has_local_clock: true }, when_opened)
    }

    /// Returns the clock that decides when messages are due. A ledger on several machines has one clock for all.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Returns whether the ledger's clock is that of this machine, and not that of a server.
    pub(crate) fn has_local_clock(&self) -> bool {
        self.has_local_clock
    }

    /// Returns what this process has done with this ledger. Clones of a ledger share the counts.
    #[must_use]
    pub fn counters(&self) -> Counters {
        self.tally.read()
    }

    /// Runs a transaction on the ledger's thread.
    async fn run<T: Send + 'static>(
        &self,
        scope: Option<Scope>,
        run: impl FnOnce(&mut dyn Tables) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (done, when_done) = oneshot::channel();
        let kind = scope.as_ref().map_or("read", Scope::name);
        let span = tracing::debug_span!("zap_outbox.transaction", kind);
        let job: Job = Box::new(move |database| {
            let _entered = span.entered();
            let mut run = Some(run);
            let mut value = None;
            let mut once = |tables: &mut dyn Tables| {
                let run = run.take().ok_or(LedgerError::Closed)?;
                value = Some(run(tables)?);
                Ok(())
            };
            let result = match scope {
                Some(scope) => database.write(&scope, &mut once),
                None => database.read(&mut once),
            };
            let _ = done.send(result.and_then(|()| value.ok_or(LedgerError::Closed)));
        });
        let sent = self.jobs.send(job).map_err(|_| LedgerError::Closed);
        let result = match sent {
            Ok(()) => when_done.await.unwrap_or(Err(LedgerError::Closed)),
            Err(closed) => Err(closed),
        };
        result.inspect_err(|error| self.tally.failed(error))
    }

    async fn write<T: Send + 'static>(
        &self,
        scope: Scope,
        run: impl FnOnce(&mut dyn Tables) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.run(Some(scope), run).await
    }

    pub(crate) async fn read<T: Send + 'static>(
        &self,
        run: impl FnOnce(&mut dyn Tables) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.run(None, run).await
    }
}

impl fmt::Debug for Ledger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ledger").field("name", &self.name).finish_non_exhaustive()
    }
}
