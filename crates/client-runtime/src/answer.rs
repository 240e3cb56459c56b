//! Judging an answer: one decode serves both the value and the in-band check.

use crate::client::Shared;
use crate::error::{Error, ErrorKind};
use crate::operation::{Envelope, Operation, RefusalReason};
use crate::outcome::{Evidence, Verdict};
use crate::read::{self, Slot, Start, Stop, Unread};
use crate::repair;
use crate::response::Decoded;

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

/// Whether the objects and lists of an answer are so many and so small that to decode them takes
/// many times its size in memory: `{},` is three bytes, and a contact several hundred. Those of
/// real answers take more than 100 bytes each.
fn is_hollow(body: &str) -> bool {
    let most = 10_000 + body.len() / 32;
    // `[],` is the shortest there can be many of. The plain count is an upper bound, at a fraction of
    // the cost; in such pieces it fits a byte, and many are counted at once.
    let openers = |piece: &[u8]| usize::from(piece.iter().map(|byte| u8::from(byte | 0x20 == b'{')).sum::<u8>());
    if body.len() <= 29_000 || body.as_bytes().chunks(255).map(openers).sum::<usize>() <= most {
        return false;
    }
    let (mut count, mut text, mut escaped) = (0, false, false);
    for byte in body.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = text,
            b'"' => text = !text,
            b'{' | b'[' if !text => count += 1,
            _ => {}
        }
    }
    count > most
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

/// How many texts for people are kept, and how many names of fields; real answers have a handful.
const MAX_TEXTS: usize = 20;

/// What an answer says of how the call went, whatever its shape. What nobody asks for is passed over, however large
/// or deep it is.
struct Said<'e> {
    envelope: &'e Envelope,
    has_no_status: bool,
    status: Option<String>,
    remark: Option<String>,
    /// The texts for people, by their place among the names: the most useful first.
    texts: Vec<Texts>,
    /// Those of a refusal by the framework.
    errors: Texts,
}

impl<'e> Said<'e> {
    fn by(body: &str, envelope: &'e Envelope) -> Self {
        let silent = || Self {
            envelope,
            has_no_status: true,
            status: None,
            remark: None,
            texts: envelope.texts.iter().map(|_| Texts::default()).collect(),
            errors: Texts::default(),
        };
        let mut said = silent();
        // Of what is no JSON up to its end, the beginning proves nothing.
        read::json(body, &mut said).map_or_else(|_| silent(), |()| said)
    }

    fn is_refusal_of_values(&self, status: u16) -> bool {
        self.envelope.validation.is_some_and(|answer| answer.http_status == status) && self.errors.is_bag
    }

    /// The texts for people, and the names of fields that they stand under.
    fn texts_and_names(self, with_errors: bool) -> (Vec<String>, Vec<String>) {
        let errors = Some(self.errors).filter(|_| with_errors);
        let (mut texts, mut names) = (Vec::new(), Vec::new());
        for more in self.texts.into_iter().chain(errors) {
            names.extend(more.names);
            for text in more.found {
                // Laravel repeats the first of its errors as the message.
                if texts.len() < MAX_TEXTS && !texts.contains(&text) {
                    texts.push(text);
                }
            }
        }
        (texts, names)
    }
}

impl Slot for Said<'_> {
    fn part(&mut self, name: Option<&str>, value: &mut dyn Unread) -> Result<(), Stop> {
        let name = name.unwrap_or_default();
        let place = self.envelope.texts.iter().position(|text| *text == name);
        let (is_status, is_remark) = (name == self.envelope.status, Some(name) == self.envelope.remark);
        let is_errors = self.envelope.validation.is_some_and(|answer| answer.errors == name);
        if place.is_none() && !is_status && !is_remark && !is_errors {
            return Ok(());
        }
        let mut texts = Texts::default();
        value.raw(&mut |json| texts.read(json))?;
        if is_status {
            self.has_no_status = false;
            self.status = texts.whole.clone();
        }
        if is_remark {
            self.remark = texts.whole.clone();
        }
        if is_errors {
            self.errors = texts;
        } else if let Some(place) = place {
            self.texts[place] = texts;
        }
        Ok(())
    }
}

/// The texts of a value: itself, or those in its lists and objects, as in Laravel's message bags. Other values are
/// passed over.
#[derive(Default)]
struct Texts {
    found: Vec<String>,
    /// The value, if it is a text.
    whole: Option<String>,
    /// Names of the objects in it.
    names: Vec<String>,
    /// Whether it is an object, and not empty.
    is_bag: bool,
    depth: usize,
}

impl Texts {
    /// No bag of messages is deeper, and each level is read again.
    const DEEPEST: usize = 6;

    /// From what is known to be JSON.
    fn read(&mut self, json: &str) {
        if json.starts_with(['"', '[', '{']) && self.depth < Self::DEEPEST {
            self.depth += 1;
            // The JSON of a value is whole, so that only its numbers, which are passed over, could be out of range.
            let _ = read::json(json, self);
            self.depth -= 1;
        }
    }
}

impl Slot for Texts {
    fn start(&mut self, start: Start<'_>) -> Result<(), Stop> {
        if let Start::Text(text) = start {
            self.whole = Some(text.to_owned()).filter(|_| self.depth == 1);
            self.found.push(text.to_owned());
        }
        Ok(())
    }

    fn part(&mut self, name: Option<&str>, item: &mut dyn Unread) -> Result<(), Stop> {
        self.is_bag |= name.is_some() && self.depth == 1;
        if let Some(name) = name.filter(|_| self.names.len() < MAX_TEXTS) {
            self.names.push(name.to_owned());
        }
        item.raw(&mut |json| {
            if self.found.len() < MAX_TEXTS {
                self.read(json);
            }
        })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hollow_answers_are_told_from_full_ones() {
        let list = |item: &str, count: usize| format!("[{}0]", format!("{item},").repeat(count));
        assert!(is_hollow(&list("{}", 1_000_000)));
        assert!(is_hollow(&list("[]", 1_000_000)));
        assert!(!is_hollow(&list("{}", 9_000)), "few do no harm");
        assert!(!is_hollow(&list(r#"{"id":123456789,"name":"somebody"}"#, 1_000_000)));
        assert!(!is_hollow(&list(r#""{[{[{[{[{[\"{[{[{""#, 1_000_000)), "a text holds what it likes");
    }
}
