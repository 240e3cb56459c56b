//! The ledger in a SQLite file.
//!
//! The tables begin with `zap_`, so that your own tables can be in the same file. Then [`enqueue`] adds a message in the
//! same transaction in which you store, for example, an order: either both are stored, or neither.

mod columns;
mod counts;
mod database;
mod enqueue;
mod failure;
mod messages;
mod open;
mod schema;
mod statements;

pub use enqueue::enqueue;
/// The SQLite library, for [`enqueue`].
#[doc(no_inline)]
pub use rusqlite;

pub(crate) use open::open;
