//! The limits of an account: its rate, its pauses, and the trial after an outage.

use std::time::Duration;

use jiff::Timestamp;

use super::pause::{Pause, PauseReason};
use super::rate::Rate;
use super::step::{NotSent, Verdict};
use super::timing::{CHECK_LIMIT, MAX_TRIALS, UNKNOWNS_IN_A_ROW, hold, later, trial_after};

/// The limits of an account. Its row in the database is locked while it is read and written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gate {
    /// The rate.
    pub rate: Rate,
    /// When the next message may be sent, by the rate.
    pub next_slot: Timestamp,
    /// Nothing is sent before this time, because the provider asked to wait or does not answer. While the account is
    /// paused because of unknown outcomes, no worker checks before this time whether the provider works again.
    pub hold_until: Timestamp,
    /// Why the account is paused, if it is.
    pub pause: Option<Pause>,
    /// Whether the account sends one message at a time until one is answered, after a pause because of unknown
    /// outcomes.
    pub is_trial: bool,
    /// How many outcomes in a row were unknown.
    pub unknowns: u32,
    /// How many requests in a row were not accepted (429, no connection), or how many checks in a row have failed.
    pub failures: u32,
    /// How many automatic trials there were since a message was answered or a person resumed the account.
    pub trials: u32,
}

/// How many messages an account allows now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slots {
    /// This many messages.
    Now(u32),
    /// None before this time.
    NotBefore(Timestamp),
    /// None until the message that is being sent is answered.
    AfterTrial,
    /// None, because the account is paused.
    Paused,
}

impl Gate {
    /// Creates the gate of a new account.
    #[must_use]
    pub fn new(rate: Rate) -> Self {
        let long_ago = Timestamp::UNIX_EPOCH;
        Self {
            rate,
            next_slot: long_ago,
            hold_until: long_ago,
            pause: None,
            is_trial: false,
            unknowns: 0,
            failures: 0,
            trials: 0,
        }
    }

    /// Returns how many messages may begin now, at most `limit`. `in_flight` says whether messages of the account are
    /// being sent.
    #[must_use]
    pub fn slots(&self, now: Timestamp, in_flight: bool, limit: u32) -> Slots {
        if self.pause.is_some() {
            return Slots::Paused;
        }
        if self.is_held(now) {
            return Slots::NotBefore(self.hold_until);
        }
        if self.is_trial && in_flight {
            return Slots::AfterTrial;
        }
        let first = self.first_slot(now);
        if now < first {
            return Slots::NotBefore(first);
        }
        let limit = if self.is_trial { limit.min(1) } else { limit };
        let interval = micros(self.rate.interval());
        let due = (now.as_microsecond() - first.as_microsecond()).checked_div(interval);
        let due = due.map_or(limit, |more| u32::try_from(more + 1).unwrap_or(u32::MAX));
        Slots::Now(due.min(limit))
    }

    fn is_held(&self, now: Timestamp) -> bool {
        // A clock that was put back must not stop the account for as long.
        now < self.hold_until && self.hold_until <= later(now, hold(u32::MAX, Some(Duration::MAX)))
    }

    /// Uses slots that [`slots`](Self::slots) returned.
    pub fn take(&mut self, now: Timestamp, count: u32) {
        self.next_slot = later(self.first_slot(now), self.rate.interval() * count);
    }

    /// Returns the earliest slot that is not used.
    fn first_slot(&self, now: Timestamp) -> Timestamp {
        let interval = micros(self.rate.interval());
        let burst = interval.saturating_mul(i64::from(self.rate.burst() - 1));
        let earliest = now.as_microsecond().saturating_sub(burst);
        // The next slot is at most one interval ahead. If it is further, the clock was put back, or the
        // interval has become shorter.
        let is_plausible = self.next_slot.as_microsecond() <= now.as_microsecond().saturating_add(interval);
        let slot = if is_plausible { self.next_slot } else { now }.as_microsecond().max(earliest);
        Timestamp::from_microsecond(slot).unwrap_or(now)
    }

