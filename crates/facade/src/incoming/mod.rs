//! Messages that customers write.

mod brasilia;
mod kind;
mod message;
mod received;

pub use kind::IncomingKind;
pub use message::Incoming;
pub use received::{Received, Unreadable, UnreadableReason};
