//! T4 and T5.

use std::time::Duration;

use zap_outbox::model::{Evidence, MessageState, NotSent, Refusal, Verdict};
use zap_outbox::{Content, EventsOf, Finish, NewCampaign, NewMessage, Next};

use super::fixture::{Fixture, number, time};

pub(super) async fn an_answer_is_recorded_once(fixture: Fixture) {
    let campaign = fixture.campaign(2).await;
    let claims = fixture.begin(2).await.claims;
    let done = Finish::of(&claims[0], Verdict::Done).with_provider_id(Some("wamid.1".to_owned()));
    let refused = Finish::of(&claims[1], Verdict::NotDone).with_error("the number is blocked");
    let states = fixture.ledger.finish(vec![done.clone(), refused]).await.unwrap();
    assert_eq!(states, [Ok(MessageState::Done), Ok(MessageState::NotDone)]);
    // The answer of a commit can be lost, so a worker may repeat it.
    assert_eq!(fixture.ledger.finish(vec![done]).await.unwrap(), [Err(Refusal::Stale)]);
    let message = fixture.ledger.message(claims[0].message).await.unwrap();
    assert_eq!(message.provider_id.as_deref(), Some("wamid.1"));
    assert_eq!(message.status.settled_at, Some(time("2027-03-05T12:00Z")));
    let message = fixture.ledger.message(claims[1].message).await.unwrap();
    assert_eq!(message.error.as_deref(), Some("the number is blocked"));
    assert_eq!(fixture.states(campaign).await, "1 done (answer), 1 not_done (answer)");
    for claim in claims {
        assert_eq!(fixture.ledger.events(EventsOf::Message(claim.message)).await.unwrap(), [], "the plain path");
    }
}

pub(super) async fn a_result_of_another_attempt_has_no_effect(fixture: Fixture) {
    fixture.campaign(1).await;
    let claim = fixture.one().await;
    let mut other = Finish::of(&claim, Verdict::Done);
    other.attempt = 2;
    let mut forged = Finish::of(&claim, Verdict::Done);
    forged.token = claim.token.wrapping_add(1);
    let mut missing = Finish::of(&claim, Verdict::Done);
    missing.message.0 += 1_000;
    let states = fixture.ledger.finish(vec![other, forged, missing]).await.unwrap();
    assert_eq!(states, [Err(Refusal::Stale), Err(Refusal::Stale), Err(Refusal::Stale)]);
    assert_eq!(fixture.state(claim.message).await, MessageState::Sending);
}

pub(super) async fn an_overdue_message_becomes_unknown_and_a_late_answer_decides_it(fixture: Fixture) {
    let campaign = fixture.campaign(3).await;
    let claims = fixture.begin(3).await.claims;
    fixture.pass(179);
    assert_eq!(fixture.ledger.sweep().await.unwrap().unknown, 0);
    fixture.pass(1);
    assert_eq!(fixture.ledger.sweep().await.unwrap().unknown, 3);
    assert_eq!(fixture.ledger.sweep().await.unwrap().unknown, 0);
    assert_eq!(fixture.states(campaign).await, "3 unknown (overdue)");
    fixture.ledger.resume_account(fixture.account, "Ana").await.unwrap();
    let begun = fixture.begin(3).await;
    assert_eq!((begun.claims.len(), begun.next), (0, Next::Nothing), "nothing unknown is sent again");
    assert_eq!(fixture.finish(&claims[0], Verdict::Done).await, MessageState::Done);
    assert_eq!(fixture.finish(&claims[1], Verdict::NotSent(NotSent::TooLate)).await, MessageState::NotDone);
    let nothing_new = fixture.ledger.finish(vec![Finish::of(&claims[2], Verdict::Unknown)]).await.unwrap();
    assert_eq!(nothing_new, [Err(Refusal::State(MessageState::Unknown))]);
    assert_eq!(fixture.states(campaign).await, "1 done (late_answer), 1 not_done (late_answer), 1 unknown (overdue)");
    let events = fixture.ledger.events(EventsOf::Message(claims[0].message)).await.unwrap();
    let told: Vec<_> = events.iter().map(|event| (&*event.was, &*event.now, &*event.by)).collect();
    assert_eq!(told, [("sending", "unknown", "sweeper"), ("unknown", "done", "worker")]);
}

