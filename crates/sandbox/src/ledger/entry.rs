//! A call as the ledger keeps it: unmasked, so that recording it is cheap. Secrets are masked when it is shown.

use std::{
    ops::Range,
    time::{Duration, UNIX_EPOCH},
};

use axum::http::Method;
use bytes::Bytes;

use crate::{FaultId, Provider, mask::Secrets};

use super::{
    Call, FormPart, GivenAnswer, HeaderLines, Part, ReceivedFile, RecordedBody, RequestBody, Sent, credentials,
};

/// How many bytes of an answer's body are kept.
const ANSWER: usize = 16 * 1024;
/// The mark at the end of a text that was cut.
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
    pub(crate) headers: HeaderLines,
    pub(crate) body: RecordedBody,
    pub(crate) files: Vec<ReceivedFile>,
    pub(crate) status: u16,
    pub(crate) answer_headers: HeaderLines,
    pub(crate) answer_body: Excerpt,
    pub(crate) sent: Sent,
    pub(crate) success: bool,
    /// The ids of its deliveries, which are consecutive.
    pub(crate) deliveries: Range<u64>,
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
    /// The longest body that is kept without a copy.
    pub(crate) const MOST: usize = ANSWER;

    pub(crate) fn of(body: &Bytes) -> Self {
        match body.get(..ANSWER).filter(|_| body.len() > ANSWER) {
            // A slice would keep the whole body in memory.
            Some(start) => Self { bytes: Bytes::copy_from_slice(start), cut: true },
            None => Self { bytes: body.clone(), cut: false },
        }
    }
}

impl Entry {
    /// Returns about how many bytes it takes.
    pub(super) fn weight(&self) -> usize {
        size_of::<Self>()
            + self.target.len()
            + self.headers.weight()
            + self.answer_headers.weight()
            + self.body.weight()
            + self.answer_body.bytes.len()
            + self.files.iter().map(ReceivedFile::weight).sum::<usize>()
    }

    /// Returns the call with its secrets masked.
    pub(crate) fn show(&self, secrets: &Secrets) -> Call {
        let secrets = &secrets.and(credentials::of(self));
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
                body: text_of(&self.answer_body.bytes, self.answer_body.cut, |text, cut| {
                    secrets.cut_text(text, cut).into_owned()
                }),
                sent: self.sent,
            },
            success: self.success,
            files: self.files.iter().map(|file| masked(file, secrets)).collect(),
            deliveries: self.deliveries.clone().collect(),
            fault: self.fault,
            duration: self.duration,
            at: UNIX_EPOCH + Duration::from_millis(self.at),
        }
    }
}

fn shown_headers(headers: &HeaderLines, secrets: &Secrets) -> Vec<(String, String)> {
    headers.iter().map(|(name, value)| (name.to_string(), secrets.value(&name, &value, false))).collect()
}

fn shown_body(body: &RecordedBody, secrets: &Secrets) -> RequestBody {
    match body {
        RecordedBody::Nothing => RequestBody::Empty,
        RecordedBody::Text { bytes, cut, .. } => {
            RequestBody::Text(text_of(bytes, *cut, |text, cut| secrets.body(text, cut)))
        }
        RecordedBody::Form(form) => {
            let part = |part: Part<'_>| match part {
                Part::Field { name, value, cut } => {
                    let masked = text_of(value.as_bytes(), cut, |text, cut| secrets.value(name, text, cut));
                    FormPart::Field { name: secrets.name(name, !value.is_empty()), value: masked }
                }
                Part::File(file) => FormPart::File(masked(file, secrets)),
            };
            RequestBody::Form(form.parts().map(part).collect())
        }
    }
}

fn masked(file: &ReceivedFile, secrets: &Secrets) -> ReceivedFile {
    ReceivedFile {
        field: secrets.name(&file.field, true),
        file_name: secrets.value(&file.field, &file.file_name, false),
        ..file.clone()
    }
}

/// Returns a text as it is shown, with a mark if it was cut.
fn text_of(bytes: &[u8], cut: bool, shown: impl FnOnce(&str, bool) -> String) -> String {
    let text = String::from_utf8_lossy(bytes);
    if cut { shown(text.trim_end_matches('\u{fffd}'), true) + CUT } else { shown(&text, false) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_cut() {
        let excerpt = Excerpt::of(&Bytes::from("é".repeat(ANSWER)));
        assert!(excerpt.cut && excerpt.bytes.len() == ANSWER);
        let text = text_of(&excerpt.bytes[..ANSWER - 1], true, |text, _| text.to_owned());
        assert!(text.ends_with(&format!("é{CUT}")));
        assert!(!Excerpt::of(&Bytes::from(vec![b'x'; ANSWER])).cut);
    }
}
