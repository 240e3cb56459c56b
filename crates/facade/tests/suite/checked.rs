//! Rules and dry runs, reached through the facade.

use std::time::{Duration, SystemTime};

use zap_facade::jiff::tz::TimeZone;
use zap_facade::{
    Capability, ChatGuru, ErrorKind, ExternalApi, File, Media, MediaSource, Messenger, Outcome, Outgoing, PhoneNumber,
    TemplateMessage,
};

use crate::support::{self, Reply, SECRETS, Server};

fn ana() -> PhoneNumber {
    "+5511987654321".parse().unwrap()
}

#[tokio::test]
async fn a_send_is_held_to_all_the_rules_at_once() {
    let server = Server::start(Reply::success()).await;
    let messenger = ExternalApi::new(support::externalapi(&server.origin).build().unwrap());
    let media = Media::image(File::from_bytes("foto.txt", vec![b'x'; 6 * 1024 * 1024]));
    let sent = messenger.send_media(&ana(), &media).await.unwrap_err();
    let dry = messenger.dry_run(&ana(), Outgoing::Media(&media)).await.unwrap_err();
    for error in [sent, dry] {
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::InvalidRequest, Outcome::NotDone), "{error}");
        assert_eq!(error.violations().len(), 2, "size and type: {error}");
        assert!(error.violations().iter().all(|one| one.fields() == ["image"] && one.source().is_some()), "{error}");
    }
    assert!(!messenger.send_text(&ana(), " ").await.unwrap_err().violations().is_empty());
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn a_dry_run_is_what_a_send_sends() {
    let server = Server::start(Reply::success()).await;
    let external = ExternalApi::new(support::externalapi(&server.origin).build().unwrap());
    let chatguru = ChatGuru::new(support::chatguru(&server.origin).build().unwrap());
    let chatguru = chatguru.with_time_zone(TimeZone::get("America/Sao_Paulo").unwrap());
    let upload = Media::document(File::from_bytes("nota.pdf", "%PDF-1.7\n")).with_caption("Nota");
    let by_url = Media::document(MediaSource::url("https://files.example/nota.pdf"));
    let template = TemplateMessage::new(7).with_body(["Ana"]);
    let later = (SystemTime::now() + Duration::from_secs(7200)).into();
    let messages = [
        Outgoing::Text("Olá canary-key canary-client-id"),
        Outgoing::TextAt("Olá", later),
        Outgoing::Media(&upload),
        Outgoing::Media(&by_url),
        Outgoing::Template(&template),
        Outgoing::Dialog("5d0000000000000000000201"),
    ];
    for messenger in [&external as &dyn Messenger, &chatguru] {
        assert!(messenger.capabilities().has(Capability::DryRun));
        for message in messages {
            let can = messenger.capabilities().has(message.capability());
            let (before, dry) = (server.connections(), messenger.dry_run(&ana(), message).await);
            assert_eq!(server.connections(), before, "a dry run of {message:?} makes no connection");
            let dry = match dry {
                Ok(dry) => dry.to_string(),
                Err(error) => {
                    assert_eq!((error.kind(), can), (ErrorKind::Unsupported, false), "{error}");
                    continue;
                }
            };
            assert!(can, "{message:?} cannot be sent");
            let own = if messenger.provider() == "ChatGuru" { &SECRETS[2..] } else { &SECRETS[..2] };
            assert!(own.iter().all(|secret| !dry.contains(secret)), "{dry}");
            send(messenger, message).await;
            let sent = String::from_utf8(server.requests().pop().unwrap()).unwrap();
            let path = |request: &str| request.split([' ', '?']).take(2).collect::<Vec<_>>().join(" ");
            let url = server.origin.clone();
            assert_eq!(path(&dry.replace(&url, "")), path(&sent), "{dry}");
        }
    }
}

async fn send(messenger: &dyn Messenger, message: Outgoing<'_>) {
    let to = ana();
    let sent = match message {
        Outgoing::Text(text) => messenger.send_text(&to, text).await,
        Outgoing::TextAt(text, at) => messenger.send_text_at(&to, text, at).await,
        Outgoing::Media(media) => messenger.send_media(&to, media).await,
        Outgoing::Template(template) => messenger.send_template(&to, template).await,
        Outgoing::Dialog(dialog) => messenger.run_dialog(&to, dialog).await,
        _ => unreachable!("none of the above"),
    };
    sent.unwrap();
}
