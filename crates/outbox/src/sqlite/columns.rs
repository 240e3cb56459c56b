//! Reads and writes the columns of a row.

use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::Row;
use rusqlite::types::Type;
use zap_facade::PhoneNumber;

use super::failure::failed;
use crate::clock::whole_micros;
use crate::content::Params;
use crate::error::LedgerError;
use crate::model::{Gate, MessageStatus, Pause, Rate};
use crate::records::{Account, AccountId, Campaign, CampaignId, Count, Event, Message, MessageId, NewCampaign, OptOut};
use crate::tables::Result;

/// The columns that [`account`] reads.
pub(super) const ACCOUNT: &str =
    "id, name, interval, burst, next_slot, hold_until, paused, paused_why, is_trial, unknowns, failures, trials";

pub(super) fn account(row: &Row<'_>) -> rusqlite::Result<Account> {
    let rate = Rate::every(Duration::from_micros(row.get(2)?)).with_burst(row.get(3)?);
    let gate = Gate {
        rate,
        next_slot: time(row, 4)?,
        hold_until: time(row, 5)?,
        pause: pause(row, 6)?,
        is_trial: row.get(8)?,
        unknowns: row.get(9)?,
        failures: row.get(10)?,
        trials: row.get(11)?,
    };
    Ok(Account { id: AccountId(row.get(0)?), name: row.get(1)?, gate })
}

/// The columns that [`campaign`] reads.
pub(super) const CAMPAIGN: &str = "id, account, name, kind, priority, content, hours, not_after, state, paused, \
                                   paused_why, is_whole, active_at";

pub(super) fn campaign(row: &Row<'_>) -> rusqlite::Result<Campaign> {
    let plan = NewCampaign {
        name: row.get(2)?,
        kind: word(row, 3)?,
        priority: row.get(4)?,
        content: serde_json::from_str(row.get_ref(5)?.as_str()?).map_err(|error| damaged(5, error))?,
        hours: word(row, 6)?,
        not_after: time(row, 7)?,
    };
    Ok(Campaign {
        id: CampaignId(row.get(0)?),
        account: AccountId(row.get(1)?),
        plan: Arc::new(plan),
        state: word(row, 8)?,
        pause: pause(row, 9)?,
        is_whole: row.get(11)?,
        active_at: time(row, 12)?,
    })
}

/// The columns that [`message`] reads.
pub(super) const MESSAGE: &str = "m.id, m.campaign, m.once_key, m.number, m.params, m.zone, m.line, m.state, m.attempt, \
                                  m.token, m.returns, m.not_before, m.expires_at, m.decide_at, m.settled_at, \
                                  m.evidence, m.provider_id, m.error";

pub(super) fn message(row: &Row<'_>) -> rusqlite::Result<Message> {
    let status = MessageStatus {
        state: word(row, 7)?,
        attempt: row.get(8)?,
        token: row.get(9)?,
        returns: row.get(10)?,
        not_before: time(row, 11)?,
        expires_at: time(row, 12)?,
        decide_at: optional_time(row, 13)?,
        settled_at: optional_time(row, 14)?,
        evidence: optional_word(row, 15)?,
    };
    let params: Params = match row.get_ref(4)?.as_str()? {
        "{}" => Params::new(),
        json => serde_json::from_str(json).map_err(|error| damaged(4, error))?,
    };
    Ok(Message {
        id: MessageId(row.get(0)?),
        campaign: CampaignId(row.get(1)?),
        once_key: row.get(2)?,
        // The import has validated it.
        number: PhoneNumber::from_stored(row.get_ref(3)?.as_str()?).map_err(|error| damaged(3, error))?,
        params,
        zone: row.get(5)?,
        line: row.get(6)?,
        status,
        provider_id: row.get(16)?,
        error: row.get(17)?,
    })
}

/// The columns that [`event`] reads.
pub(super) const EVENT: &str = "at, account, campaign, message, attempt, was, now, evidence, \"by\", note";

pub(super) fn event(row: &Row<'_>) -> rusqlite::Result<Event> {
    Ok(Event {
        at: time(row, 0)?,
        account: row.get::<_, Option<i64>>(1)?.map(AccountId),
        campaign: row.get::<_, Option<i64>>(2)?.map(CampaignId),
        message: row.get::<_, Option<i64>>(3)?.map(MessageId),
        attempt: row.get(4)?,
        was: row.get(5)?,
        now: row.get(6)?,
        evidence: optional_word(row, 7)?,
        by: row.get(8)?,
        note: row.get(9)?,
    })
}

pub(super) fn opt_out(row: &Row<'_>) -> rusqlite::Result<OptOut> {
    Ok(OptOut { recipient_key: row.get(0)?, since: time(row, 1)?, source: row.get(2)? })
}

pub(super) fn count(row: &Row<'_>) -> rusqlite::Result<Count> {
    Ok(Count { state: word(row, 0)?, evidence: optional_word(row, 1)?, messages: row.get(2)? })
}

/// Returns a value as JSON.
pub(super) fn json(value: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| LedgerError::Io(Box::new(error)))
}

/// Returns microseconds since 1970.
pub(super) fn micros(time: Timestamp) -> i64 {
    whole_micros(time).as_microsecond()
}

pub(super) fn time(row: &Row<'_>, column: usize) -> rusqlite::Result<Timestamp> {
    instant(row.get(column)?, column)
}

pub(super) fn optional_time(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Timestamp>> {
    row.get::<_, Option<i64>>(column)?.map(|micros| instant(micros, column)).transpose()
}

fn instant(micros: i64, column: usize) -> rusqlite::Result<Timestamp> {
    Timestamp::from_microsecond(micros).map_err(|error| damaged(column, error))
}

fn pause(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Pause>> {
    let Some(reason) = optional_word(row, column)? else { return Ok(None) };
    let detail: Option<String> = row.get(column + 1)?;
    Ok(Some(Pause::new(reason, detail.unwrap_or_default())))
}

fn word<T>(row: &Row<'_>, column: usize) -> rusqlite::Result<T>
where
    T: FromStr<Err: std::error::Error + Send + Sync + 'static>,
{
    row.get_ref(column)?.as_str()?.parse().map_err(|error| damaged(column, error))
}

fn optional_word<T>(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<T>>
where
    T: FromStr<Err: std::error::Error + Send + Sync + 'static>,
{
    let word = row.get_ref(column)?.as_str_or_null()?;
    word.map(str::parse).transpose().map_err(|error| damaged(column, error))
}

fn damaged(column: usize, error: impl std::error::Error + Send + Sync + 'static) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(error))
}

/// Returns the first row of a query, if there is one.
pub(super) fn first<T>(result: rusqlite::Result<T>) -> Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(rusqlite::Error::QueryReturnedNoRows) => Ok(None),
        Err(error) => Err(failed(error)),
    }
}
