//! What cannot be sent is refused before a connection is made, with the place and the help.

use chatguru_client::Provider as ChatGuru;
use externalapi_client::{Client, Credentials, File, Provider};
use zap_facade::{Error, ErrorKind, Outcome};

use crate::support::{self, EmptyStream, Reply, Server};

fn assert_refused(error: &Error, names: &str) {
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::InvalidRequest, Outcome::NotDone), "{error}");
    assert!(error.to_string().contains(names), "`{names}` is not named: {error}");
}

#[test]
fn credentials_that_no_header_can_carry() {
    for (id, secret, named) in [
        ("canary-id\r\nx-evil: 1", "s", "`client-id`"),
        ("i", "canary\nsecret", "`client-secret`"),
        ("", "s", "`client-id` is empty"),
        ("i", "", "`client-secret` is empty"),
    ] {
        let error = Client::builder(Provider::WaziMe, Credentials::new(id, secret)).build().unwrap_err();
        assert_refused(&error, named);
        assert!(!format!("{error} {error:?}").contains("canary"), "{error:?}");
    }
}

#[test]
fn base_urls_that_are_none() {
    for (url, named) in [
        ("", "not a URL"),
        ("zap.example/external-api", "not a URL"),
        ("http://", "not a URL"),
        ("ftp://zap.example", "neither http nor https"),
        ("https://zap.example/?key=canary", "a query or a fragment"),
        ("https://zap.example/#a", "a query or a fragment"),
        ("https://user:canary@zap.example/", "a user name or a password"),
        ("https://zap.example:99999", "not a URL"),
    ] {
        let error = support::externalapi("").base_url(url).build().unwrap_err();
        assert_refused(&error, named);
        assert!(!format!("{error} {error:?}").contains("canary"), "{error:?}");
    }
    // The form to copy from the page has the path of a call.
    let error = support::chatguru("").base_url("https://s12.chatguru.app/api/v1").build().unwrap_err();
    assert_refused(&error, "ends in `/api/v1`, which each call adds: leave it off");
    let error = support::externalapi("").base_url("https://zap.example/external-api/contact/list").build().unwrap_err();
    assert_refused(&error, "ends in `/contact/list`");
}

