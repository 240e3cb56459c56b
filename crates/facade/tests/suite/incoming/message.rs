//! Messages, as they are read from a body.

use serde_json::json;
use zap_facade::contract::Account;
use zap_facade::{IncomingKind, InvalidPhoneNumber, Provider, Received, connect};
use zap_sandbox::Sandbox;

use super::{body, message, payload};

#[test]
fn a_text_is_read_whole() {
    let sent = body("Olá, tudo bem?");
    let received = Received::from_chatguru(sent.clone());
    let incoming = message(&received);
    assert_eq!(incoming.number().unwrap().digits(), "551187654321");
    assert_eq!(incoming.number_as_written.as_deref(), Some("551187654321"));
    assert_eq!(incoming.name.as_deref(), Some("Ana Lima"));
    assert_eq!(incoming.chat_id.as_deref(), Some("65a0b639600ce7d9be010001"));
    assert_eq!(incoming.phone_id.as_deref(), Some("65a0b639600ce7d9be010002"));
    assert_eq!(incoming.chat_link.as_deref(), Some("https://s0.chatguru.example/chats#65a0b639600ce7d9be010001"));
    assert_eq!(incoming.kind, Some(IncomingKind::Text));
    assert_eq!(incoming.text.as_deref(), Some("Olá, tudo bem?"));
    assert_eq!(incoming.file_url, None);
    assert_eq!(incoming.posted_at, "2026-01-24T13:44:07.171806Z".parse().ok());
    assert_eq!(incoming.origin.as_deref(), Some("boas-vindas"));
    assert_eq!(incoming.tags, ["Etiqueta"]);
    assert_eq!(incoming.custom_fields["Info_2"], "valor");
    assert_eq!(incoming.bot_context["ChatGuru"], true);
    assert_eq!(incoming.raw.as_deref(), Some(sent.as_bytes()));
}

#[test]
fn escapes_of_python_are_read() {
    let sent = body("TEXT").replace("TEXT", r"Ol\u00e1 \ud83d\ude00");
    assert_eq!(message(&Received::from_chatguru(sent)).text.as_deref(), Some("Olá 😀"));
}

#[test]
fn a_file_has_a_kind_and_a_url() {
    let kinds = [
        ("image", IncomingKind::Image),
        ("ptt", IncomingKind::Voice),
        ("audio", IncomingKind::Audio),
        ("video", IncomingKind::Video),
        ("document", IncomingKind::Document),
        ("sticker", IncomingKind::Other("sticker".to_owned())),
    ];
    for (word, kind) in kinds {
        let mut sent = payload("");
        sent["tipo_mensagem"] = word.into();
        sent["url_arquivo"] = "https://files.example/1.ogg".into();
        let received = Received::from_chatguru(sent.to_string());
        let incoming = message(&received);
        assert_eq!(incoming.kind.as_ref(), Some(&kind));
        assert_eq!(incoming.file_url.as_deref(), Some("https://files.example/1.ogg"));
        assert_eq!(incoming.text, None, "an empty text is absent");
    }
}

#[test]
fn fields_that_an_older_post_lacks_are_absent() {
    let sent = json!({"celular": "5531912345678", "tags": [], "campos_personalizados": {}, "origem": ""});
    let received = Received::from_chatguru(sent.to_string());
    let incoming = message(&received);
    assert_eq!(incoming.number().unwrap().digits(), "5531912345678");
    assert_eq!((&incoming.kind, incoming.posted_at, &incoming.chat_id), (&None, None, &None));
    assert_eq!((&incoming.name, &incoming.origin, &incoming.text), (&None, &None, &None));
}

#[test]
fn a_number_keeps_its_spelling_and_its_key_ignores_it() {
    let read = |number: &str| {
        let mut sent = payload("oi");
        sent["celular"] = number.into();
        message(&Received::from_chatguru(sent.to_string())).number().cloned()
    };
    let (with, without) = (read("5511987654321").unwrap(), read("551187654321").unwrap());
    assert_eq!((with.digits(), without.digits()), ("5511987654321".to_owned(), "551187654321".to_owned()));
    assert_eq!(with.key(), without.key());
    assert_eq!(read("+55 11 98765-4321"), Ok(with));
    assert_eq!(read("351912345678").unwrap().country_code(), "351");
    assert_eq!(read("5511987"), Err(InvalidPhoneNumber::TooShort));
}

#[test]
fn a_chat_without_a_phone_number_is_a_message_too() {
    // A group or a contact of another channel.
    for number in ["", "120363000000012345@g.us"] {
        let mut sent = payload("oi");
        sent["celular"] = number.into();
        let received = Received::from_chatguru(sent.to_string());
        let incoming = message(&received);
        assert_eq!(incoming.number(), Err(InvalidPhoneNumber::NotANumber), "{number}");
        assert_eq!(incoming.number_as_written.as_deref(), Some(number).filter(|number| !number.is_empty()));
    }
}

#[test]
fn debug_shows_nothing_that_a_customer_wrote() {
    let mut sent = payload("canary-text");
    sent["nome"] = "canary-name".into();
    sent["email"] = "canary-mail".into();
    sent["tags"] = json!(["canary-tag"]);
    sent["campos_personalizados"] = json!({"canary-field": "canary-value"});
    sent["bot_context"] = json!({"canary-variable": "canary-value"});
    sent["url_arquivo"] = "https://files.example/canary?signature=canary".into();
    let received = Received::from_chatguru(sent.to_string());
    let unreadable = Received::from_chatguru("canary");
    for shown in [format!("{received:?}"), format!("{received:#?}"), format!("{unreadable:?}")] {
        assert!(!shown.contains("canary") && !shown.contains("1187654321"), "{shown}");
    }
    let shown = format!("{:?}", message(&received));
    for part in ["4321", "65a0b639600ce7d9be010001", "(11 characters)", "Text", "boas-vindas", "2026-01-24T13:44:07"] {
        assert!(shown.contains(part), "{part} is not in {shown}");
    }
}

#[tokio::test]
async fn an_answer_goes_to_the_number_as_it_was_written() {
    let sandbox = Sandbox::start().await.unwrap();
    let messenger = connect(Account::of(&sandbox, Provider::ChatGuru).config()).unwrap();
    let mut sent = payload("oi");
    sent["celular"] = "5511987654321".into();
    let received = Received::from_chatguru(sent.to_string());
    let incoming = message(&received);
    messenger.send_text(incoming.number().unwrap(), "Olá!").await.unwrap();
    let deliveries: Vec<_> = sandbox.deliveries().into_iter().map(|delivery| delivery.to).collect();
    assert_eq!(deliveries, ["5511987654321"]);
}
