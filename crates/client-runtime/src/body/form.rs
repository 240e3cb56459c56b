//! The fields of a form.

use std::any::Any;
use std::fmt::{self, Debug, Display, Formatter};

use serde::Serialize;

use crate::body::file::{File, Source};
use crate::body::finite::is_finite;
use crate::error::violation::FieldError;
use crate::util::json_text::json_text;
use crate::util::nullable::Nullable;
use crate::util::text_length::Characters;

/// The fields of a form, in the order they are sent.
///
/// Its `Debug` shows which values were given and how long they are, but none of them.
#[derive(Default)]
pub struct Form {
    encoding: Encoding,
    parts: Vec<(&'static str, Value)>,
    /// The fields whose values do not fit their types, each with a text that says more.
    wrong_types: Vec<(&'static str, String)>,
}

/// How a form is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Encoding {
    #[default]
    Multipart,
    /// As a JSON object.
    Json,
    /// As the JSON of its only field.
    Root,
    Urlencoded,
}

/// The name of a body that is one value, in rules and errors.
const BODY: &str = "body";

pub(crate) enum Value {
    Text(String),
    File(File),
    /// A value as JSON.
    Json(String),
}

impl Form {
    /// Creates a form without fields.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates a form that is sent as a JSON object. Add its fields with [`Form::json_value`].
    #[must_use]
    pub fn json() -> Self {
        Self { encoding: Encoding::Json, ..Self::default() }
    }

    /// Creates a body that is one JSON value, such as a list. Rules call it `body`.
    ///
    /// A value that JSON cannot hold, such as a map whose keys are not texts, is refused when the call is sent.
    #[must_use]
    pub fn json_root<T: Serialize>(value: &T) -> Self {
        Self::json_root_of(Ok(value))
    }

    pub(crate) fn json_root_of<T: Serialize>(value: Result<T, FieldError>) -> Self {
        let mut form = Self { encoding: Encoding::Root, ..Self::default() };
        let json = value.and_then(|value| match json_text(&value) {
            Ok(json) if is_finite(&value) => Ok(json),
            _ => Err(FieldError::WrongType(BODY)),
        });
        match json {
            Ok(json) => form.parts.push((BODY, Value::Json(json))),
            Err(error) => form.note(BODY, error),
        }
        form
    }

    /// Creates a form that is sent urlencoded. Add its scalars and lists with [`Form::text`], and its objects with
    /// [`Form::json_value`]: their properties are sent as `name[property]`.
    #[must_use]
    pub fn urlencoded() -> Self {
        Self { encoding: Encoding::Urlencoded, ..Self::default() }
    }

    /// Adds a field of a form that is a JSON object, or an object of an urlencoded form. `None` adds nothing.
    ///
    /// A value that JSON cannot hold, such as a number that is not finite, is refused when the call is sent.
    #[must_use]
    pub fn json_value<T: Serialize>(mut self, name: &'static str, value: Option<T>) -> Self {
        let Some(value) = value else { return self };
        match json_text(&value) {
            Ok(json) if json != "null" && is_finite(&value) => self.parts.push((name, Value::Json(json))),
            _ => self.note(name, FieldError::WrongType(name)),
        }
        self
    }

    /// Adds a field as [`Form::json_value`] does, with the value of a builder; for generated code.
    #[doc(hidden)]
    #[must_use]
    pub fn json_of<T: Serialize>(mut self, name: &'static str, value: Result<Option<T>, FieldError>) -> Self {
        match value {
            Ok(value) => self.json_value(name, value),
            Err(error) => {
                self.note(name, error);
                self
            }
        }
    }

    /// Adds a field as [`Form::json_value`] does, or null; for generated code.
    #[doc(hidden)]
    #[must_use]
    pub fn nullable_of<T: Serialize>(mut self, name: &'static str, value: Result<Nullable<T>, FieldError>) -> Self {
        match value {
            Ok(Nullable::Absent) => self,
            Ok(Nullable::Null) => {
                self.parts.push((name, Value::Json("null".to_owned())));
                self
            }
            Ok(Nullable::Value(value)) => self.json_value(name, Some(value)),
            Err(error) => {
                self.note(name, error);
                self
            }
        }
    }

