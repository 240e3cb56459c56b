//! The code of a generated client.

use std::collections::BTreeMap;

/// The files of a client's `src/generated`, each by its path from there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClientCode {
    files: BTreeMap<String, String>,
}

impl ClientCode {
    /// The file that declares the modules. Code from before clients had several files has only this one.
    pub const ROOT: &str = "mod.rs";

    /// Creates a client with these files: texts by path.
    #[must_use]
    pub fn new(files: BTreeMap<String, String>) -> Self {
        Self { files }
    }

    /// Returns the files, path and text, in the order of their paths.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The same code with one more file.
    #[must_use]
    pub fn with(mut self, path: &str, text: String) -> Self {
        self.files.insert(path.to_owned(), text);
        self
    }

    /// Returns the texts of all files, one after the other.
    #[must_use]
    pub fn text(&self) -> String {
        self.files.values().map(String::as_str).collect()
    }

    /// Returns the same code with `change` applied to the path and the text of each file.
    #[must_use]
    pub fn map(&self, change: impl Fn(&str, &str) -> String) -> Self {
        Self { files: self.files().map(|(path, text)| (path.to_owned(), change(path, text))).collect() }
    }
}
