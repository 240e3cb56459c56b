//! `multipart/form-data`, streamed.
//!
//! A form of texts becomes one buffer; one with files is read from its sources while it is sent.

use std::any::Any;
use std::collections::hash_map::RandomState;
use std::fmt::Display;
use std::hash::BuildHasher as _;
use std::io;
use std::path::PathBuf;

use reqwest::header::HeaderValue;

use crate::file::File;
use crate::file_name::quoted;
use crate::form_body::{EncodedForm, Opened, Segments};
use crate::violation::Flaw;

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

    /// Opens the sources, and finds whatever else keeps the form from being sent: a stream is taken
    /// only when nothing does.
    pub(crate) async fn open(&self) -> Result<Vec<Opened<'_>>, FormError> {
        let mut opened = Vec::new();
        for (name, file) in self.files() {
            media_type(name, file)?;
            opened.push(Opened::open(name, file.source()).await?);
        }
        Ok(opened)
    }

    /// Writes everything around the sources, which are `opened` in their order; none have to be for a
    /// form of texts.
    pub(crate) fn encode(&self, opened: Vec<Opened<'_>>) -> Result<EncodedForm, FormError> {
        let boundary = boundary();
        let mut segments = Segments::with_room(self.parts.iter().map(room).sum::<usize>() + END);
        let mut opened = opened.into_iter();
        for (name, value) in &self.parts {
            start_part(&mut segments.text, &boundary, name, value)?;
            match value {
                Value::Text(text) => segments.text.push_str(text),
                // Never an empty file in place of one that is missing.
                Value::File(_) => segments.push_file(name, opened.next().ok_or(FormError::NotOpened { name })?)?,
            }
            segments.text.push_str("\r\n");
        }
        end_form(&mut segments.text, &boundary);
        Ok(segments.finish(&boundary))
    }
}

/// As `to_string`, which would copy a `String`.
fn into_text<T: Display + 'static>(value: T) -> String {
    let mut value = Some(value);
    let text = (&mut value as &mut dyn Any).downcast_mut::<Option<String>>().and_then(Option::take);
    text.or_else(|| value.map(|value| value.to_string())).unwrap_or_default()
}

/// How long [`boundary`] is.
const BOUNDARY: usize = 32;

/// How long the end of a form is.
const END: usize = "--".len() + BOUNDARY + "--\r\n".len();

/// About how much a part takes of a form, apart from the content of files.
fn room((name, value): &(&str, Value)) -> usize {
    let around = "--\r\nContent-Disposition: form-data; name=\"\"\r\n\r\n\r\n".len() + BOUNDARY + name.len();
    around
        + match value {
            Value::Text(text) => text.len(),
            Value::File(file) => {
                "; filename=\"\"\r\nContent-Type: ".len() + file.name().len() + file.media_type().len()
            }
        }
}

/// Everything of a part before its content.
pub(crate) fn start_part(
    text: &mut String,
    boundary: &str,
    name: &'static str,
    value: &Value,
) -> Result<(), FormError> {
    for piece in ["--", boundary, "\r\nContent-Disposition: form-data; name=\"", &quoted(name), "\""] {
        text.push_str(piece);
    }
    if let Value::File(file) = value {
        let media_type = media_type(name, file)?;
        for piece in ["; filename=\"", &quoted(file.name()), "\"\r\nContent-Type: ", media_type] {
            text.push_str(piece);
        }
    }
    text.push_str("\r\n\r\n");
    Ok(())
}

/// What comes after the last part.
pub(crate) fn end_form(text: &mut String, boundary: &str) {
    for piece in ["--", boundary, "--\r\n"] {
        text.push_str(piece);
    }
}

/// The longest media type in bytes, for the reason that names of files have a limit.
const MOST_MEDIA_TYPE: usize = 1024;

/// The media type of a file, if a part's header can carry it.
fn media_type<'f>(name: &'static str, file: &'f File) -> Result<&'f str, FormError> {
    let media_type = file.media_type();
    if media_type.len() > MOST_MEDIA_TYPE || HeaderValue::from_str(media_type).is_err() {
        return Err(FormError::MediaType { name });
    }
    Ok(media_type)
}

/// What keeps a form from being sent. Nothing has left the machine.
#[derive(Debug)]
pub(crate) enum FormError {
    Open { name: &'static str, path: PathBuf, cause: io::Error },
    NotOpened { name: &'static str },
    Consumed { name: &'static str },
    MediaType { name: &'static str },
    TooLong { name: &'static str },
}

impl Display for FormError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Open { name, path, cause } => write!(f, "`{name}`: cannot read {}: {cause}", path.display()),
            Self::NotOpened { name } => write!(f, "`{name}`: the file was not opened"),
            Self::Consumed { name } => write!(f, "`{name}`: this stream was sent before; make a new one"),
            Self::TooLong { name } => {
                write!(f, "`{name}`: the length given for it is more than a request can have: give the size in bytes")
            }
            Self::MediaType { name } => {
                write!(
                    f,
                    "`{name}`: the media type has a character that no header may carry, such as a line break, or is \
                     longer than {MOST_MEDIA_TYPE} bytes"
                )
            }
        }
    }
}

/// Random, so that no content can hold it by chance or by design.
pub(crate) fn boundary() -> String {
    let random = RandomState::new();
    let bytes = [random.hash_one(0_u8), random.hash_one(1_u8)].map(u64::to_ne_bytes);
    let digit = |half: u8| b"0123456789abcdef"[usize::from(half)];
    let digits: Vec<u8> = bytes.as_flattened().iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 0xf)]).collect();
    String::from_utf8(digits).expect("digits are ASCII")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_file_that_was_not_opened_is_not_sent_as_an_empty_one() {
        let file = || File::from_bytes("a.pdf", "x");
        let one = Form::new().text("message", ["x"]).file("document", [file()]);
        let two = Form::new().file("document", [file()]).file("image", [file()]);
        for (form, name, opened) in [(&one, "document", Vec::new()), (&two, "image", one.open().await.unwrap())] {
            let Err(error) = form.encode(opened) else { panic!("`{name}` is sent") };
            assert_eq!(error.to_string(), format!("`{name}`: the file was not opened"));
        }
    }
}
