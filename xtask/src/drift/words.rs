//! A dictionary of the words in the pages' languages.

use std::collections::BTreeMap;

use crate::document::{Document, Result};

/// The meaning of words, by their use.
#[derive(Debug)]
pub struct Words {
    file: String,
    meanings: BTreeMap<String, BTreeMap<String, String>>,
}

impl Words {
    /// Reads the dictionary.
    pub fn read(file: &str, document: &Document) -> Result<Self> {
        let mut meanings: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
        for (list, at) in document.root().entries()? {
            let list = meanings.entry(list.to_owned()).or_default();
            for (meaning, words) in at.entries()? {
                for word in words.items()? {
                    if list.insert(word.text()?.to_lowercase(), meaning.to_owned()).is_some() {
                        return Err(word.error("this word occurs twice in the list"));
                    }
                }
            }
        }
        Ok(Self { file: file.to_owned(), meanings })
    }

    /// Returns the meaning of a word, if the list has the word.
    #[must_use]
    pub fn meaning(&self, list: &str, word: &str) -> Option<&str> {
        self.meanings.get(list)?.get(&word.to_lowercase()).map(String::as_str)
    }

    /// Returns the meaning of a word, or an error if the list does not have the word.
    pub(super) fn need(&self, list: &str, word: &str) -> std::result::Result<String, String> {
        self.meaning(list, word)
            .map(str::to_owned)
            .ok_or_else(|| format!("`{word}` is not known; add it to `{list}` in {}, after its meaning", self.file))
    }
}
