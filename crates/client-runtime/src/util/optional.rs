//! The arguments of setters of optional values.

/// An optional value, converted from the value itself or from an `Option`. Texts are also converted from `&str`, and whole
/// numbers from smaller types.
///
/// Setters take `impl Into<Optional<T>>`, so you rarely need to name this type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Optional<T>(Option<T>);

impl<T> Optional<T> {
    /// Converts it into an `Option`.
    pub fn into_option(self) -> Option<T> {
        self.0
    }
}

impl<T> From<T> for Optional<T> {
    fn from(value: T) -> Self {
        Self(Some(value))
    }
}

impl<T> From<Option<T>> for Optional<T> {
    fn from(value: Option<T>) -> Self {
        Self(value)
    }
}

impl From<&str> for Optional<String> {
    fn from(value: &str) -> Self {
        Self(Some(value.to_owned()))
    }
}

impl From<&String> for Optional<String> {
    fn from(value: &String) -> Self {
        Self(Some(value.clone()))
    }
}

impl From<Option<&str>> for Optional<String> {
    fn from(value: Option<&str>) -> Self {
        Self(value.map(str::to_owned))
    }
}

macro_rules! from_smaller {
    ($($smaller:ty),*) => {$(
        impl From<$smaller> for Optional<i64> {
            fn from(value: $smaller) -> Self {
                Self(Some(value.into()))
            }
        }
    )*};
}

from_smaller!(i8, i16, i32, u8, u16, u32);
