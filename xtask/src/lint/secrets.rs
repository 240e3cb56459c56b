//! Rules about what must not be in a repository: secrets, and data of people.
//!
//! Both are told by shape alone, and what is clearly made up is let pass: it says so in a word, repeats a
//! character, or ends in a small number after zeros.

use super::personal_data::{mail, phone};
use super::rule::{Check, Diagnostics, Rule, SpecsAndFacts};

pub(super) const RULES: &[Rule] = &[
    Rule::new(
        "secret-value",
        "What is committed is published, and a secret that was published is none.",
        "Revoke it if it is real, and write one that is clearly made up, such as `EXAMPLE0001`.",
        Check::Workspace(|all, diagnostics| each(all, diagnostics, |text| secret(text).map(str::to_owned))),
    ),
    Rule::new(
        "personal-data",
        "Examples hold nobody's data.",
        "Write an address at a `.example` host, or a number with five zeros in a row.",
        Check::Workspace(|all, diagnostics| {
            each(all, diagnostics, |text| mail(text).or_else(|| phone(text)).map(str::to_owned));
            // As a number, ten digits are as likely a point in time.
            let numbers = all.specs.iter().flat_map(|(spec, _)| &spec.numbers);
            for (at, number) in numbers.filter(|(_, number)| *number >= 10_000_000_000) {
                if let Some(phone) = phone(&number.to_string()) {
                    diagnostics.at(at, told(phone));
                }
            }
        }),
    ),
];

/// Looks through all texts, keys, comments and facts.
fn each(all: &SpecsAndFacts<'_, '_>, diagnostics: &mut Diagnostics, find: fn(&str) -> Option<String>) {
    for (spec, (_, text)) in all.specs {
        let mut in_texts = Vec::new();
        for (at, text) in &spec.texts {
            if let Some(it) = find(text) {
                diagnostics.at(at, told(&it));
                // A block of text begins on the line after its key.
                let first = at.line();
                in_texts.push((first..=first + text.lines().count(), it));
            }
        }
        let file = spec.root.error("").file;
        for (start, comment) in comments(text) {
            let Some(it) = find(comment) else { continue };
            let line = text[..start].matches('\n').count() + 1;
            // Within a text a hash begins no comment.
            if !in_texts.iter().any(|(lines, told)| lines.contains(&line) && *told == it) {
                diagnostics.line(&file, line, told(&it));
            }
        }
    }
    for (index, line) in all.facts.text.lines().enumerate() {
        if let Some(it) = find(line) {
            diagnostics.line(&all.facts.file, index + 1, told(&it));
        }
    }
}

/// What is wrong, without telling more than it takes to find it.
fn told(it: &str) -> String {
    let start: String = it.chars().take(4).collect();
    format!("what starts with `{start}` looks real")
}

/// What may be comments, each with where it starts: a hash within a text is taken for one, too.
fn comments(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut end = 0;
    // Far fewer than lines.
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

/// How secrets of well-known services start.
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

/// The least length of a secret.
const LEAST: usize = 12;

/// What a secret may hold. Without `/`, which is in base 64 too, but mostly in paths.
fn is_part(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'+' | b'=')
}

/// The words of a text. Byte by byte, for all descriptions are gone through at each generation.
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

/// The length of the longest word. In nearly all texts it is too short for a secret.
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

/// Something in a text that looks like a secret.
fn secret(text: &str) -> Option<&str> {
    if text.len() < LEAST || longest(text) < LEAST {
        return None;
    }
    let mut after_scheme = false;
    for word in words(text, is_part) {
        if word.len() < LEAST {
            after_scheme = matches!(word, "Bearer" | "Basic");
            continue;
        }
        let known = PREFIXES.iter().any(|prefix| word.strip_prefix(prefix).is_some_and(|rest| rest.len() >= LEAST - 2));
        let long = is_uuid(word) || is_random(word);
        let given = after_scheme && word.bytes().any(|byte| byte.is_ascii_digit());
        if (known || long || given) && !is_made_up(word) {
            return Some(word);
        }
        after_scheme = false;
    }
    None
}

/// From which length on a word can be told from a name by its looks alone.
const LEAST_RANDOM: usize = 20;

/// Kinds of characters: whether it is a digit, and whether it is a capital.
const LOWER: (bool, bool) = (false, false);
const UPPER: (bool, bool) = (false, true);

/// Whether letters and digits alternate as they do in no name: at least every fourth character is of another
/// kind (digit, lower case, upper case) than the one before it, small letters after a capital not counted.
/// Of random base 16, 32, 36 and 64 it is about every second or third.
fn is_random(word: &str) -> bool {
    if word.len() < LEAST_RANDOM {
        return false;
    }
    let kinds: Vec<_> = word
        .bytes()
        .filter(u8::is_ascii_alphanumeric)
        .map(|byte| (byte.is_ascii_digit(), byte.is_ascii_uppercase()))
        .collect();
    let is_change = |pair: &&[(bool, bool)]| pair[0] != pair[1] && (pair[0], pair[1]) != (UPPER, LOWER);
    let changes = kinds.windows(2).filter(is_change).count();
    kinds.len() >= LEAST_RANDOM && changes * 4 >= kinds.len()
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

    /// The measure, by tokens that are random indeed: more than nine of ten are found.
    #[test]
    fn random_tokens_are_told_from_names() {
        const DIGITS: &[u8] = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
        // A generator of its own, so that every run has the same tokens.
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
        ] {
            assert_eq!(secret(name), None);
        }
    }
}
