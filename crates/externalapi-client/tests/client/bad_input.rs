//! The client refuses a call that cannot be sent before it makes a connection. The error names the value and the fix.

use externalapi_client::{Client, Credentials, Error, ErrorKind, File, Outcome, Provider};

use crate::loopback::{self, EmptyStream, Reply, Server};
use crate::support::{self, CLIENT_SECRET};

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
        ("ftp://zap.example", "begins with neither `http://` nor `https://`"),
        ("https://zap.example/?key=canary", "a query or a fragment"),
        ("https://zap.example/#a", "a query or a fragment"),
        ("https://user:canary@zap.example/", "a user name or a password"),
        ("https://zap.example:99999", "not a URL"),
    ] {
        let error = support::client("").base_url(url).build().unwrap_err();
        assert_refused(&error, named);
        assert!(!format!("{error} {error:?}").contains("canary"), "{error:?}");
    }
    let error = support::client("").base_url("https://zap.example/external-api/contact/list").build().unwrap_err();
    assert_refused(&error, "ends in `/contact/list`");
}

/// A credential that was read from a file or copied from a page may have white space around it. The server removes it,
/// and quotes the credential without it.
#[tokio::test]
async fn white_space_around_a_credential_is_not_a_part_of_it() {
    let key = "Kd93jfPq82LmzX7Rw5Tb";
    for around in ["{}\n", " {}", "{}\r\n", "\u{feff}{}\u{200b}", "\t{} "] {
        let given = around.replace("{}", key);
        let server = Server::start(Reply::success()).await;
        let client = Client::builder(Provider::WaziMe, Credentials::new("id", given)).base_url(&*server.origin);
        let client = client.configure_reqwest(support::direct).build().unwrap();
        client.contact_list().send().await.unwrap();
        let request = String::from_utf8(server.requests().remove(0)).unwrap();
        assert!(request.contains(&format!("client-secret: {key}\r\n")), "{request}");
    }
    let error = Client::builder(Provider::WaziMe, Credentials::new(" \n", "s")).build().unwrap_err();
    assert_refused(&error, "`client-id` is empty");
}

#[tokio::test]
async fn values_that_are_missing() {
    let server = Server::start(Reply::success()).await;
    let client = support::client(&server.origin).build().unwrap();
    let error = client.send_message().body_map(|b| b.mobile_code("55").message("x")).send().await.unwrap_err();
    assert_refused(&error, "`mobile` is missing");
    assert_refused(&client.contact_delete().send().await.unwrap_err(), "`contact_id` is missing");
    assert_refused(&client.contact_delete().contact_id(u64::MAX).send().await.unwrap_err(), "`contact_id`");
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn files_that_cannot_be_read() {
    let server = Server::start(Reply::success()).await;
    let client = support::client(&server.origin).build().unwrap();
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
    let secret = send(File::from_path(format!("/no/{CLIENT_SECRET}/file.pdf"))).await.unwrap_err();
    assert_refused(&secret, "`document`: cannot read /no/***/file.pdf");
    assert!(!loopback::shown(&secret).contains(CLIENT_SECRET), "{secret:?}");
    assert!(std::error::Error::source(&secret).is_some(), "what the system said is kept");
    assert_refused(&send(File::from_path(&folder)).await.unwrap_err(), "is a directory");
    let injected = File::from_bytes("a.pdf", "x").with_media_type("text/plain\r\nx: y");
    assert_refused(&send(injected).await.unwrap_err(), "`document`: the media type");
    assert_eq!(server.connections(), 0, "nothing was sent");

    send(once).await.unwrap();
    assert_refused(&send(again).await.unwrap_err(), "`document`: this stream was already sent");
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn a_stream_is_not_lost_when_another_file_cannot_be_sent() {
    let server = Server::start(Reply::success()).await;
    // Two files are refused for another reason.
    let client = support::client(&server.origin).preflight(false).build().unwrap();
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

#[tokio::test]
async fn the_longest_query_is_sent_and_a_longer_one_is_not() {
    let server = Server::start(Reply::success()).await;
    let client = support::client(&server.origin).build().unwrap();
    let search = |bytes: usize| client.contact_list().search("x".repeat(bytes - "search=".len())).send();
    search(4096).await.unwrap();
    let error = search(4097).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::InvalidRequest, Outcome::NotDone));
    assert!(!error.to_string().contains("parameters_in"), "a GET has no body: {error}");
    assert_eq!(server.requests().len(), 1);
}
