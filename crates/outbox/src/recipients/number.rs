//! Reads phone numbers as spreadsheets leave them.

use zap_facade::{InvalidPhoneNumber, PhoneNumber};

use super::problem::ProblemKind;
use crate::words::words;

words! {
    /// A change that a spreadsheet made to a number, and that was undone because no digit was lost.
    Repair, "a repair" {
        /// An apostrophe before the number, which marks a cell as text.
        Apostrophe = "apostrophe",
        /// A formula such as `="5511900000001"`, which keeps a cell a text.
        Formula = "formula",
        /// A decimal such as `5511900000001.0`.
        Decimal = "decimal",
        /// An exponent with all digits, such as `5.511900000001E12`.
        Exponent = "exponent",
        /// International digits without the plus sign: `5511900000001` in Brazil.
        LostPlus = "lost_plus",
    }
}

/// The maximum number of characters of a number in a report.
const SHOWN: usize = 30;

/// Why a cell is not a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NotANumber {
    Empty,
    /// It has an exponent, and digits are lost.
    Exponent,
    /// An error of the spreadsheet, such as `#REF!` or `#####`.
    CellError,
    Invalid(InvalidPhoneNumber),
    /// It is not possible in the region, but may be of another country.
    Foreign(InvalidPhoneNumber),
}

impl NotANumber {
    pub(super) fn kind(self) -> ProblemKind {
        match self {
            Self::Empty => ProblemKind::NoNumber,
            Self::Exponent | Self::CellError => ProblemKind::DamagedNumber,
            Self::Invalid(InvalidPhoneNumber::MoreThanOneNumber) => ProblemKind::SeveralNumbers,
            Self::Invalid(_) | Self::Foreign(_) => ProblemKind::InvalidNumber,
        }
    }

    pub(super) fn text(self) -> String {
        match self {
            Self::Empty => "the row has no number: add it, or remove the row".to_owned(),
            Self::Exponent => {
                "the spreadsheet has replaced digits of the number by an exponent: take the numbers from \
                               the original, format their column as text, and save the list again"
                    .to_owned()
            }
            Self::CellError => {
                "the spreadsheet shows an error instead of the number: fix the cell, or widen the column".to_owned()
            }
            Self::Invalid(InvalidPhoneNumber::MoreThanOneNumber) => {
                "the cell has more than one number: keep one, or write a row for each".to_owned()
            }
            Self::Invalid(reason) => reason.to_string(),
            Self::Foreign(reason) => {
                format!("{reason}; if it is of another country, write it with + and its calling code")
            }
        }
    }
}

/// Reads a cell.
pub(super) fn read(cell: &str, region: &str) -> Result<(PhoneNumber, Option<Repair>), NotANumber> {
    let cell = cell.trim();
    if let Some(plain) = cell.strip_prefix(['\'', '’', '‘', '`', '´']) {
        let (number, repair) = read_plain(plain.trim_start(), region)?;
        return Ok((number, repair.filter(|repair| *repair != Repair::LostPlus).or(Some(Repair::Apostrophe))));
    }
    if let Some(plain) = cell.strip_prefix("=\"").and_then(|cell| cell.strip_suffix('"')) {
        return Ok((read_plain(plain.trim(), region)?.0, Some(Repair::Formula)));
    }
    read_plain(cell, region)
}

fn read_plain(cell: &str, region: &str) -> Result<(PhoneNumber, Option<Repair>), NotANumber> {
    if cell.is_empty() {
        return Err(NotANumber::Empty);
    }
    // Excel: `#####`, `#REF!`, `#N/D`, `#NOME?`. A single `#` before a number is not an error.
    if cell.starts_with('#') && !cell.contains(|c: char| c.is_numeric()) {
        return Err(NotANumber::CellError);
    }
    if let Some(digits) = exponent(cell)? {
        return Ok((parse(&digits, region)?, Some(Repair::Exponent)));
    }
    if let Some(digits) = decimal(cell) {
        return Ok((parse(digits, region)?, Some(Repair::Decimal)));
    }
    let number = parse(cell, region)?;
    let lost_plus = is_digits(cell) && cell == number.digits();
    Ok((number, lost_plus.then_some(Repair::LostPlus)))
}

fn parse(text: &str, region: &str) -> Result<PhoneNumber, NotANumber> {
    PhoneNumber::parse_in(text, region).map_err(|reason| {
        let is_long = text.bytes().filter(u8::is_ascii_digit).count() > 9;
        let is_foreign = is_long && !text.contains(['+', '\u{ff0b}', '\u{fe62}']);
        match reason {
            InvalidPhoneNumber::TooLong | InvalidPhoneNumber::Impossible if is_foreign => NotANumber::Foreign(reason),
            _ => NotANumber::Invalid(reason),
        }
    })
}

/// Returns the digits of a number with an exponent, if it is one and has them all.
fn exponent(cell: &str) -> Result<Option<String>, NotANumber> {
    let Some((mantissa, exponent)) = cell.split_once(['e', 'E']) else { return Ok(None) };
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let (whole, decimals) = mantissa.split_once(['.', ',']).unwrap_or((mantissa, ""));
    let whole = whole.strip_prefix('+').unwrap_or(whole);
    if !is_digits(whole) || !is_digits(exponent) || !(decimals.is_empty() || is_digits(decimals)) {
        return Ok(None);
    }
    // Decimals that the exponent counts and the mantissa lacks are shown as zeros, and were others. Real zeros look the
    // same.
    let is_whole = !cell.contains("E-") && !cell.contains("e-") && exponent.parse() == Ok(decimals.len());
    if is_whole { Ok(Some(format!("{whole}{decimals}"))) } else { Err(NotANumber::Exponent) }
}

/// Returns the digits of a number with a decimal point and zeros.
fn decimal(cell: &str) -> Option<&str> {
    let (whole, zeros) = cell.split_once(['.', ','])?;
    let is_zero = !zeros.is_empty() && zeros.len() < 3 && zeros.bytes().all(|byte| byte == b'0');
    (is_zero && is_digits(whole)).then_some(whole)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns whether a text is a number with an area code.
pub(super) fn is_number(text: &str, region: &str) -> bool {
    matches!(read(text, region), Ok(_) | Err(NotANumber::Exponent))
}

/// Returns the shape of a number: at most the last four of its digits, and no letters.
pub(super) fn masked(number: &str) -> String {
    let digits = number.chars().filter(|c| c.is_numeric()).count();
    // Fewer digits are shown of a short number, so that it is never whole.
    let hidden = digits.saturating_sub(4.min(digits / 2));
    let mut seen = 0;
    let mask = |c: char| {
        if c.is_numeric() {
            seen += 1;
            if seen > hidden { c } else { '*' }
        } else if c.is_alphabetic() {
            'x'
        } else if c.is_control() || c == '\u{fffd}' {
            '?'
        } else {
            c
        }
    };
    let shown: Vec<char> = number.chars().map(mask).collect();
    // The end has the digits that identify the row.
    match shown.len().checked_sub(SHOWN) {
        Some(cut) if cut > 0 => std::iter::once('…').chain(shown[cut..].iter().copied()).collect(),
        _ => shown.into_iter().collect(),
    }
}
