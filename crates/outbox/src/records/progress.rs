//! The progress of a campaign.

use jiff::Timestamp;

use super::account::Account;
use super::campaign::{Campaign, Count};
use crate::forecast::{Forecast, Group, forecast};
use crate::model::{MessageState, Pause, Rate, Slots};

/// The progress of a campaign, and what blocks it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// The time by the ledger's clock at which the progress was read.
    pub at: Timestamp,
    /// The campaign, with its state and its own pause.
    pub campaign: Campaign,
    /// The account, with its rate and its own pause.
    pub account: Account,
    /// How many messages are in which state, by evidence.
    pub counts: Vec<Count>,
    /// How many messages of other campaigns of the account are ready and go first.
    pub ahead: u64,
    /// When the hours next allow ready messages to be sent. `None` if some may be sent now, or if none is ready.
    pub opens_at: Option<Timestamp>,
    pub(crate) groups: Vec<Group>,
}

impl Progress {
    /// Returns how many messages there are.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.counts.iter().map(|count| count.messages).sum()
    }

    /// Returns how many messages are in a state.
    #[must_use]
    pub fn messages(&self, state: MessageState) -> u64 {
        self.counts.iter().filter(|count| count.state == state).map(|count| count.messages).sum()
    }

    /// Returns why nothing is sent, if the account or the campaign is paused.
    #[must_use]
    pub fn pause(&self) -> Option<&Pause> {
        self.account.gate.pause.as_ref().or(self.campaign.pause.as_ref())
    }

    /// Computes when the messages will have been sent, at the account's rate, within the hours.
    ///
    /// If the campaign is a draft or paused, this says how long it would take if it ran from now on. Returns `None` if
    /// the account has no rate limit, because nothing is known about its pace then: measure it from two values of
    /// [`counts`](Self::counts), and call [`forecast_at`](Self::forecast_at).
    #[must_use]
    pub fn forecast(&self) -> Option<Forecast> {
        let rate = self.account.gate.rate;
        (!rate.interval().is_zero()).then(|| self.forecast_at(rate))
    }

    /// Computes when the messages will have been sent at another rate. Without a limit, they are sent as soon as they
    /// may be.
    #[must_use]
    pub fn forecast_at(&self, rate: Rate) -> Forecast {
        let mut gate = self.account.gate.clone();
        (gate.pause, gate.is_trial) = (None, false);
        let from = match gate.slots(self.at, false, 1) {
            Slots::NotBefore(at) => at,
            _ => self.at,
        };
        forecast(&self.groups, from, rate.interval())
    }
}
