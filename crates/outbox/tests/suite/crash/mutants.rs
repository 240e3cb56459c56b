//! Workers and persons with a mistake, which the judge must find out. Each case is tried without the mistake too, and is
//! then right.
//!
//! The mutant that requeues after a crash is in `kill`.

use std::collections::BTreeMap;
use std::time::Duration;

use zap_outbox::jiff::{Timestamp, ToSpan};
use zap_outbox::model::{MessageState, NotSent, Verdict};
use zap_outbox::zap_facade::contract::Account;
use zap_outbox::zap_facade::{Messenger, Provider, connect};
use zap_outbox::{Clock, Finish, Ledger, MessageId};
use zap_sandbox::Fault;

use super::campaign::Crashing;
use super::process::{Worker, worker};
use super::store::Store;

/// A worker that makes the steps of a worker one by one.
struct Steps {
    ledger: Ledger,
    messenger: Box<dyn Messenger>,
}

impl Steps {
    async fn of(crashing: &Crashing, clock: Clock) -> Self {
        let messenger = connect(Account::of(&crashing.sandbox, Provider::EscalaZap).config()).unwrap();
        Self { ledger: crashing.store.open_at(clock).await, messenger }
    }

    /// T2.
    async fn begin(&self) -> zap_outbox::Claim {
        let account = self.ledger.account_named("EscalaZap").await.unwrap().id;
        self.ledger.begin(account, 1).await.unwrap().claims.remove(0)
    }

    /// T3.
    async fn send(&self, message: MessageId) -> bool {
        let message = self.ledger.message(message).await.unwrap();
        self.messenger.send_text(&message.number, "Olá!").await.is_ok()
    }

    /// T4.
    async fn finish(&self, finish: Finish) -> bool {
        self.ledger.finish(vec![finish]).await.unwrap().remove(0).is_ok()
    }
}

async fn violations(crashing: &Crashing) -> Vec<String> {
    crashing.judge(&BTreeMap::new()).await.violations
}

/// A worker wakes up, returns its message unsent, and records this for whatever attempt is current. By then, another
/// worker has sent it again, for a person.
async fn a_result_without_its_attempt(store: fn() -> Store, has_mistake: bool) -> Vec<String> {
    let crashing = Crashing::start(store(), 1).await;
    let clock = Clock::manual(Timestamp::now());
    let worker = Steps::of(&crashing, clock.clone()).await;
    let mut late = worker.begin().await;
    clock.advance(Duration::from_secs(4 * 60));
    assert_eq!(worker.ledger.sweep().await.unwrap().unknown, 1);
    clock.advance(Duration::from_secs(16 * 60));
    worker.ledger.resend(late.message, "Ana", None).await.unwrap();
    let second = worker.begin().await;
    assert!(worker.send(second.message).await);
    if has_mistake {
        (late.attempt, late.token) = (second.attempt, second.token);
    }
    let is_recorded = worker.finish(Finish::of(&late, Verdict::NotSent(NotSent::TooLate))).await;
    assert_eq!(is_recorded, has_mistake);
    if is_recorded {
        // Another worker begins it before the answer is there.
        crashing.send_the_rest().await;
    }
    let _ = worker.finish(Finish::of(&second, Verdict::Done)).await;
    crashing.send_the_rest().await;
    violations(&crashing).await
}

/// A worker sends before it commits, and is killed in between.
async fn a_request_before_its_intent(store: fn() -> Store, has_mistake: bool) -> Vec<String> {
    let crashing = Crashing::start(store(), 1).await;
    let worker = Steps::of(&crashing, Clock::system()).await;
    if has_mistake {
        assert!(worker.send(MessageId(1)).await);
    } else {
        let claim = worker.begin().await;
        assert!(worker.send(claim.message).await);
    }
    // The worker is killed here. Without the mistake, the message is then unknown.
    drop(worker);
    let mut other = Worker::start(&mut super::process::worker(1, &crashing.sandbox, &crashing.store.url()));
    other.release().await;
    for _ in 0..3_000 {
        let state = crashing.messages().await[0].status.state;
        if state == if has_mistake { MessageState::Done } else { MessageState::Sending } {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    drop(other);
    violations(&crashing).await
}

/// A person sends again while the request of a worker that was killed is still on its way.
async fn an_early_resend(store: fn() -> Store, has_mistake: bool) -> Vec<String> {
    let crashing = Crashing::start(store(), 1).await;
    let slow = Duration::from_secs(2);
    crashing.fault(Fault::delay(slow).before().times(1));
    let mut killed = Worker::start(&mut worker(1, &crashing.sandbox, &crashing.store.url()));
    killed.release().await;
    while !killed.is_at_work() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    tokio::time::sleep(Duration::from_millis(300)).await;
    drop(killed);
    assert_eq!(crashing.sandbox.deliveries().len(), 0, "it is on its way");
    let soon = crashing.store.open_at(Clock::manual(Timestamp::now() + 4.minutes())).await;
    assert_eq!(soon.sweep().await.unwrap().unknown, 1);
    if has_mistake {
        crashing.store.execute("UPDATE zap_message SET state = 'ready' WHERE state = 'unknown'");
    } else {
        let refused = soon.resend(MessageId(1), "Ana", None).await.unwrap_err();
        assert!(refused.to_string().starts_with("it is too early to decide"), "{refused}");
    }
    let mut other = Worker::start(&mut worker(1, &crashing.sandbox, &crashing.store.url()));
    other.release().await;
    tokio::time::sleep(slow + Duration::from_millis(500)).await;
    drop(other);
    violations(&crashing).await
}

/// Makes each case a test of a store.
macro_rules! mutants {
    ($store:ident: $new:path, $is_there:expr; $($case:ident)+) => {
        mod $store {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $case() {
                if !$is_there {
                    return;
                }
                let violations = super::$case($new, true).await;
                assert!(violations.iter().any(|found| found.contains("got 2")), "it is not found: {violations:?}");
                assert_eq!(super::$case($new, false).await, Vec::<String>::new(), "without the mistake");
            })+
        }
    };
}

mutants! {
    sqlite: super::Store::sqlite, true;
    a_result_without_its_attempt
    a_request_before_its_intent
    an_early_resend
}

mutants! {
    postgres: super::Store::postgres, super::Store::has_postgres();
    a_result_without_its_attempt
    a_request_before_its_intent
    an_early_resend
}
