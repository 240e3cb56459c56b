//! The states of campaigns.

use zap_outbox::model::{CampaignRefusal, CampaignState, Verdict};
use zap_outbox::{Campaign, Content, EventsOf, LedgerError, MessageId, NewMessage};

use super::fixture::{Fixture, number};

pub(super) async fn a_campaign_runs_from_draft_to_finished(fixture: Fixture) {
    let campaign = fixture.campaign(1).await;
    let state = || async { fixture.ledger.campaign(campaign).await.unwrap().state };
    fixture.ledger.pause_campaign(campaign, "lunch", "Ana").await.unwrap();
    assert_eq!((state().await, fixture.begin(1).await.claims.len()), (CampaignState::Paused, 0));
    fixture.ledger.resume_campaign(campaign, "Ana").await.unwrap();
    let claim = fixture.one().await;
    fixture.begin(1).await;
    assert_eq!(state().await, CampaignState::Running, "a message is being sent");
    fixture.finish(&claim, Verdict::Done).await;
    fixture.begin(1).await;
    assert_eq!(state().await, CampaignState::Finished);
    let events = fixture.ledger.events(EventsOf::Campaign(campaign)).await.unwrap();
    let states: Vec<_> = events.iter().map(|event| &*event.now).collect();
    assert_eq!(states, ["running", "paused", "running", "finished"]);
    let resumed = fixture.ledger.resume_campaign(campaign, "Ana").await.unwrap_err();
    assert_eq!(resumed.to_string(), "the campaign is finished");
}

pub(super) async fn a_campaign_starts_only_when_it_is_whole_and_has_the_expected_count(fixture: Fixture) {
    let Campaign { id, .. } = fixture.ledger.create_campaign(fixture.account, Fixture::plan("c")).await.unwrap();
    fixture.ledger.opt_out(fixture.account, &number(1), "a message").await.unwrap();
    let messages = (0..3).map(|at| NewMessage::new(number(at))).collect();
    fixture.ledger.import_batch(id, messages).await.unwrap();
    assert_eq!(fixture.begin(5).await.claims.len(), 0, "it is a draft");
    let early = fixture.ledger.start_campaign(id, 2, "Ana").await.unwrap_err();
    assert!(matches!(early, LedgerError::Campaign(CampaignRefusal::Incomplete)), "{early}");
    fixture.ledger.complete_import(id).await.unwrap();
    let wrong = fixture.ledger.start_campaign(id, 3, "Ana").await.unwrap_err();
    assert!(matches!(wrong, LedgerError::CountDiffers { expected: 3, actual: 2 }), "{wrong}");
    assert_eq!(fixture.begin(5).await.claims.len(), 0);
    fixture.ledger.start_campaign(id, 2, "Ana").await.unwrap();
    assert_eq!(fixture.begin(5).await.claims.len(), 2);
    let twice = fixture.ledger.start_campaign(id, 2, "Ana").await.unwrap_err();
    assert_eq!(twice.to_string(), "the campaign is already running");
}

pub(super) async fn a_cancelled_campaign_sends_nothing_more(fixture: Fixture) {
    let campaign = fixture.campaign(3).await;
    let claim = fixture.one().await;
    fixture.ledger.cancel_campaign(campaign, "Ana").await.unwrap();
    assert_eq!(fixture.begin(5).await.claims.len(), 0);
    assert_eq!(fixture.ledger.sweep().await.unwrap().cancelled, 2);
    // What is being sent is recorded as it happened.
    fixture.finish(&claim, Verdict::Done).await;
    assert_eq!(fixture.states(campaign).await, "1 done (answer), 2 skipped (cancelled)");
    let resumed = fixture.ledger.resume_campaign(campaign, "Ana").await.unwrap_err();
    assert_eq!(resumed.to_string(), "the campaign is cancelled");
}

pub(super) async fn a_name_belongs_to_one_plan(fixture: Fixture) {
    let plan = Fixture::plan("campaign").with_hours("Mon-Fri 09:00-18:00".parse().unwrap()).with_priority(2);
    let first = fixture.ledger.create_campaign(fixture.account, plan.clone()).await.unwrap();
    let same = fixture.ledger.create_campaign(fixture.account, plan.clone()).await.unwrap();
    assert_eq!(first, same);
    let mut other = plan.clone();
    other.content = Content::text("Outro texto").unwrap();
    let taken = fixture.ledger.create_campaign(fixture.account, other.clone()).await.unwrap_err();
    assert!(matches!(&taken, LedgerError::NameTaken(name) if name == "campaign"), "{taken}");
    let elsewhere = fixture.ledger.open_account("WaziMe", None).await.unwrap();
    let second = fixture.ledger.create_campaign(elsewhere, other).await.unwrap();
    assert_ne!(first.id, second.id);
    assert_eq!(*fixture.ledger.campaign_named(fixture.account, "campaign").await.unwrap().plan, plan);
}

pub(super) async fn what_does_not_exist_is_named(fixture: Fixture) {
    let error = fixture.ledger.campaign_named(fixture.account, "autumn").await.unwrap_err();
    assert_eq!(error.to_string(), "there is no campaign `autumn` in this ledger");
    let error = fixture.ledger.message(MessageId(77)).await.unwrap_err();
    assert_eq!(error.to_string(), "there is no message 77 in this ledger");
    let error = fixture.ledger.resend(MessageId(77), "Ana", None).await.unwrap_err();
    assert_eq!(error.to_string(), "there is no message 77 in this ledger");
}