pub(super) async fn what_was_not_sent_returns_with_growing_pauses_and_is_given_up_after_five(fixture: Fixture) {
    let campaign = fixture.campaign(1).await;
    let busy = || Verdict::NotSent(NotSent::Busy { wait: None });
    let mut pauses = Vec::new();
    for _ in 0..5 {
        let claim = fixture.one().await;
        assert_eq!(fixture.finish(&claim, busy()).await, MessageState::Ready);
        let status = fixture.ledger.message(claim.message).await.unwrap().status;
        pauses.push(status.not_before.duration_since(fixture.clock.now()).as_secs());
        fixture.clock.set(status.not_before);
        // The account may be held for longer than the message.
        if let Next::At(at) = fixture.begin(0).await.next {
            fixture.clock.set(at);
        }
    }
    assert_eq!(pauses, [5, 15, 60, 300, 900]);
    let claim = fixture.one().await;
    assert_eq!(claim.attempt, 6);
    assert_eq!(fixture.finish(&claim, busy()).await, MessageState::NotDone);
    assert_eq!(fixture.states(campaign).await, "1 not_done (not_sent)");
    assert_eq!(fixture.ledger.events(EventsOf::Message(claim.message)).await.unwrap().len(), 6);
}

pub(super) async fn what_was_late_returns_at_once_and_as_often_as_needed(fixture: Fixture) {
    fixture.campaign(1).await;
    for _ in 0..20 {
        let claim = fixture.one().await;
        assert_eq!(fixture.finish(&claim, Verdict::NotSent(NotSent::TooLate)).await, MessageState::Ready);
    }
    // Waiting longer than the provider asks is fine, shorter is not.
    let claim = fixture.one().await;
    let wait = Some(Duration::from_secs(120));
    fixture.finish(&claim, Verdict::NotSent(NotSent::Busy { wait })).await;
    let status = fixture.ledger.message(claim.message).await.unwrap().status;
    assert_eq!(status.not_before, time("2027-03-05T12:02Z"));
}

pub(super) async fn a_late_answer_to_an_earlier_attempt_is_an_event(fixture: Fixture) {
    fixture.campaign(1).await;
    let first = fixture.one().await;
    fixture.pass(14 * 60);
    fixture.ledger.sweep().await.unwrap();
    fixture.ledger.resend(first.message, "Ana", None).await.unwrap();
    let second = fixture.one().await;
    let late = Finish::of(&first, Verdict::NotDone);
    assert_eq!(fixture.ledger.finish(vec![late]).await.unwrap(), [Err(Refusal::Stale)]);
    assert_eq!(fixture.state(first.message).await, MessageState::Sending, "the second attempt is not decided by it");
    assert_eq!(fixture.finish(&second, Verdict::Done).await, MessageState::Done);
    let events = fixture.ledger.events(EventsOf::Message(first.message)).await.unwrap();
    let late = events.iter().find(|event| event.evidence == Some(Evidence::LateAnswer)).expect("there is an event");
    assert_eq!((&*late.was, &*late.now), ("sending", "sending"));
    assert_eq!(late.note.as_deref(), Some("a late answer to attempt 1 says: not done"));
}

