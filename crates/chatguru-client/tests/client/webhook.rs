//! Webhooks are read as far as possible. The samples are the project's own, in the shapes of recorded ones.

use std::fmt::Write as _;

use chatguru_client::Webhook;
use chatguru_client::types::MessageType;
use serde_json::{Map, Value, json};

/// A post about a text, as recorded in 2025.
fn text() -> Value {
    json!({"campanha_id": "", "campanha_nome": "", "origem": "", "email": "5511900000123", "nome": "Maria Exemplo",
        "tags": [], "texto_mensagem": "Olá, tudo bem? 😀", "campos_personalizados": {"Pedido_2": "7"}, "bot_context": {},
        "responsavel_nome": "", "responsavel_email": "",
        "link_chat": "https://s9.chatguru.example/chats#65a0b639600ce7d9be010004", "celular": "5511900000123",
        "phone_id": "65a0b639600ce7d9be010001", "chat_id": "65a0b639600ce7d9be010004",
        "chat_created": "2026-02-02 20:50:40.442000", "datetime_post": "2026-02-14 10:44:07.171806",
        "tipo_mensagem": "chat"})
}

/// The same post with other properties.
fn text_with(properties: &Value) -> Value {
    let mut post = text();
    let (Some(post_map), Some(properties)) = (post.as_object_mut(), properties.as_object()) else { unreachable!() };
    post_map.extend(properties.clone());
    post
}

/// Reads a post in the two ways that users have, which agree.
fn read(body: &str) -> Webhook {
    let webhook = Webhook::from_body(body.as_bytes()).unwrap_or_else(|error| panic!("{error}: {body}"));
    let by_serde = serde_json::from_str::<Webhook>(body).unwrap_or_else(|error| panic!("{error}: {body}"));
    assert_eq!(json!(webhook), json!(by_serde), "{body}");
    webhook
}

/// Writes JSON as Python's `json` does: with escapes for everything beyond ASCII.
fn as_python(value: &Value) -> String {
    let mut json = String::new();
    for unit in value.to_string().encode_utf16() {
        match u8::try_from(unit).ok().filter(u8::is_ascii) {
            Some(ascii) => json.push(ascii.into()),
            None => write!(json, "\\u{unit:04x}").unwrap(),
        }
    }
    json
}

#[test]
fn a_text_of_2025_is_read() {
    let body = as_python(&text());
    assert!(body.contains(r"Ol\u00e1, tudo bem? \ud83d\ude00"), "{body}");
    let webhook = read(&body);
    assert_eq!(webhook.texto_mensagem.as_deref(), Some("Olá, tudo bem? 😀"));
    assert_eq!(webhook.tipo_mensagem, Some(MessageType::Chat));
    assert_eq!(webhook.email.as_deref(), Some("5511900000123"), "a number");
    assert_eq!(webhook.celular.as_deref(), Some("5511900000123"));
    assert_eq!(webhook.nome.as_deref(), Some("Maria Exemplo"));
    assert_eq!(webhook.chat_id.as_deref(), Some("65a0b639600ce7d9be010004"));
    assert_eq!(webhook.phone_id.as_deref(), Some("65a0b639600ce7d9be010001"));
    assert_eq!(webhook.chat_created.as_deref(), Some("2026-02-02 20:50:40.442000"));
    assert_eq!(webhook.datetime_post.as_deref(), Some("2026-02-14 10:44:07.171806"));
    assert_eq!(webhook.campos_personalizados["Pedido_2"], "7");
    assert!(webhook.bot_context.is_empty() && webhook.tags.is_empty());
    assert_eq!(webhook.link_chat.as_deref(), text()["link_chat"].as_str());
}

