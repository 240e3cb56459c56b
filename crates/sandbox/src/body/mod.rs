//! Reads request bodies as the recorded server's PHP does. Fields are kept in memory, up to a limit. Files are counted
//! and hashed as they pass, and only small ones are kept.

mod form;
mod json_weight;
mod multipart;
mod part_head;
mod part_reader;
mod sniff;
mod timeout_body;
mod upload;

pub(crate) use form::Fields;
pub(crate) use json_weight::weight as tree_weight;
pub(crate) use timeout_body::{Incomplete, TimeoutBody};
pub(crate) use upload::Upload;

use std::collections::BTreeMap;

use axum::{
    body::Body,
    http::{HeaderMap, header},
};
use http_body::{Body as HttpBody, Frame};
use serde_json::{Map, Value};

use crate::{ledger::RecordedBody, memory::Reservation};

/// The largest body in bytes: one document at its limit of 100 MB, and the form around it.
const BODY_LIMIT: u64 = 128 * 1024 * 1024;
/// Up to how many bytes a body is read without waiting for free memory.
const SMALL: usize = 64 * 1024;

/// A parsed body.
#[derive(Debug, Default)]
pub(crate) struct Parsed {
    pub(crate) fields: Map<String, Value>,
    pub(crate) files: BTreeMap<String, Upload>,
    /// Whether the body was JSON, which counts in a GET too.
    pub(crate) json: bool,
    /// Whether the body exceeded the limit. Then nothing of it is kept.
    pub(crate) too_large: bool,
    /// What the ledger shows of the body.
    pub(crate) recorded: RecordedBody,
}

/// Which kinds of forms PHP parses for a method. The framework reads JSON for every method.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum FormKinds {
    /// POST: urlencoded and multipart.
    All,
    /// PUT, PATCH, DELETE: urlencoded.
    Urlencoded,
    /// GET and all others.
    None,
}

/// Reads the body to its end, whatever it is, so that the caller can read the answer. `held` counts what is kept of it.
pub(crate) async fn read(headers: &HeaderMap, body: Body, forms: FormKinds, held: &mut Reservation) -> Parsed {
    let parsed = parse(headers, body, forms, held).await;
    // Invalid UTF-8 takes more memory as a string than as bytes.
    let weight = parsed.fields.values().map(json_weight::weight_of).sum::<usize>();
    held.add(weight.saturating_sub(held.bytes()));
    parsed
}

async fn parse(headers: &HeaderMap, body: Body, forms: FormKinds, held: &mut Reservation) -> Parsed {
    let kind = headers.get(header::CONTENT_TYPE).map(header::HeaderValue::as_bytes).unwrap_or_default();
    let exact = std::str::from_utf8(kind).unwrap_or_default();
    let lower = kind.to_ascii_lowercase();
    if declared_length(headers).is_some_and(|length| length > BODY_LIMIT) {
        return too_large(body).await;
    }
    // The framework compares the case of the content type. PHP does not.
    if exact.contains("/json") || exact.contains("+json") {
        return match collect(headers, body, held).await {
            Some(text) => json(&text, held),
            None => overweight(),
        };
    }
    if lower.starts_with(b"application/x-www-form-urlencoded") {
        let parsed = collect(headers, body, held).await.map_or_else(overweight, |text| form(&text));
        return if forms == FormKinds::None { parsed.only_recorded() } else { parsed };
    }
    // Without a boundary there are no parts.
    if let Some(boundary) = part_head::boundary(kind).filter(|_| lower.starts_with(b"multipart/form-data")) {
        let parsed = multipart::read(&boundary, body, held).await;
        return if forms == FormKinds::All { parsed } else { parsed.only_recorded() };
    }
    Parsed { recorded: drain(body, 0).await.0, ..Parsed::default() }
}

impl Parsed {
    /// Keeps only what the ledger shows, for a form that PHP does not read for this method.
    fn only_recorded(self) -> Self {
        Self { recorded: self.recorded, ..Self::default() }
    }
}

/// Returns the fields of a query string.
pub(crate) fn urlencoded(text: &[u8]) -> Parsed {
    pairs(text, Fields::default())
}

fn pairs(text: &[u8], mut fields: Fields) -> Parsed {
    for pair in text.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
        if fields.is_full() {
            break;
        }
        let mut sides = pair.splitn(2, |byte| *byte == b'=');
        let name = form::decode(sides.next().unwrap_or_default());
        fields.push_bytes(&name, form::decode(sides.next().unwrap_or_default()));
    }
    fields.finish()
}

/// Reads a form. The ledger shows one that is really JSON as JSON, so that masking sees names with their values.
fn form(text: &[u8]) -> Parsed {
    let parsed = pairs(text, Fields::recorded());
    match text.trim_ascii_start() {
        [b'{' | b'[' | b'"', ..] => Parsed { recorded: RecordedBody::text(text), ..parsed },
        _ => parsed,
    }
}

