//! Reading what a PHP server sends: numbers as text, text as numbers, `[]` for an empty object.
//!
//! Generated answers read every property so, that a scalar of another JSON type, a `null` or an empty array does not
//! turn a message that was sent into an error (facts E6, E21). What cannot be read without inventing something is
//! still an error.

use serde::de::Unexpected;
use serde_json::{Map, Value};

use crate::read::{Scalar, Slot, Stop, Unread};

/// A value that can be read liberally.
pub trait Lenient: Sized {
    /// What is expected, for an error's text.
    const EXPECTED: &'static str;

    /// From a scalar other than `null`. `None`: it stands for an absent value.
    fn from_scalar(scalar: Scalar<'_>) -> Result<Option<Self>, Stop> {
        Err(Stop::scalar(scalar, Self::EXPECTED))
    }

    /// A list without items. It is how PHP writes an empty object, so it is an absent value, unless lists are wanted.
    fn empty_list() -> Option<Self> {
        None
    }

    /// Adds an item of a list.
    fn item(&mut self, _item: &mut dyn Unread) -> Result<(), Stop> {
        Err(Stop::unexpected(Unexpected::Seq, Self::EXPECTED))
    }

    /// An object without properties; `None`: it cannot be one.
    fn empty_object() -> Option<Self> {
        None
    }

    /// Adds a property of an object.
    fn property(&mut self, _name: &str, _value: &mut dyn Unread) -> Result<(), Stop> {
        Err(Stop::unexpected(Unexpected::Map, Self::EXPECTED))
    }
}

impl<T: Lenient> Slot for Option<T> {
    fn scalar(&mut self, scalar: Scalar<'_>) -> Result<(), Stop> {
        *self = if let Scalar::Null = scalar { None } else { T::from_scalar(scalar)? };
        Ok(())
    }

    fn list(&mut self) -> Result<(), Stop> {
        *self = T::empty_list();
        Ok(())
    }

    fn item(&mut self, item: &mut dyn Unread) -> Result<(), Stop> {
        match self {
            Some(list) => list.item(item),
            None => Err(Stop::unexpected(Unexpected::Seq, T::EXPECTED)),
        }
    }

    fn object(&mut self) -> Result<(), Stop> {
        *self = T::empty_object();
        if self.is_some() { Ok(()) } else { Err(Stop::unexpected(Unexpected::Map, T::EXPECTED)) }
    }

    fn property(&mut self, name: &str, value: &mut dyn Unread) -> Result<(), Stop> {
        match self {
            Some(object) => object.property(name, value),
            None => Err(Stop::unexpected(Unexpected::Map, T::EXPECTED)),
        }
    }
}

impl Lenient for String {
    const EXPECTED: &'static str = "text";

    #[inline]
    fn from_scalar(scalar: Scalar<'_>) -> Result<Option<Self>, Stop> {
        Ok(Some(match scalar {
            Scalar::Null => return Ok(None),
            Scalar::Text(text) => text.to_owned(),
            Scalar::Integer(number) => number.to_string(),
            Scalar::Large(number) => number.to_string(),
            Scalar::Float(number) => number.to_string(),
            Scalar::Bool(value) => value.to_string(),
        }))
    }
}

impl Lenient for i64 {
    const EXPECTED: &'static str = "a whole number";

    #[allow(clippy::cast_possible_truncation, reason = "checked: it is whole and within range")]
    fn from_scalar(scalar: Scalar<'_>) -> Result<Option<Self>, Stop> {
        match scalar {
            Scalar::Integer(number) => return Ok(Some(number)),
            Scalar::Bool(value) => return Ok(Some(value.into())),
            Scalar::Text(text) if text.trim_ascii().is_empty() => return Ok(None),
            Scalar::Text(text) => text.trim_ascii().parse().ok(),
            // 2^53: beyond it a float no longer names one whole number.
            Scalar::Float(number) if number.fract() == 0.0 && number.abs() <= 9_007_199_254_740_992.0 => {
                Some(number as Self)
            }
            _ => None,
        }
        .map_or_else(|| Err(Stop::scalar(scalar, Self::EXPECTED)), |number| Ok(Some(number)))
    }
}

impl Lenient for f64 {
    const EXPECTED: &'static str = "a number";

