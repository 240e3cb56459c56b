//! The jobs that add chats.

use super::state::ChatKey;

/// A job that adds a chat.
#[derive(Debug)]
pub(super) struct Job {
    id: String,
    chat: ChatKey,
    /// Whether the chat has another number than the request.
    is_corrected: bool,
    /// The name of the chat, until the job is carried out.
    name: Option<String>,
    fetched_at: u64,
    done_at: u64,
}

/// How far a job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Progress<'a> {
    Pending,
    Fetched,
    /// The chat exists, under the given number if that differs from the one in the request.
    Done(Option<&'a str>),
}

impl Job {
    /// Creates a job that is fetched after half of its time. Times are milliseconds after the epoch.
    pub(super) fn new(id: String, chat: ChatKey, is_corrected: bool, name: String, now: u64, done_at: u64) -> Self {
        let fetched_at = now + done_at.saturating_sub(now) / 2;
        Self { id, chat, is_corrected, name: Some(name), fetched_at, done_at }
    }

    pub(super) fn id(&self) -> &str {
        &self.id
    }

    /// Whether the job must be carried out.
    pub(super) fn is_due(&self, now: u64) -> bool {
        self.name.is_some() && self.done_at <= now
    }

    /// Marks the job as carried out, and returns its chat and the chat's name.
    pub(super) fn carry_out(&mut self) -> (ChatKey, String) {
        (self.chat.clone(), self.name.take().unwrap_or_default())
    }

    /// Returns the name that the job will give to this chat.
    pub(super) fn pending_name(&self, chat: &ChatKey) -> Option<&str> {
        self.name.as_deref().filter(|_| self.chat == *chat)
    }

    pub(super) fn progress(&self, now: u64) -> Progress<'_> {
        if self.name.is_none() {
            Progress::Done(self.is_corrected.then_some(self.chat.number.as_str()))
        } else if self.fetched_at <= now {
            Progress::Fetched
        } else {
            Progress::Pending
        }
    }
}
