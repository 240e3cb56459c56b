//! What a spec is built of before it is written: values in order, with comments.

use std::collections::BTreeMap;

use serde_json::Value;

/// A value of a spec.
#[derive(Clone, Debug, PartialEq)]
pub enum Tree {
    /// A text, a number, a truth value or null.
    Scalar(Value),
    /// A list.
    List(Vec<Tree>),
    /// A mapping in the order in which it is written.
    Map(Map),
}

/// A mapping.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Map {
    pub(super) entries: Vec<Entry>,
}

/// An entry of a mapping.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entry {
    /// The lines of the comment above the entry.
    pub comments: Vec<String>,
    pub key: String,
    pub value: Tree,
}

impl Map {
    /// Creates an empty mapping.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an entry.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<Tree>) -> Self {
        self.add(key, value);
        self
    }

    /// Adds an entry if there is a value.
    #[must_use]
    pub fn with_some(self, key: &str, value: Option<impl Into<Tree>>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    /// Adds an entry.
    pub fn add(&mut self, key: &str, value: impl Into<Tree>) {
        self.add_commented(key, value, Vec::new());
    }

    /// Adds an entry below a comment.
    pub fn add_commented(&mut self, key: &str, value: impl Into<Tree>, comments: Vec<String>) {
        self.entries.push(Entry { comments, key: key.to_owned(), value: value.into() });
    }

    /// Returns the value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Tree> {
        self.entries.iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }

    pub(super) fn get_mut(&mut self, key: &str) -> Option<&mut Tree> {
        self.entries.iter_mut().find(|entry| entry.key == key).map(|entry| &mut entry.value)
    }

    pub(super) fn text(&self, key: &str) -> Option<&str> {
        if let Some(Tree::Scalar(Value::String(text))) = self.get(key) { Some(text) } else { None }
    }

    /// Replaces the texts of a key in this value, at any depth.
    pub(super) fn replace_texts(&mut self, key: &str, texts: &BTreeMap<String, String>) {
        for entry in &mut self.entries {
            match &mut entry.value {
                Tree::Scalar(Value::String(text)) if entry.key == key => {
                    if let Some(new) = texts.get(text) {
                        text.clone_from(new);
                    }
                }
                inner => inner.replace_texts(key, texts),
            }
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

impl Tree {
    /// Returns the same value as JSON, without comments.
    #[must_use]
    pub fn json(&self) -> Value {
        match self {
            Self::Scalar(value) => value.clone(),
            Self::List(items) => items.iter().map(Self::json).collect(),
            Self::Map(map) => map.entries.iter().map(|entry| (entry.key.clone(), entry.value.json())).collect(),
        }
    }

    /// Removes the value at a JSON pointer. Returns whether there was one.
    pub(super) fn remove(&mut self, pointer: &str) -> bool {
        let keys: Vec<_> = pointer.split('/').skip(1).map(|key| key.replace("~1", "/").replace("~0", "~")).collect();
        let Some((last, outer)) = keys.split_last() else { return false };
        let mut tree = self;
        for key in outer {
            let inner = match tree {
                Self::Map(map) => map.get_mut(key),
                Self::List(items) => key.parse().ok().and_then(|index: usize| items.get_mut(index)),
                Self::Scalar(_) => None,
            };
            let Some(inner) = inner else { return false };
            tree = inner;
        }
        let Self::Map(map) = tree else { return false };
        let before = map.entries.len();
        map.entries.retain(|entry| entry.key != *last);
        map.entries.len() < before
    }

    fn replace_texts(&mut self, key: &str, texts: &BTreeMap<String, String>) {
        match self {
            Self::Scalar(_) => {}
            Self::List(items) => items.iter_mut().for_each(|item| item.replace_texts(key, texts)),
            Self::Map(map) => map.replace_texts(key, texts),
        }
    }

    /// Calls `visit` with each text of a key in this value.
    pub(super) fn each_text<'t>(&'t self, key: &str, visit: &mut impl FnMut(&'t str)) {
        match self {
            Self::Scalar(_) => {}
            Self::List(items) => items.iter().for_each(|item| item.each_text(key, visit)),
            Self::Map(map) => {
                for entry in &map.entries {
                    match &entry.value {
                        Self::Scalar(Value::String(text)) if entry.key == key => visit(text),
                        inner => inner.each_text(key, visit),
                    }
                }
            }
        }
    }
}

impl From<Map> for Tree {
    fn from(map: Map) -> Self {
        Self::Map(map)
    }
}

impl From<Vec<Tree>> for Tree {
    fn from(items: Vec<Tree>) -> Self {
        Self::List(items)
    }
}

impl From<&str> for Tree {
    fn from(text: &str) -> Self {
        Self::Scalar(text.into())
    }
}

impl From<String> for Tree {
    fn from(text: String) -> Self {
        Self::Scalar(text.into())
    }
}

impl From<bool> for Tree {
    fn from(value: bool) -> Self {
        Self::Scalar(value.into())
    }
}

impl From<&Value> for Tree {
    fn from(value: &Value) -> Self {
        match value {
            Value::Array(items) => Self::List(items.iter().map(Self::from).collect()),
            Value::Object(entries) => {
                let mut map = Map::new();
                for (key, value) in entries {
                    map.add(key, value);
                }
                Self::Map(map)
            }
            scalar => Self::Scalar(scalar.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Tree;

    #[test]
    fn a_value_is_removed_by_its_pointer() {
        let mut tree = Tree::from(&json!({ "a/b": [{ "c": 1, "d": 2 }] }));
        assert!(tree.remove("/a~1b/0/c"));
        assert!(!tree.remove("/a~1b/0/c"), "it is gone");
        assert!(!tree.remove("/a~1b/7/c"));
        assert_eq!(tree.json(), json!({ "a/b": [{ "d": 2 }] }));
    }
}
