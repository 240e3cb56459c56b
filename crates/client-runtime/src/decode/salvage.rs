//! Reads what can be read of a value that nobody sends again, such as an incoming message.

use crate::decode::visitor::{DecodeError, ErasedDeserializer, Token, Visitor};

/// A value in which an unreadable part counts as absent, at any depth. The rest is read as usual.
///
/// Only text that is not valid for the deserializer is still an error.
pub struct Salvaged<'v> {
    value: &'v mut dyn ErasedDeserializer,
    empty_is_absent: bool,
}

/// Returns the value with unreadable parts as absent.
pub fn salvaged(value: &mut dyn ErasedDeserializer) -> Salvaged<'_> {
    Salvaged { value, empty_is_absent: false }
}

/// Returns the value with unreadable parts as absent, and if it is an empty text, as absent itself.
pub fn salvaged_unless_empty(value: &mut dyn ErasedDeserializer) -> Salvaged<'_> {
    Salvaged { value, empty_is_absent: true }
}

impl ErasedDeserializer for Salvaged<'_> {
    fn read(&mut self, visitor: &mut dyn Visitor) -> Result<(), DecodeError> {
        self.value.read(&mut Salvaging { visitor, empty_is_absent: self.empty_is_absent, is_unreadable: false })
    }

    fn raw(&mut self, take: &mut dyn FnMut(&str)) -> Result<(), DecodeError> {
        self.value.raw(take)
    }
}

/// Keeps the errors of a visitor from the deserializer, which cannot continue after an error.
struct Salvaging<'v> {
    visitor: &'v mut dyn Visitor,
    empty_is_absent: bool,
    /// Whether the visitor refused the beginning of the value, and so cannot receive its parts.
    is_unreadable: bool,
}

impl Visitor for Salvaging<'_> {
    fn start(&mut self, token: Token<'_>) -> Result<(), DecodeError> {
        let token = if self.empty_is_absent && matches!(token, Token::Text("")) { Token::Null } else { token };
        self.is_unreadable = self.visitor.start(token).is_err();
        Ok(())
    }

    fn part(&mut self, name: Option<&str>, value: &mut dyn ErasedDeserializer) -> Result<(), DecodeError> {
        if !self.is_unreadable {
            // The deserializer keeps errors of its own, and skips a value that was not read.
            let _ = self.visitor.part(name, &mut salvaged(value));
        }
        Ok(())
    }
}
