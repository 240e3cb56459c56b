//! How the control routes read and answer: JSON, and errors that name the place and the mend.

use axum::{
    body::Body,
    http::{HeaderValue, Response, StatusCode, header},
    response::IntoResponse,
};
use serde_json::{Value, json};

use crate::body;

/// The most that a control route reads.
const BODY: usize = 1024 * 1024;

/// A success.
#[derive(Debug)]
pub(super) struct Reply(pub(super) Value);

/// A refusal, for a person to read.
#[derive(Debug)]
pub(super) struct Refusal {
    status: StatusCode,
    text: String,
}

impl Refusal {
    pub(super) fn new(status: StatusCode, text: impl Into<String>) -> Self {
        Self { status, text: text.into() }
    }

    /// What was sent is not as it must be.
    pub(super) fn bad(text: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, text)
    }

    pub(super) fn gone(text: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, text)
    }
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response<Body> {
        json_response(StatusCode::OK, &self.0)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response<Body> {
        json_response(self.status, &json!({"error": self.text}))
    }
}

fn json_response(status: StatusCode, value: &Value) -> Response<Body> {
    let mut response = Response::new(Body::from(value.to_string()));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

/// The JSON of a request, whatever its content type says.
pub(super) async fn json_of(body: Body) -> Result<Value, Refusal> {
    let Some(text) = body::read_limited(body, BODY).await else {
        let text = format!("the body is larger than the {BODY} bytes that are read here");
        return Err(Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, text));
    };
    serde_json::from_slice(&text).map_err(|error| Refusal::bad(format!("the body is no JSON: {error}")))
}
