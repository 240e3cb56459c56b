//! The body of a form: read from its sources while the network takes it.

use std::collections::VecDeque;
use std::error::Error;
use std::fmt;
use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use reqwest::header::HeaderValue;
use tokio::time::Instant;

use crate::disk::{READ_SIZE, Reader};
use crate::file::{ByteStream, Source};
use crate::form::FormError;

/// A form ready to be sent.
pub(crate) struct EncodedForm {
    pub(crate) content_type: HeaderValue,
    pub(crate) body: reqwest::Body,
    pub(crate) progress: Arc<Progress>,
}

/// How far the network has got with a request.
#[derive(Debug)]
pub(crate) struct Progress {
    /// Whether files are in it, so that it takes its time.
    pub(crate) files: bool,
    bytes: AtomicU64,
    done: AtomicBool,
    last: Mutex<Option<Instant>>,
}

impl Progress {
    fn new(files: bool) -> Self {
        Self { files, bytes: AtomicU64::new(0), done: AtomicBool::new(false), last: Mutex::new(None) }
    }

    /// How many bytes of the body the network has taken.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    /// Whether it has taken all of them.
    pub(crate) fn is_done(&self) -> bool {
        self.done.load(Ordering::Relaxed)
    }

    /// When it took something last; `None` until a connection takes the request.
    pub(crate) fn last(&self) -> Option<Instant> {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn moved(&self) {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }
}

/// A body of these bytes alone.
pub(crate) fn body_of(bytes: Bytes) -> (reqwest::Body, Arc<Progress>) {
    let length = bytes.len() as u64;
    let segments = (length > 0).then_some(Segment::Bytes(bytes)).into_iter().collect();
    watched(segments, Some(length), false)
}

fn watched(segments: VecDeque<Segment>, left: Option<u64>, files: bool) -> (reqwest::Body, Arc<Progress>) {
    let progress = Arc::new(Progress::new(files));
    let body = FormBody { segments, left, progress: Arc::clone(&progress) };
    (reqwest::Body::wrap(body), progress)
}

/// The longest form that is sent, in bytes. Far more than anybody has, and far below where sums of lengths overflow,
/// here and in what reads them.
const LONGEST: u64 = 1 << 60;

/// A sum of lengths, with `more` of the file called `name`.
pub(crate) fn sum(length: u64, name: &'static str, more: u64) -> Result<u64, FormError> {
    length.checked_add(more).filter(|sum| *sum <= LONGEST).ok_or(FormError::TooLong { name })
}

#[derive(Default)]
pub(crate) struct Segments {
    done: VecDeque<Segment>,
    /// The text that comes after them.
    pub(crate) text: String,
    /// Length of `done`; `None` once a stream of unknown length is among them.
    unknown_length: bool,
    length: u64,
    files: bool,
}

pub(crate) enum Segment {
    Bytes(Bytes),
    Stored { reader: Box<dyn Reader>, left: u64 },
    // The mutex is never locked: it makes a stream that is only `Send` fit for a body.
    Stream { stream: Mutex<ByteStream>, piece: Bytes, left: Option<u64> },
}

impl Segments {
    /// With room for so much text.
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

