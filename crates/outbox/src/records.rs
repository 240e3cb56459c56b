//! What the database holds.

use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;
use serde::Serialize;
use zap_facade::PhoneNumber;

use crate::OpeningHours;
use crate::content::{Content, Params};
use crate::model::{CampaignKind, CampaignState, Evidence, Gate, MessageState, MessageStatus, Pause, Verdict};

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

/// A message to add.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NewMessage {
    /// The recipient. It is sent to exactly this number.
    pub number: PhoneNumber,
    /// The values of the placeholders.
    pub params: Params,
    /// The recipient's time zone, such as `America/Sao_Paulo`. Default: `UTC`.
    pub zone: String,
    /// It is not sent before this time.
    pub not_before: Option<Timestamp>,
    /// It is not sent at or after this time.
    pub expires_at: Option<Timestamp>,
    /// The line of the list, if it is from one.
    pub line: Option<u64>,
}

impl NewMessage {
    /// Creates a message without placeholders.
    #[must_use]
    pub fn new(number: PhoneNumber) -> Self {
        let (params, zone) = (Params::new(), "UTC".to_owned());
        Self { number, params, zone, not_before: None, expires_at: None, line: None }
    }

    /// Sets the value of a placeholder.
    #[must_use]
    pub fn with_param(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.params.insert(name.into(), value.into());
        self
    }

    /// Sets the time zone.
    #[must_use]
    pub fn with_zone(mut self, zone: impl Into<String>) -> Self {
        self.zone = zone.into();
        self
    }

    /// Sets the time before which it is not sent.
    #[must_use]
    pub fn with_not_before(mut self, time: Timestamp) -> Self {
        self.not_before = Some(time);
        self
    }

    /// Sets the time from which on it is not sent.
    #[must_use]
    pub fn with_expires_at(mut self, time: Timestamp) -> Self {
        self.expires_at = Some(time);
        self
    }

    /// Sets the line of the list.
    #[must_use]
    pub fn with_line(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }
}

/// A message.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// Its campaign.
    pub campaign: CampaignId,
    /// The key that makes it unique within the campaign.
    pub once_key: String,
    /// The recipient.
    pub number: PhoneNumber,
    /// The values of the placeholders.
    pub params: Params,
    /// The recipient's time zone.
    pub zone: String,
    /// The line of the list, if it is from one.
    pub line: Option<u64>,
    /// Its state.
    pub status: MessageStatus,
    /// The provider's id of it.
    pub provider_id: Option<String>,
    /// What went wrong, for people. Contains no secrets.
    pub error: Option<String>,
}

/// The right to send a message once.
///
/// The intent is committed. Send it at once, and record the result with
/// [`finish`](crate::Ledger::finish). If you do not, the message becomes unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Claim {
    /// The message.
    pub message: MessageId,
    /// Its campaign.
    pub campaign: CampaignId,
    /// The attempt, counted from 1.
    pub attempt: u32,
    /// The token of the attempt.
    pub token: i64,
    /// The recipient.
    pub number: PhoneNumber,
    /// What to send.
    pub plan: Arc<NewCampaign>,
    /// The values of the placeholders.
    pub params: Params,
}

/// The result of a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finish {
    /// The message.
    pub message: MessageId,
    /// The attempt.
    pub attempt: u32,
    /// The token of the attempt.
    pub token: i64,
    /// The result.
    pub verdict: Verdict,
    /// The provider's id of the message.
    pub provider_id: Option<String>,
    /// What went wrong, for people. Must not contain secrets.
    pub error: Option<String>,
}

impl Finish {
    /// Creates the result of a claim.
    #[must_use]
    pub fn of(claim: &Claim, verdict: Verdict) -> Self {
        let Claim { message, attempt, token, .. } = *claim;
        Self { message, attempt, token, verdict, provider_id: None, error: None }
    }

    /// Sets the provider's id of the message.
    #[must_use]
    pub fn with_provider_id(mut self, id: Option<String>) -> Self {
        self.provider_id = id;
        self
    }

    /// Sets what went wrong. Must not contain secrets.
    #[must_use]
    pub fn with_error(mut self, error: impl Into<String>) -> Self {
        self.error = Some(error.into());
        self
    }
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
