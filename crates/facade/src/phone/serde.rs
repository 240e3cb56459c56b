//! Serialization of phone numbers, as texts in international form.

use std::fmt;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::number::PhoneNumber;

const EXPECTED: &str = "a phone number as text, such as +5511987654321";

impl Serialize for PhoneNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PhoneNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Text).map_err(|error| {
            // If the value is not a text, the format's own error quotes it, and with it the number.
            if has_long_number(&error.to_string()) {
                D::Error::custom(format_args!("expected {EXPECTED}"))
            } else {
                error
            }
        })
    }
}

fn has_long_number(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() > 6)
}

struct Text;

impl Visitor<'_> for Text {
    type Value = PhoneNumber;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Without the example of `EXPECTED`, whose digits would be mistaken for a quoted number.
        f.write_str("a phone number as text")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<PhoneNumber, E> {
        text.parse().map_err(E::custom)
    }
}
