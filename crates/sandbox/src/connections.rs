//! The connections that are open, and which of them ends when there are too many.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};

use tokio::task::{AbortHandle, Id, JoinError, JoinSet};

use crate::memory::{Held, Load};

/// How many connections may be open, if the process may have as many files open.
const MOST: usize = 4096;
/// How many file descriptors are left for others.
const SPARE: usize = 32;
/// What a connection takes: its task, and the buffers that it has from the start.
const WEIGHT: usize = 16 * 1024;
/// How many microseconds a connection may wait for its caller without being the first to end.
const GRACE: u64 = 1_000_000;
/// What a connection holds that is heavy.
const HEAVY: usize = 64 * 1024;

/// The connections that are open.
pub(crate) struct Connections {
    /// How many there may be.
    most: usize,
    tasks: JoinSet<()>,
    open: HashMap<Id, Connection>,
    started: Instant,
}

struct Connection {
    handle: AbortHandle,
    standing: Standing,
    load: Arc<Load>,
    /// What it takes as long as it is open.
    _held: Held,
}

impl Connections {
    /// None yet; times are counted from the start of the server.
    pub(crate) fn new(started: Instant) -> Self {
        Self::of(most_of(&std::fs::read_to_string("/proc/self/limits").unwrap_or_default()), started)
    }

    fn of(most: usize, started: Instant) -> Self {
        Self { most, tasks: JoinSet::new(), open: HashMap::new(), started }
    }

    /// What a new connection keeps of what it does.
    pub(crate) fn standing(&self) -> Standing {
        Standing::new(self.started)
    }

    /// Ends a connection if one more would be too many.
    pub(crate) fn make_room(&mut self) {
        if self.open.len() >= self.most {
            self.end_slowest();
        }
    }

    pub(crate) fn add(&mut self, task: impl Future<Output = ()> + Send + 'static, standing: Standing, load: Arc<Load>) {
        let mut held = Held::none(&load);
        held.add(WEIGHT);
        let handle = self.tasks.spawn(task);
        self.open.insert(handle.id(), Connection { handle, standing, load, _held: held });
    }

    /// The next connection that ends by itself.
    pub(crate) async fn ended(&mut self) -> Option<Result<(Id, ()), JoinError>> {
        self.tasks.join_next_with_id().await
    }

    pub(crate) fn forget(&mut self, ended: Result<(Id, ()), JoinError>) {
        self.open.remove(&ended.map_or_else(|error| error.id(), |(id, ())| id));
    }

    /// Ends one that waits for its caller: the one that is idle for longest; if none is idle for a while,
    /// the one that is busy for longest with a body or an answer. New callers always get in.
    pub(crate) fn end_slowest(&mut self) {
        let now = micros(self.started);
        let long_ago = |since: &u64| now.saturating_sub(*since) >= GRACE;
        let idle = self.longest(|row| row.standing.idle_since().filter(long_ago));
        let busy = || self.longest(|row| row.standing.waits_since().filter(|_| row.standing.idle_since().is_none()));
        let slowest = idle.or_else(busy).or_else(|| self.longest(|row| row.standing.waits_since()));
        self.end(slowest);
    }

    /// Ends the one of those that hold much memory which waits for its caller for longest. Unless there
    /// is too much held already, none that has only begun.
    pub(crate) fn end_heaviest(&mut self, is_over: bool) {
        let now = micros(self.started);
        let may_end = |since: &u64| is_over || now.saturating_sub(*since) >= GRACE;
        // The time in which it waited for room does not count.
        let since = |row: &Connection| row.standing.waits_since().map(|since| since.max(row.load.granted()));
        let waits = |row: &Connection| since(row).filter(may_end);
        let held = |row: &Connection| row.load.held().saturating_sub(WEIGHT);
        let heavy = self.longest(|row| waits(row).filter(|_| held(row) >= HEAVY && !row.load.waits_for_room()));
        // Those that wait for room with much in their hands keep each other from getting it.
        let stuck = || self.longest(|row| waits(row).filter(|_| held(row) > 2 * HEAVY));
        let any = || self.longest(|row| waits(row).filter(|_| is_over));
        let slowest = heavy.or_else(stuck).or_else(any);
        self.end(slowest);
    }

    fn longest(&self, since: impl Fn(&Connection) -> Option<u64>) -> Option<Id> {
        let waiting = self.open.iter().filter_map(|(id, row)| Some((since(row)?, *id)));
        waiting.min_by_key(|(since, _)| *since).map(|(_, id)| id)
    }

    fn end(&mut self, id: Option<Id>) {
        if let Some(row) = id.and_then(|id| self.open.remove(&id)) {
            row.handle.abort();
        }
    }
}

/// How many connections may be open under the limits of a process, as Linux tells them. A share of the
/// file descriptors is left for the rest of the program.
fn most_of(limits: &str) -> usize {
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"));
    let files = line.and_then(|line| line.split_whitespace().next()?.parse::<usize>().ok());
    files.map_or(MOST, |files| files.saturating_sub(SPARE.max(files / 8)).clamp(8, MOST))
}

/// What a connection waits for, and since when.
#[derive(Clone, Debug)]
pub(crate) struct Standing {
    started: Instant,
    inner: Arc<Inner>,
}

/// Times are microseconds after the start, and 0 for not at all.
#[derive(Debug, Default)]
struct Inner {
    idle: AtomicU64,
    reading: AtomicU64,
    writing: AtomicU64,
}

impl Standing {
    pub(crate) fn new(started: Instant) -> Self {
        let standing = Self { started, inner: Arc::default() };
        standing.rest();
        standing
    }

    /// A request is being read.
    pub(crate) fn read(&self) {
        self.inner.reading.store(micros(self.started), Ordering::Relaxed);
        self.inner.idle.store(0, Ordering::Relaxed);
    }

