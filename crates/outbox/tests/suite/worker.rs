//! Workers against the sandbox. Its list of deliveries is the judge.

use std::collections::BTreeMap;
use std::future::pending;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::oneshot;
use zap_outbox::model::{Evidence, MessageState, PauseReason, Rate};
use zap_outbox::zap_facade::contract::Account;
use zap_outbox::zap_facade::{
    BoxFuture, Capabilities, Capability, Error, Messenger, PhoneNumber, Provider, Receipt, SendState, connect,
};
use zap_outbox::{CampaignId, Clock, Content, Ledger, MessageId, NewCampaign, NewMessage, Outbox, Stopped};
use zap_sandbox::{Fault, Profile, Sandbox};

use crate::contract::fixture::{Folder, number, start, time};

struct Fixture {
    sandbox: Sandbox,
    clock: Clock,
    outbox: Outbox,
    campaign: CampaignId,
    folder: Folder,
}

impl Fixture {
    /// Starts a campaign to as many recipients.
    async fn new(recipients: u32) -> Self {
        let sandbox = Sandbox::builder().profile(Profile::Documented).start().await.unwrap();
        let (clock, folder) = (Clock::manual(start()), Folder::new());
        let ledger = Ledger::open_with_clock(&folder.url(), clock.clone()).await.unwrap();
        let messenger = connect(Account::of(&sandbox, Provider::EscalaZap).config()).unwrap();
        let outbox = Outbox::builder(ledger.clone(), messenger).open().await.unwrap();
        let plan = NewCampaign::bulk("campaign", Content::text("Olá, {nome}!"), time("2027-04-01T00:00Z"));
        let campaign = ledger.create_campaign(outbox.account(), plan).await.unwrap().id;
        let messages = (0..recipients).map(|at| NewMessage::new(number(at)).with_param("nome", format!("N{at}")));
        let imported = ledger.import(campaign, messages).await.unwrap();
        assert_eq!(imported.added, u64::from(recipients));
        ledger.start_campaign(campaign, imported.added, "Ana").await.unwrap();
        Self { sandbox, clock, outbox, campaign, folder }
    }

    fn ledger(&self) -> &Ledger {
        self.outbox.ledger()
    }

    fn fault(&self, fault: Fault) {
        self.sandbox.faults().add(fault.operation("send_message")).unwrap();
    }

    /// The ledger's clock runs fast while workers work, so that pauses are short.
    async fn work(&self) -> Stopped {
        let clock = self.clock.clone();
        let running = tokio::spawn(async move {
            loop {
                tokio::time::sleep(Duration::from_millis(5)).await;
                clock.advance(Duration::from_millis(500));
            }
        });
        let limit = Duration::from_secs(120);
        let stopped = tokio::time::timeout(limit, self.outbox.work_until_done(pending())).await;
        running.abort();
        stopped.expect("the work ends").unwrap()
    }

    async fn states(&self) -> BTreeMap<MessageState, u64> {
        let mut states = BTreeMap::new();
        for count in self.ledger().counts(self.campaign).await.unwrap() {
            *states.entry(count.state).or_insert(0) += count.messages;
        }
        states
    }

    /// Compares the ledger with what the recipients got.
    async fn judge(&self) {
        let mut delivered: BTreeMap<String, Vec<Option<String>>> = BTreeMap::new();
        for delivery in self.sandbox.deliveries() {
            delivered.entry(delivery.to).or_default().push(delivery.text);
        }
        for message in self.ledger().messages(self.campaign, MessageId(0), 1_000).await.unwrap() {
            let got = delivered.remove(&message.number.digits()).unwrap_or_default();
            let expected = match message.status.state {
                MessageState::Done => 1..=1,
                MessageState::Unknown => 0..=1,
                _ => 0..=0,
            };
            assert!(expected.contains(&got.len()), "{:?}: {got:?}", message.status);
            let text = Some(format!("Olá, {}!", message.params["nome"]));
            assert!(got.iter().all(|got| *got == text), "{got:?}");
        }
        assert_eq!(delivered, BTreeMap::new(), "nobody else got anything");
    }
}

#[tokio::test]
async fn everybody_gets_one_message() {
    let fixture = Fixture::new(30).await;
    assert_eq!(fixture.work().await, Stopped::Done);
    assert_eq!(fixture.states().await, [(MessageState::Done, 30)].into());
    fixture.judge().await;
    let messages = fixture.ledger().messages(fixture.campaign, MessageId(0), 1_000).await.unwrap();
    assert!(messages.iter().all(|message| message.provider_id.as_deref().is_some_and(|id| id.starts_with("wamid."))));
}

/// Sends nothing, and looks into the database of the message instead, as another process would.
#[derive(Debug)]
struct Looking {
    ledger: Ledger,
    campaign: CampaignId,
    seen: Mutex<Vec<(MessageState, u32)>>,
}

