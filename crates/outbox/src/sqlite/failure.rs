//! SQLite's errors in our terms.

use rusqlite::{Error, ErrorCode};

use crate::error::LedgerError;

/// Returns the error for a failed statement.
pub(super) fn failed(error: Error) -> LedgerError {
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => LedgerError::Locked,
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => LedgerError::ReadOnly("file".to_owned()),
        Some(ErrorCode::DiskFull) => LedgerError::Full,
        Some(ErrorCode::NotADatabase) => LedgerError::NotALedger("the file is not a SQLite database".to_owned()),
        Some(ErrorCode::DatabaseCorrupt) => LedgerError::Corrupt(error.to_string()),
        _ => match error {
            // A value of another type or range than the schema says.
            Error::FromSqlConversionFailure(..) | Error::InvalidColumnType(..) | Error::IntegralValueOutOfRange(..) => {
                LedgerError::Corrupt(error.to_string())
            }
            error => LedgerError::Io(Box::new(error)),
        },
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::ffi;

    use super::*;

    #[test]
    fn each_failure_has_its_error() {
        let error = |code| failed(Error::SqliteFailure(ffi::Error::new(code), None));
        assert!(matches!(error(ffi::SQLITE_BUSY), LedgerError::Locked));
        assert!(matches!(error(ffi::SQLITE_BUSY_SNAPSHOT), LedgerError::Locked));
        assert!(matches!(error(ffi::SQLITE_READONLY), LedgerError::ReadOnly(_)));
        assert!(matches!(error(ffi::SQLITE_READONLY_DBMOVED), LedgerError::ReadOnly(_)));
        assert!(matches!(error(ffi::SQLITE_FULL), LedgerError::Full));
        assert!(matches!(error(ffi::SQLITE_NOTADB), LedgerError::NotALedger(_)));
        assert!(matches!(error(ffi::SQLITE_CORRUPT), LedgerError::Corrupt(_)));
        assert!(matches!(error(ffi::SQLITE_IOERR), LedgerError::Io(_)));
    }
}
