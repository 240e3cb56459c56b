//! The client refuses a call that cannot be sent before it makes a connection. The error names the value and the fix.

use chatguru_client::{Client, Credentials, Error, ErrorKind, Outcome, Provider};

use crate::loopback::{self, Reply, Server};
use crate::support;

fn assert_refused(error: &Error, names: &str) {
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::InvalidRequest, Outcome::NotDone), "{error}");
    assert!(error.to_string().contains(names), "`{names}` is not named: {error}");
}

#[test]
fn a_base_url_without_the_path_of_a_call() {
    // The form to copy from the page has the path of a call.
    let error = support::client("").base_url("https://s12.chatguru.app/api/v1").build().unwrap_err();
    assert_refused(&error, "ends in `/api/v1`, which each call adds: leave it out");
}

#[test]
fn servers_that_are_not_host_names() {
    // URLs read `12` as 0.0.0.12, and that is where the key would go.
    for server in
        ["", "12", "1.2", "0x7f.1", "localhost", "https://app.zap.guru", "app.zap.guru/api/v1", "me@app.zap.guru"]
    {
        let built = |base_url: Option<&str>| {
            let credentials = Credentials::new("k", "a", "p");
            let builder = Client::builder(Provider::ChatGuru { server: server.into() }, credentials);
            match base_url {
                Some(base_url) => builder.base_url(base_url).build(),
                None => builder.build(),
            }
        };
        assert_refused(&built(None).unwrap_err(), "`server` must be a host name such as `app.zap.guru`");
        // A base URL stands in its place.
        built(Some("http://127.0.0.1:4010/chatguru")).unwrap();
    }
}

/// A credential that was read from a file or copied from a page may have white space around it. The server removes it,
/// and quotes the credential without it.
#[tokio::test]
async fn white_space_around_a_credential_is_not_a_part_of_it() {
    let key = "Kd93jfPq82LmzX7Rw5Tb";
    for around in ["{}\n", " {}", "{}\r\n", "\u{feff}{}\u{200b}", "\t{} "] {
        let given = around.replace("{}", key);
        let refusal = format!(r#"{{"code":400,"description":"key {key} inválida","result":"error"}}"#);
        let server = Server::start(Reply::new(400, "application/json", refusal)).await;
        let provider = Provider::ChatGuru { server: "app.zap.guru".into() };
        let credentials = Credentials::new(&*given, " canary-account-id", "canary-phone-id");
        let builder = Client::builder(provider, credentials).base_url(&*server.origin);
        let client = builder.configure_reqwest(support::direct).build().unwrap();
        let error = client.message_send().chat_number("5511987654321").text("x").send().await.unwrap_err();
        assert!(!loopback::shown(&error).contains(key), "{given:?}: {error:?}");
        let request = String::from_utf8(server.requests().remove(0)).unwrap();
        assert!(request.contains(&format!("?key={key}&account_id=canary-account-id&")), "{given:?}: {request}");
    }
    // Within it, a line break shows that two things were pasted.
    let credentials = Credentials::new("one\ntwo", "a", "p");
    let provider = Provider::ChatGuru { server: "app.zap.guru".into() };
    let error = Client::builder(provider, credentials).build().unwrap_err();
    assert_refused(&error, "the credential `key` contains a control character");
}

#[tokio::test]
async fn values_that_are_missing() {
    let server = Server::start(Reply::success()).await;
    let client = support::client(&server.origin).build().unwrap();
    assert_refused(&client.message_send().text("x").send().await.unwrap_err(), "`chat_number` is missing");
    assert_eq!(server.connections(), 0);
}
