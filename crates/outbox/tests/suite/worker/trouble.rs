//! What workers do when something goes wrong.

use std::future::pending;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::oneshot;
use zap_outbox::model::{DECIDE_AFTER, Evidence, MAX_TRIALS, MessageState, PauseReason};
use zap_outbox::sqlite::rusqlite::{Connection, TransactionBehavior};
use zap_outbox::zap_facade::{BoxFuture, Capabilities, Capability, Error, Messenger, PhoneNumber, Receipt};
use zap_outbox::{EventsOf, Ledger, LedgerError, MessageId, Outbox, Stopped};
use zap_sandbox::Fault;

use super::fixture::Fixture;

#[tokio::test]
async fn no_fault_makes_the_ledger_lie_or_a_message_arrive_twice() {
    let fixture = Fixture::new(80).await;
    let text = "Too Many Attempts.";
    for fault in [
        Fault::close_before().probability(0.1, 1),
        Fault::close_after().probability(0.1, 2),
        Fault::answer(429, text).retry_after(3).before().probability(0.15, 3),
        Fault::answer(500, "error").after().probability(0.05, 4),
        Fault::answer(422, "refused").before().probability(0.05, 5),
        Fault::truncated(20).probability(0.05, 6),
        Fault::proxy_page().before().probability(0.05, 7),
    ] {
        fixture.fault(fault.always());
    }
    let mut pauses = 0;
    loop {
        match fixture.work().await {
            Stopped::Paused(pause) => {
                assert_eq!(pause.reason, PauseReason::Unknowns, "{pause:?}");
                fixture.judge().await;
                pauses += 1;
                fixture.ledger().resume_account(fixture.outbox.account(), "Ana").await.unwrap();
            }
            stopped => {
                assert_eq!(stopped, Stopped::Done);
                break;
            }
        }
        assert!(pauses < 80, "{:?}", fixture.states().await);
    }
    fixture.judge().await;
    let states = fixture.states().await;
    assert!(states[&MessageState::Done] > 20, "{states:?}");
    assert!(states[&MessageState::Unknown] > 5, "{states:?}");
    assert_eq!(states.values().sum::<u64>(), 80, "{states:?}");
    let open = states.keys().find(|state| !state.is_final());
    assert_eq!(open, None, "{states:?}");
}

#[tokio::test]
async fn refused_credentials_pause_the_account_and_nobody_is_given_up() {
    let fixture = Fixture::new(20).await;
    fixture.fault(Fault::answer(401, "Unauthenticated.").before().always());
    let Stopped::Paused(pause) = fixture.work().await else { panic!("it is not paused") };
    assert_eq!(pause.reason, PauseReason::Credentials);
    assert!(pause.detail.contains("401"), "{}", pause.detail);
    assert_eq!(fixture.states().await, [(MessageState::Ready, 20)].into());
    fixture.sandbox.faults().clear();
    fixture.ledger().resume_account(fixture.outbox.account(), "Ana").await.unwrap();
    assert_eq!(fixture.work().await, Stopped::Done);
    assert_eq!(fixture.states().await, [(MessageState::Done, 20)].into());
    fixture.judge().await;
}

#[tokio::test]
async fn an_outage_makes_few_messages_unknown_and_then_needs_a_person() {
    let fixture = Fixture::new(100).await;
    fixture.fault(Fault::close_after().always());
    let Stopped::Paused(pause) = fixture.work_through().await else { panic!("it is not paused") };
    assert_eq!(pause.reason, PauseReason::Unknowns);
    let unknown = fixture.states().await[&MessageState::Unknown];
    let most = 3 + 9 + u64::from(MAX_TRIALS);
    assert!((3 + 5..=most).contains(&unknown), "{unknown}: those that were being sent, and one for each trial");
    fixture.judge().await;
    let events = fixture.ledger().events(EventsOf::Account(fixture.outbox.account())).await.unwrap();
    let resumed: Vec<_> = events.iter().filter(|event| event.now == "running").collect();
    assert_eq!(resumed.len(), MAX_TRIALS as usize, "{events:?}");
    assert!(resumed.iter().all(|event| event.by == "worker"));
    assert!(resumed[1].note.as_deref().is_some_and(|note| note.ends_with("trial 2 of 5")), "{:?}", resumed[1]);
    let gaps = events.chunks(2).map(|pair| pair.get(1).map(|resumed| resumed.at.duration_since(pair[0].at)));
    let gaps: Vec<_> = gaps.flatten().collect();
    assert!(gaps.is_sorted() && gaps[4] > gaps[0] * 10, "the pauses grow: {gaps:?}");
    // A person's trial that fails costs one more, and its pause is as short as the first one.
    fixture.ledger().resume_account(fixture.outbox.account(), "Ana").await.unwrap();
    fixture.sandbox.faults().clear();
    assert_eq!(fixture.work_through().await, Stopped::Done);
    assert_eq!(fixture.states().await[&MessageState::Unknown], unknown);
    fixture.judge().await;
}

