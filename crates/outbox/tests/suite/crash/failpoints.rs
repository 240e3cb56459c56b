//! Processes that are killed just before each system call that writes to the disk or to the network, or reads from it.
//! So each boundary of each transaction is among them.
//!
//! By default, one in `EVERY` points is tried. `.ci/run` tries all.

use std::collections::BTreeMap;
use std::fs;

use zap_outbox::model::MessageState;

use super::campaign::Crashing;
use super::process::add_worker;
use super::script;
use super::store::Store;
use super::strace::{self, Point};

const MESSAGES: u32 = 5;
const EVERY: usize = 20;

/// Makes each case a test of a store.
macro_rules! failpoints {
    ($store:ident: $new:path, $is_there:expr) => {
        mod $store {
            use super::{EVERY, Store, script_at_points, strace, worker_at_points};

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn a_worker_can_be_killed_at_many_calls() {
                if strace::is_there() && $is_there {
                    worker_at_points($new, EVERY).await;
                }
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            #[ignore = "takes a minute; `.ci/run` includes it"]
            async fn a_worker_can_be_killed_at_every_call() {
                if strace::is_there() && $is_there {
                    worker_at_points($new, 1).await;
                }
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn transactions_are_atomic_and_durable_at_many_calls() {
                if strace::is_there() && $is_there {
                    script_at_points($new, EVERY).await;
                }
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            #[ignore = "takes a minute; `.ci/run` includes it"]
            async fn transactions_are_atomic_and_durable_at_every_call() {
                if strace::is_there() && $is_there {
                    script_at_points($new, 1).await;
                }
            }
        }
    };
}

failpoints!(sqlite: Store::sqlite, true);
failpoints!(postgres: Store::postgres, Store::has_postgres());

/// Kills a worker that sends one message at a time at one in `every` points, and compares the ledger with what its calls
/// promise.
async fn worker_at_points(store: fn() -> Store, every: usize) {
    let whole = Crashing::start(store(), MESSAGES).await;
    let (log, is_killed) = run_worker(&whole, None).await;
    assert!(!is_killed);
    let Progress { requests, commits, .. } = progress_of(&log);
    assert!(requests == MESSAGES && commits > 0, "{requests} requests, {commits} commits after them");
    let points = strace::points(&log_of(&whole));
    assert!(points.len() > 60, "{}", points.len());
    let mut hit = BTreeMap::new();
    for point in points.iter().step_by(every) {
        let crashing = Crashing::start(store(), MESSAGES).await;
        let (log, is_killed) = run_worker(&crashing, Some(*point)).await;
        // The process makes not always as many calls.
        if is_killed {
            let place = check(&crashing, &progress_of(&log), *point).await;
            *hit.entry(place).or_insert(0) += 1;
        }
    }
    println!("{hit:?}");
    assert!(hit.values().sum::<u32>() as usize >= points.len() / every * 9 / 10, "{hit:?}");
    assert!(every > 1 || hit.len() == 4, "not all places were hit: {hit:?}");
}

fn log_of(crashing: &Crashing) -> std::path::PathBuf {
    crashing.scratch.path().join("calls")
}

async fn run_worker(crashing: &Crashing, point: Option<Point>) -> (String, bool) {
    let log = log_of(crashing);
    let mut command = strace::command(&log, &point.map(Point::kill).as_deref().into_iter().collect::<Vec<_>>());
    add_worker(&mut command, 1, &crashing.sandbox, &crashing.store.url());
    let (is_killed, _) = strace::run(command).await;
    // Its last request arrives.
    tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    (fs::read_to_string(log).expect("strace wrote it"), is_killed)
}

/// How far a worker got, as its calls show.
#[derive(Debug, PartialEq, Eq)]
struct Progress {
    /// The requests whose first byte left.
    requests: u32,
    /// The commits that were on the disk after the last of them.
    commits: u32,
    /// Whether it has written to the ledger after the last request or commit.
    is_writing: bool,
}

fn progress_of(calls: &str) -> Progress {
    let mut progress = Progress { requests: 0, commits: 0, is_writing: false };
    let (mut is_sending, mut is_read) = (false, false);
    for line in calls.lines() {
        if line.contains("+++ killed") {
            break;
        }
        // A call that takes longer has two lines, and has ended with the second one. One that was killed has no result.
        let result = line.rsplit_once("= ").and_then(|(_, result)| result.parse::<u64>().ok());
        is_sending |= line.contains("\"POST /");
        let is_sent = line.contains("sendto(") || line.contains("write(");
        // Postgres answers a commit with the word that asked for it.
        let is_flushed = (line.contains("fdatasync") || line.contains("fsync")) && result == Some(0)
            || !is_read && !is_sent && line.contains("COMMIT\\0");
        if is_sent && line.contains("BEGIN") {
            is_read = line.contains("READ ONLY");
        }
        if is_flushed {
            (progress.commits, progress.is_writing) = (progress.commits + 1, false);
        } else if line.contains("pwrite64(") || !is_read && line.contains("COMMIT\\0") {
            progress.is_writing = true;
        } else if is_sending && (line.contains("writev") || line.contains("sendto")) && result.is_some() {
            progress = Progress { requests: progress.requests + 1, commits: 0, is_writing: false };
            is_sending = false;
        }
    }
    progress
}

/// Checks the ledger after a crash, and returns where it was.
async fn check(crashing: &Crashing, progress: &Progress, point: Point) -> &'static str {
    let judgement = crashing.judge(&BTreeMap::new()).await;
    let context = format!("killed at {point:?} after {progress:?}: {:?}", judgement.states);
    assert_eq!(judgement.violations, Vec::<String>::new(), "{context}");
    let [done, unknown, ready] = [MessageState::Done, MessageState::Unknown, MessageState::Ready]
        .map(|state| u32::try_from(judgement.count(state)).unwrap());
    assert_eq!(done + unknown + ready, MESSAGES, "{context}");
    let Progress { requests, commits, is_writing } = *progress;
    let delivered = u32::try_from(crashing.sandbox.deliveries().len()).unwrap();
    // Of the last request, only a part may have left.
    assert!(delivered == requests || commits == 0 && delivered + 1 == requests, "{delivered} delivered, {context}");
    match (requests, commits) {
        // Before the first request, the worker commits its start and its first intent.
        (0, _) => {
            assert!(done == 0 && unknown <= 1, "{context}");
            if unknown == 0 { "before T2" } else { "after T2" }
        }
        (_, 0) => {
            // What was written before it was flushed may be there.
            assert!(unknown == 1 && done + 1 == requests || is_writing && done == requests, "{context}");
            "in the call, or before T4"
        }
        (_, 1) => {
            assert!(done == requests && unknown <= u32::from(is_writing), "{context}");
            "after T4"
        }
        (MESSAGES, _) => {
            assert!(done == requests && unknown == 0, "{context}");
            "after T4"
        }
        (_, _) => {
            assert!(done == requests && unknown == 1, "{context}");
            "after T2"
        }
    }
}

/// Kills a process that makes one transaction after the other. The ledger must be as it was before or after the
/// transaction in which the process was killed.
async fn script_at_points(store: fn() -> Store, every: usize) {
    let states = script::states(&store()).await;
    let folder = crate::contract::fixture::Folder::new();
    let log = folder.path().join("calls");
    let run = async |store: &Store, point: Option<Point>| {
        let mut command = strace::command(&log, &point.map(Point::kill).as_deref().into_iter().collect::<Vec<_>>());
        script::add_script(&mut command, store);
        let (is_killed, output) = strace::run(command).await;
        (is_killed, script::steps_in(&String::from_utf8_lossy(&output.stdout)))
    };
    let (is_killed, steps) = run(&store(), None).await;
    assert_eq!((is_killed, steps), (false, states.len() - 1));
    let points = strace::points(&log);
    assert!(points.len() > 100, "{}", points.len());
    let (mut kills, mut finished) = (0, 0);
    for point in points.iter().step_by(every) {
        let store = store();
        let (is_killed, steps) = run(&store, Some(*point)).await;
        kills += usize::from(is_killed);
        let state = script::state(&store).await;
        let context = format!("killed at {point:?} after step {steps}");
        let is_next = states.get(steps + 1).is_some_and(|next| *next == state);
        assert!(state == states[steps] || is_next, "{context}:\n{state}\nand not\n{}", states[steps]);
        finished += usize::from(state != states[steps]);
        script::import_again(&store, &states).await;
    }
    println!("{kills} kills, of which {finished} hit the process after the commit and before its result");
    assert!(kills >= points.len() / every * 9 / 10, "{kills} kills at {} points", points.len());
}
