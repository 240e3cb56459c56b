//! `Messenger` forwards its arguments correctly, and refuses invalid ones before anything is sent.

use std::time::{Duration, SystemTime};

use zap_facade::contract::Account;
use zap_facade::jiff::tz::TimeZone;
use zap_facade::jiff::{Zoned, civil::date};
use zap_facade::{
    Capability, ChatGuru, Error, ErrorKind, ExternalApi, File, Media, MediaSource, Messenger, NewContact, Outcome,
    PhoneNumber, Provider, SendState, SendTime, TemplateMessage, UnclearTime, connect,
};
use zap_sandbox::{DeliveryKind, Sandbox};

use crate::support::{self, EmptyStream, Reply, Server};

fn ana() -> PhoneNumber {
    "+5511987654321".parse().unwrap()
}

fn assert_refused(error: &Error, kind: ErrorKind, help: &str) {
    assert_eq!((error.kind(), error.outcome()), (kind, Outcome::NotDone), "{error}");
    assert!(error.to_string().contains(help), "`{help}` is not in: {error}");
}

#[tokio::test]
async fn what_cannot_be_done_is_refused_with_its_fix() {
    let server = Server::start(Reply::success()).await;
    let messenger = ExternalApi::new(support::externalapi(&server.origin).build().unwrap());
    let by_url = Media::image(MediaSource::url("https://example.com/canary-signature"));
    let error = messenger.send_media(&ana(), &by_url).await.unwrap_err();
    assert_refused(&error, ErrorKind::Unsupported, "send it as an upload");
    assert!(!format!("{by_url:?} {error:?}").contains("canary"));
    let greeted = NewContact::new(ana(), "Ana", "Lima").with_greeting("Oi");
    let error = messenger.ensure_contact(&greeted, Duration::from_secs(1)).await.unwrap_err();
    assert_refused(&error, ErrorKind::Unsupported, "when the contact is saved");
    let error = messenger.send_template(&ana(), &TemplateMessage::new("hello_world")).await.unwrap_err();
    assert_refused(&error, ErrorKind::InvalidRequest, "template_list");
    let error = messenger.run_dialog(&ana(), "d").await.unwrap_err();
    assert_refused(&error, ErrorKind::Unsupported, "capabilities");
    assert_eq!(error.operation(), "run_dialog");

    let messenger = ChatGuru::new(support::chatguru(&server.origin).build().unwrap());
    let uploads = [
        File::from_path("nowhere.pdf"),
        File::from_bytes("nota.pdf", "%PDF"),
        File::from_stream("nota.pdf", None, EmptyStream),
    ];
    for file in uploads {
        let error = messenger.send_media(&ana(), &Media::document(file)).await.unwrap_err();
        assert_refused(&error, ErrorKind::Unsupported, "send the URL");
    }
    let later = SendTime::from(SystemTime::now() + Duration::from_secs(3600));
    let error = messenger.send_text_at(&ana(), "x", later).await.unwrap_err();
    assert_refused(&error, ErrorKind::Unsupported, "CHATGURU_TIME_ZONE");
    assert!(!messenger.capabilities().has(Capability::Schedule));
    let messenger = messenger.with_time_zone(TimeZone::get("Europe/Lisbon").unwrap());
    assert!(messenger.capabilities().has(Capability::Schedule));
    let error = messenger.send_text_at(&ana(), "x", SendTime::from(SystemTime::UNIX_EPOCH)).await.unwrap_err();
    assert_refused(&error, ErrorKind::InvalidRequest, "has passed");
    let twice: Zoned = "2037-10-25T01:30+01:00[Europe/Lisbon]".parse().unwrap();
    let error = messenger.send_text_at(&ana(), "x", twice.into()).await.unwrap_err();
    assert_refused(&error, ErrorKind::InvalidRequest, "Europe/Lisbon");
    assert_eq!(server.connections(), 0, "nothing of it was sent");
}

#[test]
fn a_wall_clock_time_is_no_moment_where_clocks_are_put() {
    let lisbon = TimeZone::get("Europe/Lisbon").unwrap();
    assert_eq!(SendTime::local(date(2027, 3, 28).at(1, 30, 0, 0), &lisbon), Err(UnclearTime::Skipped));
    assert_eq!(SendTime::local(date(2027, 10, 31).at(1, 30, 0, 0), &lisbon), Err(UnclearTime::Twice));
    let summer: Zoned = "2027-07-01T08:00:00Z[UTC]".parse().unwrap();
    assert_eq!(SendTime::local(date(2027, 7, 1).at(9, 0, 0, 0), &lisbon), Ok(summer.into()));
}

