//! What a look decides, at a sandbox.

use zap_outbox::model::{Evidence, MessageState, Rate, SETTLE_AFTER, Undecided, Verdict};
use zap_outbox::zap_facade::contract::Account;
use zap_outbox::zap_facade::{Provider, connect};
use zap_outbox::{Content, EventsOf, LedgerError, NewCampaign, NewMessage, Outbox};
use zap_sandbox::Credentials;

use super::fixture::Fixture;
use crate::contract::fixture::number;

const DONE: (MessageState, Option<Evidence>) = (MessageState::Done, Some(Evidence::Look));
const NOT_DONE: (MessageState, Option<Evidence>) = (MessageState::NotDone, Some(Evidence::Look));

/// As long as a look must wait after an attempt.
const LATER: u64 = 13 * 60;

#[tokio::test]
async fn what_was_sent_is_done_and_what_was_not_sent_is_not_done() {
    let fixture = Fixture::new(0, 4).await;
    let before = fixture.answered().await;
    fixture.pass(1);
    let (sent, unsent) = (fixture.lost(true).await, fixture.lost(false).await);
    fixture.pass(LATER);
    let looked = fixture.look().await;
    assert_eq!((looked.done, looked.not_done, looked.still_unknown), (1, 1, 0), "{looked:?}");
    assert!(looked.is_complete() && looked.stopped.is_none());
    assert_eq!(fixture.state(sent.message).await, DONE);
    assert_eq!(fixture.state(unsent.message).await, NOT_DONE);
    let note = |events: Vec<zap_outbox::Event>| {
        let event = events.into_iter().last().unwrap();
        assert_eq!(event.by, "Ana");
        event.note.unwrap()
    };
    let done = note(fixture.ledger().events(EventsOf::Message(sent.message)).await.unwrap());
    assert!(done.contains("2027-03-05T12:58:21Z") && done.contains("the customer may have written"), "{done}");
    let not_done = note(fixture.ledger().events(EventsOf::Message(unsent.message)).await.unwrap());
    assert!(not_done.contains("2027-03-05T12:00:00Z"), "{not_done}");
    assert!(not_done.contains(&format!("message {}", before.message)), "{not_done}");
}

#[tokio::test]
async fn nobody_looks_before_the_request_is_certainly_over() {
    let fixture = Fixture::new(0, 2).await;
    let claim = fixture.lost(true).await;
    fixture.pass(LATER - 1);
    let looked = fixture.look().await;
    assert_eq!((looked.too_early, looked.done), (1, 0));
    let at = fixture.ledger().message(claim.message).await.unwrap().status.decide_at.unwrap();
    assert_eq!(looked.next_at, Some(at + SETTLE_AFTER));
    assert!(!looked.is_complete());
    let lists = |fixture: &Fixture| {
        let calls = fixture.sandbox.calls();
        calls.iter().filter(|call| call.operation == Some("conversation_list")).count()
    };
    assert_eq!(lists(&fixture), 0, "nothing was read");
    fixture.pass(1);
    assert_eq!(fixture.look().await.done, 1);
    assert!(lists(&fixture) > 0);
}

#[tokio::test]
async fn without_a_control_a_conversation_that_stands_still_proves_nothing() {
    let fixture = Fixture::new(0, 2).await;
    let claim = fixture.lost(false).await;
    fixture.pass(LATER);
    let looked = fixture.look().await;
    assert_eq!(looked.reasons, [(Undecided::NoControl, 1)].into());
    assert_eq!(fixture.state(claim.message).await.0, MessageState::Unknown);
    // A message that is answered afterwards is one.
    fixture.answered().await;
    let looked = fixture.look().await;
    assert_eq!((looked.not_done, looked.still_unknown), (1, 0), "{looked:?}");
}

#[tokio::test]
async fn a_control_whose_recipient_has_answered_proves_nothing() {
    let fixture = Fixture::new(0, 2).await;
    let answered = fixture.answered().await;
    fixture.lost(false).await;
    fixture.pass(60);
    fixture.receive(&answered.number);
    fixture.pass(LATER);
    assert_eq!(fixture.look().await.reasons, [(Undecided::NoControl, 1)].into());
}

#[tokio::test]
async fn a_control_has_the_same_kind_of_content() {
    let fixture = Fixture::new(0, 1).await;
    // A template's way through the provider is another one.
    let template = Content::template("1", [], []).unwrap();
    let stream = NewCampaign::stream("templates", template);
    let stream = fixture.ledger().create_campaign(fixture.outbox.account(), stream).await.unwrap().id;
    let to = number(500);
    fixture.receive(&to);
    fixture.ledger().enqueue(stream, "a", NewMessage::new(to.clone())).await.unwrap();
    let claim = fixture.one().await;
    fixture.messenger().send_text(&to, "another way").await.unwrap();
    fixture.finish(&claim, Verdict::Done).await;
    fixture.lost(false).await;
    fixture.pass(LATER);
    assert_eq!(fixture.look().await.reasons, [(Undecided::NoControl, 1)].into());
}

