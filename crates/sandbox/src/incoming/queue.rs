//! The posts that wait to be made, in the order in which they are made.
//!
//! The posts of one chat are made one after the other. Different chats do not wait for each other.

use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    sync::Arc,
};

use bytes::Bytes;

use super::webhook_url::WebhookUrl;

/// The most posts that are made at the same time.
const MOST_RUNNING: usize = 16;
/// The most posts that wait.
const MOST_WAITING: usize = 10_000;
/// About how many bytes a waiting post takes besides its payload.
const JOB: usize = 512;

/// A message to be posted.
#[derive(Debug)]
pub(super) struct Job {
    /// The id of the message.
    pub(super) message: u64,
    /// The chat, as the ledger names it.
    pub(super) chat: Arc<str>,
    pub(super) url: Arc<WebhookUrl>,
    pub(super) payload: Bytes,
    /// How often it is posted.
    pub(super) times: usize,
}

impl Job {
    fn weight(&self) -> usize {
        JOB + self.payload.len()
    }
}

/// When a message is posted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Timing {
    /// After the earlier messages of its chat.
    InOrder,
    /// At this time in milliseconds. Other messages of its chat do not wait for it.
    Late(u64),
    /// After the next message of its chat, or at this time if there is none.
    Swapped(u64),
}

/// The waiting posts.
#[derive(Debug)]
pub(super) struct Queue {
    chats: HashMap<Arc<str>, Chat>,
    /// The chats with a job, none of whose jobs runs.
    turns: VecDeque<Arc<str>>,
    /// The jobs that are not yet due: when each is due, and a number that makes the key unique.
    later: BTreeMap<(u64, u64), Job>,
    running: usize,
    waiting: usize,
    weight: usize,
    max_weight: usize,
    last: u64,
    /// How many times of posts were given out. A clearing does not change it.
    times: u64,
    /// The latest of them since the last clearing, which may set the clock back, in microseconds.
    last_time: u64,
    /// Increases when the queue is cleared, so that the end of an earlier job changes nothing.
    generation: u64,
}

#[derive(Debug, Default)]
struct Chat {
    jobs: VecDeque<Job>,
    is_running: bool,
    /// The key of the job that is posted after the next one.
    swapped: Option<(u64, u64)>,
}

/// The turn of a chat: its next job waits until this one ends.
#[derive(Debug)]
pub(super) struct Turn {
    chat: Arc<str>,
    weight: usize,
    generation: u64,
}

impl Queue {
    /// Returns an empty queue for jobs that take at most `max_weight` bytes. The newest may exceed it.
    pub(super) fn new(max_weight: usize) -> Self {
        Self {
            chats: HashMap::new(),
            turns: VecDeque::new(),
            later: BTreeMap::new(),
            running: 0,
            waiting: 0,
            weight: 0,
            max_weight,
            last: 0,
            times: 0,
            last_time: 0,
            generation: 0,
        }
    }

    /// Returns how many posts wait.
    pub(super) fn waiting(&self) -> usize {
        self.waiting
    }

    /// Returns about how many bytes the posts take that wait or run.
    pub(super) fn weight(&self) -> usize {
        self.weight
    }

    /// Whether there is room for another job.
    pub(super) fn has_room(&self) -> bool {
        self.waiting < MOST_WAITING && self.weight < self.max_weight
    }

    /// Removes all jobs.
    pub(super) fn clear(&mut self) {
        let (last, times, generation) = (self.last, self.times, self.generation + 1);
        *self = Self { last, times, generation, ..Self::new(self.max_weight) };
    }

    /// Returns the time that the payload of a new job has, in microseconds. `now` is in milliseconds.
    ///
    /// Each is later than those before it, by a microsecond if nothing else. Otherwise two equal texts would look like
    /// one that is posted twice, as after a reset of a clock that stands still. Real posts have microseconds too.
    pub(super) fn time(&mut self, now: u64) -> u64 {
        let time = now.saturating_mul(1000).saturating_add(self.times);
        self.times += 1;
        self.last_time = time.max(self.last_time + 1);
        self.last_time
    }

