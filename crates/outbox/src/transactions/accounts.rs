//! Accounts: their rates, pauses and opt-outs.

use std::time::Duration;

use jiff::Timestamp;
use zap_facade::PhoneNumber;

use super::apply::WORKER;
use crate::error::LedgerError;
use crate::model::{Gate, MAX_TRIALS, Pause, Rate};
use crate::records::{Account, AccountId, Event, MessageId};
use crate::tables::{Result, Tables};

const RUNNING: &str = "running";
const PAUSED: &str = "paused";

/// How many of the latest messages are read to find one with an id.
const RECENT: u32 = 20;

/// Returns the account with a name, and sets its rate. Creates it if there is none.
pub(crate) fn open_account(tables: &mut dyn Tables, name: &str, rate: Option<Rate>) -> Result<AccountId> {
    let Some(mut account) = tables.account_named(name)? else {
        return tables.insert_account(name, &Gate::new(rate.unwrap_or(Rate::UNLIMITED)));
    };
    if let Some(rate) = rate.filter(|rate| *rate != account.gate.rate) {
        account.gate.rate = rate;
        tables.put_gate(account.id, &account.gate)?;
    }
    Ok(account.id)
}

/// T7: after it has committed, nothing of the account begins.
pub(crate) fn pause_account(tables: &mut dyn Tables, id: AccountId, pause: Pause, by: &str) -> Result<()> {
    let now = tables.now()?;
    let mut account = account_of(tables, id)?;
    let was = word(&account.gate);
    if account.gate.pause(pause) {
        tables.put_gate(id, &account.gate)?;
        record(tables, &account, was, now, by, None)?;
    }
    Ok(())
}

pub(crate) fn resume_account(tables: &mut dyn Tables, id: AccountId, by: &str) -> Result<()> {
    let now = tables.now()?;
    let mut account = account_of(tables, id)?;
    if account.gate.pause.is_some() {
        account.gate.resume();
        tables.put_gate(id, &account.gate)?;
        record(tables, &account, PAUSED, now, by, None)?;
    }
    Ok(())
}

/// What a worker needs to check whether the provider works again.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NextCheck {
    /// When the worker may check.
    pub at: Timestamp,
    /// A recipient whose conversation the worker can read.
    pub number: Option<PhoneNumber>,
    /// The provider's id of a message whose state the worker can read.
    pub message_id: Option<String>,
}

/// A worker's claim of the check of whether the provider works again. Record the result with
/// [`finish_check`](crate::Ledger::finish_check).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    until: Timestamp,
}

/// Returns when a worker may check whether the provider works again, if this is needed.
pub(crate) fn next_check(tables: &mut dyn Tables, id: AccountId) -> Result<Option<NextCheck>> {
    let Some(at) = account_of(tables, id)?.gate.next_check() else { return Ok(None) };
    let mut number = None;
    for campaign in tables.campaigns(id)? {
        if number.is_none() {
            number = tables.unknown(campaign.id, MessageId(0), 1)?.pop().map(|message| message.number);
        }
    }
    let sent = tables.done_between(id, Timestamp::MAX, Timestamp::UNIX_EPOCH, RECENT)?;
    let message_id = sent.into_iter().find_map(|message| message.provider_id);
    Ok(Some(NextCheck { at, number, message_id }))
}

/// Claims the check.
pub(crate) fn begin_check(tables: &mut dyn Tables, id: AccountId) -> Result<Option<Check>> {
    let now = tables.now()?;
    let mut account = account_of(tables, id)?;
    let Some(until) = account.gate.begin_check(now) else { return Ok(None) };
    tables.put_gate(id, &account.gate)?;
    Ok(Some(Check { until }))
}

/// Records the result of a check. Returns whether this ends the pause.
pub(crate) fn finish_check(
    tables: &mut dyn Tables,
    id: AccountId,
    check: &Check,
    result: std::result::Result<(), Option<Duration>>,
) -> Result<bool> {
    let now = tables.now()?;
    let mut account = account_of(tables, id)?;
    let before = account.gate.clone();
    let resumes = account.gate.finish_check(check.until, result, now);
    if account.gate != before {
        tables.put_gate(id, &account.gate)?;
    }
    if resumes {
        let note = format!("the provider answers reads: automatic trial {} of {MAX_TRIALS}", account.gate.trials);
        record(tables, &account, PAUSED, now, WORKER, Some(note))?;
    }
    Ok(resumes)
}

/// Records that an attempt has paused the account.
pub(super) fn paused_by_worker(tables: &mut dyn Tables, account: &Account, now: Timestamp) -> Result<()> {
    record(tables, account, RUNNING, now, WORKER, None)
}

fn word(gate: &Gate) -> &'static str {
    if gate.pause.is_some() { PAUSED } else { RUNNING }
}

fn record(
    tables: &mut dyn Tables,
    account: &Account,
    was: &str,
    at: Timestamp,
    by: &str,
    note: Option<String>,
) -> Result<()> {
    let now = word(&account.gate);
    let pause = account.gate.pause.as_ref();
    let note = note.or_else(|| pause.map(|pause| format!("{}: {}", pause.reason, pause.detail)));
    tables.insert_event(&Event {
        at,
        account: Some(account.id),
        campaign: None,
        message: None,
        attempt: None,
        was: was.to_owned(),
        now: now.to_owned(),
        evidence: None,
        by: by.to_owned(),
        note,
    })
}

/// Returns how many of the recipients had not opted out.
pub(crate) fn opt_out(tables: &mut dyn Tables, id: AccountId, recipient_keys: &[String], source: &str) -> Result<u64> {
    let now = tables.now()?;
    account_of(tables, id)?;
    let mut new = 0;
    for key in recipient_keys {
        new += u64::from(tables.insert_opt_out(id, key, now, source)?);
    }
    Ok(new)
}

/// Returns whether the recipient had opted out.
pub(crate) fn opt_in(tables: &mut dyn Tables, id: AccountId, recipient_key: &str) -> Result<bool> {
    tables.delete_opt_out(id, recipient_key)
}

pub(super) fn account_of(tables: &mut dyn Tables, id: AccountId) -> Result<Account> {
    tables.account(id)?.ok_or_else(|| LedgerError::NotFound(format!("account {id}")))
}
