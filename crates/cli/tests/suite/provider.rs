//! Providers that fail in the middle of a campaign.

use std::time::Duration;

use zap_sandbox::Fault;

use crate::support::Fixture;

#[tokio::test(flavor = "multi_thread")]
async fn refused_credentials_pause_the_account_and_nobody_is_given_up() {
    let mut zap = Fixture::new().await;
    zap.start("bf").await;
    let right = zap.variable("ESCALAZAP_CLIENT_SECRET");
    zap.set("ESCALAZAP_CLIENT_SECRET", "wrong");
    let worked = zap.json(5, &["work", "--until-done"]).await;
    assert_eq!(worked["stopped"], "paused");
    assert_eq!(worked["account_pause"]["reason"], "credentials");
    assert_eq!(worked["campaigns"][0]["messages"]["ready"], 2);
    let status = zap.expect(5, &["status", "bf"]).await;
    assert!(status.contains("`zap doctor`; then run `zap account resume`"), "{status}");
    // A worker that runs without --until-done would wait; with it, it says the same again.
    zap.expect(5, &["work", "--until-done"]).await;
    assert_eq!(zap.sandbox.deliveries().len(), 0);
    zap.set("ESCALAZAP_CLIENT_SECRET", &right);
    zap.expect(0, &["account", "resume"]).await;
    zap.expect(0, &["work", "--until-done"]).await;
    assert_eq!(zap.texts(), ["Olá Ana, seu cupom: A1", "Olá Rui, seu cupom: B2"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_lost_makes_the_message_unknown_and_it_is_not_sent_again() {
    let zap = Fixture::new().await;
    zap.start("bf").await;
    zap.fault(Fault::close_after().times(1));
    let worked = zap.json(4, &["work", "--until-done"]).await;
    assert_eq!((&worked["stopped"], &worked["campaigns"][0]["messages"]["unknown"]), (&"done".into(), &1.into()));
    zap.expect(4, &["work", "--until-done"]).await;
    zap.expect(4, &["status", "bf"]).await;
    assert_eq!(zap.sandbox.deliveries().len(), 2, "both were delivered, and none twice");
    let states: Vec<String> = zap.report(4, "bf").await.into_iter().map(|(_, state)| state).collect();
    assert_eq!(states.iter().filter(|state| *state == "unknown").count(), 1, "{states:?}");
    let unknown = zap.json(4, &["unknown", "list"]).await;
    let number = unknown["unknown"][0]["number"].as_str().unwrap().to_owned();
    // The request could still be on its way.
    zap.folder.write("decided.csv", format!("number,state\n{number},done\n"));
    let settled = zap.json(3, &["unknown", "settle", "decided.csv"]).await;
    assert!(settled["refused"][0]["reason"].as_str().unwrap().contains("too early"), "{settled}");
    let resent = zap.json(3, &["unknown", "resend", &number]).await;
    assert_eq!((&resent["changed"], resent["refused"].as_array().unwrap().len()), (&0.into(), 1));
    zap.folder.write("absent.csv", "number,state\n11900000099,done\n");
    for command in [&["unknown", "settle", "absent.csv"] as &[&str], &["unknown", "resend", "+5511900000099"]] {
        let decided = zap.json(3, command).await;
        assert_eq!(decided["refused"][0]["reason"], "the number is not in this campaign");
        assert_eq!(decided["unchanged"], 0);
    }
    let looked = zap.json(4, &["unknown", "look"]).await;
    assert_eq!(looked["too_early"], 1);
    // As if that time had passed.
    zap.ledger()
        .execute("UPDATE zap_message SET decide_at = decide_at - 3600000000 WHERE state = 'unknown'", [])
        .unwrap();
    let settled = zap.json(0, &["unknown", "settle", "decided.csv"]).await;
    assert_eq!(settled["changed"], 1);
    zap.expect(0, &["status", "bf"]).await;
    assert_eq!(zap.sandbox.deliveries().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn refused_messages_are_not_done_and_can_be_sent_again() {
    let zap = Fixture::new().await;
    // The account has no such template.
    let plan = ["plan", "bf", "list.csv", "--template", "7777", "--not-after", "6h"];
    zap.expect(0, &plan).await;
    zap.expect(0, &["start", "bf", "--yes", "2"]).await;
    for _ in 0..2 {
        let worked = zap.json(3, &["work", "--until-done"]).await;
        assert_eq!(worked["campaigns"][0]["messages"]["not_done"], 2);
        zap.expect(3, &["status", "bf"]).await;
        let report = zap.expect(3, &["report", "bf", "-o", "-"]).await;
        assert!(report.contains("+5511900000001,not_done,answer,"), "{report}");
        assert_eq!(zap.json(0, &["retry", "bf", "--not-done"]).await["ready"], 2);
        zap.expect(5, &["status", "bf"]).await;
    }
    let refused = zap.refuse(2, &["retry", "bf"]).await;
    assert!(refused.contains("--not-done"), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_provider_delays_the_end_and_changes_nothing() {
    let zap = Fixture::new().await;
    zap.start("bf").await;
    zap.fault(Fault::delay(Duration::from_secs(1)).after().always());
    zap.expect(0, &["work", "--until-done"]).await;
    assert_eq!(zap.sandbox.deliveries().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_is_down_costs_no_message() {
    let mut zap = Fixture::new().await;
    zap.start("bf").await;
    let right = zap.variable("ESCALAZAP_BASE_URL");
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    zap.set("ESCALAZAP_BASE_URL", &format!("http://{closed}/external-api"));
    let mut working = zap.command(&["work", "--until-done"]).spawn().unwrap();
    tokio::time::sleep(Duration::from_secs(2)).await;
    working.kill().unwrap();
    working.wait().unwrap();
    let states = zap.report(5, "bf").await;
    assert!(states.iter().all(|(_, state)| state == "ready"), "{states:?}");
    zap.set("ESCALAZAP_BASE_URL", &right);
    zap.expect(0, &["account", "resume"]).await;
    zap.expect(0, &["work", "--until-done"]).await;
    assert_eq!(zap.sandbox.deliveries().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pause_after_unknown_outcomes_shows_the_next_trial_and_no_end() {
    let zap = Fixture::new().await;
    zap.start_many("bf", 5).await;
    zap.fault(Fault::close_after().always());
    let mut command = zap.command(&["work", "--until-done", "--concurrency", "1", "--rate", "100/s"]);
    let mut working = command.stderr(std::process::Stdio::piped()).spawn().unwrap();
    let mut status = String::new();
    for _ in 0..100 {
        status = zap.run(&["status", "bf"]).await.stdout;
        if status.contains("is paused") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    working.kill().unwrap();
    let log = String::from_utf8(working.wait_with_output().unwrap().stderr).unwrap();
    assert!(status.contains("a worker that runs tries again automatically at 20"), "{status}");
    assert!(!status.contains("ends at about"), "{status}");
    assert!(log.starts_with("bf: "), "without a terminal, it says what it sends: {log}");
}
