//! Contents of every kind, from the plan to the delivery.

use std::future::pending;
use std::path::PathBuf;

use zap_outbox::model::MessageState;
use zap_outbox::zap_facade::contract::Account;
use zap_outbox::zap_facade::{MediaKind, PhoneNumber, Provider, connect};
use zap_outbox::{
    Campaign, CampaignId, Clock, Content, ContentError, FileError, InvalidContent, Ledger, LedgerError, MediaContent,
    Message, MessageId, NewCampaign, NewMessage, Outbox, Source, Stopped, Upload,
};
use zap_sandbox::{Delivery, DeliveryKind, Profile, Sandbox};

use crate::contract::fixture::{Folder, time};

/// A contact of the sandbox, with a chat.
fn known() -> PhoneNumber {
    "+5511987654321".parse().unwrap()
}

fn recipient() -> NewMessage {
    NewMessage::new(known()).with_param("nome", "Ana").with_param("id", "a-1")
}

struct Sending {
    sandbox: Sandbox,
    outbox: Outbox,
}

impl Sending {
    async fn new(provider: Provider) -> Self {
        let sandbox = Sandbox::builder().profile(Profile::Documented).start().await.unwrap();
        let messenger = connect(Account::of(&sandbox, provider).config()).unwrap();
        let outbox = Outbox::builder(Ledger::in_memory(Clock::system()), messenger).open().await.unwrap();
        Self { sandbox, outbox }
    }

    /// Plans a campaign to the recipient.
    async fn plan(&self, content: Content) -> Result<CampaignId, LedgerError> {
        let ledger = self.outbox.ledger();
        let plan = NewCampaign::bulk("campaign", content, time("2099-01-01T00:00Z"));
        let Campaign { id, .. } = ledger.create_campaign(self.outbox.account(), plan).await?;
        ledger.import(id, [recipient()]).await?;
        ledger.start_campaign(id, 1, "Ana").await?;
        Ok(id)
    }

    /// Sends it, and returns the message.
    async fn work(&self, campaign: CampaignId) -> Message {
        assert_eq!(self.outbox.work_until_done(pending()).await.unwrap(), Stopped::Done);
        self.outbox.ledger().messages(campaign, MessageId(0), 1).await.unwrap().remove(0)
    }

    async fn deliver(provider: Provider, content: Content) -> Delivery {
        let sending = Self::new(provider).await;
        sending.outbox.check(&content, &recipient()).await.unwrap();
        let campaign = sending.plan(content).await.unwrap();
        let message = sending.work(campaign).await;
        assert_eq!(message.status.state, MessageState::Done, "{:?}", message.error);
        let mut deliveries = sending.sandbox.deliveries();
        assert_eq!(deliveries.len(), 1);
        deliveries.remove(0)
    }
}

/// Writes a file and returns its path.
fn file(folder: &Folder, name: &str, content: &[u8]) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, content).unwrap();
    path
}

fn upload(path: &std::path::Path) -> Upload {
    Upload::path(path.to_str().unwrap()).unwrap()
}

#[tokio::test]
async fn texts_and_templates_are_filled_in() {
    let text = Content::text("Olá {nome}").unwrap();
    for provider in [Provider::EscalaZap, Provider::ChatGuru] {
        assert_eq!(Sending::deliver(provider, text.clone()).await.text.as_deref(), Some("Olá Ana"));
    }
    let template = Sending::deliver(Provider::EscalaZap, Content::template("1", [], ["{nome}"]).unwrap()).await;
    assert_eq!(template.kind, DeliveryKind::Template);
    assert_eq!(template.template.unwrap().variables, ["Ana"]);
}

#[tokio::test]
async fn a_dialog_runs() {
    let dialog = Content::Dialog { id: "5d0000000000000000000201".to_owned() };
    assert_eq!(Sending::deliver(Provider::ChatGuru, dialog).await.kind, DeliveryKind::Dialog);
}

