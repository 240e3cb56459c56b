//! Runs the program `git`.

use std::path::Path;
use std::process::Command;

use crate::codegen::Failure;

/// Runs `git` with these arguments in `root`, and returns its output.
fn git(root: &Path, arguments: &[&str]) -> Result<String, Failure> {
    let mut command = Command::new("git");
    // In a git hook these variables name the repository of the hook, which can be another one.
    for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        command.env_remove(variable);
    }
    let output = command.arg("-C").arg(root).args(arguments).output().map_err(|error| {
        vec![format!("git cannot be run ({error}); install it, since a review compares with an older revision")]
    })?;
    if !output.status.success() {
        let error = String::from_utf8_lossy(&output.stderr);
        return Err(vec![format!("git {}: {}", arguments.join(" "), error.trim())]);
    }
    String::from_utf8(output.stdout).map_err(|_| vec![format!("git {}: not UTF-8", arguments.join(" "))])
}

/// Returns the commit that `revision` names.
pub(super) fn commit(root: &Path, revision: &str) -> Result<String, Failure> {
    let commit = format!("{revision}^{{commit}}");
    // A revision that starts with a dash must not be read as an option.
    match git(root, &["rev-parse", "--verify", "--quiet", "--end-of-options", &commit]) {
        Ok(commit) => Ok(commit.trim().to_owned()),
        Err(failure) => {
            // Without a repository, the error of git is more helpful.
            git(root, &["rev-parse", "--git-dir"]).map_err(|_| failure)?;
            Err(vec![format!(
                "there is no revision `{revision}`; name a commit, branch or tag (in a shallow clone, run \
                 `git fetch --unshallow` first)"
            )])
        }
    }
}

/// Returns the paths of all files below `root` in a commit.
pub(super) fn files(root: &Path, commit: &str) -> Result<Vec<String>, Failure> {
    let listed = git(root, &["ls-tree", "-r", "-z", "--name-only", commit])?;
    Ok(listed.split('\0').filter(|name| !name.is_empty()).map(str::to_owned).collect())
}

/// Returns the text of a file in a commit. The path is relative to `root`.
pub(super) fn show(root: &Path, commit: &str, path: &str) -> Result<String, Failure> {
    git(root, &["show", &format!("{commit}:./{path}")])
}

/// Returns the default base of a review: the commit where this branch left the main branch, or else the last commit.
pub fn default_base(root: &Path) -> Result<String, Failure> {
    for main in ["main", "origin/main"] {
        if let Ok(base) = git(root, &["merge-base", main, "HEAD"]) {
            return Ok(base.trim().to_owned());
        }
    }
    commit(root, "HEAD")
}
