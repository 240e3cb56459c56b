//! Taking secrets out of texts that others wrote.
//!
//! Providers quote a caller's own credentials in their errors, and URLs with access tokens of
//! others (fact E11). Every text of theirs passes here before it reaches an error or a log.

use std::error::Error as StdError;
use std::fmt;
use std::iter;
use std::ops::Range;

use crate::error::causes::causes;
use crate::redact::encoded_match::{Reading, Scheme};
use crate::redact::needle::Needle;
use crate::redact::secret::{MASK, Secret};
use crate::redact::tokens::without_tokens;

/// A secret of fewer characters is masked as a whole word only: `1` stands in every second text.
const SHORT: usize = 6;

/// A server's text of more characters says no more to anybody.
const MAX_TEXT: usize = 8 * 1024;

/// How much of a text is read at a time, in bytes; reading it takes several times its size in memory.
const WINDOW: usize = 16 * 1024;

/// Knows a client's credentials in every form in which a server may quote them: with other case, cut at either end,
/// escaped for URLs, JSON, HTML or mail, again and again, and as Base64 or in hexadecimal, alone or among others.
pub(crate) struct Scrubber {
    secrets: Vec<Secret>,
}

impl Scrubber {
    pub(crate) fn new<'s>(secrets: impl Iterator<Item = &'s Secret>) -> Self {
        Self { secrets: secrets.cloned().collect() }
    }

    /// `text` without the client's credentials and without anything shaped like a token.
    pub(crate) fn scrub(&self, text: &str) -> String {
        // What is far beyond the cap need not be read, to the length that escapes have.
        let read = &text[..floor(text, 8 * MAX_TEXT)];
        // Own secrets first and whole, then the cap: no cut may halve one.
        let mut masked = self.mask(read);
        let cut = masked.char_indices().nth(MAX_TEXT).map(|(cut, _)| cut);
        if cut.is_some() || read.len() < text.len() {
            masked.truncate(cut.unwrap_or(masked.len()));
            masked.push('…');
        }
        without_tokens(&masked)
    }

    /// `text` without the client's credentials, and else as it is.
    pub(crate) fn mask(&self, text: &str) -> String {
        let secrets: Vec<_> = self.secrets.iter().filter_map(Sought::of).collect();
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

    /// An error as the source of one of ours: itself, unless it or a source of it shows a secret. A stream of
    /// the caller's, a resolver or a proxy may fail with any text.
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

/// The texts of an error and its sources, scrubbed.
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

/// One of the texts that a secret is known by.
struct Sought {
    /// For its beginning, and backwards for its end.
    needles: [Needle; 2],
    is_short: bool,
}

impl Sought {
    /// A secret without what servers trim; nothing of one that is blank.
    fn of(secret: &Secret) -> Option<Self> {
        let trimmed = secret.expose().trim_matches(is_blank);
        let is_short = trimmed.chars().nth(SHORT - 1).is_none();
        (!trimmed.is_empty()).then(|| Self { needles: Needle::both(trimmed, !is_short), is_short })
    }
}

/// What servers trim: ours also cuts off what nobody sees (fact E5).
fn is_blank(c: char) -> bool {
    let unseen = matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}'
    ) || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}');
    unseen || c.is_whitespace() || c.is_control()
}

/// How many readings of a text are tried. Escapes of all three kinds in any order are 39 to a depth of three; of a text
/// with only one of them there is one at each depth.
const READINGS: usize = 40;

/// Calls `found` with every place of a secret in a text: as it stands, and without its escapes, undone in any order.
fn search(text: &str, secrets: &[Sought], found: &mut dyn FnMut(Range<usize>)) {
    let mut readings = vec![Reading::of(text)];
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

fn search_plain(reading: &Reading, secrets: &[Sought], found: &mut dyn FnMut(Range<usize>)) {
    let text = &*reading.text;
    for Sought { needles: [beginning, end], is_short } in secrets {
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

/// Calls `found` with the matches of a needle, those that overlap as one.
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

/// Finds secrets in Base64, of either alphabet, and in hexadecimal digits. All of the encoded text goes with them: it may
/// be made of several.
fn search_encoded(reading: &Reading, secrets: &[Sought], found: &mut dyn FnMut(Range<usize>)) {
    let has_secret = |bytes: &[u8]| {
        secrets.iter().filter(|secret| !secret.is_short).any(|Sought { needles: [beginning, end], .. }| {
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
            // Where it begins within the run is not known.
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

/// The whole bytes that digits of so many bits make.
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

/// Ranges in order, those that overlap as one.
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

/// The last boundary of a character at `at` or before it.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests;
