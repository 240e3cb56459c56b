//! A campaign from a list to its end.

use serde_json::json;

use crate::support::{Fixture, TEXT};

#[tokio::test(flavor = "multi_thread")]
async fn a_campaign_is_sent_once_to_each_recipient() {
    let zap = Fixture::new().await;
    let planned = zap.json(0, &["plan", "bf", "list.csv", "--text", TEXT, "--not-after", "6h"]).await;
    assert_eq!((&planned["to_send"], &planned["continued"]), (&json!(2), &json!(false)));
    assert_eq!(planned["next"], "zap start bf --yes 2");
    assert_eq!(zap.sandbox.deliveries().len(), 0);
    zap.expect(0, &["start", "bf", "--yes", "2"]).await;
    assert_eq!(zap.json(5, &["status", "bf"]).await["messages"]["ready"], 2);
    let worked = zap.json(0, &["work", "--until-done"]).await;
    assert_eq!((&worked["stopped"], &worked["campaigns"][0]["messages"]["done"]), (&json!("done"), &json!(2)));
    let status = zap.json(0, &["status", "bf"]).await;
    assert_eq!((&status["state"], &status["total"]), (&json!("finished"), &json!(2)));
    assert_eq!(zap.texts(), ["Olá Ana, seu cupom: A1", "Olá Rui, seu cupom: B2"]);
    // Nothing is left to do, and the result is the same.
    zap.expect(0, &["work", "--until-done"]).await;
    assert_eq!(zap.sandbox.deliveries().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_with_durations_continues() {
    let zap = Fixture::new().await;
    let plan = ["plan", "bf", "list.csv", "--text", TEXT, "--not-after", "6h", "--not-before", "1h"];
    zap.expect(0, &plan).await;
    tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    assert_eq!(zap.json(0, &plan).await["continued"], true);
    let other = ["plan", "bf", "list.csv", "--text", TEXT, "--not-after", "6h", "--not-before", "2026-01-01T00:00Z"];
    assert!(zap.refuse(2, &other).await.contains("planned with another list"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_with_the_same_list_continues_and_one_with_another_list_is_refused() {
    let zap = Fixture::new().await;
    let plan = ["plan", "bf", "list.csv", "--text", TEXT, "--not-after", "6h"];
    zap.expect(0, &plan).await;
    let again = zap.run(&plan).await;
    assert_eq!(again.code, Some(0));
    assert!(again.stderr.contains("continuing an earlier import: 2 messages are there"), "{}", again.stderr);
    zap.folder.write("list.csv", "Celular;Nome;Cupom\n(11) 90000-0001;Ana;A1\n11 90000-0002;Rui;OTHER\n");
    let refused = zap.refuse(2, &plan).await;
    assert!(refused.contains("planned with another list: line 3 differs; nothing was changed"), "{refused}");
    assert_eq!(zap.json(5, &["status", "bf"]).await["total"], 2);
}
