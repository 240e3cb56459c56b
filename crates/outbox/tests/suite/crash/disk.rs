//! Disks that are full, fail, or cannot be written, as `strace` makes a process see them.

use std::collections::BTreeMap;
use std::fs;
use std::process::Output;

use zap_outbox::model::MessageState;

use super::campaign::Crashing;
use super::process::add_worker;
use super::store::Store;
use super::strace;

const MESSAGES: u32 = 4;
/// How many writes in a row fail.
const FAILURES: u32 = 3;

/// Runs a worker whose calls are tampered with, until it ends.
async fn work(crashing: &Crashing, arguments: &[&str]) -> Output {
    let mut command = strace::command(&crashing.scratch.path().join("calls"), arguments);
    add_worker(&mut command, 1, &crashing.sandbox, &crashing.store.url());
    tokio::task::spawn_blocking(move || command.output().expect("strace starts")).await.expect("it does not panic")
}

/// Lets calls fail some times in a row with `error`, from different moments on. Each time, the worker goes on after the
/// failures, and each message is sent once.
async fn failures_pass(calls: &[&str], error: &str, tries: u32) {
    if !strace::is_there() {
        return;
    }
    let whole = Crashing::start(Store::sqlite(), MESSAGES).await;
    let log = whole.scratch.path().join("calls");
    assert!(work(&whole, &[]).await.status.success());
    let count = |text: &str| calls.iter().map(|call| text.matches(&format!("{call}(")).count()).max().unwrap_or(0);
    let log = fs::read_to_string(log).unwrap();
    // The first ones open the ledger.
    let opening = count(log.split("POST /").next().unwrap());
    let (opening, all) = (u32::try_from(opening).unwrap(), u32::try_from(count(&log)).unwrap());
    let mut failed = 0;
    for at in 0..tries {
        let nth = opening + (all - opening) * at / tries;
        let crashing = Crashing::start(Store::sqlite(), MESSAGES).await;
        let inject = format!("--inject={}:error={error}:when={nth}..{}", calls.join(","), nth + FAILURES - 1);
        let output = work(&crashing, &[&inject]).await;
        assert!(output.status.success(), "{inject}: {}", String::from_utf8_lossy(&output.stderr));
        let log = fs::read_to_string(crashing.scratch.path().join("calls")).unwrap();
        failed += log.matches(error).count();
        let judgement = crashing.judge(&BTreeMap::new()).await;
        assert_eq!(judgement.violations, Vec::<String>::new(), "{inject}");
        // A commit that fails may have been written. Then its message may be unknown.
        let (done, unknown) = (judgement.count(MessageState::Done), judgement.count(MessageState::Unknown));
        assert_eq!(done + unknown, MESSAGES as usize, "{inject}: {:?}", judgement.states);
        assert!(unknown <= usize::from(error == "EIO"), "{inject}: {:?}", judgement.states);
    }
    assert!(failed >= tries as usize, "{failed} failures");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_disk_that_is_full_for_a_while_loses_nothing() {
    failures_pass(&["pwrite64"], "ENOSPC", 2).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes a minute; `.ci/run` includes it"]
async fn a_disk_that_is_full_at_any_moment_loses_nothing() {
    failures_pass(&["pwrite64"], "ENOSPC", 20).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes a minute; `.ci/run` includes it"]
async fn a_disk_that_fails_to_flush_for_a_while_loses_nothing() {
    failures_pass(&["fsync", "fdatasync"], "EIO", 8).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_cannot_be_written_is_named() {
    if !strace::is_there() {
        return;
    }
    let crashing = Crashing::start(Store::sqlite(), MESSAGES).await;
    let path = crashing.store.url().trim_start_matches("sqlite:").to_owned();
    let text = format!("error: the ledger {path} cannot be written: check the permissions of the file and its folder");
    // The first call tries to create the file, the second one opens it. SQLite then tries to open it for reading only.
    for (error, which) in [("EACCES", "1"), ("EROFS", "1"), ("EACCES", "2"), ("EROFS", "2"), ("EROFS", "2+")] {
        let inject = format!("--inject=openat:error={error}:when={which}");
        let output = work(&crashing, &["--trace=openat", "-P", &path, &inject]).await;
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success() && said.contains(&text), "{inject}: {said}");
    }
    assert!(crashing.messages().await.iter().all(|message| message.status.state == MessageState::Ready));
}