impl Messenger for Looking {
    fn provider(&self) -> &'static str {
        "Test"
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities::of(&[Capability::Text])
    }

    fn send_text<'a>(&'a self, to: &'a PhoneNumber, _: &'a str) -> BoxFuture<'a, Result<Receipt, Error>> {
        Box::pin(async move {
            let message = self.ledger.message_keyed(self.campaign, to.key()).await.unwrap().unwrap();
            self.seen.lock().unwrap().push((message.status.state, message.status.attempt));
            Ok(Receipt::new(SendState::Sent, None))
        })
    }
}

#[tokio::test]
async fn the_intent_is_committed_before_the_request() {
    let fixture = Fixture::new(20).await;
    let ledger = Ledger::open(&fixture.folder.url()).await.unwrap();
    let looking = Arc::new(Looking { ledger, campaign: fixture.campaign, seen: Mutex::default() });
    let messenger: Arc<dyn Messenger> = looking.clone();
    let outbox = Outbox::builder(fixture.ledger().clone(), messenger).account("EscalaZap").open().await.unwrap();
    assert_eq!(outbox.work_until_done(pending()).await.unwrap(), Stopped::Done);
    assert_eq!(*looking.seen.lock().unwrap(), [(MessageState::Sending, 1); 20]);
}

#[tokio::test]
async fn several_workers_share_the_campaign() {
    let fixture = Fixture::new(60).await;
    let folder_url = fixture.folder.url();
    let mut workers = tokio::task::JoinSet::new();
    for _ in 0..4 {
        let ledger = Ledger::open_with_clock(&folder_url, fixture.clock.clone()).await.unwrap();
        let messenger = connect(Account::of(&fixture.sandbox, Provider::EscalaZap).config()).unwrap();
        let outbox = Outbox::builder(ledger, messenger).concurrency(3).open().await.unwrap();
        workers.spawn(async move { outbox.work_until_done(pending()).await.unwrap() });
    }
    assert_eq!(workers.join_all().await, vec![Stopped::Done; 4]);
    assert_eq!(fixture.states().await, [(MessageState::Done, 60)].into());
    fixture.judge().await;
}

#[tokio::test]
async fn no_fault_makes_the_ledger_lie_or_a_message_arrive_twice() {
    let fixture = Fixture::new(80).await;
    let text = "Too Many Attempts.";
    for fault in [
        Fault::close_before().probability(0.1, 1),
        Fault::close_after().probability(0.1, 2),
        Fault::answer(429, text).retry_after(3).before().probability(0.15, 3),
        Fault::answer(500, "error").after().probability(0.05, 4),
        Fault::answer(422, "refused").before().probability(0.05, 5),
        Fault::truncated(20).probability(0.05, 6),
        Fault::proxy_page().before().probability(0.05, 7),
    ] {
        fixture.fault(fault.always());
    }
    let mut pauses = 0;
    loop {
        match fixture.work().await {
            Stopped::Paused(pause) => {
                assert_eq!(pause.reason, PauseReason::Unknowns, "{pause:?}");
                fixture.judge().await;
                pauses += 1;
                fixture.ledger().resume_account(fixture.outbox.account(), "Ana").await.unwrap();
            }
            stopped => {
                assert_eq!(stopped, Stopped::Done);
                break;
            }
        }
        assert!(pauses < 80, "{:?}", fixture.states().await);
    }
    fixture.judge().await;
    let states = fixture.states().await;
    assert!(states[&MessageState::Done] > 20, "{states:?}");
    assert!(states[&MessageState::Unknown] > 5, "{states:?}");
    assert_eq!(states.values().sum::<u64>(), 80, "{states:?}");
    let open = states.keys().find(|state| !state.is_final());
    assert_eq!(open, None, "{states:?}");
}

#[tokio::test]
async fn refused_credentials_pause_the_account_and_nobody_is_given_up() {
    let fixture = Fixture::new(20).await;
    fixture.fault(Fault::answer(401, "Unauthenticated.").before().always());
    let Stopped::Paused(pause) = fixture.work().await else { panic!("it is not paused") };
    assert_eq!(pause.reason, PauseReason::Credentials);
    assert!(pause.detail.contains("401"), "{}", pause.detail);
    assert_eq!(fixture.states().await, [(MessageState::Ready, 20)].into());
    fixture.sandbox.faults().clear();
    fixture.ledger().resume_account(fixture.outbox.account(), "Ana").await.unwrap();
    assert_eq!(fixture.work().await, Stopped::Done);
    assert_eq!(fixture.states().await, [(MessageState::Done, 20)].into());
    fixture.judge().await;
}

