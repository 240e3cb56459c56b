//! The chats, messages and pending jobs of an account.

use std::collections::{BTreeMap, VecDeque};

use crate::world::ChatGuruWorld;

use super::{
    details::AllDetails,
    job::{Job, Progress},
    number::{other_spelling, usual_spelling},
};

/// The most messages, jobs, and added chats that are kept. The oldest are removed first.
const KEPT: usize = 10_000;
/// How much of a chat's name is kept, in characters and in bytes.
const NAME: usize = 200;
const NAME_BYTES: usize = 400;

/// The state of an account.
#[derive(Debug)]
pub(super) struct State {
    chats: BTreeMap<ChatKey, Chat>,
    /// The chats that calls added, in the order of their creation.
    added: VecDeque<ChatKey>,
    messages: VecDeque<Message>,
    jobs: VecDeque<Job>,
    next_id: u64,
    /// What calls set on chats.
    pub(super) details: AllDetails,
}

/// What identifies a chat: its phone, by its index in the world, and its number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ChatKey {
    pub(super) phone: usize,
    pub(super) number: String,
}

impl ChatKey {
    pub(super) fn new(phone: usize, number: &str) -> Self {
        Self { phone, number: number.to_owned() }
    }

    /// Returns the chat as the ledger names it. The same number is another chat on another phone.
    pub(super) fn conversation(&self) -> String {
        match self.phone {
            0 => format!("chatguru:{}", self.number),
            phone => format!("chatguru:{phone}:{}", self.number),
        }
    }
}

/// A registered chat.
#[derive(Clone, Debug)]
pub(super) struct Chat {
    pub(super) id: String,
    pub(super) name: Option<String>,
    /// When it was created, in milliseconds after the epoch.
    pub(super) created: u64,
}

/// An accepted message.
#[derive(Debug)]
struct Message {
    id: String,
    goes_out_at: u64,
}

impl State {
    pub(super) fn new(world: &ChatGuruWorld, max_details: usize) -> Self {
        let phones = world.phones.iter().enumerate();
        let rows = phones.flat_map(|(phone, row)| row.chats.iter().map(move |chat| (phone, chat)));
        let chat = |(phone, row): (usize, &crate::world::ChatRow)| {
            let chat = Chat { id: row.id.clone(), name: row.name.clone(), created: time_of_id(&row.id) };
            (ChatKey::new(phone, &row.chat_number), chat)
        };
        Self {
            chats: rows.map(chat).collect(),
            added: VecDeque::new(),
            messages: VecDeque::new(),
            jobs: VecDeque::new(),
            next_id: 1,
            details: AllDetails::new(max_details),
        }
    }

    /// Carries out the jobs that are due: registers their chats, or changes the names of chats that exist.
    pub(super) fn settle(&mut self, now: u64) {
        let due: Vec<(ChatKey, String)> =
            self.jobs.iter_mut().filter(|job| job.is_due(now)).map(Job::carry_out).collect();
        for (key, name) in due {
            match self.chats.get_mut(&key) {
                Some(chat) => chat.name = Some(name),
                None => drop(self.register(key, Some(name), now)),
            }
        }
    }

    /// Returns the chat in which a message arrives. It is registered if there is none.
    pub(super) fn chat_of_message(&mut self, key: ChatKey, name: Option<&str>, now: u64) -> Chat {
        let name = name.map(shortened);
        match self.chats.get_mut(&key) {
            Some(chat) => {
                chat.name = chat.name.take().or(name);
                chat.clone()
            }
            None => self.register(key, name, now),
        }
    }

    fn register(&mut self, key: ChatKey, name: Option<String>, now: u64) -> Chat {
        let chat = Chat { id: self.new_id(now), name, created: now };
        self.chats.insert(key.clone(), chat.clone());
        if let Some(oldest) = keep(&mut self.added, key) {
            self.chats.remove(&oldest);
            self.details.forget(&oldest);
        }
        chat
    }

    /// Returns the chat with exactly this number. The ninth digit matters.
    pub(super) fn chat(&self, key: &ChatKey) -> Option<&Chat> {
        self.chats.get(key)
    }

    /// Changes the name of a chat, and returns the chat.
    pub(super) fn rename(&mut self, key: &ChatKey, name: &str) -> Option<&Chat> {
        let chat = self.chats.get_mut(key)?;
        chat.name = Some(shortened(name));
        Some(chat)
    }

    /// Returns the chat to which a request to add one, or a message from a customer, leads: the one with exactly this
    /// number, the one with its other spelling, or a new one in the usual spelling.
    pub(super) fn chat_to_add(&self, asked: &ChatKey) -> ChatKey {
        if self.chats.contains_key(asked) {
            return asked.clone();
        }
        let spelled = |number: &str| ChatKey::new(asked.phone, number);
        let existing = other_spelling(&asked.number).map(|other| spelled(&other));
        existing
            .filter(|other| self.chats.contains_key(other))
            .unwrap_or_else(|| spelled(&usual_spelling(&asked.number)))
    }

