//! The doctor, run as a program: what it finds, and its exit code.

use std::process::Command;

use zap_facade::Provider;
use zap_facade::contract::Account;
use zap_sandbox::{Sandbox, World};

use crate::support::program;

/// Runs it with these settings and no others; its exit code and all that it prints.
async fn doctor(provider: &str, settings: Vec<(String, String)>) -> (Option<i32>, String) {
    let provider = provider.to_owned();
    let run = tokio::task::spawn_blocking(move || {
        let mut command = Command::new(program("doctor"));
        // This proxy does not exist. Calls to this machine use none.
        command.arg(provider).env_clear().env("HTTP_PROXY", "http://127.0.0.1:1").envs(settings);
        command.output().expect("it runs")
    });
    let output = run.await.unwrap();
    let printed = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
    println!("{printed}");
    (output.status.code(), printed)
}

/// Its settings, with one of them changed.
fn with(account: &Account, setting: &str, value: &str) -> Vec<(String, String)> {
    let name = format!("{}_{setting}", account.provider.slug().to_uppercase());
    let others = account.variables().into_iter().filter(|(known, _)| *known != name);
    others.chain([(name.clone(), value.to_owned())]).collect()
}

fn assert_has(printed: &str, parts: &[&str]) {
    let squeeze = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in parts {
        let found = printed.lines().any(|line| squeeze(line).contains(part));
        assert!(found, "`{part}` is not in:\n{printed}");
    }
    assert!(!printed.contains("sandbox-client-secret") && !printed.contains("sandbox-chatguru-key"), "{printed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_can_be_used() {
    let sandbox = Sandbox::start().await.unwrap();
    let (code, printed) = doctor("wazime", Account::of(&sandbox, Provider::WaziMe).variables()).await;
    assert_eq!(code, Some(0));
    assert_has(
        &printed,
        &[
            "ok can the provider be reached? yes",
            "ok are the credentials accepted? yes",
            "ok is this machine's address allowed? yes",
            "- can contacts be searched? no:",
            "- can conversations be searched? yes",
            "- are templates listed in pages? yes",
            "- how many contacts are returned for `paginate=0`? 15",
            "- what answers at /extern-api, the path in the samples? HTTP 404",
            "- what answers at a path that does not exist? HTTP 404, remark `not_found`",
            "WaziMe can be used from this machine",
        ],
    );
    let (code, printed) = doctor("ChatGuru", Account::of(&sandbox, Provider::ChatGuru).variables()).await;
    assert_eq!(code, Some(0));
    assert_has(
        &printed,
        &[
            "ok are the credentials accepted? yes:",
            "- are parameters in the body accepted? yes: CHATGURU_PARAMETERS_IN=body",
            "- does the HTTP status equal `code`? yes: HTTP 400, code 400",
            "- does `message_status` work without `chat_number`? yes",
            "ChatGuru can be used from this machine",
        ],
    );
    assert_eq!(sandbox.deliveries().len(), 0, "it only reads");
    let reads = ["contact_list", "conversation_list", "template_list", "message_status"];
    assert!(sandbox.calls().iter().all(|call| call.operation.is_none_or(|operation| reads.contains(&operation))));
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_credentials() {
    let sandbox = Sandbox::start().await.unwrap();
    let account = Account::of(&sandbox, Provider::EscalaZap);
    let (code, printed) = doctor("escalazap", with(&account, "CLIENT_SECRET", "wrong")).await;
    assert_eq!(code, Some(1));
    assert_has(&printed, &["WRONG are the credentials accepted? no:", "Developer Tools"]);
    let account = Account::of(&sandbox, Provider::ChatGuru);
    for (setting, said) in
        [("KEY", "key inválida"), ("ACCOUNT_ID", "account_id inválida"), ("PHONE_ID", "phone_id inválida")]
    {
        let (code, printed) = doctor("chatguru", with(&account, setting, "wrong")).await;
        assert_eq!(code, Some(1));
        assert_has(&printed, &["WRONG are the credentials accepted? no:", &format!("CHATGURU_{setting}"), said]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_is_refused() {
    let mut world: serde_json::Value = serde_json::from_str(include_str!("../../../sandbox/world.json")).unwrap();
    world["ip_whitelist"] = serde_json::json!(["192.0.2.1"]);
    let sandbox = Sandbox::builder().world(World::from_json(&world.to_string()).unwrap()).start().await.unwrap();
    let (code, printed) = doctor("wapiflow", Account::of(&sandbox, Provider::WapiFlow).variables()).await;
    assert_eq!(code, Some(1));
    assert_has(&printed, &["WRONG is this machine's address allowed? no: the provider saw 127.0.0.1;"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_whose_plan_has_expired() {
    let sandbox = Sandbox::start().await.unwrap();
    let account = Account::of(&sandbox, Provider::WaziMe);
    let mut settings = with(&account, "CLIENT_ID", "sandbox-client-id-3");
    settings.retain(|(name, _)| !name.ends_with("SECRET"));
    settings.push(("WAZIME_CLIENT_SECRET".into(), "sandbox-client-secret-3".into()));
    let (code, printed) = doctor("wazime", settings).await;
    assert_eq!(code, Some(1));
    assert_has(&printed, &["ok are the credentials accepted? yes", "WRONG can the account be used? no:"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_base_path() {
    let sandbox = Sandbox::start().await.unwrap();
    let account = Account::of(&sandbox, Provider::EscalaZap);
    for path in ["/escalazap/extern-api", "/escalazap"] {
        let (code, printed) = doctor("escalazap", with(&account, "BASE_URL", &(sandbox.url() + path))).await;
        assert_eq!(code, Some(1));
        assert_has(
            &printed,
            &["WRONG is the base URL correct? no: the API is at /external-api; write this path in ESCALAZAP_BASE_URL"],
        );
    }
    let (code, printed) = doctor("escalazap", with(&account, "BASE_URL", &(sandbox.url() + "/nowhere"))).await;
    assert_eq!(code, Some(1));
    assert_has(&printed, &["WRONG is the base URL correct? no: this API is not at this URL"]);
    let account = Account::of(&sandbox, Provider::ChatGuru);
    let (code, printed) = doctor("chatguru", with(&account, "BASE_URL", &(sandbox.url() + "/nowhere"))).await;
    assert_eq!(code, Some(1));
    assert_has(&printed, &["WRONG is the server correct? no:", "CHATGURU_BASE_URL"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_is_not_reached() {
    let sandbox = Sandbox::start().await.unwrap();
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for provider in [Provider::WaziMe, Provider::ChatGuru] {
        let account = Account::of(&sandbox, provider);
        let settings = with(&account, "BASE_URL", &format!("http://{closed}/external-api"));
        let (code, printed) = doctor(provider.slug(), settings).await;
        assert_eq!(code, Some(1));
        assert_has(&printed, &["WRONG can the provider be reached? no:"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_that_are_missing_or_wrong() {
    let (code, printed) = doctor("chatguru", vec![("CHATGURU_KEY".into(), "k".into())]).await;
    assert_eq!(code, Some(2));
    assert_has(&printed, &["CHATGURU_ACCOUNT_ID is missing:", "CHATGURU_SERVER is missing:"]);
    let (code, printed) = doctor("whatsapp", Vec::new()).await;
    assert_eq!(code, Some(2));
    assert_has(&printed, &["escalazap wazime wapiflow chatguru"]);
}
