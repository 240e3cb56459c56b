//! A ledger in Postgres.

use std::process::Stdio;
use std::time::Duration;

use zap_postgres_server::{Options, PASSWORD, Server};
use zap_sandbox::Fault;

use crate::support::{Fixture, Run, TEXT};

#[tokio::test(flavor = "multi_thread")]
async fn a_campaign_is_sent_with_a_ledger_in_postgres() {
    let Some(server) = Server::shared() else { return };
    let mut zap = Fixture::new().await;
    zap.set("ZAP_LEDGER", &server.tcp_url(&server.new_schema()));
    zap.start("bf").await;
    let refused = zap.refuse(2, &["start", "bf", "--yes", "2"]).await;
    assert!(refused.contains("the campaign is already running"), "{refused}");
    zap.expect(0, &["work", "--until-done", "--verbose"]).await;
    assert_eq!(zap.texts(), ["Olá Ana, seu cupom: A1", "Olá Rui, seu cupom: B2"]);
    assert_eq!(zap.report(0, "bf").await.len(), 2);
    assert_eq!(zap.json(0, &["ledger", "accept-restored"]).await["paused"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_down_or_refuses_is_named_without_the_password() {
    let Some(server) = Server::shared() else { return };
    let url = server.tcp_url(&server.new_schema());
    let mut zap = Fixture::new().await;
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let down = url.replace(&server.port().to_string(), &closed.to_string());
    let wrong = url.replace(PASSWORD, "canary-wrong");
    for ledger in [down, wrong] {
        zap.set("ZAP_LEDGER", &ledger);
        zap.set("RUST_LOG", "trace");
        for command in
            [&["status", "--verbose"] as &[&str], &["plan", "bf", "list.csv", "--text", TEXT, "--not-after", "6h"]]
        {
            let run = zap.run(command).await;
            assert_eq!((run.code, &*run.stdout), (Some(1), ""));
            assert!(run.stderr.contains("error: ") && run.stderr.contains("\nfix:   "), "{}", run.stderr);
            assert!(!run.stderr.contains(PASSWORD) && !run.stderr.contains("canary-wrong"), "{}", run.stderr);
        }
    }
    assert_eq!(zap.sandbox.deliveries().len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_crashes_in_the_middle_loses_nothing_and_sends_nothing_twice() {
    let Some(server) = Server::start(&Options::default()) else { return };
    let mut zap = Fixture::new().await;
    zap.set("ZAP_LEDGER", &server.tcp_url(&server.new_schema()));
    zap.start_many("bf", 40).await;
    zap.fault(Fault::delay(Duration::from_millis(50)).after().always());
    let mut command = zap.command(&["work", "--until-done", "--rate", "20/s"]);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    while zap.sandbox.deliveries().len() < 5 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let server = tokio::task::spawn_blocking(move || {
        server.crash();
        std::thread::sleep(Duration::from_millis(500));
        server.start_again();
        server
    });
    let server = server.await.unwrap();
    let run = tokio::task::spawn_blocking(move || Run::of(child.wait_with_output().unwrap())).await.unwrap();
    assert!(matches!(run.code, Some(0 | 4)), "{:?}\n{}{}", run.code, run.stdout, run.stderr);
    let mut texts = zap.texts();
    texts.dedup();
    assert_eq!(texts.len(), zap.sandbox.deliveries().len(), "nothing is sent twice");
    let states = zap.report(run.code.unwrap(), "bf").await;
    let done = states.iter().filter(|(_, state)| state == "done").count();
    assert!(states.iter().all(|(_, state)| state == "done" || state == "unknown"), "{states:?}");
    assert_eq!((states.len(), done <= texts.len()), (40, true));
    drop(server);
}
