//! What calls set on chats and the API never returns: custom fields, and variables of the chatbot. The webhook reports
//! them.

use std::collections::{BTreeMap, VecDeque};

use super::state::ChatKey;

/// About how many bytes an entry takes besides its texts.
const ENTRY: usize = 128;

/// The details of all chats. Those of the chats that were changed least recently are dropped first.
#[derive(Debug)]
pub(super) struct AllDetails {
    chats: BTreeMap<ChatKey, Details>,
    /// The chats. The one that was changed last is at the end.
    order: VecDeque<ChatKey>,
    weight: usize,
    max_weight: usize,
}

/// The details of a chat: names and values, in the order in which they were first set.
#[derive(Clone, Debug, Default)]
pub(super) struct Details {
    pub(super) custom_fields: Vec<(String, String)>,
    pub(super) context: Vec<(String, String)>,
}

/// A kind of details.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    CustomFields,
    Context,
}

impl AllDetails {
    /// Returns an empty store for details of at most this number of bytes.
    pub(super) fn new(max_weight: usize) -> Self {
        Self { chats: BTreeMap::new(), order: VecDeque::new(), weight: 0, max_weight }
    }

    /// Returns about how many bytes the details take.
    pub(super) fn weight(&self) -> usize {
        self.weight
    }

    /// Returns the details of a chat.
    pub(super) fn of(&self, chat: &ChatKey) -> Details {
        self.chats.get(chat).cloned().unwrap_or_default()
    }

    /// Sets details of a chat. Others of the chat stay, unless those of this kind exceed 1/16 of the store: then the
    /// oldest of them are dropped.
    pub(super) fn set<'t>(&mut self, chat: &ChatKey, kind: Kind, values: impl Iterator<Item = (&'t str, &'t str)>) {
        let mut details = self.take(chat);
        let list = match kind {
            Kind::CustomFields => &mut details.custom_fields,
            Kind::Context => &mut details.context,
        };
        for (name, value) in values {
            match list.iter_mut().find(|(known, _)| known == name) {
                Some((_, known)) => value.clone_into(known),
                None => list.push((name.to_owned(), value.to_owned())),
            }
        }
        let mut excess = weight_of(list).saturating_sub(self.max_weight / 16);
        let dropped = list.iter().take_while(|entry| {
            let is_dropped = excess > 0;
            excess = excess.saturating_sub(weight_of_one(entry));
            is_dropped
        });
        list.drain(..dropped.count());
        self.weight += details.weight();
        self.order.push_back(chat.clone());
        self.chats.insert(chat.clone(), details);
        while self.weight > self.max_weight {
            let Some(oldest) = self.order.front().cloned() else { break };
            self.take(&oldest);
        }
    }

    /// Drops the details of a chat.
    pub(super) fn forget(&mut self, chat: &ChatKey) {
        self.take(chat);
    }

    fn take(&mut self, chat: &ChatKey) -> Details {
        let Some(details) = self.chats.remove(chat) else { return Details::default() };
        self.order.retain(|known| known != chat);
        self.weight -= details.weight();
        details
    }
}

impl Details {
    fn weight(&self) -> usize {
        weight_of(&self.custom_fields) + weight_of(&self.context)
    }
}

fn weight_of(list: &[(String, String)]) -> usize {
    list.iter().map(weight_of_one).sum()
}

fn weight_of_one((name, value): &(String, String)) -> usize {
    ENTRY + name.len() + value.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(all: &mut AllDetails, chat: &str, values: &[(&str, &str)]) {
        all.set(&ChatKey::new(0, chat), Kind::CustomFields, values.iter().copied());
    }

    fn fields(all: &AllDetails, chat: &str) -> Vec<(String, String)> {
        all.of(&ChatKey::new(0, chat)).custom_fields
    }

    #[test]
    fn a_value_replaces_the_earlier_one_of_its_name_in_its_chat_and_kind() {
        let mut all = AllDetails::new(1 << 20);
        set(&mut all, "a", &[("Plano", "1"), ("Cor", "azul")]);
        set(&mut all, "a", &[("Plano", "2")]);
        set(&mut all, "b", &[("Plano", "3")]);
        all.set(&ChatKey::new(0, "a"), Kind::Context, [("Plano", "4")].into_iter());
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(fields(&all, "a"), [pair("Plano", "2"), pair("Cor", "azul")]);
        assert_eq!(fields(&all, "b"), [pair("Plano", "3")]);
        assert_eq!(all.of(&ChatKey::new(0, "a")).context, [pair("Plano", "4")]);
        assert!(fields(&all, "c").is_empty());
        all.forget(&ChatKey::new(0, "a"));
        assert!(fields(&all, "a").is_empty() && all.order.len() == 1);
    }

    #[test]
    fn the_memory_is_bounded_for_one_chat_and_for_all() {
        const MAX: usize = 64 * 1024;
        let mut all = AllDetails::new(MAX);
        for number in 0..2000 {
            set(&mut all, "a", &[(&number.to_string(), "x")]);
        }
        assert!(all.weight() <= MAX / 16 && fields(&all, "a").last().unwrap().0 == "1999");
        set(&mut all, "a", &[("huge", &"x".repeat(MAX))]);
        assert!(fields(&all, "a").is_empty(), "a value that does not fit is not kept");
        for number in 0..1000 {
            set(&mut all, &number.to_string(), &[("a", &"x".repeat(1000))]);
            assert!(all.weight() <= MAX);
        }
        assert!(fields(&all, "0").is_empty() && fields(&all, "999").len() == 1);
        assert!(all.order.len() < 100 && all.order.len() == all.chats.len());
        let weight: usize = all.chats.values().map(Details::weight).sum();
        assert_eq!(all.weight(), weight);
    }
}
