//! What workers deliver when nothing goes wrong.

use std::future::pending;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::oneshot;
use zap_outbox::model::{MessageState, Rate};
use zap_outbox::zap_facade::contract::Account;
use zap_outbox::zap_facade::{
    BoxFuture, Capabilities, Capability, Error, Messenger, PhoneNumber, Provider, Receipt, SendState, connect,
};
use zap_outbox::{CampaignId, Content, Ledger, MessageId, NewCampaign, NewMessage, Outbox, Stopped};
use zap_sandbox::Fault;

use super::fixture::Fixture;
use crate::contract::fixture::number;

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
async fn a_shutdown_records_the_answers_of_what_is_being_sent() {
    let fixture = Fixture::new(50).await;
    fixture.fault(Fault::delay(Duration::from_secs(3)).before().always());
    let (stop, stopped) = oneshot::channel::<()>();
    let outbox = fixture.outbox.clone();
    let worker = tokio::spawn(async move { outbox.work(async { drop(stopped.await) }).await.unwrap() });
    fixture.until_sending(10).await;
    stop.send(()).unwrap();
    assert_eq!(worker.await.unwrap(), Stopped::Shutdown);
    assert_eq!(fixture.states().await, [(MessageState::Ready, 40), (MessageState::Done, 10)].into());
    fixture.judge().await;
}

#[tokio::test]
async fn a_notification_does_not_wait_behind_a_campaign() {
    let fixture = Fixture::new(200).await;
    let ledger = fixture.ledger();
    let stream = NewCampaign::stream("receipts", Content::text("Pedido {pedido}").unwrap());
    let stream = ledger.create_campaign(fixture.outbox.account(), stream).await.unwrap().id;
    ledger.open_account("EscalaZap", Some(Rate::every(Duration::from_secs(5)))).await.unwrap();
    let outbox = fixture.outbox.clone();
    let worker = tokio::spawn(async move { outbox.work(pending()).await });
    let running = fixture.run_clock();
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

#[tokio::test]
async fn a_single_message_is_sent_by_its_priority() {
    let fixture = Fixture::new(3).await;
    let (ledger, outbox) = (fixture.ledger(), &fixture.outbox);
    let urgent = NewCampaign::stream("urgent", Content::text("Oi").unwrap());
    let urgent = ledger.create_campaign(outbox.account(), urgent).await.unwrap().id;
    let added = ledger.enqueue(urgent, "1", NewMessage::new(number(9))).await.unwrap().message;
    let (sent, _) = outbox.send_next().await.unwrap();
    assert_eq!(sent, Some(added));
    assert_eq!(ledger.message(added).await.unwrap().status.state, MessageState::Done);
    assert_eq!(fixture.sandbox.deliveries().len(), 1);
    // The others follow, one each time.
    let mut more = 0;
    while let (Some(_), _) = outbox.send_next().await.unwrap() {
        more += 1;
    }
    assert_eq!((more, fixture.sandbox.deliveries().len()), (3, 4));
}