#[tokio::test]
async fn an_outage_that_ends_needs_nobody() {
    let fixture = Fixture::new(60).await;
    fixture.fault(Fault::close_after().times(14));
    assert_eq!(fixture.work_through().await, Stopped::Done);
    let states = fixture.states().await;
    assert_eq!(states.values().sum::<u64>(), 60);
    assert!(states[&MessageState::Unknown] <= 14 && states.len() == 2, "{states:?}");
    fixture.judge().await;
}

#[tokio::test]
async fn nobody_is_tried_while_the_provider_answers_no_reads() {
    let fixture = Fixture::new(60).await;
    fixture.fault(Fault::close_after().times(12));
    fixture.sandbox.faults().add(Fault::answer(503, "down").before().operation("conversation_list").times(5)).unwrap();
    assert_eq!(fixture.work_through().await, Stopped::Done);
    let events = fixture.ledger().events(EventsOf::Account(fixture.outbox.account())).await.unwrap();
    let lists = fixture.sandbox.calls().into_iter().filter(|call| call.operation == Some("conversation_list")).count();
    assert!(lists > 5, "{lists} reads");
    let first = events[1].at.duration_since(events[0].at);
    assert!(first > zap_outbox::jiff::SignedDuration::from_secs(31), "it takes several checks: {events:?}");
    fixture.judge().await;
}

#[tokio::test]
async fn only_one_of_several_workers_checks_and_tries() {
    let fixture = Fixture::new(80).await;
    fixture.fault(Fault::close_after().times(25));
    let mut workers = tokio::task::JoinSet::new();
    for _ in 0..3 {
        let ledger = Ledger::open_with_clock(&fixture.folder.url(), fixture.clock.clone()).await.unwrap();
        let outbox = Outbox::builder(ledger, fixture.outbox.messenger().clone()).concurrency(3).open().await.unwrap();
        workers.spawn(async move { outbox.work_until_done(pending()).await.unwrap() });
    }
    tokio::select! {
        () = async { while workers.join_next().await.is_some() {} } => {}
        () = fixture.skip_pauses() => unreachable!("it has no end"),
        () = tokio::time::sleep(Duration::from_secs(100)) => panic!("the work ends"),
    }
    let events = fixture.ledger().events(EventsOf::Account(fixture.outbox.account())).await.unwrap();
    let was: Vec<_> = events.iter().map(|event| &*event.was).collect();
    assert!(was.chunks(2).all(|pair| *pair == ["running", "paused"] || *pair == ["running"]), "{was:?}");
    let unknown = fixture.states().await[&MessageState::Unknown];
    assert!(unknown <= 3 + 8 + u64::from(MAX_TRIALS), "{unknown}");
    fixture.judge().await;
}

#[tokio::test]
async fn a_provider_that_is_down_gives_nobody_up() {
    let fixture = Fixture::new(10).await;
    // Nothing listens on the sandbox's port any more.
    let Fixture { sandbox, outbox, campaign, clock, folder } = fixture;
    drop(sandbox);
    let _keep = folder;
    let (stop, stopped) = oneshot::channel::<()>();
    let worker = {
        let outbox = outbox.clone();
        tokio::spawn(async move { outbox.work(async { drop(stopped.await) }).await.unwrap() })
    };
    for _ in 0..20 {
        tokio::time::sleep(Duration::from_millis(30)).await;
        clock.advance(Duration::from_secs(3));
    }
    stop.send(()).unwrap();
    assert_eq!(worker.await.unwrap(), Stopped::Shutdown);
    let counts = outbox.ledger().counts(campaign).await.unwrap();
    assert_eq!((counts.len(), counts[0].state, counts[0].messages), (1, MessageState::Ready, 10));
}

