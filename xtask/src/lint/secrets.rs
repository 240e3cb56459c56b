//! Rules about what must not be in a repository: secrets and personal data.
//!
//! Both rules look at the shape of a text only. They accept a text that is clearly invented: it contains a word such as
//! `EXAMPLE`, repeats a character, or ends with a digit after zeros.

use super::personal_data::{mail, phone};
use super::rule::{Check, Diagnostics, Rule, SpecsAndFacts};

pub(super) const RULES: &[Rule] = &[
    Rule::new(
        "secret-value",
        "A committed secret is published, and therefore no longer secret.",
        "Revoke the secret if it is real. Write one that is clearly invented, such as `EXAMPLE0001`.",
        Check::Workspace(|all, diagnostics| each(all, diagnostics, |text| secret(text).map(str::to_owned))),
    ),
    Rule::new(
        "personal-data",
        "Examples must not contain the data of real people.",
        "Write an address at a `.example` host, or a number with five zeros in a row.",
        Check::Workspace(|all, diagnostics| {
            each(all, diagnostics, |text| mail(text).or_else(|| phone(text)).map(str::to_owned));
            // A number of ten digits is as likely a time in seconds.
            let numbers = all.specs.iter().flat_map(|(spec, _)| &spec.numbers);
            for (at, number) in numbers.filter(|(_, number)| *number >= 10_000_000_000) {
                if let Some(phone) = phone(&number.to_string()) {
                    diagnostics.at(at, looks_real(phone));
                }
            }
        }),
    ),
];

/// Returns the first part of a text that the rules refuse.
pub(crate) fn refused_value(text: &str) -> Option<&str> {
    secret(text).or_else(|| mail(text)).or_else(|| phone(text))
}

/// Searches all texts, keys, comments and facts.
fn each(all: &SpecsAndFacts<'_, '_>, diagnostics: &mut Diagnostics, find: fn(&str) -> Option<String>) {
    for (spec, (_, text)) in all.specs {
        let mut in_texts = Vec::new();
        for (at, text) in &spec.texts {
            if let Some(value) = find(text) {
                diagnostics.at(at, looks_real(&value));
                // A block of text starts on the line after its key.
                let first = at.line();
                in_texts.push((first..=first + text.lines().count(), value));
            }
        }
        let file = spec.root.error("").file;
        for (start, comment) in comments(text) {
            let Some(value) = find(comment) else { continue };
            let line = text[..start].matches('\n').count() + 1;
            // A `#` within a text does not start a comment.
            if !in_texts.iter().any(|(lines, other)| lines.contains(&line) && *other == value) {
                diagnostics.line(&file, line, looks_real(&value));
            }
        }
    }
    for (index, line) in all.facts.text.lines().enumerate() {
        if let Some(value) = find(line) {
            diagnostics.line(&all.facts.file, index + 1, looks_real(&value));
        }
    }
}

/// Describes a finding with no more of the value than is needed to find it.
fn looks_real(value: &str) -> String {
    let start: String = value.chars().take(4).collect();
    format!("the value that starts with `{start}` looks real")
}

/// Returns what can be a comment, with its byte offset. This includes a `#` within a text.
fn comments(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut end = 0;
    text.match_indices('#').filter_map(move |(hash, _)| {
        let is_first = hash == 0 || matches!(text.as_bytes()[hash - 1], b' ' | b'\t' | b'\n');
        if hash < end || !is_first {
            return None;
        }
        let comment = text[hash..].lines().next().unwrap_or_default();
        end = hash + comment.len();
        Some((hash, comment))
    })
}

/// The prefixes of the secrets of well-known services.
const PREFIXES: [&str; 16] = [
    "sk_",
    "sk-",
    "pk_live_",
    "rk_live_",
    "ghp_",
    "gho_",
    "ghs_",
    "github_pat_",
    "glpat-",
    "xoxb-",
    "xoxp-",
    "AKIA",
    "AIza",
    "EAAG",
    "EAAJ",
    "eyJ",
];

/// The minimum length of a secret.
const MIN_LENGTH: usize = 12;

/// Whether a secret can contain the byte. `/` is left out: it occurs in base 64, but mostly in paths.
fn is_part(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'+' | b'=')
}

/// Returns the words of a text, which consist of bytes that `is_part` accepts.
fn words(text: &str, is_part: fn(u8) -> bool) -> Vec<&str> {
    let bytes = text.as_bytes();
    let mut words = Vec::new();
    let (mut start, mut at) = (0, 0);
    while at <= bytes.len() {
        if at == bytes.len() || !is_part(bytes[at]) {
            if start < at {
                words.push(&text[start..at]);
            }
            start = at + 1;
        }
        at += 1;
    }
    words
}

/// Returns the length of the longest word. In nearly all texts it is too short for a secret.
fn longest(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut longest, mut length, mut at) = (0, 0, 0);
    while at < bytes.len() {
        length = if is_part(bytes[at]) { length + 1 } else { 0 };
        if length > longest {
            longest = length;
        }
        at += 1;
    }
    longest
}

