//! Adds a message in the user's own transaction.

use rusqlite::Transaction;

use super::statements::Statements;
use crate::clock::Clock;
use crate::error::LedgerError;
use crate::records::NewMessage;
use crate::tables::AccountTables as _;
use crate::transactions::{self, Enqueued};

/// Adds a message to a stream in your own transaction (T8): it will be sent if and only if the transaction commits.
///
/// The transaction must be on the ledger's own file, which may have your tables too. `account` and `stream` are the names
/// with which they were created. With the same `once_key`, the same message is returned and nothing is added.
///
/// The message is as durable as your transaction: set `synchronous=FULL` on your connection, and a `busy_timeout`.
///
/// # Errors
///
/// Returns an error if there is no such account or stream, if the stream does not accept messages, or if the key belongs
/// to another message. Then nothing is added, and your transaction can go on.
pub fn enqueue(
    transaction: &Transaction<'_>,
    account: &str,
    stream: &str,
    once_key: &str,
    message: &NewMessage,
) -> Result<Enqueued, LedgerError> {
    let clock = Clock::system();
    let mut tables = Statements::new(transaction, &clock);
    let missing = |what: &str, name: &str| LedgerError::NotFound(format!("{what} `{name}`"));
    let of = tables.account_named(account)?.ok_or_else(|| missing("account", account))?;
    let stream = tables.campaign_named(of.id, stream)?.ok_or_else(|| missing("stream", stream))?;
    let enqueued = transactions::enqueue(&mut tables, stream.id, once_key, message)?;
    tables.write_counts()?;
    Ok(enqueued)
}
