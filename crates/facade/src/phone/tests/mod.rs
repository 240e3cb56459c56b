//! Tests of reading phone numbers, and of what a number returns.

mod number;
mod parsing;
mod random;

use super::{InvalidPhoneNumber, PhoneNumber};

/// Reads a text and returns its digits. The region `-` means international notation.
fn read(text: &str, region: &str) -> Result<String, InvalidPhoneNumber> {
    number(text, region).map(|number| number.digits())
}

fn number(text: &str, region: &str) -> Result<PhoneNumber, InvalidPhoneNumber> {
    if region == "-" { text.parse() } else { PhoneNumber::parse_in(text, region) }
}
