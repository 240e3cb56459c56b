//! T6.

use zap_outbox::model::{CampaignState, Evidence, MessageState, Refusal, Verdict};
use zap_outbox::{EventsOf, LedgerError, MessageId};

use super::fixture::{Fixture, time};

pub(super) async fn a_person_cannot_decide_while_a_request_may_be_on_its_way(fixture: Fixture) {
    let campaign = fixture.campaign(2).await;
    let claims = fixture.begin(2).await.claims;
    for claim in &claims {
        fixture.finish(claim, Verdict::Unknown).await;
    }
    let (first, second) = (claims[0].message, claims[1].message);
    fixture.pass(13 * 60 - 1);
    let at = time("2027-03-05T12:13Z");
    for early in [
        fixture.ledger.settle(first, true, false, "Ana", None).await.unwrap_err(),
        fixture.ledger.settle(first, false, true, "look", None).await.unwrap_err(),
        fixture.ledger.resend(first, "Ana", None).await.unwrap_err(),
    ] {
        assert!(matches!(early, LedgerError::Refused(Refusal::TooEarly(then)) if then == at), "{early}");
    }
    fixture.pass(1);
    fixture.ledger.settle(first, true, false, "Ana", Some("seen on the phone".to_owned())).await.unwrap();
    fixture.ledger.settle(second, false, true, "look", None).await.unwrap();
    assert_eq!(fixture.states(campaign).await, "1 done (person), 1 not_done (look)");
    let events = fixture.ledger.events(EventsOf::Message(first)).await.unwrap();
    let last = events.last().unwrap();
    assert_eq!((&*last.by, last.note.as_deref()), ("Ana", Some("seen on the phone")));
    let twice = fixture.ledger.settle(first, false, false, "Ana", None).await.unwrap_err();
    assert!(matches!(twice, LedgerError::Refused(Refusal::State(MessageState::Done))), "{twice}");
    // An answer is worth more than a judgement.
    assert_eq!(fixture.finish(&claims[0], Verdict::NotDone).await, MessageState::NotDone);
    assert_eq!(fixture.finish(&claims[1], Verdict::Done).await, MessageState::Done);
}

pub(super) async fn an_unknown_message_is_sent_again_only_by_a_person(fixture: Fixture) {
    fixture.campaign(1).await;
    let first = fixture.one().await;
    fixture.pass(20 * 60);
    fixture.ledger.sweep().await.unwrap();
    assert_eq!(fixture.begin(5).await.claims.len(), 0);
    fixture.ledger.resend(first.message, "Ana", Some("she did not get it".to_owned())).await.unwrap();
    let second = fixture.one().await;
    assert_eq!((second.message, second.attempt), (first.message, 2));
    assert_ne!(first.token, second.token);
    let again = fixture.ledger.resend(first.message, "Ana", None).await.unwrap_err();
    assert!(matches!(again, LedgerError::Refused(Refusal::State(MessageState::Sending))), "{again}");
    let events = fixture.ledger.events(EventsOf::Message(first.message)).await.unwrap();
    let told: Vec<_> = events.iter().map(|event| (&*event.was, &*event.now, &*event.by)).collect();
    assert_eq!(told, [("sending", "unknown", "sweeper"), ("unknown", "ready", "Ana")]);
}

pub(super) async fn sending_again_reopens_a_finished_campaign(fixture: Fixture) {
    let campaign = fixture.campaign(1).await;
    let claim = fixture.one().await;
    fixture.finish(&claim, Verdict::NotDone).await;
    fixture.begin(1).await;
    assert_eq!(fixture.ledger.campaign(campaign).await.unwrap().state, CampaignState::Finished);
    // The provider's refusal proves that nothing is on its way.
    fixture.ledger.resend(claim.message, "Ana", None).await.unwrap();
    assert_eq!(fixture.ledger.campaign(campaign).await.unwrap().state, CampaignState::Running);
    let claim = fixture.one().await;
    fixture.finish(&claim, Verdict::NotDone).await;
    fixture.ledger.cancel_campaign(campaign, "Ana").await.unwrap();
    let refused = fixture.ledger.resend(claim.message, "Ana", None).await.unwrap_err();
    assert_eq!(refused.to_string(), "the campaign is cancelled");
    let message = fixture.ledger.message(claim.message).await.unwrap();
    assert_eq!(message.status.state, MessageState::NotDone, "nothing of it was written");
    assert_eq!(message.status.evidence, Some(Evidence::Answer));
}

pub(super) async fn unknown_messages_are_listed_in_pages(fixture: Fixture) {
    let campaign = fixture.campaign(5).await;
    let claims = fixture.begin(5).await.claims;
    for claim in &claims[1..] {
        fixture.finish(claim, Verdict::Unknown).await;
    }
    let first = fixture.ledger.unknown(campaign, MessageId(0), 3).await.unwrap();
    assert_eq!(first.len(), 3);
    let second = fixture.ledger.unknown(campaign, first[2].id, 3).await.unwrap();
    assert_eq!(second.len(), 1);
    assert_eq!(second[0].status.evidence, Some(Evidence::NoAnswer));
}
