//! Strings as PHP sees them: bytes, which need not be UTF-8.

use std::borrow::Cow;

/// The character that represents the byte 0. A byte outside UTF-8 becomes the character that is this byte's value above
/// it. These characters are in the last private plane, which is unused.
const RAW: u32 = 0x0010_FE00;
/// The first byte of the UTF-8 encoding of these characters.
const RAW_LEAD: u8 = 0xF4;

/// Converts any bytes to a text. Invalid UTF-8 can be detected with [`has_invalid_utf8`] and restored with
/// [`bytes_of`].
pub(crate) fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| {
        let mut text = String::new();
        for chunk in error.as_bytes().utf8_chunks() {
            text.push_str(chunk.valid());
            text.extend(chunk.invalid().iter().filter_map(|byte| char::from_u32(RAW + u32::from(*byte))));
        }
        text
    })
}

/// Whether the text was not UTF-8.
pub(crate) fn has_invalid_utf8(text: &str) -> bool {
    text.as_bytes().contains(&RAW_LEAD) && text.chars().any(|letter| raw_byte(letter).is_some())
}

/// Returns the bytes from which [`text`] made this text.
pub(crate) fn bytes_of(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    for letter in text.chars() {
        match raw_byte(letter) {
            Some(byte) => bytes.push(byte),
            None => bytes.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
    bytes
}

/// Returns the text for people, with a replacement character for invalid UTF-8.
pub(crate) fn lossy(text: &str) -> Cow<'_, str> {
    if has_invalid_utf8(text) {
        Cow::Owned(String::from_utf8_lossy(&bytes_of(text)).into_owned())
    } else {
        Cow::Borrowed(text)
    }
}

fn raw_byte(letter: char) -> Option<u8> {
    let byte = u32::from(letter).checked_sub(RAW)?;
    u8::try_from(byte).ok().filter(|byte| *byte >= 0x80)
}

/// Trims as the framework does: white space and invisible characters. In invalid UTF-8 it only trims ASCII white space.
pub(crate) fn trim(text: &str) -> &str {
    if has_invalid_utf8(text) {
        text.trim_matches([' ', '\n', '\r', '\t', '\u{b}', '\0'])
    } else {
        text.trim_matches(|letter: char| letter == '\0' || letter.is_whitespace() || is_invisible(letter))
    }
}

/// Whether a character is invisible, although Unicode does not count it as white space.
fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'
            | '\u{1160}'
            | '\u{17b4}'
            | '\u{17b5}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2060}'..='\u{2065}'
            | '\u{206a}'..='\u{206f}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{1d159}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0020}'
    )
}

/// Cuts a text to a number of columns, and marks that with `...`. East Asian characters take two columns.
pub(crate) fn limit(text: &str, columns: usize) -> String {
    let mut taken = 0;
    let cut = text.char_indices().find(|(_, letter)| {
        taken += if is_wide(*letter) { 2 } else { 1 };
        taken > columns
    });
    match cut {
        Some((at, _)) => text[..at].trim_end_matches([' ', '\n', '\r', '\t', '\u{b}', '\0']).to_owned() + "...",
        None => text.to_owned(),
    }
}

fn is_wide(letter: char) -> bool {
    matches!(
        u32::from(letter),
        0x1100..=0x115F
            | 0x2E80..=0x303E
            | 0x3041..=0xA4CF
            | 0xA960..=0xA97C
            | 0xAC00..=0xD7A3
            | 0xF900..=0xFAFF
            | 0xFE10..=0xFE19
            | 0xFE30..=0xFE6F
            | 0xFF00..=0xFF60
            | 0xFFE0..=0xFFE6
            | 0x1F300..=0x1F64F
            | 0x1F680..=0x1F6FF
            | 0x1F900..=0x1F9FF
            | 0x20000..=0x3FFFD
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_not_utf_8_come_back() {
        for bytes in [b"a\xE9b".as_slice(), b"\xED\xA0\x80", b"\xC3", b"\xF5\x80", "é😀".as_bytes(), b""] {
            let kept = text(bytes.to_vec());
            assert_eq!(bytes_of(&kept), bytes);
            assert_eq!(has_invalid_utf8(&kept), std::str::from_utf8(bytes).is_err());
        }
        assert_eq!(lossy(&text(b"a\xFF".to_vec())), "a\u{fffd}");
        assert!(!has_invalid_utf8("\u{10FFFD}"), "private, but not ours");
    }

    #[test]
    fn invisible_characters_are_trimmed_at_the_ends_only() {
        assert_eq!(trim("\u{2800}\u{200d} a\u{200d}b \u{e0020}\0\u{85}"), "a\u{200d}b");
        assert_eq!(trim("\u{3164}\u{ffa0}\u{1d173}"), "");
        // Similar characters that are visible.
        assert_eq!(trim("\u{2066}x\u{2069}"), "\u{2066}x\u{2069}");
        let broken = text(b" \xFF\xC2\xA0".to_vec());
        assert_eq!(bytes_of(trim(&broken)), b"\xFF\xC2\xA0");
    }

    #[test]
    fn texts_are_cut_by_columns() {
        assert_eq!(limit(&"d".repeat(100), 100), "d".repeat(100));
        assert_eq!(limit(&"d".repeat(101), 100), "d".repeat(100) + "...");
        assert_eq!(limit("ab  cd", 4), "ab...");
        assert_eq!(limit("漢字漢字", 5), "漢字...");
    }
}
