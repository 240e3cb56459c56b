//! Enums that a spec calls open: another number or word than it names is kept as it came.

/// How a generated open enum is read, written and shown: as the number, or the word, that is on the wire.
#[macro_export]
#[doc(hidden)]
macro_rules! open_enum {
    ($name:ident as i64) => {
        $crate::open_enum!($name: i64, "a whole number", start => match start {
            // PHP's booleans are no numbers of a list.
            $crate::read::Start::Bool(_) => {
                ::std::result::Result::Err($crate::read::Stop::at(start, "a whole number"))
            }
            _ => <i64 as $crate::lenient::Lenient>::start(start)
                .map(|number| number.map(::std::convert::From::<i64>::from)),
        });
    };
    ($name:ident as String) => {
        $crate::open_enum!($name: ::std::string::String, "text", start => match start {
            $crate::read::Start::Text(text) => ::std::result::Result::Ok(::std::option::Option::Some(text.into())),
            _ => <::std::string::String as $crate::lenient::Lenient>::start(start)
                .map(|text| text.map(::std::convert::From::<::std::string::String>::from)),
        });
    };
    ($name:ident: $wire:ty, $expected:literal, $start:ident => $read:expr) => {
        impl $crate::lenient::Lenient for $name {
            const EXPECTED: &'static str = $expected;

            fn start(
                $start: $crate::read::Start<'_>,
            ) -> ::std::result::Result<::std::option::Option<Self>, $crate::read::Stop> {
                $read
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                <$wire as $crate::serde::Deserialize>::deserialize(deserializer).map(::std::convert::Into::into)
            }
        }

        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::serde::Serialize::serialize(&self.value(), serializer)
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.value(), f)
            }
        }
    };
}
