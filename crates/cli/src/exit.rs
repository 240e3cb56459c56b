//! The exit codes.

use std::process::ExitCode;

use zap_outbox::Count;
use zap_outbox::model::{Evidence, MessageState};

/// How a command ended, as scripts see it. The README has the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// The command did what it says; every message of the campaigns is done.
    Done = 0,
    /// The ledger, the provider or the machine failed.
    Failed = 1,
    /// An argument, a setting or a file is wrong. Nothing was changed.
    Usage = 2,
    /// Everything is decided, and some messages were not sent.
    NotDone = 3,
    /// The outcome of some messages is unknown.
    Unknown = 4,
    /// No outcome is unknown, but messages are left to send.
    WorkLeft = 5,
}

impl Exit {
    /// Returns the code for one message.
    ///
    /// A message that was skipped because its recipient opted out does not count as not done.
    pub fn of_one(state: MessageState, evidence: Option<Evidence>) -> Self {
        match (state, evidence) {
            (MessageState::Unknown, _) => Self::Unknown,
            (MessageState::Ready | MessageState::Sending, _) => Self::WorkLeft,
            (MessageState::Skipped, Some(Evidence::OptedOut)) => Self::Done,
            (MessageState::NotDone | MessageState::Skipped, _) => Self::NotDone,
            _ => Self::Done,
        }
    }

    /// Returns the code for messages.
    pub fn of<'a>(counts: impl IntoIterator<Item = &'a Count>) -> Self {
        let counts = counts.into_iter().filter(|count| count.messages > 0);
        let all: Vec<Self> = counts.map(|count| Self::of_one(count.state, count.evidence)).collect();
        // Unknown messages need a person, so they come first.
        let order = [Self::Unknown, Self::WorkLeft, Self::NotDone];
        order.into_iter().find(|exit| all.contains(exit)).unwrap_or(Self::Done)
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
