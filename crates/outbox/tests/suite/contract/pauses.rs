//! T7, and the pauses that answers cause.

use std::time::Duration;

use zap_outbox::model::{CampaignState, MessageState, NotSent, PauseReason, Verdict};
use zap_outbox::{EventsOf, Finish, NewCampaign, NewMessage, Next};

use super::fixture::{Fixture, number, time};

pub(super) async fn a_refused_account_is_paused_with_its_reason_and_its_message_returned(fixture: Fixture) {
    fixture.campaign(2).await;
    let claim = fixture.one().await;
    let refused = Verdict::NotSent(NotSent::AccountRefused(PauseReason::Plan));
    let result = Finish::of(&claim, refused).with_error("the plan has expired");
    assert_eq!(fixture.ledger.finish(vec![result]).await.unwrap(), [Ok(MessageState::Ready)]);
    let Next::Paused(pause) = fixture.begin(1).await.next else { panic!("it is not paused") };
    assert_eq!((pause.reason, &*pause.detail), (PauseReason::Plan, "the plan has expired"));
    let events = fixture.ledger.events(EventsOf::Account(fixture.account)).await.unwrap();
    assert_eq!(events[0].note.as_deref(), Some("plan: the plan has expired"));
    fixture.ledger.resume_account(fixture.account, "Ana").await.unwrap();
    assert_eq!(fixture.begin(5).await.claims.len(), 2);
    let events = fixture.ledger.events(EventsOf::Account(fixture.account)).await.unwrap();
    let told: Vec<_> = events.iter().map(|event| (&*event.was, &*event.now, &*event.by)).collect();
    assert_eq!(told, [("running", "paused", "worker"), ("paused", "running", "Ana")]);
}

pub(super) async fn three_unknown_outcomes_in_a_row_pause_the_account_until_one_is_answered(fixture: Fixture) {
    fixture.campaign(20).await;
    for verdict in [Verdict::Unknown, Verdict::Unknown, Verdict::NotDone, Verdict::Unknown, Verdict::Unknown] {
        let claim = fixture.one().await;
        fixture.finish(&claim, verdict).await;
    }
    let claim = fixture.one().await;
    assert_eq!(fixture.finish(&claim, Verdict::Unknown).await, MessageState::Unknown);
    let reason = |next| if let Next::Paused(pause) = next { Some(pause.reason) } else { None };
    assert_eq!(reason(fixture.begin(5).await.next), Some(PauseReason::Unknowns));
    // One message at a time until one is answered.
    fixture.ledger.resume_account(fixture.account, "Ana").await.unwrap();
    let trial = fixture.begin(5).await;
    assert_eq!((trial.claims.len(), trial.next), (1, Next::AfterAnswer));
    assert_eq!(fixture.begin(5).await.next, Next::AfterAnswer);
    fixture.finish(&trial.claims[0], Verdict::Unknown).await;
    assert_eq!(reason(fixture.begin(5).await.next), Some(PauseReason::Unknowns), "one is enough in a trial");
    fixture.ledger.resume_account(fixture.account, "Ana").await.unwrap();
    let trial = fixture.one().await;
    fixture.finish(&trial, Verdict::Done).await;
    assert_eq!(fixture.begin(5).await.claims.len(), 5);
}

pub(super) async fn a_provider_that_asks_to_wait_holds_the_whole_account(fixture: Fixture) {
    fixture.campaign(3).await;
    let claim = fixture.one().await;
    let wait = Some(Duration::from_secs(30));
    fixture.finish(&claim, Verdict::NotSent(NotSent::Busy { wait })).await;
    assert_eq!(fixture.begin(5).await.next, Next::At(time("2027-03-05T12:00:30Z")));
    fixture.pass(30);
    assert_eq!(fixture.begin(5).await.claims.len(), 3);
}

pub(super) async fn nothing_begins_after_a_pause_of_the_account(fixture: Fixture) {
    fixture.campaign(100).await;
    let (ledger, account) = (fixture.ledger.clone(), fixture.account);
    let worker = tokio::spawn(async move {
        let mut begun = 0;
        loop {
            let next = ledger.begin(account, 1).await.unwrap();
            begun += next.claims.len();
            if matches!(next.next, Next::Paused(_) | Next::Nothing) {
                return begun;
            }
        }
    });
    tokio::task::yield_now().await;
    fixture.ledger.pause_account(fixture.account, "lunch", "Ana").await.unwrap();
    assert_eq!(fixture.begin(5).await.claims.len(), 0);
    let begun = worker.await.unwrap();
    let counts = fixture.ledger.counts(fixture.ledger.campaigns(account).await.unwrap()[0].id).await.unwrap();
    let sending = counts.iter().find(|count| count.state == MessageState::Sending).map_or(0, |count| count.messages);
    assert_eq!(sending, begun as u64);
    fixture.ledger.pause_account(fixture.account, "again", "Rui").await.unwrap();
    let pause = fixture.ledger.account(account).await.unwrap().gate.pause.expect("it is paused");
    assert_eq!((pause.reason, &*pause.detail), (PauseReason::Person, "lunch"), "the first pause stays");
}