    /// Whether a chat exists or is being added.
    pub(super) fn is_known(&self, key: &ChatKey) -> bool {
        self.chats.contains_key(key) || self.pending_name(key).is_some()
    }

    /// Returns the name that a chat has once all jobs are done.
    pub(super) fn later_name(&self, key: &ChatKey) -> Option<&str> {
        self.pending_name(key).or_else(|| self.chats.get(key)?.name.as_deref())
    }

    fn pending_name(&self, key: &ChatKey) -> Option<&str> {
        self.jobs.iter().rev().find_map(|job| job.pending_name(key))
    }

    /// Starts to add a chat, whose number may differ from the one that was asked for, and returns the job's id.
    pub(super) fn add_chat(&mut self, key: ChatKey, asked: &ChatKey, name: String, now: u64, done_at: u64) -> String {
        let id = self.new_id(now);
        let is_corrected = key != *asked;
        keep(&mut self.jobs, Job::new(id.clone(), key, is_corrected, name, now, done_at));
        id
    }

    /// Returns how far a job is, or `None` if no job has this id.
    pub(super) fn progress(&self, id: &str, now: u64) -> Option<Progress<'_>> {
        self.jobs.iter().rev().find(|job| job.id() == id).map(|job| job.progress(now))
    }

    pub(super) fn add_message(&mut self, now: u64, goes_out_at: u64) -> String {
        let id = self.new_id(now);
        keep(&mut self.messages, Message { id: id.clone(), goes_out_at });
        id
    }

    /// Whether the message has been sent, or `None` if no message has this id.
    pub(super) fn message_is_out(&self, id: &str, now: u64) -> Option<bool> {
        self.messages.iter().rev().find(|message| message.id == id).map(|message| message.goes_out_at <= now)
    }

    /// Returns an id in the documented format: 24 hexadecimal digits, of which the first 8 are the time.
    pub(super) fn new_id(&mut self, now: u64) -> String {
        let serial = self.next_id;
        self.next_id += 1;
        format!("{:08x}{:016x}", (now / 1000) & 0xffff_ffff, 0x7a61_7000_0000_0000 | serial)
    }
}

/// Returns the time in an id, which begins with seconds after the epoch, in milliseconds. Other ids have none.
fn time_of_id(id: &str) -> u64 {
    let seconds = id.get(..8).filter(|_| id.len() == 24).and_then(|digits| u64::from_str_radix(digits, 16).ok());
    seconds.unwrap_or(0) * 1000
}

/// Returns as much of a name as is kept.
pub(super) fn shortened(name: &str) -> String {
    let mut bytes = 0;
    let fits = |letter: &char| {
        bytes += letter.len_utf8();
        bytes <= NAME_BYTES
    };
    name.chars().take(NAME).take_while(fits).collect()
}

/// Adds a row, and returns the one that had to be removed.
fn keep<T>(rows: &mut VecDeque<T>, row: T) -> Option<T> {
    let oldest = if rows.len() == KEPT { rows.pop_front() } else { None };
    rows.push_back(row);
    oldest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn add(state: &mut State, numbers: std::ops::Range<usize>, now: u64) -> Vec<String> {
        let key = |number: usize| ChatKey::new(0, &number.to_string());
        numbers.map(|number| state.add_chat(key(number), &key(number), "N".to_owned(), now, now)).collect()
    }

    #[test]
    fn the_oldest_go_and_the_chats_of_the_world_stay() {
        let mut state = State::new(&ChatGuruWorld::default(), 0);
        let of_world = state.chats.len();
        let first = add(&mut state, 0..KEPT, 1000);
        state.settle(1000);
        let more = add(&mut state, KEPT..KEPT + 5, 2000);
        state.settle(2000);
        assert_eq!((state.chats.len(), state.jobs.len()), (of_world + KEPT, KEPT));
        let exists = |number: usize| state.chat(&ChatKey::new(0, &number.to_string())).is_some();
        assert_eq!([4, 5, KEPT + 4].map(exists), [false, true, true]);
        assert!(state.chat(&ChatKey::new(0, "5511987654321")).is_some());
        let progress = [&first[4], &first[5], &more[4]].map(|id| state.progress(id, 2000));
        assert_eq!(progress, [None, Some(Progress::Done(None)), Some(Progress::Done(None))]);

        let sent: Vec<String> = (0..=KEPT).map(|_| state.add_message(1000, 1000)).collect();
        assert_eq!([0, 1].map(|at: usize| state.message_is_out(&sent[at], 1000)), [None, Some(true)]);
    }

    #[test]
    fn long_names_are_shortened() {
        assert_eq!(shortened(&"a".repeat(300)), "a".repeat(NAME));
        assert_eq!(shortened(&"😀".repeat(300)), "😀".repeat(NAME_BYTES / 4));
    }
}