#[test]
fn empty_texts_are_absent() {
    let webhook = read(&text().to_string());
    let empty = [
        &webhook.campanha_id,
        &webhook.campanha_nome,
        &webhook.origem,
        &webhook.responsavel_nome,
        &webhook.responsavel_email,
        &webhook.url_arquivo,
    ];
    assert_eq!(empty, [&None; 6]);
    let all = json!({"texto_mensagem": "", "tipo_mensagem": "", "tags": "", "bot_context": "", "celular": ""});
    assert_eq!(json!(read(&all.to_string())), json!({"tags": [], "bot_context": {}, "campos_personalizados": {}}));
    // White space is text, and what is in maps and lists stays as it came.
    let webhook = read(r#"{"texto_mensagem": " ", "campos_personalizados": {"a": "", "b": [""]}, "tags": ["a", ""]}"#);
    assert_eq!(webhook.texto_mensagem.as_deref(), Some(" "));
    assert_eq!(Value::Object(webhook.campos_personalizados), json!({"a": "", "b": [""]}));
    assert_eq!(webhook.tags, ["a", ""]);
}

#[test]
fn a_post_of_a_dialog_that_was_run_by_hand_in_2021_is_read() {
    let mut post =
        text_with(&json!({"origem": "marcador_livre", "email": "551190000012@c.us", "celular": "551190000012",
        "tags": ["Região Norte"], "texto_mensagem": "", "campos_personalizados": {}, "responsavel_nome": "Atendente",
        "responsavel_email": "atendente@mail.example"}));
    post.as_object_mut().unwrap().remove("tipo_mensagem");
    let webhook = read(&as_python(&post));
    assert_eq!((webhook.texto_mensagem, webhook.tipo_mensagem), (None, None));
    assert_eq!(webhook.origem.as_deref(), Some("marcador_livre"));
    assert_eq!(webhook.email.as_deref(), Some("551190000012@c.us"));
    assert_eq!(webhook.celular.as_deref(), Some("551190000012"), "without the ninth digit");
    assert_eq!(webhook.tags, ["Região Norte"]);
    assert_eq!(webhook.responsavel_email.as_deref(), Some("atendente@mail.example"));
}

/// It has neither ids nor dates.
#[test]
fn the_sample_of_the_old_documentation_is_read() {
    let post = json!({"campanha_id": "id", "campanha_nome": "nome", "origem": "ChatGuru", "email": "551190000012@c.us",
        "nome": "Maria Exemplo", "tags": ["Etiqueta 1", "Origem: Site"], "texto_mensagem": "quero comprar",
        "campos_personalizados": {"email2": "a@mail.example", "Valor": 1567.87}, "bot_context": {"ChatGuru": true},
        "responsavel_nome": "", "responsavel_email": "",
        "link_chat": "https://app9.zap.example/chats/65a0b639600ce7d9be010004", "celular": "551190000012"});
    let webhook = read(&post.to_string());
    assert_eq!(
        (webhook.phone_id, webhook.chat_id, webhook.chat_created, webhook.datetime_post),
        (None, None, None, None)
    );
    assert_eq!(webhook.campanha_nome.as_deref(), Some("nome"));
    assert_eq!(webhook.bot_context["ChatGuru"], true);
    assert_eq!(webhook.campos_personalizados["Valor"], 1567.87);
    assert_eq!(webhook.tags, ["Etiqueta 1", "Origem: Site"]);
}

#[test]
fn media_have_a_kind_and_a_url() {
    for (word, kind) in [
        ("image", MessageType::Image),
        ("ptt", MessageType::Ptt),
        ("audio", MessageType::Audio),
        ("video", MessageType::Video),
        ("document", MessageType::Document),
        ("sticker", MessageType::Unknown("sticker".into())),
    ] {
        let url = "https://files.example/a";
        let post = text_with(&json!({"texto_mensagem": "", "tipo_mensagem": word, "url_arquivo": url}));
        let webhook = read(&post.to_string());
        assert_eq!((webhook.tipo_mensagem, webhook.url_arquivo.as_deref()), (Some(kind), Some(url)));
        assert_eq!(webhook.texto_mensagem, None);
    }
}

#[test]
fn values_of_other_types_are_read_as_in_answers() {
    let webhook = read(
        &text_with(&json!({"celular": 5_511_900_000_123_i64, "campanha_id": 7, "chat_id": 1.5,
        "origem": true, "tipo_mensagem": 3, "tags": "vip", "campos_personalizados": [], "bot_context": false}))
        .to_string(),
    );
    let texts = [&webhook.celular, &webhook.campanha_id, &webhook.chat_id, &webhook.origem];
    assert_eq!(texts.map(Option::as_deref), [Some("5511900000123"), Some("7"), Some("1.5"), Some("true")]);
    assert_eq!(webhook.tipo_mensagem, Some(MessageType::Unknown("3".into())));
    assert_eq!(webhook.tags, ["vip"]);
    assert_eq!((webhook.campos_personalizados, webhook.bot_context), (Map::new(), Map::new()));
    assert_eq!(read(r#"{"celular": 551190000012}"#).celular.as_deref(), Some("551190000012"));
    assert_eq!(read(r#"{"tags": {"0": "a", "2": 3, "4": null}}"#).tags, ["a", "3"]);
}

#[test]
fn nulls_and_unknown_properties_are_absent() {
    let nulls: Map<_, _> = text().as_object().unwrap().keys().map(|key| (key.clone(), Value::Null)).collect();
    for post in [Value::Object(nulls), json!({}), json!({"more": 1})] {
        let empty = json!({"tags": [], "campos_personalizados": {}, "bot_context": {}});
        assert_eq!(json!(read(&post.to_string())), empty);
    }
}

/// A message must not be lost because of one property.
#[test]
fn a_property_that_cannot_be_read_is_absent_and_the_rest_is_read() {
    let whole = json!(read(&text().to_string()));
    let expected = text();
    let names = expected.as_object().unwrap().keys();
    for name in names.filter(|name| !matches!(name.as_str(), "tags" | "campos_personalizados" | "bot_context")) {
        for damage in [json!(["a", {"b": [1]}]), json!({"a": {"b": []}}), json!([[["a"]]]), json!([1, null])] {
            let webhook = read(&text_with(&json!({name: damage})).to_string());
            let mut rest = whole.clone();
            rest.as_object_mut().unwrap().remove(name);
            assert_eq!(json!(webhook), rest, "{name}: {damage}");
        }
    }
    for name in ["campos_personalizados", "bot_context", "tags"] {
        for damage in [json!(7), json!(true)] {
            let webhook = read(&text_with(&json!({name: damage})).to_string());
            let mut rest = whole.clone();
            rest[name] = if name == "tags" { json!([]) } else { json!({}) };
            assert_eq!(json!(webhook), rest, "{name}: {damage}");
        }
    }
    let webhook = read(r#"{"bot_context": [{"a": "b"}, "c"], "nome": "Maria", "tags": ["a", {"b": ["c"]}, [["d"]]]}"#);
    assert_eq!((webhook.nome.as_deref(), webhook.bot_context.len()), (Some("Maria"), 0));
    assert_eq!(webhook.tags, ["a", "c", "d"]);
}

#[test]
fn the_last_value_of_a_repeated_property_counts() {
    let webhook = read(r#"{"nome": "a", "tags": ["a"], "no\u006de": "b", "tags": ["b", "c"], "more": 1, "more": 2}"#);
    assert_eq!((webhook.nome.as_deref(), webhook.tags), (Some("b"), vec!["b".to_owned(), "c".to_owned()]));
}

/// Python writes half an emoji as it is, and a text that was cut ends in one. `serde_json` refuses it.
#[test]
fn half_a_surrogate_pair_is_left_out() {
    for half in ["\\ud83d", "\\uDE00", "\\ud83d\\ud83d"] {
        let body = as_python(&text_with(&json!({"nome": "Maria HALF", "more": "HALF"}))).replace("HALF", half);
        assert!(serde_json::from_str::<Webhook>(&body).is_err());
        let webhook = Webhook::from_body(body.as_bytes()).unwrap();
        assert_eq!(webhook.nome.as_deref(), Some("Maria "));
        assert_eq!(webhook.texto_mensagem.as_deref(), Some("Olá, tudo bem? 😀"), "a whole pair stays");
    }
}

#[test]
fn a_value_that_no_json_reader_accepts_makes_one_property_absent() {
    let depth = 100_000;
    let deep = format!("{{\"a\": {}{}}}", "[".repeat(300), "]".repeat(300));
    let body = |name: &str, value: &str| as_python(&text_with(&json!({name: "VALUE"}))).replace("\"VALUE\"", value);
    for (name, value) in [("bot_context", &*deep), ("bot_context", r#"{"a": 1e999}"#), ("celular", "-1e999")] {
        let webhook = Webhook::from_body(body(name, value).as_bytes()).unwrap();
        assert!(webhook.bot_context.is_empty());
        assert_eq!(webhook.celular.is_some(), name != "celular");
        assert_eq!(webhook.texto_mensagem.as_deref(), Some("Olá, tudo bem? 😀"), "{name}");
        assert_eq!(webhook.campos_personalizados["Pedido_2"], "7");
    }
    // So many lists are an attack on the memory or on the stack.
    let bomb = body("bot_context", &format!("{}{}", "[".repeat(depth), "]".repeat(depth)));
    let error = Webhook::from_body(bomb.as_bytes()).unwrap_err().to_string();
    assert!(error.contains("more objects and lists than a body of this size can have"), "{error}");
}

#[test]
fn bytes_in_another_encoding_are_read() {
    let body = text().to_string();
    let with_mark = ["\u{feff}", &body].concat();
    assert_eq!(Webhook::from_body(with_mark.as_bytes()).unwrap().nome.as_deref(), Some("Maria Exemplo"));
    let latin: Vec<u8> = body.replace('😀', "").chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let webhook = Webhook::from_body(&latin).unwrap();
    assert_eq!(webhook.texto_mensagem.as_deref(), Some("Ol\u{fffd}, tudo bem? "));
}

#[test]
fn a_body_that_is_not_an_object_is_an_error() {
    for body in ["", " ", "[]", "null", "7", "\"a\"", "nome=Maria&celular=1", "<html></html>", "{", r#"{"nome": "a""#] {
        let error = Webhook::from_body(body.as_bytes()).expect_err(body);
        assert!(!error.to_string().is_empty());
        assert!(serde_json::from_str::<Webhook>(body).is_err(), "{body}");
    }
}

#[test]
fn a_webhook_can_be_read_from_any_format_of_serde() {
    let post = text_with(&json!({"nome": ["a", {}], "tags": ["a", {"b": "c"}]}));
    let from_value: Webhook = serde_json::from_value(post.clone()).unwrap();
    let from_reader: Webhook = serde_json::from_reader(post.to_string().as_bytes()).unwrap();
    assert_eq!(json!(from_value), json!(read(&post.to_string())));
    assert_eq!(json!(from_reader), json!(from_value));
    assert_eq!((from_value.nome, from_value.tags), (None, vec!["a".to_owned(), "c".to_owned()]));
}
