//! Reads request bodies the way the recorded server's PHP does: fields in memory and bounded,
//! files counted and hashed as they pass; of large ones nothing else is held.

mod form;
mod lent;
mod multipart;
mod patient;
mod shown;
mod sniff;
mod upload;

pub(crate) use form::Fields;
pub(crate) use patient::{Broken, Patient};
pub(crate) use shown::{Part, Shown};
pub(crate) use upload::Upload;

use std::collections::BTreeMap;

use axum::{
    body::Body,
    http::{HeaderMap, header},
};
use bytes::{Bytes, BytesMut};
use http_body::{Body as HttpBody, Frame};
use serde_json::{Map, Value};

/// What a body may weigh as a whole: one document at its limit of 100 MB, and its form.
const BODY_LIMIT: u64 = 128 * 1024 * 1024;
/// What is kept in memory of one request: its fields, or its JSON.
const FIELDS_LIMIT: usize = 8 * 1024 * 1024;

/// A body, parsed.
#[derive(Debug, Default)]
pub(crate) struct Parsed {
    pub(crate) fields: Map<String, Value>,
    pub(crate) files: BTreeMap<String, Upload>,
    /// The body was JSON, which takes part in a GET too.
    pub(crate) json: bool,
    /// The body was heavier than the server takes; nothing of it is left.
    pub(crate) too_large: bool,
    /// What the ledger shows of it.
    pub(crate) shown: Shown,
}

/// Which kinds of forms the method makes PHP parse. JSON is always read, by the framework.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Forms {
    /// POST: urlencoded and multipart.
    All,
    /// PUT, PATCH, DELETE: urlencoded.
    Urlencoded,
    /// GET and the rest.
    None,
}

/// Reads the body to its end, whatever it is, so that the caller can read the answer.
pub(crate) async fn read(headers: &HeaderMap, body: Body, forms: Forms) -> Parsed {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let lower = kind.to_ascii_lowercase();
    if declared_length(headers).is_some_and(|length| length > BODY_LIMIT) {
        return too_large(body).await;
    }
    // The framework, unlike PHP, does not overlook case.
    if kind.contains("/json") || kind.contains("+json") {
        return collect(body).await.map_or_else(overweight, |text| json(&text));
    }
    if lower.starts_with("application/x-www-form-urlencoded") && forms != Forms::None {
        return collect(body).await.map_or_else(overweight, |text| pairs(&text, Fields::shown()));
    }
    // Without a boundary there are no parts to be found.
    if lower.starts_with("multipart/form-data") && lower.contains("boundary=") && forms == Forms::All {
        return multipart::read(headers, body).await;
    }
    Parsed { shown: drain(body, 0).await, ..Parsed::default() }
}

/// The fields of a query string.
pub(crate) fn urlencoded(text: &[u8]) -> Parsed {
    pairs(text, Fields::default())
}

fn pairs(text: &[u8], mut fields: Fields) -> Parsed {
    for pair in text.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
        let mut sides = pair.splitn(2, |byte| *byte == b'=');
        let name = form::decode(sides.next().unwrap_or_default());
        fields.push_bytes(&name, form::decode(sides.next().unwrap_or_default()));
    }
    fields.finish()
}

fn json(text: &[u8]) -> Parsed {
    let fields = match serde_json::from_slice(text) {
        Ok(Value::Object(mut map)) => {
            map.values_mut().for_each(form::make_lists);
            map
        }
        // A list or a scalar has no names to ask for, and what is malformed counts as empty.
        _ => Map::new(),
    };
    Parsed { fields, json: true, shown: Shown::text(text), ..Parsed::default() }
}

fn overweight() -> Parsed {
    Parsed { too_large: true, ..Parsed::default() }
}

async fn too_large(body: Body) -> Parsed {
    drain(body, 0).await;
    overweight()
}

fn declared_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// The whole body, or `None` when it is heavier than the fields of a request may be.
async fn collect(mut body: Body) -> Option<BytesMut> {
    let mut text = BytesMut::new();
    let mut fits = true;
    let mut seen = 0u64;
    while let Some(Ok(frame)) = next_frame(&mut body).await {
        let Ok(data) = frame.into_data() else { continue };
        seen = seen.saturating_add(data.len() as u64);
        if seen > BODY_LIMIT {
            return None;
        }
        fits &= text.len() + data.len() <= FIELDS_LIMIT;
        if fits {
            text.extend_from_slice(&data);
        }
    }
    fits.then_some(text)
}

/// Reads up to the limit, of which `seen` bytes are used up, and keeps only the beginning. Unread
/// rest would make the caller see a reset, not an answer.
async fn drain(mut body: impl HttpBody<Data = Bytes> + Unpin, mut seen: u64) -> Shown {
    let mut shown = Shown::Nothing;
    while seen <= BODY_LIMIT {
        let Some(Ok(frame)) = next_frame(&mut body).await else { break };
        let Some(data) = frame.data_ref().filter(|data| !data.is_empty()) else { continue };
        seen = seen.saturating_add(data.len() as u64);
        shown.extend(data);
    }
    shown
}

/// The whole body, or `None` when it is heavier than `limit`.
pub(crate) async fn read_limited(mut body: Body, limit: usize) -> Option<BytesMut> {
    let mut text = BytesMut::new();
    while let Some(Ok(frame)) = next_frame(&mut body).await {
        let Ok(data) = frame.into_data() else { continue };
        if text.len() + data.len() > limit {
            drain(body, 0).await;
            return None;
        }
        text.extend_from_slice(&data);
    }
    Some(text)
}

async fn next_frame<B: HttpBody + Unpin>(body: &mut B) -> Option<Result<Frame<B::Data>, B::Error>> {
    std::future::poll_fn(|context| std::pin::Pin::new(&mut *body).poll_frame(context)).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::php;
    use serde_json::json;

    #[test]
    fn query_strings_as_php_reads_them() {
        let parsed = urlencoded(b"a=1&a=2&b[]=x&b[]=y&c.d=z&e[k]=v&f&g=%C3%A9+%21&=none");
        assert_eq!(
            Value::Object(parsed.fields),
            json!({"a": "2", "b": ["x", "y"], "c_d": "z", "e": {"k": "v"}, "f": "", "g": "é !"})
        );
        let broken = urlencoded(b"search=%FF").fields;
        assert!(broken["search"].as_str().is_some_and(php::is_broken));
    }

    #[test]
    fn malformed_json_counts_as_empty() {
        for text in ["{", "", "[1]", "5", "null"] {
            assert!(json(text.as_bytes()).fields.is_empty(), "{text}");
        }
        assert_eq!(json(br#"{"a":1}"#).fields.get("a"), Some(&json!(1)));
    }

    #[tokio::test]
    async fn a_body_over_the_limit_leaves_nothing() {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, header::HeaderValue::from_static("application/json"));
        let body = Body::from(format!("{{\"a\":\"{}\"}}", "x".repeat(FIELDS_LIMIT)));
        let parsed = read(&headers, body, Forms::All).await;
        assert!(parsed.too_large && parsed.fields.is_empty());
    }
}
