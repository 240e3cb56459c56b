//! Decodes a text layer by layer, and keeps track of where each byte came from.

use std::{borrow::Cow, ops::Range};

/// A text after some of its encodings were decoded.
#[derive(Debug)]
pub(super) struct Layer<'a> {
    pub(super) bytes: Cow<'a, [u8]>,
    /// For each byte, its range in the original text. Empty for the original text itself.
    from: Vec<Range<usize>>,
}

impl<'a> Layer<'a> {
    pub(super) fn new(text: &'a [u8]) -> Self {
        Self { bytes: Cow::Borrowed(text), from: Vec::new() }
    }

    /// Returns the range in the original text from which a range of bytes came.
    pub(super) fn source(&self, range: &Range<usize>) -> Range<usize> {
        if self.from.is_empty() || range.is_empty() {
            return range.clone();
        }
        let start = self.from.get(range.start).map_or(0, |from| from.start);
        let end = self.from.get(range.end - 1).map_or(start, |from| from.end);
        start..end
    }

    /// Returns the next layer, in which every escape is decoded once, or `None` if there are no escapes.
    pub(super) fn decoded(&self) -> Option<Self> {
        let text: &[u8] = &self.bytes;
        memchr::memchr3(b'%', b'\\', b'&', text)?;
        let mut rest = text;
        let mut next = Layer { bytes: Cow::Owned(Vec::new()), from: Vec::new() };
        let mut changed = false;
        while let Some(first) = rest.first() {
            let at = text.len() - rest.len();
            let (letter, length) = match escape(rest) {
                Some(decoded) => {
                    changed = true;
                    decoded
                }
                None => (Decoded::Byte(*first), 1),
            };
            let source = self.source(&(at..at + length));
            let mut buffer = [0; 4];
            let bytes: &[u8] = match &letter {
                Decoded::Byte(byte) => std::slice::from_ref(byte),
                Decoded::Letter(letter) => letter.encode_utf8(&mut buffer).as_bytes(),
            };
            next.bytes.to_mut().extend_from_slice(bytes);
            next.from.extend(bytes.iter().map(|_| source.clone()));
            rest = rest.get(length..).unwrap_or_default();
        }
        changed.then_some(next)
    }
}

/// The decoded form of an escape.
enum Decoded {
    Byte(u8),
    Letter(char),
}

/// Returns the escape at the beginning of a text, and its length: `%41`, `\u0041`, `\/`, `&#65;`, `&amp;`.
fn escape(text: &[u8]) -> Option<(Decoded, usize)> {
    match text {
        [b'%', high, low, ..] => Some((Decoded::Byte(hex(*high)? * 16 + hex(*low)?), 3)),
        [b'\\', b'u' | b'U', digits @ ..] => {
            let unit = u32::from(unit(digits)?);
            // A character beyond 16 bits takes two escapes.
            let low = match digits.get(4..) {
                Some([b'\\', b'u' | b'U', digits @ ..]) if (0xd800..0xdc00).contains(&unit) => {
                    unit_in(digits, 0xdc00..0xe000)
                }
                _ => None,
            };
            let code = low.map_or(unit, |low| 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00));
            let letter = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
            Some((Decoded::Letter(letter), if low.is_some() { 12 } else { 6 }))
        }
        [b'\\', b'x' | b'X', high, low, ..] => Some((Decoded::Byte(hex(*high)? * 16 + hex(*low)?), 4)),
        [b'\\', other @ (b'/' | b'"' | b'\\' | b'\'' | b'-'), ..] => Some((Decoded::Byte(*other), 2)),
        [b'&', ..] => entity(text),
        _ => None,
    }
}

fn entity(text: &[u8]) -> Option<(Decoded, usize)> {
    let end = text.iter().take(12).position(|byte| *byte == b';')?;
    let name = std::str::from_utf8(text.get(1..end)?).ok()?;
    let letter = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)?
        }
    };
    Some((Decoded::Letter(letter), end + 1))
}

fn unit(digits: &[u8]) -> Option<u16> {
    digits.get(..4)?.iter().try_fold(0, |sum, digit| Some(sum * 16 + u16::from(hex(*digit)?)))
}

fn unit_in(digits: &[u8], range: Range<u32>) -> Option<u32> {
    unit(digits).map(u32::from).filter(|unit| range.contains(unit))
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

/// Returns a text without an incomplete escape at its end.
pub(super) fn without_half_escape(text: &[u8]) -> &[u8] {
    let tail = text.len().saturating_sub(12);
    let begins = |byte: &u8| matches!(byte, b'%' | b'\\' | b'&');
    match text.get(tail..).and_then(|last| last.iter().rposition(begins)) {
        Some(at) if escape(&text[tail + at..]).is_none() && half(&text[tail + at..]) => &text[..tail + at],
        _ => text,
    }
}

/// Whether a text may be the beginning of an escape.
fn half(text: &[u8]) -> bool {
    match text {
        [b'%', digits @ ..] => digits.len() < 2 && digits.iter().all(u8::is_ascii_hexdigit),
        [b'\\', rest @ ..] => rest.len() < 5,
        [b'&', rest @ ..] => rest.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'#'),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(text: &str) -> String {
        let layer = Layer::new(text.as_bytes());
        layer.decoded().map_or_else(String::new, |next| String::from_utf8_lossy(&next.bytes).into_owned())
    }

    #[test]
    fn escapes_are_decoded_once() {
        assert_eq!(decoded("a%41%2541"), "aA%41");
        assert_eq!(decoded(r"\u0041\u00e9\ud83d\ude00\/\x41"), "Aé😀/A");
        assert_eq!(decoded("&#65;&#x42;&amp;lt;"), "AB&lt;");
        for none in ["plain", "100%", r"\u12", "&nothing;", "&", "%zz", "\\"] {
            assert!(Layer::new(none.as_bytes()).decoded().is_none(), "{none}");
        }
    }

    #[test]
    fn ranges_lead_back() {
        let text = "x%2541y";
        let once = Layer::new(text.as_bytes()).decoded().unwrap();
        let twice = once.decoded().unwrap();
        assert_eq!(&*twice.bytes, b"xAy");
        assert_eq!(&text[twice.source(&(1..2))], "%2541");
        assert_eq!(&text[twice.source(&(0..3))], text);
    }

    #[test]
    fn half_an_escape_is_left_out() {
        for (text, whole) in [("a%", "a"), ("a%4", "a"), ("a%41", "a%41"), (r"a\u00", "a"), ("a&am", "a"), ("a", "a")] {
            assert_eq!(without_half_escape(text.as_bytes()), whole.as_bytes(), "{text}");
        }
    }
}
