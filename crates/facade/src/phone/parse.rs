//! Parses phone numbers.

use std::str::FromStr;

use super::invalid::InvalidPhoneNumber;
use super::number::PhoneNumber;
use super::{grammar, plan, resolve};

impl PhoneNumber {
    /// Reads a number as people in a region write it.
    ///
    /// `region` is an ISO 3166 code of two letters, in upper or lower case. A number with a plus sign is international
    /// and may be of any country. Any other number may begin with
    ///
    /// - a domestic prefix: a trunk zero, the code of a carrier, or Brazil's `0xx`;
    /// - the region's international prefix (such as `00`) and a calling code;
    /// - the region's own calling code.
    ///
    /// Argentina's `15` after the area code becomes the `9` of the international form. Digits that can be read as two
    /// different numbers, such as `49 151 23456789` in Germany, are refused: add a trunk zero or a plus sign.
    ///
    /// ```
    /// # use zap_facade::{InvalidPhoneNumber, PhoneNumber};
    /// for text in ["(11) 98765-4321", "011 98765-4321", "0xx11 98765-4321", "+5511987654321"] {
    ///     assert_eq!(PhoneNumber::parse_in(text, "BR")?.to_string(), "+5511987654321");
    /// }
    /// let without_area_code = PhoneNumber::parse_in("98765-4321", "BR");
    /// assert_eq!(without_area_code, Err(InvalidPhoneNumber::NoAreaCode));
    /// # Ok::<(), InvalidPhoneNumber>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns the reason why the text is not a phone number, or
    /// [`UnknownRegion`](InvalidPhoneNumber::UnknownRegion) if `region` is not a region with phone numbers.
    pub fn parse_in(text: &str, region: &str) -> Result<Self, InvalidPhoneNumber> {
        let plan = plan::of_region(region).ok_or(InvalidPhoneNumber::UnknownRegion)?;
        resolve::in_region(&grammar::read(text, plan.region() == "BR")?, plan)
    }

    /// Reads a number that `Display` has written, such as one in your own database, without validating it again.
    ///
    /// This is a thousand times faster than `parse`, and does not load the numbering plans, which takes a tenth of a
    /// second. A stored number also remains readable if a later version of this library has other plans. Do not use it
    /// for what people write: it accepts numbers that no country has.
    ///
    /// ```
    /// # use zap_facade::PhoneNumber;
    /// let number: PhoneNumber = "+55 11 98765-4321".parse()?;
    /// assert_eq!(PhoneNumber::from_stored(&number.to_string())?, number);
    /// # Ok::<(), zap_facade::InvalidPhoneNumber>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not a `+` with a calling code and more digits after it, and nothing else.
    pub fn from_stored(text: &str) -> Result<Self, InvalidPhoneNumber> {
        let digits = text.strip_prefix('+').ok_or(InvalidPhoneNumber::NotInternational)?;
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(InvalidPhoneNumber::NotANumber);
        }
        let code = code_length(digits).ok_or(InvalidPhoneNumber::UnknownCallingCode)?;
        match digits.len() {
            length if length <= code => Err(InvalidPhoneNumber::TooShort),
            length if length > grammar::MAX_DIGITS => Err(InvalidPhoneNumber::TooLong),
            _ => Ok(Self::of(&digits[..code], &digits[code..])),
        }
    }
}

/// Returns the length of the calling code at the start of international digits. ITU-T E.164 assigns all codes with the
/// same first two digits the same length.
fn code_length(digits: &str) -> Option<usize> {
    match *digits.as_bytes() {
        [b'1' | b'7', ..] => Some(1),
        [b'2', b'0' | b'7', ..]
        | [b'3', b'0'..=b'4' | b'6' | b'9', ..]
        | [b'4', b'0' | b'1' | b'3'..=b'9', ..]
        | [b'5', b'1'..=b'8', ..]
        | [b'6', b'0'..=b'6', ..]
        | [b'8', b'1' | b'2' | b'4' | b'6', ..]
        | [b'9', b'0'..=b'5' | b'8', ..] => Some(2),
        [b'2'..=b'9', _, _, ..] => Some(3),
        _ => None,
    }
}

/// Reads international notation, such as `+55 11 98765-4321`.
impl FromStr for PhoneNumber {
    type Err = InvalidPhoneNumber;

    fn from_str(text: &str) -> Result<Self, InvalidPhoneNumber> {
        let typed = grammar::read(text, false)?;
        if typed.international { resolve::international(&typed) } else { Err(InvalidPhoneNumber::NotInternational) }
    }
}
