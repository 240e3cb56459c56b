//! The ledger in a Postgres database.
//!
//! The tables begin with `zap_`, so that your own tables can be in the same schema. Then [`enqueue`] adds a message in the
//! same transaction in which you store, for example, an order: either both are stored, or neither.

mod columns;
mod database;
mod enqueue;
mod failure;
mod identity;
mod lock;
mod messages;
mod pending;
mod schema;
mod session;
mod statements;
mod tls;
mod unchecked;
mod url;

use crate::clock::Clock;
use crate::tables::Result;

pub use enqueue::enqueue;
/// The Postgres library, for [`enqueue`].
#[doc(no_inline)]
pub use tokio_postgres;

pub(crate) use database::PostgresDatabase;

/// Reads a URL. Returns the server's name without secrets, and a function that opens the ledger.
pub(crate) fn open(
    url: &str,
    clock: Clock,
) -> Result<(String, impl FnOnce() -> Result<PostgresDatabase> + Send + use<>)> {
    let server = url::Server::parse(url)?;
    Ok((server.name.clone(), move || PostgresDatabase::open(server, clock)))
}
