//! Adds a message in the user's own transaction.

use tokio_postgres::GenericClient;

use super::columns::{get, json, stored};
use super::failure::failed;
use crate::error::LedgerError;
use crate::records::{MessageId, NewMessage};
use crate::transactions::Enqueued;

/// Adds a message to a stream in your own transaction (T8): it will be sent if and only if the transaction commits.
///
/// The transaction must be in the ledger's own database, with the ledger's schema in its `search_path`. This calls the
/// SQL function `zap_enqueue`, which other drivers and languages can call. `account` and `stream` are the names with
/// which they were created. With the same `once_key`, the same message is returned and nothing is added.
///
/// Your transaction blocks no worker, however long it stays open. Another transaction that enqueues the same key waits
/// for it. The message is as durable as your transaction: leave `synchronous_commit` on.
///
/// # Errors
///
/// Returns an error if there is no such account or stream, if the stream does not accept messages, if a value is
/// invalid or missing, or if the key belongs to another message. As after every error, Postgres then refuses all other
/// statements of the transaction; to go on, set a savepoint before.
pub async fn enqueue(
    client: &impl GenericClient,
    account: &str,
    stream: &str,
    once_key: &str,
    message: &NewMessage,
) -> Result<Enqueued, LedgerError> {
    let NewMessage { number, params, zone, not_before, expires_at, .. } = message;
    let sql = "SELECT message, is_new FROM zap_enqueue($1, $2, $3, $4, $5::text::jsonb, $6, $7, $8)";
    let (number, params) = (number.to_string(), json(params)?);
    let (not_before, expires_at) = (not_before.map(stored), expires_at.map(stored));
    let called = client
        .query_one(sql, &[&account, &stream, &once_key, &number, &params, zone, &not_before, &expires_at])
        .await
        .map_err(|error| match error.as_db_error() {
            Some(refused) if refused.code().code() == "ZAP01" => LedgerError::KeyTaken(once_key.to_owned()),
            Some(refused) if refused.code().code() == "ZAP02" => {
                LedgerError::NotFound(format!("stream `{stream}` of the account `{account}`"))
            }
            Some(refused) if refused.code().code() == "ZAP03" => LedgerError::Server(refused.message().to_owned()),
            _ => failed(error),
        })?;
    Ok(Enqueued { message: MessageId(get(&called, 0)?), is_new: get(&called, 1)? })
}
