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
    /// The id of the account.
    pub id: AccountId,
    /// The name of the account, such as `EscalaZap`.
    pub name: String,
    /// The rate and the pauses of the account.
    pub gate: Gate,
}

/// A recipient who wants no more messages of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct OptOut {
    /// The [key](zap_facade::PhoneNumber::key) of the recipient, which all spellings of the number share.
    pub recipient_key: String,
    /// When the opt-out was recorded.
    #[serde(serialize_with = "timestamp")]
    pub since: Timestamp,
    /// Where the opt-out is from, such as a message of the recipient or the name of a list.
    pub source: String,
}
