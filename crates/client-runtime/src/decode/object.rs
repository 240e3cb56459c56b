//! Reads and writes generated object types, which only name their properties.

use serde::de::Deserializer;
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Map, Value};

use crate::decode::lenient::Lenient;
use crate::decode::visitor::{DecodeError, ErasedDeserializer, Token, Visitor, read};

/// A generated object type.
pub trait Object: Lenient {
    /// Writes the properties that are present.
    fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error>;
}

/// A property of an object, which may be absent.
pub trait Property {
    /// Reads the property. If it occurs twice, the last one counts.
    fn read(&mut self, value: &mut dyn ErasedDeserializer) -> Result<(), DecodeError>;

    /// Writes the property if it is present.
    fn write<M: SerializeMap>(&self, name: &'static str, map: &mut M) -> Result<(), M::Error>;
}

impl<T: Lenient + Serialize> Property for Option<T> {
    fn read(&mut self, value: &mut dyn ErasedDeserializer) -> Result<(), DecodeError> {
        value.read(self)
    }

    fn write<M: SerializeMap>(&self, name: &'static str, map: &mut M) -> Result<(), M::Error> {
        self.as_ref().map_or(Ok(()), |value| map.serialize_entry(name, value))
    }
}

/// Implements [`Property`] for lists and maps, which are empty if they are absent.
macro_rules! empty_when_absent {
    ($([$($parameter:tt)*] $ty:ty;)*) => {$(
        impl $($parameter)* Property for $ty {
            fn read(&mut self, value: &mut dyn ErasedDeserializer) -> Result<(), DecodeError> {
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

/// Deserializes a generated type. Any value other than an object is an error.
pub fn deserialize<'de, T: Object + Default, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut object = T::default();
    read(deserializer, &mut ObjectOnly(&mut object))?;
    Ok(object)
}

/// Reads an object into an empty one. Any value other than an object is an error.
pub(crate) struct ObjectOnly<'o, T>(pub(crate) &'o mut T);

impl<T: Lenient> Visitor for ObjectOnly<'_, T> {
    fn start(&mut self, token: Token<'_>) -> Result<(), DecodeError> {
        if let Token::Object = token { Ok(()) } else { Err(DecodeError::at(token, T::EXPECTED)) }
    }

    fn part(&mut self, name: Option<&str>, value: &mut dyn ErasedDeserializer) -> Result<(), DecodeError> {
        self.0.part(name, value)
    }
}

/// Serializes a generated type.
pub fn serialize<T: Object, S: Serializer>(object: &T, serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    object.write(&mut map)?;
    map.end()
}

/// Marks all properties in a JSON schema as optional, because an answer may lack any of them.
#[cfg(feature = "schemars")]
pub fn all_optional(schema: &mut schemars::Schema) {
    schema.remove("required");
}

/// Implements reading and writing for a generated object type, from the names of its properties and their fields.
///
/// With `as` and the name of a function of [`salvage`](crate::decode::salvage), properties are read through it.
#[macro_export]
#[doc(hidden)]
macro_rules! object {
    ($object:ident { $($name:literal => $field:ident),* $(,)? }) => {
        $crate::object!(@ $object, value, value, { $($name => $field),* });
    };
    ($object:ident as $salvaged:ident { $($name:literal => $field:ident),* $(,)? }) => {
        $crate::object!(@ $object, value, &mut $crate::decode::salvage::$salvaged(value), { $($name => $field),* });
    };
    (@ $object:ident, $value:ident, $read:expr, { $($name:literal => $field:ident),* }) => {
        #[doc(hidden)]
        impl $crate::decode::lenient::Lenient for $object {
            const EXPECTED: &'static str = "an object";

            fn start(
                slot: &mut ::std::option::Option<Self>,
                token: $crate::decode::visitor::Token<'_>,
            ) -> ::std::result::Result<(), $crate::decode::visitor::DecodeError> {
                let $crate::decode::visitor::Token::Object = token else { return Self::expect_falsy(token) };
                *slot = ::std::option::Option::Some(::std::default::Default::default());
                ::std::result::Result::Ok(())
            }

            fn part(
                &mut self,
                name: ::std::option::Option<&str>,
                $value: &mut dyn $crate::decode::visitor::ErasedDeserializer,
            ) -> ::std::result::Result<(), $crate::decode::visitor::DecodeError> {
                match name.unwrap_or_default() {
                    $($name => $crate::decode::object::Property::read(&mut self.$field, $read),)*
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
