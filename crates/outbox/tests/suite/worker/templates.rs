//! Templates that the provider answers with a failure although it delivers them.

use std::collections::VecDeque;
use std::future::pending;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use tokio::time::Instant;
use zap_outbox::jiff::SignedDuration;
use zap_outbox::model::{DECIDE_AFTER, Evidence, MessageState};
use zap_outbox::zap_facade::contract::Account;
use zap_outbox::zap_facade::{
    Activity, BoxFuture, Capabilities, Capability, Error, ErrorKind, Messenger, NewContact, Outcome, PhoneNumber,
    Provider, Receipt, SendState, TemplateMessage, connect,
};
use zap_outbox::{Clock, Content, EventsOf, Ledger, Message, MessageId, NewCampaign, NewMessage, Outbox, Stopped};
use zap_sandbox::{Profile, Sandbox};

use crate::contract::fixture::{number, start, time};

async fn campaign(outbox: &Outbox, content: Content, recipients: u32) -> zap_outbox::CampaignId {
    let ledger = outbox.ledger();
    let plan = NewCampaign::bulk("campaign", content, time("2099-01-01T00:00Z"));
    let id = ledger.create_campaign(outbox.account(), plan).await.unwrap().id;
    let messages = (0..recipients).map(|at| NewMessage::new(number(at)).with_param("nome", format!("N{at}")));
    ledger.import(id, messages).await.unwrap();
    ledger.start_campaign(id, u64::from(recipients), "Ana").await.unwrap();
    id
}

fn template() -> Content {
    Content::template("1", [], ["{nome}"]).unwrap()
}

#[tokio::test]
async fn a_campaign_of_templates_is_done_at_a_provider_that_answers_them_with_failures() {
    let sandbox = Sandbox::builder().profile(Profile::Observed).start().await.unwrap();
    let messenger = connect(Account::of(&sandbox, Provider::EscalaZap).config()).unwrap();
    // This version sends nothing to a number that is not a contact.
    for at in 0..12 {
        messenger.save_contact(&NewContact::new(number(at), "Ana", "Silva")).await.unwrap();
    }
    let outbox = Outbox::builder(Ledger::in_memory(Clock::system()), messenger).open().await.unwrap();
    let campaign = campaign(&outbox, template(), 12).await;
    assert_eq!(outbox.work_until_done(pending()).await.unwrap(), Stopped::Done);
    let counts = outbox.ledger().counts(campaign).await.unwrap();
    assert_eq!(counts.len(), 1, "{counts:?}");
    let (state, evidence) = (MessageState::Done, Some(Evidence::Look));
    assert_eq!((counts[0].state, counts[0].evidence, counts[0].messages), (state, evidence, 12));
    let mut got: Vec<_> =
        sandbox.deliveries().into_iter().map(|sent| (sent.to, sent.template.unwrap().variables)).collect();
    got.sort();
    assert_eq!(got, (0..12).map(|at| (number(at).digits(), vec![format!("N{at}")])).collect::<Vec<_>>());
    assert_eq!(outbox.ledger().events(EventsOf::Account(outbox.account())).await.unwrap(), [], "it was never paused");
    let message = outbox.ledger().messages(campaign, MessageId(0), 1).await.unwrap().remove(0);
    let error = message.error.unwrap();
    assert!(error.contains("the conversation moved at") && error.contains("conversationId"), "{error}");
}

/// What a read shows.
#[derive(Clone, Copy, Debug)]
enum Read {
    /// The latest message, some seconds after the start.
    Latest(i64),
    /// There is no conversation.
    Nothing,
    /// Not all conversations.
    Incomplete,
    /// The provider does not tell its time.
    NoClock,
    Fails,
    Hangs,
}

use Read::{Fails, Hangs, Incomplete, Latest, NoClock, Nothing};

/// What the provider answers to a template, and after how long.
type Answer = (Duration, Result<(), (ErrorKind, Outcome)>);

const EXCEPTION: Answer = (Duration::from_millis(200), Err((ErrorKind::Refused, Outcome::Unknown)));

/// A messenger whose conversations and answers are written by the test.
#[derive(Debug)]
struct Scripted {
    answer: Answer,
    reads: Mutex<VecDeque<Read>>,
    is_blind: bool,
    /// When it was read, and when the request started and ended.
    read_at: Mutex<Vec<Instant>>,
    sent_at: Mutex<Vec<(Instant, Instant)>>,
}

impl Scripted {
    fn new(answer: Answer, reads: impl IntoIterator<Item = Read>) -> Self {
        let reads = Mutex::new(reads.into_iter().collect());
        Self { answer, reads, is_blind: false, read_at: Mutex::default(), sent_at: Mutex::default() }
    }
}

fn system_time(seconds: i64) -> SystemTime {
    (start() + SignedDuration::from_secs(seconds)).into()
}

