//! The rate of an account, which worker processes share. The times of the intents and the sandbox's list of deliveries
//! are the judges.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use zap_outbox::jiff::{Timestamp, ToSpan};
use zap_outbox::model::{DECIDE_AFTER, Rate};
use zap_outbox::zap_facade::PhoneNumber;
use zap_outbox::{CampaignId, Content, Ledger, MessageId, NewCampaign, NewMessage};
use zap_sandbox::{Profile, Sandbox};

use crate::crash::process::{Worker, worker};
use crate::crash::store::Store;

const WORKERS: usize = 4;

/// How many messages may begin at once. At 50 a second, workers can be late by 180 ms without losing time, as they are on
/// a busy machine.
const BURST: u32 = 10;

const SECOND: Duration = Duration::from_secs(1);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn worker_processes_share_the_rate() {
    share(Store::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn worker_processes_on_postgres_share_the_rate() {
    if Store::has_postgres() {
        share(Store::postgres()).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_rate_holds_after_a_kill_and_after_it_was_changed() {
    kill_and_change(Store::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_rate_on_postgres_holds_after_a_kill_and_after_it_was_changed() {
    if Store::has_postgres() {
        kill_and_change(Store::postgres()).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "it takes a minute"]
async fn four_worker_processes_reach_a_rate_and_do_not_exceed_it_for_a_minute() {
    reach(Store::sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "it takes a minute"]
async fn four_worker_processes_on_postgres_reach_a_rate_and_do_not_exceed_it_for_a_minute() {
    if Store::has_postgres() {
        reach(Store::postgres).await;
    }
}

async fn share(store: Store) {
    let mut workers = Workers::start(store, 50.0).await;
    workers.work(Duration::from_secs(3)).await;
    let begun = workers.stop().await;
    begun.judge(50.0);
    // A busy machine may be too slow for more.
    assert!(begun.per_second() > 10.0, "{} a second", begun.per_second());
}

async fn kill_and_change(store: Store) {
    let mut workers = Workers::start(store, 50.0).await;
    workers.work(SECOND).await;
    drop(workers.processes.pop());
    workers.work(SECOND).await;
    let before = Timestamp::now();
    workers.set_rate(20.0).await;
    let after = Timestamp::now();
    workers.work(Duration::from_secs(2)).await;
    let begun = workers.stop().await;
    begun.until(before).judge(50.0);
    begun.since(after).judge(20.0);
    assert!(begun.until(before).intents.len() > 20 && begun.since(after).intents.len() > 10, "{begun:?}");
}

async fn reach(store: fn() -> Store) {
    let mut reached = 0.0;
    // If a machine is so busy that processes wait for longer than a burst makes up, they are slower.
    for _ in 0..3 {
        let mut workers = Workers::start(store(), 50.0).await;
        workers.work(Duration::from_secs(61)).await;
        let begun = workers.stop().await;
        begun.judge(50.0);
        reached = begun.per_second();
        println!("{reached} a second, load {}", load());
        if reached >= 0.98 * 50.0 || load() > IDLE_LOAD {
            break;
        }
    }
    let least = if load() > IDLE_LOAD { 0.5 * 50.0 } else { 0.98 * 50.0 };
    assert!(reached >= least, "{reached} a second");
}

/// The most programs that wait for a processor, on average of a minute, while a machine is idle but for these workers.
const IDLE_LOAD: f64 = 2.0;

/// Returns how many programs have waited for a processor or a disk in the last minute, on average. Elsewhere than on Linux
/// a machine counts as idle.
fn load() -> f64 {
    let loads = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    loads.split(' ').next().and_then(|load| load.parse().ok()).unwrap_or(0.0)
}

/// Processes that work on one account.
struct Workers {
    processes: Vec<Worker>,
    sandbox: Sandbox,
    store: Store,
    ledger: Ledger,
    campaign: CampaignId,
}

impl Workers {
    async fn start(store: Store, rate: f64) -> Self {
        let sandbox = Sandbox::builder().profile(Profile::Documented).start().await.unwrap();
        let ledger = store.open().await;
        let account = ledger.open_account("EscalaZap", None).await.unwrap();
        let plan = NewCampaign::bulk("campaign", Content::text("Olá!").unwrap(), Timestamp::now() + 48.hours());
        let campaign = ledger.create_campaign(account, plan).await.unwrap().id;
        let imported = ledger.import(campaign, (0..RECIPIENTS).map(|at| NewMessage::new(number(at)))).await.unwrap();
        ledger.start_campaign(campaign, imported.added, "Ana").await.unwrap();
        let processes = (0..WORKERS).map(|_| Worker::start(&mut worker(5, &sandbox, &store.url()))).collect();
        let mut workers = Self { processes, sandbox, store, ledger, campaign };
        workers.set_rate(rate).await;
        for process in &mut workers.processes {
            process.release().await;
        }
        workers
    }

    async fn set_rate(&mut self, messages: f64) {
        let rate = Rate::per_second(messages).unwrap().with_burst(BURST);
        self.ledger.open_account("EscalaZap", Some(rate)).await.unwrap();
    }

    async fn work(&mut self, time: Duration) {
        tokio::time::sleep(time).await;
    }

    /// Kills the workers, and returns what they did.
    async fn stop(self) -> Begun {
        drop(self.processes);
        // Requests that were on their way arrive.
        tokio::time::sleep(Duration::from_millis(200)).await;
        let mut arrivals: BTreeMap<String, SystemTime> = BTreeMap::new();
        for delivery in self.sandbox.deliveries() {
            assert!(arrivals.insert(delivery.to, delivery.at).is_none(), "a message arrived twice");
        }
        let messages = self.store.open().await.messages(self.campaign, MessageId(0), RECIPIENTS).await.unwrap();
        let mut intents = Vec::new();
        for message in messages {
            let arrived = arrivals.remove(&message.number.digits());
            // It is kept after the answer.
            let begun = message.status.decide_at.map(|at| at - DECIDE_AFTER);
            match (begun, arrived) {
                (Some(begun), arrived) => {
                    intents.push((begun, arrived.map(|at| Timestamp::try_from(at).expect("it is a time"))));
                }
                (None, None) => {}
                (None, Some(_)) => panic!("message {} arrived and never began", message.id),
            }
        }
        assert!(arrivals.is_empty(), "nobody else got anything");
        intents.sort_unstable();
        Begun { intents }
    }
}

const RECIPIENTS: u32 = 8_000;

/// Returns one of the recipients' numbers.
fn number(at: u32) -> PhoneNumber {
    format!("+55{}900000{:03}", 11 + at / 1_000, at % 1_000).parse().expect("it is a number")
}

/// The messages that began.
#[derive(Debug)]
struct Begun {
    /// When the intent of each was committed, in this order, and when the message arrived, if it did.
    intents: Vec<(Timestamp, Option<Timestamp>)>,
}

impl Begun {
    fn until(&self, time: Timestamp) -> Self {
        Self { intents: self.intents.iter().filter(|(begun, _)| *begun <= time).copied().collect() }
    }

    fn since(&self, time: Timestamp) -> Self {
        Self { intents: self.intents.iter().filter(|(begun, _)| *begun >= time).copied().collect() }
    }

    /// Returns the rate from the first intent to the last.
    fn per_second(&self) -> f64 {
        let times = self.begun();
        let [first, .., last] = *times else { panic!("too few messages began") };
        f64::from(u32::try_from(times.len() - 1).unwrap()) / last.duration_since(first).as_secs_f64()
    }

    fn begun(&self) -> Vec<Timestamp> {
        self.intents.iter().map(|(begun, _)| *begun).collect()
    }

    /// Checks each second of the intents and of the arrivals.
    ///
    /// A message arrives after its intent, by the time of a commit and of a request. So the arrivals of a second have
    /// their intents in a time that is longer by the difference between the longest and the shortest delay.
    fn judge(&self, rate: f64) {
        let most = most_in(&self.begun(), SECOND);
        assert!(most <= allowed(rate, SECOND), "{most} messages began within a second at {rate} a second");

        let arrived = self.intents.iter().filter_map(|(begun, arrived)| Some((*begun, (*arrived)?)));
        let (delays, mut arrivals): (Vec<_>, Vec<_>) =
            arrived.map(|(begun, arrived)| (arrived.duration_since(begun), arrived)).unzip();
        arrivals.sort_unstable();
        let (shortest, longest) = (delays.iter().min().expect("some arrive"), delays.iter().max().expect("some do"));
        assert!(!shortest.is_negative(), "a message arrived before its intent");
        let difference = Duration::try_from(*longest - *shortest).expect("it is positive");
        let most = most_in(&arrivals, SECOND);
        let allowed = allowed(rate, SECOND + difference);
        assert!(most <= allowed, "{most} messages arrived within a second, of which {allowed} may");
    }
}

/// Returns how many messages may begin within a time: at most a burst more than the rate.
fn allowed(rate: f64, time: Duration) -> usize {
    // Of a time that is a whole number of intervals, only one end belongs to it.
    let (time, interval) = (time.as_micros(), Rate::per_second(rate).unwrap().interval().as_micros());
    usize::try_from(time.div_ceil(interval)).unwrap() + BURST as usize - 1
}

/// Returns the most that happened within any time of this length, which begins with one of the times.
fn most_in(times: &[Timestamp], length: Duration) -> usize {
    let within = |(at, start): (usize, &Timestamp)| times[at..].partition_point(|time| *time < *start + length);
    times.iter().enumerate().map(within).max().unwrap_or(0)
}

#[test]
fn the_judge_sees_one_message_too_many() {
    // Bursts of ten each fifth of a second are 50 a second, and any second has 50 of them.
    let at = |millis: u64| Timestamp::UNIX_EPOCH + Duration::from_millis(millis);
    let times = |millis: &mut dyn Iterator<Item = u64>| Begun {
        intents: millis.map(|millis| (at(millis), Some(at(millis + 7)))).collect(),
    };
    times(&mut (0..500).map(|n| n / 10 * 200)).judge(50.0);
    let paced = times(&mut (0..500).map(|n| n * 20));
    paced.judge(50.0);
    assert!((paced.per_second() - 50.0).abs() < 1e-9);
    // After a pause: a burst, and the rate.
    let after_pause = || (0..10).map(|_| 0).chain((1..500).map(|n| n * 20));
    times(&mut after_pause()).judge(50.0);
    let is_seen = |begun: Begun| std::panic::catch_unwind(move || begun.judge(50.0)).is_err();
    assert!(is_seen(times(&mut std::iter::once(0).chain(after_pause()))));
    assert!(is_seen(times(&mut (0..500).map(|n| n * 16))), "a quarter more");
    let mut late = times(&mut (0..500).map(|n| n * 20));
    late.intents[100].1 = Some(at(1_999));
    assert!(is_seen(late), "before its intent");
}