    pub(crate) fn finish(mut self, boundary: &str) -> EncodedForm {
        let content_type = HeaderValue::try_from(content_type(boundary)).expect("a boundary is of letters and digits");
        self.flush_text();
        let (body, progress) = watched(self.done, (!self.unknown_length).then_some(self.length), self.files);
        EncodedForm { content_type, body, progress }
    }
}

/// What announces a form with this boundary.
pub(crate) fn content_type(boundary: &str) -> String {
    ["multipart/form-data; boundary=", boundary].concat()
}

/// A source that is there to be sent.
pub(crate) enum Opened<'f> {
    Known(Segment, u64),
    /// Not taken yet.
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
        // Before any stream is taken: what is refused can be sent later.
        sum(0, name, opened.length().unwrap_or(0))?;
        Ok(opened)
    }

    async fn open_any(name: &'static str, source: &'f Source) -> Result<Self, FormError> {
        match source {
            Source::Bytes(bytes) => Ok(Self::Known(Segment::Bytes(bytes.clone()), bytes.len() as u64)),
            Source::Disk(file) => match file.open().await {
                Ok((reader, left)) => Ok(Self::Known(Segment::Stored { reader, left }, left)),
                Err(cause) => Err(FormError::Open { name, path: file.path().to_owned(), cause }),
            },
            Source::Stream { stream, .. } if Source::is_taken(stream) => Err(FormError::Consumed { name }),
            Source::Stream { length, stream } => Ok(Self::Stream(*length, stream)),
        }
    }
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
                Segment::Bytes(bytes) => Some(Ok(first(bytes))),
                Segment::Stored { reader, left } => ready!(poll_stored(&mut **reader, left, context)).transpose(),
                Segment::Stream { stream, piece, left } => {
                    let stream = stream.get_mut().unwrap_or_else(PoisonError::into_inner);
                    ready!(poll_stream(stream, piece, left, context)).transpose()
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
            self.progress.moved();
            self.left = self.left.map(|left| left.saturating_sub(length));
        }
        if frame.is_none() || self.left == Some(0) {
            self.progress.done.store(true, Ordering::Relaxed);
        }
        Poll::Ready(frame.map(|bytes| bytes.map(Frame::data)))
    }

    /// The HTTP library asks when a connection takes the request, to write its head, and not before.
    fn is_end_stream(&self) -> bool {
        if self.progress.bytes() == 0 {
            self.progress.moved();
        }
        self.segments.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        self.left.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

/// The next piece of a stored file; never more than it had when it was opened.
fn poll_stored(reader: &mut dyn Reader, left: &mut u64, context: &mut Context<'_>) -> Poll<io::Result<Option<Bytes>>> {
    if *left == 0 {
        return Poll::Ready(Ok(None));
    }
    let piece = ready!(reader.poll_piece(*left, context))?;
    if piece.is_empty() {
        return Poll::Ready(Err(short(*left)));
    }
    *left -= piece.len() as u64;
    Poll::Ready(Ok(Some(piece)))
}

/// Takes as much of `bytes` as is handed on at a time.
fn first(bytes: &mut Bytes) -> Bytes {
    bytes.split_to(bytes.len().min(READ_SIZE))
}

/// The next of a stream, held to its declared length; `piece` is what is left of its last piece.
fn poll_stream(
    stream: &mut ByteStream,
    piece: &mut Bytes,
    left: &mut Option<u64>,
    context: &mut Context<'_>,
) -> Poll<io::Result<Option<Bytes>>> {
    while piece.is_empty() {
        let Some(next) = ready!(stream.as_mut().poll_next(context)).transpose().map_err(without_url)? else {
            let missing = left.unwrap_or(0);
            return Poll::Ready(if missing == 0 { Ok(None) } else { Err(short(missing)) });
        };
        if let Some(left) = left {
            *left = left.checked_sub(next.len() as u64).ok_or_else(|| {
                let what = "the stream is longer than the length given for it".to_owned();
                io::Error::new(io::ErrorKind::InvalidData, WrongLength(what))
            })?;
        }
        *piece = next;
    }
    Poll::Ready(Ok(Some(first(piece))))
}

/// Where a stream comes from may be a secret: a signed URL, which reqwest's errors show.
fn without_url(error: io::Error) -> io::Error {
    let kind = error.kind();
    match error.downcast::<reqwest::Error>() {
        Ok(cause) => io::Error::new(kind, cause.without_url()),
        Err(error) => error,
    }
}

fn short(missing: u64) -> io::Error {
    let what = format!("the file ended {missing} bytes before its length");
    io::Error::new(io::ErrorKind::UnexpectedEof, WrongLength(what))
}

/// A file that has not the length that the request announces.
#[derive(Debug)]
struct WrongLength(String);

impl fmt::Display for WrongLength {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for WrongLength {}

/// Whether this is about a file of another length than announced: sent again, it is no better.
pub(crate) fn is_wrong_length(error: &(dyn Error + 'static)) -> bool {
    let inner = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
    matches!(inner, Some(inner) if inner.is::<WrongLength>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::file::File;
    use crate::form::Form;

    /// Yields one piece.
    struct Once(Option<Bytes>);

    impl futures_core::Stream for Once {
        type Item = io::Result<Bytes>;

        fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
            Poll::Ready(self.0.take().map(Ok))
        }
    }

    async fn encoded(form: Form) -> EncodedForm {
        form.encode(form.open().await.unwrap()).unwrap()
    }

    #[tokio::test]
    async fn a_large_piece_is_handed_on_in_small_ones() {
        let content = Bytes::from(vec![7; 3 * READ_SIZE + 1]);
        let length = Some(content.len() as u64);
        for file in
            [File::from_bytes("a", content.clone()), File::from_stream("a", length, Once(Some(content.clone())))]
        {
            let EncodedForm { mut body, progress, .. } = encoded(Form::new().file("file", [file])).await;
            let mut lengths = Vec::new();
            while let Some(frame) = std::future::poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
                lengths.push(frame.unwrap().into_data().unwrap().len());
                let handed_on: usize = lengths.iter().sum();
                assert_eq!(progress.bytes(), handed_on as u64);
            }
            assert_eq!(lengths[1..lengths.len() - 1], [READ_SIZE, READ_SIZE, READ_SIZE, 1]);
        }
    }
}
