//! Campaigns: created, imported to the end, started, paused, resumed, cancelled.

use jiff::Timestamp;

use super::accounts::account_of;
use super::apply::campaign_of;
use crate::clock::whole_micros;
use crate::error::LedgerError;
use crate::model::{CampaignChange, CampaignKind, CampaignState, MessageState, Pause, PauseReason, change_campaign};
use crate::records::{AccountId, Campaign, CampaignId, Event, NewCampaign};
use crate::tables::{Result, Tables};

/// Creates a campaign, or returns the one with the same plan, so that an import can be continued.
pub(crate) fn create(tables: &mut dyn Tables, account: AccountId, plan: &NewCampaign) -> Result<Campaign> {
    let now = tables.now()?;
    account_of(tables, account)?;
    let plan = NewCampaign { not_after: whole_micros(plan.not_after), ..plan.clone() };
    if let Some(existing) = tables.campaign_named(account, &plan.name)? {
        if *existing.plan == plan {
            return Ok(existing);
        }
        return Err(LedgerError::NameTaken(plan.name));
    }
    let id = tables.insert_campaign(account, &plan, now)?;
    let mut campaign = campaign_of(tables, id)?;
    if plan.kind == CampaignKind::Stream {
        campaign.is_whole = true;
        set(tables, &mut campaign, CampaignChange::Start, now, "creation", None)?;
    }
    Ok(campaign)
}

/// Records that the list of a campaign was imported to the end.
pub(crate) fn complete(tables: &mut dyn Tables, id: CampaignId) -> Result<()> {
    let mut campaign = campaign_of(tables, id)?;
    campaign.is_whole = true;
    tables.put_campaign(&campaign)
}

/// Starts a campaign, if the number of messages that can be sent is as expected.
pub(crate) fn start(tables: &mut dyn Tables, id: CampaignId, expected: u64, by: &str) -> Result<()> {
    let now = tables.now()?;
    let mut campaign = campaign_of(tables, id)?;
    change_campaign(campaign.state, campaign.is_whole, CampaignChange::Start)?;
    let counts = tables.counts(id)?;
    let actual = counts.iter().filter(|count| count.state == MessageState::Ready).map(|count| count.messages).sum();
    if actual != expected {
        return Err(LedgerError::CountDiffers { expected, actual });
    }
    set(tables, &mut campaign, CampaignChange::Start, now, by, None)
}

/// T7 and its opposites.
pub(crate) fn change(
    tables: &mut dyn Tables,
    id: CampaignId,
    change: CampaignChange,
    by: &str,
    note: Option<&str>,
) -> Result<()> {
    let now = tables.now()?;
    let mut campaign = campaign_of(tables, id)?;
    set(tables, &mut campaign, change, now, by, note)
}

/// Pauses the running campaigns of all accounts, because messages may have been sent that the ledger does not know of.
/// Returns how many.
pub(crate) fn pause_restored(tables: &mut dyn Tables, by: &str) -> Result<u64> {
    let now = tables.now()?;
    let mut paused = 0;
    for account in tables.accounts()? {
        for mut campaign in tables.running(account.id)? {
            let note = "the ledger was restored, so messages may have been sent that it does not know of";
            set(tables, &mut campaign, CampaignChange::Pause(PauseReason::Restored), now, by, Some(note))?;
            paused += 1;
        }
    }
    Ok(paused)
}

/// Changes the state of a campaign and records it.
pub(super) fn set(
    tables: &mut dyn Tables,
    campaign: &mut Campaign,
    change: CampaignChange,
    now: Timestamp,
    by: &str,
    note: Option<&str>,
) -> Result<()> {
    let was = campaign.state;
    campaign.state = change_campaign(was, campaign.is_whole, change)?;
    match change {
        CampaignChange::Pause(reason) if campaign.pause.is_none() => {
            campaign.pause = Some(Pause::new(reason, note.unwrap_or_default()));
        }
        CampaignChange::Pause(_) => {}
        _ => campaign.pause = None,
    }
    if campaign.state == CampaignState::Running {
        campaign.active_at = now;
    }
    tables.put_campaign(campaign)?;
    if was == campaign.state {
        return Ok(());
    }
    tables.insert_event(&Event {
        at: now,
        account: None,
        campaign: Some(campaign.id),
        message: None,
        attempt: None,
        was: was.to_string(),
        now: campaign.state.to_string(),
        evidence: None,
        by: by.to_owned(),
        note: note.map(str::to_owned),
    })
}
