//! Accounts: their rates, pauses and opt-outs.

use jiff::Timestamp;

use super::apply::WORKER;
use crate::error::LedgerError;
use crate::model::{Gate, Pause, Rate};
use crate::records::{Account, AccountId, Event};
use crate::tables::{Result, Tables};

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
    if account.gate.pause.is_none() {
        account.gate.pause = Some(pause);
        tables.put_gate(id, &account.gate)?;
        record(tables, &account, now, by)?;
    }
    Ok(())
}

pub(crate) fn resume_account(tables: &mut dyn Tables, id: AccountId, by: &str) -> Result<()> {
    let now = tables.now()?;
    let mut account = account_of(tables, id)?;
    if account.gate.pause.is_some() {
        account.gate.resume();
        tables.put_gate(id, &account.gate)?;
        record(tables, &account, now, by)?;
    }
    Ok(())
}

/// Records that an attempt has paused the account.
pub(super) fn paused_by_worker(tables: &mut dyn Tables, account: &Account, now: Timestamp) -> Result<()> {
    record(tables, account, now, WORKER)
}

fn record(tables: &mut dyn Tables, account: &Account, at: Timestamp, by: &str) -> Result<()> {
    let (was, now) = if account.gate.pause.is_some() { ("running", "paused") } else { ("paused", "running") };
    let note = account.gate.pause.as_ref().map(|pause| format!("{}: {}", pause.reason, pause.detail));
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
