//! Compares answers and deliveries with the recorded ones.

use std::collections::BTreeSet;

use serde_json::{Map, Value};
use zap_sandbox::{Delivery, DeliveryKind};

use crate::http::Response;

use super::ids::Ids;

/// Values that differ between runs. Only their JSON types are compared.
const VOLATILE: [&str; 10] = [
    "created_at",
    "updated_at",
    "ordering",
    "last_message_at",
    "whatsapp_message_id",
    "media_id",
    "media_url",
    "media_path",
    "image_src",
    "image",
];

/// A difference from the recording.
#[derive(Clone, Debug)]
pub(super) struct Difference {
    pub(super) location: String,
    pub(super) want: Value,
    pub(super) got: Value,
    /// Whether the outcome or the effect differs, not only the content of the answer.
    pub(super) is_effect: bool,
}

impl std::fmt::Display for Difference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let short = |value: &Value| value.to_string().chars().take(200).collect::<String>();
        write!(f, "{}: {} expected, got {}", self.location, short(&self.want), short(&self.got))
    }
}

fn different(location: &str, want: &Value, got: &Value, is_effect: bool) -> Difference {
    Difference { location: location.to_owned(), want: want.clone(), got: got.clone(), is_effect }
}

/// Compares an answer with the recorded one.
pub(super) fn answers(want: &Value, got: &Response, ids: &mut Ids) -> Vec<Difference> {
    let mut found = Vec::new();
    if want["status"] != got.status {
        found.push(different("HTTP", &want["status"], &got.status.into(), true));
    }
    let body: Option<Value> = serde_json::from_slice(&got.body).ok();
    let text = || Value::from(String::from_utf8_lossy(&got.body).into_owned());
    let Some(want) = want["body"].as_object() else {
        if !got.body.is_empty() && !got.header("content-type").contains("html") {
            found.push(different("a page", &want["html"], &text(), true));
        }
        return found;
    };
    let Some(Value::Object(got)) = body else {
        found.push(different("JSON", &Value::from(want.clone()), &text(), true));
        return found;
    };
    let part = |map: &Map<String, Value>, key: &str| map.get(key).cloned().unwrap_or_default();
    for key in ["status", "remark"] {
        if want.get(key) != got.get(key) {
            found.push(different(key, &part(want, key), &part(&got, key), true));
        }
    }
    let keys = |map: &Map<String, Value>| map.keys().cloned().collect::<BTreeSet<_>>();
    if keys(want) != keys(&got) {
        found.push(different("keys", &Value::from_iter(keys(want)), &Value::from_iter(keys(&got)), false));
    }
    let message = part(&got, "message");
    // The texts of these remarks differ between instances.
    let is_free = want.get("remark").is_some_and(|remark| remark == "validation_error" || remark == "exception");
    let is_list = || message.as_array().is_some_and(|list| !list.is_empty() && list.iter().all(Value::is_string));
    if if is_free { !is_list() } else { part(want, "message") != message } {
        found.push(different("message", &part(want, "message"), &message, false));
    }
    values(
        &part(want, "data"),
        &part(&got, "data"),
        &Location { path: "data".to_owned(), key: "", table: None },
        ids,
        &mut found,
    );
    found
}

/// The location of a value.
struct Location<'a> {
    path: String,
    key: &'a str,
    /// The table of the rows at this location.
    table: Option<&'static str>,
}

fn values(want: &Value, got: &Value, location: &Location<'_>, ids: &mut Ids, found: &mut Vec<Difference>) {
    let mut differ = |is_equal: bool| {
        if !is_equal {
            found.push(different(&location.path, want, got, false));
        }
    };
    if VOLATILE.contains(&location.key) {
        return differ(kind(want) == kind(got));
    }
    if let Some(table) = table_of_id(location) {
        return differ(ids.are_equal(table, want, got));
    }
    match (want, got) {
        (Value::Object(want), Value::Object(got)) => {
            for key in want.keys().chain(got.keys().filter(|key| !want.contains_key(*key))) {
                let path = format!("{}.{key}", location.path);
                match (want.get(key), got.get(key)) {
                    (Some(want), Some(got)) => {
                        let table = if key == "data" { location.table } else { table_of_rows(key) };
                        let table = if key == "id" { location.table } else { table };
                        values(want, got, &Location { path, key, table }, ids, found);
                    }
                    (want, got) => {
                        let or_null = |value: Option<&Value>| value.cloned().unwrap_or_default();
                        found.push(different(&path, &or_null(want), &or_null(got), false));
                    }
                }
            }
        }
        (Value::Array(want), Value::Array(got)) if want.len() == got.len() => {
            for (at, (want, got)) in want.iter().zip(got).enumerate() {
                let path = format!("{}[{at}]", location.path);
                values(want, got, &Location { path, key: "", table: location.table }, ids, found);
            }
        }
        (Value::String(want), Value::String(got)) => differ(without_origin(want) == without_origin(got)),
        _ => differ(want == got),
    }
}

