//! The tables of one install.

use std::collections::HashMap;

use crate::world::{Contact, Conversation, Group, Note, Template, User, WhatsAppAccount, World};

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
    /// Id and owner.
    pub(super) cta_urls: Vec<(i64, i64)>,
    /// Id and owner.
    pub(super) interactive_lists: Vec<(i64, i64)>,
    pub(super) messages: Messages,
    next_contact: i64,
    next_conversation: i64,
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
            cta_urls: world.cta_urls.iter().map(|row| (row.id, row.user_id)).collect(),
            interactive_lists: world.interactive_lists.iter().map(|row| (row.id, row.user_id)).collect(),
            messages,
            next_contact: world.contacts.iter().map(|row| row.id).max().unwrap_or(0) + 1,
            next_conversation: world.conversations.iter().map(|row| row.id).max().unwrap_or(0) + 1,
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

    /// Ids are never given twice, also not after a deletion.
    pub(super) fn new_contact_id(&mut self) -> i64 {
        let id = self.next_contact;
        self.next_contact += 1;
        id
    }

    pub(super) fn new_conversation_id(&mut self) -> i64 {
        let id = self.next_conversation;
        self.next_conversation += 1;
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

    pub(super) fn any_in(&self, conversation_id: i64) -> bool {
        self.of_conversation.contains_key(&conversation_id)
    }
}

fn by_id<T: Clone>(rows: &[T], id: impl Fn(&T) -> i64) -> Vec<T> {
    let mut rows = rows.to_vec();
    rows.sort_by_key(id);
    rows
}
