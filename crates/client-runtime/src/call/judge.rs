//! Judges answers: decodes the value and checks whether the call succeeded.

use bytes::Bytes;

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
        judge(&self.0, operation, status, &Bytes::copy_from_slice(body), &mut value).map(|()| value)
    }
}

/// Decodes a success into `value`. The error of any other answer does not contain the answer yet.
pub(crate) fn judge(
    client: &ClientInner,
    operation: &'static Operation,
    status: u16,
    body: &Bytes,
    value: &mut dyn DecodeTarget,
) -> Result<(), Error> {
    let envelope = &client.api.envelope;
    if envelope.is_by_status() {
        return judge_by_status(client, operation, status, body, value);
    }
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

/// Judges an answer of an API whose HTTP status reports the result.
fn judge_by_status(
    client: &ClientInner,
    operation: &'static Operation,
    status: u16,
    body: &Bytes,
    value: &mut dyn DecodeTarget,
) -> Result<(), Error> {
    let text = repair::text(body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body));
    if !(200..300).contains(&status) || is_page(&text) && !operation.accept.contains("html") {
        return Err(failure(client, operation, status, &text, None));
    }
    // 204 and 205 mean that there is no body.
    if value.take(body) || matches!(status, 204 | 205) && text.trim().is_empty() {
        return Ok(());
    }
    let Err(error) = decode(&text, value) else { return Ok(()) };
    if repair::repaired(&text).is_some_and(|text| decode(&text, value).is_ok()) {
        return Ok(());
    }
    Err(failure(client, operation, status, &text, Some(error)))
}

/// Returns the verdict of an answer whose HTTP status reports the result, unless it is a success that can be decoded.
fn verdict_of_status<'f>(status: u16, body: &str, fields: &EnvelopeFields<'_>, remark: Option<&'f str>) -> Verdict<'f> {
    let (blank, begins_as_json) = (body.trim().is_empty(), body.trim_start().starts_with(['{', '[']));
    match status {
        // A body that is neither JSON nor the beginning of it comes from something that is not the API, such as a login
        // page of the network, so its status proves nothing.
        200..=299 if blank || begins_as_json || fields.is_json => Verdict::Success,
        400.. if blank || fields.is_object => Verdict::Failure { remark },
        _ => Verdict::Missing,
    }
}

/// Returns the reason that the meaning of an HTTP status gives, if it is only one.
fn meaning(status: u16) -> Option<RefusalReason> {
    match status {
        401 => Some(RefusalReason::Credentials),
        404 => Some(RefusalReason::NotFound),
        _ => None,
    }
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
        _ if envelope.is_by_status() => verdict_of_status(status, body, &fields, remark),
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
            let reason = envelope.refusals.reason(status, remark).or(known.map(|known| known.reason));
            let reason = reason.or_else(|| meaning(status).filter(|_| envelope.is_by_status()));
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

/// Returns whether a body is an HTML page.
fn is_page(body: &str) -> bool {
    let mut start = body.trim_start();
    let mut is_xml = false;
    while let Some((opening, end)) =
        [("<?xml", "?>"), ("<!--", "-->")].iter().find(|(opening, _)| start.starts_with(opening))
    {
        is_xml |= *opening == "<?xml";
        let Some((_, rest)) = start.split_once(end) else { return false };
        start = rest.trim_start();
    }
    // Pages may leave out the first tags. XML has elements of these names, too.
    let tags = ["<!doctype html", "<html", "<head", "<title", "<body", "<meta", "<script"];
    let tags = if is_xml { &tags[..2] } else { &tags[..] };
    tags.iter().any(|tag| start.get(..tag.len()).is_some_and(|it| it.eq_ignore_ascii_case(tag)))
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
