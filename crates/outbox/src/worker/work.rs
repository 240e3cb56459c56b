//! The loop of a worker.

use std::collections::HashMap;
use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::task::{Id, JoinError, JoinSet};
use tokio::time::Instant;
use tracing::Instrument as _;

use super::attempt::attempt;
use super::clock_watch::ClockWatch;
use super::lateness::Started;
use super::recovery::{check, read_for};
use super::{Outbox, Stopped};
use crate::error::LedgerError;
use crate::model::{CampaignKind, CampaignState, Pause, PauseReason, Verdict};
use crate::records::Finish;
use crate::transactions::{Check, Next};

/// How often a worker looks for messages that were added by others.
const POLL: Duration = Duration::from_millis(250);
/// How often a worker looks for messages whose answers are overdue.
const SWEEP: Duration = Duration::from_secs(10);
/// The pause after a failure of the ledger.
const RETRY: Duration = Duration::from_secs(1);
/// How often a worker that stops tries to record its last answers.
const LAST_TRIES: u32 = 5;

impl Outbox {
    /// Sends messages until `shutdown` is ready. Then no message begins any more. This waits for the answers to the
    /// messages that are being sent, records them, and returns.
    ///
    /// If the ledger is locked or its disk is full, this waits and tries again.
    ///
    /// # Errors
    ///
    /// Returns an error if the ledger cannot be used any more.
    ///
    /// # Cancellation
    ///
    /// If you drop the future, the messages that are being sent become unknown. Use `shutdown`.
    pub async fn work(&self, shutdown: impl Future<Output = ()>) -> Result<Stopped, LedgerError> {
        Worker::new(self, false).run(shutdown).await
    }

    /// Sends messages as [`work`](Self::work) does, until there is nothing more to do, or the account is paused and
    /// only a person can resume it.
    ///
    /// A pause because of unknown outcomes ends automatically while this waits, if the provider allows a read with
    /// which to check that it works again; see [`unknown`](crate::unknown). This can take hours.
    ///
    /// # Errors
    ///
    /// Returns an error if the ledger cannot be used any more.
    pub async fn work_until_done(&self, shutdown: impl Future<Output = ()>) -> Result<Stopped, LedgerError> {
        Worker::new(self, true).run(shutdown).await
    }
}

/// The claim of a check, and its result.
type Checked = (Check, Result<(), Option<Duration>>);

struct Worker<'a> {
    outbox: &'a Outbox,
    until_done: bool,
    sending: JoinSet<Finish>,
    /// The result of each of them if its task panics.
    panicked: HashMap<Id, Finish>,
    /// The read with which this worker checks whether the provider works again.
    checks: JoinSet<Checked>,
    /// Results that are not recorded yet.
    results: Vec<Finish>,
    next_begin: Instant,
    next_sweep: Instant,
    /// Why the worker stops, once it does.
    stopping: Option<Result<Stopped, LedgerError>>,
    failures: u32,
    is_paused: bool,
    clock: ClockWatch,
    /// By how much the clock was set, until the account is paused.
    jump: Option<SignedDuration>,
}

impl<'a> Worker<'a> {
    fn new(outbox: &'a Outbox, until_done: bool) -> Self {
        let now = Instant::now();
        Self {
            outbox,
            until_done,
            sending: JoinSet::new(),
            panicked: HashMap::new(),
            checks: JoinSet::new(),
            results: Vec::new(),
            next_begin: now,
            next_sweep: now,
            stopping: None,
            failures: 0,
            is_paused: false,
            clock: ClockWatch::new(outbox.ledger.clock()),
            jump: None,
        }
    }

    async fn run(mut self, shutdown: impl Future<Output = ()>) -> Result<Stopped, LedgerError> {
        let mut shutdown = pin!(shutdown);
        loop {
            while let Some(result) = self.sending.try_join_next_with_id() {
                self.keep(result);
            }
            self.record().await;
            if self.results.is_empty() && self.stopping.is_none() {
                // If it was set, nothing is decided before the account is paused.
                if self.watch_clock().await {
                    self.sweep().await;
                    self.begin().await;
                }
            }
            let may_stop = self.sending.is_empty() && (self.results.is_empty() || self.failures >= LAST_TRIES);
            if let Some(end) = self.stopping.take_if(|_| may_stop) {
                return end;
            }
            let wake = self.wake();
            let is_working = self.stopping.is_none();
            let is_draining = !is_working && self.results.is_empty();
            tokio::select! {
                biased;
                () = &mut shutdown, if is_working => self.stopping = Some(Ok(Stopped::Shutdown)),
                Some(result) = self.sending.join_next_with_id() => self.keep(result),
                Some(checked) = self.checks.join_next(), if is_working => self.checked(checked).await,
                () = tokio::time::sleep_until(wake), if !is_draining => {}
                else => {}
            }
        }
    }