#[tokio::test]
async fn a_scheduled_text_is_written_for_the_accounts_zone() {
    let server = Server::start(Reply::json(r#"{"result":"success","message_id":"5dd6"}"#)).await;
    let client = support::chatguru(&server.origin).build().unwrap();
    let messenger = ChatGuru::new(client).with_time_zone(TimeZone::get("America/Sao_Paulo").unwrap());
    let at: Zoned = "2037-03-01T12:00:01+00:00[UTC]".parse().unwrap();
    messenger.send_text_at(&ana(), "Bom dia", at.into()).await.unwrap();
    let request = String::from_utf8(server.requests().remove(0)).unwrap();
    assert!(request.contains("&send_date=2037-03-01%2009%3A01 "), "{request}");
}

#[tokio::test]
async fn media_arrives_as_what_it_is() {
    let sandbox = Sandbox::start().await.unwrap();
    let messenger = connect(Account::of(&sandbox, Provider::WapiFlow).config()).unwrap();
    let pdf = File::from_bytes("x.bin", "%PDF-1.7\n").with_name("nota \"1\" é.pdf");
    messenger.send_media(&ana(), &Media::document(pdf).with_caption("Sua nota")).await.unwrap();
    let audio = File::from_bytes("recado.ogg", b"OggS\0\0".as_slice());
    // Its caption would be lost.
    messenger.send_media(&ana(), &Media::audio(audio.clone()).with_caption("Ouça")).await.unwrap_err();
    messenger.send_media(&ana(), &Media::audio(audio)).await.unwrap();
    let messenger = connect(Account::of(&sandbox, Provider::ChatGuru).config()).unwrap();
    let media = Media::video(MediaSource::url("https://example.com/v.mp4")).with_caption("Veja");
    messenger.send_media(&ana(), &media).await.unwrap();

    let [document, audio, url] = sandbox.deliveries().try_into().unwrap();
    assert_eq!((document.kind, document.text.as_deref()), (DeliveryKind::Document, Some("Sua nota")));
    assert_eq!(document.file.unwrap().name, "nota \"1\" é.pdf");
    assert_eq!((audio.kind, audio.text), (DeliveryKind::Audio, None));
    assert_eq!((url.kind, url.text.as_deref()), (DeliveryKind::FileUrl, Some("Veja")));
    assert_eq!(url.url.as_deref(), Some("https://example.com/v.mp4"));
}

#[tokio::test]
async fn a_number_of_ones_own_is_sent_from() {
    let server = Server::start(Reply::success()).await;
    let client = support::externalapi(&server.origin).build().unwrap();
    let messenger = ExternalApi::new(client).with_from_number("551150000002");
    messenger.send_text(&ana(), "x").await.unwrap();
    messenger.send_template(&ana(), &TemplateMessage::new(1)).await.unwrap();
    for request in server.requests() {
        let request = String::from_utf8(request).unwrap();
        assert!(request.contains("name=\"from_number\"\r\n\r\n551150000002\r\n"), "{request}");
    }
}

/// An implementation that knows one thing; what comes to the trait later does not break it.
#[derive(Debug)]
struct Minimal;

impl Messenger for Minimal {
    fn provider(&self) -> &'static str {
        "Minimal"
    }

    fn capabilities(&self) -> zap_facade::Capabilities {
        zap_facade::Capabilities::of(&[Capability::Text])
    }

    fn send_text<'a>(
        &'a self,
        _: &'a PhoneNumber,
        _: &'a str,
    ) -> zap_facade::BoxFuture<'a, Result<zap_facade::Receipt, Error>> {
        let why = Error::new(ErrorKind::InvalidRequest, Outcome::NotDone, self.provider(), "send_text");
        Box::pin(async { Err(why.with_detail("it is closed today")) })
    }
}

#[tokio::test]
async fn an_implementation_may_know_only_texts() {
    let messenger: Box<dyn Messenger> = Box::new(Minimal);
    let error = messenger.send_text(&ana(), "x").await.unwrap_err();
    assert_eq!(error.to_string(), "Minimal send_text: invalid request: it is closed today (not done)");
    let error = messenger.delivery_state("1").await.unwrap_err();
    assert_refused(&error, ErrorKind::Unsupported, "delivery state");
    assert!(messenger.externalapi().is_none() && messenger.chatguru().is_none());
}

/// As the guide says: outside of a runtime a call panics before anything is sent, and connecting does not.
#[test]
fn outside_of_tokio_a_call_panics_and_sends_nothing() {
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::task::{Context, Waker};

    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let server = runtime.block_on(Server::start(Reply::success()));
    let messenger = ExternalApi::new(support::externalapi(&server.origin).build().unwrap());
    let to = ana();
    let mut call = messenger.send_text(&to, "x");
    let polled =
        catch_unwind(AssertUnwindSafe(|| call.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_ready()));
    let panic = *polled.unwrap_err().downcast::<String>().expect("it has a text");
    assert!(panic.contains("there is no reactor running"), "{panic}");
    assert_eq!(server.connections(), 0);

    runtime.block_on(messenger.send_text(&to, "x")).unwrap();
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn a_messenger_says_how_far_the_message_got() {
    let to: PhoneNumber = "+5511987654321".parse().unwrap();
    let sent = r#"{"status":"success","data":{"conversation_id":1,"message":{"whatsapp_message_id":"wamid.1"}}}"#;
    let server = Server::start(Reply::json(sent)).await;
    let client = support::externalapi(&server.origin).build().unwrap();
    let messenger: Box<dyn Messenger> = Box::new(ExternalApi::new(client));
    let receipt = messenger.send_text(&to, "Olá!").await.unwrap();
    assert_eq!((receipt.state, receipt.message_id.as_deref()), (SendState::Sent, Some("wamid.1")));
    assert_eq!(messenger.provider(), "EscalaZap");
    let request = String::from_utf8(server.requests().remove(0)).unwrap();
    assert!(
        request.contains("name=\"mobile_code\"\r\n\r\n55\r\n") && request.contains("\r\n\r\n11987654321\r\n"),
        "{request}"
    );

    let sent = r#"{"result":"success","message_id":"5dd6"}"#;
    let server = Server::start(Reply::new(201, "application/json", sent)).await;
    let client = support::chatguru(&server.origin).build().unwrap();
    let messenger: Box<dyn Messenger> = Box::new(ChatGuru::new(client));
    let receipt = messenger.send_text(&to, "Olá!").await.unwrap();
    assert_eq!((receipt.state, receipt.message_id.as_deref()), (SendState::Queued, Some("5dd6")));
    let request = String::from_utf8(server.requests().remove(0)).unwrap();
    assert!(request.contains("&action=message_send&chat_number=5511987654321&text=Ol%C3%A1%21 "), "{request}");
}
