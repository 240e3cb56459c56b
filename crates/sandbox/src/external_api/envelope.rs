//! The envelope of every answer: remark, status, message, data. What is empty is left out.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::answer::Answer;

/// A success, with data or without.
pub(super) fn success(remark: &str, message: &str, data: Option<Value>) -> Answer {
    let mut body = json!({"remark": remark, "status": "success", "message": [message]});
    if let (Some(data), Some(map)) = (data, body.as_object_mut()) {
        map.insert("data".to_owned(), data);
    }
    Answer::json(StatusCode::OK, body, true)
}

/// A refusal under HTTP 200, as almost all are.
pub(super) fn refusal(remark: &str, message: &str) -> Answer {
    error(StatusCode::OK, remark, &[message.to_owned()])
}

/// The list of what is wrong with the input.
pub(super) fn invalid(messages: &[String]) -> Answer {
    error(StatusCode::OK, "validation_error", messages)
}

/// Something broke in the server; what was asked for may have happened.
pub(super) fn exception(message: &str) -> Answer {
    refusal("exception", message)
}

pub(super) fn error(status: StatusCode, remark: &str, messages: &[String]) -> Answer {
    Answer::json(status, json!({"remark": remark, "status": "error", "message": messages}), false)
}