pub(super) async fn an_hour_without_a_worker_pauses_a_campaign(fixture: Fixture) {
    let campaign = fixture.campaign(5).await;
    let content = zap_outbox::Content::text("Pedido recebido").unwrap();
    let stream = fixture.ledger.create_campaign(fixture.account, NewCampaign::stream("orders", content)).await.unwrap();
    for _ in 0..3 {
        fixture.pass(59 * 60);
        fixture.begin(0).await;
    }
    assert_eq!(fixture.ledger.campaign(campaign).await.unwrap().state, CampaignState::Running);
    fixture.pass(61 * 60);
    fixture.ledger.enqueue(stream.id, "order-1", NewMessage::new(number(9))).await.unwrap();
    let begun = fixture.begin(5).await.claims;
    assert_eq!(begun.len(), 1, "a stream goes on");
    let paused = fixture.ledger.campaign(campaign).await.unwrap();
    assert_eq!(paused.state, CampaignState::Paused);
    assert_eq!(paused.pause.map(|pause| pause.reason), Some(PauseReason::Idle));
    fixture.ledger.resume_campaign(campaign, "Ana").await.unwrap();
    assert_eq!(fixture.begin(5).await.claims.len(), 5);
}

/// Makes three outcomes in a row unknown.
async fn outage(fixture: &Fixture) {
    for _ in 0..3 {
        let claim = fixture.one().await;
        fixture.finish(&claim, Verdict::Unknown).await;
    }
}

async fn waits(fixture: &Fixture) -> Option<Duration> {
    let next = fixture.ledger.next_check(fixture.account).await.unwrap()?;
    Some(Duration::try_from(next.at.duration_since(fixture.clock.now())).unwrap_or_default())
}

pub(super) async fn a_check_that_succeeds_starts_a_trial(fixture: Fixture) {
    fixture.campaign(30).await;
    let (ledger, account) = (fixture.ledger.clone(), fixture.account);
    assert_eq!(ledger.next_check(account).await.unwrap(), None);
    assert_eq!(ledger.begin_check(account).await.unwrap(), None, "it is not paused");
    outage(&fixture).await;
    assert_eq!(waits(&fixture).await, Some(Duration::from_secs(30)));
    assert_eq!(ledger.begin_check(account).await.unwrap(), None, "it is too early");
    fixture.pass(30);
    let next = ledger.next_check(account).await.unwrap().unwrap();
    assert_eq!(next.number, Some(number(0)), "that of an unknown message");
    let check = ledger.begin_check(account).await.unwrap().expect("it is time");
    assert_eq!(ledger.begin_check(account).await.unwrap(), None, "one at a time");
    assert!(!ledger.finish_check(account, check, Err(None)).await.unwrap());
    assert_eq!(waits(&fixture).await, Some(Duration::from_secs(2)));
    fixture.pass(2);
    let check = ledger.begin_check(account).await.unwrap().expect("it is time");
    assert!(!ledger.finish_check(account, check, Err(Some(Duration::from_secs(90)))).await.unwrap());
    assert_eq!(waits(&fixture).await, Some(Duration::from_secs(90)), "as the provider asks");
    fixture.pass(90);
    let check = ledger.begin_check(account).await.unwrap().expect("it is time");
    assert!(ledger.finish_check(account, check.clone(), Ok(())).await.unwrap());
    assert!(!ledger.finish_check(account, check, Ok(())).await.unwrap(), "once");
    let trial = fixture.begin(5).await;
    assert_eq!((trial.claims.len(), trial.next), (1, Next::AfterAnswer));
    fixture.finish(&trial.claims[0], Verdict::Done).await;
    assert_eq!(fixture.begin(5).await.claims.len(), 5);
    let events = ledger.events(EventsOf::Account(account)).await.unwrap();
    let resumed = events.last().unwrap();
    assert_eq!((&*resumed.was, &*resumed.now, &*resumed.by), ("paused", "running", "worker"));
    assert_eq!(resumed.note.as_deref(), Some("the provider answers reads: automatic trial 1 of 5"));
}

pub(super) async fn trials_become_rare_and_end(fixture: Fixture) {
    fixture.campaign(30).await;
    let (ledger, account) = (fixture.ledger.clone(), fixture.account);
    outage(&fixture).await;
    let mut pauses = Vec::new();
    while let Some(wait) = waits(&fixture).await {
        pauses.push(wait.as_secs());
        fixture.pass(wait.as_secs());
        let check = ledger.begin_check(account).await.unwrap().expect("it is time");
        assert!(ledger.finish_check(account, check, Ok(())).await.unwrap());
        let trial = fixture.one().await;
        fixture.finish(&trial, Verdict::Unknown).await;
    }
    assert_eq!(pauses, [30, 120, 600, 1_800, 3_600]);
    fixture.pass(24 * 3_600);
    assert_eq!(ledger.begin_check(account).await.unwrap(), None, "a person must resume it");
    let Next::Paused(pause) = fixture.begin(5).await.next else { panic!("it is paused") };
    assert_eq!(pause.reason, PauseReason::Unknowns);
    ledger.resume_account(account, "Ana").await.unwrap();
    assert_eq!(ledger.account(account).await.unwrap().gate.trials, 0);
    ledger.resume_campaign(ledger.campaigns(account).await.unwrap()[0].id, "Ana").await.unwrap();
    let trial = fixture.one().await;
    fixture.finish(&trial, Verdict::Unknown).await;
    assert_eq!(waits(&fixture).await, Some(Duration::from_secs(30)));
}

