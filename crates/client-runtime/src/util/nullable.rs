//! Values that can be sent as null.

use serde::{Serialize, Serializer};

use crate::error::violation::FieldError;

/// A property of a JSON request that the provider takes as a value or as null, which often clears what it has stored.
///
/// The generated setter of such a property gives it a value. Beside it is a setter whose name ends in `_null`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Nullable<T> {
    /// The property is not sent.
    #[default]
    Absent,
    /// `null` is sent.
    Null,
    /// The value is sent.
    Value(T),
}

impl<T> Nullable<T> {
    /// Returns what is sent, with `Some(None)` for null, or `None` if the property is absent.
    pub fn sent(&self) -> Option<Option<&T>> {
        match self {
            Self::Absent => None,
            Self::Null => Some(None),
            Self::Value(value) => Some(Some(value)),
        }
    }
}

/// `None` is absent, and not null.
impl<T> From<Option<T>> for Nullable<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Absent, Self::Value)
    }
}

impl<T: Serialize> Serialize for Nullable<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.sent().flatten().serialize(serializer)
    }
}

#[cfg(feature = "schemars")]
impl<T: schemars::JsonSchema> schemars::JsonSchema for Nullable<T> {
    fn inline_schema() -> bool {
        Option::<T>::inline_schema()
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        Option::<T>::schema_name()
    }

    fn schema_id() -> std::borrow::Cow<'static, str> {
        Option::<T>::schema_id()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Option::<T>::json_schema(generator)
    }
}

/// Returns a value or null that must be given; for generated code.
#[doc(hidden)]
pub fn given<T>(value: Nullable<T>, name: &'static str) -> Result<Nullable<T>, FieldError> {
    match value {
        Nullable::Absent => Err(FieldError::Missing(name)),
        value => Ok(value),
    }
}
