//! Reads what PHP servers send: numbers as text, text as numbers, `[]` for an empty object.
//!
//! Generated types read every property with [`Lenient`], so that a scalar of another JSON type, a `null` or an empty
//! array does not turn a sent message into an error (facts [E6] and [E21]). A value that cannot be converted without
//! guessing is still an error.
//!
//! [E6]: https://docs.rs/externalapi-client/latest/externalapi_client/facts/#e6
//! [E21]: https://docs.rs/externalapi-client/latest/externalapi_client/facts/#e21

use serde_json::{Map, Value};

use crate::decode::visitor::{DecodeError, ErasedDeserializer, Token, Visitor};

/// A type that accepts several JSON forms of its value.
pub trait Lenient: Sized {
    /// What the type expects, for the text of an error.
    const EXPECTED: &'static str;

    /// Reads the beginning of a value other than `null` into an empty `slot`. A token that stands for an absent value
    /// leaves the slot empty.
    fn start(slot: &mut Option<Self>, token: Token<'_>) -> Result<(), DecodeError>;

    /// Adds an item of a list, or a property of an object with its name.
    fn part(&mut self, name: Option<&str>, _value: &mut dyn ErasedDeserializer) -> Result<(), DecodeError> {
        Err(misplaced(name, Self::EXPECTED))
    }

    /// Accepts an empty list as an absent value, because PHP writes an empty object so. Any other token is an error.
    fn expect_empty_list(token: Token<'_>) -> Result<(), DecodeError> {
        if let Token::List = token { Ok(()) } else { Err(DecodeError::at(token, Self::EXPECTED)) }
    }

    /// Accepts a value that PHP treats as false as an absent object or list. Any other token is an error.
    fn expect_falsy(token: Token<'_>) -> Result<(), DecodeError> {
        if token.is_falsy() { Ok(()) } else { Err(DecodeError::at(token, Self::EXPECTED)) }
    }

    /// Reads an item of a list and appends it.
    fn read_item(items: &mut Vec<Self>, item: &mut dyn ErasedDeserializer) -> Result<(), DecodeError> {
        let mut slot = None::<Self>;
        item.read(&mut slot)?;
        items.extend(slot);
        Ok(())
    }
}

impl<T: Lenient> Visitor for Option<T> {
    fn start(&mut self, token: Token<'_>) -> Result<(), DecodeError> {
        // If a property occurs twice, the last one counts.
        *self = None;
        if let Token::Null = token { Ok(()) } else { T::start(self, token) }
    }

    fn part(&mut self, name: Option<&str>, value: &mut dyn ErasedDeserializer) -> Result<(), DecodeError> {
        match self {
            Some(whole) => whole.part(name, value),
            None => Err(misplaced(name, T::EXPECTED)),
        }
    }
}

/// Returns the error for a part of a value that has no parts.
#[cold]
fn misplaced(name: Option<&str>, expected: &'static str) -> DecodeError {
    DecodeError::at(name.map_or(Token::List, |_| Token::Object), expected)
}

impl Lenient for String {
    const EXPECTED: &'static str = "text";

    #[inline]
    fn start(slot: &mut Option<Self>, token: Token<'_>) -> Result<(), DecodeError> {
        *slot = Some(match token {
            Token::Text(text) => text.to_owned(),
            Token::Integer(number) => number.to_string(),
            Token::Large(number) => number.to_string(),
            Token::Float(number) => number.to_string(),
            Token::Bool(value) => value.to_string(),
            _ => return Self::expect_empty_list(token),
        });
        Ok(())
    }

    /// Laravel's message bags are objects that have lists of texts under the names of fields.
    fn read_item(items: &mut Vec<Self>, item: &mut dyn ErasedDeserializer) -> Result<(), DecodeError> {
        item.read(&mut TextLeaves(items))
    }
}

/// Collects all texts of a value, at any depth of lists and objects.
struct TextLeaves<'l>(&'l mut Vec<String>);

impl Visitor for TextLeaves<'_> {
    fn start(&mut self, token: Token<'_>) -> Result<(), DecodeError> {
        let mut text = None;
        if !matches!(token, Token::Null | Token::List | Token::Object) {
            String::start(&mut text, token)?;
        }
        self.0.extend(text);
        Ok(())
    }

    fn part(&mut self, _name: Option<&str>, value: &mut dyn ErasedDeserializer) -> Result<(), DecodeError> {
        value.read(self)
    }
}

impl Lenient for i64 {
    const EXPECTED: &'static str = "a whole number";

    #[allow(clippy::cast_possible_truncation, reason = "checked: it is whole and within range")]
    fn start(slot: &mut Option<Self>, token: Token<'_>) -> Result<(), DecodeError> {
        *slot = match token {
            Token::Integer(number) => Some(number),
            Token::Bool(value) => Some(value.into()),
            Token::Text(text) if text.trim_ascii().is_empty() => return Ok(()),
            Token::Text(text) => text.trim_ascii().parse().ok(),
            // 2^53: above it a float does not represent every whole number.
            Token::Float(number) if number.fract() == 0.0 && number.abs() <= 9_007_199_254_740_992.0 => {
                Some(number as Self)
            }
            _ => None,
        };
        if slot.is_some() { Ok(()) } else { Self::expect_empty_list(token) }
    }
}

