//! Pages of a report.

use std::collections::HashMap;

use super::apply::{SWEEPER, WORKER};
use crate::records::{CampaignId, Message, MessageId};
use crate::tables::{Result, Tables};

/// A row of a report.
pub(crate) struct Reported {
    pub(crate) message: Message,
    /// The latest note of a person, or of a look at the conversation.
    pub(crate) note: Option<String>,
}

/// Returns messages of a campaign after an id, in the order of their ids.
pub(crate) fn report_page(
    tables: &mut dyn Tables,
    campaign: CampaignId,
    after: MessageId,
    limit: u32,
) -> Result<Vec<Reported>> {
    let messages = tables.messages(campaign, after, limit)?;
    let (Some(first), Some(last)) = (messages.first(), messages.last()) else { return Ok(Vec::new()) };
    let mut notes = HashMap::new();
    // Those of workers are the errors of the messages.
    for event in tables.message_events(first.id, last.id)? {
        if let (Some(id), Some(note)) =
            (event.message, event.note.filter(|_| event.by != WORKER && event.by != SWEEPER))
        {
            notes.insert(id, note);
        }
    }
    let row = |message: Message| Reported { note: notes.remove(&message.id), message };
    Ok(messages.into_iter().map(row).collect())
}
