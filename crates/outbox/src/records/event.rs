//! Events.

use jiff::Timestamp;
use serde::Serialize;

use super::ids::{AccountId, CampaignId, MessageId};
use crate::model::Evidence;

/// Something that happened, other than that a message was sent and answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Event {
    /// When it happened.
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
    /// The state before the event. Equal to `now` if an answer came too late to have an effect.
    pub was: String,
    /// The state after the event.
    pub now: String,
    /// How the new state is known.
    pub evidence: Option<Evidence>,
    /// The author of the event: `worker`, `sweeper` or a person.
    pub by: String,
    /// More about the event, for people. Contains no secrets.
    pub note: Option<String>,
}

/// Writes a time as in RFC 3339.
pub(super) fn timestamp<S: serde::Serializer>(at: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(at)
}
