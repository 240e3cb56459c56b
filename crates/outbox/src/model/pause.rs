//! Why accounts and campaigns are paused.

use crate::words::words;

words! {
    /// Why an account or a campaign is paused.
    PauseReason, "a reason of a pause" {
        /// A person paused the account or the campaign.
        Person = "person",
        /// The provider refuses the credentials or this machine's address.
        Credentials = "credentials",
        /// The account has no plan, or it has expired.
        Plan = "plan",
        /// The account's limit is used up.
        Limit = "limit",
        /// A part of the provider's service is not available to the account.
        Unavailable = "unavailable",
        /// The base URL is wrong.
        BaseUrl = "base_url",
        /// Several files to upload in a row are missing on the worker's machine, have changed, or cannot be read.
        Files = "files",
        /// Several messages in a row have an unknown outcome.
        Unknowns = "unknowns",
        /// No worker ran for an hour, so the database may be a restored copy.
        Idle = "idle",
        /// The clock of this machine was set, or the machine was suspended.
        Clock = "clock",
        /// The ledger was restored or copied, or a standby server has taken over, and a person has accepted it.
        Restored = "restored",
    }
}

/// A pause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pause {
    /// Why.
    pub reason: PauseReason,
    /// More about the pause, for people. Contains no secrets.
    pub detail: String,
}

impl Pause {
    /// Creates a pause.
    #[must_use]
    pub fn new(reason: PauseReason, detail: impl Into<String>) -> Self {
        Self { reason, detail: detail.into() }
    }
}