    #[allow(clippy::cast_precision_loss, reason = "a number is wanted, not an identifier")]
    fn from_scalar(scalar: Scalar<'_>) -> Result<Option<Self>, Stop> {
        match scalar {
            Scalar::Float(number) => Ok(Some(number)),
            Scalar::Integer(number) => Ok(Some(number as Self)),
            Scalar::Large(number) => Ok(Some(number as Self)),
            Scalar::Text(text) if text.trim_ascii().is_empty() => Ok(None),
            // As a number without quotes would be: `inf` is none, and the standard library's tables stay out of
            // programs that have serde_json's already.
            Scalar::Text(text) => {
                serde_json::from_str(text).map(Some).map_err(|_| Stop::scalar(scalar, Self::EXPECTED))
            }
            _ => Err(Stop::scalar(scalar, Self::EXPECTED)),
        }
    }
}

impl Lenient for bool {
    const EXPECTED: &'static str = "true or false";

    fn from_scalar(scalar: Scalar<'_>) -> Result<Option<Self>, Stop> {
        match scalar {
            Scalar::Bool(value) => Ok(Some(value)),
            Scalar::Integer(0) => Ok(Some(false)),
            Scalar::Integer(1) => Ok(Some(true)),
            Scalar::Text(text) => match text.trim_ascii() {
                "" => Ok(None),
                "1" | "true" => Ok(Some(true)),
                "0" | "false" => Ok(Some(false)),
                _ => Err(Stop::scalar(scalar, Self::EXPECTED)),
            },
            _ => Err(Stop::scalar(scalar, Self::EXPECTED)),
        }
    }
}

impl<T: Lenient> Lenient for Vec<T> {
    const EXPECTED: &'static str = "a list";

    /// One text where a list of texts is usual: a list of one (fact E2).
    fn from_scalar(scalar: Scalar<'_>) -> Result<Option<Self>, Stop> {
        match scalar {
            Scalar::Text(_) => Ok(T::from_scalar(scalar)?.map(|item| vec![item])),
            _ => Err(Stop::scalar(scalar, Self::EXPECTED)),
        }
    }

    fn empty_list() -> Option<Self> {
        Some(Self::new())
    }

    fn item(&mut self, item: &mut dyn Unread) -> Result<(), Stop> {
        let mut slot = None::<T>;
        item.read(&mut slot)?;
        self.extend(slot);
        Ok(())
    }

    /// PHP writes a list whose keys have gaps as an object.
    fn empty_object() -> Option<Self> {
        Some(Self::new())
    }

    fn property(&mut self, _name: &str, value: &mut dyn Unread) -> Result<(), Stop> {
        self.item(value)
    }
}

/// What an object holds of its own kind.
impl<T: Lenient> Lenient for Box<T> {
    const EXPECTED: &'static str = T::EXPECTED;

    fn from_scalar(scalar: Scalar<'_>) -> Result<Option<Self>, Stop> {
        Ok(T::from_scalar(scalar)?.map(Self::new))
    }

    fn empty_list() -> Option<Self> {
        T::empty_list().map(Self::new)
    }

    fn item(&mut self, item: &mut dyn Unread) -> Result<(), Stop> {
        T::item(self, item)
    }

    fn empty_object() -> Option<Self> {
        T::empty_object().map(Self::new)
    }

    fn property(&mut self, name: &str, value: &mut dyn Unread) -> Result<(), Stop> {
        T::property(self, name, value)
    }
}

impl Lenient for Map<String, Value> {
    const EXPECTED: &'static str = "an object";

    fn empty_object() -> Option<Self> {
        Some(Self::new())
    }

    fn property(&mut self, name: &str, value: &mut dyn Unread) -> Result<(), Stop> {
        self.insert(name.to_owned(), any(value)?);
        Ok(())
    }
}

impl Lenient for Value {
    const EXPECTED: &'static str = "a value";

    fn from_scalar(scalar: Scalar<'_>) -> Result<Option<Self>, Stop> {
        Ok(Some(match scalar {
            Scalar::Null => Self::Null,
            Scalar::Bool(value) => value.into(),
            Scalar::Integer(number) => number.into(),
            Scalar::Large(number) => number.into(),
            Scalar::Float(number) => number.into(),
            Scalar::Text(text) => text.into(),
        }))
    }

    fn empty_list() -> Option<Self> {
        Some(Self::Array(Vec::new()))
    }

