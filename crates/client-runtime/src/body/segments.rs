//! The pieces of a form in the order in which they are sent.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use reqwest::header::HeaderValue;

use crate::body::body_stream::{Segment, watched};
use crate::body::file::{ByteStream, Source};
use crate::body::path_source;
use crate::body::upload_progress::UploadProgress;
use crate::error::form_error::FormError;

/// A form ready to be sent.
pub(crate) struct EncodedForm {
    pub(crate) content_type: HeaderValue,
    pub(crate) body: reqwest::Body,
    pub(crate) progress: Arc<UploadProgress>,
}

/// The maximum length of a form in bytes: larger than any real form, and small enough that sums of lengths do not
/// overflow, in this crate and in the HTTP library.
const LONGEST: u64 = 1 << 60;

/// Adds the length of the file `name` to the length of a form.
pub(crate) fn sum(length: u64, name: &'static str, more: u64) -> Result<u64, FormError> {
    length.checked_add(more).filter(|sum| *sum <= LONGEST).ok_or(FormError::TooLong { name })
}

/// The pieces of a form.
#[derive(Default)]
pub(crate) struct Segments {
    done: VecDeque<Segment>,
    /// The text after them.
    pub(crate) text: String,
    /// Whether a stream of unknown length is among them.
    unknown_length: bool,
    /// The known length of `done`.
    length: u64,
    files: bool,
}

impl Segments {
    /// Creates an empty list, with room for this much text.
    pub(crate) fn with_room(room: usize) -> Self {
        Self { text: String::with_capacity(room), ..Self::default() }
    }

    pub(crate) fn push_file(&mut self, name: &'static str, opened: Opened<'_>) -> Result<(), FormError> {
        self.length = sum(self.length, name, opened.length().unwrap_or(0))?;
        let (segment, length) = match opened {
            Opened::Known(segment, length) => (segment, Some(length)),
            Opened::Stream(length, stream) => {
                let stream = Source::take_stream(stream).ok_or(FormError::Consumed { name })?;
                (Segment::Stream { stream: Mutex::new(stream), piece: Bytes::new(), left: length }, length)
            }
        };
        self.flush_text();
        self.files = true;
        self.unknown_length |= length.is_none();
        self.done.push_back(segment);
        Ok(())
    }

    fn flush_text(&mut self) {
        self.length += self.text.len() as u64;
        self.done.push_back(Segment::Bytes(std::mem::take(&mut self.text).into()));
    }

    pub(crate) fn finish(self, boundary: &str) -> EncodedForm {
        let content_type = HeaderValue::try_from(content_type(boundary)).expect("a boundary is of letters and digits");
        self.finish_as(content_type)
    }

    /// Ends a form with this `Content-Type`.
    pub(crate) fn finish_as(mut self, content_type: HeaderValue) -> EncodedForm {
        self.flush_text();
        let (body, progress) = watched(self.done, (!self.unknown_length).then_some(self.length), self.files);
        EncodedForm { content_type, body, progress }
    }
}

/// Returns the `Content-Type` of a form with this boundary.
pub(crate) fn content_type(boundary: &str) -> String {
    ["multipart/form-data; boundary=", boundary].concat()
}

/// An opened file.
pub(crate) enum Opened<'f> {
    Known(Segment, u64),
    /// A stream that is not taken yet.
    Stream(Option<u64>, &'f Mutex<Option<ByteStream>>),
}

impl<'f> Opened<'f> {
    fn length(&self) -> Option<u64> {
        match self {
            Self::Known(_, length) => Some(*length),
            Self::Stream(length, _) => *length,
        }
    }

    pub(crate) async fn open(name: &'static str, source: &'f Source) -> Result<Self, FormError> {
        let opened = Self::open_any(name, source).await?;
        // Checked before a stream is taken, so that a refused stream can still be sent.
        sum(0, name, opened.length().unwrap_or(0))?;
        Ok(opened)
    }

    async fn open_any(name: &'static str, source: &'f Source) -> Result<Self, FormError> {
        match source {
            Source::Bytes(bytes) => Ok(Self::Known(Segment::Bytes(bytes.clone()), bytes.len() as u64)),
            Source::Path(path) => match path_source::open(path).await {
                Ok((reader, left)) => Ok(Self::Known(Segment::File { reader: Box::new(reader), left }, left)),
                Err(cause) => Err(FormError::Open { name, path: path.to_path_buf(), cause }),
            },
            Source::Stream { stream, .. } if Source::is_taken(stream) => Err(FormError::Consumed { name }),
            Source::Stream { length, stream } => Ok(Self::Stream(*length, stream)),
        }
    }
}
