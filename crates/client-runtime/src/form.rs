//! `multipart/form-data`, streamed.
//!
//! A form of texts becomes one buffer; one with files is read from its sources while it is sent.

use std::collections::VecDeque;
use std::collections::hash_map::RandomState;
use std::fmt::{Display, Write as _};
use std::hash::{BuildHasher as _, Hasher as _};
use std::io;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use reqwest::header::HeaderValue;
use tokio::io::{AsyncRead as _, ReadBuf};

use crate::file::{ByteStream, File, Source};

/// How much of a file on disk is read at a time.
const READ_SIZE: usize = 256 * 1024;

/// The fields of a form, in the order they are sent.
#[derive(Debug, Default)]
pub struct Form {
    parts: Vec<(&'static str, Value)>,
}

#[derive(Debug)]
enum Value {
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

    /// Whether it can be sent a second time: it has no stream.
    pub(crate) fn is_repeatable(&self) -> bool {
        self.parts.iter().all(|(_, value)| !matches!(value, Value::File(file) if file.is_stream()))
    }

    /// Opens the sources and writes everything around them.
    pub(crate) async fn encode(&self) -> Result<EncodedForm, FormError> {
        let boundary = boundary();
        let mut segments = Segments::default();
        for &(name, ref value) in &self.parts {
            let _ = write!(segments.text, "--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"", escape(name));
            match value {
                Value::Text(text) => {
                    let _ = write!(segments.text, "\r\n\r\n{text}\r\n");
                }
                Value::File(file) => {
                    let media_type = file.media_type();
                    HeaderValue::from_str(media_type).map_err(|_| FormError::MediaType { name })?;
                    let file_name = escape(file.name());
                    let _ = write!(segments.text, "; filename=\"{file_name}\"\r\nContent-Type: {media_type}\r\n\r\n");
                    segments.push_file(name, file.source()).await?;
                    segments.text.push_str("\r\n");
                }
            }
        }
        let _ = write!(segments.text, "--{boundary}--\r\n");
        Ok(segments.finish(&boundary))
    }
}

/// What keeps a form from being sent. Nothing has left the machine.
#[derive(Debug)]
pub(crate) enum FormError {
    Open { name: &'static str, path: PathBuf, cause: io::Error },
    Consumed { name: &'static str },
    MediaType { name: &'static str },
}

impl Display for FormError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Open { name, path, cause } => write!(f, "`{name}`: cannot read {}: {cause}", path.display()),
            Self::Consumed { name } => write!(f, "`{name}`: this stream was sent before; make a new one"),
            Self::MediaType { name } => {
                write!(f, "`{name}`: the media type has a character that no header may carry, such as a line break")
            }
        }
    }
}

impl std::error::Error for FormError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Open { cause, .. } => Some(cause),
            Self::Consumed { .. } | Self::MediaType { .. } => None,
        }
    }
}

/// A form ready to be sent.
pub(crate) struct EncodedForm {
    pub(crate) content_type: HeaderValue,
    pub(crate) body: reqwest::Body,
    /// Of a form with files: how many bytes the transport has taken so far.
    pub(crate) progress: Option<Arc<Progress>>,
}

/// How far the network has got with a form.
#[derive(Debug, Default)]
pub(crate) struct Progress {
    bytes: AtomicU64,
    done: AtomicBool,
}

impl Progress {
    /// How many bytes it has taken.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    /// Whether it has taken all of them.
    pub(crate) fn is_done(&self) -> bool {
        self.done.load(Ordering::Relaxed)
    }
}

#[derive(Default)]
struct Segments {
    done: VecDeque<Segment>,
    /// The text that comes after them.
    text: String,
    /// Length of `done`; `None` once a stream of unknown length is among them.
    unknown_length: bool,
    length: u64,
    streams: bool,
}

enum Segment {
    Bytes(Bytes),
    Disk { file: tokio::fs::File, left: u64 },
    // The mutex is never locked: it makes a stream that is only `Send` fit for a body.
    Stream { stream: Mutex<ByteStream>, left: Option<u64> },
}

impl Segments {
    async fn push_file(&mut self, name: &'static str, source: &Source) -> Result<(), FormError> {
        let (segment, length) = match source {
            Source::Bytes(bytes) => (Segment::Bytes(bytes.clone()), Some(bytes.len() as u64)),
            Source::Path(path) => {
                let (file, left) =
                    open(path).await.map_err(|cause| FormError::Open { name, path: path.clone(), cause })?;
                (Segment::Disk { file, left }, Some(left))
            }
            Source::Stream { length, stream } => {
                let stream = Source::take_stream(stream).ok_or(FormError::Consumed { name })?;
                (Segment::Stream { stream: Mutex::new(stream), left: *length }, *length)
            }
        };
        self.flush_text();
        self.streams = true;
        self.unknown_length |= length.is_none();
        self.length += length.unwrap_or(0);
        self.done.push_back(segment);
        Ok(())
    }