    /// Adds a text field for each of `values`: no field for `None`, several for a list.
    #[must_use]
    pub fn text<T: Display>(mut self, name: &'static str, values: impl IntoIterator<Item = T>) -> Self {
        self.parts.extend(values.into_iter().map(|value| (name, Value::Text(value.to_string()))));
        self
    }

    /// Adds a file field for each of `files`.
    #[must_use]
    pub fn file(mut self, name: &'static str, files: impl IntoIterator<Item = File>) -> Self {
        self.parts.extend(files.into_iter().map(|file| (name, Value::File(file))));
        self
    }

    /// Adds a text field as [`Form::text`] does, with the value of a builder; for generated code.
    #[doc(hidden)]
    #[must_use]
    pub fn text_of<T: Display + 'static>(
        mut self,
        name: &'static str,
        values: Result<impl IntoIterator<Item = T>, FieldError>,
    ) -> Self {
        match values {
            Ok(values) => self.parts.extend(values.into_iter().map(|value| (name, Value::Text(into_text(value))))),
            Err(error) => self.note(name, error),
        }
        self
    }

    /// Adds a file field as [`Form::file`] does, with the value of a builder; for generated code.
    #[doc(hidden)]
    #[must_use]
    pub fn file_of(mut self, name: &'static str, files: Result<impl IntoIterator<Item = File>, FieldError>) -> Self {
        match files {
            Ok(files) => self.file(name, files),
            Err(error) => {
                self.note(name, error);
                self
            }
        }
    }

    /// Notes a value of a wrong type. A missing value needs no note, because the field is absent.
    fn note(&mut self, name: &'static str, error: FieldError) {
        match error {
            FieldError::Missing(_) => {}
            FieldError::WrongType(_) => self.wrong_types.push((name, String::new())),
            FieldError::Object(_, why) => self.wrong_types.push((name, why)),
        }
    }

    pub(crate) fn encoding(&self) -> Encoding {
        self.encoding
    }

    pub(crate) fn parts(&self) -> &[(&'static str, Value)] {
        &self.parts
    }

    pub(crate) fn values(&self, name: &str) -> impl Iterator<Item = &Value> {
        self.parts.iter().filter(move |(field, _)| *field == name).map(|(_, value)| value)
    }

    pub(crate) fn files(&self) -> impl Iterator<Item = (&'static str, &File)> {
        self.parts.iter().filter_map(|(name, value)| match value {
            Value::File(file) => Some((*name, file)),
            Value::Text(_) | Value::Json(_) => None,
        })
    }

    /// Returns whether a value was given, even if it has a wrong type.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.parts.iter().any(|(field, _)| *field == name) || self.wrong_types.iter().any(|(field, _)| *field == name)
    }

    pub(crate) fn wrong_types(&self) -> &[(&'static str, String)] {
        &self.wrong_types
    }

    /// Returns whether it has files, which must be opened.
    pub(crate) fn has_files(&self) -> bool {
        self.files().next().is_some()
    }

    /// Returns whether it can be sent again, which is not possible with a stream.
    pub(crate) fn is_repeatable(&self) -> bool {
        self.parts.iter().all(|(_, value)| !matches!(value, Value::File(file) if file.is_stream()))
    }
}

/// Converts a value into text, without copying a `String`.
fn into_text<T: Display + 'static>(value: T) -> String {
    let mut value = Some(value);
    let text = (&mut value as &mut dyn Any).downcast_mut::<Option<String>>().and_then(Option::take);
    text.or_else(|| value.map(|value| value.to_string())).unwrap_or_default()
}

impl Debug for Form {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let wrong_types = self.wrong_types().iter().map(|(name, _)| (name, format_args!("(of a wrong type)")));
        f.debug_map().entries(self.parts().iter().map(|(name, value)| (name, value))).entries(wrong_types).finish()
    }
}

impl Debug for Value {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let file = match self {
            Self::Text(text) | Self::Json(text) => return Characters::of(text).fmt(f),
            Self::File(file) => file,
        };
        match file.source() {
            Source::Bytes(bytes) => write!(f, "({} of {} bytes)", file.media_type(), bytes.len()),
            Source::Path(_) => write!(f, "({} on disk)", file.media_type()),
            Source::Stream { length: Some(length), .. } => write!(f, "({} of {length} bytes)", file.media_type()),
            Source::Stream { length: None, .. } => write!(f, "({} from a stream)", file.media_type()),
        }
    }
}
