//! Kills a process at a system call, and records its calls, with `strace`.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::{Command, Output};

/// Returns whether there is `strace`. Otherwise it says that a test is skipped, and fails in CI.
pub(crate) fn is_there() -> bool {
    let is_there = Command::new("strace").arg("-V").output().is_ok();
    if !is_there {
        assert!(env::var_os("CI").is_none(), "install strace");
        eprintln!("SKIPPED: there is no strace");
    }
    is_there
}

/// The calls at which a process is killed: those that write to files and sockets or read from sockets.
const CALLS: [&str; 7] = ["pwrite64", "fdatasync", "fsync", "ftruncate", "sendto", "writev", "recvfrom"];

/// The `nth` time that a thread makes a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Point {
    pub(crate) call: &'static str,
    pub(crate) nth: u32,
}

impl Point {
    /// Returns the argument that kills the process just before the call.
    pub(crate) fn kill(self) -> String {
        let Self { call, nth } = self;
        format!("--inject={call}:signal=SIGKILL:when={nth}")
    }
}

/// Returns a command that runs this program, records its calls in a file, and tampers with them as more arguments of
/// `strace` say.
pub(crate) fn command(log: &Path, arguments: &[&str]) -> Command {
    let mut strace = Command::new("strace");
    strace.args(["-f", "-s", "64", "-e"]).arg(format!("trace={}", CALLS.join(",")));
    strace.args(arguments).arg("-o").arg(log).arg(env::current_exe().expect("this program has a path"));
    strace
}

/// Runs a command to its end, and returns whether it was killed.
pub(crate) async fn run(mut command: Command) -> (bool, Output) {
    let run = move || command.output().expect("strace starts");
    let output = tokio::task::spawn_blocking(run).await.expect("it does not panic");
    let is_killed = output.status.signal() == Some(9);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(is_killed || output.status.success(), "{}: {errors}", output.status);
    (is_killed, output)
}

/// Returns all points of a run that was not killed: every call of each thread.
pub(crate) fn points(log: &Path) -> Vec<Point> {
    let log = fs::read_to_string(log).expect("strace wrote it");
    let mut by_thread: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    for line in log.lines() {
        let Some((thread, call)) = line.split_once(' ') else { continue };
        let call = call.trim_start();
        if let Some(name) = CALLS.into_iter().find(|name| call.starts_with(&format!("{name}("))) {
            *by_thread.entry((name, thread)).or_default() += 1;
        }
    }
    CALLS
        .into_iter()
        .flat_map(|call| {
            let most = by_thread.iter().filter(|((name, _), _)| *name == call).map(|(_, count)| *count).max();
            (1..=most.unwrap_or(0)).map(move |nth| Point { call, nth })
        })
        .collect()
}
