//! The open connections, and the choice of which one ends when connections or memory run out.

use std::{collections::HashMap, sync::Arc, time::Instant};

use tokio::task::{AbortHandle, Id, JoinError, JoinSet};

use crate::memory::{ConnectionMemory, Reservation};

use super::activity::{Activity, micros};

/// The most open connections, if the process may open that many files.
const MAX_CONNECTIONS: usize = 4096;
/// How many file descriptors are left for the rest of the program.
const SPARE: usize = 32;
/// About how many bytes an idle connection takes: its task and its initial buffers.
const WEIGHT: usize = 16 * 1024;
/// How many microseconds a connection may wait for its caller before it is preferred for ending.
const GRACE: u64 = 1_000_000;
/// From how many bytes on a connection counts as heavy.
const HEAVY: usize = 64 * 1024;

/// The open connections.
pub(crate) struct Connections {
    max: usize,
    tasks: JoinSet<()>,
    open: HashMap<Id, Connection>,
    started: Instant,
}

struct Connection {
    handle: AbortHandle,
    activity: Activity,
    conn_memory: Arc<ConnectionMemory>,
    /// The memory that it takes while it is open.
    _held: Reservation,
}

impl Connections {
    /// Returns an empty pool. Times are measured from `started`, the start of the server.
    pub(crate) fn new(started: Instant) -> Self {
        Self::with_max(max_connections(&std::fs::read_to_string("/proc/self/limits").unwrap_or_default()), started)
    }

    fn with_max(max: usize, started: Instant) -> Self {
        Self { max, tasks: JoinSet::new(), open: HashMap::new(), started }
    }

    /// Returns the activity for a new connection.
    pub(crate) fn activity(&self) -> Activity {
        Activity::new(self.started)
    }

    /// Ends a connection if there is no room for one more.
    pub(crate) fn make_room(&mut self) {
        if self.open.len() >= self.max {
            self.end_slowest();
        }
    }

    pub(crate) fn add(
        &mut self,
        task: impl Future<Output = ()> + Send + 'static,
        activity: Activity,
        conn_memory: Arc<ConnectionMemory>,
    ) {
        let mut held = Reservation::empty(&conn_memory);
        held.add(WEIGHT);
        let handle = self.tasks.spawn(task);
        self.open.insert(handle.id(), Connection { handle, activity, conn_memory, _held: held });
    }

    /// Waits until a connection ends on its own.
    pub(crate) async fn ended(&mut self) -> Option<Result<(Id, ()), JoinError>> {
        self.tasks.join_next_with_id().await
    }

    pub(crate) fn forget(&mut self, ended: Result<(Id, ()), JoinError>) {
        self.open.remove(&ended.map_or_else(|error| error.id(), |(id, ())| id));
    }

    /// Ends a connection that waits for its caller, so that new callers always get in.
    ///
    /// Prefers the one that has been idle longest. If none has been idle for a while, ends the one that has waited
    /// longest for a body, or for its caller to read an answer.
    pub(crate) fn end_slowest(&mut self) {
        let now = micros(self.started);
        let long_ago = |since: &u64| now.saturating_sub(*since) >= GRACE;
        let idle = self.longest(|row| row.activity.idle_since().filter(long_ago));
        let busy = || self.longest(|row| row.activity.waits_since().filter(|_| row.activity.idle_since().is_none()));
        let slowest = idle.or_else(busy).or_else(|| self.longest(|row| row.activity.waits_since()));
        self.end(slowest);
    }

