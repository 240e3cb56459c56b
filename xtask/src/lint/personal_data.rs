//! What tells of people, by its shape: addresses and numbers.

/// An e-mail address at a host that could be real.
pub(super) fn mail(text: &str) -> Option<&str> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+' | '%' | '@');
    text.contains('@').then(|| text.split(|c: char| !is_part(c)).find(|word| is_mail(word)))?
}

fn is_mail(word: &str) -> bool {
    let Some((name, host)) = word.trim_end_matches('.').split_once('@') else { return false };
    let reserved = ["example", "test", "invalid", "localhost", "example.com", "example.net", "example.org"];
    let is_reserved = |one: &&str| host == *one || host.strip_suffix(*one).is_some_and(|rest| rest.ends_with('.'));
    !name.is_empty() && host.contains('.') && !reserved.iter().any(is_reserved)
}

/// A number of 10 to 15 digits, written as phone numbers are, that could be somebody's.
pub(super) fn phone(text: &str) -> Option<&str> {
    if text.len() < 10 || digits(text) < 10 {
        return None;
    }
    let is_part =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '(' | ')' | ' ' | '.' | ':' | '_' | '/');
    let is_somebodys = |number: &&str| {
        let digits: String = number.chars().filter(char::is_ascii_digit).collect();
        (10..=15).contains(&digits.len()) && !digits.contains("00000")
    };
    text.split(|c| !is_part(c))
        .flat_map(numbers)
        .find(|number| is_somebodys(number) && !is_date(number) && !is_time(number) && !is_list(number))
        .or_else(|| text.split(|c: char| !is_dotted_part(c)).find(|number| is_somebodys(number) && is_dotted(number)))
}

fn is_dotted_part(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '-')
}

/// Numbers of people that are written with dots: a taxpayer's, `123.456.789-09`, and a phone's, `11.98765.4321`, where
/// the last dot may be a hyphen. Others, such as addresses of hosts and fractions, have no such groups.
fn is_dotted(number: &str) -> bool {
    let shape: String = number.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    let shape = shape.trim_end_matches('.');
    // With the country's number or without.
    let shape = shape.strip_prefix("00.").filter(|rest| rest.starts_with("00.")).unwrap_or(shape);
    matches!(
        shape,
        "000.000.000-00" | "00.00000.0000" | "00.00000-0000" | "00.0000.0000" | "00.0000-0000" | "000.000.0000"
    )
}

/// A point in time in milliseconds, of this century until 2033: no phone number has 13 digits of which the first is 1.
fn is_time(number: &str) -> bool {
    number.len() == 13 && number.starts_with('1') && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// Numbers one after another: a phone number that has nothing but spaces ends in four digits.
fn is_list(number: &str) -> bool {
    let is_plain = number.bytes().all(|byte| byte.is_ascii_digit() || byte == b' ');
    is_plain && number.split(' ').all(|group| group.len() < 4)
}

fn digits(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut digits, mut at) = (0, 0);
    while at < bytes.len() {
        digits += usize::from(bytes[at].is_ascii_digit());
        at += 1;
    }
    digits
}

/// The parts of a text that are numbers, written with `+`, brackets, hyphens and spaces.
fn numbers(text: &str) -> impl Iterator<Item = &str> {
    let is_letter = |c: char| c.is_ascii_alphabetic() || matches!(c, '_' | '/' | ':' | '.');
    text.split(is_letter).map(|part| part.trim_matches([' ', '-', ')', '(']))
}

/// `2026-01-05`, or what starts so.
fn is_date(number: &str) -> bool {
    let bytes = number.as_bytes();
    bytes.len() >= 10 && bytes[4] == b'-' && bytes[7] == b'-' && bytes[..4].iter().all(u8::is_ascii_digit)
}
