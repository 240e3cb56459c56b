//! Encodes forms as JSON objects and urlencoded.

use reqwest::header::HeaderValue;
use serde_json::Value as Json;

use crate::body::form::{Form, Value};
use crate::body::segments::{EncodedForm, Segments};
use crate::decode::visitor;
use crate::util::percent::push;

/// A body that is text, and its media type.
pub(crate) struct TextBody {
    pub(crate) text: String,
    pub(crate) media_type: &'static str,
}

impl TextBody {
    pub(crate) fn encoded(self) -> EncodedForm {
        let mut segments = Segments::default();
        segments.text = self.text;
        segments.finish_as(HeaderValue::from_static(self.media_type))
    }
}

/// Returns a form as a JSON object, with its fields in their order.
pub(crate) fn json(form: &Form) -> TextBody {
    let mut text = String::from("{");
    for (name, value) in form.parts() {
        let value = match value {
            Value::Json(json) => json.clone(),
            Value::Text(text) => Json::from(text.as_str()).to_string(),
            // The generator refuses files in JSON.
            Value::File(_) => continue,
        };
        let between = if text.len() > 1 { "," } else { "" };
        text.extend([between, &Json::from(*name).to_string(), ":", &value]);
    }
    text.push('}');
    TextBody { text, media_type: "application/json" }
}

/// Returns the JSON of a body that is one value.
pub(crate) fn json_root(form: &Form) -> TextBody {
    let value = form.parts().iter().find_map(|(_, value)| match value {
        Value::Json(json) => Some(json.clone()),
        _ => None,
    });
    TextBody { text: value.unwrap_or_default(), media_type: "application/json" }
}

/// Returns a form urlencoded. A property of an object is sent as `name[property]`, and an item of a list in it as
/// `name[property][]`.
pub(crate) fn urlencoded(form: &Form) -> TextBody {
    let mut text = String::new();
    for (name, value) in form.parts() {
        match value {
            Value::Text(value) => push(&mut text, name, value),
            Value::Json(json) => push_nested(&mut text, name, &parsed(json)),
            Value::File(_) => {}
        }
    }
    TextBody { text, media_type: "application/x-www-form-urlencoded" }
}

fn push_nested(text: &mut String, name: &str, value: &Json) {
    match value {
        Json::Object(map) => map.iter().for_each(|(key, value)| push_nested(text, &format!("{name}[{key}]"), value)),
        Json::Array(items) => items.iter().for_each(|item| push_nested(text, &format!("{name}[]"), item)),
        Json::String(value) => push(text, name, value),
        Json::Null => {}
        other => push(text, name, &other.to_string()),
    }
}

/// Returns the scalars in a JSON value that rules about texts and numbers apply to: the value itself, or the items of a
/// list.
pub(crate) fn scalars(json: &str) -> Vec<String> {
    let scalar = |value: Json| match value {
        Json::String(text) => Some(text),
        Json::Number(number) => Some(number.to_string()),
        _ => None,
    };
    match parsed(json) {
        Json::Array(items) => items.into_iter().filter_map(scalar).collect(),
        value => scalar(value).into_iter().collect(),
    }
}

/// Returns the number of entries of a JSON object, and `None` for null.
pub(crate) fn entries(json: &str) -> Option<usize> {
    parsed(json).as_object().map(serde_json::Map::len)
}

/// Reads JSON that `serde_json` has written. It uses the reader of answers, because with a second copy of that crate's
/// parser, the compiler makes both slower.
pub(crate) fn parsed(json: &str) -> Json {
    let mut value: Option<Json> = None;
    visitor::json(json, &mut value).map_or(Json::Null, |()| value.unwrap_or_default())
}
