//! Reading what a PHP server sends: numbers as text, text as numbers, `[]` for an empty object.
//!
//! Generated answers read every property so, that a scalar of another JSON type, a `null` or an empty array does not
//! turn a message that was sent into an error (facts E6, E21). What cannot be read without inventing something is
//! still an error.

use serde_json::{Map, Value};

use crate::read::{Slot, Start, Stop, Unread};

/// A value that can be read liberally.
pub trait Lenient: Sized {
    /// What is expected, for an error's text.
    const EXPECTED: &'static str;

    /// From how it starts, which is not `null`, into a slot that is empty. What stands for an absent value leaves it so.
    fn start(slot: &mut Option<Self>, start: Start<'_>) -> Result<(), Stop>;

    /// Adds a part of it: an item of a list, or a property with its name.
    fn part(&mut self, name: Option<&str>, _value: &mut dyn Unread) -> Result<(), Stop> {
        Err(misplaced(name, Self::EXPECTED))
    }

    /// From a start that does not fit. An empty list is how PHP writes an empty object: an absent value.
    fn otherwise(start: Start<'_>) -> Result<(), Stop> {
        if let Start::List = start { Ok(()) } else { Err(Stop::at(start, Self::EXPECTED)) }
    }

    /// From a start that does not fit an object or a list: what PHP takes for false is an absent value.
    fn unless_falsy(start: Start<'_>) -> Result<(), Stop> {
        if start.is_falsy() { Ok(()) } else { Err(Stop::at(start, Self::EXPECTED)) }
    }

    /// Adds an item of a list to those before it.
    fn read_item(items: &mut Vec<Self>, item: &mut dyn Unread) -> Result<(), Stop> {
        let mut slot = None::<Self>;
        item.read(&mut slot)?;
        items.extend(slot);
        Ok(())
    }
}

impl<T: Lenient> Slot for Option<T> {
    fn start(&mut self, start: Start<'_>) -> Result<(), Stop> {
        // Of a property that comes twice the last counts.
        *self = None;
        if let Start::Null = start { Ok(()) } else { T::start(self, start) }
    }

    fn part(&mut self, name: Option<&str>, value: &mut dyn Unread) -> Result<(), Stop> {
        match self {
            Some(whole) => whole.part(name, value),
            None => Err(misplaced(name, T::EXPECTED)),
        }
    }
}

/// A part of what has none.
#[cold]
fn misplaced(name: Option<&str>, expected: &'static str) -> Stop {
    Stop::at(name.map_or(Start::List, |_| Start::Object), expected)
}

impl Lenient for String {
    const EXPECTED: &'static str = "text";

    #[inline]
    fn start(slot: &mut Option<Self>, start: Start<'_>) -> Result<(), Stop> {
        *slot = Some(match start {
            Start::Text(text) => text.to_owned(),
            Start::Integer(number) => number.to_string(),
            Start::Large(number) => number.to_string(),
            Start::Float(number) => number.to_string(),
            Start::Bool(value) => value.to_string(),
            _ => return Self::otherwise(start),
        });
        Ok(())
    }

    /// Laravel's message bags hold texts in lists, and these under the names of fields.
    fn read_item(items: &mut Vec<Self>, item: &mut dyn Unread) -> Result<(), Stop> {
        item.read(&mut Leaves(items))
    }
}

/// Takes all texts of a value, however deep in lists and objects they are.
struct Leaves<'l>(&'l mut Vec<String>);

impl Slot for Leaves<'_> {
    fn start(&mut self, start: Start<'_>) -> Result<(), Stop> {
        let mut text = None;
        if !matches!(start, Start::Null | Start::List | Start::Object) {
            String::start(&mut text, start)?;
        }
        self.0.extend(text);
        Ok(())
    }

    fn part(&mut self, _name: Option<&str>, value: &mut dyn Unread) -> Result<(), Stop> {
        value.read(self)
    }
}

impl Lenient for i64 {
    const EXPECTED: &'static str = "a whole number";

    #[allow(clippy::cast_possible_truncation, reason = "checked: it is whole and within range")]
    fn start(slot: &mut Option<Self>, start: Start<'_>) -> Result<(), Stop> {
        *slot = match start {
            Start::Integer(number) => Some(number),
            Start::Bool(value) => Some(value.into()),
            Start::Text(text) if text.trim_ascii().is_empty() => return Ok(()),
            Start::Text(text) => text.trim_ascii().parse().ok(),
            // 2^53: beyond it a float no longer names one whole number.
            Start::Float(number) if number.fract() == 0.0 && number.abs() <= 9_007_199_254_740_992.0 => {
                Some(number as Self)
            }
            _ => None,
        };
        if slot.is_some() { Ok(()) } else { Self::otherwise(start) }
    }
}

impl Lenient for f64 {
    const EXPECTED: &'static str = "a number";

    #[allow(clippy::cast_precision_loss, reason = "a number is wanted, not an identifier")]
    fn start(slot: &mut Option<Self>, start: Start<'_>) -> Result<(), Stop> {
        *slot = match start {
            Start::Float(number) => Some(number),
            Start::Integer(number) => Some(number as Self),
            Start::Large(number) => Some(number as Self),
            Start::Text(text) if text.trim_ascii().is_empty() => return Ok(()),
            // As a number without quotes would be: `inf` is none, and the standard library's tables stay out of
            // programs that have serde_json's already.
            Start::Text(text) => serde_json::from_str(text).ok(),
            _ => None,
        };
        if slot.is_some() { Ok(()) } else { Self::otherwise(start) }
    }
}

