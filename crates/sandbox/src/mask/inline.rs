//! Finds credentials in a text by their names: `client-secret=…`, `"key": "…"`, `Bearer …`.

use std::ops::Range;

use super::{layers::Layer, names::is_secret};

/// The longest name that is considered.
const NAME: usize = 64;

/// Adds the ranges of values after the name of a credential and `=` or `:`.
pub(super) fn find(layer: &Layer<'_>, found: &mut Vec<Range<usize>>) {
    let text: &[u8] = &layer.bytes;
    let mut end = 0;
    for (at, byte) in text.iter().enumerate() {
        // Values that are already found are skipped.
        if at < end {
            continue;
        }
        let value = match byte {
            b'=' | b':' if names_secret(&text[..at]) => value_after(text, at + 1),
            b' ' if names_scheme(&text[..at]) => token_after(text, at + 1),
            _ => continue,
        };
        if !value.is_empty() {
            end = value.end;
            found.push(layer.source(&value));
        }
    }
}

fn is_quote(byte: u8) -> bool {
    matches!(byte, b'"' | b'\'' | b'`' | b'\\')
}

/// Whether a text ends with the name of a credential, quoted or not.
fn names_secret(text: &[u8]) -> bool {
    let text = &text[text.len().saturating_sub(NAME)..];
    let between = |byte: &u8| is_quote(*byte) || matches!(byte, b' ' | b'\t' | b']');
    let length = text.len() - text.iter().rev().take_while(|byte| between(byte)).count();
    let in_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'%' | b'[' | b']');
    let start = length - text[..length].iter().rev().take_while(|byte| in_name(byte)).count();
    std::str::from_utf8(&text[start..length]).is_ok_and(is_secret)
}

/// Returns the value that begins there. It ends at its closing quote, or where an unquoted value must end.
fn value_after(text: &[u8], at: usize) -> Range<usize> {
    let between = |byte: &u8| is_quote(*byte) || matches!(byte, b' ' | b'\t' | b'>' | b'=');
    let start = at + text[at..].iter().take_while(|byte| between(byte)).count();
    let quote = text[at..start].iter().copied().find(|byte| is_quote(*byte) && *byte != b'\\');
    let ends = |byte: &u8| match quote {
        Some(quote) => *byte == quote,
        None => matches!(byte, b'&' | b';' | b',' | b'"' | b'\'' | b'<' | b'}' | b')') || byte.is_ascii_whitespace(),
    };
    // Under the name of a credential, a nested value is masked as a whole.
    if matches!(text.get(start), Some(b'{' | b'[')) {
        return start..text.len();
    }
    let value = &text[start..start + text[start..].iter().take_while(|byte| !ends(byte)).count()];
    // A backslash before the closing quote belongs to that quote. If it were masked, the surrounding JSON string would
    // end there.
    start..start + value.len() - value.iter().rev().take_while(|byte| **byte == b'\\').count()
}

/// Whether a text ends with `Basic` or `Bearer`.
fn names_scheme(text: &[u8]) -> bool {
    ["basic", "bearer"].iter().any(|scheme| {
        text.len().checked_sub(scheme.len()).is_some_and(|at| text[at..].eq_ignore_ascii_case(scheme.as_bytes()))
    })
}

/// Returns the token that begins there, unless it may be a word.
fn token_after(text: &[u8], at: usize) -> Range<usize> {
    let in_token = |byte: &u8| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'-' | b'_' | b'=' | b'.' | b'~' | b'%')
    };
    let token = &text[at..at + text[at..].iter().take_while(|byte| in_token(byte)).count()];
    let odd = token.iter().skip(1).any(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase() || *byte == b'=');
    if token.len() >= 6 && odd { at..at + token.len() } else { at..at }
}
