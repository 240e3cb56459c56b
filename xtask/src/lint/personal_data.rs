//! Finds e-mail addresses and phone numbers of people, by their shape.

/// Returns the first e-mail address whose host could be real.
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

/// Returns the first number of 10 to 15 digits that is written like a phone number and could be real.
pub(super) fn phone(text: &str) -> Option<&str> {
    if text.len() < 10 || digits(text) < 10 {
        return None;
    }
    let is_part =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '(' | ')' | ' ' | '.' | ':' | '_' | '/');
    let may_be_real = |number: &&str| {
        let digits: String = number.chars().filter(char::is_ascii_digit).collect();
        (10..=15).contains(&digits.len()) && !digits.contains("00000")
    };
    text.split(|c| !is_part(c))
        .flat_map(numbers)
        .find(|number| may_be_real(number) && !is_date(number) && !is_time(number) && !is_list(number))
        .or_else(|| text.split(|c: char| !is_dotted_part(c)).find(|number| may_be_real(number) && is_dotted(number)))
}

fn is_dotted_part(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '-')
}

/// Whether this is a taxpayer's number, `123.456.789-09`, or a phone number with dots, `11.98765.4321`, whose last dot can
/// be a hyphen. Other numbers with dots, such as IP addresses and fractions, have other groups.
fn is_dotted(number: &str) -> bool {
    let shape: String = number.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    let shape = shape.trim_end_matches('.');
    // The calling code of the country is optional.
    let shape = shape.strip_prefix("00.").filter(|rest| rest.starts_with("00.")).unwrap_or(shape);
    matches!(
        shape,
        "000.000.000-00" | "00.00000.0000" | "00.00000-0000" | "00.0000.0000" | "00.0000-0000" | "000.000.0000"
    )
}

/// Whether this is a time in milliseconds between 2001 and 2033. No phone number has 13 digits and starts with 1.
fn is_time(number: &str) -> bool {
    number.len() == 13 && number.starts_with('1') && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether this is a list of numbers. A phone number with only spaces between its digits ends with four digits.
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

/// Returns the parts of a text that consist of digits, `+`, brackets, hyphens and spaces.
fn numbers(text: &str) -> impl Iterator<Item = &str> {
    let is_letter = |c: char| c.is_ascii_alphabetic() || matches!(c, '_' | '/' | ':' | '.');
    text.split(is_letter).map(|part| part.trim_matches([' ', '-', ')', '(']))
}

/// Whether this starts with a date such as `2026-01-05`.
fn is_date(number: &str) -> bool {
    let bytes = number.as_bytes();
    bytes.len() >= 10 && bytes[4] == b'-' && bytes[7] == b'-' && bytes[..4].iter().all(u8::is_ascii_digit)
}
