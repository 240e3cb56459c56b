//! One request and its answer, each phase within its time.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use crate::call::attempt::{attempt, in_time};
use crate::call::call::Call;
use crate::call::judge;
use crate::call::raw_response::Answered;
use crate::call::response::{Answer, Decoded, ResponseValue};
use crate::call::trace::Span;
use crate::error::error::Error;
use crate::policy::retry::{FailedAttempt, may_repeat};
use crate::util::future::Later;

impl Call<'_> {
    /// Sends the call and judges the answer.
    ///
    /// A change is sent once; it is sent again only if the request provably never left this machine.
    /// Dropping the future stops waiting; what was sent by then stays sent.
    pub async fn send<T: Answer>(self) -> Result<ResponseValue<T>, Error> {
        let (client, mut value) = (self.client, T::default());
        let answered = run(self, &mut value).await?;
        Ok(ResponseValue::new(value, answered, &client.scrubber))
    }
}

/// Sends a call until it is answered, or may not or need not be sent again; `value` has what a success says.
///
/// Boxed, and the same for all answers, since the compiler makes a copy of what an `async` function does wherever
/// somebody waits for it: here that would be in every program, once or more for each call in it.
#[inline(never)]
pub(crate) fn run<'c>(call: Call<'c>, value: &'c mut dyn Decoded) -> Later<'c, Result<Answered, Error>> {
    Box::pin(async move {
        let span = Span::new(&call);
        let result = span.enter(repeat(&call, value)).await;
        span.record(&result);
        result
    })
}

async fn repeat(call: &Call<'_>, value: &mut dyn Decoded) -> Result<Answered, Error> {
    preflight(call).await?;
    let mut attempts = Attempts::begin();
    loop {
        let error = match attempts.next(call).await.and_then(|answered| judge(call, answered, value)) {
            Ok(answer) => return Ok(answer),
            Err(error) => error.with_attempts(attempts.number),
        };
        attempts.wait_after(call, error).await?;
    }
}

/// Holds the call to its rules; those that look into files, within the time of an attempt.
async fn preflight(call: &Call<'_>) -> Result<(), Error> {
    if call.form_with_files().is_some() {
        let mut result = Ok(());
        in_time(call, Box::pin(async { result = call.preflight().await })).await?;
        return result;
    }
    call.refused_for(call.broken_rules())
}

/// The answer, if it is a success.
fn judge(call: &Call<'_>, answered: Answered, value: &mut dyn Decoded) -> Result<Answered, Error> {
    let Answered { status, body, .. } = &answered;
    match judge::judge(call.client, call.operation, status.as_u16(), body, value) {
        Ok(()) => Ok(answered),
        Err(error) => Err(error.with_answer(answered.status, answered.headers, Some(answered.body))),
    }
}

/// The attempts of a call.
struct Attempts {
    /// Of the present one, from 1.
    number: u32,
    start: Instant,
    /// For how long they waited for their turns.
    queued: Duration,
}

impl Attempts {
    fn begin() -> Self {
        Self { number: 0, start: Instant::now(), queued: Duration::ZERO }
    }

    async fn next(&mut self, call: &Call<'_>) -> Result<Answered, Error> {
        self.number += 1;
        if let Some(limit) = &call.client.rate_limit {
            let came = Instant::now();
            limit.turn().await;
            self.queued += came.elapsed();
        }
        attempt(call, self.number).await
    }

    /// Waits until the call may be sent again; the error, if it may not.
    async fn wait_after(&self, call: &Call<'_>, error: Error) -> Result<(), Error> {
        if !(may_repeat(call.operation, &error) && call.is_repeatable()) {
            return Err(error);
        }
        let elapsed = self.start.elapsed().saturating_sub(self.queued);
        let failed = FailedAttempt { number: self.number, elapsed, error: &error };
        match call.client.retry.wait(&failed) {
            Some(wait) => sleep(wait).await,
            None => return Err(error),
        }
        Ok(())
    }
}
