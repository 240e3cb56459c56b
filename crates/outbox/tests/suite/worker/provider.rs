//! Providers that fail in the middle of a campaign.

use std::collections::BTreeMap;
use std::future::pending;
use std::time::Duration;

use zap_outbox::model::{Evidence, MAX_TRIALS, MessageState, PauseReason};
use zap_outbox::zap_facade::contract::Account;
use zap_outbox::zap_facade::{Provider, Timeouts, connect};
use zap_outbox::{MessageId, Outbox, Stopped};
use zap_sandbox::{Fault, Profile, Sandbox};

use super::fixture::Fixture;

/// Waits until the provider has accepted some messages.
async fn until_delivered(sandbox: &Sandbox, messages: usize) {
    while sandbox.deliveries().len() < messages {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}

#[tokio::test]
async fn credentials_that_are_refused_in_the_middle_give_nobody_up() {
    let fixture = Fixture::new(60).await;
    // So that the campaign does not end too soon.
    fixture.fault(Fault::delay(Duration::from_millis(20)).after().always());
    let outbox = fixture.outbox.clone();
    let worker = tokio::spawn(async move { outbox.work_until_done(pending()).await.unwrap() });
    until_delivered(&fixture.sandbox, 5).await;
    fixture.sandbox.faults().clear();
    fixture.fault(Fault::answer(401, "Unauthenticated.").before().always());
    let Stopped::Paused(pause) = worker.await.unwrap() else { panic!("it is not paused") };
    assert_eq!(pause.reason, PauseReason::Credentials);
    assert!(pause.detail.contains("EscalaZap") && pause.detail.contains("401"), "{}", pause.detail);
    let states = fixture.states().await;
    assert_eq!(states.keys().copied().collect::<Vec<_>>(), [MessageState::Ready, MessageState::Done], "{states:?}");
    fixture.judge().await;
    fixture.sandbox.faults().clear();
    fixture.ledger().resume_account(fixture.outbox.account(), "Ana").await.unwrap();
    assert_eq!(fixture.work().await, Stopped::Done);
    assert_eq!(fixture.states().await, [(MessageState::Done, 60)].into());
    fixture.judge().await;
}

#[tokio::test]
async fn a_provider_that_is_too_slow_makes_messages_unknown_which_are_not_sent_again() {
    let fixture = Fixture::new(30).await;
    let limit = Duration::from_millis(300);
    let timeouts = Timeouts::default().with_read(limit).with_total(limit);
    let config = Account::of(&fixture.sandbox, Provider::EscalaZap).config().with_timeouts(timeouts);
    let outbox = Outbox::builder(fixture.ledger().clone(), connect(config).unwrap()).concurrency(3);
    let fixture = Fixture { outbox: outbox.open().await.unwrap(), ..fixture };
    // The request is processed after its sender has given up.
    fixture.fault(Fault::delay(2 * limit).before().always());
    let Stopped::Paused(pause) = fixture.work_through().await else { panic!("it is not paused") };
    assert_eq!(pause.reason, PauseReason::Unknowns);
    let unknown = fixture.ledger().unknown(fixture.campaign, MessageId(0), 100).await.unwrap();
    // Until the third answer is overdue, others may begin. After that, reads succeed, so each trial sends one message.
    let count = u64::try_from(unknown.len()).unwrap();
    let trials = u64::from(MAX_TRIALS);
    assert!((3 + trials..=5 + trials).contains(&count), "{count}");
    for message in &unknown {
        assert_eq!(message.status.evidence, Some(Evidence::NoAnswer));
        assert!(message.error.as_deref().is_some_and(|error| error.contains("300ms")), "{:?}", message.error);
    }
    fixture.judge().await;
    fixture.sandbox.faults().clear();
    fixture.ledger().resume_account(fixture.outbox.account(), "Ana").await.unwrap();
    assert_eq!(fixture.work().await, Stopped::Done);
    assert_eq!(fixture.states().await, [(MessageState::Done, 30 - count), (MessageState::Unknown, count)].into());
    until_delivered(&fixture.sandbox, 30).await;
    fixture.judge().await;
    assert_eq!(fixture.sandbox.deliveries().len(), 30, "all were sent once");
}

#[tokio::test]
async fn a_provider_that_is_down_for_a_while_gets_every_message_once() {
    let fixture = Fixture::new(60).await;
    fixture.fault(Fault::delay(Duration::from_millis(20)).after().always());
    let Fixture { sandbox, outbox, campaign, clock, folder } = fixture;
    let worker = {
        let outbox = outbox.clone();
        tokio::spawn(async move { outbox.work_until_done(pending()).await.unwrap() })
    };
    until_delivered(&sandbox, 5).await;
    let mut delivered: BTreeMap<String, u32> = BTreeMap::new();
    let mut count = |sandbox: &Sandbox| {
        for delivery in sandbox.deliveries() {
            *delivered.entry(delivery.to).or_default() += 1;
        }
    };
    let address = sandbox.address();
    // No request is cut: each has its answer, or finds no server.
    let states = async || Fixture::states_of(outbox.ledger(), campaign).await;
    outbox.ledger().pause_account(outbox.account(), "maintenance", "Ana").await.unwrap();
    while states().await.contains_key(&MessageState::Sending) {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    count(&sandbox);
    drop(sandbox);
    assert!(matches!(worker.await.unwrap(), Stopped::Paused(_)));
    outbox.ledger().resume_account(outbox.account(), "Ana").await.unwrap();
    let worker = {
        let outbox = outbox.clone();
        tokio::spawn(async move { outbox.work_until_done(pending()).await.unwrap() })
    };
    tokio::time::sleep(Duration::from_millis(500)).await;
    let down = states().await;
    assert!(!down.contains_key(&MessageState::Unknown) && !down.contains_key(&MessageState::NotDone), "{down:?}");
    let sandbox = Sandbox::builder().profile(Profile::Documented).listen(address).start().await.unwrap();
    let fixture = Fixture { sandbox, clock, outbox, campaign, folder };
    let running = fixture.run_clock();
    assert_eq!(worker.await.unwrap(), Stopped::Done);
    running.abort();
    count(&fixture.sandbox);
    assert_eq!(fixture.states().await, [(MessageState::Done, 60)].into());
    assert!(delivered.len() == 60 && delivered.values().all(|copies| *copies == 1), "{delivered:?}");
}
