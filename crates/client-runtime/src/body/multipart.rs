//! Encodes forms as `multipart/form-data`.
//!
//! A form without files becomes one buffer. Files are read while the form is sent.

use reqwest::header::HeaderValue;

use crate::body::file::File;
use crate::body::file_name::quoted;
use crate::body::form::{Form, Value};
use crate::body::segments::{EncodedForm, Opened, Segments};
use crate::error::form_error::{FormError, MAX_MEDIA_TYPE_BYTES};
use crate::util::random;

impl Form {
    /// Opens the files, and returns an error if anything prevents the form from being sent. No stream is taken before that.
    pub(crate) async fn open(&self) -> Result<Vec<Opened<'_>>, FormError> {
        let mut opened = Vec::new();
        for (name, file) in self.files() {
            media_type(name, file)?;
            opened.push(Opened::open(name, file.source()).await?);
        }
        Ok(opened)
    }

    /// Encodes the form. `opened` are its files in order.
    pub(crate) fn encode(&self, opened: Vec<Opened<'_>>) -> Result<EncodedForm, FormError> {
        let boundary = boundary();
        let mut segments = Segments::with_room(self.parts().iter().map(room).sum::<usize>() + END);
        let mut opened = opened.into_iter();
        for (name, value) in self.parts() {
            start_part(&mut segments.text, &boundary, name, value)?;
            match value {
                Value::Text(text) | Value::Json(text) => segments.text.push_str(text),
                // A missing file must not be sent as an empty one.
                Value::File(_) => segments.push_file(name, opened.next().ok_or(FormError::NotOpened { name })?)?,
            }
            segments.text.push_str("\r\n");
        }
        end_form(&mut segments.text, &boundary);
        Ok(segments.finish(&boundary))
    }
}

/// The length of a [`boundary`].
const BOUNDARY: usize = random::HEX;

/// The length of the end of a form.
const END: usize = "--".len() + BOUNDARY + "--\r\n".len();

/// Returns the approximate length of a part, without the content of a file.
fn room((name, value): &(&str, Value)) -> usize {
    let around = "--\r\nContent-Disposition: form-data; name=\"\"\r\n\r\n\r\n".len() + BOUNDARY + name.len();
    around
        + match value {
            Value::Text(text) => text.len(),
            Value::Json(json) => JSON_PART.len() + json.len(),
            Value::File(file) => {
                "; filename=\"\"\r\nContent-Type: ".len() + file.name().len() + file.media_type().len()
            }
        }
}

/// The type of a part that is an object.
const JSON_PART: &str = "\r\nContent-Type: application/json";

/// Writes the beginning of a part, up to its content.
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
    } else if matches!(value, Value::Json(_)) {
        text.push_str(JSON_PART);
    }
    text.push_str("\r\n\r\n");
    Ok(())
}

/// Writes the end of a form, after the last part.
pub(crate) fn end_form(text: &mut String, boundary: &str) {
    for piece in ["--", boundary, "--\r\n"] {
        text.push_str(piece);
    }
}

/// Returns the media type of a file, if it is allowed in a header.
fn media_type<'f>(name: &'static str, file: &'f File) -> Result<&'f str, FormError> {
    let media_type = file.media_type();
    if media_type.len() > MAX_MEDIA_TYPE_BYTES || HeaderValue::from_str(media_type).is_err() {
        return Err(FormError::MediaType { name });
    }
    Ok(media_type)
}

/// Returns a random boundary, so that no content can contain it by chance or by design.
pub(crate) fn boundary() -> String {
    random::hex()
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
