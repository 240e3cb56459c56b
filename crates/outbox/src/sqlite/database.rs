//! Runs transactions on a connection.

use std::path::{Path, PathBuf};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::failure::failed;
use super::schema::check_version;
use super::statements::Statements;
use crate::clock::Clock;
use crate::error::LedgerError;
use crate::tables::{Database, Result, Scope, Tables};

/// Statements that are kept prepared: all that there are.
const STATEMENTS: usize = 64;

pub(crate) struct SqliteDatabase {
    connection: Connection,
    path: PathBuf,
    file: Option<FileId>,
    clock: Clock,
}

/// The device and the inode of a file.
type FileId = (u64, u64);

impl SqliteDatabase {
    pub(super) fn new(connection: Connection, path: PathBuf, clock: Clock) -> Result<Self> {
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        // Otherwise, SQLite plans some statements again whenever they get other values.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(failed)?;
        let file = file_id(&path)?;
        Ok(Self { connection, path, file, clock })
    }

    fn run(&mut self, behavior: TransactionBehavior, run: &mut dyn FnMut(&mut dyn Tables) -> Result<()>) -> Result<()> {
        let transaction = Transaction::new(&mut self.connection, behavior).map_err(failed)?;
        // Dropping the transaction rolls it back.
        if matches!(behavior, TransactionBehavior::Immediate) {
            // Another program may have brought it up to date since this one opened it.
            check_version(&transaction)?;
        }
        let mut statements = Statements::new(&transaction, &self.clock);
        run(&mut statements)?;
        statements.write_counts()?;
        transaction.commit().map_err(failed)
    }
}

impl Database for SqliteDatabase {
    fn write(&mut self, _: &Scope, run: &mut dyn FnMut(&mut dyn Tables) -> Result<()>) -> Result<()> {
        // SQLite would go on writing into a deleted file, and a worker that opens the path would see another one.
        if file_id(&self.path)? != self.file {
            return Err(LedgerError::NotALedger(format!(
                "{} was replaced while it was in use, so what is written is lost; stop all workers",
                self.path.display()
            )));
        }
        self.run(TransactionBehavior::Immediate, run)
    }

    fn read(&mut self, run: &mut dyn FnMut(&mut dyn Tables) -> Result<()>) -> Result<()> {
        self.run(TransactionBehavior::Deferred, run)
    }
}

#[cfg(unix)]
fn file_id(path: &Path) -> Result<Option<FileId>> {
    use std::os::unix::fs::MetadataExt;

    match std::fs::metadata(path) {
        Ok(file) => Ok(Some((file.dev(), file.ino()))),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(LedgerError::Io(Box::new(error))),
    }
}

/// Elsewhere, the system does not delete a file that is open.
#[cfg(not(unix))]
fn file_id(_: &Path) -> Result<Option<FileId>> {
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Content;
    use crate::records::{CampaignId, MessageId, NewCampaign, NewMessage};
    use crate::transactions::{create, import, open_account};

    #[test]
    fn a_full_disk_is_an_error_that_changes_nothing() {
        let folder = std::env::temp_dir().join(format!("zap-outbox-full-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let mut database = super::super::open(&folder.join("ledger.db"), Clock::system()).unwrap();
        // SQLite reports its own limit as it reports a full disk.
        database.connection.pragma_update(None, "max_page_count", 40).unwrap();
        let plan = NewCampaign::bulk("c", Content::text("Olá!").unwrap(), "2099-01-01T00:00Z".parse().unwrap());
        let mut campaign = CampaignId(0);
        let mut prepare = |tables: &mut dyn Tables| {
            let account = open_account(tables, "EscalaZap", None)?;
            campaign = create(tables, account, &plan)?.id;
            Ok(())
        };
        database.write(&Scope::Enqueue, &mut prepare).unwrap();
        let new = |at: u32| {
            let number = format!("+5511900000{at:03}").parse().unwrap();
            NewMessage::new(number).with_param("note", "x".repeat(1_000))
        };
        let messages: Vec<_> = (0..200).map(new).collect();
        let full =
            database.write(&Scope::Enqueue, &mut |tables| import(tables, campaign, &messages).map(drop)).unwrap_err();
        assert!(matches!(full, LedgerError::Full), "{full}");
        let mut left = None;
        let mut count = |tables: &mut dyn Tables| {
            left = Some(tables.messages(campaign, MessageId(0), 10)?.len());
            Ok(())
        };
        database.read(&mut count).unwrap();
        assert_eq!(left, Some(0));
        database.write(&Scope::Enqueue, &mut |tables| import(tables, campaign, &messages[..2]).map(drop)).unwrap();
        std::fs::remove_dir_all(folder).unwrap();
    }
}
