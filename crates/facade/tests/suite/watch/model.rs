//! Random lists that change between and during polls, with crashes and errors, against what must come out.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use externalapi_client::Client;
use tokio::task::JoinSet;
use tokio::time::timeout;
use zap_facade::{ConversationCursor, ConversationWatcher, Error, MovedConversation};

use super::stub::{Row, Stub, sort, time};
use crate::support::Reply;

/// A small generator of random numbers (xorshift), so that a failed case can be repeated.
#[derive(Clone)]
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }

    fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    fn index(&mut self, rows: &[Row]) -> usize {
        usize::try_from(self.below(rows.len() as u64)).unwrap()
    }
}

/// The clock of the server and its next id.
struct Server {
    random: Random,
    second: u64,
    next_id: i64,
    /// By how many seconds a move can appear late.
    late: u64,
    quiet: bool,
}

impl Server {
    /// What happens before an answer.
    fn step(&mut self, rows: &mut Vec<Row>) -> Option<Reply> {
        if self.quiet {
            return None;
        }
        self.second += self.random.below(3) / 2;
        for _ in 0..self.random.below(6) {
            self.change(rows);
        }
        // The order of conversations of one time is not known. It can be another one in each answer.
        for index in (1..rows.len()).rev() {
            rows.swap(index, usize::try_from(self.random.below(index as u64 + 1)).unwrap());
        }
        sort(rows);
        match self.random.below(100) {
            0 => Some(Reply::new(500, "application/json", r#"{"message":"Server Error"}"#)),
            1 => Some(Reply::Close),
            2 => Some(Reply::new(503, "text/html", "<title>Down</title>")),
            _ => None,
        }
    }

    fn change(&mut self, rows: &mut Vec<Row>) {
        match self.random.below(12) {
            0 => {
                rows.push((self.next_id, self.random.chance(50).then(|| time(self.second))));
                self.next_id += 1;
            }
            1 if rows.len() > 10 => {
                let index = self.random.index(rows);
                rows.remove(index);
            }
            // A campaign, to conversations that moved lately, since it would make up for a move that was lost.
            2 if self.random.chance(20) => {
                rows.iter_mut().take(15).for_each(|row| row.1 = Some(time(self.second)));
            }
            _ => {
                let index = self.random.index(rows);
                let late = if self.random.chance(30) { self.random.below(self.late + 1) } else { 0 };
                let moved = Some(time(self.second.saturating_sub(late)));
                // A conversation moves forward only.
                if moved > rows[index].1 {
                    rows[index].1 = moved;
                }
            }
        }
    }
}

fn key(moved: &MovedConversation) -> (i64, String) {
    (moved.conversation.id.unwrap(), moved.conversation.last_message_at.clone().unwrap())
}

struct Run {
    stub: Stub,
    client: Client,
    server: Arc<Mutex<Server>>,
    random: Random,
    stored: ConversationCursor,
    /// What was handled before the stored cursor.
    handled: Vec<(i64, String)>,
    errors: Vec<Error>,
}

impl Run {
    async fn start(seed: u64, rows: i64) -> Self {
        let random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        let mut server = Server { random: random.clone(), second: 100, next_id: rows + 1, late: 20, quiet: false };
        let mut list: Vec<Row> = (1..=rows).map(|id| (id, None)).collect();
        for row in &mut list {
            row.1 = server.random.chance(80).then(|| time(server.random.below(100)));
        }
        sort(&mut list);
        let stub = Stub::start(list).await;
        let server = Arc::new(Mutex::new(server));
        let shared = Arc::clone(&server);
        stub.state().before = Box::new(move |rows| shared.lock().unwrap().step(rows));
        let client = stub.client();
        Self {
            stub,
            client,
            server,
            random,
            stored: ConversationCursor::beginning(),
            handled: Vec::new(),
            errors: Vec::new(),
        }
    }

    fn watcher(&self) -> ConversationWatcher {
        // As after a restart, the cursor comes from a text.
        let cursor = self.stored.to_string().parse().unwrap();
        ConversationWatcher::new(self.client.clone(), cursor).with_interval(Duration::from_millis(1))
    }

    /// Takes items until the server is quiet and everything has come. A crash comes after this many percent of them.
    async fn run(&mut self, items: usize, crashes: u64, unstored: u64) {
        let mut watcher = self.watcher();
        loop {
            let quiet = self.handled.len() >= items;
            self.server.lock().unwrap().quiet = quiet;
            let next = tokio::select! {
                biased;
                next = watcher.next() => next,
                // More than a poll takes.
                () = self.stub.answers(20), if quiet => break,
            };
            match next {
                Ok(moved) => {
                    if self.random.chance(unstored) {
                        // It crashes while the item is handled.
                        watcher = self.watcher();
                        continue;
                    }
                    self.handled.push(key(&moved));
                    self.stored = moved.cursor;
                }
                Err(error) => {
                    self.errors.push(error);
                    // It is restarted, which ends its pause.
                    watcher = self.watcher();
                }
            }
            if self.random.chance(crashes) {
                watcher = self.watcher();
            }
        }
    }

    /// Every conversation was handled after its last move, and no move twice.
    fn assert_whole(&self, seed: u64) {
        let mut once = HashSet::new();
        let twice: Vec<_> = self.handled.iter().filter(|key| !once.insert(*key)).collect();
        assert!(twice.is_empty(), "seed {seed}: handled twice: {twice:?}");
        let latest: HashMap<i64, &String> = self.handled.iter().map(|(id, time)| (*id, time)).collect();
        for (id, last) in &self.stub.state().rows {
            assert_eq!(latest.get(id).copied(), last.as_ref(), "seed {seed}: conversation {id}");
        }
    }
}

#[tokio::test]
async fn every_move_is_handled_once_although_the_program_crashes_and_the_list_changes() {
    let mut runs = JoinSet::new();
    let kinds = [(30, 0, 0), (300, 10, 0), (120, 100, 0), (60, 20, 20)].into_iter().cycle();
    for (seed, (rows, crashes, unstored)) in (1..=12).zip(kinds) {
        runs.spawn(async move {
            let mut run = Run::start(seed, rows).await;
            let done = timeout(Duration::from_secs(120), run.run(400, crashes, unstored)).await;
            assert!(done.is_ok(), "seed {seed}: the watcher repeats moves");
            run.assert_whole(seed);
            run.errors.len()
        });
    }
    let errors: usize = runs.join_all().await.into_iter().sum();
    assert!(errors > 5, "{errors}");
}

#[tokio::test]
async fn a_poll_that_is_cancelled_over_and_over_loses_nothing() {
    let mut run = Run::start(77, 150).await;
    let mut watcher = run.watcher();
    let mut cancelled = 0;
    let mut end = None;
    while end.is_none_or(|end| Instant::now() < end) {
        if run.handled.len() >= 300 && end.is_none() {
            run.server.lock().unwrap().quiet = true;
            end = Some(Instant::now() + Duration::from_secs(1));
        }
        tokio::select! {
            biased;
            // A failed poll is followed by another one.
            next = watcher.next() => run.handled.extend(next.ok().map(|moved| key(&moved))),
            () = tokio::task::yield_now() => cancelled += 1,
        }
    }
    assert!(cancelled > 100, "{cancelled}");
    run.assert_whole(77);
}
