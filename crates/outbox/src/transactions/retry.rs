//! Makes `not_done` messages ready again.

use super::apply::{apply, campaign_of, message_of};
use super::campaigns::set;
use crate::model::{CampaignChange, CampaignState, Command, MessageState, Refusal, change_campaign};
use crate::records::{CampaignId, MessageId};
use crate::tables::{Result, Tables};

/// What became of the `not_done` messages of a campaign.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Retried {
    /// Messages that are ready again.
    pub ready: u64,
    /// Messages that stay `not_done`, because their time to be sent has passed.
    pub expired: u64,
    /// Messages that stay `not_done`, because their requests may still be on their way. They can be sent again
    /// later.
    pub too_early: u64,
}

impl Retried {
    pub(crate) fn add(&mut self, more: Self) {
        self.ready += more.ready;
        self.expired += more.expired;
        self.too_early += more.too_early;
    }
}

/// Makes messages ready again if they are still `not_done`.
pub(crate) fn retry(
    tables: &mut dyn Tables,
    campaign: CampaignId,
    messages: &[MessageId],
    by: &str,
    note: Option<&str>,
) -> Result<Retried> {
    let now = tables.now()?;
    let mut campaign = campaign_of(tables, campaign)?;
    change_campaign(campaign.state, campaign.is_whole, CampaignChange::Reopen)?;
    let mut retried = Retried::default();
    for id in messages {
        let message = message_of(tables, *id)?;
        // A late answer or a person may have changed it since it was listed.
        if message.status.state != MessageState::NotDone {
            continue;
        }
        match apply(tables, &message, &Command::Resend, now, by, note)? {
            Ok(_) => retried.ready += 1,
            Err(Refusal::Expired) => retried.expired += 1,
            Err(_) => retried.too_early += 1,
        }
    }
    if retried.ready > 0 && campaign.state == CampaignState::Finished {
        set(tables, &mut campaign, CampaignChange::Reopen, now, by, note)?;
    }
    Ok(retried)
}
