//! Messages, claims on them and their results.

use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;
use zap_facade::PhoneNumber;

use super::campaign::NewCampaign;
use super::ids::{CampaignId, MessageId};
use crate::content::Params;
use crate::model::{MessageStatus, Verdict};
use crate::recipients::Recipient;

/// A message to add.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct NewMessage {
    /// The recipient. The message is sent to exactly this number.
    pub number: PhoneNumber,
    /// The values of the placeholders.
    pub params: Params,
    /// The recipient's time zone, such as `America/Sao_Paulo`. Default: `UTC`.
    pub zone: String,
    /// The message is not sent before this time.
    pub not_before: Option<Timestamp>,
    /// The message is not sent at or after this time. Default: when its campaign ends. In a stream: a day after it was
    /// enqueued, or after `not_before`.
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

    /// Sets the time before which the message is not sent.
    #[must_use]
    pub fn with_not_before(mut self, time: Timestamp) -> Self {
        self.not_before = Some(time);
        self
    }

    /// Sets the time from which on the message is not sent.
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

/// Takes the line, the number and the values of the placeholders, and drops the extra columns.
impl From<Recipient> for NewMessage {
    fn from(recipient: Recipient) -> Self {
        let Recipient { line, number, params, .. } = recipient;
        Self { params, ..Self::new(number) }.with_line(line)
    }
}

/// A message.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Message {
    /// The id of the message.
    pub id: MessageId,
    /// The campaign of the message.
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
    /// The state of the message.
    pub status: MessageStatus,
    /// The provider's id of the message.
    pub provider_id: Option<String>,
    /// What went wrong, for people. Contains no secrets.
    pub error: Option<String>,
}

/// The right to send a message once.
///
/// The intent is committed. Send it at once, and record the result with
/// [`finish`](crate::Ledger::finish). If you do not, the message becomes unknown.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Claim {
    /// The message.
    pub message: MessageId,
    /// The campaign of the message.
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

// The values of placeholders are personal data, as are keys that are made of a number, and `Debug` output ends up in logs.

impl fmt::Debug for NewMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { number, zone, line, .. } = self;
        let mut shown = f.debug_struct("NewMessage");
        shown.field("number", number).field("zone", zone).field("line", line).finish_non_exhaustive()
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { id, campaign, number, zone, line, status, .. } = self;
        let mut shown = f.debug_struct("Message");
        shown.field("id", id).field("campaign", campaign).field("number", number).field("zone", zone);
        shown.field("line", line).field("status", status).finish_non_exhaustive()
    }
}

impl fmt::Debug for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { message, campaign, attempt, number, .. } = self;
        let mut shown = f.debug_struct("Claim");
        shown.field("message", message).field("campaign", campaign).field("attempt", attempt);
        shown.field("number", number).finish_non_exhaustive()
    }
}
