//! Each call carries the credentials that its operation needs, and no output shows one.

use zap_client_runtime::{ErrorKind, Outcome};

use crate::loopback::{self, Reply, Server};
use crate::{COOKIE, Client, Credentials, KEY, PASSWORD, SECRETS, TENANT, TOKEN, at, client, with};

/// Returns the credentials in the head of the last request.
fn carried(server: &Server) -> String {
    let request = String::from_utf8(server.requests().pop().unwrap()).unwrap();
    let (head, _) = request.split_once("\r\n\r\n").unwrap();
    let names = ["x-api-key", "authorization", "cookie"];
    let is_one = |line: &&str| names.iter().any(|name| line.starts_with(&format!("{name}: ")));
    let query = head.split_once('?').map(|(_, rest)| rest.split([' ', '&']).next().unwrap());
    query.into_iter().chain(head.lines().filter(is_one)).collect::<Vec<_>>().join("\n")
}

fn session(origin: &str, credentials: Credentials) -> Client {
    with(origin, credentials).build().unwrap()
}

#[tokio::test]
async fn a_call_carries_what_its_operation_needs_and_nothing_else() {
    let server = Server::start(Reply::json("{}")).await;
    let client = client(&server);
    client.message_get().id("a").send().await.unwrap();
    assert_eq!(carried(&server), format!("authorization: Bearer {TOKEN}"));
    client.events_by_cursor().send().await.unwrap();
    assert_eq!(carried(&server), format!("tenant={TENANT}\nauthorization: Bearer {TOKEN}"));
    client.session_settings().name("one").send().await.unwrap();
    assert_eq!(carried(&server), format!("tenant={TENANT}\nx-api-key: {KEY}"), "the first alternative");
    client.account_get().send().await.unwrap();
    assert_eq!(carried(&server), format!("authorization: Basic {}", SECRETS[6]));
    client.health().send().await.unwrap();
    assert_eq!(carried(&server), "");
}

#[tokio::test]
async fn the_first_alternative_whose_credentials_were_given_is_sent() {
    let server = Server::start(Reply::json("{}")).await;
    let client = session(&server.origin, Credentials::new().with_tenant(TENANT).with_panel(COOKIE));
    client.session_settings().name("one").send().await.unwrap();
    assert_eq!(carried(&server), format!("tenant={TENANT}\ncookie: recado_session={COOKIE}"));
}

#[tokio::test]
async fn a_call_without_its_credentials_is_not_sent() {
    let server = Server::start(Reply::json("{}")).await;
    let client = session(&server.origin, Credentials::new().with_tenant(TENANT));
    let error = client.session_settings().name("one").send().await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::InvalidRequest, Outcome::NotDone));
    let needed = "`tenant` and `x-api-key`, or `tenant` and `recado_session`; add it with `with_panel` or `with_api_key` of \
                  `Credentials`";
    assert!(error.to_string().contains(needed), "{error}");
    client.session_settings().name("one").dry_run().await.expect_err("a dry run refuses what is not sent");
    assert!(server.requests().is_empty());
    client.health().send().await.expect("it needs none");
}

#[tokio::test]
async fn no_output_shows_a_credential() {
    let text = SECRETS.join(" | ");
    let body = serde_json::json!({ "message": text, "code": text }).to_string();
    let server = Server::start(Reply::new(400, "application/json", body)).await;
    let client = client(&server);
    let mut shown = vec![format!("{client:?} {:?} {:?}", at(&server.origin), crate::credentials())];
    for call in
        [client.account_get().send().await.map(drop), client.session_settings().name("a").send().await.map(drop)]
    {
        shown.push(loopback::shown(&call.unwrap_err()));
    }
    for dry_run in [client.account_get().dry_run().await, client.session_settings().name("a").dry_run().await] {
        let dry_run = dry_run.unwrap();
        assert!(dry_run.to_string().contains(": ***"), "{dry_run}");
        shown.push(format!("{dry_run} {dry_run:?}"));
    }
    let panel = session(&server.origin, Credentials::new().with_tenant(TENANT).with_panel(COOKIE));
    let dry_run = panel.session_settings().name("a").dry_run().await.unwrap();
    assert!(dry_run.to_string().contains("cookie: ***") && dry_run.url().ends_with("?tenant=***"), "{dry_run}");
    shown.push(format!("{dry_run:?} {:?}", panel.session_settings().name("a")));
    let shown = shown.join("\n");
    for secret in SECRETS {
        assert!(!shown.contains(secret), "{secret} is shown: {shown}");
    }
}

/// Neither is long enough to be found in Base64.
#[tokio::test]
async fn a_short_user_and_a_short_password_are_masked_together() {
    let body = r#"{"message":"Basic YWRtaW46cGFzcw== and admin:pass are wrong"}"#;
    let server = Server::start(Reply::new(400, "application/json", body)).await;
    let client = session(&server.origin, Credentials::new().with_owner("admin", "pass"));
    let error = client.account_get().send().await.unwrap_err();
    assert_eq!(error.description(), Some("Basic *** and *** are wrong"));
}

#[tokio::test]
async fn a_credential_that_cannot_be_sent_is_refused_when_the_client_is_built() {
    let error = |credentials| with("http://127.0.0.1:9", credentials).build().unwrap_err().to_string();
    for (credentials, why) in [
        (Credentials::new().with_owner("a:b", PASSWORD), "colon"),
        (Credentials::new().with_owner("", PASSWORD), "`user name` is empty"),
        (Credentials::new().with_access_token("Bearer canary"), "leave out `Bearer`"),
        (Credentials::new().with_access_token("canary\u{e9}"), "not allowed in a header"),
        (Credentials::new().with_panel("canary; x"), "not allowed in a cookie"),
        (Credentials::new().with_panel("canary\n\rx"), "control character"),
    ] {
        let error = error(credentials);
        assert!(error.contains(why) && !error.contains("canary"), "{error}");
    }
}
