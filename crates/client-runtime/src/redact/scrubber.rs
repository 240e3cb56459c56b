//! Removes secrets from the texts of others.
//!
//! Providers quote the caller's credentials in their errors, and URLs with access tokens of others (fact [E11]). Each
//! text from a provider is scrubbed before it becomes a part of an error.
//!
//! [E11]: https://docs.rs/externalapi-client/latest/externalapi_client/facts/#e11

use std::error::Error as StdError;
use std::fmt;
use std::iter;
use std::ops::Range;

use crate::error::causes::causes;
use crate::redact::encoded_match::{Scheme, Unescaped};
use crate::redact::needle::Needle;
use crate::redact::secret::{MASK, Secret};
use crate::redact::tokens::without_tokens;

/// Shorter secrets are masked only as whole words, because a text such as `1` occurs everywhere.
const SHORT: usize = 6;

/// The maximum length of a server's text in characters.
const MAX_TEXT: usize = 8 * 1024;

/// How many bytes of a text are searched at a time. The search needs several times as much memory.
const WINDOW: usize = 16 * 1024;

/// Finds a client's credentials in every form in which a server may quote them: in another case, cut at either end,
/// escaped for URLs, JSON, HTML or mail, several times over, and in Base64 or hexadecimal, also as a part of other
/// data.
pub(crate) struct Scrubber {
    secrets: Vec<Secret>,
}

impl Scrubber {
    pub(crate) fn new<'s>(secrets: impl Iterator<Item = &'s Secret>) -> Self {
        Self { secrets: secrets.cloned().collect() }
    }

    /// Masks the client's credentials and everything that looks like a token, and limits the length of the text.
    pub(crate) fn scrub(&self, text: &str) -> String {
        // Text far beyond the limit is not read. The factor leaves room for escapes.
        let read = &text[..floor(text, 8 * MAX_TEXT)];
        // Credentials are masked before the text is cut, so that the cut does not divide one.
        let mut masked = self.mask(read);
        let cut = masked.char_indices().nth(MAX_TEXT).map(|(cut, _)| cut);
        if cut.is_some() || read.len() < text.len() {
            masked.truncate(cut.unwrap_or(masked.len()));
            masked.push('…');
        }
        without_tokens(&masked)
    }

    /// Masks the client's credentials, and leaves the rest of `text` unchanged.
    pub(crate) fn mask(&self, text: &str) -> String {
        let secrets: Vec<_> = self.secrets.iter().filter_map(SecretPattern::of).collect();
        let longest = secrets.iter().map(|secret| secret.needles[0].len()).max().unwrap_or_default();
        // Enough for a secret of which each character is escaped several times.
        let overlap = WINDOW / 8 + 32 * longest;
        let (mut found, mut start) = (Vec::new(), 0);
        loop {
            let end = floor(text, start + WINDOW + overlap);
            search(&text[start..end], &secrets, &mut |range| found.push(start + range.start..start + range.end));
            if end == text.len() {
                break;
            }
            start = floor(text, start + WINDOW);
        }
        found.sort_unstable_by_key(|range| range.start);
        let mut masked = String::with_capacity(text.len());
        let mut copied = 0;
        for range in merged(found) {
            masked.push_str(&text[copied..range.start]);
            masked.push_str(MASK);
            copied = range.end;
        }
        masked + &text[copied..]
    }

    /// Converts an error into the source of one of ours. It stays as it is unless it or one of its sources shows a
    /// secret, because a caller's stream, a resolver or a proxy may fail with any text.
    pub(crate) fn source(&self, error: impl StdError + Send + Sync + 'static) -> Box<dyn StdError + Send + Sync> {
        let all = || iter::once(&error as &(dyn StdError + 'static)).chain(causes(&error));
        let is_clean = |text: String| self.scrub(&text) == text;
        if all().all(|cause| is_clean(cause.to_string()) && is_clean(format!("{cause:?}"))) {
            return Box::new(error);
        }
        let texts: Vec<_> = all().map(|cause| self.scrub(&cause.to_string())).collect();
        let chain = texts.into_iter().rev().fold(None, |source, text| Some(Box::new(Scrubbed { text, source })));
        chain.map_or_else(|| error.into(), |chain| chain as _)
    }
}

/// The scrubbed texts of an error and its sources.
struct Scrubbed {
    text: String,
    source: Option<Box<Self>>,
}

impl fmt::Display for Scrubbed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Scrubbed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text, f)
    }
}

impl StdError for Scrubbed {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

/// The patterns of one secret.
struct SecretPattern {
    /// The needles for its beginning, and backwards for its end.
    needles: [Needle; 2],
    is_short: bool,
}

impl SecretPattern {
    /// Creates the patterns of a secret without the characters that servers trim. Returns `None` if it is blank.
    fn of(secret: &Secret) -> Option<Self> {
        let trimmed = secret.expose().trim_matches(is_blank);
        let is_short = trimmed.chars().nth(SHORT - 1).is_none();
        (!trimmed.is_empty()).then(|| Self { needles: Needle::both(trimmed, !is_short), is_short })
    }
}

/// Returns whether servers trim `c`. ExternalApi also trims invisible characters (fact [E5]).
///
/// [E5]: https://docs.rs/externalapi-client/latest/externalapi_client/facts/#e5
fn is_blank(c: char) -> bool {
    let unseen = matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}'
    ) || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}');
    unseen || c.is_whitespace() || c.is_control()
}

