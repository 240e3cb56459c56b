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
        let files = Command::new("git")
            .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .current_dir(root())
            .output()
            .expect("git runs");
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

    /// What a command prints. Our own commands are not built once more, and nothing is fetched.
    pub fn run(&self, command: &str) -> String {
        let program = format!("'{}'", env!("CARGO_BIN_EXE_xtask"));
        let output = Command::new("sh")
            .args(["-e", "-c", &command.replace("cargo xtask", &program)])
            .current_dir(&self.folder)
            .env("CARGO_MANIFEST_DIR", self.folder.join("xtask"))
            .env("CARGO_TARGET_DIR", target().join("target"))
            .env("CARGO_NET_OFFLINE", "true")
            // What the gate notes are its own snapshots.
            .env_remove("INSTA_SNAPSHOT_REFERENCES_FILE")
            .env_remove("INSTA_WORKSPACE_ROOT")
            .env_remove("GUIDES")
            .output()
            .expect("sh runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("it prints text");
        let (printed, told) = (text(output.stdout), text(output.stderr));
        assert!(output.status.success(), "`{command}` failed:\n{printed}\n{told}");
        printed
    }
}

/// Within the target folder, so that it stays for the next time.
fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("guides")
}
