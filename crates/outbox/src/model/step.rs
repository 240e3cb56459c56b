//! The transitions of a message.

use std::fmt;
use std::time::Duration;

use jiff::Timestamp;

use super::message::{Evidence, MessageState, MessageStatus};
use super::pause::PauseReason;
use super::timing::{DECIDE_AFTER, MAX_RETURNS, SETTLE_AFTER, backoff, later};

/// A command to a message.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Command {
    /// Commits the intent to send the message (T2). The worker may send once the transaction has committed.
    Begin {
        /// A random number, which the worker presents when it finishes the attempt.
        token: i64,
    },
    /// Skips the message before it was sent.
    Skip(SkipReason),
    /// Records the result of an attempt (T4).
    Finish {
        /// The attempt.
        attempt: u32,
        /// The token of the attempt.
        token: i64,
        /// The result.
        verdict: Verdict,
    },
    /// Makes the message unknown if its answer is overdue (T5).
    Sweep,
    /// Decides an unknown message (T6).
    Settle {
        /// Whether the message was sent.
        done: bool,
        /// Whether a person says so, or a look at the conversation.
        by_look: bool,
    },
    /// Makes the message ready again (T6). Only a person may give this command.
    Resend,
}

/// The result of an attempt.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// The provider accepted the message.
    Done,
    /// The provider refused the message, and the refusal proves that it was not sent.
    NotDone,
    /// The message cannot be sent as it is, for example because a value is missing or a rule is broken. The provider was
    /// not asked.
    Invalid,
    /// The message may or may not have been sent.
    Unknown,
    /// The provider answered with a failure that proves nothing, and then a look showed that the conversation had moved.
    SeenDone,
    /// The message was provably not sent, for a reason that has nothing to do with it.
    NotSent(NotSent),
}

/// Why a request was not sent or not processed, although nothing is wrong with the message.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NotSent {
    /// The worker did not start the request within [`START_WITHIN`](super::START_WITHIN), or stopped before it.
    TooLate,
    /// There was no connection, the provider asked to wait (429), or a file could not be read.
    Busy {
        /// How long the provider asked to wait.
        wait: Option<Duration>,
    },
    /// The provider refuses the whole account, such as its credentials or its plan.
    AccountRefused(PauseReason),
}

/// Why a message is skipped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SkipReason {
    /// The recipient has opted out.
    OptedOut,
    /// The message's time has passed.
    Expired,
    /// The message's campaign was cancelled.
    Cancelled,
    /// Its number or its time zone does not exist.
    Invalid,
}

impl SkipReason {
    fn evidence(self) -> Evidence {
        match self {
            Self::OptedOut => Evidence::OptedOut,
            Self::Expired => Evidence::Expired,
            Self::Cancelled => Evidence::Cancelled,
            Self::Invalid => Evidence::Invalid,
        }
    }
}

/// A transition of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transition {
    /// The state before it.
    pub was: MessageState,
    /// The status after it.
    pub status: MessageStatus,
    /// Whether to record an event, because the status alone does not tell what happened.
    pub is_event: bool,
}

/// Why a command has no effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Refusal {
    /// The command does not apply to this state.
    State(MessageState),
    /// The message is not due yet.
    NotDue,
    /// The message's time has passed.
    Expired,
    /// A later attempt has begun, or the attempt is already decided.
    Stale,
    /// It is too early to decide. Try again at this time.
    TooEarly(Timestamp),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::State(state) => write!(f, "the message is in the state `{state}`"),
            Self::NotDue => f.write_str("the message is not due yet"),
            Self::Expired => f.write_str("the message's time to be sent has passed"),
            Self::Stale => f.write_str("the attempt is already decided, or a later one has begun"),
            Self::TooEarly(at) => {
                write!(f, "it is too early to decide: a request may still be on its way; try again at {at}")
            }
        }
    }
}

impl std::error::Error for Refusal {}

/// Applies a command to a message. Every store applies all commands with this function.
///
/// # Errors
///
/// Returns an error if the command has no effect. The message then stays as it is.
pub fn step(status: &MessageStatus, command: &Command, now: Timestamp) -> Result<Transition, Refusal> {
    match command {
        Command::Begin { token } => begin(status, *token, now),
        Command::Skip(reason) => match status.state {
            MessageState::Ready => Ok(to(status, MessageState::Skipped, reason.evidence(), now, false)),
            state => Err(Refusal::State(state)),
        },
        Command::Finish { attempt, token, verdict } => {
            if (*attempt, *token) != (status.attempt, status.token) || *attempt == 0 {
                return Err(Refusal::Stale);
            }
            finish(status, verdict, now)
        }
        Command::Sweep => match (status.state, status.decide_at) {
            (MessageState::Sending, Some(at)) if at > now => Err(Refusal::TooEarly(at)),
            (MessageState::Sending, _) => Ok(to(status, MessageState::Unknown, Evidence::Overdue, now, true)),
            (state, _) => Err(Refusal::State(state)),
        },
        Command::Settle { done, by_look } => {
            if status.state != MessageState::Unknown {
                return Err(Refusal::State(status.state));
            }
            nothing_on_its_way(status, now)?;
            let state = if *done { MessageState::Done } else { MessageState::NotDone };
            let evidence = if *by_look { Evidence::Look } else { Evidence::Person };
            Ok(to(status, state, evidence, now, true))
        }
        Command::Resend => resend(status, now),
    }
}