    fn item(&mut self, item: &mut dyn Unread) -> Result<(), Stop> {
        let item = any(item)?;
        if let Self::Array(items) = self {
            items.push(item);
        }
        Ok(())
    }

    fn empty_object() -> Option<Self> {
        Some(Self::Object(Map::new()))
    }

    fn property(&mut self, name: &str, value: &mut dyn Unread) -> Result<(), Stop> {
        let value = any(value)?;
        if let Self::Object(map) = self {
            map.insert(name.to_owned(), value);
        }
        Ok(())
    }
}

/// A value as it came, `null` too.
fn any(value: &mut dyn Unread) -> Result<Value, Stop> {
    let mut slot = None::<Value>;
    value.read(&mut slot)?;
    Ok(slot.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[derive(Debug, Default, PartialEq)]
    struct Inner {
        text: Option<String>,
        list: Vec<String>,
        within: Option<Box<Inner>>,
    }

    crate::object!(Inner { "text" => text, "list" => list, "within" => within });

    fn read<T: Lenient>(value: &Value) -> Result<Option<T>, String> {
        let mut slot = None;
        crate::read::read(value, &mut slot).map_err(|e: serde_json::Error| e.to_string())?;
        Ok(slot)
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
        assert_eq!(
            read(&json!({"text": 7, "more": []})),
            Ok(Some(Inner { text: Some("7".into()), ..Inner::default() }))
        );
    }

    #[test]
    fn an_object_may_hold_its_own_kind() {
        let inner = Inner { text: Some("a".into()), ..Inner::default() };
        let outer = Inner { within: Some(Box::new(inner)), ..Inner::default() };
        assert_eq!(read(&json!({"within": {"text": "a", "within": []}})), Ok(Some(outer)));
        assert!(read::<Inner>(&json!({"within": "a"})).is_err());
    }

    #[test]
    fn of_a_property_that_comes_twice_the_last_counts() {
        let read = |json| serde_json::from_str::<Inner>(json).map(|inner| (inner.text, inner.list));
        let json = r#"{"text": "a", "list": ["b"], "t\u0065xt": "c", "list": null}"#;
        assert_eq!(read(json).expect("it is JSON"), (Some("c".into()), vec![]));
    }

    #[test]
    fn what_is_written_is_what_was_read() {
        for json in [r#"{"text":"a","list":["b"],"within":{"list":[]}}"#, r#"{"list":[]}"#] {
            let inner = serde_json::from_str::<Inner>(json).expect("it is JSON");
            assert_eq!(serde_json::to_string(&inner).expect("it can be written"), json);
        }
    }

    #[test]
    fn only_an_object_is_an_object() {
        for (json, why) in [
            ("[]", "invalid type: sequence, expected an object at line 1 column 2"),
            ("null", "invalid type: unit value, expected an object at line 1 column 4"),
            ("7", "invalid type: integer `7`, expected an object at line 1 column 1"),
            (r#"{"list": [["a"]]}"#, "invalid type: sequence, expected text at line 1 column 11"),
            ("{\"text\": \"a", "EOF while parsing a string at line 1 column 11"),
            (r#"{"text": "a"} x"#, "trailing characters at line 1 column 15"),
        ] {
            let error = serde_json::from_str::<Inner>(json).expect_err(json).to_string();
            assert!(error.contains(why), "{error}");
        }
    }

    #[test]
    fn values_of_any_kind_are_kept_as_they_came() {
        let value = json!({"a": [null, true, -1, u64::MAX, 1.5, "b", {"c": {}}], "d": null});
        assert_eq!(read::<Value>(&value), Ok(Some(value.clone())));
        assert_eq!(read::<Map<String, Value>>(&value).map(|map| map.map(Value::Object)), Ok(Some(value)));
        assert_eq!(read(&json!(u64::MAX)), Ok(Some(u64::MAX.to_string())));
    }

    #[test]
    fn lists_come_as_lists_as_objects_and_as_one_text() {
        assert_eq!(read(&json!(["a", null, 1])), Ok(Some(vec!["a".to_owned(), "1".to_owned()])));
        assert_eq!(read(&json!({"0": "a", "2": "b"})), Ok(Some(vec!["a".to_owned(), "b".to_owned()])));
        assert_eq!(read(&json!("a")), Ok(Some(vec!["a".to_owned()])));
        assert_eq!(read(&json!({"list": null})), Ok(Some(Inner::default())));
    }
}
