//! Looks at the same time as other things.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, UNIX_EPOCH};

use zap_outbox::jiff::{SignedDuration, Timestamp};
use zap_outbox::model::{Evidence, MessageState, Rate, Verdict};
use zap_outbox::zap_facade::{Activity, Messenger, PhoneNumber};
use zap_outbox::{CampaignId, Claim, Clock, Content, Finish, Ledger, NewCampaign, NewMessage, Outbox};

use super::script::Script;
use crate::contract::fixture::{number, start, time};

/// An account whose conversations are written by the test.
pub(super) struct Scripted {
    pub(super) script: Arc<Script>,
    pub(super) clock: Clock,
    pub(super) outbox: Outbox,
    pub(super) campaign: CampaignId,
}

pub(super) fn system_time(time: Timestamp) -> std::time::SystemTime {
    UNIX_EPOCH + Duration::try_from(time.duration_since(Timestamp::UNIX_EPOCH)).unwrap()
}

impl Scripted {
    /// Each of the recipients has an old conversation. The first message is answered, and moved its conversation. The
    /// answers of the others are lost, and their requests certainly over.
    pub(super) async fn new(recipients: u32, script: Script) -> (Self, Vec<Claim>) {
        Self::of(&(0..recipients).map(number).collect::<Vec<_>>(), script).await
    }

    pub(super) async fn of(numbers: &[PhoneNumber], script: Script) -> (Self, Vec<Claim>) {
        let recipients = u32::try_from(numbers.len()).unwrap();
        let (script, clock) = (Arc::new(script), Clock::manual(start()));
        let ledger = Ledger::in_memory(clock.clone());
        let messenger: Arc<dyn Messenger> = script.clone();
        let outbox = Outbox::builder(ledger.clone(), messenger).read_rate(Rate::UNLIMITED).open().await.unwrap();
        let plan = NewCampaign::bulk("campaign", Content::text("Olá!").unwrap(), time("2027-04-01T00:00Z"));
        let campaign = ledger.create_campaign(outbox.account(), plan).await.unwrap().id;
        ledger.import(campaign, numbers.iter().cloned().map(NewMessage::new)).await.unwrap();
        ledger.start_campaign(campaign, u64::from(recipients), "Ana").await.unwrap();
        let scripted = Self { script, clock, outbox, campaign };
        let claims = ledger.begin(scripted.outbox.account(), recipients).await.unwrap().claims;
        for (at, claim) in claims.iter().enumerate() {
            scripted.latest(claim, if at == 0 { start() } else { start() - SignedDuration::from_hours(9) });
            let verdict = if at == 0 { Verdict::Done } else { Verdict::Unknown };
            ledger.finish(vec![Finish::of(claim, verdict)]).await.unwrap()[0].unwrap();
        }
        scripted.clock.advance(Duration::from_secs(13 * 60));
        (scripted, claims)
    }

    /// The latest message with a recipient. The provider's clock is right.
    pub(super) fn latest(&self, claim: &Claim, at: Timestamp) {
        let mut activity = Activity::none();
        activity.conversations = 1;
        activity.latest = Some(system_time(at));
        activity.created = Some(system_time(start() - SignedDuration::from_hours(900)));
        activity.provider_time = Some(system_time(start() + SignedDuration::from_mins(13)));
        self.script.conversations.lock().unwrap().insert(claim.number.digits(), activity);
    }

    pub(super) async fn state(&self, claim: &Claim) -> (MessageState, Option<Evidence>) {
        let status = self.outbox.ledger().message(claim.message).await.unwrap().status;
        (status.state, status.evidence)
    }
}

#[tokio::test]
async fn an_answer_that_arrives_during_the_look_wins() {
    let (scripted, claims) = Scripted::new(2, Script::default()).await;
    let (ledger, claim) = (scripted.outbox.ledger().clone(), claims[1].clone());
    scripted.script.hook(move |_| {
        let (ledger, claim) = (ledger.clone(), claim.clone());
        Box::pin(async move {
            // Only the first of them has an effect.
            ledger.finish(vec![Finish::of(&claim, Verdict::Done)]).await.unwrap();
        })
    });
    let looked = scripted.outbox.look_up_unknowns(scripted.campaign, "Ana").await.unwrap();
    assert_eq!((looked.decided, looked.not_done, looked.still_unknown), (1, 0, 0), "{looked:?}");
    assert_eq!(scripted.state(&claims[1]).await, (MessageState::Done, Some(Evidence::LateAnswer)));
}

