//! Reads JSON with one reader for all types.
//!
//! serde's derive creates a reader for each type, which every program that depends on a client compiles and contains.
//! This reader calls a [`Visitor`] through a pointer, so it exists once, and a generated type adds only its list of
//! properties.

use std::borrow::Cow;
use std::fmt;

use serde::de::{
    self, Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Unexpected,
};
use serde_json::value::RawValue;

/// The beginning of a value: all of a scalar, or the opening of a list or an object.
#[derive(Clone, Copy, Debug)]
pub enum Token<'a> {
    /// `null`.
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A whole number that does not fit into `i64`.
    Large(u64),
    /// A number with a fraction, or one that does not fit into 64 bits.
    Float(f64),
    /// Text.
    Text(&'a str),
    /// A list. Its items follow, if it has any.
    List,
    /// An object. Its properties follow.
    Object,
}

impl Token<'_> {
    /// Returns whether PHP treats the value as false. PHP code writes any of these instead of an absent object or list.
    pub fn is_falsy(&self) -> bool {
        match self {
            Self::Null | Self::Bool(false) | Self::Integer(0) | Self::List => true,
            Self::Float(number) => *number == 0.0,
            Self::Text(text) => matches!(text.trim(), "" | "0"),
            _ => false,
        }
    }
}

/// The error of a [`Visitor`].
///
/// `None` means that the deserializer has an error of its own, which the caller keeps. Boxed, so that a result is the
/// size of a pointer.
#[derive(Debug)]
pub struct DecodeError(Box<Option<String>>);

impl DecodeError {
    /// Creates the error for a token where something else is `expected`.
    #[cold]
    pub fn at(token: Token<'_>, expected: &'static str) -> Self {
        let found = match token {
            Token::Null => Unexpected::Unit,
            Token::Bool(value) => Unexpected::Bool(value),
            Token::Integer(number) => Unexpected::Signed(number),
            Token::Large(number) => Unexpected::Unsigned(number),
            Token::Float(number) => Unexpected::Float(number),
            Token::Text(text) => Unexpected::Str(text),
            Token::List => Unexpected::Seq,
            Token::Object => Unexpected::Map,
        };
        Self(Box::new(Some(format!("invalid type: {found}, expected {expected}"))))
    }
}

/// Receives a value.
pub trait Visitor {
    /// Receives the beginning of the value.
    fn start(&mut self, _token: Token<'_>) -> Result<(), DecodeError> {
        Ok(())
    }

    /// Receives the next item of a list, or the next property of an object with its name. A value that is not read is
    /// skipped.
    fn part(&mut self, _name: Option<&str>, _value: &mut dyn ErasedDeserializer) -> Result<(), DecodeError> {
        Ok(())
    }
}

/// A value that was not read yet.
pub trait ErasedDeserializer {
    /// Reads the value. Does nothing if it was read before.
    fn read(&mut self, visitor: &mut dyn Visitor) -> Result<(), DecodeError>;

    /// Passes the value's JSON text to `take`, even that of a number that no type can hold. Does nothing if it was read
    /// before.
    fn raw(&mut self, take: &mut dyn FnMut(&str)) -> Result<(), DecodeError>;
}

/// Reads a value.
#[inline]
pub fn read<'de, D: Deserializer<'de>>(deserializer: D, visitor: &mut dyn Visitor) -> Result<(), D::Error> {
    deserializer.deserialize_any(SerdeVisitor(visitor))
}

/// Reads a whole JSON text.
pub(crate) fn json(text: &str, visitor: &mut dyn Visitor) -> serde_json::Result<()> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    deserializer.read_into(visitor)?;
    deserializer.end()
}

/// Reads a value of a JSON text.
///
/// The compiler inlines `serde_json`'s parser as a whole only if all of it is in one codegen unit and called from one
/// function. So this is a method of that crate's type, which is compiled in the unit of its parser, is not inlined into
/// its callers, which are in other units, and reads the outermost value with [`OneShot`], as the others are. Otherwise a
/// page of contacts takes up to 4 % more instructions.
trait ReadInto {
    fn read_into(&mut self, visitor: &mut dyn Visitor) -> serde_json::Result<()>;
}

impl<'de, R: serde_json::de::Read<'de>> ReadInto for serde_json::Deserializer<R> {
    #[inline(never)]
    fn read_into(&mut self, visitor: &mut dyn Visitor) -> serde_json::Result<()> {
        OneShot::read_by(self, |value| value.read(visitor))
    }
}

