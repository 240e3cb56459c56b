//! Reads the digits of a phone number as people write it, without regard to numbering plans.

use super::invalid::InvalidPhoneNumber;

/// The content of a text.
pub(super) struct Typed {
    /// Whether it begins with a plus sign.
    pub(super) international: bool,
    /// Its digits in ASCII, at least one.
    pub(super) digits: String,
    /// The position of a zero in parentheses, as in `+44 (0)20`.
    pub(super) bracketed_zero: Option<usize>,
}

/// No number is longer, even with everything that is dialled before it.
pub(super) const MAX_DIGITS: usize = 32;

/// The minimum length of a second number. Fewer digits are an extension.
const SECOND_NUMBER: usize = 6;

/// What people write before an extension, and phones write before digits to be dialled later.
const EXTENSIONS: [&str; 18] = [
    "ext",
    "extn",
    "extension",
    "extensão",
    "extensao",
    "extensión",
    "x",
    "ramal",
    "r",
    "rm",
    "anexo",
    "interno",
    "int",
    "poste",
    "p",
    "w",
    "pause",
    "wait",
];

/// The code points of the zeros of the supported decimal digits, each followed by one to nine: ASCII and
/// full-width; Arabic-Indic and its eastern form; N'Ko; Devanagari, Bengali, Gurmukhi, Gujarati,
/// Oriya, Tamil, Telugu, Kannada, Malayalam; Thai, Lao, Tibetan, Myanmar, Khmer, Mongolian.
const ZEROS: [u32; 20] = [
    0x30, 0xff10, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0,
    0xf20, 0x1040, 0x17e0, 0x1810,
];

/// Reads a text. With `carrier`, an `xx` after a trunk zero stands for any carrier, as Brazilians write it:
/// `0xx11 98765-4321`.
pub(super) fn read(text: &str, carrier: bool) -> Result<Typed, InvalidPhoneNumber> {
    let seen: Vec<char> = text.chars().filter(|c| !is_invisible(*c)).collect();
    let mut rest = without_scheme(trim(&seen));
    // A spreadsheet converted it to a decimal number.
    if rest.ends_with(&['.', '0']) || rest.ends_with(&[',', '0']) {
        return Err(InvalidPhoneNumber::NotANumber);
    }
    let mut typed = Typed { international: false, digits: String::new(), bracketed_zero: None };
    let mut script = None;
    // The position in the digits of an open parenthesis.
    let mut open = None;
    while let Some((&c, after)) = rest.split_first() {
        let begun = typed.international || !typed.digits.is_empty();
        if let Some((digit, zero)) = digit(c) {
            // Mixed scripts are refused, because a Bengali four looks like an eight.
            if *script.get_or_insert(zero) != zero {
                return Err(InvalidPhoneNumber::NotANumber);
            }
            typed.digits.push(digit);
            if typed.digits.len() > MAX_DIGITS {
                return Err(InvalidPhoneNumber::TooLong);
            }
        } else if is_plus(c) && !begun {
            typed.international = true;
        } else if is_open(c) && open.is_none() {
            open = Some(typed.digits.len());
        } else if let (true, Some(start)) = (is_close(c), open) {
            match &typed.digits[start..] {
                "" => return Err(InvalidPhoneNumber::NotANumber),
                "0" => typed.bracketed_zero = Some(start),
                _ => {}
            }
            open = None;
        } else if carrier && matches!(&*typed.digits, "0" | "550") && is_carrier(rest) {
            rest = &rest[2..];
            continue;
        } else if !(is_space(c) || begun && is_separator(c)) {
            return Err(if typed.digits.is_empty() { InvalidPhoneNumber::NotANumber } else { what_follows(rest) });
        }
        rest = after;
    }
    if open.is_some() || typed.digits.is_empty() { Err(InvalidPhoneNumber::NotANumber) } else { Ok(typed) }
}

/// Returns what is wrong with a number that is followed by this.
fn what_follows(rest: &[char]) -> InvalidPhoneNumber {
    let digits = rest.iter().filter(|c| digit(**c).is_some()).count();
    let letters = rest.iter().take_while(|c| c.is_alphabetic()).count();
    let word: String = rest[..letters].iter().flat_map(|c| c.to_lowercase()).collect();
    let tail = trim(&rest[letters.max(1)..]);
    let only_digits =
        |c: &char| digit(*c).is_some() || is_separator(*c) || is_close(*c) || matches!(c, ':' | '=' | '#');
    let joins = match rest[0] {
        '/' | ',' | ';' | '|' | '&' => true,
        c if is_plus(c) || is_line_break(c) => true,
        _ => matches!(&*word, "ou" | "e" | "y" | "o" | "and" | "or" | "und" | "oder" | "et"),
    };
    if joins && digits >= SECOND_NUMBER || rest[0] == '/' && digits > 0 {
        return InvalidPhoneNumber::MoreThanOneNumber;
    }
    // RFC 3966 writes parameters after a semicolon.
    let starts = |name: &str| {
        let start: String = tail.iter().take(name.len()).flat_map(|c| c.to_lowercase()).collect();
        start == name
    };
    let extends = match rest[0] {
        ',' | '#' => tail.iter().all(only_digits),
        ';' => digits == tail.len() || starts("ext=") || starts("isub="),
        _ => EXTENSIONS.contains(&&*word) && tail.iter().all(only_digits),
    };
    if extends && digits > 0 { InvalidPhoneNumber::HasExtension } else { InvalidPhoneNumber::NotANumber }
}

fn trim(text: &[char]) -> &[char] {
    let outer = |c: &char| c.is_whitespace();
    let start = text.iter().take_while(|c| outer(c)).count();
    let end = text[start..].iter().rev().take_while(|c| outer(c)).count();
    &text[start..text.len() - end]
}

/// Removes the `tel:` of a link (RFC 3966).
fn without_scheme(text: &[char]) -> &[char] {
    match text {
        ['t' | 'T', 'e' | 'E', 'l' | 'L', ':', rest @ ..] => trim(rest),
        _ => text,
    }
}

/// Returns a decimal digit in ASCII, and the zero of its script. Full-width digits count as ASCII.
fn digit(c: char) -> Option<(char, u32)> {
    let zero = *ZEROS.iter().find(|zero| (**zero..**zero + 10).contains(&(c as u32)))?;
    let digit = char::from_digit(c as u32 - zero, 10)?;
    Some((digit, if zero == 0xff10 { 0x30 } else { zero }))
}

fn is_plus(c: char) -> bool {
    matches!(c, '+' | '\u{ff0b}' | '\u{fe62}')
}

fn is_open(c: char) -> bool {
    matches!(c, '(' | '\u{ff08}')
}

fn is_close(c: char) -> bool {
    matches!(c, ')' | '\u{ff09}')
}

fn is_carrier(rest: &[char]) -> bool {
    matches!(rest, ['x', 'x', ..] | ['X', 'X', ..]) && !rest.get(2).is_some_and(|c| c.is_alphabetic())
}

fn is_line_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn is_space(c: char) -> bool {
    c.is_whitespace() && !is_line_break(c)
}

/// Whether a character is a space, a hyphen, a dash or a dot.
fn is_separator(c: char) -> bool {
    is_space(c)
        || matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' | '\u{30fc}')
        || matches!(c, '.' | '\u{b7}' | '\u{2024}' | '\u{ff0e}')
}

/// Whether a character is invisible, such as a mark for the direction of writing in a number copied from a web page.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{feff}')
}
