//! T2.

use std::collections::BTreeSet;
use std::time::Duration;

use zap_outbox::model::{Evidence, MessageState, Rate, Verdict};
use zap_outbox::zap_facade::PhoneNumber;
use zap_outbox::{NewMessage, Next};

use super::fixture::{Fixture, number, start, time};

pub(super) async fn a_message_begins_once(fixture: Fixture) {
    let campaign = fixture.campaign(3).await;
    let first = fixture.begin(2).await;
    assert_eq!(first.claims.len(), 2);
    assert!(first.claims.iter().all(|claim| claim.attempt == 1 && claim.campaign == campaign));
    assert_eq!(fixture.begin(5).await.claims.len(), 1);
    let last = fixture.begin(5).await;
    assert_eq!((last.claims.len(), last.next), (0, Next::Nothing));
    let status = fixture.ledger.message(first.claims[0].message).await.unwrap().status;
    assert_eq!((status.state, status.attempt, status.token), (MessageState::Sending, 1, first.claims[0].token));
    assert_eq!(status.decide_at, Some(time("2027-03-05T12:03Z")));
    assert_eq!(fixture.begin(0).await.claims.len(), 0);
}

pub(super) async fn concurrent_workers_get_different_messages(fixture: Fixture) {
    fixture.campaign(100).await;
    let mut workers = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let (ledger, account) = (fixture.ledger.clone(), fixture.account);
        workers.spawn(async move { ledger.begin(account, 7).await.unwrap().claims });
    }
    let claims: Vec<_> = workers.join_all().await.into_iter().flatten().map(|claim| claim.message).collect();
    assert_eq!(claims.len(), 100);
    assert_eq!(claims.into_iter().collect::<BTreeSet<_>>().len(), 100);
}

pub(super) async fn the_highest_priority_begins_first(fixture: Fixture) {
    let low = fixture.campaign(2).await;
    let plan = Fixture::plan("urgent").with_priority(5);
    let high = fixture.running(plan, vec![NewMessage::new(number(7))]).await;
    let order: Vec<_> = fixture.begin(3).await.claims.iter().map(|claim| claim.campaign).collect();
    assert_eq!(order, [high, low, low]);
}

pub(super) async fn nothing_begins_before_it_is_due(fixture: Fixture) {
    let at = time("2027-03-05T12:10Z");
    let message = NewMessage::new(number(1)).with_not_before(at);
    fixture.running(Fixture::plan("later"), vec![message]).await;
    let early = fixture.begin(1).await;
    assert_eq!((early.claims.len(), early.next), (0, Next::At(at)));
    fixture.clock.set(at);
    assert_eq!(fixture.begin(1).await.claims.len(), 1);
}

pub(super) async fn nothing_begins_outside_the_hours_of_the_recipient(fixture: Fixture) {
    // It is 12:00 in Lisbon, 09:00 in São Paulo and 07:00 in Rio Branco.
    let plan = Fixture::plan("hours").with_hours("Mon-Fri 09:00-18:00".parse().unwrap());
    let zones = ["Europe/Lisbon", "America/Sao_Paulo", "America/Rio_Branco"];
    let messages = (0..).zip(zones).map(|(at, zone)| NewMessage::new(number(at)).with_zone(zone));
    fixture.running(plan, messages.collect()).await;
    let begun = fixture.begin(5).await;
    let numbers: BTreeSet<_> = begun.claims.iter().map(|claim| claim.number.clone()).collect();
    assert_eq!(numbers, [number(0), number(1)].into());
    assert_eq!(begun.next, Next::At(time("2027-03-05T14:00Z")));
    fixture.pass(60 * 60);
    fixture.begin(0).await;
    fixture.clock.set(time("2027-03-05T14:00Z"));
    assert_eq!(fixture.one().await.number, number(2));
}

pub(super) async fn what_has_expired_is_skipped_at_any_hour(fixture: Fixture) {
    let plan = Fixture::plan("over").with_hours("13:00-14:00".parse().unwrap());
    let soon = NewMessage::new(number(1)).with_expires_at(time("2027-03-05T12:30Z"));
    let campaign = fixture.running(plan, vec![soon, NewMessage::new(number(2))]).await;
    fixture.clock.set(time("2027-03-05T12:59Z"));
    assert_eq!(fixture.begin(5).await.skipped, 0, "it is not the hour yet");
    fixture.clock.set(time("2027-03-05T13:00Z"));
    let begun = fixture.begin(5).await;
    assert_eq!((begun.claims.len(), begun.skipped), (1, 1));
    assert_eq!(fixture.states(campaign).await, "1 sending, 1 skipped (expired)");

    let plan = Fixture::plan("whole").with_hours("Sun 09:00-10:00".parse().unwrap());
    let whole = fixture.running(plan, vec![NewMessage::new(number(3))]).await;
    keep_active(&fixture, "2027-04-01T00:00Z").await;
    assert_eq!(fixture.states(whole).await, "1 skipped (expired)", "the campaign is over");
}