/// A deserializer behind a pointer. It can be read once, and keeps the deserializer's error.
struct OneShot<D, E> {
    deserializer: Option<D>,
    error: Option<E>,
}

impl<'de, D: Deserializer<'de>> OneShot<D, D::Error> {
    #[inline]
    fn read_by(
        deserializer: D,
        read: impl FnOnce(&mut dyn ErasedDeserializer) -> Result<(), DecodeError>,
    ) -> Result<(), D::Error> {
        let mut next = Self { deserializer: Some(deserializer), error: None };
        let result = read(&mut next);
        if let Some(error) = next.error {
            return Err(error);
        }
        result.map_err(into_serde_error)?;
        next.deserializer.map_or(Ok(()), |unread| IgnoredAny::deserialize(unread).map(drop))
    }

    #[inline]
    fn once(&mut self, read: impl FnOnce(D) -> Result<(), D::Error>) -> Result<(), DecodeError> {
        self.deserializer.take().map_or(Ok(()), read).map_err(|error| {
            self.error = Some(error);
            DecodeError(Box::new(None))
        })
    }
}

impl<'de, D: Deserializer<'de>> ErasedDeserializer for OneShot<D, D::Error> {
    #[inline]
    fn read(&mut self, visitor: &mut dyn Visitor) -> Result<(), DecodeError> {
        self.once(|deserializer| read(deserializer, visitor))
    }

    #[inline]
    fn raw(&mut self, take: &mut dyn FnMut(&str)) -> Result<(), DecodeError> {
        self.once(|deserializer| <&RawValue>::deserialize(deserializer).map(|raw| take(raw.get())))
    }
}

#[cold]
fn into_serde_error<E: Error>(DecodeError(why): DecodeError) -> E {
    E::custom(why.unwrap_or_default())
}

struct SerdeVisitor<'s>(&'s mut dyn Visitor);

impl<'de> de::Visitor<'de> for SerdeVisitor<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    #[inline]
    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.0.start(Token::Null).map_err(into_serde_error)
    }

    #[inline]
    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.0.start(Token::Bool(value)).map_err(into_serde_error)
    }

    #[inline]
    fn visit_i64<E: Error>(self, number: i64) -> Result<(), E> {
        self.0.start(Token::Integer(number)).map_err(into_serde_error)
    }

    #[inline]
    fn visit_u64<E: Error>(self, number: u64) -> Result<(), E> {
        self.0.start(i64::try_from(number).map_or(Token::Large(number), Token::Integer)).map_err(into_serde_error)
    }

    #[inline]
    fn visit_f64<E: Error>(self, number: f64) -> Result<(), E> {
        self.0.start(Token::Float(number)).map_err(into_serde_error)
    }

    #[inline]
    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.0.start(Token::Text(text)).map_err(into_serde_error)
    }

    #[inline]
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let Self(visitor) = self;
        visitor.start(Token::List).map_err(into_serde_error)?;
        while seq.next_element_seed(ElementSeed { visitor, name: None })?.is_some() {}
        Ok(())
    }

    #[inline]
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self(visitor) = self;
        visitor.start(Token::Object).map_err(into_serde_error)?;
        while let Some(Name(name)) = map.next_key()? {
            map.next_value_seed(ElementSeed { visitor, name: Some(&name) })?;
        }
        Ok(())
    }
}

struct ElementSeed<'s> {
    visitor: &'s mut dyn Visitor,
    name: Option<&'s str>,
}

impl<'de> DeserializeSeed<'de> for ElementSeed<'_> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        OneShot::read_by(deserializer, |value| self.visitor.part(self.name, value))
    }
}

/// The name of a property, borrowed unless it has escapes.
struct Name<'de>(Cow<'de, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    #[inline]
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(NameVisitor)
    }
}

struct NameVisitor;

impl<'de> de::Visitor<'de> for NameVisitor {
    type Value = Name<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a property")
    }

    #[inline]
    fn visit_borrowed_str<E: Error>(self, name: &'de str) -> Result<Name<'de>, E> {
        Ok(Name(Cow::Borrowed(name)))
    }

    #[inline]
    fn visit_str<E: Error>(self, name: &str) -> Result<Name<'de>, E> {
        Ok(Name(Cow::Owned(name.to_owned())))
    }
}