/// The maximum number of unescaped texts to search. Three kinds of escapes in any order give 39 up to a depth of three.
/// A text with one kind gives one at each depth.
const READINGS: usize = 40;

/// Calls `found` with the range of every secret in a text, as it is and with its escapes undone in any order.
fn search(text: &str, secrets: &[SecretPattern], found: &mut dyn FnMut(Range<usize>)) {
    let mut readings = vec![Unescaped::of(text)];
    let mut next = 0;
    while let Some(reading) = readings.get(next) {
        search_plain(reading, secrets, found);
        search_encoded(reading, secrets, found);
        if let Some(unquoted) = reading.without(Scheme::QuotedPrintable) {
            search_plain(&unquoted, secrets, found);
        }
        for scheme in [Scheme::Url, Scheme::Backslash, Scheme::Html] {
            let Some(new) = readings[next].without(scheme).filter(|_| readings.len() < READINGS) else { continue };
            if !readings.iter().any(|known| known.text == new.text) {
                readings.push(new);
            }
        }
        next += 1;
    }
}

fn search_plain(reading: &Unescaped, secrets: &[SecretPattern], found: &mut dyn FnMut(Range<usize>)) {
    let text = &*reading.text;
    for SecretPattern { needles: [beginning, end], is_short } in secrets {
        let mut note = |range: Range<usize>| {
            let word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
            let alone = || !word(text[..range.start].chars().next_back()) && !word(text[range.end..].chars().next());
            if !is_short || alone() {
                found(reading.source(range));
            }
        };
        each(beginning, text.bytes(), &mut |range| note(range));
        if !is_short {
            each(end, text.bytes().rev(), &mut |range| note(text.len() - range.end..text.len() - range.start));
        }
    }
}

/// Calls `found` with the matches of a needle, merging those that overlap.
fn each(needle: &Needle, text: impl Iterator<Item = u8>, found: &mut dyn FnMut(Range<usize>)) {
    let mut last: Option<Range<usize>> = None;
    needle.find(text, &mut |end, length| match &mut last {
        Some(last) if end - length < last.end => last.end = end,
        _ => {
            if let Some(whole) = last.replace(end - length..end) {
                found(whole);
            }
        }
    });
    if let Some(whole) = last {
        found(whole);
    }
}

/// Finds secrets in Base64, in either alphabet, and in hexadecimal digits. The range is all of the encoded text.
fn search_encoded(reading: &Unescaped, secrets: &[SecretPattern], found: &mut dyn FnMut(Range<usize>)) {
    let has_secret = |bytes: &[u8]| {
        secrets.iter().filter(|secret| !secret.is_short).any(|SecretPattern { needles: [beginning, end], .. }| {
            let mut has = false;
            beginning.find(bytes.iter().copied(), &mut |_, _| has = true);
            end.find(bytes.iter().rev().copied(), &mut |_, _| has = true);
            has
        })
    };
    for (digit, bits) in [(base64_digit as fn(u8) -> Option<u8>, 6), (hexadecimal_digit, 4)] {
        let mut start = 0;
        for run in reading.text.as_bytes().chunk_by(|one, next| digit(*one).is_some() == digit(*next).is_some()) {
            let range = start..start + run.len();
            start = range.end;
            if run.len() * bits < SHORT * 8 || digit(run[0]).is_none() {
                continue;
            }
            // The encoded text may begin at any digit of the run.
            let starts = 0..if bits == 6 { 4 } else { 2 };
            if starts.into_iter().any(|start| has_secret(&decoded(&run[start..], digit, bits))) {
                let padding = reading.text[range.end..].bytes().take(2).take_while(|byte| *byte == b'=').count();
                found(reading.source(range.start..range.end + padding));
            }
        }
    }
}

fn base64_digit(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    }
}

fn hexadecimal_digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

/// Decodes digits of this many bits into bytes.
fn decoded(digits: &[u8], digit: fn(u8) -> Option<u8>, bits: usize) -> Vec<u8> {
    let (mut bytes, mut rest, mut count) = (Vec::with_capacity(digits.len() * bits / 8), 0_u16, 0);
    for value in digits.iter().filter_map(|byte| digit(*byte)) {
        rest = rest << bits | u16::from(value);
        count += bits;
        if count >= 8 {
            count -= 8;
            bytes.push((rest >> count).to_le_bytes()[0]);
        }
    }
    bytes
}

/// Merges ranges that overlap. They must be in order.
fn merged(ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut merged: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

/// Returns the last boundary of a character at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests;