    /// Adds a job.
    pub(super) fn push(&mut self, job: Job, timing: Timing) {
        self.waiting += 1;
        self.weight += job.weight();
        let chat = self.chats.entry(Arc::clone(&job.chat)).or_default();
        let swapped = chat.swapped.and_then(|key| self.later.remove(&key));
        match (timing, swapped) {
            (Timing::Late(due), swapped) => {
                // A late message is not the next one.
                if let (Some(key), Some(swapped)) = (chat.swapped, swapped) {
                    self.later.insert(key, swapped);
                }
                self.later.insert((due, self.last), job);
                self.last += 1;
            }
            (Timing::Swapped(due), None) => {
                let key = (due, self.last);
                self.last += 1;
                chat.swapped = Some(key);
                self.later.insert(key, job);
            }
            // If both are to be swapped, they swap with each other.
            (Timing::InOrder | Timing::Swapped(_), swapped) => {
                chat.swapped = None;
                self.enqueue(job);
                if let Some(job) = swapped {
                    self.enqueue(job);
                }
            }
        }
    }

    /// Returns the next job that can be posted, and the turn that it takes.
    pub(super) fn next(&mut self, now: u64) -> Option<(Job, Turn)> {
        while let Some(entry) = self.later.first_entry().filter(|entry| entry.key().0 <= now) {
            let (key, job) = entry.remove_entry();
            if let Some(chat) = self.chats.get_mut(&job.chat).filter(|chat| chat.swapped == Some(key)) {
                chat.swapped = None;
            }
            self.enqueue(job);
        }
        if self.running >= MOST_RUNNING {
            return None;
        }
        let name = self.turns.pop_front()?;
        let chat = self.chats.get_mut(&name)?;
        let job = chat.jobs.pop_front()?;
        chat.is_running = true;
        self.running += 1;
        self.waiting -= 1;
        let turn = Turn { chat: name, weight: job.weight(), generation: self.generation };
        Some((job, turn))
    }

    /// Returns when the next job is due that is not yet due, in milliseconds.
    pub(super) fn next_due(&self) -> Option<u64> {
        self.later.first_key_value().map(|((due, _), _)| *due)
    }

    /// Ends a turn, so that the next job of its chat can be posted.
    pub(super) fn end(&mut self, turn: &Turn) {
        if turn.generation != self.generation {
            return;
        }
        self.running -= 1;
        self.weight -= turn.weight;
        let Some(chat) = self.chats.get_mut(&turn.chat) else { return };
        chat.is_running = false;
        if !chat.jobs.is_empty() {
            self.turns.push_back(Arc::clone(&turn.chat));
        } else if chat.swapped.is_none() {
            self.chats.remove(&turn.chat);
        }
    }

