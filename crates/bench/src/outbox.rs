//! Measures durable sending: `zap-outbox`, a sender written by hand, and a job engine.

mod durations;
mod fixture;
mod kills;
mod lists;
mod measure;
mod peer;
mod senders;
mod usage;

pub use durations::{first, import};
pub use measure::{Part, instructions, measure};
pub use senders::{Who, send};
