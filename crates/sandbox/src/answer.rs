//! A provider's answer, before and after it is encoded as HTTP.

use std::{sync::Arc, time::SystemTime};

use axum::{
    body::Body,
    http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header},
};
use bytes::Bytes;
use serde::Serialize;

use crate::{
    ledger::{Draft, Excerpt},
    memory::{self, ConnectionMemory},
};

/// A provider's answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) body: Payload,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    /// Whether the answer itself reports success.
    pub(crate) success: bool,
    /// What the call delivered, regardless of what the answer reports.
    pub(crate) deliveries: Vec<Draft>,
}

/// The body of an answer.
#[derive(Debug)]
pub(crate) enum Payload {
    /// Serialized JSON.
    Json(Bytes),
    Page(String),
    Text(String),
    Empty,
}

/// An answer in the form in which it is sent.
#[derive(Clone, Debug)]
pub(crate) struct EncodedAnswer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Answer {
    pub(crate) fn json(status: StatusCode, body: &impl Serialize, success: bool) -> Self {
        Self { success, ..Self::new(status, Payload::json(body)) }
    }

    /// Returns a web page, as requests to a wrong path get it.
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

    /// Adds what was delivered.
    pub(crate) fn delivering(mut self, drafts: impl IntoIterator<Item = Draft>) -> Self {
        self.deliveries = drafts.into_iter().collect();
        self
    }

    /// Encodes the answer. The deliveries are not part of it.
    pub(crate) fn encode(self) -> EncodedAnswer {
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
        // A header of the answer replaces the default. If the answer has it twice, both are sent.
        for (name, _) in &self.headers {
            headers.remove(name);
        }
        headers.extend(self.headers);
        EncodedAnswer { status: self.status, headers, body }
    }
}

impl Payload {
    /// Serializes JSON without spare capacity, because the ledger keeps the text.
    pub(crate) fn json(body: &impl Serialize) -> Self {
        // Enough for the answer to a sent message.
        let mut text = Vec::with_capacity(800);
        // All keys are strings, and writing to a Vec cannot fail.
        let _ = serde_json::to_writer(&mut text, body);
        text.shrink_to_fit();
        Self::Json(Bytes::from(text))
    }
}

impl EncodedAnswer {
    /// Adds the time, unless the answer has one. Without it, the server would add that of the system's clock.
    pub(crate) fn dated(mut self, now: SystemTime) -> Self {
        if let Ok(date) = HeaderValue::try_from(httpdate::fmt_http_date(now)) {
            self.headers.entry(header::DATE).or_insert(date);
        }
        self
    }

    /// Counts the body as memory in flight until it is written, unless it is small.
    pub(crate) fn counted(self, conn_memory: &Arc<ConnectionMemory>) -> Self {
        let is_small = self.body.len() <= Excerpt::MOST;
        Self { body: if is_small { self.body } else { memory::counted(self.body, conn_memory) }, ..self }
    }

    /// Returns the HTTP response, with `body` in place of the answer's own body if it is given. The server omits the
    /// body of an answer to `HEAD`.
    pub(crate) fn into_response(self, body: Option<Body>) -> Response<Body> {
        let mut response = Response::new(body.unwrap_or_else(|| Body::from(self.body)));
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        response
    }
}
