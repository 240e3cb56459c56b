//! Applies a command to a message and records it.

use jiff::Timestamp;

use crate::error::LedgerError;
use crate::model::{Command, MessageStatus, Refusal, step};
use crate::records::{AccountId, Campaign, CampaignId, Event, Message, MessageId};
use crate::tables::{Result, Tables};

/// The name of workers in events.
pub(super) const WORKER: &str = "worker";
/// The name of the sweeper in events.
pub(super) const SWEEPER: &str = "sweeper";

/// Applies a command with the pure function, writes the new status and, unless the status tells everything, an event.
pub(super) fn apply(
    tables: &mut dyn Tables,
    message: &Message,
    command: &Command,
    now: Timestamp,
    by: &str,
    note: Option<&str>,
) -> Result<std::result::Result<MessageStatus, Refusal>> {
    let transition = match step(&message.status, command, now) {
        Ok(transition) => transition,
        Err(refusal) => return Ok(Err(refusal)),
    };
    tables.put_status(message, &transition.status)?;
    if transition.is_event {
        tables.insert_event(&Event {
            was: transition.was.to_string(),
            now: transition.status.state.to_string(),
            evidence: transition.status.evidence,
            ..message_event(message, now, by, note)
        })?;
    }
    Ok(Ok(transition.status))
}

/// Returns an event that changes nothing.
pub(super) fn message_event(message: &Message, at: Timestamp, by: &str, note: Option<&str>) -> Event {
    Event {
        at,
        account: None,
        campaign: None,
        message: Some(message.id),
        attempt: Some(message.status.attempt),
        was: message.status.state.to_string(),
        now: message.status.state.to_string(),
        evidence: message.status.evidence,
        by: by.to_owned(),
        note: note.map(str::to_owned),
    }
}

pub(super) fn campaign_of(tables: &mut dyn Tables, id: CampaignId) -> Result<Campaign> {
    tables.campaign(id)?.ok_or_else(|| LedgerError::NotFound(format!("campaign {id}")))
}

pub(super) fn account_of_campaign(tables: &mut dyn Tables, id: CampaignId) -> Result<AccountId> {
    tables.account_of_campaign(id)?.ok_or_else(|| LedgerError::NotFound(format!("campaign {id}")))
}

pub(super) fn message_of(tables: &mut dyn Tables, id: MessageId) -> Result<Message> {
    tables.message(id)?.ok_or_else(|| LedgerError::NotFound(format!("message {id}")))
}
