//! Checks messages that `zap_enqueue` has added.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use tokio_postgres::Row;
use zap_facade::PhoneNumber;

use super::columns::get;
use super::statements::Statements;
use crate::records::{AccountId, CampaignId, Event, MessageId};
use crate::tables::{AccountTables as _, Result};

/// How many messages one transaction checks at most.
const CHECKS: i64 = 1_000;

struct Unchecked {
    id: MessageId,
    campaign: CampaignId,
    key: String,
    number: String,
    zone: String,
}

/// Sets the recipients' keys of new messages of an account. Those that can never be sent are removed, and an event says
/// which and why.
pub(super) fn check(statements: &mut Statements<'_>, account: AccountId, now: Timestamp) -> Result<()> {
    let sql = "SELECT m.id, m.campaign, m.once_key, m.number, m.zone FROM zap_message m
               WHERE m.recipient_key = '' AND (SELECT account FROM zap_campaign WHERE id = m.campaign) = $1 LIMIT $2";
    let unchecked = statements.all(sql, &[&account.0, &CHECKS], |row: &Row| {
        let (id, campaign) = (MessageId(get(row, 0)?), CampaignId(get(row, 1)?));
        Ok(Unchecked { id, campaign, key: get(row, 2)?, number: get(row, 3)?, zone: get(row, 4)? })
    })?;
    if unchecked.is_empty() {
        return Ok(());
    }
    let (mut ids, mut keys, mut removed) = (Vec::new(), Vec::new(), Vec::new());
    for Unchecked { id, campaign, key, number, zone } in unchecked {
        let zone = TimeZone::get(&zone).map(drop).map_err(|_| format!("there is no time zone `{zone}`"));
        let number = number.parse::<PhoneNumber>().map_err(|error| error.to_string());
        match zone.and(number) {
            Ok(number) => {
                ids.push(id.0);
                keys.push(number.key());
            }
            Err(why) => {
                removed.push(id.0);
                statements.insert_event(&Event {
                    at: now,
                    account: None,
                    campaign: Some(campaign),
                    message: Some(id),
                    attempt: None,
                    was: "ready".to_owned(),
                    now: "removed".to_owned(),
                    evidence: None,
                    by: "worker".to_owned(),
                    note: Some(format!("the message with the key `{key}` cannot be sent: {why}")),
                })?;
            }
        }
    }
    let sql = "UPDATE zap_message m SET recipient_key = n.key FROM unnest($1::bigint[], $2::text[]) AS n(id, key)
               WHERE m.id = n.id";
    statements.run(sql, &[&ids, &keys])?;
    if !removed.is_empty() {
        statements.run("DELETE FROM zap_message WHERE id = ANY($1)", &[&removed])?;
    }
    Ok(())
}
