//! Connections: their sockets, what each waits for, and which one ends when there are too many.

mod activity;
mod io;
mod pool;

pub(crate) use activity::Activity;
pub(crate) use io::{ConnectionIo, ResetSignal};
pub(crate) use pool::Connections;