pub(super) async fn a_person_overrides_the_automatic_trial(fixture: Fixture) {
    fixture.campaign(30).await;
    let (ledger, account) = (fixture.ledger.clone(), fixture.account);
    outage(&fixture).await;
    fixture.pass(30);
    let check = ledger.begin_check(account).await.unwrap().expect("it is time");
    ledger.pause_account(account, "lunch", "Ana").await.unwrap();
    assert!(!ledger.finish_check(account, check, Ok(())).await.unwrap());
    assert_eq!(ledger.next_check(account).await.unwrap(), None);
    let Next::Paused(pause) = fixture.begin(5).await.next else { panic!("it is paused") };
    assert_eq!((pause.reason, &*pause.detail), (PauseReason::Person, "lunch"));
    let events = ledger.events(EventsOf::Account(account)).await.unwrap();
    let last = events.last().unwrap();
    assert_eq!((&*last.was, &*last.now, last.note.as_deref()), ("paused", "paused", Some("person: lunch")));
    ledger.resume_account(account, "Ana").await.unwrap();
    assert_eq!(fixture.begin(5).await.claims.len(), 1, "the trial is still needed");
}

pub(super) async fn a_check_that_takes_too_long_is_void(fixture: Fixture) {
    fixture.campaign(30).await;
    let (ledger, account) = (fixture.ledger.clone(), fixture.account);
    outage(&fixture).await;
    fixture.pass(30);
    let first = ledger.begin_check(account).await.unwrap().expect("it is time");
    fixture.pass(120);
    let second = ledger.begin_check(account).await.unwrap().expect("the first worker has crashed");
    assert!(!ledger.finish_check(account, first, Ok(())).await.unwrap());
    assert!(ledger.finish_check(account, second, Ok(())).await.unwrap());
}

pub(super) async fn overdue_messages_pause_the_account_as_unknown_outcomes_do(fixture: Fixture) {
    fixture.campaign(20).await;
    let (ledger, account) = (fixture.ledger.clone(), fixture.account);
    // A worker that crashes with one message each time.
    for _ in 0..2 {
        fixture.one().await;
        fixture.pass(180);
        assert_eq!(ledger.sweep().await.unwrap().unknown, 1);
    }
    assert_eq!(ledger.account(account).await.unwrap().gate.unknowns, 2);
    let late = fixture.one().await;
    fixture.pass(180);
    assert_eq!(ledger.sweep().await.unwrap().unknown, 1);
    let Next::Paused(pause) = fixture.begin(5).await.next else { panic!("it is paused") };
    assert_eq!((pause.reason, &*pause.detail), (PauseReason::Unknowns, "no worker recorded an answer"));
    let events = ledger.events(EventsOf::Account(account)).await.unwrap();
    assert_eq!(events.iter().map(|event| &*event.now).collect::<Vec<_>>(), ["paused"]);
    // An answer that says nothing more is not counted again.
    let nothing = ledger.finish(vec![Finish::of(&late, Verdict::Unknown)]).await.unwrap();
    assert!(nothing[0].is_err());
    ledger.resume_account(account, "Ana").await.unwrap();
    let trial = fixture.begin(5).await.claims;
    assert_eq!(trial.len(), 1);
    fixture.pass(180);
    ledger.sweep().await.unwrap();
    assert!(matches!(fixture.begin(5).await.next, Next::Paused(_)), "one is enough in a trial");
}

pub(super) async fn a_message_that_cannot_be_sent_says_nothing_about_the_provider(fixture: Fixture) {
    let campaign = fixture.campaign(20).await;
    let (ledger, account) = (fixture.ledger.clone(), fixture.account);
    for verdict in [Verdict::Unknown, Verdict::Unknown, Verdict::Invalid, Verdict::Unknown] {
        let claim = fixture.one().await;
        fixture.finish(&claim, verdict).await;
    }
    assert!(matches!(fixture.begin(5).await.next, Next::Paused(_)), "the row of unknown outcomes goes on");
    ledger.resume_account(account, "Ana").await.unwrap();
    let trial = fixture.one().await;
    assert_eq!(fixture.finish(&trial, Verdict::Invalid).await, MessageState::NotDone);
    let trial = fixture.begin(5).await;
    assert_eq!((trial.claims.len(), trial.next), (1, Next::AfterAnswer), "the trial goes on");
    fixture.finish(&trial.claims[0], Verdict::Done).await;
    assert_eq!(fixture.begin(5).await.claims.len(), 5);
    let states = "9 ready, 5 sending, 1 done (answer), 2 not_done (not_sent), 3 unknown (no_answer)";
    assert_eq!(fixture.states(campaign).await, states);
}