#[tokio::test]
async fn an_answer_that_arrives_after_the_look_wins() {
    let (scripted, claims) = Scripted::new(2, Script::default()).await;
    let looked = scripted.outbox.look_up_unknowns(scripted.campaign, "Ana").await.unwrap();
    assert_eq!(looked.not_done, 1, "{looked:?}");
    assert_eq!(scripted.state(&claims[1]).await, (MessageState::NotDone, Some(Evidence::Look)));
    scripted.outbox.ledger().finish(vec![Finish::of(&claims[1], Verdict::Done)]).await.unwrap();
    assert_eq!(scripted.state(&claims[1]).await, (MessageState::Done, Some(Evidence::LateAnswer)));
}

#[tokio::test]
async fn a_message_that_is_sent_again_during_the_look_is_not_settled_by_it() {
    let (scripted, claims) = Scripted::new(2, Script::default()).await;
    let (ledger, message) = (scripted.outbox.ledger().clone(), claims[1].message);
    let (account, clock, is_first) = (scripted.outbox.account(), scripted.clock.clone(), AtomicBool::new(true));
    let resent = Arc::new(AtomicBool::new(false));
    let was_resent = Arc::clone(&resent);
    scripted.script.hook(move |_| {
        let (ledger, clock, was_resent) = (ledger.clone(), clock.clone(), Arc::clone(&was_resent));
        let is_first = is_first.swap(false, Ordering::SeqCst);
        Box::pin(async move {
            if is_first {
                ledger.resend(message, "Rui", None).await.unwrap();
                let claim = ledger.begin(account, 1).await.unwrap().claims.pop().unwrap();
                ledger.finish(vec![Finish::of(&claim, Verdict::Unknown)]).await.unwrap()[0].unwrap();
                // The look takes very long.
                clock.advance(Duration::from_secs(3_600));
                was_resent.store(true, Ordering::SeqCst);
            }
        })
    });
    let looked = scripted.outbox.look_up_unknowns(scripted.campaign, "Ana").await.unwrap();
    assert!(resent.load(Ordering::SeqCst));
    assert_eq!((looked.done, looked.not_done), (0, 0), "{looked:?}");
    assert_eq!(scripted.state(&claims[1]).await.0, MessageState::Unknown);
}

#[tokio::test]
async fn two_looks_at_once_settle_each_message_once() {
    let (scripted, claims) = Scripted::new(30, Script::default()).await;
    for claim in claims.iter().skip(1).step_by(2) {
        scripted.latest(claim, start() + SignedDuration::from_secs(1));
    }
    let look = || scripted.outbox.look_up_unknowns(scripted.campaign, "Ana");
    let (first, second) = tokio::join!(look(), look());
    let (first, second) = (first.unwrap(), second.unwrap());
    assert_eq!((first.done + second.done, first.not_done + second.not_done), (15, 14), "{first:?} {second:?}");
    assert_eq!(first.still_unknown + second.still_unknown, 0);
    assert!(first.decided + second.decided > 0, "{first:?} {second:?}");
    for claim in &claims[1..] {
        let events = scripted.outbox.ledger().events(zap_outbox::EventsOf::Message(claim.message)).await.unwrap();
        assert_eq!(events.len(), 2, "it became unknown, and was settled once");
    }
}

#[tokio::test]
async fn a_look_that_breaks_off_is_repeated() {
    let (scripted, claims) = Scripted::new(40, Script::default()).await;
    let limit = Duration::from_millis(60);
    let broken = tokio::time::timeout(limit, scripted.outbox.look_up_unknowns(scripted.campaign, "Ana")).await;
    assert!(broken.is_err(), "it takes longer");
    let looked = scripted.outbox.look_up_unknowns(scripted.campaign, "Ana").await.unwrap();
    assert!(looked.is_complete() && looked.not_done <= 39, "{looked:?}");
    for claim in &claims[1..] {
        assert_eq!(scripted.state(claim).await, (MessageState::NotDone, Some(Evidence::Look)));
    }
}
