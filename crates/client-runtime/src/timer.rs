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