fn table_of_rows(key: &str) -> Option<&'static str> {
    match key {
        "contact" | "contacts" => Some("contacts"),
        "conversation" | "conversations" => Some("conversations"),
        "message" | "messages" => Some("messages"),
        _ => None,
    }
}

fn table_of_id(location: &Location<'_>) -> Option<&'static str> {
    match location.key {
        "contact_id" => Some("contacts"),
        "conversation_id" => Some("conversations"),
        "message_id" => Some("messages"),
        "id" => location.table,
        _ => None,
    }
}

fn without_origin(text: &str) -> String {
    let Some(rest) = text.strip_prefix("http://127.0.0.1:") else { return text.to_owned() };
    let rest = rest.trim_start_matches(|letter: char| letter.is_ascii_digit());
    format!("ORIGIN{}", rest.strip_prefix("/escalazap").unwrap_or(rest))
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(number) if number.is_f64() => "float",
        Value::Number(_) => "int",
        Value::String(_) => "text",
        Value::Array(_) => "list",
        Value::Object(_) => "object",
    }
}

/// Compares the recorded deliveries with those in the ledger.
pub(super) fn deliveries(want: &[Value], got: &[Delivery]) -> Vec<Difference> {
    if want.len() != got.len() {
        return vec![different("deliveries", &want.len().into(), &got.len().into(), true)];
    }
    want.iter().zip(got).flat_map(|(want, got)| delivery(want, got)).collect()
}

fn delivery(want: &Value, got: &Delivery) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut compare = |location: &str, want: &Value, got: Value| {
        if *want != got {
            found.push(different(&format!("delivery: {location}"), want, &got, false));
        }
    };
    let digits: String = want["to"].as_str().unwrap().chars().filter(char::is_ascii_digit).collect();
    compare("to", &digits.into(), got.to.as_str().into());
    let kind = match got.kind {
        DeliveryKind::CtaUrl | DeliveryKind::Product | DeliveryKind::Order => "cta",
        DeliveryKind::InteractiveList => "list",
        other => other.name(),
    };
    compare("kind", &want["kind"], kind.into());
    match (&got.location, &got.template) {
        (Some(location), _) => {
            let shown = [
                Some(&location.latitude),
                Some(&location.longitude),
                location.name.as_ref(),
                location.address.as_ref(),
            ];
            for (at, shown) in shown.into_iter().enumerate() {
                compare("location", &text(&want["loc"][at]), shown.map(String::as_str).into());
            }
        }
        (None, Some(template)) => {
            compare("template", &want["name"], template.name.as_str().into());
            for (name, shown) in [("body", &template.variables), ("header", &template.header_variables)] {
                let recorded = want[name].as_array().unwrap().iter().map(text).collect();
                compare(name, &recorded, shown.iter().map(String::as_str).collect());
            }
        }
        (None, None) => {
            // Not recorded for every delivery. Null means none.
            if let Some(text) = want.get("text") {
                compare("text", text, got.text.as_deref().into());
            }
            if let Some(url) = want.get("url") {
                compare("url", url, got.url.as_deref().into());
            }
        }
    }
    if want["kind"] == "document" {
        compare("file", &want["file"], got.file.as_ref().map(|file| file.name.as_str()).into());
    }
    found
}

/// A recorded value as text, because the ledger has numbers as text.
fn text(value: &Value) -> Value {
    match value {
        Value::Null | Value::String(_) => value.clone(),
        Value::Bool(true) => "1".into(),
        Value::Number(number) if number.is_f64() => format!("{number}").into(),
        other => other.to_string().into(),
    }
}
