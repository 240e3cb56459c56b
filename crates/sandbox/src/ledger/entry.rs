//! A call as it is kept: raw, so that keeping it costs little; shown with its secrets masked.

use std::time::{Duration, UNIX_EPOCH};

use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use bytes::Bytes;

use crate::{
    FaultId, Provider,
    body::{Part, Shown},
};

use super::{Call, FormPart, GivenAnswer, ReceivedFile, RequestBody, Secrets, Sent};

/// How much of an answer's body is kept.
const ANSWER: usize = 16 * 1024;
/// What stands at the end of a text that was cut.
pub(crate) const CUT: &str = "… (cut)";

/// A call, unmasked.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) id: u64,
    /// Milliseconds after the epoch, on the sandbox's clock.
    pub(crate) at: u64,
    pub(crate) provider: Provider,
    pub(crate) operation: Option<&'static str>,
    pub(crate) method: Method,
    pub(crate) target: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Shown,
    pub(crate) files: Vec<ReceivedFile>,
    pub(crate) status: u16,
    pub(crate) answer_headers: HeaderMap,
    pub(crate) answer_body: Excerpt,
    pub(crate) sent: Sent,
    pub(crate) success: bool,
    pub(crate) deliveries: Vec<u64>,
    pub(crate) fault: Option<FaultId>,
    pub(crate) duration: Duration,
}

/// The beginning of a body.
#[derive(Debug, Default)]
pub(crate) struct Excerpt {
    bytes: Bytes,
    cut: bool,
}

impl Excerpt {
    pub(crate) fn of(body: &Bytes) -> Self {
        match body.get(..ANSWER).filter(|_| body.len() > ANSWER) {
            // A copy, since a slice would hold all of the rest.
            Some(start) => Self { bytes: Bytes::copy_from_slice(start), cut: true },
            None => Self { bytes: body.clone(), cut: false },
        }
    }
}

/// Makes headers own no more than themselves: as they come, each holds all that was read at once
/// from the connection.
pub(crate) fn compact(mut headers: HeaderMap) -> HeaderMap {
    let all: Vec<u8> = headers.values().flat_map(HeaderValue::as_bytes).copied().collect();
    let mut rest = Bytes::from(all);
    for value in headers.values_mut() {
        let own = rest.split_to(value.len().min(rest.len()));
        // They were values before, and still are.
        if let Ok(own) = HeaderValue::from_maybe_shared(own) {
            *value = own;
        }
    }
    headers
}

impl Entry {
    /// About how many bytes it takes.
    pub(super) fn weight(&self) -> usize {
        let headers = |headers: &HeaderMap| {
            headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 64).sum::<usize>()
        };
        size_of::<Self>()
            + self.target.len()
            + headers(&self.headers)
            + headers(&self.answer_headers)
            + self.body.weight()
            + self.answer_body.bytes.len()
            + self.files.len() * 300
    }

    /// The call as it may be shown.
    pub(crate) fn show(&self, secrets: &Secrets) -> Call {
        Call {
            id: self.id,
            provider: self.provider,
            operation: self.operation,
            method: self.method.as_str().to_owned(),
            target: secrets.target(&self.target),
            headers: shown_headers(&self.headers, secrets),
            body: shown_body(&self.body, secrets),
            status: self.status,
            answer: GivenAnswer {
                headers: shown_headers(&self.answer_headers, secrets),
                body: secrets.text(&text_of(&self.answer_body.bytes, self.answer_body.cut)),
                sent: self.sent,
            },
            success: self.success,
            files: self.files.iter().map(|file| masked(file, secrets)).collect(),
            deliveries: self.deliveries.clone(),
            fault: self.fault,
            duration: self.duration,
            at: UNIX_EPOCH + Duration::from_millis(self.at),
        }
    }
}

fn shown_headers(headers: &HeaderMap, secrets: &Secrets) -> Vec<(String, String)> {
    let shown = |(name, value): (&HeaderName, &HeaderValue)| {
        let value = secrets.value(name.as_str(), &String::from_utf8_lossy(value.as_bytes()));
        (name.as_str().to_owned(), value)
    };
    headers.iter().map(shown).collect()
}

fn shown_body(body: &Shown, secrets: &Secrets) -> RequestBody {
    match body {
        Shown::Nothing => RequestBody::Empty,
        Shown::Text { bytes, cut } => RequestBody::Text(secrets.body(&text_of(bytes, *cut))),
        Shown::Parts(parts) => {
            let part = |part: &Part| match part {
                Part::Field { name, value, cut } => {
                    let value = secrets.value(name, &text_of(value.as_bytes(), *cut));
                    FormPart::Field { name: secrets.text(name), value }
                }
                Part::File(file) => FormPart::File(masked(file, secrets)),
            };
            RequestBody::Form(parts.iter().map(part).collect())
        }
    }
}

fn masked(file: &ReceivedFile, secrets: &Secrets) -> ReceivedFile {
    ReceivedFile { field: secrets.text(&file.field), file_name: secrets.text(&file.file_name), ..file.clone() }
}

fn text_of(bytes: &[u8], cut: bool) -> String {
    let text = String::from_utf8_lossy(bytes);
    if cut { format!("{}{CUT}", text.trim_end_matches('\u{fffd}')) } else { text.into_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compact_headers_are_the_same() {
        let mut headers = HeaderMap::new();
        for (name, value) in [("a", &b"one"[..]), ("b", b""), ("a", b"two"), ("c", b"\xff\xfe")] {
            let name = HeaderName::from_static(name);
            headers.append(name, HeaderValue::from_bytes(value).unwrap());
        }
        assert_eq!(compact(headers.clone()), headers);
    }

    #[test]
    fn answers_are_cut() {
        let excerpt = Excerpt::of(&Bytes::from("é".repeat(ANSWER)));
        assert!(excerpt.cut && excerpt.bytes.len() == ANSWER);
        let text = text_of(&excerpt.bytes[..ANSWER - 1], true);
        assert!(text.ends_with(&format!("é{CUT}")));
        assert!(!Excerpt::of(&Bytes::from(vec![b'x'; ANSWER])).cut);
    }
}
