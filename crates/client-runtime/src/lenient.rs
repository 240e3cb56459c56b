//! Reading what a PHP server sends: numbers as text, text as numbers, `[]` for an empty object.
//!
//! Generated answers read every field through [`option`] or [`or_default`], so that a scalar of another
//! JSON type, a `null` or an empty array does not turn a message that was sent into an error
//! (facts E6, E21). What cannot be read without inventing something is still an error.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

/// A value that can be read liberally.
pub trait Lenient: Sized {
    /// What is expected, for an error's text.
    const EXPECTED: &'static str;

    /// From text.
    fn from_text<E: Error>(text: &str) -> Result<Option<Self>, E> {
        Err(E::invalid_type(serde::de::Unexpected::Str(text), &Self::EXPECTED))
    }

    /// From a whole number.
    fn from_integer<E: Error>(number: i64) -> Result<Option<Self>, E> {
        Err(E::invalid_type(serde::de::Unexpected::Signed(number), &Self::EXPECTED))
    }

    /// From a number with a fraction, or beyond 64 bits.
    fn from_float<E: Error>(number: f64) -> Result<Option<Self>, E> {
        Err(E::invalid_type(serde::de::Unexpected::Float(number), &Self::EXPECTED))
    }

    /// From true or false.
    fn from_bool<E: Error>(value: bool) -> Result<Option<Self>, E> {
        Err(E::invalid_type(serde::de::Unexpected::Bool(value), &Self::EXPECTED))
    }

    /// From an object.
    fn from_map<'de, A: MapAccess<'de>>(_map: A) -> Result<Option<Self>, A::Error> {
        Err(A::Error::invalid_type(serde::de::Unexpected::Map, &Self::EXPECTED))
    }

    /// From an array. An empty one is how PHP writes an empty object, so it is an absent value.
    fn from_seq<'de, A: SeqAccess<'de>>(mut seq: A) -> Result<Option<Self>, A::Error> {
        match seq.next_element::<IgnoredAny>()? {
            None => Ok(None),
            Some(_) => Err(A::Error::invalid_type(serde::de::Unexpected::Seq, &Self::EXPECTED)),
        }
    }
}

/// Reads an optional field.
pub fn option<'de, D: Deserializer<'de>, T: Lenient>(deserializer: D) -> Result<Option<T>, D::Error> {
    deserializer.deserialize_any(LenientVisitor(PhantomData))
}

/// Reads a field that is empty when it is absent or `null`: a list, a map.
pub fn or_default<'de, D: Deserializer<'de>, T: Lenient + Default>(deserializer: D) -> Result<T, D::Error> {
    Ok(option(deserializer)?.unwrap_or_default())
}

struct LenientVisitor<T>(PhantomData<T>);

impl<'de, T: Lenient> Visitor<'de> for LenientVisitor<T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTED)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Self::Value, E> {
        T::from_bool(value)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Self::Value, E> {
        T::from_integer(value)
    }

    #[allow(clippy::cast_precision_loss, reason = "beyond 64 bits a number is approximate already")]
    fn visit_u64<E: Error>(self, value: u64) -> Result<Self::Value, E> {
        i64::try_from(value).map_or_else(|_| T::from_float(value as f64), T::from_integer)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Self::Value, E> {
        T::from_float(value)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Self::Value, E> {
        T::from_text(value)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
        T::from_seq(seq)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        T::from_map(map)
    }
}

/// An element of a list, read liberally.
struct Element<T>(Option<T>);

impl<'de, T: Lenient> serde::Deserialize<'de> for Element<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        option(deserializer).map(Self)
    }
}

impl Lenient for String {
    const EXPECTED: &'static str = "text";

    fn from_text<E: Error>(text: &str) -> Result<Option<Self>, E> {
        Ok(Some(text.to_owned()))
    }

    fn from_integer<E: Error>(number: i64) -> Result<Option<Self>, E> {
        Ok(Some(number.to_string()))
    }

    fn from_float<E: Error>(number: f64) -> Result<Option<Self>, E> {
        Ok(Some(number.to_string()))
    }

    fn from_bool<E: Error>(value: bool) -> Result<Option<Self>, E> {
        Ok(Some(value.to_string()))
    }
}

impl Lenient for i64 {
    const EXPECTED: &'static str = "a whole number";

