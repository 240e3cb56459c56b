//! Postgres' errors in our terms.

use std::error::Error as StdError;
use std::fmt;

use tokio_postgres::Error;
use tokio_postgres::error::{DbError, SqlState};

use crate::error::LedgerError;

/// Returns the error for a failed statement.
pub(super) fn failed(error: Error) -> LedgerError {
    match error.as_db_error() {
        Some(error) => refused(error),
        // A value of another type or range than the schema says.
        None if error.source().is_some_and(|source| !source.is::<std::io::Error>()) && !error.is_closed() => {
            LedgerError::Corrupt(with_causes(&error))
        }
        None => LedgerError::Io(Box::new(error)),
    }
}

/// Returns the error for an answer of the server. Its detail is left out, because it can have a recipient's data.
fn refused(error: &DbError) -> LedgerError {
    let (code, message) = (error.code(), error.message());
    let class = code.code().get(..2).unwrap_or_default();
    if [SqlState::LOCK_NOT_AVAILABLE, SqlState::T_R_DEADLOCK_DETECTED, SqlState::T_R_SERIALIZATION_FAILURE]
        .contains(code)
    {
        return LedgerError::Locked;
    }
    if *code == SqlState::DISK_FULL {
        return LedgerError::Full;
    }
    let hint = if *code == SqlState::READ_ONLY_SQL_TRANSACTION {
        "use the primary server, and a database that can be written"
    } else if *code == SqlState::INSUFFICIENT_PRIVILEGE {
        "let the owner of the ledger's tables grant it"
    } else if class == "28" {
        "check the user and the password"
    } else if *code == SqlState::INVALID_CATALOG_NAME {
        "check the database's name in the URL, or create it"
    } else if *code == SqlState::UNDEFINED_TABLE {
        "do not drop or rename the tables of a ledger"
    } else if *code == SqlState::CHARACTER_NOT_IN_REPERTOIRE || *code == SqlState::UNTRANSLATABLE_CHARACTER {
        "a text has a character that Postgres cannot store, such as U+0000; remove it"
    } else if ["22", "23", "42"].contains(&class) {
        "this is a mistake in this program or in the ledger's tables"
    } else {
        // A restart, a limit or a time-out: it may pass.
        return LedgerError::Io(Box::new(Answer { code: code.code().to_owned(), message: message.to_owned() }));
    };
    LedgerError::Server(format!("Postgres refused: {message}; {hint}"))
}

/// An error of the server without its detail.
#[derive(Debug)]
struct Answer {
    code: String,
    message: String,
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (SQLSTATE {})", self.message, self.code)
    }
}

impl StdError for Answer {}

/// The error of a commit whose answer was lost.
#[derive(Debug)]
pub(super) struct Uncertain(pub(super) Box<dyn StdError + Send + Sync>);

impl fmt::Display for Uncertain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the answer to the commit was lost, so look whether the change was made before you repeat it")
    }
}

impl StdError for Uncertain {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.0)
    }
}

/// Returns an error for a connection that could not be made. `server` is the server without the password.
pub(super) fn unreachable(server: &str, error: &Error) -> LedgerError {
    match error.as_db_error().map(refused) {
        Some(LedgerError::Io(answer)) => LedgerError::Unreachable(format!("{server}: {answer}")),
        Some(error) => error,
        None => LedgerError::Unreachable(format!("{server}: {}", with_causes(error))),
    }
}

fn with_causes(error: &dyn StdError) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let more = error.to_string();
        if !text.contains(&more) {
            text.push_str(": ");
            text.push_str(&more);
        }
        cause = error.source();
    }
    text
}
