//! Single commands.

use zap_facade::Provider;
use zap_sandbox::Fault;

use crate::support::{Fixture, TEXT};

#[tokio::test(flavor = "multi_thread")]
async fn check_names_every_problem_and_stores_nothing() {
    let zap = Fixture::new().await;
    zap.folder.write("broken.csv", "number,nome\n11 90000-0001,Ana\n123,Rui\n\"11 90000-0003,Eva\n11 90000-0004\n");
    let printed = zap.expect(2, &["check", "broken.csv", "--text", "Olá {nome} {cupom}"]).await;
    for part in
        ["line 1: there is no column `cupom`", "line 3, column `number`", "line 4: ", "line 5: the row has 1 field"]
    {
        assert!(printed.contains(part), "{part}:\n{printed}");
    }
    let checked = zap.json(2, &["check", "list.csv", "--text", TEXT]).await;
    assert_eq!((&checked["good"], &checked["duplicates"], &checked["invalid"]), (&2.into(), &1.into(), &1.into()));
    assert_eq!(checked["samples"][0]["texts"][0], "Olá Ana, seu cupom: A1");
    assert!(!zap.folder.path().join("ledger.db").exists());
    assert_eq!(zap.sandbox.calls().len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_without_a_good_row_creates_no_campaign() {
    let zap = Fixture::new().await;
    let refused = zap.refuse(2, &["plan", "bf", "list.csv", "--text", "Oi {idade}", "--not-after", "6h"]).await;
    assert!(refused.contains("there is no column `idade`"), "{refused}");
    let long = "x".repeat(5_000);
    let refused = zap.refuse(2, &["plan", "bf", "list.csv", "--text", &long, "--not-after", "6h"]).await;
    assert!(refused.contains("must have at most 4096 characters"), "{refused}");
    for (list, part) in [("nowhere.csv", "no such file"), (".", "is a directory"), ("empty.csv", "is empty")] {
        zap.folder.write("empty.csv", "");
        let refused = zap.refuse(2, &["plan", "bf", list, "--text", "Oi", "--not-after", "6h"]).await;
        assert!(refused.contains(part), "{refused}");
    }
    assert!(!zap.folder.path().join("ledger.db").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_provider_cannot_send_is_refused_before_it_is_planned() {
    let zap = Fixture::at(Provider::ChatGuru).await;
    let plan = ["plan", "bf", "list.csv", "--template", "7", "--body", "{nome}", "--not-after", "6h"];
    let refused = zap.refuse(2, &plan).await;
    assert!(refused.contains("not supported by the provider"), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_the_provider_would_refuse_is_a_problem_of_the_list() {
    let zap = Fixture::new().await;
    zap.folder.write("long.csv", format!("number,nome\n11900000001,Ana\n11900000002,{}\n", "x".repeat(4_097)));
    let planned = zap.json(0, &["plan", "bf", "long.csv", "--text", "{nome}", "--not-after", "6h"]).await;
    assert_eq!((&planned["to_send"], &planned["list"]["problems"][0]["line"]), (&1.into(), &3.into()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deadline_is_needed_and_an_error_shows_how_to_write_it() {
    let zap = Fixture::new().await;
    let refused = zap.refuse(2, &["plan", "bf", "list.csv", "--text", "Oi"]).await;
    assert!(refused.contains("--not-after <TIME>"), "{refused}");
    let refused = zap.refuse(2, &["plan", "bf", "list.csv", "--text", "Oi", "--not-after", "tomorrow"]).await;
    assert!(refused.contains("2026-11-30T18:00-03:00"), "{refused}");
    let refused = zap.refuse(2, &["plan", "bf", "list.csv", "--text", "Oi", "--not-after", "2020-01-01T10:00Z"]).await;
    assert!(refused.contains("is in the past"), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_test_is_sent_outside_the_campaign() {
    let zap = Fixture::new().await;
    zap.expect(0, &["plan", "bf", "list.csv", "--text", TEXT, "--not-after", "6h"]).await;
    let tested = zap.json(0, &["test", "bf", "+5511900000077"]).await;
    assert_eq!((&tested["state"], &tested["number"]), (&"done".into(), &"+5511900000077".into()));
    assert_eq!(zap.texts(), ["Olá Ana, seu cupom: A1"]);
    let status = zap.json(5, &["status", "bf"]).await;
    assert_eq!((&status["messages"]["ready"], &status["total"]), (&2.into(), &2.into()));
    // Each test is a message of its own.
    zap.fault(Fault::close_after().times(1));
    assert_eq!(zap.json(4, &["test", "bf", "+5511900000077"]).await["state"], "unknown");
    assert_eq!(zap.texts().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_test_of_a_paused_account_says_that_it_is_left_to_send() {
    let zap = Fixture::new().await;
    zap.expect(0, &["plan", "bf", "list.csv", "--text", TEXT, "--not-after", "6h"]).await;
    zap.expect(0, &["account", "pause"]).await;
    let refused = zap.refuse(5, &["test", "bf", "+5511900000077"]).await;
    assert!(refused.contains("zap account resume"), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_test_that_waits_sends_nothing_of_a_campaign() {
    let zap = Fixture::new().await;
    zap.start("bf").await;
    zap.fault(Fault::answer(429, "Too Many Attempts.").before().times(1));
    assert_eq!(zap.json(0, &["test", "bf", "+5511900000077"]).await["state"], "done");
    assert_eq!(zap.texts(), ["Olá Ana, seu cupom: A1"], "only the test");
    assert_eq!(zap.json(5, &["status", "bf"]).await["messages"]["ready"], 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn with_nothing_unknown_there_is_nothing_to_decide() {
    let zap = Fixture::new().await;
    zap.start("bf").await;
    zap.folder.write("decided.csv", "number,state\n+5511900000001,done\n");
    let settled = zap.json(0, &["unknown", "settle", "decided.csv"]).await;
    assert_eq!((&settled["campaign"], &settled["unchanged"]), (&serde_json::Value::Null, &1.into()));
    assert_eq!(zap.json(0, &["unknown", "look"]).await["still_unknown"], 0);
    assert_eq!(zap.expect(0, &["unknown", "look"]).await, "No outcome is unknown\n");
    zap.refuse(2, &["unknown", "look", "nowhere"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_machine_without_the_files_pauses_the_account() {
    let zap = Fixture::new().await;
    let rows = (1..=8).map(|at| format!("+551190000000{at},{at}\n"));
    zap.folder.write("many.csv", format!("number,id\n{}", rows.collect::<String>()));
    zap.folder.write("nota.pdf", "%PDF-1.7 one");
    zap.expect(0, &["plan", "bf", "many.csv", "--media", "nota.pdf", "--not-after", "6h"]).await;
    zap.expect(0, &["start", "bf", "--yes", "8"]).await;
    std::fs::remove_file(zap.folder.path().join("nota.pdf")).unwrap();
    let worked = zap.json(5, &["work", "--until-done"]).await;
    assert_eq!(worked["account_pause"]["reason"], "files");
    let messages = &worked["campaigns"][0]["messages"];
    assert_eq!((&messages["not_done"], &messages["ready"]), (&2.into(), &6.into()), "nobody else is given up");
    let report = zap.expect(5, &["report", "bf", "-o", "-"]).await;
    assert!(report.contains("not_done,not_sent,") && report.contains("there is no file "), "{report}");
    zap.folder.write("nota.pdf", "%PDF-1.7 one");
    zap.expect(0, &["account", "resume"]).await;
    zap.expect(0, &["retry", "bf", "--not-done"]).await;
    zap.expect(0, &["work", "--until-done"]).await;
    assert_eq!(zap.sandbox.deliveries().len(), 8);
}

#[tokio::test(flavor = "multi_thread")]
async fn send_says_what_happened_by_its_exit_code() {
    let zap = Fixture::new().await;
    let sent = zap.json(0, &["send", "+5511900000077", "--text", "Oi {{"]).await;
    assert_eq!((&sent["outcome"], &sent["state"]), (&"done".into(), &"sent".into()));
    assert_eq!(zap.texts(), ["Oi {"]);
    zap.fault(Fault::close_after().times(1));
    assert_eq!(zap.json(4, &["send", "+5511900000077", "--text", "Oi"]).await["outcome"], "unknown");
    assert_eq!(zap.json(3, &["send", "+5511900000077", "--template", "7"]).await["outcome"], "not_done");
    zap.folder.write("nota.pdf", "%PDF");
    for message in [
        &["--text", "Oi {nome}"] as &[&str],
        &["--template", "7", "--body", "{nome}"],
        &["--media", "nota.pdf", "--caption", "{nome}"],
        &["--media", "https://shop.example/{nome}.png"],
    ] {
        let refused = zap.refuse(2, &[&["send", "+5511900000077"], message].concat()).await;
        assert!(refused.contains("`{nome}` stands for a column of a list"), "{refused}");
    }
    for (message, part) in [
        (&["--text", ""] as &[&str], "the text is empty"),
        (&["--media", "nowhere.pdf"], "there is no file"),
        (&["--media", "."], "--media: "),
        (&["--dialog", "7"], "not supported by the provider"),
    ] {
        let refused = zap.refuse(2, &[&["send", "+5511900000077"], message].concat()).await;
        assert!(refused.contains(part) && !refused.contains("capabilities"), "{refused}");
    }
    let refused = zap.refuse(2, &["send", "123", "--text", "Oi"]).await;
    assert!(refused.contains("+5511987654321"), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_opted_out_gets_nothing() {
    let zap = Fixture::new().await;
    zap.expect(0, &["optout", "add", "11 90000-0002"]).await;
    zap.folder.write("out.csv", "telefone\n11900000002\n11900000055\n");
    let imported = zap.json(0, &["optout", "import", "out.csv"]).await;
    assert_eq!((&imported["numbers"], &imported["unchanged"]), (&1.into(), &1.into()));
    assert_eq!(zap.json(0, &["optout", "list"]).await["opt_outs"].as_array().unwrap().len(), 2);
    let planned = zap.json(0, &["plan", "bf", "list.csv", "--text", TEXT, "--not-after", "6h"]).await;
    assert_eq!((&planned["to_send"], &planned["imported"]["opted_out"]), (&1.into(), &1.into()));
    zap.expect(0, &["start", "bf", "--yes", "1"]).await;
    zap.expect(0, &["work", "--until-done"]).await;
    assert_eq!(zap.texts(), ["Olá Ana, seu cupom: A1"]);
    assert_eq!(zap.json(0, &["optout", "remove", "+5511900000055"]).await["numbers"], 1);
    // A broken row is not silently left out.
    zap.folder.write("out.csv", "telefone\n11900000066\n11\n");
    assert_eq!(zap.json(3, &["optout", "import", "out.csv"]).await["numbers"], 1);
    assert_eq!(zap.run(&["optout", "import", "out.csv", "--json"]).await.stderr, "");
    let removed = zap.expect(0, &["optout", "remove", "+5511900000099"]).await;
    assert_eq!(removed, "0 numbers removed, 1 not in the list\n");
    let resumed = zap.expect(0, &["account", "resume"]).await;
    assert!(resumed.contains("was not paused; nothing was changed"), "{resumed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_campaign_is_paused_resumed_and_cancelled() {
    let zap = Fixture::new().await;
    zap.start("bf").await;
    zap.expect(0, &["pause", "bf", "--reason", "a typo"]).await;
    zap.expect(5, &["work", "--until-done"]).await;
    let status = zap.json(5, &["status", "bf"]).await;
    assert_eq!((&status["state"], &status["pause"]["detail"]), (&"paused".into(), &"a typo".into()));
    zap.expect(0, &["resume", "bf"]).await;
    let refused = zap.refuse(2, &["resume", "bf"]).await;
    assert!(refused.contains("the campaign is already running"), "{refused}");
    zap.expect(0, &["cancel", "bf"]).await;
    let status = zap.json(3, &["status", "bf"]).await;
    assert_eq!((&status["state"], &status["messages"]["skipped"]), (&"cancelled".into(), &2.into()));
    assert_eq!(zap.sandbox.deliveries().len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_sent_as_it_was_when_it_was_planned() {
    let zap = Fixture::new().await;
    zap.folder.write("nota.pdf", "%PDF-1.7 one");
    let plan = ["plan", "bf", "list.csv", "--media", "nota.pdf", "--caption", "Para {nome}", "--not-after", "6h"];
    zap.expect(0, &plan).await;
    zap.expect(0, &["start", "bf", "--yes", "2"]).await;
    zap.folder.write("nota.pdf", "%PDF-1.7 two");
    zap.expect(3, &["work", "--until-done"]).await;
    assert_eq!(zap.sandbox.deliveries().len(), 0);
    zap.folder.write("nota.pdf", "%PDF-1.7 one");
    zap.expect(0, &["retry", "bf", "--not-done"]).await;
    zap.expect(0, &["work", "--until-done"]).await;
    assert_eq!(zap.sandbox.deliveries().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn doctor_finds_what_is_wrong_and_sends_nothing() {
    let mut zap = Fixture::new().await;
    assert_eq!(zap.json(0, &["doctor"]).await["can_be_used"], true);
    zap.set("ESCALAZAP_CLIENT_SECRET", "wrong");
    let printed = zap.expect(1, &["doctor"]).await;
    assert!(printed.contains("WRONG  are the credentials accepted?"), "{printed}");
    zap.set("ESCALAZAP_CLIENT_SECRET", "");
    let refused = zap.refuse(2, &["doctor"]).await;
    assert!(refused.contains("ESCALAZAP_CLIENT_SECRET is missing"), "{refused}");
    assert_eq!(zap.sandbox.deliveries().len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_runs_at_once_and_can_be_created_again() {
    let zap = Fixture::new().await;
    let create = ["stream", "create", "receipts", "--text", "Pedido {pedido}"];
    for _ in 0..2 {
        let created = zap.json(0, &create).await;
        assert_eq!((&created["stream"], &created["placeholders"][0]), (&"receipts".into(), &"pedido".into()));
    }
    let status = zap.json(0, &["status", "receipts"]).await;
    assert_eq!((&status["kind"], &status["state"]), (&"stream".into(), &"running".into()));
    let refused = zap.refuse(2, &["stream", "create", "receipts", "--text", "Oi"]).await;
    assert!(refused.contains("already a campaign `receipts` with another plan"), "{refused}");
    let refused = zap.refuse(2, &["stream", "create", "bot", "--dialog", "7"]).await;
    assert!(refused.contains("not supported by the provider"), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_plan_with_another_duration_keeps_the_end_and_says_so() {
    let zap = Fixture::new().await;
    let plan = |duration| ["plan", "bf", "list.csv", "--text", TEXT, "--not-after", duration];
    zap.expect(0, &plan("6h")).await;
    assert!(!zap.run(&plan("6h")).await.stderr.contains("the end stays"));
    let again = zap.run(&plan("12h")).await;
    assert_eq!(again.code, Some(0));
    assert!(again.stderr.contains("the end stays"), "{}", again.stderr);
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn only_the_owner_can_read_a_new_report() {
    use std::os::unix::fs::PermissionsExt as _;
    let zap = Fixture::new().await;
    zap.start("bf").await;
    zap.expect(5, &["report", "bf", "-o", "report.csv"]).await;
    let mode = std::fs::metadata(zap.folder.path().join("report.csv")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}
