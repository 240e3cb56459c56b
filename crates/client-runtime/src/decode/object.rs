//! Objects of answers: generated types name their properties, and the rest is here, once for all.

use serde::de::Deserializer;
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Map, Value};

use crate::decode::lenient::Lenient;
use crate::decode::visitor::{Slot, Start, Stop, Unread, read};

/// An object of an answer: it knows its properties.
pub trait Object: Lenient {
    /// Writes the properties that there are.
    fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error>;
}

/// A property of an object: it may be absent.
pub trait Property {
    /// Reads it; of one that comes twice the last counts.
    fn read(&mut self, value: &mut dyn Unread) -> Result<(), Stop>;

    /// Writes it, unless it is absent.
    fn write<M: SerializeMap>(&self, name: &'static str, map: &mut M) -> Result<(), M::Error>;
}

impl<T: Lenient + Serialize> Property for Option<T> {
    fn read(&mut self, value: &mut dyn Unread) -> Result<(), Stop> {
        value.read(self)
    }

    fn write<M: SerializeMap>(&self, name: &'static str, map: &mut M) -> Result<(), M::Error> {
        self.as_ref().map_or(Ok(()), |value| map.serialize_entry(name, value))
    }
}

/// A list, or a map, that is empty where it is absent.
macro_rules! empty_when_absent {
    ($([$($parameter:tt)*] $ty:ty;)*) => {$(
        impl $($parameter)* Property for $ty {
            fn read(&mut self, value: &mut dyn Unread) -> Result<(), Stop> {
                let mut slot = None::<Self>;
                value.read(&mut slot)?;
                *self = slot.unwrap_or_default();
                Ok(())
            }

            fn write<M: SerializeMap>(&self, name: &'static str, map: &mut M) -> Result<(), M::Error> {
                map.serialize_entry(name, self)
            }
        }
    )*};
}

empty_when_absent! {
    [<T: Lenient + Serialize>] Vec<T>;
    [] Map<String, Value>;
}

/// An object, and nothing else: what `Deserialize` of a generated type reads.
pub fn deserialize<'de, T: Object + Default, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut object = T::default();
    read(deserializer, &mut Whole(&mut object))?;
    Ok(object)
}

/// Takes an object, and nothing else, into one that is empty.
pub(crate) struct Whole<'o, T>(pub(crate) &'o mut T);

impl<T: Lenient> Slot for Whole<'_, T> {
    fn start(&mut self, start: Start<'_>) -> Result<(), Stop> {
        if let Start::Object = start { Ok(()) } else { Err(Stop::at(start, T::EXPECTED)) }
    }

    fn part(&mut self, name: Option<&str>, value: &mut dyn Unread) -> Result<(), Stop> {
        self.0.part(name, value)
    }
}

/// What `Serialize` of a generated type writes.
pub fn serialize<T: Object, S: Serializer>(object: &T, serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    object.write(&mut map)?;
    map.end()
}

/// What schemars cannot tell: an answer may lack any of its properties, and leaves out what is absent.
#[cfg(feature = "schemars")]
pub fn all_optional(schema: &mut schemars::Schema) {
    schema.remove("required");
}

/// How a generated object type is read and written: the names of its properties, and the fields that hold them.
#[macro_export]
#[doc(hidden)]
macro_rules! object {
    ($object:ident { $($name:literal => $field:ident),* $(,)? }) => {
        #[doc(hidden)]
        impl $crate::decode::lenient::Lenient for $object {
            const EXPECTED: &'static str = "an object";

            fn start(
                slot: &mut ::std::option::Option<Self>,
                start: $crate::decode::visitor::Start<'_>,
            ) -> ::std::result::Result<(), $crate::decode::visitor::Stop> {
                let $crate::decode::visitor::Start::Object = start else { return Self::unless_falsy(start) };
                *slot = ::std::option::Option::Some(::std::default::Default::default());
                ::std::result::Result::Ok(())
            }

            fn part(
                &mut self,
                name: ::std::option::Option<&str>,
                value: &mut dyn $crate::decode::visitor::Unread,
            ) -> ::std::result::Result<(), $crate::decode::visitor::Stop> {
                match name.unwrap_or_default() {
                    $($name => $crate::decode::object::Property::read(&mut self.$field, value),)*
                    _ => ::std::result::Result::Ok(()),
                }
            }
        }

        #[doc(hidden)]
        impl $crate::decode::object::Object for $object {
            fn write<M: $crate::serde::ser::SerializeMap>(
                &self,
                map: &mut M,
            ) -> ::std::result::Result<(), M::Error> {
                $($crate::decode::object::Property::write(&self.$field, $name, map)?;)*
                ::std::result::Result::Ok(())
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $object {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::decode::object::deserialize(deserializer)
            }
        }

        impl $crate::serde::Serialize for $object {
            fn serialize<S: $crate::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::decode::object::serialize(self, serializer)
            }
        }
    };
}
