//! Finds a secret, or enough of its beginning or end, in time linear in the length of the text.

use zeroize::Zeroizing;

/// The number of characters of a secret that count as a match.
const PIECE: usize = 12;

/// The same for pieces with both letters and digits, or with a capital after a small letter. Words and numbers have neither.
const MIXED_PIECE: usize = 8;

/// Searches for the beginning of a secret, or backwards for its end, by the algorithm of Knuth, Morris and Pratt.
pub(crate) struct Needle {
    bytes: Zeroizing<Vec<u8>>,
    /// For each length of a match, the longest shorter one that also matches there.
    shorter: Vec<usize>,
    /// The minimum length of a match.
    least: usize,
}

impl Needle {
    /// Creates the needles for the beginning and the end. Unless the secret `may_be_cut`, they find only all of it.
    pub(crate) fn both(secret: &str, may_be_cut: bool) -> [Self; 2] {
        let needle = |bytes: Zeroizing<Vec<u8>>, in_order: bool| {
            let least = if may_be_cut { least(&bytes, in_order) } else { bytes.len() };
            Self::new(&bytes, least)
        };
        [
            needle(Zeroizing::new(secret.bytes().collect()), true),
            needle(Zeroizing::new(secret.bytes().rev().collect()), false),
        ]
    }

    fn new(bytes: &[u8], least: usize) -> Self {
        let bytes: Zeroizing<Vec<u8>> = Zeroizing::new(bytes.iter().copied().map(folded).collect());
        let mut shorter = vec![0; bytes.len() + 1];
        let mut length = 0;
        for end in 1..bytes.len() {
            while length > 0 && bytes[end] != bytes[length] {
                length = shorter[length];
            }
            length += usize::from(bytes[end] == bytes[length]);
            shorter[end + 1] = length;
        }
        Self { bytes, shorter, least }
    }

    /// Calls `found` with the end and the length of each match. A match may be the beginning of a longer one.
    pub(crate) fn find(&self, text: impl Iterator<Item = u8>, found: &mut dyn FnMut(usize, usize)) {
        let mut length = 0;
        for (at, byte) in text.map(folded).enumerate() {
            while length > 0 && self.bytes.get(length) != Some(&byte) {
                length = self.shorter[length];
            }
            length += usize::from(self.bytes[length] == byte);
            if length >= self.least {
                found(at + 1, length);
            }
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.bytes.len()
    }
}

/// Ignores the case of letters, and treats `+` as a space.
fn folded(byte: u8) -> u8 {
    if byte == b'+' { b' ' } else { byte.to_ascii_lowercase() }
}

/// Returns how much of the beginning counts as a match. `in_order` is false if the bytes are in reverse order.
fn least(bytes: &[u8], in_order: bool) -> usize {
    let characters = |piece: &[u8]| piece.iter().filter(|byte| **byte & 0xc0 != 0x80).count();
    let is_enough = |end: &usize| {
        let piece = &bytes[..*end];
        let has_inner_capital = piece.windows(2).any(|pair| {
            let [before, after] = if in_order { [pair[0], pair[1]] } else { [pair[1], pair[0]] };
            before.is_ascii_lowercase() && after.is_ascii_uppercase()
        });
        let is_mixed = piece.iter().any(u8::is_ascii_digit) && piece.iter().any(u8::is_ascii_alphabetic);
        let is_mixed = is_mixed || has_inner_capital;
        characters(piece) >= if is_mixed { MIXED_PIECE } else { PIECE }
    };
    (1..bytes.len()).find(is_enough).unwrap_or(bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Masks all matches in `text`.
    fn covered(secret: &str, text: &str) -> String {
        let [beginning, end] = Needle::both(secret, true);
        let mut covered = vec![false; text.len()];
        beginning.find(text.bytes(), &mut |end, length| covered[end - length..end].fill(true));
        covered.reverse();
        end.find(text.bytes().rev(), &mut |end, length| covered[end - length..end].fill(true));
        covered.reverse();
        text.chars().zip(covered).map(|(c, is_covered)| if is_covered { '*' } else { c }).collect()
    }

    #[test]
    fn enough_of_a_secret_is_found_in_any_case() {
        let secret = "Kd93jfPq82LmzX7Rw5Tb";
        for (text, expected) in [
            ("a KD93JFPQ82lmzX7Rw5Tb.", "a ********************."),
            ("Kd93jfPq!", "********!"),
            ("Kd93jfP!", "Kd93jfP!"),
            ("...zX7Rw5Tb Kd", "...******** Kd"),
            ("X7Rw5Tb", "X7Rw5Tb"),
            ("Kd93jfPqKd93jfPq82", "******************"),
            ("Kd93Kd93jfPqzX7Rw5Tb", "Kd93****************"),
        ] {
            assert_eq!(covered(secret, text), expected);
        }
        assert_eq!(covered("aaaaaaaaaaaaab", "aaaaaaaaaaaaaaaaaaaaa aaaaaaaaaaa"), "********************* aaaaaaaaaaa");
        assert_eq!(covered("client-secret-of-mine", "the client-secret is"), "the ************* is");
        assert_eq!(covered("client-secret", "the client-id, a client-se"), "the client-id, a client-se");
        assert_eq!(covered("idCanaryXq", "idcanary Canaryxq canaryx"), "******** ******** canaryx");
        assert_eq!(covered("Passwordless", "Password wordless passwordless"), "Password wordless ************");
        assert_eq!(covered("20261128", "20261128 2026112 61128"), "******** 2026112 61128");
    }
}
