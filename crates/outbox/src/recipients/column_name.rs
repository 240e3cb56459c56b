//! The names of columns: how they are compared, and how they are shown.

use icu_normalizer::DecomposingNormalizerBorrowed;

use super::number;

/// The names by which the column with the number is recognised.
pub const NUMBER_COLUMNS: [&str; 4] = ["number", "phone", "telefone", "celular"];

/// The maximum number of characters of a name in a message.
const SHOWN: usize = 40;

/// Returns a name without what does not distinguish names: case, accents, surrounding space and invisible characters.
pub(super) fn fold(name: &str) -> String {
    let is_ignored =
        |c: &char| matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
    let base = DecomposingNormalizerBorrowed::new_nfkd().normalize_iter(name.chars()).filter(|c| !is_ignored(c));
    let folded: String = base.flat_map(char::to_lowercase).filter(|c| !is_ignored(c)).collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns a name as it is shown: short, without control characters, and with its digits masked if it has as many as a
/// phone number, because the header may be missing.
pub(super) fn shown(name: &str) -> String {
    let digits = name.chars().filter(|c| c.is_numeric()).count();
    let masked = if digits < 8 { name.to_owned() } else { number::masked(name) };
    let mut shown: String = masked.chars().take(SHOWN).flat_map(char::escape_debug).collect();
    if masked.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    shown
}
