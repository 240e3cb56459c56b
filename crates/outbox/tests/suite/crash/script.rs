//! A process that makes each kind of transaction, one after the other, at times that are always the same.

use std::env;
use std::fmt::Write as _;
use std::process::Command;

use zap_outbox::jiff::ToSpan;
use zap_outbox::model::{NotSent, Rate, Verdict};
use zap_outbox::{
    AccountId, CampaignId, Claim, Clock, Content, Event, EventsOf, Finish, Ledger, Message, MessageId, NewCampaign,
    NewMessage,
};

use super::store::Store;
use crate::contract::fixture::{number, start, time};

const LEDGER: &str = "ZAP_OUTBOX_TEST_LEDGER";
/// The number of steps that import a list. They can be repeated.
const IMPORT: usize = 5;

#[tokio::test]
#[ignore = "other tests start it as a process"]
async fn a_process_with_a_transaction_a_step() {
    let Ok(ledger) = env::var(LEDGER) else { return };
    let clock = Clock::manual(start());
    let mut script = Script::new(Ledger::open_with_clock(&ledger, clock.clone()).await.unwrap(), clock);
    while script.step().await {
        println!("step {}", script.steps);
    }
}

/// Adds what the process needs to a command that runs this program.
pub(super) fn add_script(program: &mut Command, store: &Store) {
    program
        .args(["--exact", "crash::script::a_process_with_a_transaction_a_step", "--ignored", "--nocapture"])
        .env(LEDGER, store.url());
}

/// Returns how many steps a process has told.
pub(super) fn steps_in(output: &str) -> usize {
    output.lines().filter(|line| line.starts_with("step ")).count()
}

/// Returns what a ledger contains after each step, first of all after none.
pub(super) async fn states(store: &Store) -> Vec<String> {
    let clock = Clock::manual(start());
    let mut script = Script::new(store.open_at(clock.clone()).await, clock);
    let mut states = vec![state(store).await];
    while script.step().await {
        let state = state(store).await;
        assert_ne!(states.last(), Some(&state), "step {} changes something", script.steps);
        states.push(state);
    }
    states
}

/// Imports the list again, unless its campaign was started, and checks that it is then whole.
pub(super) async fn import_again(store: &Store, states: &[String]) {
    if states[IMPORT + 1..].contains(&state(store).await) {
        return;
    }
    let clock = Clock::manual(start());
    let mut script = Script::new(store.open_at(clock.clone()).await, clock);
    while script.steps < IMPORT {
        script.step().await;
    }
    assert_eq!(state(store).await, states[IMPORT]);
}

struct Script {
    ledger: Ledger,
    clock: Clock,
    steps: usize,
    account: AccountId,
    campaign: CampaignId,
    claims: Vec<Claim>,
}

impl Script {
    fn new(ledger: Ledger, clock: Clock) -> Self {
        Self { ledger, clock, steps: 0, account: AccountId(0), campaign: CampaignId(0), claims: Vec::new() }
    }

