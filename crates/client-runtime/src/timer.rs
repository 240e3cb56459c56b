//! One timer for all time limits of an attempt.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Poll, ready};
use std::time::Duration;

use tokio::time::{Instant, Sleep, sleep_until};

use crate::error::Phase;

/// Thirty years: no limit.
const FAR: Duration = Duration::from_secs(30 * 365 * 86_400);

/// `limit` after `start`.
pub(crate) fn after(start: Instant, limit: Duration) -> Instant {
    start.checked_add(limit).unwrap_or(start + FAR)
}

/// When a time limit is over, and whose it is.
pub(crate) type Due = (Instant, Phase);

/// A timer that is set when something has to be waited for, and set anew only when it goes off: to
/// set it is what a time limit costs.
pub(crate) struct Timer<'t> {
    sleep: Pin<&'t mut Option<Sleep>>,
    /// For how long it is set at most: the shortest limit. What begins after it was set ends later.
    step: Duration,
}

impl<'t> Timer<'t> {
    /// `sleep` is where it is kept; `shortest` of the limits.
    pub(crate) fn new(sleep: Pin<&'t mut Option<Sleep>>, shortest: Duration) -> Self {
        Self { sleep, step: shortest }
    }

    /// Waits for `future` until the first of its limits is over. Which that is and when, `due` tells
    /// as things stand: it is asked when the waiting begins, and when the timer goes off.
    pub(crate) async fn within<T>(
        &mut self,
        mut future: Pin<&mut impl Future<Output = T>>,
        mut due: impl FnMut() -> Due,
    ) -> Result<T, Phase> {
        let mut waiting = false;
        poll_fn(|context| {
            if let Poll::Ready(done) = future.as_mut().poll(context) {
                return Poll::Ready(Ok(done));
            }
            if !waiting {
                waiting = true;
                self.begin(due().0);
            }
            while let Some(sleep) = self.sleep.as_mut().as_pin_mut() {
                ready!(sleep.poll(context));
                let (at, phase) = due();
                if at <= Instant::now() {
                    return Poll::Ready(Err(phase));
                }
                self.set(at);
            }
            Poll::Pending
        })
        .await
    }

    /// Sets it unless it is.
    fn begin(&mut self, at: Instant) {
        if self.sleep.is_none() {
            self.set(at);
        }
    }

    fn set(&mut self, at: Instant) {
        let at = at.min(after(Instant::now(), self.step));
        match self.sleep.as_mut().as_pin_mut() {
            Some(sleep) => sleep.reset(at),
            None => self.sleep.set(Some(sleep_until(at))),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::future::pending;
    use std::pin::pin;

    use tokio::time::sleep;

    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    /// Waits with two limits, of ten seconds until something moves and of one second since then, for
    /// what moves `times` times, every `pause`. What came of it, and after how many milliseconds.
    async fn wait(times: u32, pause: Duration, ends: bool) -> (Result<(), Phase>, u128) {
        let (start, last) = (Instant::now(), Cell::new(None));
        let moving = async {
            for _ in 0..times {
                sleep(pause).await;
                last.set(Some(Instant::now()));
            }
            if !ends {
                pending::<()>().await;
            }
        };
        let due = || last.get().map_or((start + 10 * SECOND, Phase::Connect), |last| (last + SECOND, Phase::Answer));
        let mut sleep = pin!(None);
        let result = Timer::new(sleep.as_mut(), SECOND).within(pin!(moving), due).await;
        (result, start.elapsed().as_millis())
    }

    #[tokio::test(start_paused = true)]
    async fn what_moves_within_its_limit_is_waited_for() {
        let (result, after) = wait(20, SECOND / 2, true).await;
        assert_eq!(result, Ok(()), "after {after} ms");
    }

    #[tokio::test(start_paused = true)]
    async fn a_limit_is_over_in_time_whenever_it_began() {
        let half = SECOND / 2;
        for (times, pause, phase, due) in [
            (0, half, Phase::Connect, 10_000),
            (1, half, Phase::Answer, 1500),
            (1, 7 * half, Phase::Answer, 4500),
            (6, half, Phase::Answer, 4000),
        ] {
            let (result, after) = wait(times, pause, false).await;
            assert_eq!(result, Err(phase), "after {after} ms");
            assert!(after.abs_diff(due) <= 2, "{after} ms in place of {due}");
        }
    }

    #[test]
    fn no_limit_is_too_long_to_be_one() {
        let now = Instant::now();
        assert!(after(now, Duration::MAX) > now + FAR / 2);
    }
}
