//! The body of a request, read from its sources while it is sent.

use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

use crate::body::file::ByteStream;
use crate::body::path_source::{PathReader, READ_SIZE};
use crate::body::upload_progress::UploadProgress;
use crate::error::form_error::WrongLength;

/// Creates a body of bytes.
pub(crate) fn body_of(bytes: Bytes) -> (reqwest::Body, Arc<UploadProgress>) {
    let length = bytes.len() as u64;
    let segments = (length > 0).then_some(Segment::Bytes(bytes)).into_iter().collect();
    watched(segments, Some(length), false)
}

/// Creates a body of segments, `left` bytes long in total, and the progress of its upload.
pub(crate) fn watched(
    segments: VecDeque<Segment>,
    left: Option<u64>,
    files: bool,
) -> (reqwest::Body, Arc<UploadProgress>) {
    let progress = Arc::new(UploadProgress::new(files));
    let body = FormBody { segments, left, progress: Arc::clone(&progress) };
    (reqwest::Body::wrap(body), progress)
}

pub(crate) enum Segment {
    Bytes(Bytes),
    // Boxed, so that a segment of text stays small.
    File { reader: Box<PathReader>, left: u64 },
    // The mutex is never locked. It makes the body `Sync`, which the stream may not be.
    Stream { stream: Mutex<ByteStream>, piece: Bytes, left: Option<u64> },
}

struct FormBody {
    segments: VecDeque<Segment>,
    left: Option<u64>,
    progress: Arc<UploadProgress>,
}

impl FormBody {
    fn poll_bytes(&mut self, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        while let Some(segment) = self.segments.front_mut() {
            let bytes = match segment {
                Segment::Bytes(bytes) => Some(Ok(first(bytes))),
                Segment::File { reader, left } => ready!(poll_file(reader, left, context)).transpose(),
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
            self.progress.take(length);
            self.left = self.left.map(|left| left.saturating_sub(length));
        }
        if frame.is_none() || self.left == Some(0) {
            self.progress.finish();
        }
        Poll::Ready(frame.map(|bytes| bytes.map(Frame::data)))
    }

    /// The HTTP library first calls this when a connection accepts the request, so it marks the beginning of the upload.
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

/// Reads the next piece of a file, never more than the length that it had when it was opened.
fn poll_file(reader: &mut PathReader, left: &mut u64, context: &mut Context<'_>) -> Poll<io::Result<Option<Bytes>>> {
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

/// Takes at most [`READ_SIZE`] bytes, so that progress is visible.
fn first(bytes: &mut Bytes) -> Bytes {
    bytes.split_to(bytes.len().min(READ_SIZE))
}

/// Reads the next piece of a stream, and checks its declared length. `piece` is the rest of its last piece.
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
                let text = "the stream is longer than the length given for it".to_owned();
                io::Error::new(io::ErrorKind::InvalidData, WrongLength(text))
            })?;
        }
        *piece = next;
    }
    Poll::Ready(Ok(Some(first(piece))))
}

/// Removes the URL from an error of reqwest, because the caller's stream may come from a signed URL.
fn without_url(error: io::Error) -> io::Error {
    let kind = error.kind();
    match error.downcast::<reqwest::Error>() {
        Ok(cause) => io::Error::new(kind, cause.without_url()),
        Err(error) => error,
    }
}

fn short(missing: u64) -> io::Error {
    let what = format!("the file is {missing} bytes shorter than when it was opened");
    io::Error::new(io::ErrorKind::UnexpectedEof, WrongLength(what))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::body::file::File;
    use crate::body::form::Form;
    use crate::body::segments::EncodedForm;

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
    async fn a_large_piece_is_sent_in_small_ones() {
        let content = Bytes::from(vec![7; 3 * READ_SIZE + 1]);
        let length = Some(content.len() as u64);
        for file in
            [File::from_bytes("a", content.clone()), File::from_stream("a", length, Once(Some(content.clone())))]
        {
            let EncodedForm { mut body, progress, .. } = encoded(Form::new().file("file", [file])).await;
            let mut lengths = Vec::new();
            while let Some(frame) = std::future::poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
                lengths.push(frame.unwrap().into_data().unwrap().len());
                let taken: usize = lengths.iter().sum();
                assert_eq!(progress.bytes(), taken as u64);
            }
            assert_eq!(lengths[1..lengths.len() - 1], [READ_SIZE, READ_SIZE, READ_SIZE, 1]);
        }
    }
}