fn begin(status: &MessageStatus, token: i64, now: Timestamp) -> Result<Transition, Refusal> {
    if status.state != MessageState::Ready {
        return Err(Refusal::State(status.state));
    }
    if now >= status.expires_at {
        return Err(Refusal::Expired);
    }
    if now < status.not_before {
        return Err(Refusal::NotDue);
    }
    let status = MessageStatus {
        state: MessageState::Sending,
        attempt: status.attempt.saturating_add(1),
        token,
        decide_at: Some(later(now, DECIDE_AFTER)),
        ..status.clone()
    };
    Ok(Transition { was: MessageState::Ready, status, is_event: false })
}

fn finish(status: &MessageStatus, verdict: &Verdict, now: Timestamp) -> Result<Transition, Refusal> {
    match status.state {
        MessageState::Sending => Ok(match verdict {
            Verdict::Done => to(status, MessageState::Done, Evidence::Answer, now, false),
            Verdict::NotDone => to(status, MessageState::NotDone, Evidence::Answer, now, false),
            Verdict::Invalid => to(status, MessageState::NotDone, Evidence::NotSent, now, false),
            Verdict::Unknown => to(status, MessageState::Unknown, Evidence::NoAnswer, now, true),
            Verdict::SeenDone => to(status, MessageState::Done, Evidence::Look, now, true),
            Verdict::NotSent(reason) => return_unsent(status, reason, now),
        }),
        // The answer is late: somebody may have looked or sent again, so it never makes the message ready.
        state if state == MessageState::Unknown || status.evidence.is_some_and(Evidence::is_judgement) => {
            let decided = match verdict {
                Verdict::Done => MessageState::Done,
                Verdict::NotDone | Verdict::Invalid | Verdict::NotSent(_) => MessageState::NotDone,
                // A look is worth more than nothing, and not more than another judgement.
                Verdict::SeenDone if state == MessageState::Unknown => {
                    return Ok(to(status, MessageState::Done, Evidence::Look, now, true));
                }
                Verdict::Unknown | Verdict::SeenDone => return Err(Refusal::State(state)),
            };
            Ok(to(status, decided, Evidence::LateAnswer, now, true))
        }
        // A person has sent it again, and no later attempt has begun. An attempt that was returned unsent has no such
        // answer. That it was not done changes nothing: it is sent again anyway.
        MessageState::Ready | MessageState::Skipped => match verdict {
            Verdict::Done => Ok(to(status, MessageState::Done, Evidence::LateAnswer, now, true)),
            Verdict::SeenDone => Ok(to(status, MessageState::Done, Evidence::Look, now, true)),
            _ => Err(Refusal::Stale),
        },
        _ => Err(Refusal::Stale),
    }
}

fn return_unsent(status: &MessageStatus, reason: &NotSent, now: Timestamp) -> Transition {
    let mut next = MessageStatus { state: MessageState::Ready, decide_at: None, ..status.clone() };
    // Only what may be due to this recipient or its route counts, so that no message is given up because the worker was
    // slow or the account was blocked.
    if let NotSent::Busy { wait } = reason {
        if status.returns >= MAX_RETURNS {
            return to(status, MessageState::NotDone, Evidence::NotSent, now, true);
        }
        next.returns = status.returns + 1;
        next.not_before = status.not_before.max(later(now, backoff(next.returns, *wait)));
    }
    Transition { was: status.state, status: next, is_event: true }
}

fn resend(status: &MessageStatus, now: Timestamp) -> Result<Transition, Refusal> {
    if !matches!(status.state, MessageState::Unknown | MessageState::NotDone) {
        return Err(Refusal::State(status.state));
    }
    if now >= status.expires_at {
        return Err(Refusal::Expired);
    }
    // A refusal of the provider proves that nothing is on its way; a judgement does not.
    let is_proven = matches!(status.evidence, Some(Evidence::Answer | Evidence::LateAnswer | Evidence::NotSent));
    if status.state == MessageState::Unknown || !is_proven {
        nothing_on_its_way(status, now)?;
    }
    let next = MessageStatus {
        state: MessageState::Ready,
        returns: 0,
        decide_at: None,
        settled_at: None,
        evidence: None,
        ..status.clone()
    };
    Ok(Transition { was: status.state, status: next, is_event: true })
}

/// Returns an error until no request of the latest attempt can be on its way any more.
fn nothing_on_its_way(status: &MessageStatus, now: Timestamp) -> Result<(), Refusal> {
    match status.decide_at.map(|at| later(at, SETTLE_AFTER)) {
        Some(at) if now < at => Err(Refusal::TooEarly(at)),
        _ => Ok(()),
    }
}

fn to(status: &MessageStatus, state: MessageState, evidence: Evidence, now: Timestamp, is_event: bool) -> Transition {
    let next = MessageStatus { state, evidence: Some(evidence), settled_at: Some(now), ..status.clone() };
    Transition { was: status.state, status: next, is_event }
}