fn json(text: &[u8], held: &mut Reservation) -> Parsed {
    let weight = json_weight::weight(text);
    if weight > held.memory().server().request_share() {
        return overweight();
    }
    held.add(weight);
    let fields = match serde_json::from_slice(text) {
        Ok(Value::Object(mut map)) => {
            map.values_mut().for_each(form::as_php);
            map
        }
        // A list or a scalar has no names, and malformed JSON counts as empty.
        _ => Map::new(),
    };
    Parsed { fields, json: true, recorded: RecordedBody::text(text), ..Parsed::default() }
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

/// Returns the whole body, or `None` if it exceeds the share of a request or no memory is free in time.
async fn collect(headers: &HeaderMap, mut body: Body, held: &mut Reservation) -> Option<Vec<u8>> {
    let max = held.memory().server().request_share();
    let mut text = Vec::new();
    let mut fits = true;
    let mut seen = 0u64;
    // Reserves the announced length at once, so that a request that has begun to arrive can complete.
    let announced = declared_length(headers).and_then(|length| usize::try_from(length).ok()).unwrap_or(0);
    if announced <= max {
        make_room(&mut text, announced, held).await?;
    }
    while let Some(Ok(frame)) = next_frame(&mut body).await {
        let Ok(data) = frame.into_data() else { continue };
        seen = seen.saturating_add(data.len() as u64);
        if seen > BODY_LIMIT {
            return None;
        }
        fits &= text.len() + data.len() <= max;
        if fits {
            make_room(&mut text, data.len(), held).await?;
            text.extend_from_slice(&data);
        } else {
            held.shrink_to(held.bytes() - text.capacity());
            text = Vec::new();
        }
    }
    fits.then_some(text)
}

/// Makes room for more bytes in a text. Waits for free memory unless the text is small.
async fn make_room(text: &mut Vec<u8>, more: usize, held: &mut Reservation) -> Option<()> {
    if text.capacity() - text.len() >= more {
        return Some(());
    }
    // At least doubles the capacity, so that the text is not moved for every piece.
    let before = text.capacity();
    let wanted = (text.len() + more).max(2 * before);
    if wanted <= SMALL {
        held.add(wanted - before);
    } else if !held.wait_for(wanted - before).await {
        return None;
    }
    text.reserve_exact(wanted - text.len());
    // The allocator may return a larger capacity.
    held.add(text.capacity() - wanted);
    Some(())
}

/// Reads up to the limit, of which `seen` bytes are already used, and keeps only the beginning. Returns how much was
/// read. If the rest stayed unread, the caller would see a reset instead of an answer.
async fn drain(mut body: Body, mut seen: u64) -> (RecordedBody, u64) {
    let mut recorded = RecordedBody::Nothing;
    while seen <= BODY_LIMIT {
        let Some(Ok(frame)) = next_frame(&mut body).await else { break };
        let Some(data) = frame.data_ref().filter(|data| !data.is_empty()) else { continue };
        seen = seen.saturating_add(data.len() as u64);
        recorded.extend(data);
    }
    (recorded, seen)
}

/// Reads a body and discards it, so that its sender can read the answer.
pub(crate) async fn skip(body: Body) {
    drain(body, 0).await;
}

/// Returns the whole body, or `None` if it exceeds `limit`.
pub(crate) async fn read_limited(mut body: Body, limit: usize, held: &mut Reservation) -> Option<Vec<u8>> {
    let mut text = Vec::new();
    while let Some(Ok(frame)) = next_frame(&mut body).await {
        let Ok(data) = frame.into_data() else { continue };
        if text.len() + data.len() > limit {
            drop(text);
            drain(body, 0).await;
            return None;
        }
        make_room(&mut text, data.len(), held).await?;
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
        assert!(broken["search"].as_str().is_some_and(php::has_invalid_utf8));
    }

    #[test]
    fn malformed_json_counts_as_empty() {
        let fields = |text: &str| json(text.as_bytes(), &mut Reservation::detached()).fields;
        for text in ["{", "", "[1]", "5", "null"] {
            assert!(fields(text).is_empty(), "{text}");
        }
        assert_eq!(fields(r#"{"a":1}"#).get("a"), Some(&json!(1)));
        let odd = fields(r#"{"a":{"0":[{}],"1":18446744073709551615}}"#);
        assert_eq!(Value::Object(odd), json!({"a": [[[]], 18_446_744_073_709_551_616.0]}), "as PHP has it");
    }

    #[tokio::test]
    async fn a_body_over_the_limit_leaves_nothing() {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, header::HeaderValue::from_static("application/json"));
        let body = Body::from(format!("{{\"a\":\"{}\"}}", "x".repeat(8 * 1024 * 1024)));
        let held = &mut Reservation::detached();
        let parsed = read(&headers, body, FormKinds::All, held).await;
        assert!(parsed.too_large && parsed.fields.is_empty());
        let tree = format!("{{\"a\":[{}0]}}", "{\"\":0},".repeat(100_000));
        let parsed = read(&headers, Body::from(tree), FormKinds::All, held).await;
        assert!(parsed.too_large && parsed.fields.is_empty());
    }
}
