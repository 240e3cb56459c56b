//! Accounts.

use jiff::Timestamp;
use serde::Serialize;

use super::event::timestamp;
use super::ids::AccountId;
use crate::model::Gate;

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

/// A recipient who wants no more messages of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct OptOut {
    /// The [key](zap_facade::PhoneNumber::key) of the recipient, which all spellings of the number share.
    pub recipient_key: String,
    /// When it was recorded.
    #[serde(serialize_with = "timestamp")]
    pub since: Timestamp,
    /// Where it is from, such as a message of the recipient or the name of a list.
    pub source: String,
}
