//! A message from a customer as JSON.

use serde_json::{Map, Value};

use crate::{IncomingKind, Provider};

use super::message::{IncomingError, IncomingMessage};

const KEYS: [&str; 9] = ["provider", "from", "kind", "text", "caption", "url", "name", "origin", "phone_id"];

/// Reads a message and the provider that receives it.
pub(crate) fn read(value: &Value) -> Result<(Provider, IncomingMessage), IncomingError> {
    let example =
        "expected an object such as {\"provider\": \"chatguru\", \"from\": \"5511987654321\", \"text\": \"Olá\"}";
    let map = value.as_object().ok_or_else(|| IncomingError::at("", example))?;
    for name in map.keys() {
        if !KEYS.contains(&name.as_str()) {
            let text = format!("{name}: unknown key; known keys are {}", KEYS.join(", "));
            return Err(IncomingError::at("", text));
        }
    }
    let provider = provider(map)?;
    let kind = kind(map)?;
    let from = text(map, "from")?.ok_or_else(|| IncomingError::at("from", "the key is missing; expected a number"))?;
    let (text_of_kind, other, reason) = match kind {
        IncomingKind::Text => ("text", "caption", "a text has no caption; use text"),
        _ => ("caption", "text", "only a text has this key; use caption"),
    };
    if text(map, other)?.is_some() {
        return Err(IncomingError::at(other, reason));
    }
    let url = text(map, "url")?;
    if kind == IncomingKind::Text && url.is_some() {
        return Err(IncomingError::at("url", "a text has no file"));
    }
    let message = IncomingMessage {
        from,
        kind,
        text: text(map, text_of_kind)?,
        url,
        name: text(map, "name")?,
        origin: text(map, "origin")?,
        phone_id: text(map, "phone_id")?,
    };
    message.check()?;
    Ok((provider, message))
}

fn provider(map: &Map<String, Value>) -> Result<Provider, IncomingError> {
    let slugs = Provider::ALL.map(Provider::slug).join(", ");
    let found = text(map, "provider")?.and_then(|slug| Provider::from_slug(&slug));
    found.ok_or_else(|| IncomingError::at("provider", format!("expected one of {slugs}")))
}

/// Returns the kind. Without one, the message is a text.
fn kind(map: &Map<String, Value>) -> Result<IncomingKind, IncomingError> {
    let Some(name) = text(map, "kind")? else { return Ok(IncomingKind::Text) };
    let names = IncomingKind::ALL.map(IncomingKind::name).join(", ");
    let found = IncomingKind::ALL.into_iter().find(|kind| kind.name() == name);
    found.ok_or_else(|| IncomingError::at("kind", format!("expected one of {names}")))
}

/// Returns a text. Null counts as missing.
fn text(map: &Map<String, Value>, name: &'static str) -> Result<Option<String>, IncomingError> {
    match map.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(IncomingError::at(name, "expected a string")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn messages_are_read() {
        let value = json!({"provider": "chatguru", "from": "5511900000001", "text": "Olá", "name": "Ana", "url": null});
        let expected = IncomingMessage::text("5511900000001", "Olá").name("Ana");
        assert_eq!(read(&value), Ok((Provider::ChatGuru, expected)));
        let value = json!({"provider": "wazime", "from": "5511900000001", "kind": "image", "caption": "x",
                           "url": "http://h/a.png", "origin": "site", "phone_id": "x"});
        let expected = IncomingMessage::image("5511900000001", "http://h/a.png").caption("x").origin("site");
        let expected = expected.phone_id("x");
        assert_eq!(read(&value), Ok((Provider::WaziMe, expected)));
        let value = json!({"provider": "chatguru", "from": "5511900000001", "kind": "voice"});
        let expected = IncomingMessage::sample(IncomingKind::Voice, "5511900000001");
        assert_eq!(read(&value), Ok((Provider::ChatGuru, expected)));
    }

    #[test]
    fn errors_name_the_location() {
        let with = |name: &str, wrong: Value| {
            let mut value = json!({"provider": "chatguru", "from": "5511900000001", "text": "x"});
            value.as_object_mut().unwrap().insert(name.to_owned(), wrong);
            value
        };
        for (value, expected) in [
            (json!(5), "expected an object"),
            (json!([]), "expected an object"),
            (json!({}), "provider: expected one of escalazap, wazime"),
            (json!({"provider": "chatguru", "text": "x"}), "from: the key is missing"),
            (json!({"provider": "chatguru", "from": "55119"}), "text: expected a text"),
            (with("provider", json!("twilio")), "provider: expected one of"),
            (with("provider", json!(5)), "provider: expected a string"),
            (with("from", json!(5_511_900_000_001_u64)), "from: expected a string"),
            (with("from", json!("+55")), "from: expected a number"),
            (with("kind", json!("sticker")), "kind: expected one of text, image, voice"),
            (with("text", json!(["x"])), "text: expected a string"),
            (with("caption", json!("x")), "caption: a text has no caption"),
            (with("url", json!("http://h/a")), "url: a text has no file"),
            (with("kind", json!("image")), "text: only a text has this key"),
            (with("frm", json!("x")), "frm: unknown key; known keys are provider"),
        ] {
            let error = read(&value).unwrap_err().to_string();
            assert!(error.starts_with(expected), "{error}");
        }
    }
}
