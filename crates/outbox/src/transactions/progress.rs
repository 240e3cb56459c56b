//! The progress of a campaign.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::accounts::account_of;
use super::apply::campaign_of;
use crate::error::LedgerError;
use crate::forecast::Group;
use crate::hours::Opening;
use crate::model::CampaignState;
use crate::records::{Campaign, CampaignId, Progress};
use crate::tables::{Result, Tables};

/// Reads the progress of a campaign.
pub(crate) fn progress(tables: &mut dyn Tables, id: CampaignId) -> Result<Progress> {
    let at = tables.now()?;
    let campaign = campaign_of(tables, id)?;
    let account = account_of(tables, campaign.account)?;
    let counts = tables.counts(id)?;
    let mut groups = Vec::new();
    for other in before(tables, &campaign)? {
        add(tables, &other, false, &mut groups)?;
    }
    let ahead = groups.iter().map(|group| group.messages).sum();
    if !matches!(campaign.state, CampaignState::Finished | CampaignState::Cancelled) {
        add(tables, &campaign, true, &mut groups)?;
    }
    let opens_at = opens_at(&groups, at);
    Ok(Progress { at, campaign, account, counts, ahead, opens_at, groups })
}

/// Returns the running campaigns whose messages are sent before those of this one.
fn before(tables: &mut dyn Tables, campaign: &Campaign) -> Result<Vec<Campaign>> {
    let order = |campaign: &Campaign| (-i64::from(campaign.plan.priority), campaign.id);
    let mut running = tables.running(campaign.account)?;
    running.retain(|other| order(other) < order(campaign));
    Ok(running)
}

fn add(tables: &mut dyn Tables, campaign: &Campaign, is_ours: bool, groups: &mut Vec<Group>) -> Result<()> {
    for (zone, messages) in tables.ready_by_zone(campaign.id)? {
        let zone = TimeZone::get(&zone).map_err(|_| LedgerError::Corrupt(format!("unknown time zone `{zone}`")))?;
        let (hours, not_after) = (campaign.plan.hours.clone(), campaign.plan.not_after);
        groups.push(Group { zone, hours, not_after, messages, is_ours });
    }
    Ok(())
}

fn opens_at(groups: &[Group], now: Timestamp) -> Option<Timestamp> {
    let mut first: Option<Timestamp> = None;
    for group in groups.iter().filter(|group| group.is_ours) {
        match group.hours.at(now, &group.zone) {
            Opening::Open { .. } => return None,
            Opening::Closed { until } => first = Some(first.map_or(until, |first| first.min(until))),
        }
    }
    first
}
