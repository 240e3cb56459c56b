//! The tables, and how older ones are brought up to date.

use rusqlite::Connection;

use super::failure::failed;
use crate::error::LedgerError;
use crate::tables::Result;

/// `zapo`, so that `file` and other programs can tell what the file is.
pub(super) const APPLICATION_ID: i64 = 0x7a61_706f;

/// The schema's versions. A published one is never changed; append a new one.
const MIGRATIONS: [&str; 5] = [
    include_str!("schema/1.sql"),
    include_str!("schema/2.sql"),
    include_str!("schema/3.sql"),
    include_str!("schema/4.sql"),
    include_str!("schema/5.sql"),
];

/// The version that this library writes.
pub(super) fn known() -> i64 {
    i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX)
}

/// Brings a ledger up to date. Must run in a transaction that excludes other writers.
pub(super) fn migrate(connection: &Connection) -> Result<()> {
    // Another process may just have done it.
    let found = version(connection)?;
    let done = usize::try_from(found).map_err(|_| LedgerError::Corrupt(format!("schema version {found}")))?;
    if found > known() {
        return Err(LedgerError::Newer { found, known: known() });
    }
    for migration in MIGRATIONS.iter().skip(done) {
        connection.execute_batch(migration).map_err(failed)?;
    }
    connection.pragma_update(None, "application_id", APPLICATION_ID).map_err(failed)?;
    connection.pragma_update(None, "user_version", known()).map_err(failed)
}

/// Refuses a schema that a newer version of this library has written.
pub(super) fn check_version(connection: &Connection) -> Result<()> {
    let (found, known) = (version(connection)?, known());
    if found > known { Err(LedgerError::Newer { found, known }) } else { Ok(()) }
}

pub(super) fn version(connection: &Connection) -> Result<i64> {
    // Each transaction that writes asks for it, so the statement is kept prepared.
    let statement = connection.prepare_cached("PRAGMA user_version");
    statement.and_then(|mut statement| statement.query_row([], |row| row.get(0))).map_err(failed)
}
