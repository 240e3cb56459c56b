//! Worker processes that are frozen (`SIGSTOP`) in the middle of their work, and wake up late.

use std::collections::BTreeMap;
use std::time::Duration;

use zap_outbox::jiff::{SignedDuration, Timestamp};
use zap_outbox::model::{Evidence, MessageState};
use zap_outbox::{Clock, Message, MessageId};
use zap_sandbox::Fault;

use super::campaign::Crashing;
use super::process::{Place, Worker, freeze_at, worker};
use super::store::Store;

/// Longer than a request may take to start after its intent.
const TOO_LONG: Duration = Duration::from_millis(5_300);
const SHORT: Duration = Duration::from_millis(300);
const OVERDUE: SignedDuration = SignedDuration::from_mins(4);
/// After this time, a person may send again.
const SETTLED: SignedDuration = SignedDuration::from_mins(20);

/// A campaign to one recipient, whose worker is frozen.
struct Frozen {
    crashing: Crashing,
    worker: Worker,
}

impl Frozen {
    async fn at(store: Store, place: Place) -> Self {
        let crashing = Crashing::start(store, 1).await;
        if place == Place::Calling {
            crashing.fault(Fault::delay(Duration::from_millis(300)).after().always());
        }
        let mut command = worker(1, &crashing.sandbox, &crashing.store.url());
        let mut worker = Worker::start(freeze_at(&mut command, place));
        worker.release().await;
        worker.until_frozen().await;
        assert_eq!(crashing.messages().await[0].status.state, MessageState::Sending);
        Self { crashing, worker }
    }

    /// Makes what is overdue unknown, as the sweeper does some minutes later.
    async fn sweep(&self) {
        let later = Clock::manual(Timestamp::now() + OVERDUE);
        assert_eq!(self.crashing.store.open_at(later).await.sweep().await.unwrap().unknown, 1);
    }

    /// A person sends again, and another worker does it.
    async fn resend(&self) {
        let later = Clock::manual(Timestamp::now() + SETTLED);
        self.crashing.store.open_at(later).await.resend(MessageId(1), "Ana", None).await.unwrap();
        let mut other = Worker::start(&mut worker(1, &self.crashing.sandbox, &self.crashing.store.url()));
        other.release().await;
        self.until(MessageState::Done).await;
    }

    async fn message(&self) -> Message {
        self.crashing.messages().await.remove(0)
    }