impl Lenient for f64 {
    const EXPECTED: &'static str = "a number";

    #[allow(clippy::cast_precision_loss, reason = "a number is wanted, not an identifier")]
    fn start(slot: &mut Option<Self>, token: Token<'_>) -> Result<(), DecodeError> {
        *slot = match token {
            Token::Float(number) => Some(number),
            Token::Integer(number) => Some(number as Self),
            Token::Large(number) => Some(number as Self),
            Token::Text(text) if text.trim_ascii().is_empty() => return Ok(()),
            // Parsed by JSON's rules, so `inf` is not a number. This also keeps the tables of the standard library's
            // parser out of programs, which have those of serde_json already.
            Token::Text(text) => serde_json::from_str(text).ok(),
            _ => None,
        };
        if slot.is_some() { Ok(()) } else { Self::expect_empty_list(token) }
    }
}

impl Lenient for bool {
    const EXPECTED: &'static str = "true or false";

    fn start(slot: &mut Option<Self>, token: Token<'_>) -> Result<(), DecodeError> {
        *slot = match token {
            Token::Bool(value) => Some(value),
            Token::Integer(0) => Some(false),
            Token::Integer(1) => Some(true),
            Token::Text(text) => match text.trim_ascii() {
                "" => return Ok(()),
                "1" | "true" => Some(true),
                "0" | "false" => Some(false),
                _ => None,
            },
            _ => None,
        };
        if slot.is_some() { Ok(()) } else { Self::expect_empty_list(token) }
    }
}

impl<T: Lenient> Lenient for Vec<T> {
    const EXPECTED: &'static str = "a list";

    fn start(slot: &mut Option<Self>, token: Token<'_>) -> Result<(), DecodeError> {
        match token {
            // PHP writes a list whose keys have gaps as an object.
            Token::List | Token::Object => *slot = Some(Self::new()),
            // A single text stands for a list of one (fact E2).
            Token::Text(_) => {
                let mut item = None;
                T::start(&mut item, token)?;
                *slot = item.map(|item| vec![item]);
            }
            _ => return Self::expect_falsy(token),
        }
        Ok(())
    }

    fn part(&mut self, _name: Option<&str>, value: &mut dyn ErasedDeserializer) -> Result<(), DecodeError> {
        T::read_item(self, value)
    }
}

/// For objects that contain objects of their own type.
impl<T: Lenient> Lenient for Box<T> {
    const EXPECTED: &'static str = T::EXPECTED;

    fn start(slot: &mut Option<Self>, token: Token<'_>) -> Result<(), DecodeError> {
        let mut inner = None;
        T::start(&mut inner, token)?;
        *slot = inner.map(Self::new);
        Ok(())
    }

    fn part(&mut self, name: Option<&str>, value: &mut dyn ErasedDeserializer) -> Result<(), DecodeError> {
        T::part(self, name, value)
    }
}

impl Lenient for Map<String, Value> {
    const EXPECTED: &'static str = "an object";

    fn start(slot: &mut Option<Self>, token: Token<'_>) -> Result<(), DecodeError> {
        let Token::Object = token else { return Self::expect_falsy(token) };
        *slot = Some(Self::new());
        Ok(())
    }

    fn part(&mut self, name: Option<&str>, value: &mut dyn ErasedDeserializer) -> Result<(), DecodeError> {
        self.insert(name.unwrap_or_default().to_owned(), any(value)?);
        Ok(())
    }
}

impl Lenient for Value {
    const EXPECTED: &'static str = "a value";

    fn start(slot: &mut Option<Self>, token: Token<'_>) -> Result<(), DecodeError> {
        *slot = Some(match token {
            Token::Null => Self::Null,
            Token::Bool(value) => value.into(),
            Token::Integer(number) => number.into(),
            Token::Large(number) => number.into(),
            Token::Float(number) => number.into(),
            Token::Text(text) => text.into(),
            Token::List => Self::Array(Vec::new()),
            Token::Object => Self::Object(Map::new()),
        });
        Ok(())
    }

    fn part(&mut self, name: Option<&str>, value: &mut dyn ErasedDeserializer) -> Result<(), DecodeError> {
        match self {
            Self::Array(items) => items.push(any(value)?),
            Self::Object(map) => map.part(name, value)?,
            _ => return Err(misplaced(name, Self::EXPECTED)),
        }
        Ok(())
    }
}

/// Reads any value, including `null`.
fn any(value: &mut dyn ErasedDeserializer) -> Result<Value, DecodeError> {
    let mut slot = None::<Value>;
    value.read(&mut slot)?;
    Ok(slot.unwrap_or_default())
}

#[cfg(test)]
mod tests;