pub(super) async fn a_look_right_after_the_answer_settles_a_message_and_ends_a_row_of_unknown_outcomes(
    fixture: Fixture,
) {
    let campaign = fixture.campaign(9).await;
    let unknown = || Verdict::Unknown;
    for verdict in [unknown(), unknown(), Verdict::SeenDone, unknown(), unknown()] {
        let claim = fixture.one().await;
        fixture.finish(&claim, verdict).await;
    }
    assert_eq!(fixture.states(campaign).await, "4 ready, 1 done (look), 4 unknown (no_answer)");
    let claim = fixture.one().await;
    let seen = Finish::of(&claim, Verdict::SeenDone).with_error("the conversation moved");
    assert_eq!(fixture.ledger.finish(vec![seen.clone()]).await.unwrap(), [Ok(MessageState::Done)]);
    assert_eq!(fixture.ledger.finish(vec![seen]).await.unwrap(), [Err(Refusal::State(MessageState::Done))]);
    let events = fixture.ledger.events(EventsOf::Message(claim.message)).await.unwrap();
    assert_eq!(events.len(), 1, "{events:?}");
    assert_eq!((&*events[0].was, &*events[0].now, &*events[0].by), ("sending", "done", "worker"));
    assert_eq!((events[0].evidence, events[0].note.as_deref()), (Some(Evidence::Look), Some("the conversation moved")));
    // It ends a trial as an answer does.
    for _ in 0..3 {
        let claim = fixture.one().await;
        fixture.finish(&claim, Verdict::Unknown).await;
    }
    assert!(matches!(fixture.begin(1).await.next, Next::Paused(_)));
    fixture.ledger.resume_account(fixture.account, "Ana").await.unwrap();
    fixture.ledger.enqueue(stream(&fixture).await, "a", NewMessage::new(number(500))).await.unwrap();
    assert!(fixture.ledger.account(fixture.account).await.unwrap().gate.is_trial);
    let trial = fixture.one().await;
    fixture.finish(&trial, Verdict::SeenDone).await;
    assert!(!fixture.ledger.account(fixture.account).await.unwrap().gate.is_trial);
}

async fn stream(fixture: &Fixture) -> zap_outbox::CampaignId {
    let plan = NewCampaign::stream("receipts", Content::text("Olá!").unwrap());
    fixture.ledger.create_campaign(fixture.account, plan).await.unwrap().id
}

pub(super) async fn a_late_look_settles_what_is_unknown_and_overrides_nobody(fixture: Fixture) {
    let campaign = fixture.campaign(2).await;
    let claims = fixture.begin(2).await.claims;
    fixture.pass(180);
    fixture.ledger.sweep().await.unwrap();
    assert_eq!(fixture.finish(&claims[0], Verdict::SeenDone).await, MessageState::Done);
    fixture.pass(600);
    fixture.ledger.settle(claims[1].message, false, false, "Ana", None).await.unwrap();
    let late = fixture.ledger.finish(vec![Finish::of(&claims[1], Verdict::SeenDone)]).await.unwrap();
    assert_eq!(late, [Err(Refusal::State(MessageState::NotDone))]);
    assert_eq!(fixture.states(campaign).await, "1 done (look), 1 not_done (person)");
}