    fn from_text<E: Error>(text: &str) -> Result<Option<Self>, E> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        text.parse().map(Some).map_err(|_| E::invalid_value(serde::de::Unexpected::Str(text), &Self::EXPECTED))
    }

    fn from_integer<E: Error>(number: i64) -> Result<Option<Self>, E> {
        Ok(Some(number))
    }

    #[allow(clippy::cast_possible_truncation, reason = "checked: it is whole and within range")]
    fn from_float<E: Error>(number: f64) -> Result<Option<Self>, E> {
        // 2^53: beyond it a float no longer names one whole number.
        if number.fract() == 0.0 && number.abs() <= 9_007_199_254_740_992.0 {
            Ok(Some(number as Self))
        } else {
            Err(E::invalid_value(serde::de::Unexpected::Float(number), &Self::EXPECTED))
        }
    }

    fn from_bool<E: Error>(value: bool) -> Result<Option<Self>, E> {
        Ok(Some(value.into()))
    }
}

impl Lenient for f64 {
    const EXPECTED: &'static str = "a number";

    fn from_text<E: Error>(text: &str) -> Result<Option<Self>, E> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        text.parse().map(Some).map_err(|_| E::invalid_value(serde::de::Unexpected::Str(text), &Self::EXPECTED))
    }

    #[allow(clippy::cast_precision_loss, reason = "a number is wanted, not an identifier")]
    fn from_integer<E: Error>(number: i64) -> Result<Option<Self>, E> {
        Ok(Some(number as Self))
    }

    fn from_float<E: Error>(number: f64) -> Result<Option<Self>, E> {
        Ok(Some(number))
    }
}

impl Lenient for bool {
    const EXPECTED: &'static str = "true or false";

    fn from_text<E: Error>(text: &str) -> Result<Option<Self>, E> {
        match text.trim() {
            "" => Ok(None),
            "1" | "true" => Ok(Some(true)),
            "0" | "false" => Ok(Some(false)),
            other => Err(E::invalid_value(serde::de::Unexpected::Str(other), &Self::EXPECTED)),
        }
    }

    fn from_integer<E: Error>(number: i64) -> Result<Option<Self>, E> {
        match number {
            0 => Ok(Some(false)),
            1 => Ok(Some(true)),
            other => Err(E::invalid_value(serde::de::Unexpected::Signed(other), &Self::EXPECTED)),
        }
    }

    fn from_bool<E: Error>(value: bool) -> Result<Option<Self>, E> {
        Ok(Some(value))
    }
}

impl<T: Lenient> Lenient for Vec<T> {
    const EXPECTED: &'static str = "a list";

    /// One text where a list of texts is usual: a list of one (fact E2).
    fn from_text<E: Error>(text: &str) -> Result<Option<Self>, E> {
        Ok(T::from_text(text)?.map(|item| vec![item]))
    }

    fn from_seq<'de, A: SeqAccess<'de>>(mut seq: A) -> Result<Option<Self>, A::Error> {
        let mut items = Self::new();
        while let Some(Element(item)) = seq.next_element()? {
            items.extend(item);
        }
        Ok(Some(items))
    }

    /// PHP writes a list whose keys have gaps as an object.
    fn from_map<'de, A: MapAccess<'de>>(mut map: A) -> Result<Option<Self>, A::Error> {
        let mut items = Self::new();
        while let Some((_, Element(item))) = map.next_entry::<IgnoredAny, _>()? {
            items.extend(item);
        }
        Ok(Some(items))
    }
}

impl Lenient for Map<String, Value> {
    const EXPECTED: &'static str = "an object";

    fn from_map<'de, A: MapAccess<'de>>(map: A) -> Result<Option<Self>, A::Error> {
        object(map)
    }
}

impl Lenient for Value {
    const EXPECTED: &'static str = "a value";

    fn from_text<E: Error>(text: &str) -> Result<Option<Self>, E> {
        Ok(Some(text.into()))
    }

    fn from_integer<E: Error>(number: i64) -> Result<Option<Self>, E> {
        Ok(Some(number.into()))
    }

    fn from_float<E: Error>(number: f64) -> Result<Option<Self>, E> {
        Ok(Some(number.into()))
    }

