//! Finds known values of credentials in a text, in any encoding.

use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};

use super::layers::{Layer, without_half_escape};

/// Shorter values would mask parts of many words.
const SHORTEST: usize = 6;
/// How many bytes of a value at the end of a cut text count as the value.
const SHORTEST_START: usize = 4;

/// Values, and their hexadecimal and base64 forms.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Patterns that match in any case, because the sandbox accepts credentials in any case.
    any_case: Option<AhoCorasick>,
    /// Patterns that match only as they are.
    exact: Option<AhoCorasick>,
    /// The same patterns, sorted, to find the beginning of one.
    any_case_sorted: Vec<Vec<u8>>,
    exact_sorted: Vec<Vec<u8>>,
    longest: usize,
}

impl Known {
    pub(super) fn new(values: impl IntoIterator<Item = String>) -> Self {
        let mut any_case = Vec::new();
        let mut exact = Vec::new();
        for value in values.into_iter().filter(|value| value.len() >= SHORTEST) {
            any_case.push(value.to_ascii_lowercase().into_bytes());
            if value.contains(' ') {
                any_case.push(value.replace(' ', "+").to_ascii_lowercase().into_bytes());
            }
            any_case.push(hexadecimal(&value));
            exact.extend((0..3).flat_map(|shift| base64(value.as_bytes(), shift)));
        }
        for list in [&mut any_case, &mut exact] {
            list.sort();
            list.dedup();
        }
        let automaton = |patterns: &[Vec<u8>], any_case: bool| {
            let mut builder = AhoCorasick::builder();
            builder.match_kind(MatchKind::LeftmostLongest).ascii_case_insensitive(any_case);
            // Building fails if the patterns do not fit into memory.
            builder.build(patterns).ok().filter(|_| !patterns.is_empty())
        };
        Self {
            any_case: automaton(&any_case, true),
            exact: automaton(&exact, false),
            longest: any_case.iter().chain(&exact).map(Vec::len).max().unwrap_or(0),
            any_case_sorted: any_case,
            exact_sorted: exact,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.any_case.is_none()
    }

    /// Whether a value is one of these, in any case.
    pub(super) fn has(&self, value: &str) -> bool {
        let value = value.to_ascii_lowercase().into_bytes();
        value.len() < SHORTEST || self.any_case_sorted.binary_search(&value).is_ok()
    }

    /// Adds the ranges of known values in a layer of a text.
    pub(super) fn find(&self, layer: &Layer<'_>, found: &mut Vec<Range<usize>>) {
        for hit in self.any_case.iter().flat_map(|automaton| automaton.find_iter(&*layer.bytes)) {
            found.push(layer.source(&hit.range()));
        }
        let mut end = 0;
        for hit in self.exact.iter().flat_map(|automaton| automaton.find_iter(&*layer.bytes)) {
            // A run of base64 is measured once, even if there are several matches in it.
            if hit.start() >= end {
                let run = run_around(&layer.bytes, hit.range());
                end = run.end;
                found.push(layer.source(&run));
            }
        }
    }

    /// Adds the beginning of a known value at the end of a layer of a cut text.
    pub(super) fn find_cut(&self, layer: &Layer<'_>, found: &mut Vec<Range<usize>>) {
        let whole = without_half_escape(&layer.bytes);
        let first = whole.len().saturating_sub(self.longest);
        let lower = whole[first..].to_ascii_lowercase();
        let is_start = |start: &usize| {
            begins_one(&self.any_case_sorted, &lower[start - first..])
                || begins_one(&self.exact_sorted, &whole[*start..])
        };
        let last = (whole.len() + 1).saturating_sub(SHORTEST_START);
        if let Some(start) = (first..last).find(is_start) {
            found.push(layer.source(&(start..layer.bytes.len())));
        }
    }
}

/// Whether one of the sorted patterns begins with `start`.
fn begins_one(sorted: &[Vec<u8>], start: &[u8]) -> bool {
    let at = sorted.partition_point(|text| text.as_slice() < start);
    sorted.get(at).is_some_and(|text| text.starts_with(start))
}

fn hexadecimal(value: &str) -> Vec<u8> {
    value.bytes().flat_map(|byte| format!("{byte:02x}").into_bytes()).collect()
}

/// Returns the base64 forms of a value, in both alphabets, if `shift` bytes precede it in its group of three. The
/// characters that depend on its neighbours are left out.
fn base64(value: &[u8], shift: usize) -> Vec<Vec<u8>> {
    const LETTERS: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    let bit = |at: usize| value[at / 8] >> (7 - at % 8) & 1;
    let skipped = (6 - shift * 8 % 6) % 6;
    let mut sextets = Vec::new();
    let mut at = skipped;
    while at + 6 <= value.len() * 8 {
        sextets.push((at..at + 6).fold(0, |sum, at| sum * 2 + bit(at)));
        at += 6;
    }
    let written = |last: [u8; 2]| {
        let letter = |sextet: &u8| match LETTERS.get(usize::from(*sextet)) {
            Some(letter) => *letter,
            None => last[usize::from(*sextet == 63)],
        };
        sextets.iter().map(letter).collect()
    };
    vec![written(*b"+/"), written(*b"-_")]
}

/// Returns the whole run of base64 around a part of it.
fn run_around(text: &[u8], part: Range<usize>) -> Range<usize> {
    let is_base64 = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'-' | b'_' | b'=');
    let before = text[..part.start].iter().rev().take_while(|byte| is_base64(byte)).count();
    let after = text[part.end..].iter().take_while(|byte| is_base64(byte)).count();
    part.start - before..part.end + after
}