#[test]
fn servers_that_are_not_host_names() {
    // URLs read `12` as 0.0.0.12, and that is where the key would go.
    for server in
        ["", "12", "1.2", "0x7f.1", "localhost", "https://app.zap.guru", "app.zap.guru/api/v1", "me@app.zap.guru"]
    {
        let built = |base_url: Option<&str>| {
            let credentials = chatguru_client::Credentials::new("k", "a", "p");
            let builder = chatguru_client::Client::builder(ChatGuru::ChatGuru { server: server.into() }, credentials);
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

/// As it comes from a file, or from a page; the server knows it without, and quotes it so.
#[tokio::test]
async fn white_space_around_a_credential_is_not_a_part_of_it() {
    let key = "Kd93jfPq82LmzX7Rw5Tb";
    for around in ["{}\n", " {}", "{}\r\n", "\u{feff}{}\u{200b}", "\t{} "] {
        let given = around.replace("{}", key);
        let refusal = format!(r#"{{"code":400,"description":"key {key} inválida","result":"error"}}"#);
        let server = Server::start(Reply::new(400, "application/json", refusal)).await;
        let provider = ChatGuru::ChatGuru { server: "app.zap.guru".into() };
        let credentials = chatguru_client::Credentials::new(&*given, " canary-account-id", "canary-phone-id");
        let builder = chatguru_client::Client::builder(provider, credentials).base_url(&*server.origin);
        let client = builder.configure_reqwest(support::direct).build().unwrap();
        let error = client.message_send().chat_number("5511987654321").text("x").send().await.unwrap_err();
        assert!(!support::shown(&error).contains(key), "{given:?}: {error:?}");
        let request = String::from_utf8(server.requests().remove(0)).unwrap();
        assert!(request.contains(&format!("?key={key}&account_id=canary-account-id&")), "{given:?}: {request}");

        let server = Server::start(Reply::success()).await;
        let client = Client::builder(Provider::WaziMe, Credentials::new("id", given)).base_url(&*server.origin);
        let client = client.configure_reqwest(support::direct).build().unwrap();
        client.contact_list().send().await.unwrap();
        let request = String::from_utf8(server.requests().remove(0)).unwrap();
        assert!(request.contains(&format!("client-secret: {key}\r\n")), "{request}");
    }
    // Within it, a line break shows that two things were pasted.
    let credentials = chatguru_client::Credentials::new("one\ntwo", "a", "p");
    let provider = ChatGuru::ChatGuru { server: "app.zap.guru".into() };
    let error = chatguru_client::Client::builder(provider, credentials).build().unwrap_err();
    assert_refused(&error, "the credential `key` has a control character");
    let error = Client::builder(Provider::WaziMe, Credentials::new(" \n", "s")).build().unwrap_err();
    assert_refused(&error, "`client-id` is empty");
}

#[tokio::test]
async fn values_that_are_missing() {
    let server = Server::start(Reply::success()).await;
    let client = support::externalapi(&server.origin).build().unwrap();
    let error = client.send_message().body_map(|b| b.mobile_code("55").message("x")).send().await.unwrap_err();
    assert_refused(&error, "`mobile` is missing");
    assert_refused(&client.contact_delete().send().await.unwrap_err(), "`contact_id` is missing");
    assert_refused(&client.contact_delete().contact_id(u64::MAX).send().await.unwrap_err(), "`contact_id`");
    let client = support::chatguru(&server.origin).build().unwrap();
    assert_refused(&client.message_send().text("x").send().await.unwrap_err(), "`chat_number` is missing");
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn files_that_cannot_be_read() {
    let server = Server::start(Reply::success()).await;
    let client = support::externalapi(&server.origin).build().unwrap();
    let folder = std::env::temp_dir();
    let once = File::from_stream("a.pdf", None, EmptyStream);
    let again = once.clone();
    let send = async |file: File| {
        client.send_message().body_map(|b| b.mobile_code("55").mobile("11987654321").document(file)).send().await
    };
    assert_refused(
        &send(File::from_path("/no/such/file.pdf")).await.unwrap_err(),
        "`document`: cannot read /no/such/file.pdf",
    );
    let secret = send(File::from_path(format!("/no/{}/file.pdf", support::CLIENT_SECRET))).await.unwrap_err();
    assert_refused(&secret, "`document`: cannot read /no/***/file.pdf");
    assert!(!support::shown(&secret).contains(support::CLIENT_SECRET), "{secret:?}");
    assert!(std::error::Error::source(&secret).is_some(), "what the system said is kept");
    assert_refused(&send(File::from_path(&folder)).await.unwrap_err(), "is a directory");
    let injected = File::from_bytes("a.pdf", "x").with_media_type("text/plain\r\nx: y");
    assert_refused(&send(injected).await.unwrap_err(), "`document`: the media type");
    assert_eq!(server.connections(), 0, "nothing was sent");

    send(once).await.unwrap();
    assert_refused(&send(again).await.unwrap_err(), "`document`: this stream was sent before");
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn a_stream_is_not_lost_when_another_file_cannot_be_sent() {
    let server = Server::start(Reply::success()).await;
    // Two files are refused for another reason.
    let client = support::externalapi(&server.origin).preflight(false).build().unwrap();
    let send = async |first: &File, second: File| {
        let call = client.send_message();
        call.body_map(|b| b.mobile_code("55").mobile("1").image(first.clone()).document(second)).send().await
    };
    let stream = |name: &str| File::from_stream(name, None, EmptyStream);
    let (first, consumed) = (stream("a.png"), stream("a.pdf"));
    send(&stream("a.png"), consumed.clone()).await.unwrap();
    for bad in [consumed, File::from_path("/no/such/file.pdf"), stream("a.pdf").with_media_type("a\nb")] {
        assert_refused(&send(&first, bad).await.unwrap_err(), "`document`");
    }
    send(&first, stream("a.pdf")).await.unwrap();
}
