//! The tables of an instance.

use std::collections::HashMap;

use crate::world::{Contact, Conversation, DashboardItem, Group, Note, Template, User, WhatsAppAccount, World};

/// The most contacts, and the most conversations, that calls created and that are kept. The oldest are removed first.
const KEPT: usize = 10_000;
/// How many rows are removed at once, so that removing is cheap.
const BATCH: usize = 1000;
/// About how many bytes a contact takes besides its texts: its row, its address, and its share of an answer. Then the
/// same for a conversation.
const CONTACT: usize = 1500;
const CONVERSATION: usize = 500;

/// The rows of an instance, in the order of their ids where the order matters.
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
    pub(super) cta_urls: Vec<DashboardItem>,
    pub(super) interactive_lists: Vec<DashboardItem>,
    pub(super) messages: Messages,
    made_contacts: MadeIds,
    made_conversations: MadeIds,
    /// The sizes of the contacts that calls created or changed, by id.
    weights: HashMap<i64, usize>,
    weight_of_contacts: usize,
    /// The most bytes that contacts and conversations created by calls may take together.
    max_weight: usize,
}

/// The ids of rows that calls create.
#[derive(Clone, Copy, Debug)]
struct MadeIds {
    /// The first id. The world's ids are lower.
    first: i64,
    next: i64,
}

impl MadeIds {
    fn above(ids: impl Iterator<Item = i64>) -> Self {
        let first = ids.max().unwrap_or(0) + 1;
        Self { first, next: first }
    }

    /// Returns the next id. Ids are never reused, even after a deletion.
    fn give(&mut self) -> i64 {
        let id = self.next;
        self.next += 1;
        id
    }

    /// Removes the oldest rows that calls created, if there are too many of them or they take too much memory. `rows`
    /// is sorted by id.
    fn trim<T>(self, rows: &mut Vec<T>, id: impl Fn(&T) -> i64, too_heavy: bool) -> Vec<T> {
        let of_world = rows.partition_point(|row| id(row) < self.first);
        let made = rows.len() - of_world;
        // The newest row always stays.
        let going = if made >= KEPT + BATCH { BATCH } else { (made / 10 + 1).min(made.saturating_sub(1)) };
        if made < KEPT + BATCH && !too_heavy {
            return Vec::new();
        }
        rows.drain(of_world..of_world + going).collect()
    }
}

/// The number of messages. Their texts are only in answers.
#[derive(Debug, Default)]
pub(super) struct Messages {
    count: u64,
    last: i64,
    of_conversation: HashMap<i64, u64>,
}

/// The number of rows of an instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) contacts: usize,
    pub(crate) conversations: usize,
    pub(crate) messages: u64,
    pub(crate) contact_limit_of_user_1: i64,
}

impl State {
    pub(super) fn new(world: &World, max_weight: usize) -> Self {
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
            weights: HashMap::new(),
            weight_of_contacts: 0,
            max_weight,
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
        self.weigh_contact(self.contacts.len() - 1);
        id
    }

    /// Replaces a row.
    pub(super) fn replace_contact(&mut self, at: usize, row: Contact) {
        self.contacts[at] = row;
        self.weigh_contact(at);
    }

    pub(super) fn remove_contact(&mut self, at: usize) {
        let row = self.contacts.remove(at);
        self.weight_of_contacts -= self.weights.remove(&row.id).unwrap_or(0);
    }

    /// Records the size of a contact, and removes the oldest contacts if all take too much memory.
    fn weigh_contact(&mut self, at: usize) {
        let Some(row) = self.contacts.get(at) else { return };
        let weight = weight_of(row);
        self.weight_of_contacts += weight;
        self.weight_of_contacts -= self.weights.insert(row.id, weight).unwrap_or(0);
        // Conversations have a fixed size and their own limit.
        let too_heavy = self.weight() > self.max_weight;
        for gone in self.made_contacts.trim(&mut self.contacts, |row| row.id, too_heavy) {
            self.weight_of_contacts -= self.weights.remove(&gone.id).unwrap_or(0);
        }
    }

    /// Returns about how many bytes the contacts and conversations take that calls created.
    pub(super) fn weight(&self) -> usize {
        let of_world = self.conversations.partition_point(|row| row.id < self.made_conversations.first);
        self.weight_of_contacts + (self.conversations.len() - of_world) * CONVERSATION
    }

    /// Adds a conversation and returns its id. Messages are removed with their conversations.
    pub(super) fn add_conversation(&mut self, row: Conversation) -> i64 {
        let id = self.made_conversations.give();
        self.conversations.push(Conversation { id, ..row });
        let too_heavy = self.weight() > self.max_weight;
        for gone in self.made_conversations.trim(&mut self.conversations, |row| row.id, too_heavy) {
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

/// Returns about how many bytes a contact takes. It is at least what an answer that shows it takes.
fn weight_of(row: &Contact) -> usize {
    let text = |text: &Option<String>| text.as_ref().map_or(0, |text| written(text));
    let address = row.address.as_object().into_iter().flat_map(|map| map.values()).filter_map(|value| value.as_str());
    CONTACT
        + written(&row.mobile_code)
        + written(&row.mobile)
        + 2 * (text(&row.firstname) + text(&row.lastname))
        + text(&row.image)
        + address.map(written).sum::<usize>()
}

/// Returns the length of a text as JSON.
fn written(text: &str) -> usize {
    text.bytes().map(|byte| if byte < 0x20 { 6 } else { 1 + usize::from(matches!(byte, b'"' | b'\\')) }).sum()
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
        let mut state = State::new(&world, 32 * 1024 * 1024);
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

    #[test]
    fn rows_that_weigh_too_much_go() {
        const MAX_WEIGHT: usize = 200_000;
        let world = World::default();
        let mut state = State::new(&world, MAX_WEIGHT);
        let before = state.counts();
        let heavy = |size: usize| Contact { address: serde_json::json!({"city": "\u{1}".repeat(size)}), ..contact() };
        let mut last = 0;
        for _ in 0..300 {
            last = state.add_contact(heavy(1000));
            state.add_conversation(conversation());
            assert!(state.weight() <= MAX_WEIGHT + 8000, "{}", state.weight());
        }
        assert!(state.contact(last).is_some() && state.counts().contacts > before.contacts + 10);
        let at = state.contacts.len() - 1;
        let weight = state.weight();
        state.replace_contact(at, Contact { id: last, ..contact() });
        assert!(state.weight() < weight - 5000);
        state.remove_contact(at);
        for row in &world.contacts {
            let at = state.contacts.binary_search_by_key(&row.id, |row| row.id).unwrap();
            state.replace_contact(at, row.clone());
            state.remove_contact(at);
        }
        assert!(state.weights.len() < 300 && state.weight_of_contacts <= MAX_WEIGHT);
    }
}
