//! The envelope of every answer: remark, status, message, data. What is empty is left out.

use axum::http::StatusCode;
use serde::Serialize;

use crate::answer::Answer;

/// The envelope; its fields stand in the order of their names, as everywhere in our JSON.
#[derive(Serialize)]
struct Envelope<'a, D, M> {
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<D>,
    message: &'a [M],
    remark: &'a str,
    status: &'static str,
}

/// A success without data.
pub(super) fn success(remark: &str, message: &str) -> Answer {
    let envelope = Envelope { data: None::<()>, message: &[message], remark, status: "success" };
    Answer::json(StatusCode::OK, &envelope, true)
}

/// A success with data.
pub(super) fn success_with(remark: &str, message: &str, data: impl Serialize) -> Answer {
    let envelope = Envelope { data: Some(data), message: &[message], remark, status: "success" };
    Answer::json(StatusCode::OK, &envelope, true)
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
    let envelope = Envelope { data: None::<()>, message: messages, remark, status: "error" };
    Answer::json(status, &envelope, false)
}
