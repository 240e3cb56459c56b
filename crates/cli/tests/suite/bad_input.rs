//! Wrong arguments, settings and files.

use crate::support::{Fixture, TEXT};

#[tokio::test(flavor = "multi_thread")]
async fn another_count_than_the_campaign_has_starts_nothing() {
    let zap = Fixture::new().await;
    zap.expect(0, &["plan", "bf", "list.csv", "--text", TEXT, "--not-after", "6h"]).await;
    let refused = zap.refuse(2, &["start", "bf", "--yes", "4"]).await;
    assert!(refused.contains("has 2 messages to send, and not 4"), "{refused}");
    assert!(refused.contains("zap start bf --yes 2"), "{refused}");
    assert_eq!(zap.json(5, &["status", "bf"]).await["state"], "draft");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_campaign_is_refused_with_similar_names() {
    let zap = Fixture::new().await;
    zap.expect(0, &["plan", "black-friday", "list.csv", "--text", TEXT, "--not-after", "6h"]).await;
    for command in [&["status", "blak-friday"] as &[&str], &["start", "blackfriday", "--yes", "2"]] {
        let refused = zap.refuse(2, command).await;
        assert!(refused.contains("did you mean `black-friday`?"), "{refused}");
    }
    let refused = zap.refuse(2, &["status", "zzz"]).await;
    assert!(refused.contains("list the campaigns with `zap status`"), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_with_another_plan_is_refused() {
    let zap = Fixture::new().await;
    zap.expect(0, &["plan", "bf", "list.csv", "--text", TEXT, "--not-after", "6h"]).await;
    let refused = zap.refuse(2, &["plan", "bf", "list.csv", "--text", "Oi {nome}", "--not-after", "6h"]).await;
    assert!(refused.contains("there is already a campaign `bf` with another plan; nothing was changed"), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn missing_settings_are_named() {
    let mut zap = Fixture::new().await;
    zap.set("ESCALAZAP_CLIENT_SECRET", "");
    let refused = zap.refuse(2, &["work"]).await;
    assert!(refused.contains("ESCALAZAP_CLIENT_SECRET is missing"), "{refused}");
    zap.set("ZAP_PROVIDER", "");
    let refused = zap.refuse(2, &["plan", "bf", "list.csv", "--text", TEXT, "--not-after", "6h"]).await;
    assert!(refused.contains("ZAP_PROVIDER is missing: set it to one of escalazap"), "{refused}");
    zap.set("ZAP_PROVIDER", "escalazap");
    zap.set("ZAP_LEDGER", "");
    let refused = zap.refuse(2, &["status"]).await;
    assert!(refused.contains("--ledger sqlite:"), "{refused}");
    assert!(refused.contains("ZAP_LEDGER"), "{refused}");
    let refused = zap.refuse(2, &["status", "--ledger", "sqlite:nowhere.db"]).await;
    assert!(refused.contains("there is no ledger at nowhere.db"), "{refused}");
    assert!(!zap.folder.path().join("nowhere.db").exists(), "a look creates no ledger");
    let refused = zap.refuse(2, &["status", "--ledger", "mysql://user:hunter2@db.example/zap"]).await;
    assert!(refused.contains("`mysql:` is not a ledger") && !refused.contains("hunter2"), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mistyped_account_is_not_created() {
    let mut zap = Fixture::new().await;
    zap.folder.write("out.csv", "telefone\n11900000055\n");
    let add = ["optout", "add", "11900000055", "--account", "loja2"];
    // There is not even a ledger.
    zap.refuse(2, &add).await;
    zap.refuse(2, &["work"]).await;
    zap.expect(0, &["optout", "add", "11900000055"]).await;
    zap.expect(0, &["plan", "bf", "list.csv", "--text", TEXT, "--not-after", "6h", "--account", "loja"]).await;
    for command in [&add as &[&str], &["optout", "import", "out.csv", "--account", "loja2"]] {
        let refused = zap.refuse(2, command).await;
        assert!(refused.contains("has no account `loja2`") && refused.contains("`loja`"), "{refused}");
    }
    zap.set("ZAP_ACCOUNT", "loja2");
    let refused = zap.refuse(2, &["work"]).await;
    assert!(refused.contains("has no account `loja2`") && refused.contains("`loja`"), "{refused}");
    zap.set("ZAP_ACCOUNT", "");
    assert_eq!(zap.json(0, &["status"]).await["accounts"].as_array().unwrap().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_path_as_a_ledger_and_an_unknown_provider_are_named() {
    let mut zap = Fixture::new().await;
    let refused = zap.refuse(2, &["status", "--ledger", "campaigns.db"]).await;
    assert!(refused.contains("write sqlite:campaigns.db") && !refused.contains("db:"), "{refused}");
    zap.set("ZAP_PROVIDER", "zapzap");
    let refused = zap.refuse(2, &["optout", "add", "11900000055"]).await;
    assert!(refused.contains("ZAP_PROVIDER is `zapzap`"), "{refused}");
}
