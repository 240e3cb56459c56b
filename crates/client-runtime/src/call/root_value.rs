//! Successful answers other than JSON objects: other JSON, text, bytes, and none.

use bytes::Bytes;
use serde_json::{Map, Value};

use crate::call::response::DecodeTarget;
use crate::decode::lenient::Lenient;
use crate::decode::visitor::{self, DecodeError, ErasedDeserializer, Token, Visitor};

/// A value that can be the whole of an answer. An absent value, such as the `null` that some servers write for an empty
/// list, is the default.
pub trait RootValue: Lenient + Default + Send {
    /// Returns whether an answer of this type can begin with `token`. The answer as a whole is read more strictly than a
    /// property, because an object that reports an error must not be read as a list.
    #[doc(hidden)]
    fn begins_with(token: Token<'_>) -> bool;
}

impl<T: Lenient + Send> RootValue for Vec<T> {
    fn begins_with(token: Token<'_>) -> bool {
        matches!(token, Token::List | Token::Null)
    }
}

impl RootValue for Map<String, Value> {
    fn begins_with(token: Token<'_>) -> bool {
        matches!(token, Token::Object)
    }
}

impl RootValue for Value {
    fn begins_with(_: Token<'_>) -> bool {
        true
    }
}

macro_rules! scalars {
    ($($scalar:ty),*) => {$(
        impl RootValue for $scalar {
            fn begins_with(token: Token<'_>) -> bool {
                !matches!(token, Token::List | Token::Object | Token::Null)
            }
        }
    )*};
}

scalars!(String, i64, f64, bool);

/// JSON of any kind.
pub(crate) struct JsonRoot<T>(pub(crate) T);

impl<T: RootValue> DecodeTarget for JsonRoot<T> {
    fn decode(&mut self, json: &str) -> serde_json::Result<()> {
        let mut read = Root(None);
        visitor::json(json, &mut read)?;
        self.0 = read.0.unwrap_or_default();
        Ok(())
    }
}

/// A value that is being read.
struct Root<T>(Option<T>);

impl<T: RootValue> Visitor for Root<T> {
    fn start(&mut self, token: Token<'_>) -> Result<(), DecodeError> {
        if T::begins_with(token) {
            Visitor::start(&mut self.0, token)
        } else {
            Err(DecodeError::at(token, T::EXPECTED))
        }
    }

    fn part(&mut self, name: Option<&str>, value: &mut dyn ErasedDeserializer) -> Result<(), DecodeError> {
        Visitor::part(&mut self.0, name, value)
    }
}

/// A body that is kept as it came.
impl DecodeTarget for Bytes {
    fn decode(&mut self, _: &str) -> serde_json::Result<()> {
        Ok(())
    }

    fn take(&mut self, body: &Bytes) -> bool {
        *self = body.clone();
        true
    }
}

/// A body that is text. Bytes in another encoding than UTF-8 are replaced.
pub(crate) struct Text(pub(crate) String);

impl DecodeTarget for Text {
    fn decode(&mut self, _: &str) -> serde_json::Result<()> {
        Ok(())
    }

    fn take(&mut self, body: &Bytes) -> bool {
        self.0 = String::from_utf8_lossy(body).into_owned();
        true
    }
}

/// An answer whose body means nothing.
pub(crate) struct Nothing;

impl DecodeTarget for Nothing {
    fn decode(&mut self, _: &str) -> serde_json::Result<()> {
        Ok(())
    }

    fn take(&mut self, _: &Bytes) -> bool {
        true
    }
}