    fn from_bool<E: Error>(value: bool) -> Result<Option<Self>, E> {
        Ok(Some(value.into()))
    }

    fn from_map<'de, A: MapAccess<'de>>(map: A) -> Result<Option<Self>, A::Error> {
        object(map)
    }

    fn from_seq<'de, A: SeqAccess<'de>>(seq: A) -> Result<Option<Self>, A::Error> {
        serde::Deserialize::deserialize(serde::de::value::SeqAccessDeserializer::new(seq)).map(Some)
    }
}

/// An object by its own `Deserialize`: how generated types implement [`Lenient::from_map`].
pub fn object<'de, A: MapAccess<'de>, T: serde::Deserialize<'de>>(map: A) -> Result<Option<T>, A::Error> {
    T::deserialize(MapAccessDeserializer::new(map)).map(Some)
}

/// Implements [`Lenient`] for generated object types.
#[macro_export]
#[doc(hidden)]
macro_rules! lenient_objects {
    ($($object:ty),* $(,)?) => {$(
        impl $crate::lenient::Lenient for $object {
            const EXPECTED: &'static str = "an object";

            fn from_map<'de, A: $crate::serde::de::MapAccess<'de>>(
                map: A,
            ) -> ::std::result::Result<::std::option::Option<Self>, A::Error> {
                $crate::lenient::object(map)
            }
        }
    )*};
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde_json::json;

    use super::*;

    #[derive(Debug, Default, Deserialize, PartialEq)]
    #[serde(default)]
    struct Inner {
        #[serde(deserialize_with = "option")]
        text: Option<String>,
    }

    impl Lenient for Inner {
        const EXPECTED: &'static str = "an object";

        fn from_map<'de, A: MapAccess<'de>>(map: A) -> Result<Option<Self>, A::Error> {
            object(map)
        }
    }

    fn read<T: Lenient>(value: &Value) -> Result<Option<T>, String> {
        option(value).map_err(|e: serde_json::Error| e.to_string())
    }

    #[test]
    fn scalars_are_read_from_what_php_makes_of_them() {
        assert_eq!(read(&json!(11_987_654_321_i64)), Ok(Some("11987654321".to_owned())));
        assert_eq!(read(&json!(-23.5505)), Ok(Some("-23.5505".to_owned())));
        assert_eq!(read(&json!(true)), Ok(Some("true".to_owned())));
        assert_eq!(read(&json!("12")), Ok(Some(12_i64)));
        assert_eq!(read(&json!(12.0)), Ok(Some(12_i64)));
        assert_eq!(read(&json!(false)), Ok(Some(0_i64)));
        assert_eq!(read::<i64>(&json!("")), Ok(None));
        assert_eq!(read(&json!("1")), Ok(Some(true)));
        assert_eq!(read(&json!("1.5")), Ok(Some(1.5_f64)));
        assert_eq!(read::<String>(&json!(null)), Ok(None));
    }

    #[test]
    fn nothing_is_invented() {
        for value in [json!("abc"), json!(1.5), json!({}), json!([1])] {
            assert!(read::<i64>(&value).is_err(), "{value}");
        }
        assert!(read::<bool>(&json!(2)).is_err());
        assert!(read::<String>(&json!({"a": 1})).is_err());
        assert!(read::<Inner>(&json!([{"text": "a"}])).is_err());
    }

    #[test]
    fn an_empty_array_is_an_absent_object() {
        assert_eq!(read::<Inner>(&json!([])), Ok(None));
        assert_eq!(read::<Map<String, Value>>(&json!([])), Ok(None));
        assert_eq!(read(&json!({"text": 7, "more": []})), Ok(Some(Inner { text: Some("7".into()) })));
    }

    #[test]
    fn lists_come_as_lists_as_objects_and_as_one_text() {
        assert_eq!(read(&json!(["a", null, 1])), Ok(Some(vec!["a".to_owned(), "1".to_owned()])));
        assert_eq!(read(&json!({"0": "a", "2": "b"})), Ok(Some(vec!["a".to_owned(), "b".to_owned()])));
        assert_eq!(read(&json!("a")), Ok(Some(vec!["a".to_owned()])));
        assert_eq!(or_default::<_, Vec<String>>(&json!(null)).unwrap(), Vec::<String>::new());
    }
}
