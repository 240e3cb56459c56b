//! The collation `utf8mb4_unicode_ci`: letters are equal if their base letters are.
//!
//! It ignores case, accents, width and style, and characters that are invisible.

use icu_normalizer::{DecomposingNormalizerBorrowed, properties::CanonicalCombiningClassMapBorrowed};

/// The collation treats all characters beyond the first plane as this one.
const SUPPLEMENTARY: char = '\u{fffd}';
/// The zeros of the scripts that have their own digits. Nine more digits follow each.
const ZEROS: [u32; 36] = [
    0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6, 0xE50, 0xED0, 0xF20,
    0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0,
    0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10,
];

/// Whether two texts are equal.
pub(super) fn equal(left: &str, right: &str) -> bool {
    let is_plain = |text: &str| text.bytes().all(|byte| (0x20..0x7F).contains(&byte));
    // Shorter texts are padded with spaces.
    let (left, right) = (left.trim_end_matches(' '), right.trim_end_matches(' '));
    if is_plain(left) && is_plain(right) {
        return left.eq_ignore_ascii_case(right);
    }
    left == right || weights(left).eq(weights(right))
}

/// Whether a character of a pattern matches a character of a text.
pub(super) fn equal_letters(left: char, right: char) -> bool {
    if left.is_ascii_graphic() && right.is_ascii_graphic() {
        return left.eq_ignore_ascii_case(&right);
    }
    left == right || weights_of(left).eq(weights_of(right))
}

fn weights(text: &str) -> impl Iterator<Item = char> {
    text.chars().flat_map(weights_of)
}

/// Returns the base letters of a character, usually one.
fn weights_of(letter: char) -> std::vec::IntoIter<char> {
    let mut found = Vec::with_capacity(2);
    if letter.is_ascii_graphic() || letter == ' ' {
        found.push(letter.to_ascii_lowercase());
    } else if u32::from(letter) > 0xFFFF {
        found.push(SUPPLEMENTARY);
    } else if !is_ignored(letter) {
        let classes = CanonicalCombiningClassMapBorrowed::new();
        let decomposed = DecomposingNormalizerBorrowed::new_nfkd().normalize_iter(std::iter::once(letter));
        let bases = decomposed.filter(|part| classes.get_u8(*part) == 0 && !is_ignored(*part));
        for part in bases.flat_map(char::to_lowercase).filter(|part| classes.get_u8(*part) == 0) {
            push_base(part, &mut found);
        }
    }
    found.into_iter()
}

/// Letters that the collation decomposes, but Unicode does not.
fn push_base(letter: char, found: &mut Vec<char>) {
    match letter {
        'ß' => found.extend(['s', 's']),
        'æ' => found.extend(['a', 'e']),
        'œ' => found.extend(['o', 'e']),
        'ø' => found.push('o'),
        'đ' => found.push('d'),
        'ħ' => found.push('h'),
        'ł' => found.push('l'),
        'ŧ' => found.push('t'),
        'ς' => found.push('σ'),
        other => found.push(digit(other).unwrap_or(other)),
    }
}

fn digit(letter: char) -> Option<char> {
    let code = u32::from(letter);
    let zero = ZEROS.into_iter().find(|zero| (*zero..zero + 10).contains(&code))?;
    char::from_digit(code - zero, 10)
}

/// Whether the collation ignores a character.
fn is_ignored(letter: char) -> bool {
    matches!(
        letter,
        '\0'..='\u{8}'
            | '\u{e}'..='\u{1f}'
            | '\u{7f}'..='\u{84}'
            | '\u{86}'..='\u{9f}'
            | '\u{ad}'
            | '\u{34f}'
            | '\u{70f}'
            | '\u{180b}'..='\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}'
            | '\u{206a}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_equal_if_their_base_letters_are() {
        for (left, right) in [
            ("José", "JOSE"),
            ("Conceição", "conceic\u{327}a\u{303}o"),
            ("İ", "i"),
            ("５５", "55"),
            ("٥٥", "55"),
            ("5²", "52"),
            ("Straße", "STRASSE"),
            ("Łódź", "lodz"),
            ("Ærø", "aero"),
            ("a\u{ad}b\u{200b}", "ab"),
            ("a  ", "a"),
            ("a\u{a0}b", "a b"),
            ("ﬁ", "fi"),
            ("ΣΊΣΥΦΟΣ", "σισυφος"),
            ("😀", "🎉"),
            ("\u{1}5", "5"),
        ] {
            assert!(equal(left, right), "{left} {right}");
        }
        for (left, right) in
            [("a", "b"), (" a", "a"), ("055", "55"), ("a-b", "ab"), ("😀", ""), ("a", "あ"), ("ı", "i")]
        {
            assert!(!equal(left, right), "{left} {right}");
        }
    }

    #[test]
    fn letters_one_by_one() {
        assert!(equal_letters('É', 'e') && equal_letters('İ', 'I') && equal_letters('１', '1'));
        assert!(!equal_letters('ß', 's') && !equal_letters('a', 'b') && !equal_letters('１', '2'));
    }
}
