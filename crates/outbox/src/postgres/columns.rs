//! Reads the columns of a row.

use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio_postgres::Row;
use tokio_postgres::types::FromSql;
use zap_facade::PhoneNumber;

use crate::clock::whole_micros;
use crate::error::LedgerError;
use crate::model::{Gate, MessageStatus, Pause, Rate};
use crate::records::{Account, AccountId, Campaign, CampaignId, Count, Event, Message, MessageId, NewCampaign};
use crate::tables::Result;

/// The columns that [`account`] reads.
pub(super) const ACCOUNT: &str =
    "id, name, \"interval\", burst, next_slot, hold_until, paused, paused_why, is_trial, unknowns, failures, trials";

pub(super) fn account(row: &Row) -> Result<Account> {
    let interval: i64 = get(row, 2)?;
    let interval = Duration::from_micros(u64::try_from(interval).map_err(|error| damaged(2, &error))?);
    let gate = Gate {
        rate: Rate::every(interval).with_burst(count_of(row, 3)?),
        next_slot: get(row, 4)?,
        hold_until: get(row, 5)?,
        pause: pause(row, 6)?,
        is_trial: get(row, 8)?,
        unknowns: count_of(row, 9)?,
        failures: count_of(row, 10)?,
        trials: count_of(row, 11)?,
    };
    Ok(Account { id: AccountId(get(row, 0)?), name: get(row, 1)?, gate })
}

/// The columns that [`campaign`] reads.
pub(super) const CAMPAIGN: &str = "id, account, name, kind, priority, content::text, hours, not_after, state, paused, \
                                   paused_why, is_whole, active_at";

pub(super) fn campaign(row: &Row) -> Result<Campaign> {
    let plan = NewCampaign {
        name: get(row, 2)?,
        kind: word(row, 3)?,
        priority: get(row, 4)?,
        content: serde_json::from_str(get(row, 5)?).map_err(|error| damaged(5, &error))?,
        hours: word(row, 6)?,
        not_after: get(row, 7)?,
    };
    Ok(Campaign {
        id: CampaignId(get(row, 0)?),
        account: AccountId(get(row, 1)?),
        plan: Arc::new(plan),
        state: word(row, 8)?,
        pause: pause(row, 9)?,
        is_whole: get(row, 11)?,
        active_at: get(row, 12)?,
    })
}

/// The columns that [`message`] reads.
pub(super) const MESSAGE: &str = "m.id, m.campaign, m.once_key, m.number, m.params::text, m.zone, m.line, m.state, \
                                  m.attempt, m.token, m.returns, m.not_before, m.expires_at, m.decide_at, \
                                  m.settled_at, m.evidence, m.provider_id, m.error";

pub(super) fn message(row: &Row) -> Result<Message> {
    let status = MessageStatus {
        state: word(row, 7)?,
        attempt: count_of(row, 8)?,
        token: get(row, 9)?,
        returns: count_of(row, 10)?,
        not_before: get(row, 11)?,
        expires_at: get(row, 12)?,
        decide_at: get(row, 13)?,
        settled_at: get(row, 14)?,
        evidence: optional_word(row, 15)?,
    };
    let line: Option<i64> = get(row, 6)?;
    Ok(Message {
        id: MessageId(get(row, 0)?),
        campaign: CampaignId(get(row, 1)?),
        once_key: get(row, 2)?,
        // The import has validated it.
        number: PhoneNumber::from_stored(get(row, 3)?).map_err(|error| damaged(3, &error))?,
        params: serde_json::from_str(get(row, 4)?).map_err(|error| damaged(4, &error))?,
        zone: get(row, 5)?,
        line: line.map(u64::try_from).transpose().map_err(|error| damaged(6, &error))?,
        status,
        provider_id: get(row, 16)?,
        error: get(row, 17)?,
    })
}

/// The columns that [`event`] reads.
pub(super) const EVENT: &str = "at, account, campaign, message, attempt, was, now, evidence, \"by\", note";

pub(super) fn event(row: &Row) -> Result<Event> {
    let attempt: Option<i64> = get(row, 4)?;
    Ok(Event {
        at: get(row, 0)?,
        account: get::<Option<i64>>(row, 1)?.map(AccountId),
        campaign: get::<Option<i64>>(row, 2)?.map(CampaignId),
        message: get::<Option<i64>>(row, 3)?.map(MessageId),
        attempt: attempt.map(u32::try_from).transpose().map_err(|error| damaged(4, &error))?,
        was: get(row, 5)?,
        now: get(row, 6)?,
        evidence: optional_word(row, 7)?,
        by: get(row, 8)?,
        note: get(row, 9)?,
    })
}

pub(super) fn count(row: &Row) -> Result<Count> {
    let messages: i64 = get(row, 2)?;
    let messages = u64::try_from(messages).map_err(|error| damaged(2, &error))?;
    Ok(Count { state: word(row, 0)?, evidence: optional_word(row, 1)?, messages })
}

/// Returns a value as JSON.
pub(super) fn json(value: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| LedgerError::Io(Box::new(error)))
}

/// Returns a time as Postgres stores it.
pub(super) fn stored(time: Timestamp) -> Timestamp {
    whole_micros(time)
}

pub(super) fn get<'a, T: FromSql<'a>>(row: &'a Row, column: usize) -> Result<T> {
    row.try_get(column).map_err(|error| damaged(column, &error))
}

fn count_of(row: &Row, column: usize) -> Result<u32> {
    let count: i64 = get(row, column)?;
    u32::try_from(count).map_err(|error| damaged(column, &error))
}

fn pause(row: &Row, column: usize) -> Result<Option<Pause>> {
    let Some(reason) = optional_word(row, column)? else { return Ok(None) };
    let detail: Option<String> = get(row, column + 1)?;
    Ok(Some(Pause::new(reason, detail.unwrap_or_default())))
}

fn word<T: FromStr<Err: std::error::Error>>(row: &Row, column: usize) -> Result<T> {
    get::<&str>(row, column)?.parse().map_err(|error| damaged(column, &error))
}

fn optional_word<T: FromStr<Err: std::error::Error>>(row: &Row, column: usize) -> Result<Option<T>> {
    let word: Option<&str> = get(row, column)?;
    word.map(str::parse).transpose().map_err(|error| damaged(column, &error))
}

fn damaged(column: usize, error: &dyn std::error::Error) -> LedgerError {
    LedgerError::Corrupt(format!("column {column}: {error}"))
}
