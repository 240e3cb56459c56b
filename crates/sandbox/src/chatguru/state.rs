//! The chats, messages and pending jobs of an account.

use std::collections::{BTreeMap, VecDeque};

use crate::world::ChatGuruWorld;

/// The most messages, jobs, and added chats that are kept. The oldest are removed first.
const KEPT: usize = 10_000;
/// How much of a chat's name is kept, in characters and in bytes.
const NAME: usize = 200;
const NAME_BYTES: usize = 400;

/// The state of an account.
#[derive(Debug)]
pub(super) struct State {
    /// By number.
    chats: BTreeMap<String, Chat>,
    /// The numbers of the chats that calls added, in the order of their creation.
    added: VecDeque<String>,
    messages: VecDeque<Message>,
    jobs: VecDeque<Job>,
    next_id: u64,
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

/// A job that adds a chat.
#[derive(Debug)]
struct Job {
    id: String,
    chat_number: String,
    name: Option<String>,
    done_at: u64,
    /// Whether its chat has been registered.
    settled: bool,
}

impl State {
    pub(super) fn new(world: &ChatGuruWorld) -> Self {
        let chat = |row: &crate::world::ChatRow| {
            let chat = Chat { id: row.id.clone(), name: row.name.clone(), created: time_of_id(&row.id) };
            (row.chat_number.clone(), chat)
        };
        Self {
            chats: world.chats.iter().map(chat).collect(),
            added: VecDeque::new(),
            messages: VecDeque::new(),
            jobs: VecDeque::new(),
            next_id: 1,
        }
    }

    /// Registers the chats that are due.
    pub(super) fn settle(&mut self, now: u64) {
        let due: Vec<(String, Option<String>)> = self
            .jobs
            .iter_mut()
            .filter(|job| !job.settled && job.done_at <= now)
            .map(|job| {
                job.settled = true;
                (job.chat_number.clone(), job.name.take())
            })
            .collect();
        for (chat_number, name) in due {
            if self.chats.contains_key(&chat_number) {
                continue;
            }
            self.register(chat_number, name, now);
        }
    }

    /// Returns the chat with this number for a message that arrives in it. It is registered if there is none.
    pub(super) fn chat_of_message(&mut self, number: &str, name: Option<&str>, now: u64) -> Chat {
        let name = name.map(shortened);
        match self.chats.get_mut(number) {
            Some(chat) => {
                chat.name = chat.name.take().or(name);
                chat.clone()
            }
            None => self.register(number.to_owned(), name, now),
        }
    }

    fn register(&mut self, number: String, name: Option<String>, now: u64) -> Chat {
        let chat = Chat { id: self.new_id(now), name, created: now };
        self.chats.insert(number.clone(), chat.clone());
        if let Some(oldest) = keep(&mut self.added, number) {
            self.chats.remove(&oldest);
        }
        chat
    }

    /// Returns the chat with exactly this number. The ninth digit matters.
    pub(super) fn chat(&self, chat_number: &str) -> Option<&Chat> {
        self.chats.get(chat_number)
    }

    /// Changes the name of the chat with exactly this number, and returns the chat's id.
    pub(super) fn rename(&mut self, chat_number: &str, name: &str) -> Option<String> {
        let chat = self.chats.get_mut(chat_number)?;
        chat.name = Some(shortened(name));
        Some(chat.id.clone())
    }

    pub(super) fn add_chat(&mut self, chat_number: &str, name: Option<&str>, now: u64, done_at: u64) -> String {
        let id = self.new_id(now);
        let name = name.map(shortened);
        let job = Job { id: id.clone(), chat_number: chat_number.to_owned(), name, done_at, settled: false };
        keep(&mut self.jobs, job);
        id
    }

    /// Whether the job is done, or `None` if no job has this id.
    pub(super) fn job_is_done(&self, id: &str) -> Option<bool> {
        self.jobs.iter().rev().find(|job| job.id == id).map(|job| job.settled)
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

fn shortened(name: &str) -> String {
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
