//! The error for a text that is not a phone number.

use std::fmt;

/// The error for a text that is not a phone number.
///
/// `Display` and `Debug` write the same sentence, which says what to fix. It does not quote the text.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum InvalidPhoneNumber {
    /// It does not begin with `+` and a calling code. Write it as `+55 11 98765-4321`, or read it
    /// with [`PhoneNumber::parse_in`](crate::PhoneNumber::parse_in).
    NotInternational,
    /// It has no digits, or a character that is not part of a phone number: a letter, a `*` or
    /// `X` that masks a digit, an unclosed parenthesis.
    NotANumber,
    /// It has an extension, which a WhatsApp number cannot have.
    HasExtension,
    /// It contains a second number.
    MoreThanOneNumber,
    /// It has the length of a number without its area code.
    NoAreaCode,
    /// It has fewer digits than any number of its country.
    TooShort,
    /// It has more digits than any number of its country.
    TooLong,
    /// Its length is right, but its country has no such number. Check the area code.
    Impossible,
    /// It can be read as two different numbers. Write it with `+` and a calling code.
    Ambiguous,
    /// No country has its calling code.
    UnknownCallingCode,
    /// The region given to [`PhoneNumber::parse_in`](crate::PhoneNumber::parse_in) is not an
    /// ISO 3166 code of two letters such as `BR`, or has no phone numbers.
    UnknownRegion,
}

impl fmt::Display for InvalidPhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotInternational => "the phone number is not international: write it as +55 11 98765-4321",
            Self::NotANumber => {
                "this is not a phone number: give digits, with spaces, hyphens, dots or parentheses only"
            }
            Self::HasExtension => "the phone number has an extension, which a WhatsApp number cannot have: remove it",
            Self::MoreThanOneNumber => "the text has more than one phone number: give one at a time",
            Self::NoAreaCode => "the phone number has no area code: add it",
            Self::TooShort => "the phone number is too short for its country: add the missing digits",
            Self::TooLong => "the phone number is too long for its country: is there a second number in it?",
            Self::Impossible => "the phone number is not possible in its country: check its area code and its digits",
            Self::Ambiguous => "the phone number can be read in two ways: write it with + and its calling code",
            Self::UnknownCallingCode => "no country has this calling code: check the digits after the +",
            Self::UnknownRegion => "the region is unknown: give an ISO 3166 code of two letters, such as BR",
        })
    }
}

/// Writes what `Display` writes, because a program prints this if its `main` returns the error.
impl fmt::Debug for InvalidPhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for InvalidPhoneNumber {}
