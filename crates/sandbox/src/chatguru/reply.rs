//! The shapes of answers. The HTTP status equals `code`.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::answer::Answer;

pub(super) const NO_CHAT: &str = "Chat não encontrado.";
/// The text of a message is missing.
pub(super) const BAD_TEXT: &str = "Texto inválido";
/// The first text of a new chat is missing, or its phone does not accept it.
pub(super) const BAD_FIRST_TEXT: &str = "Mensagem inicial inválida";
/// The field of an answer about a dialog that has its text, also if it is an error.
pub(super) const DIALOG: &str = "dialog_execution_return";

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

/// Returns the error for a missing parameter of an operation.
pub(super) fn missing(operation: &str, parameter: &str) -> Answer {
    match (operation, parameter) {
        ("message_send", "text") => error(BAD_TEXT),
        ("chat_add", "text") => error(BAD_FIRST_TEXT),
        _ => error(&format!("{parameter} é obrigatório")),
    }
}

/// Returns the error that a first call of `dialog_execute` can get. The same call then succeeds.
pub(crate) fn dialog_context_error() -> Answer {
    error_in(DIALOG, "Diálogo não foi executado pois o contexto não foi validado (certificação de contexto ativa).")
}
