//! Enums that a spec calls open: another number or word than it names is kept as it came.

/// How a generated open enum is read, written and shown: as the number, or the word, that is on the wire.
#[macro_export]
#[doc(hidden)]
macro_rules! open_enum {
    ($name:ident as i64) => {
        $crate::open_enum!($name: i64, |slot, start| {
            // PHP's booleans are no numbers of a list.
            if let $crate::decode::visitor::Start::Bool(_) = start {
                return Self::otherwise(start);
            }
            let mut number = ::std::option::Option::None;
            <i64 as $crate::decode::lenient::Lenient>::start(&mut number, start)?;
            *slot = number.map(::std::convert::From::<i64>::from);
        });
    };
    ($name:ident as String) => {
        $crate::open_enum!($name: ::std::string::String, |slot, start| {
            if let $crate::decode::visitor::Start::Text(text) = start {
                *slot = ::std::option::Option::Some(text.into());
                return ::std::result::Result::Ok(());
            }
            let mut text = ::std::option::Option::None;
            <::std::string::String as $crate::decode::lenient::Lenient>::start(&mut text, start)?;
            *slot = text.map(::std::convert::From::<::std::string::String>::from);
        });
    };
    ($name:ident: $wire:ty, |$slot:ident, $start:ident| $read:block) => {
        #[doc(hidden)]
        impl $crate::decode::lenient::Lenient for $name {
            const EXPECTED: &'static str = <$wire as $crate::decode::lenient::Lenient>::EXPECTED;

            fn start(
                $slot: &mut ::std::option::Option<Self>,
                $start: $crate::decode::visitor::Start<'_>,
            ) -> ::std::result::Result<(), $crate::decode::visitor::Stop> {
                $read
                ::std::result::Result::Ok(())
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
