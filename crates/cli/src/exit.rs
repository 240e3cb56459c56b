//! The exit codes.

use std::process::ExitCode;

use zap_outbox::Count;
use zap_outbox::model::MessageState;

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
    /// Returns the code for the messages of some campaigns.
    ///
    /// A recipient who has opted out was skipped on purpose, so such a message does not count as not done.
    pub fn of<'a>(counts: impl IntoIterator<Item = &'a Count>) -> Self {
        let mut exit = Self::Done;
        for count in counts.into_iter().filter(|count| count.messages > 0) {
            let one = match count.state {
                MessageState::Unknown => return Self::Unknown,
                MessageState::Ready | MessageState::Sending => Self::WorkLeft,
                MessageState::Skipped if count.evidence == Some(zap_outbox::model::Evidence::OptedOut) => Self::Done,
                MessageState::NotDone | MessageState::Skipped => Self::NotDone,
                _ => Self::Done,
            };
            if one as u8 > exit as u8 {
                exit = one;
            }
        }
        exit
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
