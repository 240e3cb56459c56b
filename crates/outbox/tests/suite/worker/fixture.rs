//! The fixture of a test: a sandbox, and a campaign in a file.

use std::collections::BTreeMap;
use std::future::pending;
use std::time::Duration;

use tokio::task::JoinHandle;
use zap_outbox::model::MessageState;
use zap_outbox::zap_facade::contract::Account;
use zap_outbox::zap_facade::{Provider, connect};
use zap_outbox::{CampaignId, Clock, Content, Ledger, MessageId, NewCampaign, NewMessage, Outbox, Stopped};
use zap_sandbox::{Fault, Profile, Sandbox};

use crate::contract::fixture::{Folder, number, start, time};

pub(super) struct Fixture {
    pub(super) sandbox: Sandbox,
    pub(super) clock: Clock,
    pub(super) outbox: Outbox,
    pub(super) campaign: CampaignId,
    pub(super) folder: Folder,
}

impl Fixture {
    /// Starts a campaign to as many recipients.
    pub(super) async fn new(recipients: u32) -> Self {
        let sandbox = Sandbox::builder().profile(Profile::Documented).start().await.unwrap();
        let (clock, folder) = (Clock::manual(start()), Folder::new());
        let ledger = Ledger::open_with_clock(&folder.url(), clock.clone()).await.unwrap();
        let messenger = connect(Account::of(&sandbox, Provider::EscalaZap).config()).unwrap();
        let outbox = Outbox::builder(ledger.clone(), messenger).open().await.unwrap();
        let plan = NewCampaign::bulk("campaign", Content::text("Olá, {nome}!").unwrap(), time("2027-04-01T00:00Z"));
        let campaign = ledger.create_campaign(outbox.account(), plan).await.unwrap().id;
        let messages = (0..recipients).map(|at| NewMessage::new(number(at)).with_param("nome", format!("N{at}")));
        let imported = ledger.import(campaign, messages).await.unwrap();
        assert_eq!(imported.added, u64::from(recipients));
        ledger.start_campaign(campaign, imported.added, "Ana").await.unwrap();
        Self { sandbox, clock, outbox, campaign, folder }
    }

    pub(super) fn ledger(&self) -> &Ledger {
        self.outbox.ledger()
    }

    pub(super) fn fault(&self, fault: Fault) {
        self.sandbox.faults().add(fault.operation("send_message")).unwrap();
    }

    /// The ledger's clock runs fast while workers work, so that pauses are short.
    pub(super) async fn work(&self) -> Stopped {
        let running = self.run_clock();
        let limit = Duration::from_secs(120);
        let stopped = tokio::time::timeout(limit, self.outbox.work_until_done(pending())).await;
        running.abort();
        stopped.expect("the work ends").unwrap()
    }

    /// Works until it is done or needs a person. The clock jumps over the pauses of an outage.
    pub(super) async fn work_through(&self) -> Stopped {
        tokio::select! {
            stopped = self.outbox.work_until_done(pending()) => stopped.unwrap(),
            () = self.skip_pauses() => unreachable!("it has no end"),
            () = tokio::time::sleep(Duration::from_secs(100)) => panic!("the work ends"),
        }
    }

    pub(super) async fn skip_pauses(&self) {
        let account = self.outbox.account();
        let mut before = None;
        loop {
            // Long enough for a check, which nobody interrupts then.
            tokio::time::sleep(Duration::from_millis(150)).await;
            let next = self.ledger().next_check(account).await.unwrap().map(|next| next.at);
            let is_sending = self.states().await.contains_key(&MessageState::Sending);
            if let Some(at) = next.filter(|at| before == next && !is_sending && *at > self.clock.now()) {
                // The clock runs: a clock that is set pauses the account.
                self.clock.advance(at.duration_since(self.clock.now()).unsigned_abs());
            }
            before = next;
        }
    }

    pub(super) async fn states(&self) -> BTreeMap<MessageState, u64> {
        Self::states_of(self.ledger(), self.campaign).await
    }

    pub(super) async fn states_of(ledger: &Ledger, campaign: CampaignId) -> BTreeMap<MessageState, u64> {
        let mut states = BTreeMap::new();
        for count in ledger.counts(campaign).await.unwrap() {
            *states.entry(count.state).or_insert(0) += count.messages;
        }
        states
    }

    /// Compares the ledger with what the recipients got.
    pub(super) async fn judge(&self) {
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

    /// Lets the ledger's clock run fast, until the task is aborted.
    pub(super) fn run_clock(&self) -> JoinHandle<()> {
        let clock = self.clock.clone();
        tokio::spawn(async move {
            loop {
                tokio::time::sleep(Duration::from_millis(5)).await;
                clock.advance(Duration::from_millis(500));
            }
        })
    }

    /// Waits until so many messages are being sent.
    pub(super) async fn until_sending(&self, messages: u64) {
        for _ in 0..6_000 {
            if self.states().await.get(&MessageState::Sending) == Some(&messages) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("{:?}", self.states().await);
    }
}
