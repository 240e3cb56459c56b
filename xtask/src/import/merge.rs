//! Merges a new import with the changes that were made to the last one by hand.

use std::path::Path;
use std::process::Command;
use std::{fs, io};

use crate::codegen::Failure;
use crate::document::{At, Document};

/// A merged spec.
#[derive(Debug)]
pub(super) struct Merged {
    pub text: String,
    /// The locations where the new import and a change by hand exclude each other.
    pub conflicts: Vec<String>,
}

/// What starts a conflict.
const START: &str = "<<<<<<< ";
const BASE: &str = "||||||| ";
const MIDDLE: &str = "=======";
const END: &str = ">>>>>>> ";

/// Whether a text has conflicts of an earlier merge.
pub(super) fn has_conflicts(text: &str) -> bool {
    text.lines().any(|line| line.starts_with(START))
}

/// Merges the text at `own` with a new import. `base` is the last import, from which both come.
pub(super) fn merge(folder: &Path, file: &str, own: &str, base: &str, import: &str) -> Result<Merged, Failure> {
    if own == base || own == import {
        return Ok(Merged { text: import.to_owned(), conflicts: Vec::new() });
    }
    if base == import {
        return Ok(Merged { text: own.to_owned(), conflicts: Vec::new() });
    }
    let text = with_git(folder, [own, base, import])?;
    let conflicts = conflicts(file, &text, import);
    Ok(Merged { text, conflicts })
}

/// Merges three texts with `git merge-file`, which reads files.
fn with_git(folder: &Path, texts: [&str; 3]) -> Result<String, Failure> {
    let failed = |error: io::Error| vec![format!("{}: {error}", folder.display())];
    let not_run = |error: io::Error| {
        vec![format!(
            "git cannot be run ({error}); install it, since `git merge-file` merges your changes with the import"
        )]
    };
    let names = ["own", "base", "import"].map(|name| folder.join(format!(".merge-{}-{name}", std::process::id())));
    let written = names.iter().zip(texts).try_for_each(|(path, text)| fs::write(path, text)).map_err(failed);
    let merged = written.and_then(|()| {
        let mut command = Command::new("git");
        command.args(["merge-file", "-p", "--diff3", "-L", "by hand", "-L", "last import", "-L", "new import"]);
        command.args(&names).output().map_err(not_run)
    });
    for path in &names {
        let _ = fs::remove_file(path);
    }
    let output = merged?;
    // The status is the number of conflicts, up to 127, or an error.
    if output.status.code().is_none_or(|code| code > 127) {
        return Err(vec![format!("git merge-file: {}", String::from_utf8_lossy(&output.stderr).trim())]);
    }
    String::from_utf8(output.stdout).map_err(|_| vec!["git merge-file: not UTF-8".to_owned()])
}

/// Returns the location of each conflict: the line, and the JSON pointer in the new import.
fn conflicts(file: &str, text: &str, import: &str) -> Vec<String> {
    let document = Document::parse(file, import).ok();
    let pointer = |line: usize| {
        let values = document.as_ref().map(|document| document.root().walk()).unwrap_or_default();
        values.iter().rev().find(|at| at.line() <= line).map(At::pointer).unwrap_or_default()
    };
    let mut found = Vec::new();
    // The lines of a conflict that are not of the new import do not count for its line there.
    let (mut import_line, mut is_import) = (0, true);
    for (index, line) in text.lines().enumerate() {
        if line.starts_with(START) {
            found.push(format!(
                "{file}:{}: {}: both the new version and you changed it",
                index + 1,
                pointer(import_line + 1)
            ));
            is_import = false;
        } else if line.starts_with(BASE) {
            is_import = false;
        } else if line == MIDDLE && !is_import {
            is_import = true;
        } else if line.starts_with(END) {
        } else if is_import {
            import_line += 1;
        }
    }
    found
}
