//! The handle of a ledger: a thread that owns the database, and one method for each transaction.

use std::fmt;
use std::sync::{Arc, mpsc};
use std::thread;

use jiff::Timestamp;
use tokio::sync::oneshot;

use crate::clock::Clock;
use crate::error::LedgerError;
use crate::memory::MemoryDatabase;
use crate::model::{CampaignChange, MessageState, Pause, PauseReason, Rate, Refusal};
use crate::records::{
    Account, AccountId, Campaign, CampaignId, Count, Event, Finish, Message, MessageId, NewCampaign, NewMessage,
};
use crate::tables::{Database, EventsOf, Tables};
use crate::transactions::{self, Begun, Enqueued, Imported, Swept};

type Result<T> = std::result::Result<T, LedgerError>;
type Job = Box<dyn FnOnce(&mut dyn Database) + Send>;

/// A database of accounts, campaigns and messages, which says of each message whether it was sent.
///
/// Clones share the database. Each method is one transaction, which is durable when the method returns. The database is
/// used by a thread of its own, so that no method blocks the runtime.
///
/// # Cancellation
///
/// Dropping a future does not stop its transaction. Messages that [`begin`](Self::begin) has begun become unknown if
/// its result is dropped.
#[derive(Clone)]
pub struct Ledger {
    jobs: mpsc::Sender<Job>,
    clock: Clock,
    name: Arc<str>,
}

impl Ledger {
    /// Creates a ledger in memory, for tests. Nothing survives the process.
    #[must_use]
    pub fn in_memory(clock: Clock) -> Self {
        let database = MemoryDatabase::new(clock.clone());
        Self::start(clock, "memory".into(), move || Ok(database)).0
    }

    /// Opens the ledger at a URL, and creates it if there is none: `sqlite:PATH`.
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
    pub async fn open_with_clock(url: &str, clock: Clock) -> Result<Self> {
        match url.split_once(':') {
            #[cfg(feature = "sqlite")]
            Some(("sqlite", path)) if !path.is_empty() => {
                let path = std::path::PathBuf::from(path);
                let database = clock.clone();
                let (ledger, opened) = Self::start(clock, url.to_owned(), move || crate::sqlite::open(path, database));
                opened.await.map_err(|_| LedgerError::Closed)??;
                Ok(ledger)
            }
            // A URL of another kind may have a password.
            _ => Err(LedgerError::Url(url.split(':').next().unwrap_or_default().to_owned())),
        }
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
        (Self { jobs, clock, name: name.into() }, when_opened)
    }

