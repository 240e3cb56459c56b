//! Judges answers: decodes the value and checks whether the call succeeded.

use crate::call::envelope_fields::EnvelopeFields;
use crate::call::node_budget::exceeds_node_budget;
use crate::call::response::{Answer, DecodeTarget};
use crate::client::inner::{ClientInner, RawClient};
use crate::decode::repair;
use crate::error::error::Error;
use crate::error::evidence::{Verdict, WireEvidence};
use crate::error::kind::ErrorKind;
use crate::spec::envelope::RefusalReason;
use crate::spec::operation::Operation;

impl RawClient {
    /// Returns the result of a call of `operation` that is answered with this status and body; for tests of generated types.
    #[doc(hidden)]
    pub fn judge<T: Answer>(&self, operation: &'static Operation, status: u16, body: &[u8]) -> Result<T, Error> {
        let mut value = T::default();
        judge(&self.0, operation, status, body, &mut value).map(|()| value)
    }
}

/// Decodes a success into `value`. The error of any other answer does not contain the answer yet.
pub(crate) fn judge(
    client: &ClientInner,
    operation: &'static Operation,
    status: u16,
    body: &[u8],
    value: &mut dyn DecodeTarget,
) -> Result<(), Error> {
    let envelope = &client.api.envelope;
    // A byte order mark in one file of a PHP program appears before each of its answers.
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    let text = repair::text(body);
    let decoded = decode(&text, value);
    if decoded.is_ok() && value.verdict() == Some(envelope.success) {
        return Ok(());
    }
    // This is rare, so it may read the body again.
    let Some(answer) = repair::repaired(&text) else {
        return Err(failure(client, operation, status, &text, decoded.err()));
    };
    let decoded = decode(&answer, value);
    if decoded.is_ok() && value.verdict() == Some(envelope.success) {
        return Ok(());
    }
    Err(failure(client, operation, status, &answer, decoded.err()))
}

fn decode(text: &str, value: &mut dyn DecodeTarget) -> serde_json::Result<()> {
    if exceeds_node_budget(text) {
        return Err(serde::de::Error::custom("more objects and lists than an answer of this size can have"));
    }
    value.decode(text)
}

/// Returns the error of an answer that is not a success that can be decoded.
fn failure(
    client: &ClientInner,
    operation: &'static Operation,
    status: u16,
    body: &str,
    decoding: Option<serde_json::Error>,
) -> Error {
    let envelope = &client.api.envelope;
    let title = || page_title(body).map(|title| client.scrub(&title).chars().take(200).collect());
    let mut fields = EnvelopeFields::read(body, envelope);
    let remark = fields.remark.take();
    let remark = remark.as_deref();
    let verdict = match fields.status.as_deref() {
        Some(word) if word == envelope.success => Verdict::Success,
        Some(word) if word == envelope.error => Verdict::Failure { remark },
        None if fields.has_no_status && fields.is_refusal_of_values(status) => Verdict::Invalid,
        _ => Verdict::Missing,
    };
    let outcome = client.outcome(operation, WireEvidence::Answer { status, verdict });
    let error = |kind| client.error(kind, outcome, operation);
    let (texts, mut names) = fields.texts_and_names(verdict == Verdict::Invalid);
    let messages = || texts.iter().map(|text| client.scrub(text)).collect();
    match (verdict, decoding) {
        // The error quotes the value that could not be decoded.
        (Verdict::Success, Some(cause)) => error(ErrorKind::Undecodable).with_detail(client.scrub(&cause.to_string())),
        (Verdict::Success, None) => error(ErrorKind::Undecodable),
        (Verdict::Failure { remark }, _) => {
            let known = envelope.known_text(&texts);
            names.extend(known.iter().flat_map(|known| known.fields).map(|field| (*field).to_owned()));
            let reason = envelope.refusals.reason(remark).or(known.map(|known| known.reason));
            error(ErrorKind::Refused)
                .with_texts(remark.map(|remark| client.scrub(remark)), messages())
                .with_address_in(&texts)
                .with_listed_reason(reason, operation, &names)
        }
        (Verdict::Invalid, _) => error(ErrorKind::Refused).with_texts(None, messages()).with_listed_reason(
            Some(RefusalReason::Validation),
            operation,
            &names,
        ),
        (Verdict::Missing, _) => error(ErrorKind::UnexpectedAnswer)
            .with_texts(None, messages())
            .with_address_in(&texts)
            .with_page_title(title()),
    }
}

/// Returns the title of an HTML page.
fn page_title(body: &str) -> Option<String> {
    // The title is near the beginning of a page.
    let page = String::from_utf8_lossy(&body.as_bytes()[..body.len().min(16 * 1024)]);
    let lower = page.to_ascii_lowercase();
    let start = lower.find("<title")?;
    let start = start + lower[start..].find('>')? + 1;
    let end = start + lower[start..].find("</title")?;
    let title = page[start..end].split_whitespace().collect::<Vec<_>>().join(" ");
    (!title.is_empty()).then_some(title)
}
