//! Trims texts as servers do (the spec's `x-trims`).

use std::ops::RangeInclusive;

/// What servers remove from both ends besides white space: NUL and invisible characters (fact [E5]).
///
/// [E5]: https://docs.rs/externalapi-client/latest/externalapi_client/facts/#e5
const INVISIBLE: [RangeInclusive<char>; 17] = [
    '\0'..='\0',
    '\u{AD}'..='\u{AD}',
    '\u{34F}'..='\u{34F}',
    '\u{61C}'..='\u{61C}',
    '\u{115F}'..='\u{1160}',
    '\u{17B4}'..='\u{17B5}',
    '\u{180E}'..='\u{180E}',
    '\u{200B}'..='\u{200F}',
    '\u{2060}'..='\u{2065}',
    '\u{206A}'..='\u{206F}',
    '\u{2800}'..='\u{2800}',
    '\u{3164}'..='\u{3164}',
    '\u{FEFF}'..='\u{FEFF}',
    '\u{FFA0}'..='\u{FFA0}',
    '\u{1D159}'..='\u{1D159}',
    '\u{1D173}'..='\u{1D17A}',
    '\u{E0020}'..='\u{E0020}',
];

/// Returns the text without the characters that servers remove from its ends.
#[inline]
pub(crate) fn trimmed(value: &str) -> &str {
    value.trim_matches(is_cut)
}

fn is_cut(c: char) -> bool {
    match c {
        '\0' | '\t'..='\r' | ' ' => true,
        // Nearly every text begins and ends with one of these.
        '\x01'..='\x7f' => false,
        _ => c.is_whitespace() || INVISIBLE.iter().any(|range| range.contains(&c)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_invisible_character_is_cut_off_both_ends_and_nowhere_else() {
        let white = ['\t', '\n', '\u{B}', '\r', ' ', '\u{85}', '\u{A0}', '\u{2028}', '\u{3000}'];
        let all = INVISIBLE.into_iter().flatten().chain(white);
        let mut count = 0;
        for c in all {
            assert_eq!(trimmed(&format!("{c}{c}a{c}b{c}{c}")), format!("a{c}b"), "U+{:04X}", u32::from(c));
            assert_eq!(trimmed(&c.to_string()), "", "U+{:04X}", u32::from(c));
            count += 1;
        }
        assert_eq!(count - white.len(), 40, "as many as fact E5 lists, and NUL");
    }

    #[test]
    fn their_neighbours_stay() {
        for range in INVISIBLE {
            let before = u32::from(*range.start()).checked_sub(1).and_then(char::from_u32);
            let after = char::from_u32(u32::from(*range.end()) + 1);
            for c in before.into_iter().chain(after).filter(|c| !is_cut(*c)) {
                assert_eq!(trimmed(&c.to_string()), c.to_string(), "U+{:04X}", u32::from(c));
            }
        }
        for visible in ['\u{AC}', '\u{2066}', '\u{2069}', '\u{2801}', '\u{E0021}', '\u{1}', '.'] {
            assert_eq!(trimmed(&format!("{visible} ")), visible.to_string());
        }
    }
}
