//! A dry run is the request that is sent, without its secrets.

use chatguru_client::ParameterLocation;
use externalapi_client::{ErrorKind, File};
use zap_client_runtime::{DryRunBody, DryRunPart};

use crate::support::calls::{self, Api, Client, Names};
use crate::support::wire::{assert_shows, assert_shows_head};
use crate::support::{self, EmptyStream, KEY, Reply, SECRETS, Server};

#[tokio::test]
async fn of_each_operation() {
    let names = Names::of_snapshots();
    for place in [ParameterLocation::Query, ParameterLocation::Body] {
        let server = Server::start(Reply::success()).await;
        let external = Client::ExternalApi(support::externalapi(&server.origin).build().unwrap());
        let chatguru = support::chatguru(&server.origin).parameters_in(place).build().unwrap();
        let chatguru = Client::ChatGuru(chatguru);
        for call in calls::all() {
            let client = if call.api == Api::ChatGuru { &chatguru } else { &external };
            let before = server.connections();
            let dry = (call.dry_run)(client, &names).await.unwrap();
            assert_eq!(server.connections(), before, "a dry run makes no connection");
            (call.send)(client, &names).await.unwrap();
            let request = server.requests().pop().unwrap();
            assert_shows(&dry, &request, &server.origin, &SECRETS, call.operation.id);
        }
    }
}

/// A secret is masked wherever it stands, also where the caller put it.
#[tokio::test]
async fn no_secret_is_shown_within_a_value() {
    let server = Server::start(Reply::success()).await;
    for place in [ParameterLocation::Query, ParameterLocation::Body] {
        let client = support::chatguru(&server.origin).parameters_in(place).build().unwrap();
        let call = client.message_send().chat_number("55").text(format!("my key is {KEY}, and more"));
        let dry = call.dry_run().await.unwrap();
        let shown = format!("{dry} {dry:?}");
        assert!(!shown.contains(KEY) && shown.contains("my%20key%20is%20***%2C%20and%20more"), "{shown}");
    }
    let client = support::externalapi(&server.origin).build().unwrap();
    let secret = support::CLIENT_SECRET;
    let file = File::from_bytes(format!("{secret}.png"), "x").with_media_type(format!("image/{secret}"));
    let call = client.send_message().body_map(|b| b.mobile_code("55").mobile("1").message(secret).image(file));
    let dry = call.dry_run().await.unwrap();
    let shown = format!("{dry} {dry:?}");
    assert!(SECRETS.iter().all(|secret| !shown.contains(secret)), "{shown}");
    let DryRunBody::Form(parts) = dry.body() else { panic!("a form: {shown}") };
    assert!(parts.contains(&DryRunPart::Text { name: "message".into(), value: "***".into() }), "{shown}");
    assert_eq!(server.connections(), 0);
}

/// A dry run does not consume a stream, which can be sent afterwards.
#[tokio::test]
async fn a_stream_is_not_read() {
    let server = Server::start(Reply::success()).await;
    // An empty file is refused for another reason.
    let client = support::externalapi(&server.origin).preflight(false).build().unwrap();
    for length in [Some(0), None] {
        let file = File::from_stream("a.pdf", length, EmptyStream);
        let call = client.send_message().body_map(|b| b.mobile_code("55").mobile("1").document(file));
        let dry = call.clone().dry_run().await.unwrap();
        call.clone().send().await.unwrap();
        let request = server.requests().pop().unwrap();
        assert_shows_head(&dry, &request, &server.origin, &SECRETS, "send_message");
        let error = call.dry_run().await.unwrap_err();
        assert!(error.to_string().contains("this stream was already sent"), "{error}");
    }
}

#[tokio::test]
async fn what_could_not_be_sent_is_told() {
    let client = support::externalapi("http://127.0.0.1:9").build().unwrap();
    let call = client.send_message();
    let call = call.body_map(|b| b.mobile_code("55").mobile("1").document(File::from_path("/no/such/file.pdf")));
    let error = call.dry_run().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert!(error.to_string().contains("`document`: cannot read /no/such/file.pdf"), "{error}");
}

/// Compares the text of a dry run, without the boundary, which is random.
#[tokio::test]
async fn it_reads_like_a_request() {
    let client = support::externalapi("http://zap.example:8080").build().unwrap();
    let picture = File::from_bytes("foto.png", &b"not really a picture"[..]);
    let call = client.send_message().body_map(|b| b.mobile_code("55").mobile("1").image(picture).message("Olá"));
    let dry = call.dry_run().await.unwrap();
    let boundary = dry.headers().find_map(|(_, value)| value.split_once("boundary=")).unwrap().1.to_owned();
    let text = dry.to_string().replace(&boundary, "BOUNDARY").replace(env!("CARGO_PKG_VERSION"), "VERSION");
    let _snapshots = support::snapshots();
    insta::assert_snapshot!("dry_run__it_reads_like_a_request", text);
}
