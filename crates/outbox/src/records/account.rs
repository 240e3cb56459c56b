//! Accounts.

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