    /// Returns the clock that decides when messages are due. A ledger on several machines has one clock for all.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Runs a transaction on the ledger's thread.
    async fn run<T: Send + 'static>(
        &self,
        is_write: bool,
        run: impl FnOnce(&mut dyn Tables) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (done, when_done) = oneshot::channel();
        let job: Job = Box::new(move |database| {
            let mut run = Some(run);
            let mut value = None;
            let mut once = |tables: &mut dyn Tables| {
                let run = run.take().ok_or(LedgerError::Closed)?;
                value = Some(run(tables)?);
                Ok(())
            };
            let result = if is_write { database.write(&mut once) } else { database.read(&mut once) };
            let _ = done.send(result.and_then(|()| value.ok_or(LedgerError::Closed)));
        });
        self.jobs.send(job).map_err(|_| LedgerError::Closed)?;
        when_done.await.map_err(|_| LedgerError::Closed)?
    }

    async fn write<T: Send + 'static>(
        &self,
        run: impl FnOnce(&mut dyn Tables) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.run(true, run).await
    }

    async fn read<T: Send + 'static>(
        &self,
        run: impl FnOnce(&mut dyn Tables) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.run(false, run).await
    }

    /// Returns the account with a name, and sets its rate if one is given. Creates it if there is none, without a limit
    /// unless a rate is given.
    pub async fn open_account(&self, name: impl Into<String>, rate: Option<Rate>) -> Result<AccountId> {
        let name = name.into();
        self.write(move |tables| transactions::open_account(tables, &name, rate)).await
    }

    /// Returns an account.
    pub async fn account(&self, id: AccountId) -> Result<Account> {
        let found = self.read(move |tables| tables.account(id)).await?;
        found.ok_or_else(|| LedgerError::NotFound(format!("account {id}")))
    }

    /// Pauses an account (T7). When this returns, no message of it begins any more. Does nothing if it is paused.
    pub async fn pause_account(&self, id: AccountId, detail: impl Into<String>, by: impl Into<String>) -> Result<()> {
        let (pause, by) = (Pause::new(PauseReason::Person, detail), by.into());
        self.write(move |tables| transactions::pause_account(tables, id, pause, &by)).await
    }

    /// Resumes an account. After a pause because of unknown outcomes, its messages are sent one at a time until one is
    /// answered.
    pub async fn resume_account(&self, id: AccountId, by: impl Into<String>) -> Result<()> {
        let by = by.into();
        self.write(move |tables| transactions::resume_account(tables, id, &by)).await
    }

    /// Creates a campaign. If the account has one with exactly this plan, returns that one, so that a broken import can
    /// be continued.
    ///
    /// # Errors
    ///
    /// Returns an error if the account has another campaign with this name.
    pub async fn create_campaign(&self, account: AccountId, plan: NewCampaign) -> Result<Campaign> {
        self.write(move |tables| transactions::create(tables, account, &plan)).await
    }

    /// Returns a campaign.
    pub async fn campaign(&self, id: CampaignId) -> Result<Campaign> {
        let found = self.read(move |tables| tables.campaign(id)).await?;
        found.ok_or_else(|| LedgerError::NotFound(format!("campaign {id}")))
    }

    /// Returns the campaign with a name.
    pub async fn campaign_named(&self, account: AccountId, name: impl Into<String>) -> Result<Campaign> {
        let name = name.into();
        let find = name.clone();
        let found = self.read(move |tables| tables.campaign_named(account, &find)).await?;
        found.ok_or_else(|| LedgerError::NotFound(format!("campaign `{name}`")))
    }

    /// Returns all campaigns of an account, in the order of their creation.
    pub async fn campaigns(&self, account: AccountId) -> Result<Vec<Campaign>> {
        self.read(move |tables| tables.campaigns(account)).await
    }

    /// Adds messages to a draft (T1), all or none. Each recipient gets one message: a second one to the same
    /// [key](zap_facade::PhoneNumber::key) is counted and not added.
    ///
    /// To import a whole list, use [`import`](Self::import).
    pub async fn import_batch(&self, id: CampaignId, messages: Vec<NewMessage>) -> Result<Imported> {
        self.write(move |tables| transactions::import(tables, id, &messages)).await
    }

    /// Records that the list of a campaign was imported to the end.
    pub async fn complete_import(&self, id: CampaignId) -> Result<()> {
        self.write(move |tables| transactions::complete(tables, id)).await
    }

    /// Starts a campaign.
    ///
    /// # Errors
    ///
    /// Returns an error if its list was not imported to the end, or if it has another number of messages to send than
    /// expected.
    pub async fn start_campaign(&self, id: CampaignId, expected: u64, by: impl Into<String>) -> Result<()> {
        let by = by.into();
        self.write(move |tables| transactions::start(tables, id, expected, &by)).await
    }

    /// Pauses a campaign (T7). When this returns, no message of it begins any more.
    pub async fn pause_campaign(&self, id: CampaignId, detail: impl Into<String>, by: impl Into<String>) -> Result<()> {
        self.change(id, CampaignChange::Pause(PauseReason::Person), by.into(), Some(detail.into())).await
    }

    /// Resumes a campaign.
    pub async fn resume_campaign(&self, id: CampaignId, by: impl Into<String>) -> Result<()> {
        self.change(id, CampaignChange::Resume, by.into(), None).await
    }

    /// Cancels a campaign. When this returns, no message of it begins any more. The messages that were not sent are
    /// skipped by the next [`sweep`](Self::sweep).
    pub async fn cancel_campaign(&self, id: CampaignId, by: impl Into<String>) -> Result<()> {
        self.change(id, CampaignChange::Cancel, by.into(), None).await
    }

    async fn change(&self, id: CampaignId, change: CampaignChange, by: String, note: Option<String>) -> Result<()> {
        self.write(move |tables| transactions::change(tables, id, change, &by, note.as_deref())).await
    }

    /// Adds a message to a stream (T8). If an earlier call with the same key has added it, returns that one.
    ///
    /// # Errors
    ///
    /// Returns an error if the key belongs to another message, or if the campaign is not a running or paused stream.
    pub async fn enqueue(
        &self,
        stream: CampaignId,
        once_key: impl Into<String>,
        message: NewMessage,
    ) -> Result<Enqueued> {
        let once_key = once_key.into();
        self.write(move |tables| transactions::enqueue(tables, stream, &once_key, &message)).await
    }

    /// Commits the intents to send messages of an account (T2), as many as its rate allows, and at most `limit`.
    ///
    /// Send each of them once, starting within [`START_WITHIN`](crate::model::START_WITHIN), and record the results with
    /// [`finish`](Self::finish). A message that begins is not returned by any other call. So you can also call this from
    /// a job of another engine that may run twice: the second run finds no ready message.
    pub async fn begin(&self, account: AccountId, limit: u32) -> Result<Begun> {
        self.write(move |tables| transactions::begin(tables, account, limit)).await
    }

    /// Records the results of attempts (T4). Returns the state of each message, or why its result has no effect.
    pub async fn finish(&self, results: Vec<Finish>) -> Result<Vec<std::result::Result<MessageState, Refusal>>> {
        self.write(move |tables| transactions::finish(tables, &results)).await
    }

    /// Makes messages unknown whose answers are overdue (T5), and skips the messages of cancelled campaigns. At most a
    /// thousand of each.
    pub async fn sweep(&self) -> Result<Swept> {
        self.write(move |tables| transactions::sweep(tables)).await
    }

    /// Settles an unknown message (T6): a person, or a look at the conversation, says whether it was sent.
    ///
    /// # Errors
    ///
    /// Returns an error if the message is not unknown, or if its request may still be on its way.
    pub async fn settle(
        &self,
        message: MessageId,
        done: bool,
        by_look: bool,
        by: impl Into<String>,
        note: Option<String>,
    ) -> Result<()> {
        let by = by.into();
        self.write(move |tables| transactions::settle(tables, message, done, by_look, &by, note.as_deref())).await
    }

    /// Sends a message again that is unknown or not done (T6). Call this only on a person's explicit command: if the
    /// message was sent, the recipient gets it twice.
    ///
    /// # Errors
    ///
    /// Returns an error if its request may still be on its way, it has expired, or its campaign was cancelled.
    pub async fn resend(&self, message: MessageId, by: impl Into<String>, note: Option<String>) -> Result<()> {
        let by = by.into();
        self.write(move |tables| transactions::resend(tables, message, &by, note.as_deref())).await
    }

    /// Records that a recipient wants no more messages of an account. Returns whether this is new.
    pub async fn opt_out(
        &self,
        account: AccountId,
        recipient: &zap_facade::PhoneNumber,
        source: impl Into<String>,
    ) -> Result<bool> {
        let (key, source) = (recipient.key(), source.into());
        self.write(move |tables| transactions::opt_out(tables, account, &key, &source)).await
    }

    /// Removes an opt-out. Returns whether there was one.
    pub async fn opt_in(&self, account: AccountId, recipient: &zap_facade::PhoneNumber) -> Result<bool> {
        let key = recipient.key();
        self.write(move |tables| transactions::opt_in(tables, account, &key)).await
    }

    /// Returns a message.
    pub async fn message(&self, id: MessageId) -> Result<Message> {
        let found = self.read(move |tables| tables.message(id)).await?;
        found.ok_or_else(|| LedgerError::NotFound(format!("message {id}")))
    }

    /// Returns the message with a key: the key of a stream's message, or the recipient's key.
    pub async fn message_keyed(&self, campaign: CampaignId, key: impl Into<String>) -> Result<Option<Message>> {
        let key = key.into();
        self.read(move |tables| tables.message_keyed(campaign, &key)).await
    }

    /// Returns messages of a campaign in the order of their ids, from the first one after `after`. The first page is
    /// after `MessageId(0)`.
    pub async fn messages(&self, campaign: CampaignId, after: MessageId, limit: u32) -> Result<Vec<Message>> {
        self.read(move |tables| tables.messages(campaign, after, limit)).await
    }

    /// Returns unknown messages of a campaign, as [`messages`](Self::messages) does.
    pub async fn unknown(&self, campaign: CampaignId, after: MessageId, limit: u32) -> Result<Vec<Message>> {
        self.read(move |tables| tables.unknown(campaign, after, limit)).await
    }

    /// Returns how many messages of a campaign are in which state, by evidence.
    pub async fn counts(&self, campaign: CampaignId) -> Result<Vec<Count>> {
        self.read(move |tables| tables.counts(campaign)).await
    }

    /// Returns what happened, in order.
    pub async fn events(&self, of: EventsOf) -> Result<Vec<Event>> {
        self.read(move |tables| tables.events(of)).await
    }

    /// Returns the time by the ledger's clock.
    pub async fn now(&self) -> Result<Timestamp> {
        self.read(move |tables| tables.now()).await
    }
}

impl fmt::Debug for Ledger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ledger").field("name", &self.name).finish_non_exhaustive()
    }
}