    fn enqueue(&mut self, job: Job) {
        let chat = self.chats.entry(Arc::clone(&job.chat)).or_default();
        if chat.jobs.is_empty() && !chat.is_running {
            self.turns.push_back(Arc::clone(&job.chat));
        }
        chat.jobs.push_back(job);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(message: u64, chat: &str) -> Job {
        let url = Arc::new("http://127.0.0.1:1/".parse().unwrap());
        Job { message, chat: chat.into(), url, payload: Bytes::from_static(b"{}"), times: 1 }
    }

    fn queue(jobs: &[(u64, &str, Timing)]) -> Queue {
        let mut queue = Queue::new(usize::MAX);
        for (message, chat, timing) in jobs {
            queue.push(job(*message, chat), *timing);
        }
        queue
    }

    /// Returns the ids in the order in which they are posted, one at a time.
    fn order(queue: &mut Queue, now: u64) -> Vec<u64> {
        let mut ids = Vec::new();
        while let Some((job, turn)) = queue.next(now) {
            ids.push(job.message);
            queue.end(&turn);
        }
        ids
    }

    #[test]
    fn a_chat_waits_for_its_own_posts_only() {
        let mut queue = queue(&[(1, "a", Timing::InOrder), (2, "a", Timing::InOrder), (3, "b", Timing::InOrder)]);
        let (first, turn) = queue.next(0).unwrap();
        let (second, other) = queue.next(0).unwrap();
        assert_eq!((first.message, second.message), (1, 3));
        assert!(queue.next(0).is_none());
        queue.end(&other);
        assert!(queue.next(0).is_none());
        queue.end(&turn);
        assert_eq!(queue.next(0).unwrap().0.message, 2);
    }

    #[test]
    fn the_number_of_running_posts_is_limited() {
        let mut queue = Queue::new(usize::MAX);
        for id in 0..100 {
            queue.push(job(id, &id.to_string()), Timing::InOrder);
        }
        let turns: Vec<Turn> = std::iter::from_fn(|| queue.next(0).map(|(_, turn)| turn)).collect();
        assert_eq!(turns.len(), MOST_RUNNING);
        queue.end(&turns[0]);
        assert!(queue.next(0).is_some() && queue.next(0).is_none());
    }

    #[test]
    fn a_late_job_holds_up_no_other() {
        let mut queue = queue(&[(1, "a", Timing::Late(50)), (2, "a", Timing::InOrder)]);
        assert_eq!((order(&mut queue, 0), queue.next_due()), (vec![2], Some(50)));
        assert_eq!((order(&mut queue, 49), order(&mut queue, 50)), (vec![], vec![1]));
        assert_eq!((queue.next_due(), queue.waiting(), queue.weight()), (None, 0, 0));
        assert!(queue.chats.is_empty());
    }

    #[test]
    fn a_swapped_job_follows_the_next_of_its_chat() {
        let swapped = Timing::Swapped(60);
        let late = Timing::Late(10);
        let mut queue_of = queue(&[(1, "a", swapped), (2, "b", Timing::InOrder), (3, "a", late)]);
        assert_eq!(order(&mut queue_of, 0), [2]);
        queue_of.push(job(4, "a"), Timing::InOrder);
        queue_of.push(job(5, "a"), Timing::InOrder);
        assert_eq!(order(&mut queue_of, 0), [4, 1, 5]);
        assert_eq!(order(&mut queue_of, 10), [3]);
        let mut pairs = queue(&[(1, "a", swapped), (2, "a", swapped), (3, "a", swapped)]);
        assert_eq!((order(&mut pairs, 0), order(&mut pairs, 60)), (vec![2, 1], vec![3]));
        assert!(pairs.chats.is_empty() && queue_of.chats.is_empty());
    }

    #[test]
    fn the_end_of_a_job_from_before_a_clearing_changes_nothing() {
        let mut queue = queue(&[(1, "a", Timing::InOrder), (2, "a", Timing::Late(5)), (3, "a", Timing::Swapped(5))]);
        let (_, turn) = queue.next(0).unwrap();
        queue.clear();
        assert_eq!((queue.waiting(), queue.weight(), queue.next_due()), (0, 0, None));
        queue.push(job(4, "a"), Timing::InOrder);
        queue.push(job(5, "a"), Timing::InOrder);
        let (_, other) = queue.next(0).unwrap();
        queue.end(&turn);
        assert!(queue.next(0).is_none());
        queue.end(&other);
        assert_eq!(order(&mut queue, 0), [5]);
    }

    #[test]
    fn every_job_has_another_time() {
        let mut queue = Queue::new(usize::MAX);
        assert_eq!([5, 5, 6, 4].map(|now| queue.time(now)), [5000, 5001, 6002, 6003], "also if the clock is set back");
        queue.clear();
        // A reset sets the clock back.
        assert_eq!([5, 5].map(|now| queue.time(now)), [5004, 5005]);
    }

    #[test]
    fn room_is_limited_by_number_and_by_weight() {
        let mut queue = Queue::new(3 * (JOB + 2));
        for id in 0..3 {
            assert!(queue.has_room());
            queue.push(job(id, "a"), Timing::InOrder);
        }
        assert!(!queue.has_room());
        let mut queue = Queue::new(usize::MAX);
        for id in 0..10_000 {
            assert!(queue.has_room());
            queue.push(job(id, "a"), Timing::InOrder);
        }
        assert!(!queue.has_room());
    }
}
