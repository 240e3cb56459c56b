//! Measures durable sending: `zap-outbox`, a sender written by hand, and a job engine.

mod durations;
mod fixture;
mod kills;
mod lists;
mod measure;
mod peer;
mod postgres;
mod senders;
mod usage;

pub use durations::{counts, first, import};
pub use measure::{Part, instructions, measure};
pub use senders::{Who, send};