    /// Makes the next transaction, and returns whether there was one.
    async fn step(&mut self) -> bool {
        let Self { ledger, clock, account, campaign, .. } = self;
        let (account, campaign) = (*account, *campaign);
        match self.steps {
            // T1.
            0 => {
                let rate = Rate::per_second(50.0).unwrap().with_burst(10);
                self.account = ledger.open_account("EscalaZap", Some(rate)).await.unwrap();
            }
            1 => {
                let content = Content::text("Olá, {nome}!").unwrap();
                let plan = NewCampaign::bulk("campaign", content, time("2027-04-01T00:00Z"));
                self.campaign = ledger.create_campaign(account, plan).await.unwrap().id;
            }
            2 => drop(ledger.import_batch(campaign, messages(0..3)).await.unwrap()),
            3 => drop(ledger.import_batch(campaign, messages(2..6)).await.unwrap()),
            4 => ledger.complete_import(campaign).await.unwrap(),
            5 => ledger.start_campaign(campaign, 6, "Ana").await.unwrap(),
            // T2, T4.
            6 | 8 | 10 => self.claims = ledger.begin(account, 1).await.unwrap().claims,
            7 => self.finish(Verdict::Done).await,
            9 => self.finish(Verdict::NotSent(NotSent::TooLate)).await,
            // T5, T6.
            11 => {
                clock.set(start() + 4.minutes());
                assert_eq!(ledger.sweep().await.unwrap().unknown, 1);
            }
            12 => {
                clock.set(start() + 20.minutes());
                ledger.resend(MessageId(2), "Ana", None).await.unwrap();
            }
            13 => self.claims = ledger.begin(account, 2).await.unwrap().claims,
            14 => self.finish(Verdict::Unknown).await,
            15 => {
                clock.set(start() + 40.minutes());
                ledger.settle(MessageId(2), true, false, "Ana", Some("seen".to_owned())).await.unwrap();
            }
            // T7.
            16 => ledger.pause_account(account, "lunch", "Ana").await.unwrap(),
            17 => ledger.resume_account(account, "Ana").await.unwrap(),
            18 => ledger.pause_campaign(campaign, "lunch", "Ana").await.unwrap(),
            19 => ledger.resume_campaign(campaign, "Ana").await.unwrap(),
            20 => assert!(ledger.opt_out(account, &number(5), "a letter").await.unwrap()),
            // T8.
            21 => {
                let stream = NewCampaign::stream("receipts", Content::text("Olá, {nome}!").unwrap());
                self.campaign = ledger.create_campaign(account, stream).await.unwrap().id;
            }
            22 => {
                let message = messages(9..10).remove(0);
                assert!(ledger.enqueue(campaign, "order-1", message).await.unwrap().is_new);
            }
            23 => ledger.cancel_campaign(CampaignId(1), "Ana").await.unwrap(),
            24 => assert!(ledger.sweep().await.unwrap().cancelled > 0),
            _ => return false,
        }
        self.steps += 1;
        true
    }

    async fn finish(&mut self, verdict: Verdict) {
        let results = self.claims.drain(..).map(|claim| Finish::of(&claim, verdict.clone()).with_error("an error"));
        let results = self.ledger.finish(results.collect()).await.unwrap();
        assert!(results.iter().all(Result::is_ok), "{results:?}");
    }
}

fn messages(numbers: std::ops::Range<u32>) -> Vec<NewMessage> {
    numbers.map(|at| NewMessage::new(number(at)).with_param("nome", format!("N{at}"))).collect()
}

/// Returns everything that a ledger contains, except the random tokens.
pub(super) async fn state(store: &Store) -> String {
    let ledger = store.open_at(Clock::manual(start())).await;
    let mut all = String::new();
    // An interrupted transaction can leave gaps between the ids, so they are left out.
    for mut account in ledger.accounts().await.unwrap() {
        let id = std::mem::take(&mut account.id.0);
        let opt_outs = ledger.opt_outs(AccountId(id), "", 100).await.unwrap();
        let events = ledger.events(EventsOf::Account(AccountId(id))).await.unwrap();
        writeln!(all, "{account:?} {opt_outs:?} {:?}", without_ids(events)).unwrap();
        for mut campaign in ledger.campaigns(AccountId(id)).await.unwrap() {
            let id = CampaignId(std::mem::take(&mut campaign.id.0));
            campaign.account.0 = 0;
            let events = without_ids(ledger.events(EventsOf::Campaign(id)).await.unwrap());
            writeln!(all, "{campaign:?} {events:?}").unwrap();
            writeln!(all, "{:?}", ledger.counts(id).await.unwrap()).unwrap();
            let messages = ledger.messages(id, MessageId(0), 100).await.unwrap();
            for (at, mut message) in messages.into_iter().enumerate() {
                let events = without_ids(ledger.events(EventsOf::Message(message.id)).await.unwrap());
                message.campaign.0 = 0;
                (message.id, message.status.token) = (MessageId(at.try_into().unwrap()), 0);
                let Message { params, error, provider_id, .. } = &message;
                writeln!(all, "{message:?} {params:?} {error:?} {provider_id:?} {events:?}").unwrap();
            }
        }
    }
    all
}

fn without_ids(mut events: Vec<Event>) -> Vec<Event> {
    for event in &mut events {
        (event.account, event.campaign, event.message) = (None, None, None);
    }
    events
}
