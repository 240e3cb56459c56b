//! Finds numbers that JSON cannot hold.

use std::fmt::{self, Display};

use serde::ser::{
    self, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

/// Returns whether all numbers in a value are finite. `serde_json` writes null for the others.
pub(crate) fn is_finite<T: Serialize + ?Sized>(value: &T) -> bool {
    !matches!(value.serialize(Finite), Err(Unwritable::NotFinite))
}

/// Visits a value and writes nothing.
struct Finite;

/// Why a value cannot be written.
#[derive(Debug)]
enum Unwritable {
    NotFinite,
    /// The value's own reason, which writing it will report.
    Other,
}

impl Display for Unwritable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the value cannot be written as JSON")
    }
}

impl std::error::Error for Unwritable {}

impl ser::Error for Unwritable {
    fn custom<T: Display>(_: T) -> Self {
        Self::Other
    }
}

type Visited<T = ()> = Result<T, Unwritable>;

fn finite(is_finite: bool) -> Visited {
    if is_finite { Ok(()) } else { Err(Unwritable::NotFinite) }
}

macro_rules! plain {
    ($($method:ident($($kind:ty),*)),* $(,)?) => {$(
        fn $method(self, $(_: $kind),*) -> Visited {
            Ok(())
        }
    )*};
}

macro_rules! compound {
    ($($method:ident($($kind:ty),*)),* $(,)?) => {$(
        fn $method(self, $(_: $kind),*) -> Visited<Self> {
            Ok(self)
        }
    )*};
}

impl Serializer for Finite {
    type Ok = ();
    type Error = Unwritable;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Self;

    plain! {
        serialize_bool(bool), serialize_char(char), serialize_str(&str), serialize_bytes(&[u8]), serialize_none(),
        serialize_i8(i8), serialize_i16(i16), serialize_i32(i32), serialize_i64(i64), serialize_i128(i128),
        serialize_u8(u8), serialize_u16(u16), serialize_u32(u32), serialize_u64(u64), serialize_u128(u128),
        serialize_unit(), serialize_unit_struct(&'static str), serialize_unit_variant(&'static str, u32, &'static str),
    }

    compound! {
        serialize_seq(Option<usize>),
        serialize_tuple(usize),
        serialize_tuple_struct(&'static str, usize),
        serialize_tuple_variant(&'static str, u32, &'static str, usize),
        serialize_map(Option<usize>),
        serialize_struct(&'static str, usize),
        serialize_struct_variant(&'static str, u32, &'static str, usize),
    }

    fn serialize_f32(self, value: f32) -> Visited {
        finite(value.is_finite())
    }

    fn serialize_f64(self, value: f64) -> Visited {
        finite(value.is_finite())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Visited {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Visited {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        value: &T,
    ) -> Visited {
        value.serialize(self)
    }

    fn collect_str<T: Display + ?Sized>(self, _: &T) -> Visited {
        Ok(())
    }
}

macro_rules! parts {
    ($($compound:ident { $($method:ident($($name:ty)?)),* }),* $(,)?) => {$(
        impl $compound for Finite {
            type Ok = ();
            type Error = Unwritable;

            $(fn $method<T: Serialize + ?Sized>(&mut self, $(_: $name,)? value: &T) -> Visited {
                value.serialize(Finite)
            })*

            fn end(self) -> Visited {
                Ok(())
            }
        }
    )*};
}

parts! {
    SerializeSeq { serialize_element() },
    SerializeTuple { serialize_element() },
    SerializeTupleStruct { serialize_field() },
    SerializeTupleVariant { serialize_field() },
    SerializeMap { serialize_key(), serialize_value() },
    SerializeStruct { serialize_field(&'static str) },
    SerializeStructVariant { serialize_field(&'static str) },
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;

    use super::is_finite;

    #[test]
    fn a_number_that_is_not_finite_is_found_at_any_depth() {
        for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert!(!is_finite(&number) && !is_finite(&[1.0, number]) && !is_finite(&Some(vec![(1, Some(number))])));
            assert!(!is_finite(&BTreeMap::from([("a", [number])])));
        }
        assert!(!is_finite(&f32::NAN));
        for value in [json!(null), json!([1.5, "NaN", { "a": [null, true, u64::MAX, f64::MAX] }])] {
            assert!(is_finite(&value));
        }
    }

    #[test]
    fn a_value_that_cannot_be_written_for_another_reason_is_left_to_the_writer() {
        assert!(is_finite(&BTreeMap::from([(vec![1], 2)])));
    }
}
