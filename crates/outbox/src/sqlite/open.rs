//! Opens a ledger's file, and refuses files that are not safe to use.

use std::fs::OpenOptions;
use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};

use super::database::SqliteDatabase;
use super::failure::failed;
use super::schema::{self, APPLICATION_ID};
use crate::clock::Clock;
use crate::error::LedgerError;
use crate::tables::Result;

/// How often a transaction asks for the lock while another process has it, and how long it does so. Transactions take
/// milliseconds.
///
/// SQLite's own handler waits up to a tenth of a second between two tries. Among several busy workers, it can miss every
/// gap for seconds.
const LOCK_INTERVAL: Duration = Duration::from_millis(2);
const LOCK_TRIES: i32 = 5_000;

/// Opens a ledger, and creates it if there is no file.
pub(crate) fn open(path: &Path, clock: Clock) -> Result<SqliteDatabase> {
    let result = create(path).and_then(|()| {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(path, flags).map_err(failed)?;
        prepare_with_patience(&mut connection)?;
        SqliteDatabase::new(connection, path.to_owned(), clock)
    });
    result.map_err(|error| named(error, path))
}

/// Creates the file, so that only its owner can read and write it: it has phone numbers and messages. SQLite gives its
/// auxiliary files the same permissions.
fn create(path: &Path) -> Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
            let shown = path.display();
            Err(match error.kind() {
                std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => {
                    LedgerError::ReadOnly(shown.to_string())
                }
                std::io::ErrorKind::NotFound => {
                    LedgerError::NotALedger(format!("the folder of {shown} does not exist"))
                }
                std::io::ErrorKind::StorageFull => LedgerError::Full,
                _ => LedgerError::Io(Box::new(error)),
            })
        }
        _ if path.is_dir() => Err(LedgerError::NotALedger(format!("{} is a folder", path.display()))),
        _ => Ok(()),
    }
}

/// Prepares a database that other processes may be creating at the same time.
///
/// SQLite does not wait for a lock while it changes the journal, because two processes that did so could wait for each
/// other. So the whole preparation is repeated.
fn prepare_with_patience(connection: &mut Connection) -> Result<()> {
    let start = Instant::now();
    loop {
        match prepare(connection) {
            Err(LedgerError::Locked) if start.elapsed() < LOCK_INTERVAL * LOCK_TRIES.unsigned_abs() => {
                std::thread::sleep(LOCK_INTERVAL);
            }
            result => return result,
        }
    }
}

/// Checks a database, sets it up to write durably, and brings its schema up to date.
fn prepare(connection: &mut Connection) -> Result<()> {
    connection.busy_handler(Some(wait_for_lock)).map_err(failed)?;
    // On one state of the database: another process may be creating it.
    let is_current = check_identity(&*connection.transaction().map_err(failed)?)?;
    if connection.is_readonly("main").map_err(failed)? {
        return Err(LedgerError::ReadOnly("file".to_owned()));
    }
    make_durable(connection)?;
    if is_current {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
    // Another process may have created it in the meantime.
    check_identity(&transaction)?;
    schema::migrate(&transaction)?;
    transaction.commit().map_err(failed)
}

/// Refuses the database of another application and of a newer version. Changes nothing.
/// Returns whether the schema is that of this version.
fn check_identity(connection: &Connection) -> Result<bool> {
    let id: i64 = connection.pragma_query_value(None, "application_id", |row| row.get(0)).map_err(failed)?;
    let version = schema::version(connection)?;
    if id == APPLICATION_ID {
        let known = schema::known();
        return if version > known { Err(LedgerError::Newer { found: version, known }) } else { Ok(version == known) };
    }
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).map_err(failed)?;
    if id != 0 || version != 0 || tables != 0 {
        return Err(LedgerError::NotALedger("the file is the database of another application".to_owned()));
    }
    Ok(false)
}

/// Returns whether to try again to get the lock, after `tries`.
fn wait_for_lock(tries: i32) -> bool {
    std::thread::sleep(LOCK_INTERVAL);
    tries < LOCK_TRIES
}

/// Sets the journal, and checks that each commit reaches the disk before it returns.
fn make_durable(connection: &Connection) -> Result<()> {
    let mode: String =
        connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0)).map_err(failed)?;
    if !mode.eq_ignore_ascii_case("wal") {
        let why = format!("the journal is `{mode}` and not `wal`; put the file on a local disk");
        return Err(LedgerError::NotDurable(why));
    }
    connection.pragma_update(None, "synchronous", "FULL").map_err(failed)?;
    connection.pragma_update(None, "foreign_keys", true).map_err(failed)?;
    // On macOS, only this flushes the disk's own cache. Elsewhere, it does nothing.
    connection.pragma_update(None, "fullfsync", true).map_err(failed)?;
    let level: i64 = connection.pragma_query_value(None, "synchronous", |row| row.get(0)).map_err(failed)?;
    if level < 2 {
        return Err(LedgerError::NotDurable(format!("`synchronous` is {level} and not `FULL`")));
    }
    Ok(())
}

/// Names the file in an error that does not.
fn named(error: LedgerError, path: &Path) -> LedgerError {
    match error {
        LedgerError::ReadOnly(_) => LedgerError::ReadOnly(path.display().to_string()),
        LedgerError::NotALedger(what) => {
            let what = what.strip_prefix("the file ").map(|rest| format!("{} {rest}", path.display())).unwrap_or(what);
            LedgerError::NotALedger(what)
        }
        LedgerError::Io(error) if is_cannot_open(&*error) => LedgerError::ReadOnly(path.display().to_string()),
        error => error,
    }
}

fn is_cannot_open(error: &(dyn std::error::Error + 'static)) -> bool {
    let code = error.downcast_ref().and_then(rusqlite::Error::sqlite_error_code);
    code == Some(ErrorCode::CannotOpen)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_that_cannot_be_written_is_refused() {
        let folder = std::env::temp_dir().join(format!("zap-outbox-read-only-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join("ledger.db");
        drop(open(&path, Clock::system()).unwrap());
        let mut connection = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
        let refused = prepare(&mut connection).map_err(|error| named(error, &path)).unwrap_err();
        assert!(matches!(&refused, LedgerError::ReadOnly(named) if *named == path.display().to_string()), "{refused}");
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_database_that_does_not_write_durably_is_refused() {
        // A database in memory has no journal on disk.
        let mut connection = Connection::open_in_memory().unwrap();
        let refused = prepare(&mut connection).unwrap_err();
        assert!(matches!(refused, LedgerError::NotDurable(_)), "{refused}");
    }
}
