//! An answer before it becomes HTTP, with what the ledger wants to know of it.

use axum::{
    body::Body,
    http::{HeaderName, HeaderValue, Response, StatusCode, header},
};
use serde_json::Value;

use crate::ledger::ReceivedFile;

/// What a provider answers.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) body: Payload,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) operation: Option<&'static str>,
    pub(crate) success: bool,
    pub(crate) files: Vec<ReceivedFile>,
}

/// The body of an answer.
#[derive(Debug)]
pub(crate) enum Payload {
    Json(Value),
    Page(String),
    Empty,
}

impl Answer {
    pub(crate) fn json(status: StatusCode, body: Value, success: bool) -> Self {
        Self { success, ..Self::new(status, Payload::Json(body)) }
    }

    /// A web page: what a caller sees who asks at the wrong place.
    pub(crate) fn page(status: StatusCode, title: &str) -> Self {
        let page = format!(
            "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title></head>\
             <body><h1>{title}</h1></body></html>\n"
        );
        Self::new(status, Payload::Page(page))
    }

    pub(crate) fn new(status: StatusCode, body: Payload) -> Self {
        Self { status, body, headers: Vec::new(), operation: None, success: false, files: Vec::new() }
    }

    pub(crate) fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    pub(crate) fn of(mut self, operation: &'static str) -> Self {
        self.operation = Some(operation);
        self
    }

    /// The HTTP form. A HEAD is answered without a body, which the server sees to.
    pub(crate) fn into_response(self) -> Response<Body> {
        const HTML: HeaderValue = HeaderValue::from_static("text/html; charset=UTF-8");
        let (kind, body) = match self.body {
            Payload::Json(value) => (HeaderValue::from_static("application/json"), Body::from(value.to_string())),
            Payload::Page(text) => (HTML, Body::from(text)),
            Payload::Empty => (HTML, Body::empty()),
        };
        let mut response = Response::new(body);
        *response.status_mut() = self.status;
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache, private"));
        response.headers_mut().extend(self.headers);
        response
    }
}