    fn keep(&mut self, result: Result<(Id, Finish), JoinError>) {
        match result {
            Ok((task, result)) => {
                self.panicked.remove(&task);
                self.results.push(result);
            }
            Err(error) => {
                tracing::error!(%error, "the messenger panicked");
                self.results.extend(self.panicked.remove(&error.id()));
            }
        }
    }

    /// T4. Keeps the results if the ledger fails: they must not get lost.
    async fn record(&mut self) {
        if self.results.is_empty() {
            return;
        }
        match self.outbox.ledger.finish(self.results.clone()).await {
            Ok(states) => {
                for (result, state) in self.results.drain(..).zip(states) {
                    if let Err(refusal) = state {
                        tracing::warn!(message_id = result.message.0, %refusal, "a late answer had no effect");
                    }
                }
                self.failures = 0;
            }
            Err(error) => self.failed(error),
        }
    }

    /// Pauses the account if the clock of this machine was set, so that no message expires or is sent at a wrong time.
    /// Returns whether the ledger can be used.
    async fn watch_clock(&mut self) -> bool {
        let Outbox { ledger, account, .. } = self.outbox;
        if !ledger.has_local_clock() {
            return true;
        }
        if let Some(jump) = self.clock.look(ledger.clock()) {
            self.jump = Some(jump);
        }
        let Some(jump) = self.jump else { return true };
        let to = if jump.is_negative() { "back" } else { "forward" };
        let detail = format!(
            "the clock of this machine moved {to} by {} seconds at once, or the machine was suspended: check the clock, \
             then resume the account",
            jump.unsigned_abs().as_secs()
        );
        let pause = Pause::new(PauseReason::Clock, detail);
        match ledger.pause_account_because(*account, pause, "worker".to_owned()).await {
            Ok(()) => self.jump = None,
            Err(error) => self.failed(error),
        }
        self.jump.is_none()
    }

    /// T2.
    async fn begin(&mut self) {
        let room = self.room();
        if room == 0 || Instant::now() < self.next_begin {
            return;
        }
        let Outbox { ledger, messenger, account, files, .. } = self.outbox;
        let started = Started::now();
        let latest = if ledger.has_local_clock() { self.clock.latest() } else { Timestamp::MAX };
        let begun = match ledger.begin_where(*account, room, latest, None).await {
            Ok(begun) => begun,
            Err(error) => return self.failed(error),
        };
        self.failures = 0;
        self.log_pause(&begun.next);
        for claim in begun.claims {
            let panicked =
                Finish::of(&claim, Verdict::Unknown).with_error("the program failed while it sent the message");
            let (messenger, files) = (Arc::clone(messenger), Arc::clone(files));
            let task = self.sending.spawn(async move { attempt(&*messenger, claim, started, &files).await });
            self.panicked.insert(task.id(), panicked);
        }
        let wait = match &begun.next {
            Next::Now => Duration::ZERO,
            Next::At(at) => until(*at, ledger.clock().now()).min(POLL),
            Next::AfterAnswer | Next::Paused(_) | Next::Nothing => POLL,
        };
        self.next_begin = Instant::now() + wait;
        let is_waiting = matches!(begun.next, Next::Paused(_)) && self.check().await;
        if self.until_done && self.sending.is_empty() && self.stopping.is_none() {
            match begun.next {
                Next::Paused(_) if is_waiting => {}
                Next::Paused(pause) => self.stopping = Some(Ok(Stopped::Paused(pause))),
                Next::Nothing => self.stop_if_done().await,
                _ => {}
            }
        }
    }

    /// Logs when the account is paused, and when it is resumed.
    fn log_pause(&mut self, next: &Next) {
        let account_id = self.outbox.account.0;
        match next {
            Next::Paused(pause) if !self.is_paused => {
                // Its detail can have the provider's words.
                tracing::debug!(account_id, detail = %pause.detail, "the account is paused");
                tracing::warn!(account_id, reason = %pause.reason, "the account is paused");
            }
            Next::Paused(_) => return,
            _ if self.is_paused => tracing::info!(account_id, "the account is resumed"),
            _ => return,
        }
        self.is_paused = !self.is_paused;
    }