    /// Waits until the message is in a state.
    async fn until(&self, state: MessageState) -> Message {
        for _ in 0..3_000 {
            let message = self.message().await;
            if message.status.state == state {
                return message;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("it does not become {state}: {:?}", self.message().await);
    }

    /// Checks that the ledger is right, and returns how many copies were delivered.
    async fn deliveries(self) -> usize {
        let Self { crashing, worker } = self;
        drop(worker);
        let judgement = crashing.judge(&BTreeMap::new()).await;
        assert_eq!(judgement.violations, Vec::<String>::new());
        crashing.sandbox.deliveries().len()
    }
}

/// The worker was frozen for a moment: nothing has changed.
async fn a_short_freeze_changes_nothing(store: fn() -> Store) {
    for place in [Place::Begun, Place::Checked, Place::Calling, Place::Answered] {
        let mut frozen = Frozen::at(store(), place).await;
        tokio::time::sleep(SHORT).await;
        frozen.worker.wake();
        let message = frozen.until(MessageState::Done).await;
        assert_eq!((message.status.evidence, message.status.attempt), (Some(Evidence::Answer), 1), "{place:?}");
        assert_eq!(frozen.deliveries().await, 1, "{place:?}");
    }
}

/// A worker that is frozen past `decide_at`, and whose answer is late, corrects the ledger.
async fn a_late_answer_decides(store: fn() -> Store) {
    for place in [Place::Begun, Place::Checked, Place::Calling, Place::Answered] {
        let mut frozen = Frozen::at(store(), place).await;
        frozen.sweep().await;
        assert_eq!(frozen.message().await.status.state, MessageState::Unknown, "{place:?}");
        frozen.worker.wake();
        let message = frozen.until(MessageState::Done).await;
        assert_eq!((message.status.evidence, message.status.attempt), (Some(Evidence::LateAnswer), 1), "{place:?}");
        assert_eq!(frozen.deliveries().await, 1, "{place:?}");
    }
}

/// A worker that wakes up more than 5 seconds after the intent returns the message unsent.
async fn a_worker_that_wakes_up_late_returns_its_message(store: fn() -> Store) {
    let mut frozen = Frozen::at(store(), Place::Begun).await;
    tokio::time::sleep(TOO_LONG).await;
    frozen.worker.wake();
    let message = frozen.until(MessageState::Done).await;
    assert_eq!((message.status.evidence, message.status.attempt), (Some(Evidence::Answer), 2), "the second attempt");
    assert_eq!(frozen.deliveries().await, 1);
}

/// A worker that wakes up after the sweeper says what it knows: nothing was sent.
async fn a_worker_that_wakes_up_after_the_sweeper_sends_nothing(store: fn() -> Store) {
    let mut frozen = Frozen::at(store(), Place::Begun).await;
    frozen.sweep().await;
    tokio::time::sleep(TOO_LONG).await;
    frozen.worker.wake();
    let message = frozen.until(MessageState::NotDone).await;
    assert_eq!((message.status.evidence, message.status.attempt), (Some(Evidence::LateAnswer), 1));
    assert_eq!(frozen.deliveries().await, 0);
}

/// A worker that wakes up after a person has sent again sends nothing.
async fn a_worker_that_wakes_up_after_a_resend_sends_nothing(store: fn() -> Store) {
    let mut frozen = Frozen::at(store(), Place::Begun).await;
    frozen.sweep().await;
    frozen.resend().await;
    tokio::time::sleep(TOO_LONG).await;
    frozen.worker.wake();
    tokio::time::sleep(Duration::from_secs(1)).await;
    let message = frozen.message().await;
    assert_eq!((message.status.evidence, message.status.attempt), (Some(Evidence::Answer), 2));
    assert_eq!(frozen.deliveries().await, 1);
}

/// The residual risk that the documentation names: the worker is frozen exactly between its check and its request, for
/// so long that a person has sent again. Only if this delivers two copies do the other cases show anything.
async fn a_freeze_after_the_check_and_a_resend_deliver_two_copies(store: fn() -> Store) {
    let mut frozen = Frozen::at(store(), Place::Checked).await;
    frozen.sweep().await;
    frozen.resend().await;
    assert_eq!(frozen.crashing.sandbox.deliveries().len(), 1);
    frozen.worker.wake();
    for _ in 0..3_000 {
        if frozen.crashing.sandbox.deliveries().len() == 2 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the request did not leave");
}

/// Makes each case a test of a store.
macro_rules! cases {
    ($store:ident: $new:path, $is_there:expr; $($(#[$attribute:meta])* $case:ident)+) => {
        mod $store {
            $(#[tokio::test]
            $(#[$attribute])*
            async fn $case() {
                if $is_there {
                    super::$case($new).await;
                }
            })+
        }
    };
}

/// The cases of all stores.
macro_rules! of_store {
    ($store:ident: $new:path, $is_there:expr) => {
        cases! {
            $store: $new, $is_there;
            a_short_freeze_changes_nothing
            a_late_answer_decides
            a_freeze_after_the_check_and_a_resend_deliver_two_copies
            #[ignore = "waits for 5 seconds; `.ci/run` includes it"]
            a_worker_that_wakes_up_late_returns_its_message
            #[ignore = "waits for 5 seconds; `.ci/run` includes it"]
            a_worker_that_wakes_up_after_the_sweeper_sends_nothing
            #[ignore = "waits for 6 seconds; `.ci/run` includes it"]
            a_worker_that_wakes_up_after_a_resend_sends_nothing
        }
    };
}

of_store!(sqlite: super::Store::sqlite, true);
of_store!(postgres: super::Store::postgres, super::Store::has_postgres());
