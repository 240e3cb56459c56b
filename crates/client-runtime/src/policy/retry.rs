//! Decides when calls are retried.

use std::collections::hash_map::RandomState;
use std::fmt;
use std::hash::{BuildHasher as _, Hasher as _};
use std::time::Duration;

use crate::error::error::Error;
use crate::error::kind::ErrorKind;
use crate::error::outcome::Outcome;
use crate::spec::operation::Operation;

/// An attempt that failed and may be repeated.
#[derive(Debug)]
#[non_exhaustive]
pub struct FailedAttempt<'a> {
    /// Its number, from 1.
    pub number: u32,
    /// The time since the first attempt began, without the waits for the [`RateLimit`](crate::RateLimit).
    pub elapsed: Duration,
    /// Why it failed.
    pub error: &'a Error,
}

/// Decides whether a call is retried, and how long to wait before that.
///
/// The runtime asks it only if a retry is harmless: for operations that only read, for changes with an idempotency key, and
/// for changes whose request provably never left this machine. A policy cannot allow more.
pub trait RetryPolicy: fmt::Debug + Send + Sync {
    /// Returns how long to wait before the next attempt, or `None` to return the error.
    fn wait(&self, failed: &FailedAttempt<'_>) -> Option<Duration>;
}

/// Waits twice as long before each attempt, with jitter, and at least as long as a `Retry-After` asks.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Backoff {
    /// The maximum number of attempts. Default: 3.
    pub attempts: u32,
    /// The first wait. Default: 250 ms.
    pub first: Duration,
    /// The longest wait. Default: 8 s.
    pub longest: Duration,
    /// The time since the first attempt after which no new attempt begins. Waits for the
    /// [`RateLimit`](crate::RateLimit) do not count. If a `Retry-After` asks for longer, the call is not retried. Default:
    /// 30 s.
    pub total: Duration,
}

impl Default for Backoff {
    fn default() -> Self {
        Self {
            attempts: 3,
            first: Duration::from_millis(250),
            longest: Duration::from_secs(8),
            total: Duration::from_secs(30),
        }
    }
}

impl Backoff {
    /// Sets the maximum number of attempts. With 1, calls are never retried.
    #[must_use]
    pub const fn with_attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// Sets the first wait.
    #[must_use]
    pub const fn with_first(mut self, first: Duration) -> Self {
        self.first = first;
        self
    }

    /// Sets the time after which no new attempt begins.
    #[must_use]
    pub const fn with_total(mut self, total: Duration) -> Self {
        self.total = total;
        self
    }
}

impl RetryPolicy for Backoff {
    fn wait(&self, failed: &FailedAttempt<'_>) -> Option<Duration> {
        if failed.number >= self.attempts {
            return None;
        }
        let doubled = self.first.saturating_mul(1 << (failed.number - 1).min(16)).min(self.longest);
        // Between half of it and all of it, so that many clients do not retry at the same time.
        let wait = doubled.mul_f64(0.5 + random() / 2.0).max(failed.error.retry_after().unwrap_or_default());
        (failed.elapsed.saturating_add(wait) <= self.total).then_some(wait)
    }
}

/// Returns a random number from 0 to 1.
fn random() -> f64 {
    // Each `RandomState` has random keys, which is good enough to spread clients.
    f64::from(u32::try_from(RandomState::new().build_hasher().finish() >> 32).unwrap_or(0)) / f64::from(u32::MAX)
}

/// Returns whether a retry is harmless and may help.
pub(crate) fn may_retry(operation: &Operation, error: &Error) -> bool {
    match error.kind() {
        // With an HTTP client that may have followed a redirect, the outcome of a change is unknown.
        ErrorKind::Connect => operation.is_repeatable() || error.outcome() == Outcome::NotDone,
        ErrorKind::Timeout | ErrorKind::Interrupted => operation.is_repeatable(),
        ErrorKind::Refused | ErrorKind::UnexpectedAnswer => {
            let status = error.status().map_or(0, |status| status.as_u16());
            operation.is_repeatable() && matches!(status, 408 | 429 | 500 | 502 | 503 | 504 | 520..=524)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use reqwest::header::{HeaderMap, RETRY_AFTER};
    use reqwest::{Method, StatusCode};

    use super::*;
    use crate::spec::operation::Safety;

    fn error(retry_after: Option<&str>) -> Error {
        let headers = retry_after.map(|value| (RETRY_AFTER, value.parse().unwrap())).into_iter().collect::<HeaderMap>();
        Error::new(ErrorKind::UnexpectedAnswer, Outcome::NotDone, "Test", "list").with_answer(
            StatusCode::TOO_MANY_REQUESTS,
            headers,
            None,
        )
    }

    fn wait(number: u32, elapsed: u64, error: &Error) -> Option<Duration> {
        Backoff::default().wait(&FailedAttempt { number, elapsed: Duration::from_secs(elapsed), error })
    }

    #[test]
    fn only_a_change_with_a_key_is_repeated_if_an_earlier_attempt_may_have_had_the_effect() {
        static CHANGE: Operation = Operation::new("send", Method::POST, "/send", Safety::Change, "Send.");
        static KEYED: Operation =
            Operation::new("send", Method::POST, "/send", Safety::Change, "Send.").with_idempotency("Key");
        let failed = |outcome| Error::new(ErrorKind::Connect, outcome, "Test", "send");
        for operation in [&CHANGE, &KEYED] {
            assert!(may_retry(operation, &failed(Outcome::NotDone)));
        }
        assert!(may_retry(&KEYED, &failed(Outcome::Unknown)) && !may_retry(&CHANGE, &failed(Outcome::Unknown)));
    }

    #[test]
    fn waits_double_with_jitter_and_end() {
        for (number, longest) in [(1, 250), (2, 500)] {
            for _ in 0..100 {
                let wait = wait(number, 0, &error(None)).unwrap().as_millis();
                assert!((longest / 2..=longest).contains(&wait), "{wait}");
            }
        }
        assert_eq!(wait(3, 0, &error(None)), None, "three attempts and no more");
        assert_eq!(wait(1, 30, &error(None)), None, "the time is up");
    }

    #[test]
    fn a_server_is_waited_for_as_long_as_it_asks_or_not_at_all() {
        assert_eq!(wait(1, 0, &error(Some("7"))), Some(Duration::from_secs(7)));
        assert_eq!(wait(1, 0, &error(Some("3600"))), None);
        assert!(wait(1, 0, &error(Some("soon"))).unwrap() < Duration::from_secs(1));
    }
}
