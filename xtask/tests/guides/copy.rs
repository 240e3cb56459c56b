//! A copy of the workspace, as a git repository with one commit.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask is in the workspace").to_owned()
}

pub struct Copy {
    folder: PathBuf,
}

impl Copy {
    pub fn new() -> Self {
        let folder = target().join("workspace");
        let _ = fs::remove_dir_all(&folder);
        let mut git = Command::new("git");
        git.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]).current_dir(root());
        let files = isolated(&mut git).output().expect("git runs");
        assert!(files.status.success(), "git lists the files of the workspace: {files:?}");
        let files = String::from_utf8(files.stdout).expect("our files have names in UTF-8");
        for file in files.split_terminator('\0') {
            let (from, to) = (root().join(file), folder.join(file));
            // git also lists a file that was deleted but not yet committed.
            if from.exists() {
                fs::create_dir_all(to.parent().expect("it is in the folder")).expect("it can be created");
                fs::copy(from, to).expect("it can be copied");
            }
        }
        let copy = Self { folder };
        copy.run("git init --quiet --initial-branch main && git add --all");
        copy.run("git config user.name Guide && git config user.email guide@example.com");
        copy.run("git commit --quiet --message Start");
        copy
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Runs a command and returns its output. `cargo xtask` runs the program that is already built. Crates are downloaded
    /// only if the command fails without the network.
    pub fn run(&self, command: &str) -> String {
        let (mut done, mut printed, mut errors) = self.try_run(command, true);
        if !done && errors.contains("--offline") {
            (done, printed, errors) = self.try_run(command, false);
        }
        assert!(done, "`{command}` failed:\n{printed}\n{errors}");
        printed
    }

    fn try_run(&self, command: &str, offline: bool) -> (bool, String, String) {
        let program = format!("'{}'", env!("CARGO_BIN_EXE_xtask"));
        let output = isolated(&mut Command::new("sh"))
            .args(["-e", "-c", &command.replace("cargo xtask", &program)])
            .current_dir(&self.folder)
            .env("CARGO_MANIFEST_DIR", self.folder.join("xtask"))
            .env("CARGO_TARGET_DIR", target().join("target"))
            .env("CARGO_NET_OFFLINE", offline.to_string())
            // `.ci/run` records which snapshots of the workspace are used, not those of this copy.
            .env_remove("INSTA_SNAPSHOT_REFERENCES_FILE")
            .env_remove("INSTA_WORKSPACE_ROOT")
            .env_remove("GUIDES")
            .output()
            .expect("sh runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("it prints text");
        (output.status.success(), text(output.stdout), text(output.stderr))
    }
}

/// Removes git's settings from a command, so that neither a surrounding hook's repository nor the user's configuration
/// applies to the copy.
fn isolated(command: &mut Command) -> &mut Command {
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("GIT_")) {
        command.env_remove(name);
    }
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1")
}

/// Returns a folder within the target folder, which keeps its contents for the next run.
fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("guides")
}
