//! Git, as a program that is asked.

use std::path::Path;
use std::process::Command;

use super::Failure;

/// What `git` answers to `arguments` in `root`.
fn git(root: &Path, arguments: &[&str]) -> Result<String, Failure> {
    let mut command = Command::new("git");
    // Within a hook they name the repository of the hook, which need not be this one.
    for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        command.env_remove(variable);
    }
    let output = command.arg("-C").arg(root).args(arguments).output().map_err(|error| {
        vec![format!("git cannot be run ({error}): instance it, since a review compares with an older revision")]
    })?;
    if !output.status.success() {
        let told = String::from_utf8_lossy(&output.stderr);
        return Err(vec![format!("git {}: {}", arguments.join(" "), told.trim())]);
    }
    String::from_utf8(output.stdout).map_err(|_| vec![format!("git {}: not UTF-8", arguments.join(" "))])
}

/// The commit that `revision` names.
pub(super) fn commit(root: &Path, revision: &str) -> Result<String, Failure> {
    let commit = format!("{revision}^{{commit}}");
    // What begins with a dash is no option.
    match git(root, &["rev-parse", "--verify", "--quiet", "--end-of-options", &commit]) {
        Ok(commit) => Ok(commit.trim().to_owned()),
        Err(failure) => {
            // Told apart: not a repository, or no such revision in it.
            git(root, &["rev-parse", "--git-dir"]).map_err(|_| failure)?;
            Err(vec![format!(
                "there is no revision `{revision}`: name a commit, branch or tag (a shallow clone may \
                 lack it: `git fetch --unshallow`)"
            )])
        }
    }
}

/// Names of all files below `root` in a commit.
pub(super) fn files(root: &Path, commit: &str) -> Result<Vec<String>, Failure> {
    let listed = git(root, &["ls-tree", "-r", "-z", "--name-only", commit])?;
    Ok(listed.split('\0').filter(|name| !name.is_empty()).map(str::to_owned).collect())
}

/// A file of a commit; its path is from `root`.
pub(super) fn show(root: &Path, commit: &str, path: &str) -> Result<String, Failure> {
    git(root, &["show", &format!("{commit}:./{path}")])
}

/// Where a review starts if nobody says: where this branch left the main one, or the last commit.
pub fn default_base(root: &Path) -> Result<String, Failure> {
    for main in ["main", "origin/main"] {
        if let Ok(base) = git(root, &["merge-base", main, "HEAD"]) {
            return Ok(base.trim().to_owned());
        }
    }
    commit(root, "HEAD")
}