    /// Checks whether the provider of a paused account works again, when it is time. Returns whether this ends the
    /// pause sooner or later, without a person.
    async fn check(&mut self) -> bool {
        let Outbox { ledger, messenger, account, .. } = self.outbox;
        if !self.checks.is_empty() {
            return true;
        }
        let next = match ledger.next_check(*account).await {
            Ok(Some(next)) => next,
            Ok(None) => return false,
            Err(error) => {
                self.failed(error);
                return true;
            }
        };
        let Some(read) = read_for(&**messenger, &next) else { return false };
        match ledger.begin_check(*account).await {
            Ok(Some(right)) => {
                let messenger = Arc::clone(messenger);
                self.checks.spawn(async move { (right, check(&*messenger, &read).await) });
            }
            // It is too early, or another worker checks.
            Ok(None) => {}
            Err(error) => self.failed(error),
        }
        true
    }

    /// Records the result of a check. If this fails, another check follows when the claim of this one has ended.
    async fn checked(&mut self, checked: Result<Checked, JoinError>) {
        let result = match checked {
            Ok((right, result)) => self.outbox.ledger.finish_check(self.outbox.account, right, result).await,
            Err(error) => return tracing::error!(%error, "the messenger panicked"),
        };
        match result {
            Ok(true) => tracing::info!("the provider answers reads, so one message is tried"),
            Ok(false) => {}
            Err(error) => self.failed(error),
        }
    }

    /// Stops unless a campaign still runs. Messages that another worker sends may return.
    async fn stop_if_done(&mut self) {
        match self.outbox.ledger.campaigns(self.outbox.account).await {
            Ok(campaigns) => {
                let runs = |kind, state| kind == CampaignKind::Bulk && state == CampaignState::Running;
                if !campaigns.iter().any(|campaign| runs(campaign.plan.kind, campaign.state)) {
                    self.stopping = Some(Ok(Stopped::Done));
                }
            }
            Err(error) => self.failed(error),
        }
    }

    /// T5.
    async fn sweep(&mut self) {
        if Instant::now() < self.next_sweep {
            return;
        }
        let span = tracing::debug_span!("zap_outbox.sweep");
        match self.outbox.ledger.sweep().instrument(span).await {
            Ok(swept) => {
                tracing::debug!(unknown = swept.unknown, cancelled = swept.cancelled, "swept");
                if swept.unknown > 0 {
                    tracing::warn!(messages = swept.unknown, "became unknown, because no answer was recorded");
                }
                self.next_sweep = Instant::now() + if swept.more { Duration::ZERO } else { SWEEP };
            }
            Err(error) => self.failed(error),
        }
    }

    /// Waits after a failure that may pass, and stops after any other.
    fn failed(&mut self, error: LedgerError) {
        self.failures = self.failures.saturating_add(1);
        tracing::warn!(%error, failures = self.failures, "the ledger failed");
        let retry_at = self.retry_at();
        (self.next_begin, self.next_sweep) = (self.next_begin.max(retry_at), self.next_sweep.max(retry_at));
        let is_last = self.stopping.is_some() && self.failures >= LAST_TRIES;
        if !error.is_transient() || is_last {
            self.failures = self.failures.max(LAST_TRIES);
            self.stopping = Some(Err(error));
        }
    }

    fn retry_at(&self) -> Instant {
        Instant::now() + if self.failures > 0 { RETRY } else { Duration::ZERO }
    }

    /// Returns when there is something to do, if no answer arrives before.
    fn wake(&self) -> Instant {
        if !self.results.is_empty() {
            return self.retry_at();
        }
        // Without room, an answer comes first.
        if self.room() == 0 { self.next_sweep } else { self.next_begin.min(self.next_sweep) }
    }

    fn room(&self) -> u32 {
        let sending = u32::try_from(self.sending.len()).unwrap_or(u32::MAX);
        self.outbox.concurrency.saturating_sub(sending)
    }
}

/// Returns the time until a moment.
fn until(at: Timestamp, now: Timestamp) -> Duration {
    Duration::try_from(at.duration_since(now)).unwrap_or_default()
}
