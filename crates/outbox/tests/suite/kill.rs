//! Worker processes that are killed (`kill -9`) while they send. The sandbox's list of deliveries is the judge.
//!
//! `KILLS=1000` sets how many processes are killed at least (default: 8).

use std::collections::BTreeMap;
use std::env;
use std::future::pending;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use zap_outbox::jiff::{Timestamp, ToSpan};
use zap_outbox::model::MessageState;
use zap_outbox::sqlite::rusqlite::Connection;
use zap_outbox::zap_facade::contract::Account;
use zap_outbox::zap_facade::{Config, Provider, connect};
use zap_outbox::{CampaignId, Clock, Content, Ledger, MessageId, NewCampaign, NewMessage, Outbox};
use zap_sandbox::{Fault, Profile, Sandbox};

use crate::contract::fixture::{Folder, number};

const LEDGER: &str = "ZAP_OUTBOX_TEST_LEDGER";
const CONCURRENCY: &str = "ZAP_OUTBOX_TEST_CONCURRENCY";
const WORKERS: usize = 4;
/// More kills would leave few messages to send.
const KILLS_A_ROUND: u32 = 40;
const RECIPIENTS: u32 = 400;

/// The program of a worker process.
#[tokio::test]
#[ignore = "the other tests of this file start it as a process"]
async fn a_worker_process() {
    let ledger = Ledger::open(&env::var(LEDGER).expect("the parent names the ledger")).await.unwrap();
    let config = Config::from_variables(Some(Provider::EscalaZap), env::vars()).unwrap();
    let concurrency = env::var(CONCURRENCY).expect("the parent sets it").parse().unwrap();
    let outbox = Outbox::builder(ledger, connect(config).unwrap()).concurrency(concurrency).open().await.unwrap();
    outbox.work_until_done(pending()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_kill_makes_the_ledger_lie_or_a_message_arrive_twice() {
    let at_least: u32 = env::var("KILLS").map_or(8, |kills| kills.parse().expect("KILLS is a number"));
    let (mut kills, mut done, mut unknown, mut seed) = (0, 0, 0, 1);
    while kills < at_least {
        let round = Round::run(seed, (at_least - kills).clamp(8, KILLS_A_ROUND), false).await;
        assert_eq!(round.violations, Vec::<String>::new(), "in the round with the seed {seed}");
        (kills, done, unknown) = (kills + round.kills, done + round.done, unknown + round.unknown);
        seed += 1;
    }
    assert!(done > 0 && unknown > 0, "{done} done, {unknown} unknown");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_judge_sees_what_requeueing_after_a_crash_sends_twice() {
    // On a busy machine, a round can end before its kills hit a request.
    for seed in 1..=10 {
        let round = Round::run(seed, 8, true).await;
        if round.violations.iter().any(|violation| violation.contains("got 2")) {
            return;
        }
    }
    panic!("nothing was sent twice");
}

/// What happened in a round.
#[derive(Debug, Default)]
struct Round {
    kills: u32,
    done: usize,
    unknown: usize,
    violations: Vec<String>,
}

impl Round {
    /// Sends a campaign with processes that are killed. With `requeues`, what is being sent becomes ready again after a
    /// kill, as the job engines do it.
    async fn run(seed: u64, kills: u32, requeues: bool) -> Self {
        let sandbox = Sandbox::builder().profile(Profile::Documented).start().await.unwrap();
        // So that kills hit requests on their way, before and after they are processed.
        for fault in [
            Fault::delay(Duration::from_millis(15)).before().always().probability(0.5, seed),
            Fault::delay(Duration::from_millis(15)).after().always().probability(0.5, seed),
        ] {
            sandbox.faults().add(fault.operation("send_message")).unwrap();
        }
        let folder = Folder::new();
        let ledger = Ledger::open(&folder.url()).await.unwrap();
        let account = ledger.open_account("EscalaZap", None).await.unwrap();
        let plan = NewCampaign::bulk("campaign", Content::text("Olá!").unwrap(), Timestamp::now() + 48.hours());
        let campaign = ledger.create_campaign(account, plan).await.unwrap().id;
        let imported = ledger.import(campaign, (0..RECIPIENTS).map(|at| NewMessage::new(number(at)))).await.unwrap();
        ledger.start_campaign(campaign, imported.added, "Ana").await.unwrap();

        let start = || start_worker(&sandbox, &folder);
        let mut workers: Vec<Worker> = (0..WORKERS).map(|_| start()).collect();
        let (mut round, mut random) = (Self::default(), seed);
        let mut ready = u64::from(RECIPIENTS);
        while round.kills < kills {
            // A kill that hits no worker at work shows nothing, and a process may take long to start.
            ready = progress(&ledger, campaign, ready).await;
            if ready == 0 {
                break;
            }
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            tokio::time::sleep(Duration::from_millis((random >> 33) % 40)).await;
            // The worker that runs for the longest time, so that each one gets to work.
            let killed = workers.remove(0);
            drop(killed);
            round.kills += 1;
            if requeues {
                let connection = Connection::open(folder.file()).unwrap();
                connection.busy_timeout(Duration::from_secs(60)).unwrap();
                connection.execute("UPDATE zap_message SET state = 'ready' WHERE state = 'sending'", []).unwrap();
            }
            workers.push(start());
        }
        drop(workers);
        // Requests that were on their way arrive.
        tokio::time::sleep(Duration::from_millis(200)).await;
        drop(ledger);
        round.judge(&sandbox, &folder, campaign).await;
        round
    }

    /// Compares the ledger with what the recipients got, at a time at which all that is open is overdue.
    async fn judge(&mut self, sandbox: &Sandbox, folder: &Folder, campaign: CampaignId) {
        let later = Clock::manual(Timestamp::now() + 10.minutes());
        let ledger = Ledger::open_with_clock(&folder.url(), later).await.unwrap();
        ledger.sweep().await.unwrap();
        let mut delivered: BTreeMap<String, u32> = BTreeMap::new();
        for delivery in sandbox.deliveries() {
            *delivered.entry(delivery.to).or_default() += 1;
        }
        let messages = ledger.messages(campaign, MessageId(0), RECIPIENTS + 1).await.unwrap();
        assert_eq!(messages.len(), RECIPIENTS as usize, "nobody is missing");
        for message in messages {
            let got = delivered.remove(&message.number.digits()).unwrap_or(0);
            let state = message.status.state;
            let expected = match state {
                MessageState::Done => 1..=1,
                MessageState::Unknown => 0..=1,
                _ => 0..=0,
            };
            self.done += usize::from(state == MessageState::Done);
            self.unknown += usize::from(state == MessageState::Unknown);
            if !expected.contains(&got) || state == MessageState::Sending {
                self.violations.push(format!("message {} is {state} and got {got}", message.id));
            }
        }
        self.violations.extend(delivered.into_keys().map(|to| format!("{to} is not a recipient")));
    }
}

/// Waits until fewer messages are ready than before, and returns how many.
async fn progress(ledger: &Ledger, campaign: CampaignId, before: u64) -> u64 {
    for _ in 0..6_000 {
        let counts = ledger.counts(campaign).await.unwrap();
        let ready = counts.iter().filter(|count| count.state == MessageState::Ready).map(|count| count.messages).sum();
        if ready < before || before == 0 {
            return ready;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("nothing begins for a minute");
}

/// A worker process. Dropping it kills it with SIGKILL, which it cannot notice.
struct Worker(Child);

impl Drop for Worker {
    fn drop(&mut self) {
        self.0.kill().expect("a child can be killed");
        self.0.wait().expect("a child can be awaited");
    }
}

fn start_worker(sandbox: &Sandbox, folder: &Folder) -> Worker {
    let program = env::current_exe().expect("this program has a path");
    Worker(worker(&mut Command::new(program), 3, sandbox, folder).spawn().expect("a worker starts"))
}

/// Adds what a worker process needs to a command that runs this program.
pub(crate) fn worker<'a>(
    program: &'a mut Command,
    concurrency: u32,
    sandbox: &Sandbox,
    folder: &Folder,
) -> &'a mut Command {
    program
        .args(["--exact", "kill::a_worker_process", "--ignored", "--nocapture"])
        .env(LEDGER, folder.url())
        .env(CONCURRENCY, concurrency.to_string())
        .envs(Account::of(sandbox, Provider::EscalaZap).variables())
        .stdout(Stdio::null())
}
