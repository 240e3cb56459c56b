//! What cannot be sent is refused before a connection is made, with the place and the mend.

mod support;

use chatguru_client::Provider as ChatGuru;
use externalapi_client::{Client, Credentials, File, Provider};
use facade::{Error, ErrorKind, Outcome};
use support::{EmptyStream, Reply, Server};

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
    // A server name is put into a URL; it must not bring a user, a query or a fragment along.
    for server in ["", "https://app.zap.guru", "app.zap.guru/x?y", "user@app.zap.guru", "a b", "app.zap.guru#"] {
        let credentials = chatguru_client::Credentials::new("k", "a", "p");
        let provider = ChatGuru::ChatGuru { server: server.into() };
        let built = chatguru_client::Client::builder(provider, credentials).build();
        assert_refused(&built.unwrap_err(), "base URL");
    }
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