impl Messenger for Scripted {
    fn provider(&self) -> &'static str {
        "Test"
    }

    fn capabilities(&self) -> Capabilities {
        let sends = Capabilities::of(&[Capability::Text, Capability::Template]);
        if self.is_blind { sends } else { sends.with(Capability::LastActivity) }
    }

    fn send_text<'a>(&'a self, _: &'a PhoneNumber, _: &'a str) -> BoxFuture<'a, Result<Receipt, Error>> {
        Box::pin(async move {
            let started = Instant::now();
            let (after, answer) = self.answer;
            tokio::time::sleep(after).await;
            self.sent_at.lock().unwrap().push((started, Instant::now()));
            match answer {
                Ok(()) => Ok(Receipt::new(SendState::Sent, None)),
                Err((kind, outcome)) => Err(Error::new(kind, outcome, "Test", "send")),
            }
        })
    }

    fn send_template<'a>(
        &'a self,
        to: &'a PhoneNumber,
        _: &'a TemplateMessage,
    ) -> BoxFuture<'a, Result<Receipt, Error>> {
        self.send_text(to, "")
    }

    fn last_activity<'a>(&'a self, _: &'a PhoneNumber) -> BoxFuture<'a, Result<Activity, Error>> {
        Box::pin(async move {
            self.read_at.lock().unwrap().push(Instant::now());
            let read = self.reads.lock().unwrap().pop_front().expect("it is not read more often");
            let mut activity = Activity::none();
            activity.provider_time = Some(system_time(0));
            activity.conversations = 1;
            activity.latest = Some(system_time(-3_600));
            match read {
                Latest(seconds) => activity.latest = Some(system_time(seconds)),
                Nothing => (activity.conversations, activity.latest) = (0, None),
                Incomplete => activity.is_complete = false,
                NoClock => activity.provider_time = None,
                Fails => return Err(Error::new(ErrorKind::Timeout, Outcome::NotDone, "Test", "last_activity")),
                Hangs => pending().await,
            }
            Ok(activity)
        })
    }
}

/// Sends one message, and returns it, after how many seconds from the answer the conversation was read, and how long
/// the attempt took.
async fn send(messenger: Scripted, content: Content) -> (Message, Vec<u64>, Duration) {
    let messenger = Arc::new(messenger);
    let dynamic: Arc<dyn Messenger> = messenger.clone();
    let outbox = Outbox::builder(Ledger::in_memory(Clock::manual(start())), dynamic).open().await.unwrap();
    campaign(&outbox, content, 1).await;
    let began = Instant::now();
    let id = outbox.send_next().await.unwrap().0.expect("it is due");
    let took = began.elapsed();
    let message = outbox.ledger().message(id).await.unwrap();
    assert!(messenger.reads.lock().unwrap().is_empty(), "it is read as often as expected");
    let sent_at = messenger.sent_at.lock().unwrap().clone();
    assert_eq!(sent_at.len(), 1, "one request");
    let (started, answered) = sent_at[0];
    let reads = messenger.read_at.lock().unwrap().clone();
    if let Some(first) = reads.first() {
        assert!(*first <= started, "the baseline is read before the request");
    }
    // The timer is precise to a millisecond.
    let after = reads.iter().skip(1).map(|at| (*at - answered + Duration::from_millis(20)).as_secs()).collect();
    (message, after, took)
}

async fn state(messenger: Scripted) -> (MessageState, Option<Evidence>) {
    let status = send(messenger, template()).await.0.status;
    (status.state, status.evidence)
}

const SEEN: (MessageState, Option<Evidence>) = (MessageState::Done, Some(Evidence::Look));
const UNKNOWN: (MessageState, Option<Evidence>) = (MessageState::Unknown, Some(Evidence::NoAnswer));

#[tokio::test(start_paused = true)]
async fn a_conversation_that_moves_within_seconds_proves_that_its_template_was_sent() {
    let old = Latest(-3_600);
    for (reads, looks) in [
        (vec![old, Latest(1)], vec![0]),
        (vec![Nothing, Latest(1)], vec![0]),
        (vec![old, old, Latest(4)], vec![0, 5]),
        (vec![old, old, old, Latest(14)], vec![0, 5, 15]),
        (vec![old, Fails, Hangs, Latest(14)], vec![0, 5, 15]),
        (vec![Nothing, Nothing, Incomplete, Latest(9)], vec![0, 5, 15]),
    ] {
        let (message, after, took) = send(Scripted::new(EXCEPTION, reads.clone()), template()).await;
        assert_eq!((message.status.state, message.status.evidence), SEEN, "{reads:?}");
        assert_eq!(after, looks, "{reads:?}");
        assert!(took < Duration::from_secs(16), "{took:?}");
        assert!(message.error.unwrap().contains("the conversation moved at 2027-03-05T12:00:"));
    }
}

