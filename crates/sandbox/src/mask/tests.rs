//! Tests that credentials are masked wherever they can be.

use super::*;

const OWN: &str = "sandbox-client-secret";
const REAL: &str = "Kd93jfPq82LmzX7Rw5Tb";

fn secrets() -> Secrets {
    Secrets::new(["hunter2hunter2".to_owned(), "hunter2".to_owned(), "abc".to_owned(), OWN.to_owned()])
}

fn body(text: &str) -> String {
    secrets().body(text, false)
}

#[test]
fn in_targets() {
    let target = "/chatguru/api/v1?key=abc&%6Bey=def&text=hunter2hunter2&to=hunter%32&action=note_add";
    assert_eq!(secrets().target(target), "/chatguru/api/v1?key=***&%6Bey=***&text=***&to=***&action=note_add");
    assert_eq!(secrets().target("/a/hunter2hunter2"), "/a/***");
    assert_eq!(secrets().target("/a?text=abc"), "/a?text=abc", "too short to be looked for");
    assert_eq!(secrets().target("/a?x&page=1"), "/a?x&page=1");
    for query in [REAL.to_owned(), format!("={REAL}")] {
        assert!(!secrets().target(&format!("/a?{query}")).contains(REAL), "a value without a name: {query}");
    }
}

#[test]
fn in_headers_and_fields() {
    for name in ["Client-Id", "client-secret", "Authorization", "cookie", "key", "x-api-key", "PHONE_ID", "accountId"] {
        assert_eq!(secrets().value(name, "anything", false), "***", "{name}");
    }
    assert_eq!(secrets().value("message", "it is hunter2!", false), "it is ***!");
    assert_eq!(secrets().value("", "anything", false), "***");
}