#[tokio::test]
async fn an_outage_makes_few_messages_unknown() {
    let fixture = Fixture::new(100).await;
    fixture.fault(Fault::close_after().always());
    let Stopped::Paused(pause) = fixture.work().await else { panic!("it is not paused") };
    assert_eq!(pause.reason, PauseReason::Unknowns);
    let unknown = fixture.states().await[&MessageState::Unknown];
    assert!((3..=20).contains(&unknown), "{unknown}: at most those that were being sent at the same time");
    fixture.judge().await;
    // A trial that fails costs one more.
    fixture.ledger().resume_account(fixture.outbox.account(), "Ana").await.unwrap();
    assert!(matches!(fixture.work().await, Stopped::Paused(_)));
    assert_eq!(fixture.states().await[&MessageState::Unknown], unknown + 1);
    fixture.sandbox.faults().clear();
    fixture.ledger().resume_account(fixture.outbox.account(), "Ana").await.unwrap();
    assert_eq!(fixture.work().await, Stopped::Done);
    fixture.judge().await;
}

#[tokio::test]
async fn a_provider_that_is_down_gives_nobody_up() {
    let fixture = Fixture::new(10).await;
    // Nothing listens on the sandbox's port any more.
    let Fixture { sandbox, outbox, campaign, clock, folder } = fixture;
    drop(sandbox);
    let _keep = folder;
    let (stop, stopped) = oneshot::channel::<()>();
    let worker = {
        let outbox = outbox.clone();
        tokio::spawn(async move { outbox.work(async { drop(stopped.await) }).await.unwrap() })
    };
    for _ in 0..20 {
        tokio::time::sleep(Duration::from_millis(30)).await;
        clock.advance(Duration::from_secs(3));
    }
    stop.send(()).unwrap();
    assert_eq!(worker.await.unwrap(), Stopped::Shutdown);
    let counts = outbox.ledger().counts(campaign).await.unwrap();
    assert_eq!((counts.len(), counts[0].state, counts[0].messages), (1, MessageState::Ready, 10));
}

#[tokio::test]
async fn a_shutdown_records_the_answers_of_what_is_being_sent() {
    let fixture = Fixture::new(50).await;
    fixture.fault(Fault::delay(Duration::from_millis(600)).before().always());
    let (stop, stopped) = oneshot::channel::<()>();
    let outbox = fixture.outbox.clone();
    let worker = tokio::spawn(async move { outbox.work(async { drop(stopped.await) }).await.unwrap() });
    tokio::time::sleep(Duration::from_millis(300)).await;
    stop.send(()).unwrap();
    assert_eq!(worker.await.unwrap(), Stopped::Shutdown);
    assert_eq!(fixture.states().await, [(MessageState::Ready, 40), (MessageState::Done, 10)].into());
    fixture.judge().await;
}

#[tokio::test]
async fn a_worker_that_is_killed_leaves_unknown_messages_that_are_not_sent_again() {
    let fixture = Fixture::new(20).await;
    fixture.fault(Fault::delay(Duration::from_millis(400)).after().always());
    let outbox = fixture.outbox.clone();
    let worker = tokio::spawn(async move { outbox.work(pending()).await });
    tokio::time::sleep(Duration::from_millis(200)).await;
    worker.abort();
    assert!(worker.await.unwrap_err().is_cancelled());
    fixture.sandbox.faults().clear();
    assert_eq!(fixture.work().await, Stopped::Done);
    assert_eq!(fixture.states().await, [(MessageState::Done, 10), (MessageState::Unknown, 10)].into());
    fixture.judge().await;
    let unknown = fixture.ledger().unknown(fixture.campaign, MessageId(0), 100).await.unwrap();
    assert!(unknown.iter().all(|message| message.status.evidence == Some(Evidence::Overdue)));
}

#[tokio::test]
async fn a_notification_does_not_wait_behind_a_campaign() {
    let fixture = Fixture::new(200).await;
    let ledger = fixture.ledger();
    let stream = NewCampaign::stream("receipts", Content::text("Pedido {pedido}"));
    let stream = ledger.create_campaign(fixture.outbox.account(), stream).await.unwrap().id;
    ledger.open_account("EscalaZap", Some(Rate::every(Duration::from_secs(5)))).await.unwrap();
    let clock = fixture.clock.clone();
    let outbox = fixture.outbox.clone();
    let worker = tokio::spawn(async move { outbox.work(pending()).await });
    let running = tokio::spawn(async move {
        loop {
            tokio::time::sleep(Duration::from_millis(5)).await;
            clock.advance(Duration::from_millis(500));
        }
    });
    tokio::time::sleep(Duration::from_millis(500)).await;
    let receipt = NewMessage::new(number(900)).with_param("pedido", "17");
    let message = ledger.enqueue(stream, "order-17", receipt).await.unwrap().message;
    let enqueued = fixture.sandbox.deliveries().len();
    while ledger.message(message).await.unwrap().status.state != MessageState::Done {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let position = fixture.sandbox.deliveries().iter().position(|delivery| delivery.to == number(900).digits());
    assert!(position.is_some_and(|at| at <= enqueued + 2), "{position:?} after {enqueued}");
    running.abort();
    worker.abort();
}
