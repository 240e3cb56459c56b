//! Reading what a PHP server sends: numbers as text, text as numbers, `[]` for an empty object.
//!
//! Generated answers read every property so, that a scalar of another JSON type, a `null` or an empty array does not
//! turn a message that was sent into an error (facts E6, E21). What cannot be read without inventing something is
//! still an error.

use serde_json::{Map, Value};

use crate::decode::visitor::{Slot, Start, Stop, Unread};

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
mod tests;
