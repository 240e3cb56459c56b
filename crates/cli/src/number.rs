//! Phone numbers on the command line.

use zap_outbox::zap_facade::PhoneNumber;

/// Reads a number with its country code, or one of Brazil.
pub fn parse(text: &str) -> Result<PhoneNumber, String> {
    PhoneNumber::parse_in(text, "BR").map_err(|error| format!("{error}; write it like +5511987654321"))
}
