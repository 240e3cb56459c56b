//! Contents of which a part would be lost, or that a provider takes and WhatsApp refuses later.

use externalapi_client::{Client, File, operations};
use zap_client_runtime::{Call, Constraint, Form};
use zap_facade::{
    Error, ErrorKind, ExternalApi, Media, MediaSource, Messenger as _, Outcome, Outgoing, PhoneNumber, TemplateMessage,
};

use crate::support::{self, Reply, Server};

const CONTENTS: [&str; 9] = [
    "cta_url_id",
    "interactive_list_id",
    "image",
    "document",
    "video",
    "audio",
    "latitude",
    "product",
    "created_order_data",
];

/// A form with these contents, each right alone.
fn with(contents: &[&'static str]) -> Form {
    let mut form = Form::new().text("mobile_code", ["55"]).text("mobile", ["11987654321"]);
    for &name in contents {
        form = match name {
            "image" => form.file(name, [File::from_bytes("a.png", "x")]),
            "document" => form.file(name, [File::from_bytes("a.pdf", "x")]),
            "video" => form.file(name, [File::from_bytes("a.mp4", "x")]),
            "audio" => form.file(name, [File::from_bytes("a.ogg", "x")]),
            "latitude" => form.text(name, ["-23.5"]).text("longitude", ["-46.6"]),
            "product" => form.text(name, [r#"{"name": "Bolo", "description": "Bom", "permalink": "u"}"#]),
            "created_order_data" => form.text(name, [r#"{"order_url": "u"}"#]),
            "message" => form.text(name, ["Olá"]),
            _ => form.text(name, ["1"]),
        };
    }
    form
}

fn message(client: &Client, form: Form) -> Call<'_> {
    client.raw_client().call(&operations::SEND_MESSAGE).form(form)
}

fn rules(result: Result<impl Sized, Error>) -> Vec<Constraint> {
    let Err(error) = result else { return Vec::new() };
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::InvalidRequest, Outcome::NotDone), "{error}");
    error.violations().iter().map(zap_client_runtime::Violation::constraint).collect()
}

#[tokio::test]
async fn one_content_is_sent_and_a_text_only_as_a_caption() {
    let client = support::externalapi("http://127.0.0.1:9").build().unwrap();
    for one in CONTENTS {
        assert_eq!(rules(message(&client, with(&[one])).dry_run().await), [], "{one}");
        let with_text = rules(message(&client, with(&[one, "message"])).dry_run().await);
        let takes_a_caption = ["image", "document", "video"].contains(&one);
        assert_eq!(with_text.is_empty(), takes_a_caption, "{one}: {with_text:?}");
        for other in CONTENTS.iter().filter(|other| **other != one) {
            let both = rules(message(&client, with(&[one, other])).dry_run().await);
            assert_eq!(both, [Constraint::AtMostOne], "{one}, {other}");
        }
    }
    let error = message(&client, with(&["audio", "message"])).dry_run().await.unwrap_err();
    assert!(error.to_string().contains("`message` must not be given together with `audio`: Only a picture"), "{error}");
}

#[tokio::test]
async fn a_shop_message_is_an_object_with_what_it_needs() {
    let client = support::externalapi("http://127.0.0.1:9").build().unwrap();
    let falsy = ["{}", "[]", "0", "0.0", "-0", "null", "false", "\"\"", "\"0\""];
    let broken = ["abc", "{", "1", "true", "\"abc\"", "[1]", "[{\"order_url\": \"u\"}]", "{\"order_url\": null}"];
    let nested = ["{\"order_url\": [\"u\"]}", r#"{"name": "Bolo", "description": ["Bom"], "permalink": "u"}"#];
    let halved = [
        r#"{"name": "Bolo", "description": "Bom"}"#,
        r#"{"name": "Bolo", "permalink": "u"}"#,
        r#"{"description": "Bom", "permalink": "u"}"#,
        r#"{"order_url": "\ud83d", "name": "Bolo", "description": "Bom", "permalink": "u"}"#,
        r#"{"product": {"order_url": "u", "name": "Bolo", "description": "Bom", "permalink": "u"}}"#,
    ];
    for name in ["product", "created_order_data"] {
        for wrong in falsy.into_iter().chain(broken).chain(nested).chain(halved) {
            let found = rules(message(&client, with(&[]).text(name, [wrong])).dry_run().await);
            let wanted = matches!(*found, [Constraint::Json | Constraint::JsonObject(_)]);
            assert!(wanted, "{name} {wrong}: {found:?}");
        }
        let all = r#"{"order_url": "u", "name": "", "description": "", "permalink": "u", "more": [1]}"#;
        assert_eq!(rules(message(&client, with(&[]).text(name, [all])).dry_run().await), [], "{name}");
    }
}

fn maria() -> PhoneNumber {
    "+55 11 98765-4321".parse().unwrap()
}

#[tokio::test]
async fn the_facade_loses_no_caption() {
    let server = Server::start(Reply::success()).await;
    let messenger = ExternalApi::new(support::externalapi(&server.origin).build().unwrap());
    let file = || File::from_bytes("a.mp4", "x");
    let audio = Media::audio(file()).with_caption("Olá");
    assert_eq!(rules(messenger.send_media(&maria(), &audio).await), [Constraint::NotBeside]);
    assert_eq!(rules(messenger.dry_run(&maria(), Outgoing::Media(&audio)).await), [Constraint::NotBeside]);
    let long = "é".repeat(1025);
    let longest = Media::video(file()).with_caption(&long);
    let beside = Constraint::MaxLengthBeside(1024, &["image", "document", "video"]);
    assert_eq!(rules(messenger.send_media(&maria(), &longest).await), [beside]);
    assert_eq!(rules(messenger.send_text(&maria(), &"é".repeat(4097)).await), [Constraint::MaxLength(4096)]);
    let blank = rules(messenger.send_text(&maria(), "\u{2800}\u{200b}\u{ad}").await);
    assert_eq!(blank, [Constraint::AtLeastOne]);
    assert_eq!(server.connections(), 0);

    for media in
        [Media::audio(file()), Media::audio(file()).with_caption("\u{2800}"), Media::video(file()).with_caption("Olá")]
    {
        messenger.send_media(&maria(), &media).await.unwrap();
    }
    messenger.send_text(&maria(), &long).await.unwrap();
    assert_eq!(server.requests().len(), 4);
    // It is not known how ChatGuru handles it.
    let chatguru = zap_facade::ChatGuru::new(support::chatguru(&server.origin).build().unwrap());
    let linked = Media::audio(MediaSource::url("https://files.example/a.ogg")).with_caption("Olá");
    assert_eq!(rules(chatguru.dry_run(&maria(), Outgoing::Media(&linked)).await), []);
}

#[tokio::test]
async fn the_facade_sends_variables_as_they_are_or_not_at_all() {
    let server = Server::start(Reply::success()).await;
    let messenger = ExternalApi::new(support::externalapi(&server.origin).build().unwrap());
    let long = "é".repeat(1025);
    for wrong in [
        "",
        " ",
        "\u{2800}",
        "Rua A\nSala 1",
        "a\rb",
        "a\tb",
        "a     b",
        "{{1}}",
        "Olá {{ nome }}!",
        "{{userName}}",
        "{{ userName }}",
        "{{ userMobile }}",
        "{{contactName}}",
        "{{}}",
        &long,
    ] {
        let template = TemplateMessage::new(2);
        for template in [template.clone().with_header([wrong]), template.with_body(["Ana", wrong])] {
            let found = rules(messenger.send_template(&maria(), &template).await);
            assert_eq!(found.len(), 1, "{wrong:?}: {found:?}");
            let found = rules(messenger.dry_run(&maria(), Outgoing::Template(&template)).await);
            assert_eq!(found.len(), 1, "{wrong:?}: {found:?}");
        }
    }
    assert_eq!(server.connections(), 0);
    let right = [
        "Ana",
        "0",
        "R$ 1.234,50",
        "a    b",
        "{ok}",
        "{{",
        "}} {{",
        "{{ contactName }}",
        "{{ contactMobile }}",
        &long[2..],
    ];
    let template = TemplateMessage::new(2).with_header(["Ana"]).with_body(right);
    messenger.send_template(&maria(), &template).await.unwrap();
}

/// An instance that takes what others lose: the rules can be turned off.
#[tokio::test]
async fn with_the_rules_off_only_the_name_of_a_file_is_looked_at() {
    let server = Server::start(Reply::success()).await;
    let client = support::externalapi(&server.origin).preflight(false).build().unwrap();
    let send = async |form: Form| message(&client, form).send::<externalapi_client::types::SendMessageResponse>().await;
    send(with(&["audio", "message", "image"])).await.unwrap();
    send(with(&[]).text("message", ["é".repeat(4097)])).await.unwrap();
    let unnamed = with(&["message"]).file("document", [File::from_bytes("", "x")]);
    assert_eq!(rules(send(unnamed).await), [Constraint::FileName]);
    assert_eq!(server.requests().len(), 2);
}
