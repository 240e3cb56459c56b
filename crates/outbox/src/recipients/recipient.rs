//! A recipient.

use std::collections::BTreeMap;

use zap_facade::PhoneNumber;

/// A recipient of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Recipient {
    /// The line on which the recipient's row begins, counted from 1.
    pub line: u64,
    /// The number.
    pub number: PhoneNumber,
    /// The values of the placeholders, by their names in the message. Without surrounding space.
    pub params: BTreeMap<String, String>,
    /// The values of the [extra columns](super::Csv::extra_column), by the names given there.
    pub extra: BTreeMap<String, String>,
}
