//! Rates.

use std::fmt;
use std::time::Duration;

/// How many messages an account sends, and how many of them at once.
///
/// The rate holds for all workers together, because they share the account's row in the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rate {
    /// Microseconds between two messages. Zero is no limit.
    interval: u64,
    burst: u32,
}

impl Rate {
    /// No limit.
    pub const UNLIMITED: Self = Self { interval: 0, burst: 1 };

    /// Creates a rate in messages per second, such as 5.0 or 0.2, without bursts.
    ///
    /// # Errors
    ///
    /// Returns an error unless the rate is between one message a day and 100,000 a second.
    pub fn per_second(messages: f64) -> Result<Self, InvalidRate> {
        if !(1.0 / 86_400.0..=100_000.0).contains(&messages) {
            return Err(InvalidRate);
        }
        // Rounded up, so that the rate is never exceeded.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is between 10 and 86.4e9")]
        Ok(Self { interval: (1_000_000.0 / messages).ceil() as u64, burst: 1 })
    }

    /// Creates a rate of one message every `interval`, rounded up to microseconds. Zero is no limit.
    #[must_use]
    pub fn every(interval: Duration) -> Self {
        let micros = interval.as_nanos().div_ceil(1000);
        Self { interval: u64::try_from(micros).unwrap_or(u64::MAX).min(86_400_000_000), burst: 1 }
    }

    /// Sets how many messages may be sent at once after a pause. Default: 1. Zero counts as 1.
    ///
    /// In no second begin more messages than the rate allows and one burst less one. Without bursts, the time by which
    /// a worker is late is lost, which is a few milliseconds for each message. A rate of more than ten a second is
    /// reached with a burst of a tenth of it, such as 5 at 50 a second.
    #[must_use]
    pub fn with_burst(mut self, burst: u32) -> Self {
        self.burst = burst.max(1);
        self
    }

    /// Returns the time between two messages. Zero is no limit.
    #[must_use]
    pub fn interval(self) -> Duration {
        Duration::from_micros(self.interval)
    }

    /// Returns how many messages may be sent at once after a pause.
    #[must_use]
    pub fn burst(self) -> u32 {
        self.burst
    }
}

/// The error for a rate that is out of range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct InvalidRate;

impl fmt::Display for InvalidRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the rate must be between one message a day and 100,000 a second")
    }
}

impl std::error::Error for InvalidRate {}