/// A worker looks every half hour until the given time.
async fn keep_active(fixture: &Fixture, until: &str) {
    while fixture.clock.now() < time(until) {
        fixture.begin(0).await;
        fixture.pass(30 * 60);
    }
    // Two, because the hours of this campaign were open on Sundays.
    fixture.begin(5).await;
}

pub(super) async fn who_opted_out_after_the_import_is_skipped(fixture: Fixture) {
    let campaign = fixture.campaign(2).await;
    assert!(fixture.ledger.opt_out(fixture.account, &number(0), "a message").await.unwrap());
    assert!(!fixture.ledger.opt_out(fixture.account, &number(0), "again").await.unwrap());
    assert_eq!(fixture.one().await.number, number(1));
    assert_eq!(fixture.states(campaign).await, "1 sending, 1 skipped (opted_out)");
    assert!(fixture.ledger.opt_in(fixture.account, &number(0)).await.unwrap());
    assert!(!fixture.ledger.opt_in(fixture.account, &number(0)).await.unwrap());
    let other = fixture.running(Fixture::plan("other"), vec![NewMessage::new(number(0))]).await;
    assert_eq!(fixture.one().await.campaign, other);
}

pub(super) async fn a_recipient_gets_one_message_at_a_time(fixture: Fixture) {
    let with: PhoneNumber = "+55 11 98000-0012".parse().unwrap();
    let without: PhoneNumber = "+55 11 8000-0012".parse().unwrap();
    fixture.running(Fixture::plan("first"), vec![NewMessage::new(with)]).await;
    fixture.running(Fixture::plan("second"), vec![NewMessage::new(without)]).await;
    let begun = fixture.begin(5).await;
    assert_eq!(begun.claims.len(), 1, "not both in one transaction");
    assert!(matches!(begun.next, Next::At(at) if at > start()), "{:?}", begun.next);
    assert_eq!(fixture.begin(5).await.claims.len(), 0, "not in the next one");
    fixture.finish(&begun.claims[0], Verdict::Done).await;
    assert_eq!(fixture.begin(5).await.claims.len(), 1);
}

pub(super) async fn the_rate_holds_for_all_workers(fixture: Fixture) {
    fixture.rate(Rate::per_second(5.0).unwrap().with_burst(3)).await;
    fixture.campaign(400).await;
    let burst = fixture.begin(100).await;
    assert_eq!((burst.claims.len(), burst.next), (3, Next::At(time("2027-03-05T12:00:00.2Z"))));
    let mut begun = Vec::new();
    // Three workers ask at uneven times for 20 seconds.
    for step in 0..1_000_u64 {
        fixture.clock.advance(Duration::from_millis(20));
        let claims = fixture.begin(u32::try_from(step % 3 + 1).unwrap()).await.claims;
        begun.extend(claims.iter().map(|_| fixture.clock.now()));
    }
    assert_eq!(begun.len(), 100);
    for window in begun.windows(6) {
        let span = window[5].duration_since(window[0]);
        assert!(span.as_millis() >= 1_000, "six messages within {span:?}");
    }
    fixture.pass(60);
    assert_eq!(fixture.begin(100).await.claims.len(), 3, "a pause earns no more than the burst");
}

pub(super) async fn a_clock_that_is_put_back_does_not_stop_the_account(fixture: Fixture) {
    fixture.rate(Rate::per_second(1.0).unwrap()).await;
    let campaign = fixture.campaign(5).await;
    let claim = fixture.one().await;
    fixture.finish(&claim, Verdict::Done).await;
    // By a day.
    fixture.clock.set(time("2027-03-04T12:00Z"));
    let begun = fixture.begin(5).await;
    assert_eq!((begun.claims.len(), begun.next), (1, Next::At(time("2027-03-04T12:00:01Z"))));
    assert_eq!(fixture.states(campaign).await, "3 ready, 1 sending, 1 done (answer)");
    let done = fixture.ledger.message(claim.message).await.unwrap();
    assert_eq!(done.status.evidence, Some(Evidence::Answer));
}
