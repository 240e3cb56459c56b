//! An answer before it becomes HTTP, with what it delivered.

use std::sync::Arc;

use axum::{
    body::Body,
    http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header},
};
use bytes::Bytes;
use serde::Serialize;

use crate::{
    ledger::{Draft, Excerpt},
    memory::{self, Load},
};

/// What a provider answers.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) body: Payload,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    /// Whether the answer itself says success.
    pub(crate) success: bool,
    /// What was delivered, whatever the answer says.
    pub(crate) deliveries: Vec<Draft>,
}

/// The body of an answer.
#[derive(Debug)]
pub(crate) enum Payload {
    /// JSON, written.
    Json(Bytes),
    Page(String),
    Text(String),
    Empty,
}

/// An answer as it goes out.
#[derive(Clone, Debug)]
pub(crate) struct Finished {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Answer {
    pub(crate) fn json(status: StatusCode, body: &impl Serialize, success: bool) -> Self {
        Self { success, ..Self::new(status, Payload::json(body)) }
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
        Self { status, body, headers: Vec::new(), success: false, deliveries: Vec::new() }
    }

    pub(crate) fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    /// Notes what was delivered.
    pub(crate) fn delivering(mut self, drafts: impl IntoIterator<Item = Draft>) -> Self {
        self.deliveries = drafts.into_iter().collect();
        self
    }

    /// The answer in bytes. What was delivered is no part of it.
    pub(crate) fn finish(self) -> Finished {
        const HTML: HeaderValue = HeaderValue::from_static("text/html; charset=UTF-8");
        const TEXT: HeaderValue = HeaderValue::from_static("text/plain; charset=UTF-8");
        let (kind, body) = match self.body {
            Payload::Json(text) => (HeaderValue::from_static("application/json"), text),
            Payload::Page(text) => (HTML, Bytes::from(text)),
            Payload::Text(text) => (TEXT, Bytes::from(text)),
            Payload::Empty => (HTML, Bytes::new()),
        };
        let mut headers = HeaderMap::with_capacity(4);
        headers.insert(header::CONTENT_TYPE, kind);
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache, private"));
        // A header that is given takes the place of ours; given twice, it is there twice.
        for (name, _) in &self.headers {
            headers.remove(name);
        }
        headers.extend(self.headers);
        Finished { status: self.status, headers, body }
    }
}

impl Payload {
    /// JSON in no more memory than it needs, since the ledger keeps it.
    pub(crate) fn json(body: &impl Serialize) -> Self {
        // Enough for the answer to a message.
        let mut text = Vec::with_capacity(800);
        // What we answer has texts for keys, and writing to a Vec cannot fail.
        let _ = serde_json::to_writer(&mut text, body);
        text.shrink_to_fit();
        Self::Json(Bytes::from(text))
    }
}

impl Finished {
    /// The same, its body counted until it is written, unless it is small.
    pub(crate) fn counted(self, load: &Arc<Load>) -> Self {
        let is_small = self.body.len() <= Excerpt::MOST;
        Self { body: if is_small { self.body } else { memory::counted(self.body, load) }, ..self }
    }

    /// The HTTP form, with its own body or another. A HEAD is answered without a body, which the
    /// server sees to.
    pub(crate) fn into_response(self, body: Option<Body>) -> Response<Body> {
        let mut response = Response::new(body.unwrap_or_else(|| Body::from(self.body)));
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        response
    }
}
