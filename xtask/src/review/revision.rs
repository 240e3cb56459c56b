//! The files of a revision that a review reads.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::git;
use crate::client_code::ClientCode;
use crate::codegen::Failure;

/// A revision of the workspace.
#[derive(Clone, Debug)]
pub struct Revision {
    /// The name, for people.
    pub name: String,
    /// The texts by path, relative to the root of the workspace.
    files: BTreeMap<String, String>,
}

impl Revision {
    /// Creates a revision of these files: texts by path, relative to the root of the workspace.
    #[must_use]
    pub fn new(name: &str, files: BTreeMap<String, String>) -> Self {
        // git can check files out with other line ends.
        let plain = |(path, text): (String, String)| (path, text.replace("\r\n", "\n"));
        Self { name: name.to_owned(), files: files.into_iter().map(plain).collect() }
    }

    /// Reads a revision from git.
    pub fn of_git(root: &Path, revision: &str) -> Result<Self, Failure> {
        let commit = git::commit(root, revision)?;
        let mut files = BTreeMap::new();
        for path in git::files(root, &commit)?.into_iter().filter(|path| is_needed(path)) {
            let text = git::show(root, &commit, &path)?;
            files.insert(path, text);
        }
        let short = commit.get(..10).unwrap_or(&commit);
        let name = if commit.starts_with(revision) { short.to_owned() } else { format!("{revision} ({short})") };
        Self::new(&name, files).checked()
    }

    /// Reads the files in the folder, committed or not.
    pub fn of_folder(root: &Path) -> Result<Self, Failure> {
        let mut files = BTreeMap::new();
        for folder in ["specs", "crates"] {
            read(root, folder, &mut files)?;
        }
        if let Ok(manifest) = fs::read_to_string(root.join(MANIFEST)) {
            files.insert(MANIFEST.to_owned(), manifest);
        }
        Self::new("the working tree", files).checked()
    }

    fn checked(self) -> Result<Self, Failure> {
        if self.specs().is_empty() {
            return Err(vec![format!("{} has no specs/*.yaml, so there is nothing to review", self.name)]);
        }
        Ok(self)
    }

    /// Returns the text of a file.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&String> {
        self.files.get(path)
    }

    /// Returns the client in the folder `src/generated` of a crate. In older revisions it is a file with that name.
    #[must_use]
    pub fn code(&self, folder: &str) -> Option<ClientCode> {
        let inside = |(path, text): (&str, &str)| {
            Some((path.strip_prefix(folder)?.strip_prefix('/')?.to_owned(), text.to_owned()))
        };
        let mut files: BTreeMap<_, _> = self.files().filter_map(inside).collect();
        if files.is_empty() {
            files.insert(ClientCode::ROOT.to_owned(), self.get(&format!("{folder}.rs"))?.clone());
        }
        Some(ClientCode::new(files))
    }

    /// Returns all files.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// Returns the names of the specs: `NAME` of `specs/NAME.yaml`.
    pub(super) fn specs(&self) -> BTreeSet<String> {
        let name = |path: &String| Some(path.strip_prefix("specs/")?.strip_suffix(".yaml")?.to_owned());
        self.files.keys().filter_map(name).filter(|name| !name.contains('/')).collect()
    }
}

const MANIFEST: &str = "Cargo.toml";

/// Whether a review needs a file.
fn is_needed(path: &str) -> bool {
    let steps: Vec<_> = path.split('/').collect();
    let ending = path.rsplit('.').next();
    match steps.as_slice() {
        [MANIFEST] | ["specs", "facts.md"] | ["crates", _, MANIFEST] => true,
        ["specs", _] => ending == Some("yaml"),
        ["crates", _, "src", file] => matches!(*file, "generated.rs" | "lib.rs"),
        ["crates", _, "src", "generated", ..] => ending == Some("rs"),
        ["crates", _, "tests", "snapshots", file] => file.starts_with("wire__") && ending == Some("snap"),
        _ => false,
    }
}

/// Reads the needed files below a folder.
fn read(root: &Path, folder: &str, files: &mut BTreeMap<String, String>) -> Result<(), Failure> {
    let failed = |path: &str, error: std::io::Error| vec![format!("{path}: {error}")];
    let entries = fs::read_dir(root.join(folder)).map_err(|error| failed(folder, error))?;
    for entry in entries {
        let entry = entry.map_err(|error| failed(folder, error))?;
        // A file whose name is not UTF-8 is not part of the workspace.
        let Ok(name) = entry.file_name().into_string() else { continue };
        let path = format!("{folder}/{name}");
        if entry.path().is_dir() {
            if path.split('/').count() < 6 {
                read(root, &path, files)?;
            }
        } else if is_needed(&path) {
            let text = fs::read_to_string(entry.path()).map_err(|error| failed(&path, error))?;
            files.insert(path, text);
        }
    }
    Ok(())
}
