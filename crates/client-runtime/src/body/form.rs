//! `multipart/form-data`, streamed.
//!
//! A form of texts becomes one buffer; one with files is read from its sources while it is sent.

use std::any::Any;
use std::fmt::{self, Debug, Display, Formatter};

use crate::body::file::{File, Source};
use crate::error::violation::Flaw;
use crate::util::text_length::Characters;

/// The fields of a form, in the order they are sent.
///
/// Its `Debug` shows which values were given and how long they are, but none of them.
#[derive(Default)]
pub struct Form {
    parts: Vec<(&'static str, Value)>,
    /// The fields whose values do not fit their types.
    flaws: Vec<&'static str>,
}

pub(crate) enum Value {
    Text(String),
    File(File),
}

impl Form {
    /// A form without fields.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a text field for each of `values`: none for `None`, several for a list.
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

    /// [`Form::text`] of what a builder holds; for generated code.
    #[doc(hidden)]
    #[must_use]
    pub fn text_of<T: Display + 'static>(
        mut self,
        name: &'static str,
        values: Result<impl IntoIterator<Item = T>, Flaw>,
    ) -> Self {
        match values {
            Ok(values) => self.parts.extend(values.into_iter().map(|value| (name, Value::Text(into_text(value))))),
            Err(flaw) => self.note(name, flaw),
        }
        self
    }

    /// [`Form::file`] of what a builder holds; for generated code.
    #[doc(hidden)]
    #[must_use]
    pub fn file_of(mut self, name: &'static str, files: Result<impl IntoIterator<Item = File>, Flaw>) -> Self {
        match files {
            Ok(files) => self.file(name, files),
            Err(flaw) => {
                self.note(name, flaw);
                self
            }
        }
    }

    /// What is missing shows by itself.
    fn note(&mut self, name: &'static str, flaw: Flaw) {
        if matches!(flaw, Flaw::WrongType(_)) {
            self.flaws.push(name);
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

    /// Whether a value was given, if only one of a wrong type.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.parts.iter().any(|(field, _)| *field == name) || self.flaws.contains(&name)
    }

    pub(crate) fn flaws(&self) -> &[&'static str] {
        &self.flaws
    }

    /// Whether there are files in it, so that it has to be looked into them.
    pub(crate) fn has_files(&self) -> bool {
        self.files().next().is_some()
    }

    /// Whether it can be sent a second time: it has no stream.
    pub(crate) fn is_repeatable(&self) -> bool {
        self.parts.iter().all(|(_, value)| !matches!(value, Value::File(file) if file.is_stream()))
    }
}

/// As `to_string`, which would copy a `String`.
fn into_text<T: Display + 'static>(value: T) -> String {
    let mut value = Some(value);
    let text = (&mut value as &mut dyn Any).downcast_mut::<Option<String>>().and_then(Option::take);
    text.or_else(|| value.map(|value| value.to_string())).unwrap_or_default()
}

impl Debug for Form {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let flaws = self.flaws().iter().map(|name| (name, format_args!("(of a wrong type)")));
        f.debug_map().entries(self.parts().iter().map(|(name, value)| (name, value))).entries(flaws).finish()
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
            Source::Disk(_) => write!(f, "({} on disk)", file.media_type()),
            Source::Stream { length: Some(length), .. } => write!(f, "({} of {length} bytes)", file.media_type()),
            Source::Stream { length: None, .. } => write!(f, "({} from a stream)", file.media_type()),
        }
    }
}
