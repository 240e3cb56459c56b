//! The states of a campaign.

use std::fmt;

use super::pause::PauseReason;
use crate::words::words;

words! {
    /// The state of a campaign: `draft → running ⇄ paused → finished | cancelled`.
    CampaignState, "a state of a campaign" {
        /// The campaign is being imported, or waits to be started. Nothing is sent.
        Draft = "draft",
        /// The campaign's messages are sent.
        Running = "running",
        /// No message begins until the campaign is resumed.
        Paused = "paused",
        /// No message of the campaign waits or is being sent.
        Finished = "finished",
        /// The campaign was cancelled. Messages that were not sent are skipped.
        Cancelled = "cancelled",
    }
}

words! {
    /// How a campaign gets its messages.
    CampaignKind, "a kind of campaign" {
        /// From a list that is imported before it starts. Each recipient gets one message.
        Bulk = "bulk",
        /// One at a time, while the campaign runs. It never finishes.
        Stream = "stream",
    }
}

/// A change of a campaign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CampaignChange {
    /// Starts the campaign. Its list must be complete.
    Start,
    /// Pauses the campaign.
    Pause(PauseReason),
    /// Resumes the campaign.
    Resume,
    /// Cancels the campaign.
    Cancel,
    /// Finishes the campaign: none of its messages waits or is being sent any more.
    Finish,
    /// Reopens the campaign: a person sends one of its messages again.
    Reopen,
}

/// Why a campaign cannot be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CampaignRefusal {
    /// The change does not apply to this state.
    State(CampaignState),
    /// The campaign's list is not complete: the import did not end.
    Incomplete,
}

impl fmt::Display for CampaignRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::State(CampaignState::Draft) => f.write_str("the campaign has not been started"),
            Self::State(CampaignState::Running) => f.write_str("the campaign is already running"),
            Self::State(state) => write!(f, "the campaign is {state}"),
            Self::Incomplete => {
                f.write_str("the import of the campaign's list did not end: import the list again, it continues")
            }
        }
    }
}

impl std::error::Error for CampaignRefusal {}

/// Returns the state of a campaign after a change.
///
/// # Errors
///
/// Returns an error if the change does not apply.
pub fn change_campaign(
    state: CampaignState,
    is_whole: bool,
    change: CampaignChange,
) -> Result<CampaignState, CampaignRefusal> {
    use CampaignState::{Cancelled, Draft, Finished, Paused, Running};
    match (change, state) {
        (CampaignChange::Start, Draft) if !is_whole => Err(CampaignRefusal::Incomplete),
        (CampaignChange::Start, Draft) | (CampaignChange::Resume, Paused) | (CampaignChange::Reopen, Finished) => {
            Ok(Running)
        }
        (CampaignChange::Pause(_), Running | Paused) => Ok(Paused),
        (CampaignChange::Cancel, Draft | Running | Paused | Cancelled) => Ok(Cancelled),
        (CampaignChange::Finish, Running) => Ok(Finished),
        (CampaignChange::Reopen, Running | Paused) => Ok(state),
        _ => Err(CampaignRefusal::State(state)),
    }
}