#[test]
fn in_bodies() {
    assert_eq!(body(r#"{"a": [{"client_secret": "x"}]}"#), r#"{"a":[{"client_secret":"***"}]}"#);
    assert_eq!(body(r#"{"a":  "hunter2"}"#), r#"{"a":  "***"}"#);
    assert_eq!(body("key=x&text=y"), "key=***&text=y");
    assert_eq!(body("{\"broken\": hunter2"), "{\"broken\": ***");
    assert_eq!(body(r#"{"a": 1, "b": [true, "c"]}"#), r#"{"a": 1, "b": [true, "c"]}"#, "as it came");
}

#[test]
fn messages_are_shown_as_they_came() {
    for text in ["[Shop] Pedido 5: pronto", "{{1}}, olá", "{oi}", "[", "a = b", "Olá: tudo bem?", "100% [ok]", "1 & 2"]
    {
        assert_eq!(secrets().value("message", text, false), text);
        let body = serde_json::json!({ "message": text }).to_string();
        assert_eq!(secrets().body(&body, false), body);
    }
    assert_eq!(secrets().value("message", "{client_secret:abcdefgh}", false), "{client_secret:***}");
    assert_eq!(secrets().value("message", r#"[{"key":"x"}]"#, false), r#"[{"key":"***"}]"#);
}

#[test]
fn json_stays_json() {
    for (text, masked) in [
        (r#"{"key":"v","mobile":"5511"}"#, r#"{"key":"***","mobile":"5511"}"#),
        ("the \"key=abc\" here", "the \"key=***\" here"),
        ("key: abc\\", "key: ***\\"),
        ("Token: [5] and more", "Token: ***"),
    ] {
        let body = |text: &str| serde_json::json!({ "message": text, "mobile": "11987654321" }).to_string();
        let shown = secrets().body(&body(text), false);
        assert_eq!(shown, body(masked), "{text}");
    }
}

/// Credentials of other services, which are recognised only by their names.
#[test]
fn by_name_in_every_shape() {
    for text in [
        format!(r#"{{"client_secret":"{REAL}",}}"#),
        format!(r#"{{"client_secret":"{REAL}""#),
        format!(r#"{{"client\u005fsecret":"{REAL}"}}"#),
        format!(r#"{{"client_secret":{{"a":["{REAL}"]}}}}"#),
        format!(r#"{{"name":"client_secret","value":"{REAL}"}}"#),
        format!(r#"[["client-secret","{REAL}"]]"#),
        format!(r#"[{{"header":"apikey","value":"{REAL}"}},{{"name":"Access-Token","value":"{REAL}"}}]"#),
        format!(r#"{{"inner":"{{\"client_secret\":\"{REAL}\"}}"}}"#),
        format!("{{'client_secret':'{REAL}'}}"),
        format!("{{client_secret:{REAL}}}"),
        format!(r#"{{"a":1 "client_secret":"{REAL}"}}"#),
        format!(r#"{{"a":1}}{{"client_secret":"{REAL}"}}"#),
        format!(r#"{{"url":"https://h/?key={REAL}&x=1"}}"#),
        format!(r#"{{"url":"https%3A%2F%2Fh%2F%3Fkey%3D{REAL}"}}"#),
        format!(r#"{{"note":"Authorization: Bearer {REAL}"}}"#),
        format!(r#"{{"account_id":5{},"phone_id":"{REAL}"}}"#, "1".repeat(20)),
        format!("{}\"client_secret\":\"{REAL}\"{}", "{\"a\":".repeat(200) + "{", "}".repeat(201)),
        format!("key: {REAL}"),
        format!("<key>{REAL}</key>"),
        format!("my key is {REAL} and text=1"),
        format!("key={REAL}&text=y"),
        format!("ke%79={REAL}"),
        format!("a=1;key={REAL}"),
        format!("data=%7B%22key%22%3A%22{REAL}%22%7D"),
        REAL.to_owned(),
    ] {
        for cut in [false, true] {
            let shown = secrets().body(&text, cut);
            assert!(!shown.contains(REAL), "{text}: {shown}");
        }
    }
}

#[test]
fn json_that_was_cut_is_shown_without_its_credentials() {
    let text = format!(
        r#"{{"message": "olá", "client_secret": "{REAL}", "list": [1, {{"key": 5}}], "long": "{}"#,
        "x".repeat(9)
    );
    let shown = secrets().body(&text, true);
    assert_eq!(shown, r#"{"message": "olá", "client_secret": "***", "list": [1, {"key": "***"}], "long": "xxxxxxxxx"#);
    for end in 0..text.len() {
        let Some(start) = text.get(..end) else { continue };
        let shown = secrets().body(start, true);
        assert!(!shown.contains("Kd9"), "{start}: {shown}");
    }
}

#[test]
fn by_value_in_every_encoding() {
    let each = |written: fn(u8) -> String| OWN.bytes().map(written).collect::<Vec<_>>().concat();
    let percent = each(|byte| format!("%{byte:02X}"));
    let unicode = each(|byte| format!("\\u{byte:04x}"));
    let entities = each(|byte| format!("&#{byte};"));
    let hex = each(|byte| format!("{byte:02x}"));
    for text in [
        OWN.to_owned(),
        OWN.to_uppercase(),
        OWN.replace('-', "%2D"),
        OWN.replace('-', "%252d"),
        percent.clone(),
        percent.replace('%', "%25"),
        unicode.clone(),
        unicode.replace('\\', "\\\\"),
        unicode.replace('\\', "%5C"),
        entities.replace('&', "&amp;"),
        hex,
        // `id:secret`, `x:id:secret` and `xy:…` in base64, as `Basic` has it.
        "aWQ6c2FuZGJveC1jbGllbnQtc2VjcmV0".to_owned(),
        "eDppZDpzYW5kYm94LWNsaWVudC1zZWNyZXQ=".to_owned(),
        "eHk6aWQ6c2FuZGJveC1jbGllbnQtc2VjcmV0".to_owned(),
    ] {
        let shown = secrets().text(&text).into_owned();
        assert_eq!(shown, "***", "{text}");
        assert!(secrets().body(&format!(r#"{{"a":"<{text}>"}}"#), false).contains("***"), "{text}");
    }
}

#[test]
fn a_value_that_was_cut_is_masked() {
    for length in 4..OWN.len() {
        let text = format!("see {}", &OWN[..length]);
        assert_eq!(secrets().cut_text(&text, true), "see ***");
        assert_eq!(secrets().text(&text), text, "the whole text is not a secret");
        let encoded = text.replace('-', "%2D") + "%2";
        assert_eq!(secrets().cut_text(&encoded, true), "see ***");
    }
}

#[test]
fn credentials_named_in_a_call_are_masked_everywhere_in_it() {
    let world = secrets();
    let both = world.and(vec![REAL.to_owned(), OWN.to_owned()]);
    assert_eq!(both.text(&format!("no route {REAL}, {OWN}")), "no route ***, ***");
}

/// Long texts are searched in windows, and every input takes linear time.
#[test]
fn long_texts() {
    for unit in
        ["x", "%25", "key=", "key: ", "\\u0041", "&amp;", "QUJD", "hunter", "{\"key\":", "[", "\"", "Basic ", "a&"]
    {
        let text = unit.repeat(300_000 / unit.len()) + " hunter2";
        let shown = secrets().body(&format!("{{\"a\":\"{text}"), true)
            + &secrets().target(&text)
            + &secrets().body(&text, true);
        assert!(!shown.contains("hunter2"), "{unit}");
    }
}