/// Returns the first word of a text that looks like a secret.
fn secret(text: &str) -> Option<&str> {
    if text.len() < MIN_LENGTH || longest(text) < MIN_LENGTH {
        return None;
    }
    let mut after_scheme = false;
    for word in words(text, is_part) {
        if word.len() < MIN_LENGTH {
            after_scheme = matches!(word, "Bearer" | "Basic");
            continue;
        }
        let known =
            PREFIXES.iter().any(|prefix| word.strip_prefix(prefix).is_some_and(|rest| rest.len() >= MIN_LENGTH - 2));
        let long = is_uuid(word) || is_random(word);
        let given = after_scheme && word.bytes().any(|byte| byte.is_ascii_digit());
        if (known || long || given) && !is_made_up(word) {
            return Some(word);
        }
        after_scheme = false;
    }
    None
}

/// The minimum length at which the shape of a word distinguishes a random value from a name.
const MIN_RANDOM_LENGTH: usize = 20;

/// A kind of character: whether it is a digit, and whether it is a capital letter.
const LOWER: (bool, bool) = (false, false);
const UPPER: (bool, bool) = (false, true);

/// Whether letters and digits alternate more often than in a name.
///
/// In a random value, at least every fourth character is of another kind (digit, lower case, upper case) than the one
/// before it, not counting small letters after a capital. In base 16, 32, 36 and 64 it is about every second or third.
fn is_random(word: &str) -> bool {
    if word.len() < MIN_RANDOM_LENGTH {
        return false;
    }
    let kinds: Vec<_> = word
        .bytes()
        .filter(u8::is_ascii_alphanumeric)
        .map(|byte| (byte.is_ascii_digit(), byte.is_ascii_uppercase()))
        .collect();
    let is_change = |pair: &&[(bool, bool)]| pair[0] != pair[1] && (pair[0], pair[1]) != (UPPER, LOWER);
    let changes = kinds.windows(2).filter(is_change).count();
    kinds.len() >= MIN_RANDOM_LENGTH && changes * 4 >= kinds.len() && !is_camel_case(word)
}

/// Whether most of a word is words of small letters, each after one capital, as in `CreateN8nBotResponse`.
///
/// In a random value, two small letters seldom follow a capital.
fn is_camel_case(word: &str) -> bool {
    let bytes: Vec<_> = word.bytes().filter(u8::is_ascii_alphanumeric).collect();
    let (mut in_words, mut at) = (0, 0);
    while at < bytes.len() {
        let small = bytes[at + 1..].iter().take_while(|byte| byte.is_ascii_lowercase()).count();
        // The first word can begin with a small letter.
        if small >= 2 && (at == 0 && bytes[at].is_ascii_alphabetic() || bytes[at].is_ascii_uppercase()) {
            in_words += small + 1;
        }
        at += small + 1;
    }
    in_words * 3 >= bytes.len() * 2
}

fn is_uuid(word: &str) -> bool {
    let lengths = || word.split('-').map(str::len);
    word.len() == 36
        && lengths().eq([8, 4, 4, 4, 12])
        && word.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

fn is_made_up(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    let says_so =
        ["example", "sample", "placeholder", "invented", "made-up", "your"].iter().any(|it| lower.contains(it));
    let bytes = word.as_bytes();
    let repeats = bytes.windows(5).any(|run| run.iter().all(|byte| *byte == run[0]));
    let counts = matches!(bytes, [.., b'0', b'0', b'0', digit] if digit.is_ascii_digit());
    says_so || repeats || counts
}

#[cfg(test)]
mod tests {
    use super::secret;

    /// More than nine of ten random tokens are found.
    #[test]
    fn random_tokens_are_distinguished_from_names() {
        const DIGITS: &[u8] = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
        // A fixed generator, so that every run has the same tokens.
        let mut state = 1_u64;
        let mut random = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(state >> 33).expect("31 bits fit") % below
        };
        for (base, length) in [(16, 24), (16, 32), (16, 64), (36, 24), (62, 20), (62, 43)] {
            let mut token = || (0..length).map(|_| char::from(DIGITS[random(base)])).collect::<String>();
            let found = (0..1000).filter(|_| secret(&token()).is_some()).count();
            assert!(found >= 900, "only {found} of 1000 tokens of {length} digits to base {base}");
        }
        for name in [
            "change_conversation_status_response",
            "ListOfTheNotesOfTheGroupOfTheAccountResponse",
            "x-amz-server-side-encryption-aws-kms-key-id",
            "SHA256_OF_THE_CONTENT_IN_BASE64",
            "image_1920x1080_thumbnail_256x256",
            "CreateN8nBotResponse",
            "changeN8nBotStatusBody",
            "PostV3IpsAddrIpBandBody",
            "GetV1Beta2S3BucketAclResponse",
        ] {
            assert_eq!(secret(name), None);
        }
    }
}