    fn flush_text(&mut self) {
        self.length += self.text.len() as u64;
        self.done.push_back(Segment::Bytes(std::mem::take(&mut self.text).into()));
    }

    fn finish(mut self, boundary: &str) -> EncodedForm {
        let content_type = HeaderValue::from_str(&format!("multipart/form-data; boundary={boundary}"))
            .expect("a boundary is of letters and digits");
        if !self.streams {
            return EncodedForm { content_type, body: self.text.into(), progress: None };
        }
        self.flush_text();
        let progress = Arc::new(Progress::default());
        let body = FormBody {
            segments: self.done,
            left: (!self.unknown_length).then_some(self.length),
            progress: Arc::clone(&progress),
        };
        EncodedForm { content_type, body: reqwest::Body::wrap(body), progress: Some(progress) }
    }
}

async fn open(path: &Path) -> io::Result<(tokio::fs::File, u64)> {
    // Before it is opened: to open a pipe waits for whoever writes it, and a device has no length.
    let metadata = tokio::fs::metadata(path).await?;
    if metadata.is_dir() {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "is a directory"));
    }
    if !metadata.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "is not a regular file; send it as a stream"));
    }
    let mut file = tokio::fs::File::open(path).await?;
    file.set_max_buf_size(READ_SIZE);
    Ok((file, metadata.len()))
}

struct FormBody {
    segments: VecDeque<Segment>,
    left: Option<u64>,
    progress: Arc<Progress>,
}

impl FormBody {
    fn poll_bytes(&mut self, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        while let Some(segment) = self.segments.front_mut() {
            let bytes = match segment {
                Segment::Bytes(bytes) => Some(Ok(std::mem::take(bytes))),
                Segment::Disk { file, left } => ready!(poll_disk(file, left, context)).transpose(),
                Segment::Stream { stream, left } => {
                    let stream = stream.get_mut().unwrap_or_else(PoisonError::into_inner);
                    ready!(poll_stream(stream, left, context)).transpose()
                }
            };
            match bytes {
                Some(Ok(bytes)) if bytes.is_empty() => drop(self.segments.pop_front()),
                None => drop(self.segments.pop_front()),
                some => return Poll::Ready(some),
            }
        }
        Poll::Ready(None)
    }
}

impl Body for FormBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let frame = ready!(self.poll_bytes(context));
        if let Some(Ok(bytes)) = &frame {
            let length = bytes.len() as u64;
            self.progress.bytes.fetch_add(length, Ordering::Relaxed);
            self.left = self.left.map(|left| left.saturating_sub(length));
        }
        if frame.is_none() || self.left == Some(0) {
            self.progress.done.store(true, Ordering::Relaxed);
        }
        Poll::Ready(frame.map(|bytes| bytes.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        self.segments.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        self.left.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

/// The next piece of a file on disk; never more than it had when it was opened.
fn poll_disk(file: &mut tokio::fs::File, left: &mut u64, context: &mut Context<'_>) -> Poll<io::Result<Option<Bytes>>> {
    let want = usize::try_from(*left).unwrap_or(READ_SIZE).min(READ_SIZE);
    if want == 0 {
        return Poll::Ready(Ok(None));
    }
    let mut buffer = vec![0; want];
    let mut read = ReadBuf::new(&mut buffer);
    ready!(Pin::new(file).poll_read(context, &mut read))?;
    let filled = read.filled().len();
    if filled == 0 {
        return Poll::Ready(Err(short(*left)));
    }
    buffer.truncate(filled);
    *left -= filled as u64;
    Poll::Ready(Ok(Some(buffer.into())))
}

/// The next piece of a stream, held to its declared length.
fn poll_stream(
    stream: &mut ByteStream,
    left: &mut Option<u64>,
    context: &mut Context<'_>,
) -> Poll<io::Result<Option<Bytes>>> {
    loop {
        let Some(bytes) = ready!(stream.as_mut().poll_next(context)).transpose()? else {
            let missing = left.unwrap_or(0);
            return Poll::Ready(if missing == 0 { Ok(None) } else { Err(short(missing)) });
        };
        if let Some(left) = left {
            *left = left.checked_sub(bytes.len() as u64).ok_or_else(|| {
                io::Error::new(io::ErrorKind::InvalidData, "the stream is longer than the length given for it")
            })?;
        }
        if !bytes.is_empty() {
            return Poll::Ready(Ok(Some(bytes)));
        }
    }
}

fn short(missing: u64) -> io::Error {
    io::Error::new(io::ErrorKind::UnexpectedEof, format!("the file ended {missing} bytes before its length"))
}

/// Random, so that no content can hold it by chance or by design.
fn boundary() -> String {
    let random = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", random(), random())
}

/// A name inside the quotes of a part's header, as browsers write it.
fn escape(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}
