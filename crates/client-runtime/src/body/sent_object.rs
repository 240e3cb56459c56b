//! Writes the generated objects of requests.

/// Implements writing for a generated object of a request, from the names of its properties and their fields. An
/// `optional` or `nullable` property is left out if it is absent.
#[macro_export]
#[doc(hidden)]
macro_rules! sent_object {
    ($object:ident { $($name:literal => $kind:ident $field:ident),* $(,)? }) => {
        impl $crate::serde::Serialize for $object {
            fn serialize<S: $crate::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                let mut map = $crate::serde::Serializer::serialize_map(serializer, ::std::option::Option::None)?;
                $($crate::sent_object!(@ map, $name, &self.$field, $kind);)*
                $crate::serde::ser::SerializeMap::end(map)
            }
        }
    };
    (@ $map:ident, $name:literal, $value:expr, optional) => {
        if let ::std::option::Option::Some(value) = $value {
            $crate::serde::ser::SerializeMap::serialize_entry(&mut $map, $name, value)?;
        }
    };
    (@ $map:ident, $name:literal, $value:expr, nullable) => {
        if let ::std::option::Option::Some(value) = $value.sent() {
            $crate::serde::ser::SerializeMap::serialize_entry(&mut $map, $name, &value)?;
        }
    };
    (@ $map:ident, $name:literal, $value:expr, required) => {
        $crate::serde::ser::SerializeMap::serialize_entry(&mut $map, $name, $value)?;
    };
}