#[tokio::test]
async fn a_worker_that_is_killed_leaves_unknown_messages_that_are_not_sent_again() {
    let fixture = Fixture::new(20).await;
    fixture.fault(Fault::delay(Duration::from_secs(3)).after().always());
    let outbox = fixture.outbox.clone();
    let worker = tokio::spawn(async move { outbox.work(pending()).await });
    fixture.until_sending(10).await;
    worker.abort();
    assert!(worker.await.unwrap_err().is_cancelled());
    fixture.sandbox.faults().clear();
    fixture.clock.advance(DECIDE_AFTER);
    assert_eq!(fixture.work().await, Stopped::Done);
    assert_eq!(fixture.states().await, [(MessageState::Done, 10), (MessageState::Unknown, 10)].into());
    fixture.judge().await;
    let unknown = fixture.ledger().unknown(fixture.campaign, MessageId(0), 100).await.unwrap();
    assert!(unknown.iter().all(|message| message.status.evidence == Some(Evidence::Overdue)));
}

#[tokio::test]
#[ignore = "waits for 15 seconds; `.ci/run` includes it"]
async fn a_locked_ledger_is_an_error_and_no_answer_is_lost() {
    let fixture = Fixture::new(5).await;
    let ledger = Ledger::open_with_clock(&fixture.folder.url(), fixture.clock.clone()).await.unwrap();
    fixture.fault(Fault::delay(Duration::from_secs(3)).before().always());
    let outbox = fixture.outbox.clone();
    let worker = tokio::spawn(async move { outbox.work_until_done(pending()).await });
    fixture.until_sending(5).await;
    let mut other = Connection::open(fixture.folder.file()).unwrap();
    let lock = other.transaction_with_behavior(TransactionBehavior::Immediate).unwrap();
    let account = fixture.outbox.account();
    let begin = tokio::spawn(async move { ledger.begin(account, 1).await });
    // Longer than a transaction waits. The runtime, which has one thread here, goes on.
    let start = Instant::now();
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert!(start.elapsed() < Duration::from_secs(8), "the runtime was blocked");
    tokio::time::sleep(Duration::from_secs(13)).await;
    let error = begin.await.unwrap().unwrap_err();
    assert!(matches!(error, LedgerError::Locked), "{error}");
    assert_eq!(fixture.states().await, [(MessageState::Sending, 5)].into());
    assert_eq!(fixture.sandbox.deliveries().len(), 5);
    drop(lock);
    assert_eq!(worker.await.unwrap().unwrap(), Stopped::Done);
    assert_eq!(fixture.states().await, [(MessageState::Done, 5)].into());
    fixture.judge().await;
}

#[derive(Debug)]
struct Panicking;

impl Messenger for Panicking {
    fn provider(&self) -> &'static str {
        "Test"
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities::of(&[Capability::Text])
    }

    fn send_text<'a>(&'a self, _: &'a PhoneNumber, _: &'a str) -> BoxFuture<'a, Result<Receipt, Error>> {
        panic!("a mistake in a messenger")
    }
}

#[tokio::test]
async fn a_messenger_that_panics_makes_messages_unknown_at_once_and_pauses_the_account() {
    let fixture = Fixture::new(30).await;
    let messenger: Arc<dyn Messenger> = Arc::new(Panicking);
    let builder = Outbox::builder(fixture.ledger().clone(), messenger).account("EscalaZap").concurrency(2);
    let outbox = builder.open().await.unwrap();
    let fixture = Fixture { outbox, ..fixture };
    let Stopped::Paused(pause) = fixture.work().await else { panic!("it is paused") };
    assert_eq!(pause.reason, PauseReason::Unknowns);
    let states = fixture.states().await;
    assert!((3..=4).contains(&states[&MessageState::Unknown]), "{states:?}");
    assert_eq!(states.keys().collect::<Vec<_>>(), [&MessageState::Ready, &MessageState::Unknown]);
    let unknown = fixture.ledger().unknown(fixture.campaign, MessageId(0), 100).await.unwrap();
    assert!(unknown.iter().all(|message| message.status.evidence == Some(Evidence::NoAnswer)));
}
