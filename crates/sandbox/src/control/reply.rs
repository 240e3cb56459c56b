//! Requests and answers of the control routes: JSON, and errors that name the location and the fix.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{FromRequest, Request},
    http::{HeaderValue, Response, StatusCode, header},
    response::IntoResponse,
};
use serde_json::{Value, json};

use crate::{
    app_state::AppState,
    body::{self, TimeoutBody},
    memory::{ConnectionMemory, Reservation},
};

/// The largest body that a control route reads.
const BODY: usize = 1024 * 1024;
/// The most memory that its parsed JSON may take.
const TREE: usize = 4 * 1024 * 1024;

/// A success.
#[derive(Debug)]
pub(super) struct Reply(pub(super) Value);

/// An error, for people to read.
#[derive(Debug)]
pub(crate) struct Refusal {
    status: StatusCode,
    text: String,
}

impl Refusal {
    pub(crate) fn new(status: StatusCode, text: impl Into<String>) -> Self {
        Self { status, text: text.into() }
    }

    /// The request is invalid.
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
    describe(&mut response, HeaderValue::from_static("application/json"));
    response
}

/// Sets the media type, and forbids caching and content sniffing.
pub(super) fn describe(response: &mut Response<Body>, kind: HeaderValue) {
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, kind);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
}

/// The JSON body of a request, regardless of its content type.
#[derive(Debug)]
pub(super) struct JsonBody(pub(super) Value);

impl FromRequest<Arc<AppState>> for JsonBody {
    type Rejection = Refusal;

    async fn from_request(request: Request, app: &Arc<AppState>) -> Result<Self, Refusal> {
        let (parts, body) = request.into_parts();
        let conn_memory = ConnectionMemory::of(&parts.extensions, &app.memory);
        let (body, _) = TimeoutBody::wrap(body, app.io_timeout);
        let mut held = Reservation::empty(&conn_memory);
        let too_large = |text: String| Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, text);
        let Some(text) = body::read_limited(body, BODY, &mut held).await else {
            return Err(too_large(format!("the body is larger than the limit of {BODY} bytes")));
        };
        if body::tree_weight(&text) > TREE {
            return Err(too_large("the structure of the body is larger than the limit".to_owned()));
        }
        held.add(body::tree_weight(&text));
        serde_json::from_slice(&text).map(Self).map_err(|error| Refusal::bad(format!("the body is not JSON: {error}")))
    }
}
