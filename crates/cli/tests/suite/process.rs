//! Processes that are stopped, killed, or that nobody reads.

use std::collections::BTreeMap;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use zap_sandbox::Fault;

use crate::support::{Fixture, Run};

fn signal(child: &Child, name: &str) {
    let sent = Command::new("kill").args([name, &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
}

async fn end(child: Child) -> Run {
    Run::of(tokio::task::spawn_blocking(move || child.wait_with_output().unwrap()).await.unwrap())
}

/// Waits until the sandbox has received this many requests.
async fn received(zap: &Fixture, requests: usize) {
    for _ in 0..600 {
        if zap.sandbox.calls().len() >= requests {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the worker does not send");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signal_finishes_what_is_being_sent_and_says_what_is_left() {
    for name in ["-INT", "-TERM", "-HUP"] {
        let zap = Fixture::new().await;
        zap.start_many("bf", 30).await;
        zap.fault(Fault::delay(Duration::from_millis(500)).after().always());
        let mut command = zap.command(&["work", "--until-done", "--concurrency", "4"]);
        let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        received(&zap, 4).await;
        signal(&child, name);
        if name == "-HUP" {
            // A terminal that is closed and its shell send one each.
            tokio::time::sleep(Duration::from_millis(100)).await;
            signal(&child, name);
        }
        let run = end(child).await;
        assert_eq!(run.code, Some(5), "{}{}", run.stdout, run.stderr);
        assert!(run.stderr.contains("stopping: what is being sent is finished and recorded"), "{}", run.stderr);
        assert!(run.stdout.contains("ready"), "{}", run.stdout);
        let sent = zap.sandbox.deliveries().len();
        let done = zap.report(5, "bf").await.iter().filter(|(_, state)| state == "done").count();
        assert_eq!((done, sent < 30), (sent, true), "each delivery is recorded");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_signal_ends_the_process_at_once() {
    let zap = Fixture::new().await;
    zap.start_many("bf", 3).await;
    zap.fault(Fault::delay(Duration::from_secs(20)).after().always());
    let mut command = zap.command(&["work", "--until-done"]);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    received(&zap, 3).await;
    signal(&child, "-INT");
    tokio::time::sleep(Duration::from_millis(300)).await;
    signal(&child, "-INT");
    let run = tokio::time::timeout(Duration::from_secs(10), end(child)).await.expect("it ends at once");
    assert_eq!(run.code, Some(130));
    assert!(run.stderr.contains("become unknown after 3 minutes"), "{}", run.stderr);
}

#[tokio::test(flavor = "multi_thread")]
async fn four_workers_that_are_killed_send_nothing_twice() {
    const RECIPIENTS: u32 = 120;
    let zap = Fixture::new().await;
    zap.start_many("bf", RECIPIENTS).await;
    zap.fault(Fault::delay(Duration::from_millis(20)).after().always());
    let start = || zap.command(&["work"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let mut workers: Vec<Child> = (0..4).map(|_| start()).collect();
    for kill in 1..=8 {
        received(&zap, (RECIPIENTS as usize * kill / 12).max(1)).await;
        let at = kill % workers.len();
        let mut killed = std::mem::replace(&mut workers[at], start());
        killed.kill().unwrap();
        killed.wait().unwrap();
    }
    for mut worker in workers {
        worker.kill().unwrap();
        worker.wait().unwrap();
    }
    // As if the time of those that the killed workers were sending had passed.
    zap.ledger().execute("UPDATE zap_message SET decide_at = 1 WHERE state = 'sending'", []).unwrap();
    let mut command = zap.command(&["work", "--until-done"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // What the killed workers were sending is like an outage. A worker would wait for half a minute.
    while child.try_wait().unwrap().is_none() {
        let paused = "SELECT count(*) FROM zap_account WHERE paused = 'unknowns'";
        if zap.ledger().query_row(paused, [], |row| row.get::<_, i64>(0)).unwrap() > 0 {
            zap.expect(0, &["account", "resume"]).await;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let last = end(child).await;
    let mut deliveries: BTreeMap<String, u32> = BTreeMap::new();
    for sent in zap.sandbox.deliveries() {
        *deliveries.entry(sent.text.unwrap()).or_default() += 1;
    }
    assert!(deliveries.values().all(|times| *times == 1), "{deliveries:?}");
    let states = zap.report(last.code.unwrap(), "bf").await;
    assert_eq!(states.len(), RECIPIENTS as usize, "nobody is lost");
    for (at, (number, state)) in states.iter().enumerate() {
        let times = deliveries.get(&format!("Message {at}")).copied().unwrap_or_default();
        let fits = match &**state {
            "done" => times == 1,
            "unknown" => times <= 1,
            _ => false,
        };
        assert!(fits, "{number} is {state}, and was delivered {times} times");
    }
    let unknown = states.iter().any(|(_, state)| state == "unknown");
    assert_eq!(last.code, Some(if unknown { 4 } else { 0 }));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_was_started_with_nohup_outlives_its_terminal() {
    let zap = Fixture::new().await;
    zap.start_many("bf", 4).await;
    zap.fault(Fault::delay(Duration::from_millis(500)).after().always());
    let program = zap.command(&["work", "--until-done", "--concurrency", "1"]);
    let mut command = Command::new("/bin/sh");
    command.args(["-c", "trap '' HUP; exec \"$0\" \"$@\""]).arg(program.get_program()).args(program.get_args());
    command.current_dir(zap.folder.path()).env_clear().envs(zap.variables().iter().cloned());
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    received(&zap, 1).await;
    signal(&child, "-HUP");
    let run = end(child).await;
    assert_eq!(run.code, Some(0), "{}{}", run.stdout, run.stderr);
    assert_eq!(zap.sandbox.deliveries().len(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_that_goes_away_is_not_an_error_and_changes_no_exit_code() {
    let mut zap = Fixture::new().await;
    zap.start_many("bf", 3_000).await;
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    zap.set("ESCALAZAP_BASE_URL", &format!("http://{closed}/external-api"));
    for (code, arguments) in [
        (5, &["report", "bf", "-o", "-"] as &[&str]),
        (5, &["status", "bf"]),
        // It would watch for ever.
        (5, &["status", "bf", "--watch"]),
        (0, &["status"]),
        (3, &["send", "+5511900000077", "--text", "Oi"]),
        (1, &["doctor"]),
        (0, &["--help"]),
    ] {
        let mut command = zap.command(arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let run = end(child).await;
        assert_eq!((run.code, &*run.stderr), (Some(code), ""), "{arguments:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sandbox_runs_until_it_is_stopped() {
    let mut zap = Fixture::new().await;
    let mut command = zap.command(&["sandbox", "--listen", "127.0.0.1:0", "--json"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let stdout = child.stdout.take().unwrap();
    let line = tokio::task::spawn_blocking(move || {
        let mut line = String::new();
        std::io::BufRead::read_line(&mut std::io::BufReader::new(stdout), &mut line).unwrap();
        line
    });
    let started: serde_json::Value = serde_json::from_str(&line.await.unwrap()).unwrap();
    for (name, value) in started["variables"].as_object().unwrap() {
        zap.set(name, value.as_str().unwrap());
    }
    zap.expect(0, &["doctor"]).await;
    zap.start("bf").await;
    zap.expect(0, &["work", "--until-done"]).await;
    assert_eq!(zap.sandbox.deliveries().len(), 0, "it went to the other sandbox");
    signal(&child, "-TERM");
    let run = end(child).await;
    assert_eq!(run.code, Some(0), "{}", run.stderr);
}
