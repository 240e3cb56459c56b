//! Limits how fast an account sends requests.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::{Instant, sleep_until};

/// Limits how many requests an account sends in a period.
///
/// Many providers document no limit, but too many requests at once can get an account blocked. Clones share one budget:
/// give clones of the same limit to all clients of an account.
///
/// Calls wait for their turn in the order in which they started. A call that is dropped while it waits uses nothing of
/// the budget.
#[derive(Clone)]
pub struct RateLimit(Arc<Inner>);

struct Inner {
    /// The time between two requests after the burst is used up.
    interval: Duration,
    /// How long before its due time a request may be sent.
    tolerance: Duration,
    /// When the next request is due if requests are evenly spread.
    due: Mutex<Instant>,
}

/// Thirty years.
const FAR: Duration = Duration::from_secs(30 * 365 * 86_400);

impl RateLimit {
    /// Creates a limit of `count` requests in each `period`, evenly spread. A count of 0 counts as 1.
    #[must_use]
    pub fn new(count: u32, period: Duration) -> Self {
        Self::build(period / count.max(1), 1)
    }

    /// Creates a limit of `count` requests a second, evenly spread.
    #[must_use]
    pub fn per_second(count: u32) -> Self {
        Self::new(count, Duration::from_secs(1))
    }

    /// Allows up to `burst` requests at once after a pause. The new limit has a budget of its own.
    #[must_use]
    pub fn with_burst(self, burst: u32) -> Self {
        Self::build(self.0.interval, burst.max(1))
    }

    fn build(interval: Duration, burst: u32) -> Self {
        let tolerance = interval.saturating_mul(burst - 1);
        Self(Arc::new(Inner { interval, tolerance, due: Mutex::new(Instant::now()) }))
    }

    /// Waits for a turn and takes it.
    pub(crate) async fn turn(&self) {
        // The mutex is fair and stays locked during the wait, so it is the queue. A call that is dropped releases it
        // without changing the budget.
        let mut due = self.0.due.lock().await;
        if let Some(earliest) = due.checked_sub(self.0.tolerance).filter(|earliest| *earliest > Instant::now()) {
            sleep_until(earliest).await;
        }
        let now = (*due).max(Instant::now());
        // An interval that is too long for the clock: one turn, and then none for thirty years.
        *due = now.checked_add(self.0.interval).unwrap_or(now + FAR);
    }
}

impl fmt::Debug for RateLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RateLimit").field("interval", &self.0.interval).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn requests_are_spread_evenly_after_the_burst() {
        let limit = RateLimit::per_second(10).with_burst(3);
        let start = Instant::now();
        let mut times = Vec::new();
        for _ in 0..6 {
            limit.turn().await;
            times.push(start.elapsed().as_millis());
        }
        assert!(times.iter().zip([0, 0, 0, 100, 200, 300]).all(|(is, due)| is.abs_diff(due) <= 2), "{times:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn who_stops_waiting_uses_up_nothing() {
        let limit = RateLimit::per_second(1);
        let start = Instant::now();
        limit.turn().await;
        for _ in 0..100 {
            let waited = tokio::time::timeout(Duration::from_millis(1), limit.turn()).await;
            assert!(waited.is_err(), "it was not its turn");
        }
        limit.turn().await;
        assert!(start.elapsed() < Duration::from_millis(1010), "{:?}", start.elapsed());
    }

    #[tokio::test(start_paused = true)]
    async fn clones_share_one_budget() {
        let limit = RateLimit::per_second(100);
        let start = Instant::now();
        let turns = (0..50).map(|_| {
            let limit = limit.clone();
            tokio::spawn(async move { limit.turn().await })
        });
        for turn in turns.collect::<Vec<_>>() {
            turn.await.unwrap();
        }
        assert!(start.elapsed() >= Duration::from_millis(490), "{:?}", start.elapsed());
    }
}
