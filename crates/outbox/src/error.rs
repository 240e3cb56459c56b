//! The error of a ledger.

use std::error::Error as StdError;
use std::fmt;

use crate::content::FileError;
use crate::model::{CampaignRefusal, Refusal};
use crate::recipients::MissingValue;

/// The error of a ledger. Whenever a method returns one, it has changed nothing, except if the error is
/// [`Io`](Self::Io): then the change may have been written.
#[derive(Debug)]
#[non_exhaustive]
pub enum LedgerError {
    /// The message cannot be changed like this now.
    Refused(Refusal),
    /// The campaign cannot be changed like this now.
    Campaign(CampaignRefusal),
    /// There is no such account, campaign or message. The text names it.
    NotFound(String),
    /// The account has another campaign with this name.
    NameTaken(String),
    /// The number of the campaign's messages is not the one that the caller expects.
    CountDiffers {
        /// What the caller expects.
        expected: u64,
        /// How many messages can be sent.
        actual: u64,
    },
    /// The campaign has another message with this key.
    KeyTaken(String),
    /// A message cannot be added, because its value for a placeholder is missing.
    MissingValue {
        /// The placeholder.
        missing: MissingValue,
        /// The line of the list.
        line: Option<u64>,
    },
    /// A message cannot be added, because its file cannot be uploaded.
    File {
        /// Why.
        error: FileError,
        /// The line of the list.
        line: Option<u64>,
    },
    /// There is no such time zone.
    UnknownZone {
        /// The name.
        zone: String,
        /// The line of the list.
        line: Option<u64>,
    },
    /// The URL of the ledger is not supported. The text is its scheme.
    Url(String),
    /// Another program has locked the database.
    Locked,
    /// The database cannot be written. The text names the file.
    ReadOnly(String),
    /// The disk is full, or the database has reached its maximum size.
    Full,
    /// The file is not a ledger. The text says what the file is.
    NotALedger(String),
    /// The ledger is from a newer version of this library.
    Newer {
        /// The version of the ledger's schema.
        found: i64,
        /// The newest version that this library knows.
        known: i64,
    },
    /// The database contains a value that this library did not write. The text names it.
    Corrupt(String),
    /// The database does not write durably, so it cannot be used. The text names the setting.
    NotDurable(String),
    /// The database server cannot be reached. The text names it, without a password.
    Unreachable(String),
    /// The database server refuses, or cannot be used. The text says why, and what to do.
    Server(String),
    /// The ledger was restored from a backup or copied, or a standby server has taken over: messages may have been sent
    /// that it does not know of. Nothing is written until a person calls
    /// [`accept_restored`](crate::Ledger::accept_restored). The text says what happened.
    Restored(String),
    /// Reading or writing failed.
    Io(Box<dyn StdError + Send + Sync>),
    /// The ledger was closed.
    Closed,
}

impl LedgerError {
    /// Returns whether the same call may succeed later without a fix in the program.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::Locked | Self::Full | Self::Unreachable(_) | Self::Io(_))
    }

    /// Returns true if the database failed rather than the call being invalid.
    pub(crate) fn is_failure(&self) -> bool {
        let failed = matches!(self, Self::ReadOnly(_) | Self::NotALedger(_) | Self::Newer { .. } | Self::Corrupt(_));
        failed || self.is_transient() || matches!(self, Self::NotDurable(_) | Self::Closed)
    }
}

impl fmt::Display for LedgerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = |line: &Option<u64>| line.map(|line| format!("line {line}: ")).unwrap_or_default();
        match self {
            Self::Refused(refusal) => refusal.fmt(f),
            Self::Campaign(refusal) => refusal.fmt(f),
            Self::NotFound(what) => write!(f, "there is no {what} in this ledger"),
            Self::NameTaken(name) => {
                write!(f, "there is already another campaign `{name}`: choose another name, or repeat its exact plan")
            }
            Self::CountDiffers { expected, actual } => {
                write!(f, "the campaign has {actual} messages to send, and not {expected}: check the list")
            }
            Self::KeyTaken(key) => {
                write!(f, "there is already another message with the key `{key}`: use one key for one message")
            }
            Self::MissingValue { missing, line } => write!(f, "{}{missing}", at(line)),
            Self::File { error, line } => write!(f, "{}{error}", at(line)),
            Self::UnknownZone { zone, line } => write!(f, "{}there is no time zone `{zone}`", at(line)),
            Self::Url(url) => write!(
                f,
                "`{url}:` is not a ledger that this program supports: use `sqlite:PATH` or \
                 `postgres://USER@HOST/DATABASE`"
            ),
            Self::Locked => f.write_str("the ledger is locked by another program: close that program, and retry"),
            Self::ReadOnly(path) => {
                write!(f, "the ledger {path} cannot be written: check the permissions of the file and its folder")
            }
            Self::Full => f.write_str("the ledger cannot grow, because the disk is full: free some space, and retry"),
            Self::NotALedger(what) => write!(f, "{what}: choose another file"),
            Self::Newer { found, known } => write!(
                f,
                "the ledger has schema version {found}, and this program knows versions up to {known}: update the \
                 program"
            ),
            Self::Corrupt(what) => write!(f, "the ledger is damaged: {what}; restore a backup"),
            Self::NotDurable(what) => write!(f, "the ledger would not write durably: {what}"),
            Self::Unreachable(what) => write!(f, "the ledger's server cannot be reached: {what}"),
            Self::Server(what) => f.write_str(what),
            Self::Restored(what) => write!(
                f,
                "{what}, so messages may have been sent that this ledger does not know of: find out which, then accept \
                 the ledger as it is (`accept_restored`), which pauses all campaigns"
            ),
            Self::Io(_) => f.write_str("the ledger could not be read or written"),
            Self::Closed => f.write_str("the ledger is closed"),
        }
    }
}

impl StdError for LedgerError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        // The other texts include those of their causes.
        if let Self::Io(source) = self { Some(&**source) } else { None }
    }
}

impl From<Refusal> for LedgerError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<CampaignRefusal> for LedgerError {
    fn from(refusal: CampaignRefusal) -> Self {
        Self::Campaign(refusal)
    }
}
