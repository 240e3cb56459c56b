//! Enums that a spec marks as open: they keep numbers and words that the spec does not name.

/// Implements reading, writing and `Display` for a generated open enum, as the number or word on the wire.
#[macro_export]
#[doc(hidden)]
macro_rules! open_enum {
    ($name:ident as i64) => {
        $crate::open_enum!($name: i64, |slot, token| {
            // A boolean of PHP is not one of the numbers.
            if let $crate::decode::visitor::Token::Bool(_) = token {
                return Self::expect_empty_list(token);
            }
            let mut number = ::std::option::Option::None;
            <i64 as $crate::decode::lenient::Lenient>::start(&mut number, token)?;
            *slot = number.map(::std::convert::From::<i64>::from);
        });
    };
    ($name:ident as String) => {
        $crate::open_enum!($name: ::std::string::String, |slot, token| {
            if let $crate::decode::visitor::Token::Text(text) = token {
                *slot = ::std::option::Option::Some(text.into());
                return ::std::result::Result::Ok(());
            }
            let mut text = ::std::option::Option::None;
            <::std::string::String as $crate::decode::lenient::Lenient>::start(&mut text, token)?;
            *slot = text.map(::std::convert::From::<::std::string::String>::from);
        });
    };
    ($name:ident: $wire:ty, |$slot:ident, $token:ident| $read:block) => {
        #[doc(hidden)]
        impl $crate::decode::lenient::Lenient for $name {
            const EXPECTED: &'static str = <$wire as $crate::decode::lenient::Lenient>::EXPECTED;

            fn start(
                $slot: &mut ::std::option::Option<Self>,
                $token: $crate::decode::visitor::Token<'_>,
            ) -> ::std::result::Result<(), $crate::decode::visitor::DecodeError> {
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
