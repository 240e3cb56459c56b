//! Random texts.

use std::collections::BTreeSet;

use super::super::plan;
use super::{PhoneNumber, number};

/// A deterministic generator (xorshift), so that failures can be reproduced.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % bound as u64).unwrap()
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
}

/// Pieces of numbers, and of texts that are not numbers.
const PIECES: [&str; 44] = [
    "+",
    "+55",
    "+1",
    "+52",
    "+521",
    "+54",
    "+549",
    "+44",
    "+49",
    "0",
    "00",
    "011",
    "015",
    "55",
    "11",
    "21",
    "98765-4321",
    "8765-4321",
    "3333-4444",
    "15",
    "044",
    "1",
    "2",
    "3",
    "7",
    "9",
    "5",
    " ",
    "-",
    "(",
    ")",
    "(0)",
    ".",
    "x",
    "xx",
    "ext",
    "/",
    ",",
    ";ext=",
    "tel:",
    "\u{200e}",
    "\u{ff11}",
    "٣",
    "e",
];

/// Returns whether `result` is `typed` with some digits left out.
fn is_subsequence(result: &str, typed: &str) -> bool {
    let mut typed = typed.chars();
    result.chars().all(|digit| typed.any(|other| other == digit))
}

/// No text leads to a digit that was not typed, except the calling code of the region and Argentina's 9.
#[test]
fn random_texts_give_what_was_typed_or_nothing() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut accepted = BTreeSet::new();
    for _ in 0..40_000 {
        let text: String = (0..=random.below(9)).map(|_| random.one(&PIECES)).collect();
        let region = random.one(&["-", "-", "BR", "MX", "AR", "US", "BM", "IM", "PT", "DE", "IT"]);
        let Ok(number) = number(&text, region) else { continue };
        let typed: String = text
            .chars()
            .map(|c| match c {
                '\u{ff11}' => '1',
                '٣' => '3',
                c => c,
            })
            .filter(char::is_ascii_digit)
            .collect();
        let digits = number.digits();
        let code = if region == "-" { String::new() } else { plan::of_region(region).unwrap().code() };
        let national = digits.strip_prefix(&*code).unwrap_or(&digits);
        let argentine = region == "AR" && typed.contains("15") && national.starts_with('9');
        let national = if argentine { &national[1..] } else { national };
        assert!(is_subsequence(&digits, &typed) || is_subsequence(national, &typed), "{text} in {region}: {digits}");

        assert_eq!(number.to_string().parse(), Ok(number.clone()), "{text} in {region}");
        let key = number.key();
        assert_eq!(format!("+{key}").parse::<PhoneNumber>().unwrap().key(), key, "{text} in {region}");
        for variant in number.variants() {
            assert_eq!(variant.key(), key, "{text} in {region}");
            assert_eq!(variant.to_string().parse::<PhoneNumber>().unwrap().key(), key);
            assert!(variant.variants().contains(&number), "{text} in {region}");
        }
        accepted.insert(digits);
    }
    assert!(accepted.len() > 100, "{} numbers were read", accepted.len());
}
