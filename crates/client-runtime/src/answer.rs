//! Judging an answer: one decode serves both the value and the in-band check.

use std::collections::BTreeMap;

use serde_json::Value;
use serde_json::value::RawValue;

use crate::client::Shared;
use crate::error::{Error, ErrorKind};
use crate::operation::{Envelope, Operation};
use crate::outcome::{Evidence, Verdict};
use crate::response::Answer;

/// The decoded value of a success; otherwise the error, without the answer it was made from.
pub(crate) fn judge<T: Answer>(
    client: &Shared,
    operation: &'static Operation,
    status: u16,
    body: &[u8],
) -> Result<T, Error> {
    let envelope = &client.api.envelope;
    // A byte order mark at the start of one PHP file stands before every answer of that install.
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    // serde would take an array for an object whose fields are all optional.
    if !body.trim_ascii_start().starts_with(b"{") {
        return Err(failure(client, operation, status, body, None));
    }
    match serde_json::from_slice::<T>(body) {
        Ok(value) if value.verdict() == Some(envelope.success) => Ok(value),
        Ok(_) => Err(failure(client, operation, status, body, None)),
        Err(cause) => Err(failure(client, operation, status, body, Some(cause))),
    }
}

/// The properties of an answer, each as it came: what nobody asks for is not built, however large
/// or deep it is.
type Properties<'b> = BTreeMap<String, &'b RawValue>;

/// Everything but a readable success. This is the rare path: it may read the body again.
fn failure(
    client: &Shared,
    operation: &'static Operation,
    status: u16,
    body: &[u8],
    decoding: Option<serde_json::Error>,
) -> Error {
    let envelope = &client.api.envelope;
    let title = || page_title(body).map(|title| client.scrub(&title).chars().take(200).collect());
    let body = String::from_utf8_lossy(body);
    let body: Properties<'_> = serde_json::from_str(&body).unwrap_or_default();
    let remark = envelope.remark.and_then(|name| text(body.get(name)?));
    let verdict = match body.get(envelope.status).and_then(|raw| text(raw)) {
        Some(word) if word == envelope.success => Verdict::Success,
        Some(word) if word == envelope.error => Verdict::Failure { remark: remark.as_deref() },
        _ => Verdict::Missing,
    };
    let outcome = client.outcome(operation, Evidence::Answer { status, verdict });
    let error = |kind| client.error(kind, outcome, operation);
    let messages = || texts(envelope, &body).iter().map(|text| client.scrub(text)).collect();
    match (verdict, decoding) {
        // A decoding error quotes the value it stumbled over.
        (Verdict::Success, Some(cause)) => error(ErrorKind::Undecodable).with_detail(client.scrub(&cause.to_string())),
        (Verdict::Success, None) => error(ErrorKind::Undecodable),
        (Verdict::Failure { remark }, _) => {
            let reason = envelope.refusals.reason(remark);
            error(ErrorKind::Refused)
                .with_texts(remark.map(|remark| client.scrub(remark)), messages())
                .with_reason(reason, operation)
        }
        (Verdict::Missing, _) => {
            error(ErrorKind::UnexpectedAnswer).with_texts(None, messages()).with_page_title(title())
        }
    }
}

/// The title of an HTML page.
fn page_title(body: &[u8]) -> Option<String> {
    // A title stands at the beginning of its page.
    let page = String::from_utf8_lossy(&body[..body.len().min(16 * 1024)]);
    let lower = page.to_ascii_lowercase();
    let start = lower.find("<title")?;
    let start = start + lower[start..].find('>')? + 1;
    let end = start + lower[start..].find("</title")?;
    let title = page[start..end].split_whitespace().collect::<Vec<_>>().join(" ");
    (!title.is_empty()).then_some(title)
}

/// The texts for people, the most useful first.
fn texts(envelope: &Envelope, body: &Properties<'_>) -> Vec<String> {
    let texts = envelope.texts.iter().filter_map(|name| body.get(*name));
    let one_or_many = |raw: &&RawValue| {
        text(raw)
            .map_or_else(|| serde_json::from_str::<Vec<Value>>(raw.get()).unwrap_or_default(), |one| vec![one.into()])
    };
    let strings = |value| if let Value::String(text) = value { Some(text) } else { None };
    texts.flat_map(one_or_many).filter_map(strings).collect()
}

fn text(raw: &RawValue) -> Option<String> {
    serde_json::from_str(raw.get()).ok()
}
