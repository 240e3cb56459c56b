//! Sends messages of a ledger with a messenger.

mod attempt;
mod check;
mod clock_watch;
mod inline_look;
mod lateness;
mod recovery;
mod send_next;
pub(crate) mod verdict;
mod work;

use std::sync::Arc;
use std::time::Duration;

use zap_facade::Messenger;

use self::verdict::FileErrors;
use crate::error::LedgerError;
use crate::ledger::Ledger;
use crate::model::{Pause, Rate};
use crate::records::AccountId;

/// The default pause between two reads of conversations.
const READS: Duration = Duration::from_millis(500);

/// Sends the messages of an account of a ledger.
///
/// Any number of outboxes, in this process or in others, can work on the same account: they share its rate, and none of
/// them sends what another one sends.
///
/// The messenger must not wait before it sends: set the rate here, and not on its client. Its longest call must be
/// shorter than two and a half minutes, as the default [`Timeouts`](zap_facade::Timeouts) are. A longer call is
/// aborted, and its outcome is unknown.
#[derive(Clone, Debug)]
pub struct Outbox {
    ledger: Ledger,
    messenger: Arc<dyn Messenger>,
    account: AccountId,
    concurrency: u32,
    reads: Rate,
    files: Arc<FileErrors>,
}

/// Why an outbox stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stopped {
    /// The outbox was shut down. All answers were recorded.
    Shutdown,
    /// All campaigns are finished, cancelled or paused, and no message of a stream is waiting.
    Done,
    /// The account is paused, and only a person can resume it.
    Paused(Pause),
}

impl Outbox {
    /// Returns a builder of an outbox.
    pub fn builder(ledger: Ledger, messenger: impl Into<Arc<dyn Messenger>>) -> OutboxBuilder {
        OutboxBuilder {
            ledger,
            messenger: messenger.into(),
            name: None,
            rate: None,
            concurrency: 10,
            reads: Rate::every(READS),
        }
    }

    /// Returns the ledger.
    #[must_use]
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Returns the account.
    #[must_use]
    pub fn account(&self) -> AccountId {
        self.account
    }

    /// Returns how often conversations are read.
    pub(crate) fn reads(&self) -> Rate {
        self.reads
    }

    /// Returns the messenger.
    #[must_use]
    pub fn messenger(&self) -> &Arc<dyn Messenger> {
        &self.messenger
    }
}

/// Configures an outbox.
#[derive(Clone, Debug)]
#[must_use = "it does nothing until it is opened"]
pub struct OutboxBuilder {
    ledger: Ledger,
    messenger: Arc<dyn Messenger>,
    name: Option<String>,
    rate: Option<Rate>,
    concurrency: u32,
    reads: Rate,
}

impl OutboxBuilder {
    /// Sets the name of the account in the ledger. Default: the name of the provider. Two accounts at one provider need
    /// different names.
    pub fn account(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets the account's rate, for all workers. Default: the rate that was set last, or no limit.
    pub fn rate(mut self, rate: Rate) -> Self {
        self.rate = Some(rate);
        self
    }

    /// Sets how many messages this outbox sends at the same time. Default: 10. Zero counts as 1.
    pub fn concurrency(mut self, messages: u32) -> Self {
        self.concurrency = messages.max(1);
        self
    }

    /// Sets how often conversations are read to find out what happened to unknown messages. Default: twice a second.
    /// Bursts are ignored.
    pub fn read_rate(mut self, rate: Rate) -> Self {
        self.reads = rate;
        self
    }

    /// Opens the outbox, and creates the account if the ledger does not have it.
    ///
    /// # Errors
    ///
    /// Returns an error if the ledger cannot be written.
    pub async fn open(self) -> Result<Outbox, LedgerError> {
        let Self { ledger, messenger, name, rate, concurrency, reads } = self;
        let name = name.unwrap_or_else(|| messenger.provider().to_owned());
        let account = ledger.open_account(name, rate).await?;
        Ok(Outbox { ledger, messenger, account, concurrency, reads, files: Arc::default() })
    }
}
