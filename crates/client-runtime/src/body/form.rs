//! The fields of a form.

use std::any::Any;
use std::fmt::{self, Debug, Display, Formatter};

use crate::body::file::{File, Source};
use crate::error::violation::FieldError;
use crate::util::text_length::Characters;

/// The fields of a form, in the order they are sent.
///
/// Its `Debug` shows which values were given and how long they are, but none of them.
#[derive(Default)]
pub struct Form {
    parts: Vec<(&'static str, Value)>,
    /// The fields whose values do not fit their types.
    wrong_types: Vec<&'static str>,
}

pub(crate) enum Value {
    Text(String),
    File(File),
}

impl Form {
    /// Creates a form without fields.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
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
        if matches!(error, FieldError::WrongType(_)) {
            self.wrong_types.push(name);
        }
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
            Value::Text(_) => None,
        })
    }

    /// Returns whether a value was given, even if it has a wrong type.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.parts.iter().any(|(field, _)| *field == name) || self.wrong_types.contains(&name)
    }

    pub(crate) fn wrong_types(&self) -> &[&'static str] {
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
        let wrong_types = self.wrong_types().iter().map(|name| (name, format_args!("(of a wrong type)")));
        f.debug_map().entries(self.parts().iter().map(|(name, value)| (name, value))).entries(wrong_types).finish()
    }
}

impl Debug for Value {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let file = match self {
            Self::Text(text) => return Characters::of(text).fmt(f),
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