#[tokio::test(start_paused = true)]
async fn a_conversation_that_does_not_move_proves_nothing() {
    let old = Latest(-3_600);
    for reads in [
        vec![old, old, old, old],
        vec![Latest(0), Latest(0), Latest(0), Latest(0)],
        vec![old, Fails, Fails, Hangs],
        vec![old, Nothing, Nothing, Nothing],
        // A conversation that was hidden shows again.
        vec![Nothing, Latest(-600), Latest(-600), Latest(-600)],
    ] {
        let (message, after, took) = send(Scripted::new(EXCEPTION, reads.clone()), template()).await;
        assert_eq!((message.status.state, message.status.evidence), UNKNOWN, "{reads:?}");
        assert_eq!(after, [0, 5, 15], "{reads:?}");
        assert!(took < Duration::from_secs(21), "{took:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn without_a_baseline_the_template_is_sent_and_nobody_looks() {
    for baseline in [Fails, Hangs, Incomplete, NoClock] {
        let (message, after, took) = send(Scripted::new(EXCEPTION, [baseline]), template()).await;
        assert_eq!((message.status.state, message.status.evidence), UNKNOWN, "{baseline:?}");
        assert!(after.is_empty() && took < Duration::from_secs(3), "{baseline:?} {took:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn only_an_answer_that_proves_nothing_needs_a_look() {
    let second = Duration::from_secs(1);
    let answered = Some(Evidence::Answer);
    for (answer, expected) in [
        (Ok(()), (MessageState::Done, answered)),
        (Err((ErrorKind::Refused, Outcome::NotDone)), (MessageState::NotDone, answered)),
        (Err((ErrorKind::Undecodable, Outcome::Done)), (MessageState::Done, answered)),
        (Err((ErrorKind::Timeout, Outcome::Unknown)), UNKNOWN),
        (Err((ErrorKind::Interrupted, Outcome::Unknown)), UNKNOWN),
        (Err((ErrorKind::UnexpectedAnswer, Outcome::Unknown)), UNKNOWN),
    ] {
        assert_eq!(state(Scripted::new((second, answer), [Latest(-3_600)])).await, expected, "{answer:?}");
    }
    // A call that is given up.
    let never = Duration::from_secs(1_000_000);
    let outbox = Outbox::builder(
        Ledger::in_memory(Clock::manual(start())),
        Arc::new(Scripted::new((never, Ok(())), [Latest(-3_600)])) as Arc<dyn Messenger>,
    );
    let outbox = outbox.open().await.unwrap();
    campaign(&outbox, template(), 1).await;
    let id = outbox.send_next().await.unwrap().0.unwrap();
    assert_eq!(outbox.ledger().message(id).await.unwrap().status.state, MessageState::Unknown);
}

#[tokio::test(start_paused = true)]
async fn only_templates_are_looked_at_and_only_if_the_messenger_can() {
    let text = Content::text("Olá!").unwrap();
    let (message, ..) = send(Scripted::new(EXCEPTION, []), text).await;
    assert_eq!(message.status.state, MessageState::Unknown);
    let blind = Scripted { is_blind: true, ..Scripted::new(EXCEPTION, []) };
    assert_eq!(state(blind).await, UNKNOWN);
}

#[tokio::test(start_paused = true)]
async fn the_slowest_look_ends_before_its_message_is_overdue() {
    let slow = (Duration::from_millis(149_900), EXCEPTION.1);
    let (message, _, took) = send(Scripted::new(slow, [Hangs]), template()).await;
    assert_eq!((message.status.state, message.status.evidence), UNKNOWN);
    assert!(took < DECIDE_AFTER, "{took:?}");
    let (message, after, took) = send(Scripted::new(slow, [Latest(0), Hangs, Hangs, Hangs]), template()).await;
    assert_eq!((message.status.state, message.status.evidence), UNKNOWN);
    assert_eq!(after, [0, 5, 15]);
    assert!(took < DECIDE_AFTER && took > Duration::from_secs(169), "{took:?}");
    let (message, ..) = send(Scripted::new(slow, [Latest(0), Latest(150)]), template()).await;
    assert_eq!((message.status.state, message.status.evidence), SEEN);
}

#[tokio::test(start_paused = true)]
async fn looks_that_settle_keep_the_account_running_and_others_pause_it() {
    let old = Latest(-3_600);
    let stands_still = || [old; 4].into_iter();
    let moves = [old, Latest(1)];
    let reads = stands_still().chain(stands_still()).chain(moves).chain(stands_still()).chain(stands_still());
    let messenger: Arc<dyn Messenger> = Arc::new(Scripted::new(EXCEPTION, reads.chain(stands_still())));
    let outbox = Outbox::builder(Ledger::in_memory(Clock::manual(start())), messenger).open().await.unwrap();
    campaign(&outbox, template(), 10).await;
    let mut states = Vec::new();
    let pause = async || outbox.ledger().account(outbox.account()).await.unwrap().gate.pause;
    for _ in 0..6 {
        assert_eq!(pause().await, None, "{states:?}");
        let id = outbox.send_next().await.unwrap().0.unwrap();
        states.push(outbox.ledger().message(id).await.unwrap().status.state);
    }
    let (unknown, done) = (MessageState::Unknown, MessageState::Done);
    assert_eq!(states, [unknown, unknown, done, unknown, unknown, unknown]);
    assert!(pause().await.is_some());
}