pub(super) async fn a_look_proves_nothing_if_an_earlier_request_may_have_arrived_meanwhile(fixture: Fixture) {
    let stream = stream(&fixture).await;
    let to = |at: u32| NewMessage::new(number(at));
    let mut claims = Vec::new();
    // What happened to an earlier message to the same recipient.
    for (at, earlier) in [
        (0, Some(Verdict::Done)),
        (1, Some(Verdict::NotDone)),
        (2, Some(Verdict::Unknown)),
        (3, Some(Verdict::SeenDone)),
        (4, None),
    ] {
        fixture.ledger.enqueue(stream, format!("earlier {at}"), to(at)).await.unwrap();
        let claim = fixture.one().await;
        if let Some(verdict) = earlier {
            fixture.finish(&claim, verdict).await;
        }
        claims.push(claim);
    }
    fixture.pass(180);
    assert_eq!(fixture.ledger.sweep().await.unwrap().unknown, 1);
    for at in 0..5 {
        fixture.ledger.enqueue(stream, format!("later {at}"), to(at)).await.unwrap();
    }
    let later = fixture.begin(5).await.claims;
    // The answer arrives between the intent and the result of the later message.
    fixture.pass(1);
    assert_eq!(fixture.finish(&claims[4], Verdict::Done).await, MessageState::Done);
    let results = later.iter().map(|claim| Finish::of(claim, Verdict::SeenDone).with_error("it moved"));
    let states = fixture.ledger.finish(results.collect()).await.unwrap();
    let (done, unknown) = (Ok(MessageState::Done), Ok(MessageState::Unknown));
    assert_eq!(states, [done, done, unknown, done, unknown]);
    let message = fixture.ledger.message(later[2].message).await.unwrap();
    let error = message.error.unwrap();
    assert!(error.starts_with("another message to the same recipient") && error.ends_with("; it moved"), "{error}");
    assert_eq!(message.status.evidence, Some(Evidence::NoAnswer));
    // The earlier request is over by then.
    fixture.pass(15 * 60);
    for (at, expected) in [(2, MessageState::Done), (4, MessageState::Done)] {
        fixture.ledger.enqueue(stream, format!("last {at}"), to(at)).await.unwrap();
        let claim = fixture.one().await;
        assert_eq!(fixture.finish(&claim, Verdict::SeenDone).await, expected, "{at}");
    }
}

pub(super) async fn an_answer_that_comes_after_a_person_has_sent_the_message_again_stops_the_second_copy(
    fixture: Fixture,
) {
    let campaign = fixture.campaign(4).await;
    let claims = fixture.begin(4).await.claims;
    fixture.pass(14 * 60);
    fixture.ledger.sweep().await.unwrap();
    fixture.ledger.resend(claims[0].message, "Ana", None).await.unwrap();
    fixture.ledger.settle(claims[1].message, false, false, "Ana", None).await.unwrap();
    fixture.ledger.retry_not_done(campaign, "Ana", None).await.unwrap();
    fixture.ledger.resend(claims[2].message, "Ana", None).await.unwrap();
    let done = |at: usize| {
        Finish::of(&claims[at], Verdict::Done).with_provider_id(Some(format!("wamid.{at}"))).with_error("it was slow")
    };
    let states = fixture.ledger.finish(vec![done(0), done(1)]).await.unwrap();
    assert_eq!(states, [Ok(MessageState::Done), Ok(MessageState::Done)]);
    // That nothing was sent is what the person has assumed.
    let refused = Finish::of(&claims[2], Verdict::NotDone);
    assert_eq!(fixture.ledger.finish(vec![refused]).await.unwrap(), [Err(Refusal::Stale)]);
    fixture.ledger.resume_account(fixture.account, "Ana").await.unwrap();
    let again: Vec<_> = fixture.begin(4).await.claims.iter().map(|claim| claim.message).collect();
    assert_eq!(again, [claims[2].message], "nobody gets it twice");
    for at in [0, 1] {
        let message = fixture.ledger.message(claims[at].message).await.unwrap();
        assert_eq!(message.status.evidence, Some(Evidence::LateAnswer));
        assert_eq!(message.provider_id.as_deref(), Some(&*format!("wamid.{at}")));
        let events = fixture.ledger.events(EventsOf::Message(message.id)).await.unwrap();
        let last = events.last().unwrap();
        assert_eq!((&*last.was, &*last.now, &*last.by), ("ready", "done", "worker"));
    }
    let message = fixture.ledger.message(claims[0].message).await.unwrap();
    assert_eq!(message.error.as_deref(), Some("it was slow"));
    // A message that was sent is not skipped, either.
    fixture.ledger.resend(claims[3].message, "Ana", None).await.unwrap();
    fixture.ledger.cancel_campaign(campaign, "Ana").await.unwrap();
    fixture.ledger.sweep().await.unwrap();
    assert_eq!(fixture.state(claims[3].message).await, MessageState::Skipped);
    assert_eq!(fixture.finish(&claims[3], Verdict::Done).await, MessageState::Done);
}
