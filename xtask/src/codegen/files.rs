//! Writes the files of a client, or finds those that are stale.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{fs, io};

use super::{COMMAND, Failure, Generated};

/// Whether files may be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Write and remove files.
    Write,
    /// Only report the files that are stale.
    Check,
}

/// Makes the folder of a client hold its generated files and no others, or reports those that are stale. Returns a
/// line for each file that changed; in [`Mode::Check`] these lines are the error.
pub fn ensure(root: &Path, client: &Generated, mode: Mode) -> Result<Vec<String>, Failure> {
    let mut lines = Vec::new();
    for (name, text) in client.code.files() {
        let path = client.folder.join(name);
        if is_current(&root.join(&path), text) {
            continue;
        }
        lines.push(if mode == Mode::Check {
            format!("{} is not what its spec makes: run `{COMMAND}`", path.display())
        } else {
            write(&root.join(&path), text).map_err(|error| failed(&path, &error))?;
            format!("{}: written", path.display())
        });
    }
    for path in leftovers(root, client)? {
        lines.push(if mode == Mode::Check {
            format!("{} is not generated any more: run `{COMMAND}`", path.display())
        } else {
            fs::remove_file(root.join(&path)).map_err(|error| failed(&path, &error))?;
            format!("{}: removed", path.display())
        });
    }
    if mode == Mode::Check && !lines.is_empty() { Err(lines) } else { Ok(lines) }
}

fn is_current(path: &Path, text: &str) -> bool {
    let current = fs::read_to_string(path).unwrap_or_default();
    // Git may check files out with other line ends.
    current == text || current.contains('\r') && current.replace("\r\n", "\n") == text
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text)
}

fn failed(path: &Path, error: &io::Error) -> Failure {
    vec![format!("{}: {error}", path.display())]
}

/// The files in the client's folder that the generator does not write, and the `generated.rs` beside the folder, which
/// an earlier version of it wrote.
fn leftovers(root: &Path, client: &Generated) -> Result<Vec<PathBuf>, Failure> {
    let written: BTreeSet<_> = client.code.files().map(|(name, _)| client.folder.join(name)).collect();
    let mut found = Vec::new();
    let mut folders = vec![client.folder.clone()];
    while let Some(folder) = folders.pop() {
        let entries = match fs::read_dir(root.join(&folder)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            entries => entries.and_then(Iterator::collect::<io::Result<Vec<_>>>),
        };
        for entry in entries.map_err(|error| failed(&folder, &error))? {
            let path = folder.join(entry.file_name());
            if entry.path().is_dir() {
                folders.push(path);
            } else if !written.contains(&path) {
                found.push(path);
            }
        }
    }
    found.extend(Some(client.folder.with_extension("rs")).filter(|path| root.join(path).exists()));
    found.sort();
    Ok(found)
}

/// Refuses clients without a crate: a folder without a `Cargo.toml` among the members of a workspace stops every
/// command of cargo, this one too. Outside a workspace, as in a folder to try a spec in, it does no harm.
pub(super) fn refuse_missing_crates(root: &Path, clients: &[Generated]) -> Result<(), Failure> {
    if !root.join("Cargo.toml").exists() {
        return Ok(());
    }
    let missing = clients.iter().filter_map(|client| {
        let package = client.folder.parent()?.parent()?;
        let is_missing = !root.join(package).join("Cargo.toml").exists();
        is_missing.then(|| {
            format!(
                "{}: there is no crate: \"A provider without a document\" in CONTRIBUTING.md says how to make one",
                package.display()
            )
        })
    });
    let missing: Failure = missing.collect();
    if missing.is_empty() { Ok(()) } else { Err(missing) }
}
