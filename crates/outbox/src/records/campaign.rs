//! Campaigns.

use std::sync::Arc;

use jiff::Timestamp;
use serde::Serialize;

use super::ids::{AccountId, CampaignId};
use crate::content::Content;
use crate::hours::OpeningHours;
use crate::model::{CampaignKind, CampaignState, Evidence, MessageState, Pause};

/// A campaign to create.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NewCampaign {
    /// The name of the campaign, which is unique within the account.
    pub name: String,
    /// How the campaign gets its messages.
    pub kind: CampaignKind,
    /// Campaigns of a higher priority are sent first. Default: 0, and 100 for a stream.
    pub priority: i32,
    /// The content of the messages.
    pub content: Content,
    /// When messages may be sent, in the recipients' zones. Default: always.
    pub hours: OpeningHours,
    /// No message of the campaign is sent at or after this time, not even by a restored copy of the database.
    pub not_after: Timestamp,
}

impl NewCampaign {
    /// Creates a campaign that is imported from a list.
    #[must_use]
    pub fn bulk(name: impl Into<String>, content: Content, not_after: Timestamp) -> Self {
        let (kind, hours) = (CampaignKind::Bulk, OpeningHours::always());
        Self { name: name.into(), kind, priority: 0, content, hours, not_after }
    }

    /// Creates a campaign whose messages are enqueued one at a time. It runs at once, and has no end.
    #[must_use]
    pub fn stream(name: impl Into<String>, content: Content) -> Self {
        let (kind, hours) = (CampaignKind::Stream, OpeningHours::always());
        Self { name: name.into(), kind, priority: 100, content, hours, not_after: Timestamp::MAX }
    }

    /// Sets the hours.
    #[must_use]
    pub fn with_hours(mut self, hours: OpeningHours) -> Self {
        self.hours = hours;
        self
    }

    /// Sets the priority.
    #[must_use]
    pub fn with_priority(mut self, priority: i32) -> Self {
        self.priority = priority;
        self
    }
}

/// A campaign.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Campaign {
    /// The id of the campaign.
    pub id: CampaignId,
    /// The account that sends the messages.
    pub account: AccountId,
    /// The plan with which the campaign was created.
    pub plan: Arc<NewCampaign>,
    /// The state of the campaign.
    pub state: CampaignState,
    /// Why the campaign is paused, if it is.
    pub pause: Option<Pause>,
    /// Whether the list was imported to the end.
    pub is_whole: bool,
    /// When a worker was last active for the campaign.
    pub active_at: Timestamp,
}

/// How many messages of a campaign are in a state, by evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[non_exhaustive]
pub struct Count {
    /// The state.
    pub state: MessageState,
    /// The evidence.
    pub evidence: Option<Evidence>,
    /// How many messages.
    pub messages: u64,
}
