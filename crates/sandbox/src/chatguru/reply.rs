//! The shapes of answers. The HTTP status equals `code` (a guess).

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::answer::Answer;

/// Returns a success with the given fields besides `result` and `code`.
pub(super) fn success(code: u16, fields: Value) -> Answer {
    let mut body = fields;
    if let Some(map) = body.as_object_mut() {
        map.insert("code".to_owned(), json!(code));
        map.insert("result".to_owned(), json!("success"));
    }
    Answer::json(StatusCode::from_u16(code).unwrap_or(StatusCode::OK), &body, true)
}

/// Returns an error such as `{"code":400,"description":"account_id inválida","result":"error"}`.
pub(super) fn error(description: &str) -> Answer {
    error_in("description", description)
}

/// Returns an error whose text is in another field, such as that of a dialog.
pub(super) fn error_in(field: &str, text: &str) -> Answer {
    let body = json!({"code": 400, field: text, "result": "error"});
    Answer::json(StatusCode::BAD_REQUEST, &body, false)
}

pub(super) fn missing(name: &str) -> Answer {
    error(&format!("{name} é obrigatório"))
}
