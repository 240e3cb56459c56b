//! How conversations are read: the pace, failures, and lists that lie.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use zap_outbox::Outbox;
use zap_outbox::jiff::SignedDuration;
use zap_outbox::model::{MessageState, Rate, Undecided};
use zap_outbox::zap_facade::reqwest::StatusCode;
use zap_outbox::zap_facade::{Error, ErrorKind, Messenger, Outcome};

use super::races::{Scripted, system_time};
use super::script::Script;
use crate::contract::fixture::start;

fn failure(status: StatusCode) -> Error {
    Error::new(ErrorKind::UnexpectedAnswer, Outcome::NotDone, "Test", "last_activity").with_status(status)
}

async fn all_are_unknown(scripted: &Scripted, claims: &[zap_outbox::Claim]) {
    for claim in &claims[1..] {
        assert_eq!(scripted.state(claim).await.0, MessageState::Unknown);
    }
}

#[tokio::test(start_paused = true)]
async fn a_read_that_fails_for_a_while_is_repeated() {
    let (scripted, _) = Scripted::new(2, Script::default()).await;
    scripted.script.errors.lock().unwrap().extend([
        failure(StatusCode::TOO_MANY_REQUESTS).with_retry_after(Duration::from_secs(17)),
        failure(StatusCode::BAD_GATEWAY),
    ]);
    let looked = scripted.outbox.look_up_unknowns(scripted.campaign, "Ana").await.unwrap();
    assert_eq!((looked.not_done, looked.not_read), (1, 0), "{looked:?}");
    let reads = scripted.script.reads.lock().unwrap().clone();
    assert!(reads[1].0 - reads[0].0 >= Duration::from_secs(17), "it waits as long as it is asked to");
    assert!(reads[2].0 - reads[1].0 >= Duration::from_secs(2));
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_fails_ends_the_look_and_nothing_is_changed() {
    for (error, most_reads) in [
        (failure(StatusCode::SERVICE_UNAVAILABLE), 10),
        (failure(StatusCode::TOO_MANY_REQUESTS).with_retry_after(Duration::from_secs(600)), 4),
        (failure(StatusCode::UNAUTHORIZED), 4),
    ] {
        let (scripted, claims) = Scripted::new(20, Script::default()).await;
        let status = error.status();
        scripted.script.errors.lock().unwrap().extend((0..1_000).map(|_| failure(status.unwrap())));
        scripted.script.errors.lock().unwrap().push_front(error);
        let looked = scripted.outbox.look_up_unknowns(scripted.campaign, "Ana").await.unwrap();
        assert_eq!((looked.not_read, looked.done, looked.not_done), (19, 0, 0), "{looked:?}");
        assert_eq!(looked.stopped.as_ref().and_then(Error::status), status);
        assert!(scripted.script.reads() <= most_reads, "{status:?}: {} reads", scripted.script.reads());
        all_are_unknown(&scripted, &claims).await;
        scripted.script.errors.lock().unwrap().clear();
        let looked = scripted.outbox.look_up_unknowns(scripted.campaign, "Ana").await.unwrap();
        assert_eq!((looked.not_done, looked.not_read), (19, 0), "{looked:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_conversation_that_cannot_be_understood_does_not_stop_the_others() {
    let (scripted, _) = Scripted::new(10, Script::default()).await;
    let odd = Error::new(ErrorKind::Undecodable, Outcome::NotDone, "Test", "last_activity");
    scripted.script.errors.lock().unwrap().push_back(odd);
    let looked = scripted.outbox.look_up_unknowns(scripted.campaign, "Ana").await.unwrap();
    assert_eq!((looked.not_done, looked.reasons), (8, [(Undecided::Unreadable, 1)].into()));
}

#[tokio::test(start_paused = true)]
async fn the_reads_keep_their_pace() {
    let (scripted, _) = Scripted::new(20, Script::default()).await;
    scripted.script.hook(|_| Box::pin(tokio::time::sleep(Duration::from_secs(1))));
    let messenger: Arc<dyn Messenger> = scripted.script.clone();
    let ledger = scripted.outbox.ledger().clone();
    let rate = Rate::per_second(2.0).unwrap();
    let outbox = Outbox::builder(ledger.clone(), messenger.clone()).read_rate(rate).open().await.unwrap();
    let looked = outbox.look_up_unknowns(scripted.campaign, "Ana").await.unwrap();
    assert_eq!(looked.not_done, 19, "{looked:?}");
    let reads = scripted.script.reads.lock().unwrap().clone();
    // A read that waited for the ledger can be close to the next one.
    for window in reads.windows(6) {
        assert!(window[5].0 - window[0].0 >= Duration::from_secs(2));
    }
    let most = scripted.script.most_at_once.load(Ordering::SeqCst);
    assert!((2..=4).contains(&most), "{most} at the same time");
}

#[tokio::test]
async fn a_provider_that_cannot_be_asked_changes_nothing() {
    let (scripted, claims) = Scripted::new(3, Script { is_blind: true, ..Script::default() }).await;
    let looked = scripted.outbox.look_up_unknowns(scripted.campaign, "Ana").await.unwrap();
    assert_eq!((looked.not_read, scripted.script.reads()), (2, 0), "{looked:?}");
    assert_eq!(looked.stopped.map(|error| error.kind()), Some(ErrorKind::Unsupported));
    all_are_unknown(&scripted, &claims).await;
}

#[tokio::test]
async fn a_list_that_finds_nothing_proves_nothing() {
    let (scripted, claims) = Scripted::new(5, Script::default()).await;
    scripted.script.conversations.lock().unwrap().clear();
    let looked = scripted.outbox.look_up_unknowns(scripted.campaign, "Ana").await.unwrap();
    assert_eq!(looked.reasons, [(Undecided::NoConversation, 4)].into());
    all_are_unknown(&scripted, &claims).await;
}

#[tokio::test]
async fn a_list_from_before_the_send_proves_nothing() {
    // As from a cache, or from a replica that stands still.
    let (scripted, claims) = Scripted::new(5, Script::default()).await;
    scripted.latest(&claims[0], start() - SignedDuration::from_hours(9));
    let looked = scripted.outbox.look_up_unknowns(scripted.campaign, "Ana").await.unwrap();
    assert_eq!(looked.reasons, [(Undecided::Contradicted, 4)].into());
    all_are_unknown(&scripted, &claims).await;
}

#[tokio::test]
async fn a_page_from_a_cache_proves_nothing() {
    // The first list is older than the intent, and so is its time. The second one is of now.
    let (scripted, claims) = Scripted::new(2, Script::default()).await;
    let old = system_time(start() - SignedDuration::from_mins(1));
    scripted.script.conversations.lock().unwrap().get_mut(&claims[1].number.digits()).unwrap().provider_time =
        Some(old);
    let looked = scripted.outbox.look_up_unknowns(scripted.campaign, "Ana").await.unwrap();
    assert_eq!(looked.reasons, [(Undecided::WrongClock, 1)].into());
}

#[tokio::test]
async fn the_other_form_of_a_number_is_read_too() {
    let numbers = ["+5511980000001", "+5511980000002"].map(|number| number.parse().unwrap());
    let (scripted, claims) = Scripted::of(&numbers, Script::default()).await;
    let [_, short] = &*claims[1].number.variants() else { panic!("it has a ninth digit") };
    let mut conversations = scripted.script.conversations.lock().unwrap().clone();
    let mut moved = conversations[&claims[1].number.digits()];
    moved.latest = Some(system_time(start() + SignedDuration::from_secs(2)));
    conversations.insert(short.digits(), moved);
    *scripted.script.conversations.lock().unwrap() = conversations;
    let looked = scripted.outbox.look_up_unknowns(scripted.campaign, "Ana").await.unwrap();
    assert_eq!((looked.done, looked.not_done), (1, 0), "{looked:?}");
}
