//! What workers do when the clock of their machine is set.

use std::future::pending;
use std::time::Duration;

use zap_outbox::jiff::SignedDuration;
use zap_outbox::model::{MessageState, PauseReason, Rate};
use zap_outbox::{Content, NewCampaign, NewMessage, Stopped};

use super::fixture::Fixture;
use crate::contract::fixture::number;

async fn paused_after(jump: SignedDuration) -> Fixture {
    let fixture = Fixture::new(10).await;
    let ledger = fixture.ledger();
    let account = fixture.outbox.account();
    let stream = NewCampaign::stream("receipts", Content::text("Olá, {nome}!").unwrap());
    let stream = ledger.create_campaign(account, stream).await.unwrap().id;
    for at in 0..10 {
        let message = NewMessage::new(number(100 + at)).with_param("nome", format!("S{at}"));
        ledger.enqueue(stream, format!("order-{at}"), message).await.unwrap();
    }
    // One message is sent, and the others wait.
    ledger.open_account("EscalaZap", Some(Rate::every(Duration::from_secs(3600)))).await.unwrap();
    let outbox = fixture.outbox.clone();
    let worker = tokio::spawn(async move { outbox.work_until_done(pending()).await.unwrap() });
    while ledger.counts(stream).await.unwrap().iter().all(|count| count.state != MessageState::Done) {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    fixture.clock.set(fixture.clock.now() + jump);
    let stopped = tokio::time::timeout(Duration::from_secs(60), worker).await.expect("it stops").unwrap();
    let Stopped::Paused(pause) = stopped else { panic!("{stopped:?}") };
    assert_eq!(pause.reason, PauseReason::Clock);
    let way = if jump.is_negative() { "back" } else { "forward" };
    assert!(pause.detail.contains(&format!("moved {way} by {} seconds", jump.unsigned_abs().as_secs())), "{pause:?}");
    // Nothing has expired, although a message of a stream does so after a day.
    assert_eq!(fixture.states().await, [(MessageState::Ready, 10)].into());
    let counts = ledger.counts(stream).await.unwrap();
    let counts: Vec<_> = counts.iter().map(|count| (count.state, count.messages)).collect();
    assert_eq!(counts, [(MessageState::Ready, 9), (MessageState::Done, 1)]);
    fixture
}

/// Puts the clock right, and lets a person resume the account.
async fn all_are_sent_after(fixture: Fixture, jump: SignedDuration) {
    fixture.clock.set(fixture.clock.now() - jump);
    let account = fixture.outbox.account();
    fixture.ledger().open_account("EscalaZap", Some(Rate::UNLIMITED)).await.unwrap();
    fixture.ledger().resume_account(account, "Ana").await.unwrap();
    assert_eq!(fixture.work().await, Stopped::Done);
    let mut to: Vec<_> = fixture.sandbox.deliveries().into_iter().map(|delivery| delivery.to).collect();
    to.sort_unstable();
    let expected: Vec<_> = (0..10).chain(100..110).map(|at| number(at).digits()).collect();
    assert_eq!(to, expected, "each of them got one message");
}

#[tokio::test]
async fn a_clock_that_is_put_forward_pauses_the_account_and_no_message_expires() {
    // Later than all messages expire.
    let jump = SignedDuration::from_hours(24 * 60);
    all_are_sent_after(paused_after(jump).await, jump).await;
}

#[tokio::test]
async fn a_clock_that_is_put_back_pauses_the_account_and_no_message_is_lost() {
    let jump = SignedDuration::from_hours(-24);
    all_are_sent_after(paused_after(jump).await, jump).await;
}
