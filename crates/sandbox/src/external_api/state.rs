//! The tables of one install.

use std::collections::HashMap;

use crate::world::{Contact, Conversation, Group, Made, Note, Template, User, WhatsAppAccount, World};

/// How many contacts, and how many conversations, that calls made are kept; the oldest go first.
const KEPT: usize = 10_000;
/// How many go at once, so that their going costs little.
const BATCH: usize = 1000;

/// The rows of one install, in the order of their ids where it matters.
pub(super) struct State {
    pub(super) users: Vec<User>,
    pub(super) ip_whitelist: Vec<String>,
    pub(super) accounts: Vec<WhatsAppAccount>,
    pub(super) contacts: Vec<Contact>,
    pub(super) tags: Vec<Group>,
    pub(super) lists: Vec<Group>,
    pub(super) notes: Vec<Note>,
    pub(super) conversations: Vec<Conversation>,
    pub(super) templates: Vec<Template>,
    pub(super) cta_urls: Vec<Made>,
    pub(super) interactive_lists: Vec<Made>,
    pub(super) messages: Messages,
    made_contacts: MadeIds,
    made_conversations: MadeIds,
}

/// The ids of rows that calls make.
#[derive(Clone, Copy, Debug)]
struct MadeIds {
    /// The first of them; the world's are below.
    first: i64,
    next: i64,
}

impl MadeIds {
    fn above(ids: impl Iterator<Item = i64>) -> Self {
        let first = ids.max().unwrap_or(0) + 1;
        Self { first, next: first }
    }

    /// Ids are never given twice, also not after a deletion.
    fn give(&mut self) -> i64 {
        let id = self.next;
        self.next += 1;
        id
    }

    /// Of rows by rising id, takes the oldest that calls made, when there are too many of these.
    fn trim<T>(self, rows: &mut Vec<T>, id: impl Fn(&T) -> i64) -> Vec<T> {
        let of_world = rows.partition_point(|row| id(row) < self.first);
        if rows.len() - of_world < KEPT + BATCH {
            return Vec::new();
        }
        rows.drain(of_world..of_world + BATCH).collect()
    }
}

/// How many messages there are; their text is in the answers only.
#[derive(Debug, Default)]
pub(super) struct Messages {
    count: u64,
    last: i64,
    of_conversation: HashMap<i64, u64>,
}

/// How many rows an install holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) contacts: usize,
    pub(crate) conversations: usize,
    pub(crate) messages: u64,
    pub(crate) contact_limit_of_user_1: i64,
}

impl State {
    pub(super) fn new(world: &World) -> Self {
        let mut messages = Messages::default();
        for message in &world.messages {
            messages.add_row(message.conversation_id);
            messages.last = messages.last.max(message.id);
        }
        Self {
            users: world.users.clone(),
            ip_whitelist: world.ip_whitelist.clone(),
            accounts: by_id(&world.whatsapp_accounts, |row| row.id),
            contacts: by_id(&world.contacts, |row| row.id),
            tags: by_id(&world.tags, |row| row.id),
            lists: by_id(&world.lists, |row| row.id),
            notes: by_id(&world.notes, |row| row.id),
            conversations: by_id(&world.conversations, |row| row.id),
            templates: by_id(&world.templates, |row| row.id),
            cta_urls: world.cta_urls.clone(),
            interactive_lists: world.interactive_lists.clone(),
            messages,
            made_contacts: MadeIds::above(world.contacts.iter().map(|row| row.id)),
            made_conversations: MadeIds::above(world.conversations.iter().map(|row| row.id)),
        }
    }

    pub(super) fn counts(&self) -> Counts {
        let limit = self.user(1).map_or(0, |user| user.contact_limit);
        Counts {
            contacts: self.contacts.len(),
            conversations: self.conversations.len(),
            messages: self.messages.count,
            contact_limit_of_user_1: limit,
        }
    }

    pub(super) fn user(&self, id: i64) -> Option<&User> {
        self.users.iter().find(|user| user.id == id)
    }

    pub(super) fn user_mut(&mut self, id: i64) -> Option<&mut User> {
        self.users.iter_mut().find(|user| user.id == id)
    }

    pub(super) fn contact(&self, id: i64) -> Option<&Contact> {
        self.contacts.binary_search_by_key(&id, |row| row.id).ok().map(|at| &self.contacts[at])
    }

    /// Adds a contact and returns its id.
    pub(super) fn add_contact(&mut self, row: Contact) -> i64 {
        let id = self.made_contacts.give();
        self.contacts.push(Contact { id, ..row });
        self.made_contacts.trim(&mut self.contacts, |row| row.id);
        id
    }

    /// Adds a conversation and returns its id. The messages of those that have to go go with them.
    pub(super) fn add_conversation(&mut self, row: Conversation) -> i64 {
        let id = self.made_conversations.give();
        self.conversations.push(Conversation { id, ..row });
        for gone in self.made_conversations.trim(&mut self.conversations, |row| row.id) {
            self.messages.forget(gone.id);
        }
        id
    }
}

impl Messages {
    /// Adds a row and returns its id.
    pub(super) fn add(&mut self, conversation_id: i64) -> i64 {
        self.add_row(conversation_id);
        self.last = self.last.saturating_add(1);
        self.last
    }

    fn add_row(&mut self, conversation_id: i64) {
        self.count += 1;
        *self.of_conversation.entry(conversation_id).or_default() += 1;
    }

    fn forget(&mut self, conversation_id: i64) {
        self.count -= self.of_conversation.remove(&conversation_id).unwrap_or(0);
    }

    pub(super) fn any_in(&self, conversation_id: i64) -> bool {
        self.of_conversation.contains_key(&conversation_id)
    }
}

fn by_id<T: Clone>(rows: &[T], id: impl Fn(&T) -> i64) -> Vec<T> {
    let mut rows = rows.to_vec();
    rows.sort_by_key(id);
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn conversation() -> Conversation {
        serde_json::from_value(serde_json::json!({"id": 0, "user_id": 1, "contact_id": 1})).unwrap()
    }

    fn contact() -> Contact {
        let row = serde_json::json!({"id": 0, "user_id": 1, "mobile_code": "55", "mobile": "1"});
        serde_json::from_value(row).unwrap()
    }

    #[test]
    fn the_oldest_rows_that_calls_made_go() {
        let world = World::default();
        let mut state = State::new(&world);
        let before = state.counts();
        for _ in 0..3 * (KEPT + BATCH) {
            let id = state.add_conversation(conversation());
            state.messages.add(id);
            let id = state.add_contact(contact());
            assert!(state.contact(id).is_some());
        }
        let after = state.counts();
        assert!(after.contacts < before.contacts + KEPT + BATCH && after.contacts >= before.contacts + KEPT);
        assert!(after.conversations < before.conversations + KEPT + BATCH);
        assert_eq!(after.messages - before.messages, (after.conversations - before.conversations) as u64);
        for row in &world.contacts {
            assert!(state.contact(row.id).is_some(), "the world's stay");
        }
        assert!(state.contacts.is_sorted_by_key(|row| row.id));
    }
}
