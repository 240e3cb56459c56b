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
use serde_json::value::RawValue;

/// How a value starts. Of one that is neither a list nor an object, that is all.
#[derive(Clone, Copy, Debug)]
pub enum Start<'a> {
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
    /// A list; its items come next, if it is not empty.
    List,
    /// An object; its properties come next.
    Object,
}

impl Start<'_> {
    /// Whether PHP takes the value for false. Its code writes any of these where it has no object and no list.
    pub fn is_falsy(&self) -> bool {
        match self {
            Self::Null | Self::Bool(false) | Self::Integer(0) | Self::List => true,
            Self::Float(number) => *number == 0.0,
            Self::Text(text) => matches!(text.trim(), "" | "0"),
            _ => false,
        }
    }
}

/// Why reading ends early: what else is expected, or, if that is not said, what the reader knows of the text. Boxed, so
/// that a result is no more than a pointer.
#[derive(Debug)]
pub struct Stop(Box<Option<String>>);

impl Stop {
    /// Something else is `expected`.
    #[cold]
    pub fn at(start: Start<'_>, expected: &'static str) -> Self {
        let found = match start {
            Start::Null => Unexpected::Unit,
            Start::Bool(value) => Unexpected::Bool(value),
            Start::Integer(number) => Unexpected::Signed(number),
            Start::Large(number) => Unexpected::Unsigned(number),
            Start::Float(number) => Unexpected::Float(number),
            Start::Text(text) => Unexpected::Str(text),
            Start::List => Unexpected::Seq,
            Start::Object => Unexpected::Map,
        };
        Self(Box::new(Some(format!("invalid type: {found}, expected {expected}"))))
    }
}

/// Where a value goes.
pub trait Slot {
    /// A value starts.
    fn start(&mut self, _start: Start<'_>) -> Result<(), Stop> {
        Ok(())
    }

    /// Its next part: an item of a list, or a property with its name. What is not read of it is passed over.
    fn part(&mut self, _name: Option<&str>, _value: &mut dyn Unread) -> Result<(), Stop> {
        Ok(())
    }
}

/// A value that comes next.
pub trait Unread {
    /// Reads it, once.
    fn read(&mut self, slot: &mut dyn Slot) -> Result<(), Stop>;

    /// Takes its JSON as it stands in a text, once: also of a number that is out of all range.
    fn raw(&mut self, take: &mut dyn FnMut(&str)) -> Result<(), Stop>;
}

/// Reads a value.
#[inline]
pub fn read<'de, D: Deserializer<'de>>(deserializer: D, slot: &mut dyn Slot) -> Result<(), D::Error> {
    deserializer.deserialize_any(SlotVisitor(slot))
}

/// Reads a whole JSON text.
pub(crate) fn json(text: &str, slot: &mut dyn Slot) -> serde_json::Result<()> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    deserializer.read_into(slot)?;
    deserializer.end()
}

/// Reads a value of a JSON text. Being a method of `serde_json`'s type, it is compiled in one unit with that crate's
/// parser, as is what is `#[inline]` here; otherwise chance decides that, and a page of contacts takes 4 % more
/// instructions where it decides against us.
trait ReadInto {
    fn read_into(&mut self, slot: &mut dyn Slot) -> serde_json::Result<()>;
}

impl<'de, R: serde_json::de::Read<'de>> ReadInto for serde_json::Deserializer<R> {
    fn read_into(&mut self, slot: &mut dyn Slot) -> serde_json::Result<()> {
        read(self, slot)
    }
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
        result.map_err(told)?;
        next.deserializer.map_or(Ok(()), |unread| IgnoredAny::deserialize(unread).map(drop))
    }

    #[inline]
    fn once(&mut self, read: impl FnOnce(D) -> Result<(), D::Error>) -> Result<(), Stop> {
        self.deserializer.take().map_or(Ok(()), read).map_err(|error| {
            self.error = Some(error);
            Stop(Box::new(None))
        })
    }
}

impl<'de, D: Deserializer<'de>> Unread for Next<D, D::Error> {
    #[inline]
    fn read(&mut self, slot: &mut dyn Slot) -> Result<(), Stop> {
        self.once(|deserializer| read(deserializer, slot))
    }

    fn raw(&mut self, take: &mut dyn FnMut(&str)) -> Result<(), Stop> {
        self.once(|deserializer| <&RawValue>::deserialize(deserializer).map(|raw| take(raw.get())))
    }
}

#[cold]
fn told<E: Error>(Stop(why): Stop) -> E {
    E::custom(why.unwrap_or_default())
}

struct SlotVisitor<'s>(&'s mut dyn Slot);

impl<'de> Visitor<'de> for SlotVisitor<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.0.start(Start::Null).map_err(told)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.0.start(Start::Bool(value)).map_err(told)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<(), E> {
        self.0.start(Start::Integer(number)).map_err(told)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<(), E> {
        self.0.start(i64::try_from(number).map_or(Start::Large(number), Start::Integer)).map_err(told)
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<(), E> {
        self.0.start(Start::Float(number)).map_err(told)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.0.start(Start::Text(text)).map_err(told)
    }

    #[inline]
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let Self(slot) = self;
        slot.start(Start::List).map_err(told)?;
        while seq.next_element_seed(Part { slot, name: None })?.is_some() {}
        Ok(())
    }

    #[inline]
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self(slot) = self;
        slot.start(Start::Object).map_err(told)?;
        while let Some(Name(name)) = map.next_key()? {
            map.next_value_seed(Part { slot, name: Some(&name) })?;
        }
        Ok(())
    }
}

struct Part<'s> {
    slot: &'s mut dyn Slot,
    name: Option<&'s str>,
}

impl<'de> DeserializeSeed<'de> for Part<'_> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        Next::read_by(deserializer, |value| self.slot.part(self.name, value))
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