#[tokio::test]
async fn the_credentials_of_another_account_prove_nothing() {
    let fixture = Fixture::new(0, 3).await;
    fixture.answered().await;
    let (sent, unsent) = (fixture.lost(true).await, fixture.lost(false).await);
    // At the other account, the same customers have old conversations.
    let other = zap_sandbox::Provider::WaziMe;
    fixture.pass(LATER);
    let mut account = Account::of(&fixture.sandbox, Provider::EscalaZap);
    let wrong = Account::of(&fixture.sandbox, Provider::WaziMe);
    assert!(matches!(wrong.credentials, Credentials::ExternalApi(_)));
    (account.base_url, account.credentials) = (fixture.sandbox.base_url(other), wrong.credentials);
    let messenger = connect(account.config()).unwrap();
    let outbox = Outbox::builder(fixture.ledger().clone(), messenger).read_rate(Rate::UNLIMITED).open().await.unwrap();
    assert_eq!(outbox.account(), fixture.outbox.account());
    let looked = outbox.look_up_unknowns(fixture.campaign, "Ana").await.unwrap();
    assert_eq!((looked.done, looked.not_done, looked.still_unknown), (0, 0, 2), "{looked:?}");
    for claim in [&sent, &unsent] {
        assert_eq!(fixture.state(claim.message).await.0, MessageState::Unknown);
    }
}

#[tokio::test]
async fn another_message_to_the_same_recipient_explains_the_move() {
    let fixture = Fixture::new(0, 1).await;
    let unsent = fixture.lost(false).await;
    let stream = NewCampaign::stream("orders", Content::text("Olá, {nome}!").unwrap());
    let stream = fixture.ledger().create_campaign(fixture.outbox.account(), stream).await.unwrap().id;
    fixture.pass(20);
    let order = NewMessage::new(unsent.number.clone()).with_param("nome", "pedido 1");
    fixture.ledger().enqueue(stream, "order-1", order).await.unwrap();
    fixture.answered().await;
    fixture.pass(LATER);
    assert_eq!(fixture.look().await.reasons, [(Undecided::OtherMessage, 1)].into());
    assert_eq!(fixture.state(unsent.message).await.0, MessageState::Unknown);
}

#[tokio::test]
async fn a_recipient_without_a_conversation_stays_unknown() {
    let fixture = Fixture::new(0, 2).await;
    fixture.answered().await;
    let stream = NewCampaign::stream("orders", Content::text("Olá, {nome}!").unwrap());
    let stream = fixture.ledger().create_campaign(fixture.outbox.account(), stream).await.unwrap().id;
    let order = NewMessage::new(number(500)).with_param("nome", "pedido 1");
    fixture.ledger().enqueue(stream, "order-1", order).await.unwrap();
    let claim = fixture.lost(false).await;
    let look = async || fixture.outbox.look_up_unknowns(stream, "Ana").await.unwrap();
    fixture.pass(LATER);
    assert_eq!(look().await.reasons, [(Undecided::NoConversation, 1)].into());
    // The customer writes, and gets a new conversation.
    fixture.pass(60);
    fixture.receive(&claim.number);
    assert_eq!(look().await.reasons, [(Undecided::MovedLater, 1)].into());
}

#[tokio::test]
async fn only_messages_of_this_account_are_looked_for() {
    let fixture = Fixture::new(0, 1).await;
    let messenger = fixture.outbox.messenger().clone();
    let other = Outbox::builder(fixture.ledger().clone(), messenger).account("Filial").open().await.unwrap();
    let error = other.look_up_unknowns(fixture.campaign, "Ana").await.unwrap_err();
    assert!(matches!(error, LedgerError::NotFound(_)), "{error}");
}

#[tokio::test]
async fn a_message_that_was_settled_by_a_look_is_not_a_control() {
    let fixture = Fixture::new(0, 3).await;
    // Its recipient may have written instead.
    let claim = fixture.one().await;
    fixture.deliver(&claim).await;
    fixture.finish(&claim, Verdict::SeenDone).await;
    fixture.lost(false).await;
    fixture.pass(LATER);
    assert_eq!(fixture.look().await.reasons, [(Undecided::NoControl, 1)].into());
    fixture.answered().await;
    assert_eq!(fixture.look().await.not_done, 1);
}
