//! One timer for all time limits of an attempt.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::{Poll, ready};
use std::time::Duration;

use tokio::task::coop::unconstrained;
use tokio::time::{Instant, Sleep, sleep_until};

use crate::error::kind::Phase;
use crate::policy::timeouts::Timeouts;

/// Thirty years, which stands for no limit.
const FAR: Duration = Duration::from_secs(30 * 365 * 86_400);

/// The resolution of timers. Shorter limits, including zero, are raised to it, so that the timer is not reset in a busy
/// loop.
const FINEST: Duration = Duration::from_millis(1);

/// Returns the time of `limit` after `start`.
pub(crate) fn after(start: Instant, limit: Duration) -> Instant {
    start.checked_add(limit).unwrap_or(start + FAR)
}

/// When a time limit ends, and for which phase it is.
pub(crate) type Due = (Instant, Phase);

/// A timer for all time limits of an attempt.
///
/// Setting a timer is expensive. This one is set at the first wait, and again only when it fires.
pub(crate) struct Timer<'t> {
    sleep: Pin<&'t mut Option<Sleep>>,
    /// The longest time to set it for. It is the shortest limit that may begin while the timer is set, so no limit ends
    /// before the timer fires.
    step: Duration,
}

impl<'t> Timer<'t> {
    /// Creates a timer that keeps its state in `sleep`.
    pub(crate) fn new(sleep: Pin<&'t mut Option<Sleep>>, Timeouts { read, total, .. }: Timeouts) -> Self {
        Self { sleep, step: read.min(total).max(FINEST) }
    }

    /// Waits for `future` until the first of its limits ends, and returns the phase of that limit as an error.
    ///
    /// `due` returns the limit that ends first. It is called when the wait begins and when the timer fires.
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
                // Exempt from the task's budget: the future may use it up at each poll, and a timer without budget
                // never fires.
                ready!(pin!(unconstrained(sleep)).poll(context));
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

    /// Sets the timer unless it is set.
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

    use tokio::task::coop::{consume_budget, has_budget_remaining};
    use tokio::time::{advance, sleep};

    use super::*;

    const SECOND: Duration = Duration::from_secs(1);
    const HALF: Duration = Duration::from_millis(500);

    fn limits(read: Duration, total: Duration) -> Timeouts {
        Timeouts::default().with_read(read).with_total(total)
    }

    fn assert_after(start: Instant, due: u128) {
        let after = start.elapsed().as_millis();
        assert!(after.abs_diff(due) <= 2, "{after} ms in place of {due}");
    }

    /// Waits for a future that makes progress `times` times, once every `pause`. The limit is ten seconds until the
    /// first progress, and one second after each. Returns the result, and when the wait began.
    async fn wait(times: u32, pause: Duration, ends: bool) -> (Result<(), Phase>, Instant) {
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
        // If the timer were set for `total`, it would fire too late.
        let result = Timer::new(sleep.as_mut(), limits(SECOND, 20 * SECOND)).within(pin!(moving), due).await;
        (result, start)
    }

    #[tokio::test(start_paused = true)]
    async fn what_moves_within_its_limit_is_waited_for() {
        let (result, start) = wait(20, HALF, true).await;
        assert_eq!(result, Ok(()), "after {:?}", start.elapsed());
    }

    #[tokio::test(start_paused = true)]
    async fn a_limit_is_over_in_time_whenever_it_began() {
        for (times, pause, phase, due) in [
            (0, HALF, Phase::Connect, 10_000),
            (1, HALF, Phase::Answer, 1500),
            (1, 7 * HALF, Phase::Answer, 4500),
            (6, HALF, Phase::Answer, 4000),
        ] {
            let (result, start) = wait(times, pause, false).await;
            assert_eq!(result, Err(phase));
            assert_after(start, due);
        }
    }

    /// The second wait of a timer has a limit of its own, whatever state the first one left it in.
    #[tokio::test(start_paused = true)]
    async fn one_timer_serves_one_wait_after_the_other() {
        let (quiet, whole) = (60 * SECOND, 5 * SECOND);
        for (limits, first_takes, second_may) in [
            // The timer is set in the first wait and fires in the second. Set for `read`, it would fire too late.
            (limits(quiet, whole), 2 * SECOND, whole),
            (limits(whole, quiet), 2 * SECOND, whole),
            // It fires as the first wait ends.
            (limits(SECOND, whole), SECOND, 3 * SECOND),
            (limits(whole, quiet), whole, whole),
        ] {
            for ends in [true, false] {
                let start = Instant::now();
                let mut kept = pin!(None);
                let mut timer = Timer::new(kept.as_mut(), limits);
                let first = timer.within(pin!(sleep(first_takes)), || (start + quiet, Phase::Answer)).await;
                assert_eq!(first, Ok(()));
                assert_after(start, first_takes.as_millis());

                let end = Instant::now() + second_may;
                let second_takes = if ends { second_may / 10 * 9 } else { quiet };
                let second = timer.within(pin!(sleep(second_takes)), || (end, Phase::Body)).await;
                assert_eq!(second, if ends { Ok(()) } else { Err(Phase::Body) });
                assert_after(start, (first_takes + second_takes.min(second_may)).as_millis());
            }
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_limit_of_nothing_does_not_keep_the_machine_busy() {
        for limits in [limits(Duration::ZERO, SECOND), limits(SECOND, Duration::ZERO)] {
            let (end, mut asked) = (Instant::now() + HALF / 10, 0);
            let due = || {
                asked += 1;
                assert!(asked <= 60, "more often than each millisecond");
                (end, Phase::Connect)
            };
            let mut kept = pin!(None);
            let result = Timer::new(kept.as_mut(), limits).within(pin!(pending::<()>()), due).await;
            assert_eq!(result, Err(Phase::Connect));
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_limit_is_over_though_the_budget_is_used_up_each_time() {
        let mut polls = 0;
        let greedy = poll_fn(|context| {
            while has_budget_remaining() {
                let _ = pin!(consume_budget()).poll(context);
            }
            polls += 1;
            context.waker().wake_by_ref();
            if polls < 1000 { Poll::Pending } else { Poll::Ready(()) }
        });
        // While the task is awake, time stands still unless the test advances it.
        let moved = tokio::spawn(advance(2 * SECOND));
        let end = Instant::now() + SECOND;
        let mut kept = pin!(None);
        let mut timer = Timer::new(kept.as_mut(), limits(SECOND, SECOND));
        assert_eq!(timer.within(pin!(greedy), || (end, Phase::Answer)).await, Err(Phase::Answer));
        moved.await.unwrap();
    }

    #[test]
    fn no_limit_is_too_long_to_be_one() {
        let now = Instant::now();
        assert!(after(now, Duration::MAX) > now + FAR / 2);
    }
}
