//! The envelope of every answer: remark, status, message, data. Empty fields are omitted.

use axum::http::StatusCode;
use serde::Serialize;

use crate::answer::Answer;

/// The envelope. Its fields are in alphabetical order, like those of all JSON here.
#[derive(Serialize)]
struct Envelope<'a, D, M> {
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<D>,
    message: &'a [M],
    remark: &'a str,
    status: &'static str,
}

/// Returns a success without data.
pub(super) fn success(remark: &str, message: &str) -> Answer {
    let envelope = Envelope { data: None::<()>, message: &[message], remark, status: "success" };
    Answer::json(StatusCode::OK, &envelope, true)
}

/// Returns a success with data.
pub(super) fn success_with(remark: &str, message: &str, data: impl Serialize) -> Answer {
    let envelope = Envelope { data: Some(data), message: &[message], remark, status: "success" };
    Answer::json(StatusCode::OK, &envelope, true)
}

/// Returns a refusal under HTTP 200, as almost all are.
pub(super) fn refusal(remark: &str, message: &str) -> Answer {
    error(StatusCode::OK, remark, &[message.to_owned()])
}

/// Returns the list of validation errors.
pub(super) fn invalid(messages: &[String]) -> Answer {
    error(StatusCode::OK, "validation_error", messages)
}

/// Returns a server error. The requested effect may have happened.
pub(super) fn exception(message: &str) -> Answer {
    refusal("exception", message)
}

pub(super) fn error(status: StatusCode, remark: &str, messages: &[String]) -> Answer {
    let envelope = Envelope { data: None::<()>, message: messages, remark, status: "error" };
    Answer::json(status, &envelope, false)
}
