//! The answers that faults return, and the changes that they make to real answers.

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use serde_json::{Map, Value, json};

use crate::{
    answer::{Answer, Payload},
    chatguru::dialog_context_error,
};

use super::{Action, CannedAnswer, Page};

/// A string that no provider answers as a state or a kind.
const UNKNOWN_WORD: &str = "unheard_of";
/// A number that no provider answers as a state or a kind.
const UNKNOWN_NUMBER: i64 = 9_099;
/// The keys whose values are states or kinds.
const ENUMS: [&str; 7] =
    ["status", "type", "message_type", "media_type", "header_format", "message_status", "chat_add_status"];

/// Returns the answer that replaces the real one, if the fault has one.
pub(crate) fn replacement(action: &Action, origin: &str) -> Option<Answer> {
    match action {
        Action::Answer(canned) => Some(from_canned(canned)),
        Action::Page(Page::Proxy) => Some(proxy()),
        Action::Page(Page::Maintenance) => Some(maintenance(origin)),
        Action::DialogContextError => Some(dialog_context_error()),
        _ => None,
    }
}

/// Changes the real answer, if the fault does that.
pub(crate) fn corrupt(action: &Action, answer: &mut Answer) {
    let change = match action {
        Action::WrongTypes => change_types,
        Action::UnknownEnum => unknown_states,
        _ => return,
    };
    let Payload::Json(text) = &answer.body else { return };
    // The sandbox wrote this JSON itself, so parsing it does not fail.
    let Ok(mut body) = serde_json::from_slice(text) else { return };
    change(&mut body);
    answer.body = Payload::json(&body);
    answer.success &= !matches!(action, Action::WrongTypes);
}

fn from_canned(canned: &CannedAnswer) -> Answer {
    let status = StatusCode::from_u16(canned.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let body = match &canned.body {
        Value::Null => Payload::Empty,
        Value::String(text) => Payload::Text(text.clone()),
        json => Payload::json(json),
    };
    let mut answer = Answer::new(status, body);
    answer.success = ["status", "result"].iter().any(|key| canned.body.get(key).is_some_and(|word| word == "success"));
    for (name, value) in &canned.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(value)) {
            answer.headers.push((name, value));
        }
    }
    answer
}

fn proxy() -> Answer {
    let page = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n\
                <center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";
    Answer::new(StatusCode::BAD_GATEWAY, Payload::Page(page.to_owned()))
}

/// Returns the recorded maintenance answer: a redirect with a page that says so.
fn maintenance(origin: &str) -> Answer {
    let url = format!("{origin}/maintenance-mode");
    let page = format!(
        "<!DOCTYPE html>\n<html>\n    <head>\n        <meta charset=\"UTF-8\" />\n        \
         <meta http-equiv=\"refresh\" content=\"0;url='{url}'\" />\n\n        <title>Redirecting to {url}</title>\n    \
         </head>\n    <body>\n        Redirecting to <a href=\"{url}\">{url}</a>.\n    </body>\n</html>"
    );
    let mut answer = Answer::new(StatusCode::FOUND, Payload::Page(page));
    if let Ok(url) = HeaderValue::from_str(&url) {
        answer.headers.push((header::LOCATION, url));
    }
    answer
}

/// Replaces every scalar with one of another type.
fn change_types(value: &mut Value) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(change_types),
        Value::Object(map) => map.values_mut().for_each(change_types),
        Value::String(text) => *value = json!(text.chars().count()),
        Value::Number(number) => *value = json!(number.to_string()),
        Value::Bool(flag) => *value = json!(i32::from(*flag)),
        Value::Null => *value = json!(false),
    }
}

/// Replaces states and kinds with unknown ones. The envelope's own `status` stays.
fn unknown_states(body: &mut Value) {
    let Value::Object(map) = body else { return };
    let status = map.remove("status");
    unknown_in(map);
    if let Some(status) = status {
        map.insert("status".to_owned(), status);
    }
}

fn unknown_in(map: &mut Map<String, Value>) {
    for (key, value) in map {
        match value {
            Value::Object(inner) => unknown_in(inner),
            Value::Array(list) => list.iter_mut().filter_map(Value::as_object_mut).for_each(unknown_in),
            Value::String(_) if ENUMS.contains(&key.as_str()) => *value = json!(UNKNOWN_WORD),
            Value::Number(_) if ENUMS.contains(&key.as_str()) => *value = json!(UNKNOWN_NUMBER),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn corrupted(action: &Action, body: &Value) -> Value {
        let mut answer = Answer::json(StatusCode::OK, body, true);
        corrupt(action, &mut answer);
        let Payload::Json(text) = answer.body else { panic!("JSON") };
        serde_json::from_slice(&text).unwrap()
    }

    #[test]
    fn every_scalar_changes_its_type() {
        let body = json!({"status": "success", "message": ["hé"], "data": {"id": 7, "on": true, "none": null}});
        let expected = json!({"status": 7, "message": [2], "data": {"id": "7", "on": 1, "none": false}});
        assert_eq!(corrupted(&Action::WrongTypes, &body), expected);
    }

    #[test]
    fn the_status_of_the_envelope_stays() {
        let body = json!({"status": "success", "remark": "x", "data": {"page": {"data": [{"status": 1, "id": 2}]}}});
        let expected =
            json!({"status": "success", "remark": "x", "data": {"page": {"data": [{"status": 9099, "id": 2}]}}});
        assert_eq!(corrupted(&Action::UnknownEnum, &body), expected);
        let body = json!({"result": "success", "code": 201, "message_status": "scheduled"});
        let expected = json!({"result": "success", "code": 201, "message_status": "unheard_of"});
        assert_eq!(corrupted(&Action::UnknownEnum, &body), expected);
    }

    #[test]
    fn an_answer_says_success_or_not() {
        let success = |body: Value| from_canned(&CannedAnswer { status: 200, headers: Vec::new(), body }).success;
        assert!(success(json!({"status": "success"})) && success(json!({"result": "success"})));
        assert!(!success(json!({"status": "error"})) && !success(json!("success")) && !success(json!(["status"])));
    }
}