    /// Takes the result of an attempt into account. Returns whether this pauses the account.
    pub fn record(&mut self, verdict: &Verdict, detail: &str, now: Timestamp) -> bool {
        match verdict {
            Verdict::Done | Verdict::NotDone | Verdict::SeenDone => {
                (self.unknowns, self.failures, self.is_trial, self.trials) = (0, 0, false, 0);
                return false;
            }
            // The provider was not asked, so it proves nothing about an outage.
            Verdict::Invalid | Verdict::NotSent(NotSent::TooLate) => return false,
            Verdict::NotSent(NotSent::Busy { wait }) => {
                self.failures = self.failures.saturating_add(1);
                self.hold_until = self.hold_until.max(later(now, hold(self.failures, *wait)));
                return false;
            }
            Verdict::NotSent(NotSent::AccountRefused(_)) | Verdict::Unknown if self.pause.is_some() => return false,
            Verdict::NotSent(NotSent::AccountRefused(reason)) => self.pause = Some(Pause::new(*reason, detail)),
            Verdict::Unknown => {
                self.unknowns = self.unknowns.saturating_add(1);
                if self.unknowns < UNKNOWNS_IN_A_ROW && !self.is_trial {
                    return false;
                }
                self.pause = Some(Pause::new(PauseReason::Unknowns, detail));
                (self.failures, self.hold_until) = (0, later(now, trial_after(self.trials)));
            }
        }
        true
    }

    /// Pauses the account, on a person's command. Returns whether this changes something: another pause stays, unless
    /// workers would end it.
    pub fn pause(&mut self, pause: Pause) -> bool {
        let is_automatic = self.pause.as_ref().is_some_and(|pause| pause.reason == PauseReason::Unknowns);
        if self.pause.is_some() && !is_automatic {
            return false;
        }
        // The trial is still needed when the person ends the pause.
        self.is_trial |= is_automatic;
        self.pause = Some(pause);
        true
    }

    /// Ends the pause, on a person's command. After unknown outcomes, messages are sent one at a time until one is
    /// answered.
    pub fn resume(&mut self) {
        self.unpause();
        self.trials = 0;
    }

    fn unpause(&mut self) {
        self.is_trial |= self.pause.take().is_some_and(|pause| pause.reason == PauseReason::Unknowns);
        self.unknowns = 0;
        self.failures = 0;
        self.hold_until = Timestamp::UNIX_EPOCH;
    }

    /// Returns when a worker may check whether the provider works again. Returns `None` unless the account is paused
    /// because of unknown outcomes and may be tried again automatically.
    #[must_use]
    pub fn next_check(&self) -> Option<Timestamp> {
        let is_waiting = self.pause.as_ref().is_some_and(|pause| pause.reason == PauseReason::Unknowns);
        (is_waiting && self.trials < MAX_TRIALS).then_some(self.hold_until)
    }

    /// Claims the check of whether the provider works again, so that only one worker makes it. Returns when the claim
    /// ends, or `None` if it is too early or not needed.
    pub fn begin_check(&mut self, now: Timestamp) -> Option<Timestamp> {
        self.next_check().filter(|_| !self.is_held(now))?;
        self.hold_until = later(now, CHECK_LIMIT);
        Some(self.hold_until)
    }

    /// Takes the result of a check into account, whose claim ends at `until`. Returns whether this ends the pause. Then
    /// messages are sent one at a time until one is answered.
    ///
    /// A result has no effect if the claim was lost in the meantime. After a failure, `wait` is how long the provider
    /// asked to wait.
    pub fn finish_check(&mut self, until: Timestamp, result: Result<(), Option<Duration>>, now: Timestamp) -> bool {
        if self.next_check() != Some(until) {
            return false;
        }
        match result {
            Ok(()) => {
                self.unpause();
                self.trials += 1;
                true
            }
            Err(wait) => {
                self.failures = self.failures.saturating_add(1);
                self.hold_until = later(now, hold(self.failures, wait));
                false
            }
        }
    }
}

fn micros(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}
