//! The tables, and how older ones are brought up to date.

use super::columns::get;
use super::identity::IDENTITY;
use super::lock::{self, LOCK_CREATION};
use super::session::Session;
use crate::error::LedgerError;
use crate::tables::Result;

/// `zapo`, as in the ledgers of SQLite.
const APPLICATION_ID: i64 = 0x7a61_706f;

/// The schema's versions. A published one is never changed; append a new one.
const MIGRATIONS: [&str; 4] = [
    include_str!("schema/1.sql"),
    include_str!("schema/2.sql"),
    include_str!("schema/3.sql"),
    include_str!("schema/4.sql"),
];

/// The function `zap_enqueue`, which each new version replaces.
const ENQUEUE: &str = include_str!("schema/enqueue.sql");

/// Brings the schema up to date, in the current schema.
///
/// # Errors
///
/// Returns an error if a newer version has written it, or if there are tables of the same names that are not ours.
pub(super) fn migrate(session: &mut Session, schema: &str) -> Result<()> {
    if version(session)? == Some(known()) {
        return Ok(());
    }
    // `zap_enqueue` keeps this path, whatever the caller's is.
    session.batch(&format!("BEGIN; SET LOCAL search_path TO {schema}, pg_temp"))?;
    let migrated = migrate_locked(session, schema);
    session.batch(if migrated.is_ok() { "COMMIT" } else { "ROLLBACK" })?;
    migrated
}

fn migrate_locked(session: &mut Session, schema: &str) -> Result<()> {
    // Another process may be doing the same.
    session.query(LOCK_CREATION, &[&lock::ID])?;
    let done = match version(session)? {
        None => {
            refuse_foreign_tables(session)?;
            0
        }
        Some(version) => version,
    };
    let skip = usize::try_from(done).map_err(|_| LedgerError::Corrupt(format!("schema version {done}")))?;
    for migration in MIGRATIONS.iter().skip(skip).chain([&ENQUEUE]) {
        session.batch(migration).map_err(|error| explained(error, schema))?;
    }
    let sql = format!(
        "INSERT INTO zap_meta (application_id, version, system_id, timeline) SELECT $1, $2, {IDENTITY}
         ON CONFLICT (is_single) DO UPDATE SET version = $2"
    );
    session.execute(&sql, &[&APPLICATION_ID, &known()])?;
    Ok(())
}

/// Returns the version of the ledger in the current schema, if there is one.
fn version(session: &mut Session) -> Result<Option<i64>> {
    if !exists(session, "zap_meta")? {
        return Ok(None);
    }
    let columns =
        "SELECT count(*) FROM pg_attribute WHERE attrelid = to_regclass(quote_ident(current_schema()) || '.zap_meta')
                   AND attname IN ('application_id', 'version') AND atttypid = 'bigint'::regtype";
    let ours: i64 = get(&session.query(columns, &[])?[0], 0)?;
    if ours != 2 {
        return Err(foreign("zap_meta"));
    }
    let rows = session.query("SELECT application_id, version FROM zap_meta", &[])?;
    let Some(row) = rows.first() else { return Err(foreign("zap_meta")) };
    let (application, found): (i64, i64) = (get(row, 0)?, get(row, 1)?);
    if application != APPLICATION_ID {
        return Err(foreign("zap_meta"));
    }
    check_version(found)?;
    Ok(Some(found))
}

/// Refuses a schema that a newer version of this library has written.
pub(super) fn check_version(found: i64) -> Result<()> {
    if found > known() { Err(LedgerError::Newer { found, known: known() }) } else { Ok(()) }
}

fn refuse_foreign_tables(session: &mut Session) -> Result<()> {
    for table in ["zap_account", "zap_campaign", "zap_message", "zap_opt_out", "zap_event"] {
        if exists(session, table)? {
            return Err(foreign(table));
        }
    }
    Ok(())
}

fn exists(session: &mut Session, table: &str) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM pg_class WHERE relname = $1 AND relnamespace =
               (SELECT oid FROM pg_namespace WHERE nspname = current_schema()))";
    get(&session.query(sql, &[&table])?[0], 0)
}

/// Says which right is missing.
fn explained(error: LedgerError, schema: &str) -> LedgerError {
    match error {
        LedgerError::Server(why) if why.contains("permission denied for schema") => LedgerError::Server(format!(
            "the role cannot create the ledger's tables in the schema {schema}: GRANT CREATE, USAGE ON SCHEMA {schema}, \
             or give it a schema of its own and name that in the URL (`?options=-csearch_path%3DNAME`)"
        )),
        error => error,
    }
}

fn foreign(table: &str) -> LedgerError {
    LedgerError::NotALedger(format!("the table {table} in this schema is not of a ledger"))
}

fn known() -> i64 {
    i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX)
}
