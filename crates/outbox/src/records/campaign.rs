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
    /// Its name, which is unique within the account.
    pub name: String,
    /// How it gets its messages.
    pub kind: CampaignKind,
    /// Campaigns of a higher priority are sent first. Default: 0, and 100 for a stream.
    pub priority: i32,
    /// What it sends.
    pub content: Content,
    /// When its messages may be sent, in the recipients' zones. Default: always.
    pub hours: OpeningHours,
    /// Nothing of it is sent at or after this time. A restored copy of the database cannot send it later.
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
    /// Its id.
    pub id: CampaignId,
    /// The account that sends it.
    pub account: AccountId,
    /// What it was created with.
    pub plan: Arc<NewCampaign>,
    /// Its state.
    pub state: CampaignState,
    /// Why it is paused, if it is.
    pub pause: Option<Pause>,
    /// Whether its list was imported to the end.
    pub is_whole: bool,
    /// When a worker last looked at it.
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
    /// How many.
    pub messages: u64,
}
