//! A copy of the workspace to work on, with a history of one commit.

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
        let files = apart(&mut git).output().expect("git runs");
        assert!(files.status.success(), "git tells what belongs to the workspace: {files:?}");
        let files = String::from_utf8(files.stdout).expect("our files have names of text");
        for file in files.split_terminator('\0') {
            let (from, to) = (root().join(file), folder.join(file));
            // One that was deleted and not yet committed is no more.
            if from.exists() {
                fs::create_dir_all(to.parent().expect("it is in the folder")).expect("it can be created");
                fs::copy(from, to).expect("it can be copied");
            }
        }
        let copy = Self { folder };
        copy.run("git init --quiet --initial-branch main && git add --all");
        copy.run("git -c user.name=Guide -c user.email=guide@example.com commit --quiet --message Start");
        copy
    }

    /// What a command prints. Our own commands are not built once more. Nothing is fetched but what is missing.
    pub fn run(&self, command: &str) -> String {
        let (mut done, mut printed, mut told) = self.try_run(command, true);
        if !done && told.contains("--offline") {
            (done, printed, told) = self.try_run(command, false);
        }
        assert!(done, "`{command}` failed:\n{printed}\n{told}");
        printed
    }

    fn try_run(&self, command: &str, offline: bool) -> (bool, String, String) {
        let program = format!("'{}'", env!("CARGO_BIN_EXE_xtask"));
        let output = apart(&mut Command::new("sh"))
            .args(["-e", "-c", &command.replace("cargo xtask", &program)])
            .current_dir(&self.folder)
            .env("CARGO_MANIFEST_DIR", self.folder.join("xtask"))
            .env("CARGO_TARGET_DIR", target().join("target"))
            .env("CARGO_NET_OFFLINE", offline.to_string())
            // What the gate notes are its own snapshots.
            .env_remove("INSTA_SNAPSHOT_REFERENCES_FILE")
            .env_remove("INSTA_WORKSPACE_ROOT")
            .env_remove("GUIDES")
            .output()
            .expect("sh runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("it prints text");
        (output.status.success(), text(output.stdout), text(output.stderr))
    }
}

/// Without what git was told elsewhere: a hook's repository must not become the copy's, nor its user's settings count.
fn apart(command: &mut Command) -> &mut Command {
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("GIT_")) {
        command.env_remove(name);
    }
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1")
}

/// Within the target folder, so that it stays for the next time.
fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("guides")
}
