//! The states of messages, campaigns and accounts, as pure functions.
//!
//! Nothing in this module reads a clock or a database. Every store calls these functions inside its transactions, so
//! that all stores follow the same rules, and so that a test can search all interleavings of workers, crashes, late
//! answers and people (`tests/suite/exhaustive`).

mod campaign;
mod gate;
mod look;
mod message;
mod pause;
mod rate;
mod step;
mod timing;

pub use campaign::{CampaignChange, CampaignKind, CampaignRefusal, CampaignState, change_campaign};
pub use gate::{Gate, Slots};
pub use look::{Baseline, Control, Decision, LOOK_MARGIN, MAX_OFFSET, Offset, Seen, Span, Undecided, decide};
pub use message::{Evidence, MessageState, MessageStatus};
pub use pause::{Pause, PauseReason};
pub use rate::{InvalidRate, Rate};
pub use step::{Command, NotSent, Refusal, SkipReason, Transition, Verdict, step};
pub use timing::{
    CHECK_LIMIT, DECIDE_AFTER, IDLE_LIMIT, MAX_RETURNS, MAX_TRIALS, SETTLE_AFTER, START_WITHIN, STREAM_EXPIRY,
    UNKNOWNS_IN_A_ROW,
};
