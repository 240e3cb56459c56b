//! Errors for people: one line that names the problem, and one with the fix.

use std::fmt::{self, Write as _};

use zap_outbox::LedgerError;
use zap_outbox::recipients::ListError;
use zap_outbox::zap_facade::{ConfigError, Error, ErrorKind};

use crate::exit::Exit;

/// A failed command.
#[derive(Debug)]
pub struct Failure {
    pub exit: Exit,
    /// What is wrong, and where.
    problem: String,
    /// What to do.
    fix: Option<String>,
}

pub type Result<T> = std::result::Result<T, Failure>;

impl Failure {
    /// Creates a failure of the ledger, the provider or the machine.
    pub fn new(problem: impl Into<String>) -> Self {
        Self { exit: Exit::Failed, problem: problem.into(), fix: None }
    }

    /// Creates a failure because of an argument, a setting or a file.
    pub fn usage(problem: impl Into<String>) -> Self {
        Self { exit: Exit::Usage, ..Self::new(problem) }
    }

    /// Sets the exit code.
    pub fn exit(mut self, exit: Exit) -> Self {
        self.exit = exit;
        self
    }

    /// Sets what to do.
    pub fn fix(mut self, fix: impl Into<String>) -> Self {
        self.fix = Some(fix.into());
        self
    }

    /// Creates the failure for a message that is wrong, or that the provider cannot send. No request was made.
    pub fn refused(error: &Error) -> Self {
        if error.kind() == ErrorKind::Unsupported {
            let text = error.to_string();
            // The rest is for programs.
            let problem = text.split("; `").next().unwrap_or(&text);
            return Self::usage(problem).fix("send another kind of message; the README says what each provider sends");
        }
        Self::usage(error.to_string())
    }

    /// Creates a failure from a text of the libraries, which have the form `problem: fix`.
    fn split(exit: Exit, text: &str) -> Self {
        match text.rsplit_once(": ") {
            Some((problem, fix)) => Self { exit, problem: problem.to_owned(), fix: Some(fix.to_owned()) },
            None => Self { exit, problem: text.to_owned(), fix: None },
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error: {}", self.problem)?;
        self.fix.iter().try_for_each(|fix| write!(f, "\nfix:   {fix}"))
    }
}

impl From<LedgerError> for Failure {
    fn from(error: LedgerError) -> Self {
        match &error {
            LedgerError::NameTaken(name) => Self::usage(format!(
                "there is already a campaign `{name}` with another plan; nothing was changed"
            ))
            .fix(format!("choose another name, or repeat the exact plan; `zap status {name}` shows the campaign")),
            LedgerError::Url(_) | LedgerError::Campaign(_) | LedgerError::Refused(_) => {
                Self::split(Exit::Usage, &error.to_string())
            }
            LedgerError::Restored(what) => Self::new(format!("{what}; nothing is sent or changed")).fix(
                "find out what was sent since then, and run `zap ledger accept-restored`, which pauses all campaigns",
            ),
            LedgerError::Unreachable(_) => {
                Self::new(error.to_string()).fix("check --ledger and ZAP_LEDGER, the network and the server")
            }
            LedgerError::MissingValue { .. } | LedgerError::UnknownZone { .. } | LedgerError::File { .. } => {
                Self::usage(error.to_string())
            }
            LedgerError::Io(source) => {
                Self::new(format!("{error}: {source}")).fix("check the disk and the permissions of the ledger's file")
            }
            _ => Self::split(Exit::Failed, &error.to_string()),
        }
    }
}

impl From<ListError> for Failure {
    fn from(error: ListError) -> Self {
        match &error {
            ListError::Io { source, .. } if source.kind() != std::io::ErrorKind::NotFound => {
                Self::usage(format!("{error}: {source}")).fix("check the permissions of the file")
            }
            _ => Self::split(Exit::Usage, &error.to_string()),
        }
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        let mut problem = "the account's settings in the environment cannot be used:".to_owned();
        for one in error.problems() {
            let _ = write!(problem, "\n  {one}");
        }
        Self::usage(problem).fix("set these variables; `zap sandbox` prints those of an account to try")
    }
}