impl Lenient for bool {
    const EXPECTED: &'static str = "true or false";

    fn start(slot: &mut Option<Self>, start: Start<'_>) -> Result<(), Stop> {
        *slot = match start {
            Start::Bool(value) => Some(value),
            Start::Integer(0) => Some(false),
            Start::Integer(1) => Some(true),
            Start::Text(text) => match text.trim_ascii() {
                "" => return Ok(()),
                "1" | "true" => Some(true),
                "0" | "false" => Some(false),
                _ => None,
            },
            _ => None,
        };
        if slot.is_some() { Ok(()) } else { Self::otherwise(start) }
    }
}

impl<T: Lenient> Lenient for Vec<T> {
    const EXPECTED: &'static str = "a list";

    fn start(slot: &mut Option<Self>, start: Start<'_>) -> Result<(), Stop> {
        match start {
            // PHP writes a list whose keys have gaps as an object.
            Start::List | Start::Object => *slot = Some(Self::new()),
            // One text where a list of texts is usual: a list of one (fact E2).
            Start::Text(_) => {
                let mut item = None;
                T::start(&mut item, start)?;
                *slot = item.map(|item| vec![item]);
            }
            _ => return Self::unless_falsy(start),
        }
        Ok(())
    }

    fn part(&mut self, _name: Option<&str>, value: &mut dyn Unread) -> Result<(), Stop> {
        T::read_item(self, value)
    }
}

/// What an object holds of its own kind.
impl<T: Lenient> Lenient for Box<T> {
    const EXPECTED: &'static str = T::EXPECTED;

    fn start(slot: &mut Option<Self>, start: Start<'_>) -> Result<(), Stop> {
        let mut inner = None;
        T::start(&mut inner, start)?;
        *slot = inner.map(Self::new);
        Ok(())
    }

    fn part(&mut self, name: Option<&str>, value: &mut dyn Unread) -> Result<(), Stop> {
        T::part(self, name, value)
    }
}

impl Lenient for Map<String, Value> {
    const EXPECTED: &'static str = "an object";

    fn start(slot: &mut Option<Self>, start: Start<'_>) -> Result<(), Stop> {
        let Start::Object = start else { return Self::unless_falsy(start) };
        *slot = Some(Self::new());
        Ok(())
    }

    fn part(&mut self, name: Option<&str>, value: &mut dyn Unread) -> Result<(), Stop> {
        self.insert(name.unwrap_or_default().to_owned(), any(value)?);
        Ok(())
    }
}

impl Lenient for Value {
    const EXPECTED: &'static str = "a value";

    fn start(slot: &mut Option<Self>, start: Start<'_>) -> Result<(), Stop> {
        *slot = Some(match start {
            Start::Null => Self::Null,
            Start::Bool(value) => value.into(),
            Start::Integer(number) => number.into(),
            Start::Large(number) => number.into(),
            Start::Float(number) => number.into(),
            Start::Text(text) => text.into(),
            Start::List => Self::Array(Vec::new()),
            Start::Object => Self::Object(Map::new()),
        });
        Ok(())
    }

    fn part(&mut self, name: Option<&str>, value: &mut dyn Unread) -> Result<(), Stop> {
        match self {
            Self::Array(items) => items.push(any(value)?),
            Self::Object(map) => map.part(name, value)?,
            _ => return Err(misplaced(name, Self::EXPECTED)),
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
            (r#"{"text": ["a"]}"#, "invalid type: sequence, expected text at line 1 column 10"),
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

    #[test]
    fn texts_are_taken_out_of_bags_whatever_their_depth() {
        for bag in [
            json!({"city": ["a"], "mobile": ["b", "c"]}),
            json!([["a"], {"x": {"y": ["b", null]}}, [[]], {}, "c"]),
            json!({"0": [["a"], "b"], "error": "c"}),
        ] {
            let texts = ["a", "b", "c"].map(str::to_owned).to_vec();
            assert_eq!(read(&json!({"list": bag})), Ok(Some(Inner { list: texts, ..Inner::default() })), "{bag}");
        }
        assert!(read::<Vec<i64>>(&json!([[1]])).is_err(), "only texts");
    }

    #[test]
    fn what_php_takes_for_false_is_an_absent_object_or_list() {
        for falsy in [json!(false), json!(0), json!(0.0), json!(""), json!(" "), json!("0"), json!([]), json!(null)] {
            assert_eq!(read::<Inner>(&falsy), Ok(None), "{falsy}");
            assert_eq!(read::<Map<String, Value>>(&falsy), Ok(None), "{falsy}");
            assert_eq!(read(&json!({"within": falsy})), Ok(Some(Inner::default())), "{falsy}");
        }
        for falsy in [json!(false), json!(0), json!(0.0)] {
            assert_eq!(read::<Vec<Inner>>(&falsy), Ok(None), "{falsy}");
        }
        for value in [json!(true), json!(1), json!("a"), json!([0]), json!(["a"])] {
            assert!(read::<Inner>(&value).is_err(), "{value}");
        }
    }
}
