//! Time limits.

use std::time::Duration;

use jiff::Timestamp;

/// How long after the intent was committed the request may start. Later, the message is returned unsent.
pub const START_WITHIN: Duration = Duration::from_secs(5);

/// How long after the intent was committed a message without a recorded answer becomes unknown.
///
/// It is longer than [`START_WITHIN`] and the longest call together; see [`Outbox`](crate::Outbox).
pub const DECIDE_AFTER: Duration = Duration::from_secs(3 * 60);

/// How long a message must have been undecided before it may be settled or sent again. By then, no request of the old
/// attempt is on its way any more.
pub const SETTLE_AFTER: Duration = Duration::from_secs(10 * 60);

/// How often a message that was provably not sent returns to `ready`. After that it is `not_done`.
pub const MAX_RETURNS: u32 = 5;

/// How many unknown outcomes in a row pause an account.
pub const UNKNOWNS_IN_A_ROW: u32 = 3;

/// How often an account that is paused because of unknown outcomes is tried again automatically until a message is
/// answered. After that, a person must resume it.
pub const MAX_TRIALS: u32 = 5;

/// How long a worker has the exclusive right to check whether the provider works again.
pub const CHECK_LIMIT: Duration = Duration::from_secs(2 * 60);

/// After how long without a worker a running campaign is paused, because the database may be a restored copy, whose
/// messages were already sent.
pub const IDLE_LIMIT: Duration = Duration::from_secs(60 * 60);

/// How long after it was enqueued a message of a stream expires, unless it has a time of its own.
pub const STREAM_EXPIRY: Duration = Duration::from_secs(24 * 60 * 60);

/// The pauses before a message that was provably not sent may be sent again, for each return.
const BACKOFF: [Duration; MAX_RETURNS as usize] = [
    Duration::from_secs(5),
    Duration::from_secs(15),
    Duration::from_secs(60),
    Duration::from_secs(5 * 60),
    Duration::from_secs(15 * 60),
];

/// How long an account stays paused because of unknown outcomes, for each trial.
const TRIAL_AFTER: [Duration; MAX_TRIALS as usize] = [
    Duration::from_secs(30),
    Duration::from_secs(2 * 60),
    Duration::from_secs(10 * 60),
    Duration::from_secs(30 * 60),
    Duration::from_secs(60 * 60),
];

/// The longest pause that a provider can ask for.
const LONGEST_WAIT: Duration = Duration::from_secs(60 * 60);

/// Returns how long to wait after the `returns`th return, counted from 1. A longer `Retry-After` of the provider counts,
/// up to an hour.
pub(super) fn backoff(returns: u32, asked: Option<Duration>) -> Duration {
    let at = (returns.max(1) as usize - 1).min(BACKOFF.len() - 1);
    BACKOFF[at].max(asked.unwrap_or_default().min(LONGEST_WAIT))
}

/// Returns how long an account waits after `failures` requests in a row that were not accepted.
///
/// The pause is for the whole account, so that an outage does not use up the returns of every message.
pub(super) fn hold(failures: u32, asked: Option<Duration>) -> Duration {
    let own = Duration::from_secs(1 << failures.clamp(1, 6)).min(Duration::from_secs(60));
    own.max(asked.unwrap_or_default().min(LONGEST_WAIT))
}

/// Returns how long an account is paused because of unknown outcomes after so many trials.
pub(super) fn trial_after(trials: u32) -> Duration {
    TRIAL_AFTER[(trials as usize).min(TRIAL_AFTER.len() - 1)]
}

/// Returns a later time, or the latest one that there is.
pub(super) fn later(time: Timestamp, by: Duration) -> Timestamp {
    time.saturating_add(by).unwrap_or(Timestamp::MAX)
}

/// Returns an earlier time, or the earliest one that there is.
pub(super) fn earlier(time: Timestamp, by: Duration) -> Timestamp {
    time.saturating_sub(by).unwrap_or(Timestamp::MIN)
}