#[tokio::test]
async fn files_of_every_kind_are_uploaded() {
    let folder = Folder::new();
    for (kind, name, content, delivered) in [
        (
            MediaKind::Image,
            "a-1.png",
            &b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0"[..],
            DeliveryKind::Image,
        ),
        (MediaKind::Document, "a-1.pdf", b"%PDF-1.7\n", DeliveryKind::Document),
        (MediaKind::Video, "a-1.mp4", b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom", DeliveryKind::Video),
        (MediaKind::Audio, "a-1.mp3", b"ID3\x04\0\0\0\0\0\0\xff\xfb\x90\x44\0\0\0\0", DeliveryKind::Audio),
    ] {
        let fixed = file(&folder, name, content);
        let of_each = fixed.with_file_name(name.replace("a-1", "{id}"));
        for path in [&fixed, &of_each] {
            let mut media = MediaContent::new(kind, upload(path));
            if kind != MediaKind::Audio {
                media = media.with_caption("Para {nome}").unwrap();
            }
            let delivery = Sending::deliver(Provider::EscalaZap, media.into()).await;
            let got = delivery.file.unwrap();
            assert_eq!((delivery.kind, &*got.name, got.size), (delivered, name, content.len() as u64));
            let caption = (kind != MediaKind::Audio).then_some("Para Ana");
            assert_eq!(delivery.text.as_deref(), caption);
        }
    }
    let named = upload(&folder.path().join("{id}.pdf")).with_name("fatura de {nome}.pdf").unwrap();
    let named = Sending::deliver(Provider::EscalaZap, MediaContent::new(MediaKind::Document, named).into()).await;
    assert_eq!(named.file.unwrap().name, "fatura de Ana.pdf");
}

#[tokio::test]
async fn a_file_is_sent_by_its_url() {
    for kind in [MediaKind::Image, MediaKind::Document, MediaKind::Video, MediaKind::Audio] {
        let media = MediaContent::new(kind, Source::url("https://shop.example/{id}.pdf").unwrap());
        let delivery = Sending::deliver(Provider::ChatGuru, media.with_caption("Para {nome}").unwrap().into()).await;
        assert_eq!(delivery.url.as_deref(), Some("https://shop.example/a-1.pdf"));
        assert_eq!(delivery.text.as_deref(), Some("Para Ana"));
    }
}

#[tokio::test]
async fn what_the_provider_does_not_support_is_refused_when_it_is_planned() {
    let folder = Folder::new();
    let pdf = file(&folder, "a.pdf", b"%PDF-1.7\n");
    let url = MediaContent::new(MediaKind::Document, Source::url("https://shop.example/a.pdf").unwrap());
    let path = MediaContent::new(MediaKind::Document, upload(&pdf));
    let dialog = Content::Dialog { id: "5d0000000000000000000201".to_owned() };
    for (provider, content, reason) in [
        (Provider::EscalaZap, url.into(), "media by URL; download the file"),
        (Provider::EscalaZap, dialog, "dialog"),
        (Provider::ChatGuru, path.into(), "media by upload"),
        (Provider::ChatGuru, Content::template("1", [], []).unwrap(), "template"),
    ] {
        let sending = Sending::new(provider).await;
        let refused = sending.outbox.check(&content, &recipient()).await.unwrap_err();
        assert!(matches!(refused, ContentError::Unsupported(_)), "{refused:?}");
        assert!(refused.to_string().contains(reason), "{refused}");
    }
}

#[tokio::test]
async fn what_breaks_the_rules_of_the_provider_is_refused_when_it_is_planned() {
    let folder = Folder::new();
    let text = upload(&file(&folder, "a.txt", b"hello"));
    let image = upload(&file(&folder, "large.png", &[b"\x89PNG\r\n\x1a\n".to_vec(), vec![0; 6 << 20]].concat()));
    let audio = upload(&file(&folder, "a.mp3", b"ID3\x04\0\0\0\0\0\0"));
    let sending = Sending::new(Provider::EscalaZap).await;
    for content in [
        MediaContent::new(MediaKind::Document, text).into(),
        MediaContent::new(MediaKind::Image, image).into(),
        MediaContent::new(MediaKind::Audio, audio).with_caption("Olá").unwrap().into(),
        Content::template("seven", [], []).unwrap(),
    ] {
        let refused = sending.outbox.check(&content, &recipient()).await.unwrap_err();
        assert!(matches!(refused, ContentError::Invalid(_)), "{refused:?}");
    }
    let missing = sending.outbox.check(&Content::text("{cupom}").unwrap(), &recipient()).await.unwrap_err();
    assert!(matches!(missing, ContentError::Missing(_)), "{missing:?}");
    assert_eq!(sending.sandbox.calls().len(), 0, "nothing is sent");
}

#[tokio::test]
async fn a_file_that_is_missing_is_an_error_when_it_is_planned() {
    let folder = Folder::new();
    let missing = Upload::path(folder.path().join("a.pdf").to_str().unwrap()).unwrap_err();
    assert!(matches!(missing, InvalidContent::File(FileError::NotFound(_))), "{missing:?}");
    let directory = Upload::path(folder.path().to_str().unwrap()).unwrap_err();
    assert!(matches!(directory, InvalidContent::File(FileError::NotAFile(_))), "{directory:?}");
    let of_each = MediaContent::new(MediaKind::Document, upload(&folder.path().join("{id}.pdf")));
    let sending = Sending::new(Provider::EscalaZap).await;
    let refused = sending.plan(of_each.clone().into()).await.unwrap_err();
    let path = folder.path().join("a-1.pdf");
    assert_eq!(refused.to_string(), format!("line 1: there is no file {}", path.display()));
    // A list cannot lead to another folder.
    let outside = recipient().with_param("id", "../../etc/secret");
    let refused = sending.outbox.check(&of_each.into(), &outside).await.unwrap_err();
    assert!(matches!(refused, ContentError::File(FileError::Parent(_))), "{refused:?}");
}

#[tokio::test]
async fn a_file_that_has_changed_since_it_was_planned_is_not_sent() {
    for of_each in [false, true] {
        for change in [Some(&b"%PDF-1.8\n"[..]), None] {
            let folder = Folder::new();
            let path = file(&folder, "a-1.pdf", b"%PDF-1.7\n");
            let planned = if of_each { folder.path().join("{id}.pdf") } else { path.clone() };
            let sending = Sending::new(Provider::EscalaZap).await;
            let media = MediaContent::new(MediaKind::Document, upload(&planned));
            let campaign = sending.plan(media.into()).await.unwrap();
            match change {
                Some(content) => std::fs::write(&path, content).unwrap(),
                None => std::fs::remove_file(&path).unwrap(),
            }
            let message = sending.work(campaign).await;
            assert_eq!(message.status.state, MessageState::NotDone);
            let error = message.error.unwrap();
            let expected =
                if change.is_some() { "has changed since the message was planned" } else { "there is no file" };
            assert!(error.contains(expected) && error.contains("a-1.pdf"), "{error}");
            assert_eq!(sending.sandbox.deliveries().len(), 0);
            // Once it is restored, it can be sent again.
            std::fs::write(&path, b"%PDF-1.7\n").unwrap();
            let ledger = sending.outbox.ledger();
            assert_eq!(ledger.retry_not_done(campaign, "Ana", None).await.unwrap().ready, 1);
            assert_eq!(sending.work(campaign).await.status.state, MessageState::Done);
        }
    }
}

#[tokio::test]
async fn the_file_of_a_message_of_a_stream_can_be_recorded() {
    let folder = Folder::new();
    let path = file(&folder, "a-1.pdf", b"%PDF-1.7\n");
    let sending = Sending::new(Provider::EscalaZap).await;
    let content: Content = MediaContent::new(MediaKind::Document, upload(&folder.path().join("{id}.pdf"))).into();
    let ledger = sending.outbox.ledger();
    let stream = NewCampaign::stream("invoices", content.clone());
    let stream = ledger.create_campaign(sending.outbox.account(), stream).await.unwrap().id;
    let mut recorded = recipient();
    content.record_file(&mut recorded.params).await.unwrap();
    ledger.enqueue(stream, "recorded", recorded).await.unwrap();
    ledger.enqueue(stream, "not recorded", recipient()).await.unwrap();
    std::fs::write(&path, b"%PDF-1.8\n").unwrap();
    assert_eq!(sending.outbox.work_until_done(pending()).await.unwrap(), Stopped::Done);
    let states = |key: &str| {
        let key = key.to_owned();
        async move { ledger.message_keyed(stream, key).await.unwrap().unwrap().status.state }
    };
    assert_eq!(states("recorded").await, MessageState::NotDone);
    assert_eq!(states("not recorded").await, MessageState::Done);
}