    /// A request is worked on, or events are waited for: the caller is not to blame.
    pub(crate) fn work(&self) {
        self.inner.reading.store(0, Ordering::Relaxed);
        self.inner.idle.store(0, Ordering::Relaxed);
    }

    /// A request is answered, or none has come yet.
    pub(crate) fn rest(&self) {
        self.inner.reading.store(0, Ordering::Relaxed);
        self.inner.idle.store(micros(self.started), Ordering::Relaxed);
    }

    /// Something waits to be written, or does not any more.
    pub(crate) fn write(&self, waits: bool) {
        let since = if waits { micros(self.started) } else { 0 };
        self.inner.writing.store(since, Ordering::Relaxed);
    }

    fn idle_since(&self) -> Option<u64> {
        // What waits to be written is more than idle.
        time(&self.inner.idle).filter(|_| time(&self.inner.writing).is_none())
    }

    /// Since when the connection waits for its caller: for a request, a body, or the reading of an answer.
    fn waits_since(&self) -> Option<u64> {
        time(&self.inner.writing).or_else(|| time(&self.inner.reading)).or_else(|| time(&self.inner.idle))
    }
}

fn time(since: &AtomicU64) -> Option<u64> {
    Some(since.load(Ordering::Relaxed)).filter(|since| *since > 0)
}

fn micros(started: Instant) -> u64 {
    u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX).max(1)
}

#[cfg(test)]
mod tests {
    use std::{future::pending, time::Duration};

    use super::*;
    use crate::memory::{LEAST, Memory};

    /// Connections of which each does nothing, as old as they say, in seconds.
    struct Row {
        standing: Standing,
        load: Arc<Load>,
        id: Id,
    }

    fn connections(most: usize, number: usize) -> (Connections, Vec<Row>) {
        // Long enough ago for all ages.
        let mut connections = Connections::of(most, Instant::now().checked_sub(Duration::from_secs(100)).unwrap());
        let memory = Memory::new(LEAST, Duration::ZERO);
        let mut rows = Vec::new();
        for _ in 0..number {
            let (standing, load) = (connections.standing(), Load::new(Arc::clone(&memory)));
            let before: Vec<Id> = connections.open.keys().copied().collect();
            connections.add(pending(), standing.clone(), Arc::clone(&load));
            let id = *connections.open.keys().find(|id| !before.contains(id)).unwrap();
            rows.push(Row { standing, load, id });
        }
        (connections, rows)
    }

    fn ago(seconds: u64) -> u64 {
        (100 - seconds) * 1_000_000
    }

    fn idle(row: &Row, seconds: u64) {
        row.standing.rest();
        row.standing.inner.idle.store(ago(seconds), Ordering::Relaxed);
    }

    fn reads(row: &Row, seconds: u64) {
        row.standing.read();
        row.standing.inner.reading.store(ago(seconds), Ordering::Relaxed);
    }

    fn writes(row: &Row, seconds: u64) {
        row.standing.rest();
        row.standing.inner.writing.store(ago(seconds), Ordering::Relaxed);
    }

    /// Which rows are gone, in the order in which they go.
    fn order(mut connections: Connections, rows: &[Row], end: impl Fn(&mut Connections)) -> Vec<usize> {
        let mut gone = Vec::new();
        loop {
            end(&mut connections);
            let ended = |at: &usize| !gone.contains(at) && !connections.open.contains_key(&rows[*at].id);
            match (0..rows.len()).find(ended) {
                Some(at) => gone.push(at),
                None => return gone,
            }
        }
    }

    #[tokio::test]
    async fn the_idlest_ends_then_the_slowest_then_the_newest() {
        let (connections, rows) = connections(8, 6);
        idle(&rows[0], 5);
        reads(&rows[1], 50);
        rows[2].standing.work();
        writes(&rows[3], 9);
        idle(&rows[4], 0);
        idle(&rows[5], 20);
        let gone = order(connections, &rows, Connections::end_slowest);
        assert_eq!(gone, [5, 0, 1, 3, 4], "who is worked on stays");
    }

    #[tokio::test]
    async fn for_memory_those_end_that_hold_it() {
        let (connections, rows) = connections(8, 5);
        let heavy = |row: &Row| {
            let mut held = Held::none(&row.load);
            held.add(HEAVY);
            held
        };
        let _held: Vec<Held> = rows[1..4].iter().map(heavy).collect();
        idle(&rows[0], 90);
        reads(&rows[1], 9);
        reads(&rows[2], 50);
        reads(&rows[3], 0);
        rows[4].standing.work();
        let gone = order(connections, &rows, |connections| connections.end_heaviest(false));
        assert_eq!(gone, [2, 1], "a connection that has just begun stays, as long as there is room");
        let (connections, rows) = super::tests::connections(8, 2);
        let _held = heavy(&rows[0]);
        reads(&rows[0], 0);
        idle(&rows[1], 9);
        assert_eq!(order(connections, &rows, |connections| connections.end_heaviest(true)), [0, 1]);
    }

    #[tokio::test]
    async fn one_more_than_there_may_be_gets_in() {
        let (mut connections, rows) = connections(3, 3);
        for row in &rows {
            reads(row, 1);
        }
        connections.make_room();
        assert_eq!(connections.open.len(), 2);
    }

    #[test]
    fn a_share_of_the_file_descriptors_is_left() {
        let of = |soft: &str| most_of(&format!("Max cpu time 1\nMax open files            {soft}   4096    files\n"));
        assert_eq!((of("256"), of("1024"), of("1048576"), of("4"), of("unlimited")), (224, 896, MOST, 8, MOST));
        assert_eq!(most_of(""), MOST);
    }
}
