//! What the database holds.

mod message;

use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;
use serde::Serialize;

use crate::OpeningHours;
use crate::content::Content;
use crate::model::{CampaignKind, CampaignState, Evidence, Gate, MessageState, Pause};

pub use message::{Claim, Finish, Message, NewMessage};

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident;)+) => {
        $(
            $(#[$meta])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
            pub struct $name(pub i64);

            impl fmt::Display for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    self.0.fmt(f)
                }
            }
        )+
    };
}

ids! {
    /// The id of an account in a ledger.
    AccountId;
    /// The id of a campaign in a ledger.
    CampaignId;
    /// The id of a message in a ledger. Later messages have higher ids.
    MessageId;
}

/// An account: the unit of the rate limit.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// Its name, such as `EscalaZap`.
    pub name: String,
    /// Its rate and its pauses.
    pub gate: Gate,
}

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

/// Something that happened, other than that a message was sent and answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Event {
    /// When.
    #[serde(serialize_with = "timestamp")]
    pub at: Timestamp,
    /// The account, for an event of an account.
    pub account: Option<AccountId>,
    /// The campaign, for an event of a campaign or a message.
    pub campaign: Option<CampaignId>,
    /// The message, for an event of a message.
    pub message: Option<MessageId>,
    /// The attempt of the message.
    pub attempt: Option<u32>,
    /// The state before it. Equal to `now` if an answer came too late to have an effect.
    pub was: String,
    /// The state after it.
    pub now: String,
    /// How it is known.
    pub evidence: Option<Evidence>,
    /// Who did it: `worker`, `sweeper` or a person.
    pub by: String,
    /// More about it, for people. Contains no secrets.
    pub note: Option<String>,
}

fn timestamp<S: serde::Serializer>(at: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(at)
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
