//! T1 and T8: adds messages.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::apply::campaign_of;
use crate::clock::whole_micros;
use crate::error::LedgerError;
use crate::model::{
    CampaignKind, CampaignRefusal, CampaignState, Command, Evidence, MessageState, MessageStatus, STREAM_EXPIRY,
    SkipReason, step,
};
use crate::records::{Campaign, CampaignId, MessageId, NewMessage};
use crate::tables::{Inserted, Result, Tables};

/// What an import did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Imported {
    /// Messages that were added and can be sent.
    pub added: u64,
    /// Messages that an earlier import of the same list had added.
    pub present: u64,
    /// Lines that have the recipient of another line. Their messages were not added.
    pub duplicates: u64,
    /// Messages whose recipients have opted out. They were added, and are skipped.
    pub opted_out: u64,
}

impl Imported {
    pub(crate) fn add(&mut self, more: Self) {
        self.added += more.added;
        self.present += more.present;
        self.duplicates += more.duplicates;
        self.opted_out += more.opted_out;
    }
}

/// A message that was added to a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Enqueued {
    /// The message.
    pub message: MessageId,
    /// Whether it was added now. Otherwise an earlier call with the same key has added it.
    pub is_new: bool,
}

/// T1: adds messages to a draft. A message whose recipient the campaign already has is only counted.
pub(crate) fn import(tables: &mut dyn Tables, id: CampaignId, messages: &[NewMessage]) -> Result<Imported> {
    let now = tables.now()?;
    let mut campaign = campaign_of(tables, id)?;
    if campaign.state != CampaignState::Draft {
        return Err(LedgerError::Campaign(CampaignRefusal::State(campaign.state)));
    }
    let mut zone = String::new();
    let keys: Vec<_> = messages.iter().map(|message| message.number.key()).collect();
    let opted_out = tables.opted_out(campaign.account, &keys)?;
    let mut new = Vec::with_capacity(messages.len());
    for (message, key) in messages.iter().zip(keys) {
        check(&campaign, message, &mut zone)?;
        let mut status = status(&campaign, message, now);
        if opted_out.contains(&key) {
            // It is stored, so that a report shows it.
            status = step(&status, &Command::Skip(SkipReason::OptedOut), now)?.status;
        }
        new.push((key, message, status));
    }
    let mut imported = Imported::default();
    for (inserted, (_, message, status)) in tables.insert_messages(id, &new)?.into_iter().zip(&new) {
        match inserted {
            Inserted::New(_) if status.state == MessageState::Skipped => imported.opted_out += 1,
            Inserted::New(_) => imported.added += 1,
            // Without lines, a second import cannot be distinguished from a duplicate.
            Inserted::Exists(existing) if existing.line.is_some() && existing.line == message.line => {
                if existing.status.evidence == Some(Evidence::OptedOut) {
                    imported.opted_out += 1;
                } else {
                    imported.present += 1;
                }
            }
            Inserted::Exists(_) => imported.duplicates += 1,
        }
    }
    // Another list extends one that was whole, and it may break off.
    if campaign.is_whole && imported.added + imported.opted_out > 0 {
        campaign.is_whole = false;
        tables.put_campaign(&campaign)?;
    }
    Ok(imported)
}

/// T8: adds a message to a stream. With the same key, the same message is returned and nothing is added.
pub(crate) fn enqueue(
    tables: &mut dyn Tables,
    id: CampaignId,
    once_key: &str,
    message: &NewMessage,
) -> Result<Enqueued> {
    let now = tables.now()?;
    let campaign = campaign_of(tables, id)?;
    let accepts = matches!(campaign.state, CampaignState::Running | CampaignState::Paused);
    if !accepts || campaign.plan.kind != CampaignKind::Stream {
        return Err(LedgerError::Campaign(CampaignRefusal::State(campaign.state)));
    }
    check(&campaign, message, &mut String::new())?;
    match tables.insert_message(id, once_key, message, &status(&campaign, message, now))? {
        Inserted::New(added) => Ok(Enqueued { message: added, is_new: true }),
        Inserted::Exists(existing) if existing.number == message.number && existing.params == message.params => {
            Ok(Enqueued { message: existing.id, is_new: false })
        }
        Inserted::Exists(_) => Err(LedgerError::KeyTaken(once_key.to_owned())),
    }
}

/// Finds mistakes now, and not when the message is sent. `zone` is the last zone that exists.
fn check(campaign: &Campaign, message: &NewMessage, zone: &mut String) -> Result<()> {
    let line = message.line;
    campaign.plan.content.check(&message.params).map_err(|missing| LedgerError::MissingValue { missing, line })?;
    if *zone != message.zone {
        let unknown = |_| LedgerError::UnknownZone { zone: message.zone.clone(), line };
        TimeZone::get(&message.zone).map_err(unknown)?;
        zone.clone_from(&message.zone);
    }
    Ok(())
}

/// Returns the status of a new message. Without a time of its own it is due at any time, so that it does not wait if the
/// clock is put back.
fn status(campaign: &Campaign, message: &NewMessage, now: Timestamp) -> MessageStatus {
    let usual = match campaign.plan.kind {
        CampaignKind::Bulk => Timestamp::MAX,
        CampaignKind::Stream => {
            let due = message.not_before.unwrap_or(now).max(now);
            due.saturating_add(STREAM_EXPIRY).unwrap_or(Timestamp::MAX)
        }
    };
    let expires_at = message.expires_at.unwrap_or(usual).min(campaign.plan.not_after);
    let not_before = message.not_before.unwrap_or(Timestamp::UNIX_EPOCH);
    MessageStatus::ready(whole_micros(not_before), whole_micros(expires_at))
}