    /// Ends, among the connections that hold much memory, the one that has waited longest for its caller.
    ///
    /// A connection that has just begun to wait is spared, unless `is_over`: the limit is clearly exceeded.
    pub(crate) fn end_heaviest(&mut self, is_over: bool) {
        let now = micros(self.started);
        let may_end = |since: &u64| is_over || now.saturating_sub(*since) >= GRACE;
        // The time during which it waited for memory does not count.
        let since = |row: &Connection| row.activity.waits_since().map(|since| since.max(row.conn_memory.granted()));
        let waits = |row: &Connection| since(row).filter(may_end);
        let held = |row: &Connection| row.conn_memory.held().saturating_sub(WEIGHT);
        let heavy =
            self.longest(|row| waits(row).filter(|_| held(row) >= HEAVY && !row.conn_memory.waits_for_memory()));
        // Connections that hold much memory while they wait for more can block each other.
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

/// Returns how many connections may be open under the limits of the process, as `/proc/self/limits` lists them. Part of
/// the file descriptors is left for the rest of the program.
fn max_connections(limits: &str) -> usize {
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"));
    let files = line.and_then(|line| line.split_whitespace().next()?.parse::<usize>().ok());
    files.map_or(MAX_CONNECTIONS, |files| files.saturating_sub(SPARE.max(files / 8)).clamp(8, MAX_CONNECTIONS))
}

#[cfg(test)]
mod tests {
    use std::{future::pending, sync::atomic::Ordering, time::Duration};

    use super::*;
    use crate::memory::{LEAST, Memory};

    /// A connection that does nothing.
    struct Row {
        activity: Activity,
        conn_memory: Arc<ConnectionMemory>,
        id: Id,
    }

    fn connections(max: usize, number: usize) -> (Connections, Vec<Row>) {
        // Started long enough ago for all ages in the tests.
        let mut connections = Connections::with_max(max, Instant::now().checked_sub(Duration::from_secs(100)).unwrap());
        let memory = Memory::new(LEAST, Duration::ZERO);
        let mut rows = Vec::new();
        for _ in 0..number {
            let (activity, conn_memory) = (connections.activity(), ConnectionMemory::new(Arc::clone(&memory)));
            let before: Vec<Id> = connections.open.keys().copied().collect();
            connections.add(pending(), activity.clone(), Arc::clone(&conn_memory));
            let id = *connections.open.keys().find(|id| !before.contains(id)).unwrap();
            rows.push(Row { activity, conn_memory, id });
        }
        (connections, rows)
    }

    fn ago(seconds: u64) -> u64 {
        (100 - seconds) * 1_000_000
    }

    fn idle(row: &Row, seconds: u64) {
        row.activity.set_idle();
        row.activity.since.idle.store(ago(seconds), Ordering::Relaxed);
    }

    fn reads(row: &Row, seconds: u64) {
        row.activity.start_reading();
        row.activity.since.reading.store(ago(seconds), Ordering::Relaxed);
    }

    fn writes(row: &Row, seconds: u64) {
        row.activity.set_idle();
        row.activity.since.writing.store(ago(seconds), Ordering::Relaxed);
    }

    /// Returns which connections end, in this order.
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
    async fn the_longest_idle_ends_then_the_slowest_then_the_newest() {
        let (connections, rows) = connections(8, 6);
        idle(&rows[0], 5);
        reads(&rows[1], 50);
        rows[2].activity.start_processing();
        writes(&rows[3], 9);
        idle(&rows[4], 0);
        idle(&rows[5], 20);
        let gone = order(connections, &rows, Connections::end_slowest);
        assert_eq!(gone, [5, 0, 1, 3, 4], "a connection whose request is processed stays");
    }

    #[tokio::test]
    async fn for_memory_those_end_that_hold_it() {
        let (connections, rows) = connections(8, 5);
        let heavy = |row: &Row| {
            let mut held = Reservation::empty(&row.conn_memory);
            held.add(HEAVY);
            held
        };
        let _held: Vec<Reservation> = rows[1..4].iter().map(heavy).collect();
        idle(&rows[0], 90);
        reads(&rows[1], 9);
        reads(&rows[2], 50);
        reads(&rows[3], 0);
        rows[4].activity.start_processing();
        let gone = order(connections, &rows, |connections| connections.end_heaviest(false));
        assert_eq!(gone, [2, 1], "a connection that has just begun stays, as long as there is room");
        let (connections, rows) = super::tests::connections(8, 2);
        let _held = heavy(&rows[0]);
        reads(&rows[0], 0);
        idle(&rows[1], 9);
        assert_eq!(order(connections, &rows, |connections| connections.end_heaviest(true)), [0, 1]);
    }

    #[tokio::test]
    async fn a_connection_above_the_limit_replaces_another() {
        let (mut connections, rows) = connections(3, 3);
        for row in &rows {
            reads(row, 1);
        }
        connections.make_room();
        assert_eq!(connections.open.len(), 2);
    }

    #[test]
    fn a_share_of_the_file_descriptors_is_left() {
        let of = |soft: &str| {
            max_connections(&format!("Max cpu time 1\nMax open files            {soft}   4096    files\n"))
        };
        assert_eq!(
            (of("256"), of("1024"), of("1048576"), of("4"), of("unlimited")),
            (224, 896, MAX_CONNECTIONS, 8, MAX_CONNECTIONS)
        );
        assert_eq!(max_connections(""), MAX_CONNECTIONS);
    }
}
