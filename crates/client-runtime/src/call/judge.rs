//! Judging an answer: one decode serves both the value and the in-band check.

use crate::call::envelope_fields::Said;
use crate::call::node_budget::is_hollow;
use crate::call::response::{Answer, Decoded};
use crate::client::inner::{RawClient, Shared};
use crate::decode::repair;
use crate::error::error::Error;
use crate::error::evidence::{Evidence, Verdict};
use crate::error::kind::ErrorKind;
use crate::spec::envelope::RefusalReason;
use crate::spec::operation::Operation;

impl RawClient {
    /// What a call of `operation` makes of an answer with this status and body; for tests of
    /// generated types.
    #[doc(hidden)]
    pub fn judge<T: Answer>(&self, operation: &'static Operation, status: u16, body: &[u8]) -> Result<T, Error> {
        let mut value = T::default();
        judge(&self.0, operation, status, body, &mut value).map(|()| value)
    }
}

/// Decodes a success into `value`; otherwise the error, without the answer it was made from.
pub(crate) fn judge(
    client: &Shared,
    operation: &'static Operation,
    status: u16,
    body: &[u8],
    value: &mut dyn Decoded,
) -> Result<(), Error> {
    let envelope = &client.api.envelope;
    // A byte order mark at the start of one PHP file stands before every answer of that instance.
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    let text = repair::text(body);
    let decoded = decode(&text, value);
    if decoded.is_ok() && value.verdict() == Some(envelope.success) {
        return Ok(());
    }
    // The rare path: it may read the body again.
    let Some(answer) = repair::repaired(&text) else {
        return Err(failure(client, operation, status, &text, decoded.err()));
    };
    let decoded = decode(&answer, value);
    if decoded.is_ok() && value.verdict() == Some(envelope.success) {
        return Ok(());
    }
    Err(failure(client, operation, status, &answer, decoded.err()))
}

fn decode(text: &str, value: &mut dyn Decoded) -> serde_json::Result<()> {
    if is_hollow(text) {
        return Err(serde::de::Error::custom("more objects and lists than an answer of this size can have"));
    }
    value.decode(text)
}

/// Everything but a readable success.
fn failure(
    client: &Shared,
    operation: &'static Operation,
    status: u16,
    body: &str,
    decoding: Option<serde_json::Error>,
) -> Error {
    let envelope = &client.api.envelope;
    let title = || page_title(body).map(|title| client.scrub(&title).chars().take(200).collect());
    let mut said = Said::by(body, envelope);
    let remark = said.remark.take();
    let remark = remark.as_deref();
    let verdict = match said.status.as_deref() {
        Some(word) if word == envelope.success => Verdict::Success,
        Some(word) if word == envelope.error => Verdict::Failure { remark },
        None if said.has_no_status && said.is_refusal_of_values(status) => Verdict::Invalid,
        _ => Verdict::Missing,
    };
    let outcome = client.outcome(operation, Evidence::Answer { status, verdict });
    let error = |kind| client.error(kind, outcome, operation);
    let (texts, names) = said.texts_and_names(verdict == Verdict::Invalid);
    let messages = || texts.iter().map(|text| client.scrub(text)).collect();
    match (verdict, decoding) {
        // A decoding error quotes the value it stumbled over.
        (Verdict::Success, Some(cause)) => error(ErrorKind::Undecodable).with_detail(client.scrub(&cause.to_string())),
        (Verdict::Success, None) => error(ErrorKind::Undecodable),
        (Verdict::Failure { remark }, _) => {
            let reason = envelope.refusals.reason(remark).or_else(|| envelope.reason_of(&texts));
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

/// The title of an HTML page.
fn page_title(body: &str) -> Option<String> {
    // A title stands at the beginning of its page.
    let page = String::from_utf8_lossy(&body.as_bytes()[..body.len().min(16 * 1024)]);
    let lower = page.to_ascii_lowercase();
    let start = lower.find("<title")?;
    let start = start + lower[start..].find('>')? + 1;
    let end = start + lower[start..].find("</title")?;
    let title = page[start..end].split_whitespace().collect::<Vec<_>>().join(" ");
    (!title.is_empty()).then_some(title)
}
