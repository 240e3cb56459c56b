//! Worker processes that are killed (`kill -9`) while they send.
//!
//! `KILLS=1000` sets how many processes are killed at least (default: 20).

use std::collections::{BTreeMap, VecDeque};
use std::env;
use std::time::Duration;

use zap_outbox::model::MessageState;
use zap_sandbox::Fault;

use super::campaign::Crashing;
use super::judge::Places;
use super::process::{Worker, worker};
use super::store::Store;

const WORKERS: usize = 4;
/// Processes that are ready to replace those that were killed, because a process takes long to start.
const SPARE: usize = 2;
/// Recipients for each kill, so that messages are left for the last one.
const RECIPIENTS_A_KILL: u32 = 12;
/// There are numbers for a thousand recipients.
const KILLS_A_ROUND: u32 = 80;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_kill_makes_a_sqlite_ledger_lie_or_a_message_arrive_twice() {
    kill_many(Store::sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_kill_makes_a_postgres_ledger_lie_or_a_message_arrive_twice() {
    if Store::has_postgres() {
        kill_many(Store::postgres).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_judge_sees_what_requeueing_in_sqlite_sends_twice() {
    assert!(requeue(Store::sqlite).await, "nothing was sent twice");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_judge_sees_what_requeueing_in_postgres_sends_twice() {
    assert!(!Store::has_postgres() || requeue(Store::postgres).await, "nothing was sent twice");
}

async fn kill_many(store: fn() -> Store) {
    let at_least: u32 = env::var("KILLS").map_or(20, |kills| kills.parse().expect("KILLS is a number"));
    let (mut total, mut done, mut seed) = (Round::default(), 0, 1);
    while total.kills < at_least {
        let kills = (at_least - total.kills).min(KILLS_A_ROUND);
        let crashing = Crashing::start(store(), kills * RECIPIENTS_A_KILL).await;
        let mut round = Round::new(seed);
        round.run(&crashing, kills, || {}).await;
        let judgement = crashing.judge(&round.answered).await;
        assert_eq!(judgement.violations, Vec::<String>::new(), "in the round with the seed {seed}");
        // The ledger is still good for the rest.
        crashing.send_the_rest().await;
        let rest = crashing.judge(&BTreeMap::new()).await;
        assert_eq!(rest.violations, Vec::<String>::new(), "after the round with the seed {seed}");
        assert_eq!(rest.count(MessageState::Ready), 0, "{:?}", rest.states);
        total.kills += round.kills;
        total.places.add(judgement.places);
        if round.concurrency == 1 {
            // A worker of this round had at most one message.
            total.idle += round.kills - u32::try_from(judgement.places.total()).unwrap().min(round.kills);
        }
        done += rest.count(MessageState::Done);
        seed += 1;
    }
    let Round { kills, idle, places, .. } = total;
    println!("{kills} kills left {places}; at least {idle} hit a worker between two messages; {done} messages done");
    assert!(done > 0 && places.total() > 0, "{places}");
    if kills >= 300 {
        let all = [places.after_intent, places.in_call, places.after_answer, idle as usize];
        assert!(all.iter().all(|kills| *kills > 0), "not all places were hit: {places}, {idle}");
    }
}

/// Makes what is being sent ready again after each kill, as job engines do. Returns whether a message arrived twice.
async fn requeue(store: fn() -> Store) -> bool {
    // On a busy machine, a round can end before its kills hit a request.
    for seed in 1..=10 {
        let crashing = Crashing::start(store(), 8 * RECIPIENTS_A_KILL).await;
        let requeue = || {
            crashing.store.execute("UPDATE zap_message SET state = 'ready' WHERE state = 'sending'");
        };
        Round::new(seed).run(&crashing, 8, requeue).await;
        if crashing.judge(&BTreeMap::new()).await.violations.iter().any(|violation| violation.contains("got 2")) {
            return true;
        }
    }
    false
}

/// Some kills in one campaign.
#[derive(Debug, Default)]
struct Round {
    random: u64,
    /// How many messages a worker sends at the same time.
    concurrency: u32,
    has_trouble: bool,
    kills: u32,
    /// Kills of workers that were between two messages.
    idle: u32,
    places: Places,
    /// How often workers that were killed had an answer for a number.
    answered: BTreeMap<String, usize>,
}

impl Round {
    fn new(seed: u64) -> Self {
        let (concurrency, has_trouble) = if seed.is_multiple_of(3) { (3, false) } else { (1, seed % 3 == 2) };
        Self { random: seed, concurrency, has_trouble, ..Self::default() }
    }

    async fn run(&mut self, crashing: &Crashing, kills: u32, after_kill: impl Fn()) {
        for fault in self.faults() {
            crashing.fault(fault.always());
        }
        let url = crashing.store.url();
        let concurrency = self.concurrency;
        let start = || Worker::start(&mut worker(concurrency, &crashing.sandbox, &url));
        let mut spare: VecDeque<Worker> = (0..WORKERS + SPARE).map(|_| start()).collect();
        let mut workers = VecDeque::new();
        while self.kills < kills {
            // Some messages are left, so that each worker has something to do when it is killed.
            if crashing.store.ready() < 10 * i64::from(concurrency) {
                break;
            }
            while workers.len() < WORKERS {
                let mut worker = spare.pop_front().expect("as many were started as are missing");
                worker.release().await;
                workers.push_back(worker);
            }
            if self.has_trouble {
                crashing.store.hurry();
            }
            // The worker that runs for the longest time, so that each one gets to work.
            if !workers[0].is_at_work() {
                tokio::time::sleep(Duration::from_millis(2)).await;
                continue;
            }
            tokio::time::sleep(Duration::from_micros(next(&mut self.random) % 15_000)).await;
            self.answers(workers.pop_front().expect("there are workers"));
            self.kills += 1;
            after_kill();
            spare.push_back(start());
        }
        drop(spare);
        for worker in workers {
            self.answers(worker);
        }
        // Requests that were on their way arrive.
        tokio::time::sleep(Duration::from_millis(200)).await;
    }

    fn answers(&mut self, killed: Worker) {
        for digits in killed.kill().answered {
            *self.answered.entry(digits).or_default() += 1;
        }
    }

    /// Delays before and after a request is processed, so that kills hit requests on their way; and faults of the
    /// provider and the network.
    fn faults(&self) -> Vec<Fault> {
        let seed = self.random;
        let delay = || Fault::delay(Duration::from_millis(10));
        let mut faults = vec![delay().before().probability(0.4, seed), delay().after().probability(0.4, seed + 1)];
        if self.has_trouble {
            faults.extend([
                Fault::close_before().probability(0.02, seed + 2),
                Fault::close_after().probability(0.02, seed + 3),
                Fault::truncated(20).probability(0.02, seed + 4),
                Fault::answer(429, "Too Many Attempts.").retry_after(3).before().probability(0.02, seed + 5),
                Fault::answer(500, "error").before().probability(0.02, seed + 6),
                Fault::answer(500, "error").after().probability(0.02, seed + 7),
                Fault::delay(Duration::from_millis(150)).after().probability(0.02, seed + 8),
            ]);
        }
        faults
    }
}

fn next(random: &mut u64) -> u64 {
    *random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *random >> 33
}
