//! T6: settles unknown messages, and makes messages ready again.

use super::apply::{apply, campaign_of, message_of};
use super::campaigns::set;
use crate::model::{CampaignChange, CampaignState, Command};
use crate::records::MessageId;
use crate::tables::{Result, Tables};

/// Settles an unknown message.
pub(crate) fn settle(
    tables: &mut dyn Tables,
    id: MessageId,
    done: bool,
    by_look: bool,
    by: &str,
    note: Option<&str>,
) -> Result<()> {
    let now = tables.now()?;
    let message = message_of(tables, id)?;
    apply(tables, &message, &Command::Settle { done, by_look }, now, by, note)??;
    Ok(())
}

/// Makes a message ready again, on a person's explicit command.
pub(crate) fn resend(tables: &mut dyn Tables, id: MessageId, by: &str, note: Option<&str>) -> Result<()> {
    let now = tables.now()?;
    let message = message_of(tables, id)?;
    let mut campaign = campaign_of(tables, message.campaign)?;
    apply(tables, &message, &Command::Resend, now, by, note)??;
    let was = campaign.state;
    let reopen = CampaignChange::Reopen;
    // A paused campaign stays paused.
    if was == CampaignState::Finished {
        set(tables, &mut campaign, reopen, now, by, note)?;
    } else {
        crate::model::change_campaign(was, campaign.is_whole, reopen)?;
    }
    Ok(())
}
