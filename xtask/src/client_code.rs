//! The code of a generated client.

use std::collections::BTreeMap;

/// The files of a client's `src/generated`, each by its path from there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClientCode {
    files: BTreeMap<String, String>,
}

impl ClientCode {
    /// The file that declares the modules. In code of before there were several files, it is the only one.
    pub const ROOT: &str = "mod.rs";

    /// A client with these files: texts by path.
    #[must_use]
    pub fn new(files: BTreeMap<String, String>) -> Self {
        Self { files }
    }

    /// The files: path and text, in the order of their paths.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The same code with one more file.
    #[must_use]
    pub fn with(mut self, path: &str, text: String) -> Self {
        self.files.insert(path.to_owned(), text);
        self
    }

    /// The text of all files.
    #[must_use]
    pub fn text(&self) -> String {
        self.files.values().map(String::as_str).collect()
    }

    /// The same code with `change` applied to the text of each file.
    #[must_use]
    pub fn map(&self, change: impl Fn(&str, &str) -> String) -> Self {
        Self { files: self.files().map(|(path, text)| (path.to_owned(), change(path, text))).collect() }
    }
}
