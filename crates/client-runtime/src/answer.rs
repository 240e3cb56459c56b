//! Judging an answer: one decode serves both the value and the in-band check.

use std::borrow::Cow;

use crate::client::Shared;
use crate::error::{Error, ErrorKind};
use crate::operation::{Envelope, Operation};
use crate::outcome::{Evidence, Verdict};
use crate::read::{self, Slot, Start, Stop, Unread};
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
    // A byte order mark at the start of one PHP file stands before every answer of that install.
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    // A name in a wrong encoding must not turn a message that was sent into an error.
    let body = std::str::from_utf8(body).map_or_else(|_| String::from_utf8_lossy(body), Cow::Borrowed);
    let body = &*body;
    let decoded = if is_hollow(body) {
        Err(serde::de::Error::custom("more objects and lists than an answer of this size can have"))
    } else {
        value.decode(body)
    };
    match decoded {
        Ok(()) if value.verdict() == Some(envelope.success) => Ok(()),
        Ok(()) => Err(failure(client, operation, status, body, None)),
        Err(cause) => Err(failure(client, operation, status, body, Some(cause))),
    }
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

/// Everything but a readable success. This is the rare path: it may read the body again.
fn failure(
    client: &Shared,
    operation: &'static Operation,
    status: u16,
    body: &str,
    decoding: Option<serde_json::Error>,
) -> Error {
    let envelope = &client.api.envelope;
    let title = || page_title(body).map(|title| client.scrub(&title).chars().take(200).collect());
    let Said { status: word, remark, texts, .. } = Said::by(body, envelope);
    let remark = remark.as_deref();
    let verdict = match word.as_deref() {
        Some(word) if word == envelope.success => Verdict::Success,
        Some(word) if word == envelope.error => Verdict::Failure { remark },
        _ => Verdict::Missing,
    };
    let outcome = client.outcome(operation, Evidence::Answer { status, verdict });
    let error = |kind| client.error(kind, outcome, operation);
    let texts: Vec<_> = texts.into_iter().flatten().take(MAX_TEXTS).collect();
    let messages = || texts.iter().map(|text| client.scrub(text)).collect();
    match (verdict, decoding) {
        // A decoding error quotes the value it stumbled over.
        (Verdict::Success, Some(cause)) => error(ErrorKind::Undecodable).with_detail(client.scrub(&cause.to_string())),
        (Verdict::Success, None) => error(ErrorKind::Undecodable),
        (Verdict::Failure { remark }, _) => {
            let reason = envelope.refusals.reason(remark);
            error(ErrorKind::Refused)
                .with_texts(remark.map(|remark| client.scrub(remark)), messages())
                .with_address_in(&texts)
                .with_listed_reason(reason, operation)
        }
        (Verdict::Missing, _) => error(ErrorKind::UnexpectedAnswer)
            .with_texts(None, messages())
            .with_address_in(&texts)
            .with_page_title(title()),
    }
}

/// How many texts for people are kept; real answers have a handful.
const MAX_TEXTS: usize = 20;

/// What an answer says of how the call went, whatever its shape. What nobody asks for is passed over, however large
/// or deep it is.
struct Said<'e> {
    envelope: &'e Envelope,
    status: Option<String>,
    remark: Option<String>,
    /// The texts for people, by their place among the names: the most useful first.
    texts: Vec<Vec<String>>,
}

impl<'e> Said<'e> {
    fn by(body: &str, envelope: &'e Envelope) -> Self {
        let silent = || Self { envelope, status: None, remark: None, texts: vec![Vec::new(); envelope.texts.len()] };
        let mut said = silent();
        // Of what is no JSON up to its end, the beginning proves nothing.
        read::json(body, &mut said).map_or_else(|_| silent(), |()| said)
    }
}

impl Slot for Said<'_> {
    fn part(&mut self, name: Option<&str>, value: &mut dyn Unread) -> Result<(), Stop> {
        let name = name.unwrap_or_default();
        let place = self.envelope.texts.iter().position(|text| *text == name);
        let (is_status, is_remark) = (name == self.envelope.status, Some(name) == self.envelope.remark);
        if place.is_none() && !is_status && !is_remark {
            return Ok(());
        }
        let mut texts = Texts::default();
        value.raw(&mut |json| texts.read(json))?;
        let one = || texts.texts.first().filter(|_| !texts.is_list).cloned();
        if is_status {
            self.status = one();
        }
        if is_remark {
            self.remark = one();
        }
        if let Some(place) = place {
            self.texts[place] = texts.texts;
        }
        Ok(())
    }
}

/// A text, or the texts of a list. Other values are none, whatever is in them.
#[derive(Default)]
struct Texts {
    texts: Vec<String>,
    is_list: bool,
}

impl Texts {
    /// From what is known to be JSON.
    fn read(&mut self, json: &str) {
        if json.starts_with(['"', '[']) {
            // A text that cannot be read, such as one with half an emoji, is none.
            let _ = read::json(json, self);
        }
    }
}

impl Slot for Texts {
    fn start(&mut self, start: Start<'_>) -> Result<(), Stop> {
        match start {
            Start::Text(text) => self.texts.push(text.to_owned()),
            Start::List => self.is_list = true,
            _ => {}
        }
        Ok(())
    }

    fn part(&mut self, _name: Option<&str>, item: &mut dyn Unread) -> Result<(), Stop> {
        item.raw(&mut |json| {
            if json.starts_with('"') && self.texts.len() < MAX_TEXTS {
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
