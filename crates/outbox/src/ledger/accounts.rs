//! Accounts, opt-outs and events.

use std::time::Duration;

use jiff::Timestamp;
use zap_facade::PhoneNumber;

use super::{Ledger, Result};
use crate::error::LedgerError;
use crate::model::{Pause, PauseReason, Rate};
use crate::records::{Account, AccountId, Event, OptOut};
use crate::tables::{EventsOf, Scope};
use crate::transactions::{self, Check, NextCheck};

impl Ledger {
    /// Returns the account with a name, and sets its rate if one is given. Creates it if there is none, without a limit
    /// unless a rate is given.
    pub async fn open_account(&self, name: impl Into<String>, rate: Option<Rate>) -> Result<AccountId> {
        let name = name.into();
        let find = name.clone();
        // Usually it is there, and a worker that starts need not wait for the lock.
        match self.read(move |tables| tables.account_named(&find)).await? {
            Some(account) if rate.is_none_or(|rate| rate == account.gate.rate) => Ok(account.id),
            _ => {
                let scope = Scope::AccountNamed(name.clone());
                self.write(scope, move |tables| transactions::open_account(tables, &name, rate)).await
            }
        }
    }

    /// Returns all accounts, in the order of their creation.
    pub async fn accounts(&self) -> Result<Vec<Account>> {
        self.read(|tables| tables.accounts()).await
    }

    /// Returns the account with a name.
    pub async fn account_named(&self, name: impl Into<String>) -> Result<Account> {
        let name = name.into();
        let find = name.clone();
        let found = self.read(move |tables| tables.account_named(&find)).await?;
        found.ok_or_else(|| LedgerError::NotFound(format!("account `{name}`")))
    }

    /// Returns an account.
    pub async fn account(&self, id: AccountId) -> Result<Account> {
        let found = self.read(move |tables| tables.account(id)).await?;
        found.ok_or_else(|| LedgerError::NotFound(format!("account {id}")))
    }

    /// Pauses an account (T7). When this returns, no message of the account begins any more. Does nothing if the
    /// account is paused already, with one exception: if it is paused because of unknown outcomes, workers no longer
    /// end that pause.
    pub async fn pause_account(&self, id: AccountId, detail: impl Into<String>, by: impl Into<String>) -> Result<()> {
        self.pause_account_because(id, Pause::new(PauseReason::Person, detail), by.into()).await
    }

    pub(crate) async fn pause_account_because(&self, id: AccountId, pause: Pause, by: String) -> Result<()> {
        self.write(Scope::Account(id), move |tables| transactions::pause_account(tables, id, pause, &by)).await
    }

    /// Returns when a worker may check whether the provider of a paused account works again. Returns `None` unless the
    /// account is paused because of unknown outcomes, and [`MAX_TRIALS`](crate::model::MAX_TRIALS) are not used up.
    ///
    /// [`Outbox::work`](crate::Outbox::work) calls this, [`begin_check`](Self::begin_check) and
    /// [`finish_check`](Self::finish_check) for you.
    pub async fn next_check(&self, id: AccountId) -> Result<Option<NextCheck>> {
        self.read(move |tables| transactions::next_check(tables, id)).await
    }

    /// Claims the check of whether the provider of a paused account works again, so that only one worker makes it.
    /// Returns `None` if it is too early, or if another worker has claimed it. Make a read at the provider, which
    /// changes nothing, and record its result at once.
    pub async fn begin_check(&self, id: AccountId) -> Result<Option<Check>> {
        self.write(Scope::Account(id), move |tables| transactions::begin_check(tables, id)).await
    }

    /// Records whether the read of a check succeeded. An `Err` has how long the provider asked to wait. Returns whether
    /// this resumes the account. Then its messages are sent one at a time until one is answered. If the outcome of one
    /// is unknown, the account is paused again, for longer. The result has no effect if the claim has ended after
    /// [`CHECK_LIMIT`](crate::model::CHECK_LIMIT), or if a person has paused or resumed the account.
    pub async fn finish_check(
        &self,
        id: AccountId,
        check: Check,
        result: std::result::Result<(), Option<Duration>>,
    ) -> Result<bool> {
        self.write(Scope::Account(id), move |tables| transactions::finish_check(tables, id, &check, result)).await
    }

    /// Resumes an account. After a pause because of unknown outcomes, its messages are sent one at a time until one is
    /// answered.
    pub async fn resume_account(&self, id: AccountId, by: impl Into<String>) -> Result<()> {
        let by = by.into();
        self.write(Scope::Account(id), move |tables| transactions::resume_account(tables, id, &by)).await
    }

    /// Records that a recipient wants no more messages of an account. Returns whether the opt-out is new.
    pub async fn opt_out(
        &self,
        account: AccountId,
        recipient: &PhoneNumber,
        source: impl Into<String>,
    ) -> Result<bool> {
        Ok(self.opt_out_all(account, [recipient], source).await? == 1)
    }

    /// Records that recipients want no more messages of an account, all or none. Returns how many are new.
    ///
    /// For a long list, call this with some thousands at a time, because nothing else is written meanwhile.
    pub async fn opt_out_all<'a>(
        &self,
        account: AccountId,
        recipients: impl IntoIterator<Item = &'a PhoneNumber>,
        source: impl Into<String>,
    ) -> Result<u64> {
        let keys: Vec<_> = recipients.into_iter().map(PhoneNumber::key).collect();
        let source = source.into();
        self.write(Scope::Account(account), move |tables| transactions::opt_out(tables, account, &keys, &source)).await
    }

    /// Removes an opt-out. Returns whether there was one.
    pub async fn opt_in(&self, account: AccountId, recipient: &PhoneNumber) -> Result<bool> {
        let key = recipient.key();
        self.write(Scope::Account(account), move |tables| transactions::opt_in(tables, account, &key)).await
    }

    /// Returns opt-outs of an account in the order of the recipients' keys, from the first one after the key `after`.
    /// The first page is after `""`.
    pub async fn opt_outs(&self, account: AccountId, after: impl Into<String>, limit: u32) -> Result<Vec<OptOut>> {
        let after = after.into();
        self.read(move |tables| tables.opt_outs(account, &after, limit)).await
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
