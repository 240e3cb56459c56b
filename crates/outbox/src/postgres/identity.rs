//! Which server holds the ledger, and whether it writes durably.

use super::columns::get;
use super::session::Session;
use crate::error::LedgerError;
use crate::tables::Result;

/// The id of the server's data and its timeline, as two columns. An ordinary role can read them.
///
/// `pg_control_checkpoint` has the timeline, too, but a standby that has taken over writes it there minutes later.
pub(super) const IDENTITY: &str = "(SELECT system_identifier::text FROM pg_control_system()),
    ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::bigint";

/// The oldest version that is supported.
const OLDEST_VERSION: i32 = 130_000;

/// The id of a server's data, which a copy of the files shares, and its timeline, which grows when a standby takes over
/// or a backup is restored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Identity {
    pub(super) system: String,
    pub(super) timeline: i64,
}

impl Identity {
    /// Returns an error unless the ledger is where it was created, or where a person has accepted it.
    pub(super) fn check(&self, stored: &Self) -> Result<()> {
        if self.system != stored.system {
            return Err(LedgerError::Restored(format!(
                "this ledger was written by another Postgres server (system {} and not {}): it is a copy or a backup",
                stored.system, self.system
            )));
        }
        if self.timeline != stored.timeline {
            return Err(LedgerError::Restored(format!(
                "the Postgres server of this ledger is on timeline {} and not {}: a standby has taken over, or a \
                 backup was restored",
                self.timeline, stored.timeline
            )));
        }
        Ok(())
    }
}

/// Refuses a server that cannot hold a ledger. Returns the current schema.
pub(super) fn check_server(session: &mut Session) -> Result<String> {
    let settings = "SELECT current_setting('server_version_num')::int, pg_is_in_recovery(),
                    current_setting('default_transaction_read_only'), current_setting('fsync'),
                    current_setting('full_page_writes'), quote_ident(current_schema()),
                    current_setting('server_version')";
    let row = &session.query(settings, &[])?[0];
    let setting = |column| get::<&str>(row, column);
    if get::<i32>(row, 0)? < OLDEST_VERSION {
        let version = setting(6)?;
        return Err(LedgerError::Server(format!(
            "the Postgres server has version {version}: update it to 13 or newer"
        )));
    }
    if get(row, 1)? {
        let why = "the Postgres server is a standby, which cannot be written: use the primary server";
        return Err(LedgerError::Server(why.to_owned()));
    }
    if setting(2)? != "off" {
        let why = "the Postgres database is read-only (`default_transaction_read_only`): use one that can be written";
        return Err(LedgerError::Server(why.to_owned()));
    }
    for (column, name) in [(3, "fsync"), (4, "full_page_writes")] {
        if setting(column)? != "on" {
            let why = format!("the Postgres server has `{name}=off`; set it to `on`");
            return Err(LedgerError::NotDurable(why));
        }
    }
    let schema: Option<String> = get(row, 5)?;
    schema.ok_or_else(|| {
        let why = "there is no schema for the ledger's tables: create one, or set `search_path` to one";
        LedgerError::Server(why.to_owned())
    })
}
