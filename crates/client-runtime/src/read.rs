//! Reading an answer: one reader for all types.
//!
//! serde's way is a reader for each type, which every program that depends on a client would compile and carry. Here
//! what is read is told to a [`Slot`], which is called through a pointer: the reader exists once, and a generated type
//! adds no more than its list of properties.

use std::borrow::Cow;
use std::fmt;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor,
};

/// A value that is neither a list nor an object.
#[derive(Clone, Copy, Debug)]
pub enum Scalar<'a> {
    /// `null`.
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A whole number beyond `i64`.
    Large(u64),
    /// A number with a fraction, or beyond 64 bits.
    Float(f64),
    /// Text.
    Text(&'a str),
}

/// Why reading ends early.
#[derive(Debug)]
pub struct Stop(Why);

#[derive(Debug)]
enum Why {
    /// The value is of another kind: what is expected.
    Unexpected(String),
    /// The text is no JSON; the reader knows more.
    Unreadable,
}

impl Stop {
    /// A scalar stands where something else is expected.
    #[cold]
    pub fn scalar(scalar: Scalar<'_>, expected: &'static str) -> Self {
        Self::unexpected(
            match scalar {
                Scalar::Null => Unexpected::Unit,
                Scalar::Bool(value) => Unexpected::Bool(value),
                Scalar::Integer(number) => Unexpected::Signed(number),
                Scalar::Large(number) => Unexpected::Unsigned(number),
                Scalar::Float(number) => Unexpected::Float(number),
                Scalar::Text(text) => Unexpected::Str(text),
            },
            expected,
        )
    }

    #[cold]
    pub(crate) fn unexpected(found: Unexpected<'_>, expected: &'static str) -> Self {
        Self(Why::Unexpected(format!("invalid type: {found}, expected {expected}")))
    }
}

/// Where a value goes. A list and an object are announced, and then come piece by piece; what a slot does not ask for
/// is passed over.
pub trait Slot {
    /// Takes a scalar.
    fn scalar(&mut self, _scalar: Scalar<'_>) -> Result<(), Stop> {
        Ok(())
    }

    /// A list begins.
    fn list(&mut self) -> Result<(), Stop> {
        Ok(())
    }

    /// Its next item.
    fn item(&mut self, item: &mut dyn Unread) -> Result<(), Stop> {
        item.skip()
    }

    /// An object begins.
    fn object(&mut self) -> Result<(), Stop> {
        Ok(())
    }

    /// Its next property.
    fn property(&mut self, _name: &str, value: &mut dyn Unread) -> Result<(), Stop> {
        value.skip()
    }
}

/// A value that comes next.
pub trait Unread {
    /// Reads it, once.
    fn read(&mut self, slot: &mut dyn Slot) -> Result<(), Stop>;
    /// Passes over it.
    fn skip(&mut self) -> Result<(), Stop>;
}

/// Reads a value.
pub fn read<'de, D: Deserializer<'de>>(deserializer: D, slot: &mut dyn Slot) -> Result<(), D::Error> {
    deserializer.deserialize_any(SlotVisitor(slot))
}

/// Reads a whole JSON text.
pub(crate) fn json(text: &str, slot: &mut dyn Slot) -> serde_json::Result<()> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    read(&mut deserializer, slot)?;
    deserializer.end()
}

/// A deserializer as something to read, once. What it says of an error waits beside it.
struct Next<D, E> {
    deserializer: Option<D>,
    error: Option<E>,
}

impl<'de, D: Deserializer<'de>> Next<D, D::Error> {
    #[inline]
    fn read_by(deserializer: D, read: impl FnOnce(&mut dyn Unread) -> Result<(), Stop>) -> Result<(), D::Error> {
        let mut next = Self { deserializer: Some(deserializer), error: None };
        let result = read(&mut next);
        if let Some(error) = next.error {
            return Err(error);
        }
        result.map_err(told)
    }

    #[inline]
    fn once(&mut self, read: impl FnOnce(D) -> Result<(), D::Error>) -> Result<(), Stop> {
        self.deserializer.take().map_or(Ok(()), read).map_err(|error| {
            self.error = Some(error);
            Stop(Why::Unreadable)
        })
    }
}

impl<'de, D: Deserializer<'de>> Unread for Next<D, D::Error> {
    fn read(&mut self, slot: &mut dyn Slot) -> Result<(), Stop> {
        self.once(|deserializer| read(deserializer, slot))
    }

    fn skip(&mut self) -> Result<(), Stop> {
        self.once(|deserializer| IgnoredAny::deserialize(deserializer).map(drop))
    }
}

#[cold]
fn told<E: Error>(Stop(why): Stop) -> E {
    match why {
        Why::Unexpected(text) => E::custom(text),
        Why::Unreadable => E::custom("unreadable"),
    }
}

struct SlotVisitor<'s>(&'s mut dyn Slot);

impl<'de> Visitor<'de> for SlotVisitor<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.0.scalar(Scalar::Null).map_err(told)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.0.scalar(Scalar::Bool(value)).map_err(told)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<(), E> {
        self.0.scalar(Scalar::Integer(number)).map_err(told)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<(), E> {
        self.0.scalar(i64::try_from(number).map_or(Scalar::Large(number), Scalar::Integer)).map_err(told)
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<(), E> {
        self.0.scalar(Scalar::Float(number)).map_err(told)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.0.scalar(Scalar::Text(text)).map_err(told)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let Self(slot) = self;
        slot.list().map_err(told)?;
        while seq.next_element_seed(Item(slot))?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self(slot) = self;
        slot.object().map_err(told)?;
        while let Some(Name(name)) = map.next_key()? {
            map.next_value_seed(Property { slot, name: &name })?;
        }
        Ok(())
    }
}

struct Item<'s>(&'s mut dyn Slot);

impl<'de> DeserializeSeed<'de> for Item<'_> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        Next::read_by(deserializer, |item| self.0.item(item))
    }
}

struct Property<'s> {
    slot: &'s mut dyn Slot,
    name: &'s str,
}

impl<'de> DeserializeSeed<'de> for Property<'_> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        Next::read_by(deserializer, |value| self.slot.property(self.name, value))
    }
}

/// The name of a property; borrowed, unless it has escapes.
struct Name<'de>(Cow<'de, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    #[inline]
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(NameVisitor)
    }
}

struct NameVisitor;

impl<'de> Visitor<'de> for NameVisitor {
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
