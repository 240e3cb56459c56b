//! Reads files from paths on this machine.

use std::io;
use std::path::Path;
use std::pin::pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{BufMut as _, Bytes, BytesMut};
use tokio::fs::File;
use tokio::io::{AsyncReadExt as _, AsyncSeekExt as _};
use tokio::time::timeout;

/// The maximum size of a piece, so that progress is visible.
pub(crate) const READ_SIZE: usize = 256 * 1024;

/// Returns the length of the file at `path` in bytes.
pub(crate) async fn length(path: &Path) -> io::Result<u64> {
    Ok(open_checked(path).await?.1)
}

/// Opens the file at `path`, and returns its length too.
pub(crate) async fn open(path: &Path) -> io::Result<(PathReader, u64)> {
    let (mut file, length) = open_checked(path).await?;
    file.set_max_buf_size(READ_SIZE);
    Ok((PathReader { file, buffer: BytesMut::new() }, length))
}

/// Files up to this length are read to verify their length, because the length of files like those in `/proc` is wrong.
/// Such files are short.
const READ_TO_SEE: u64 = 64 * 1024;

/// The maximum time for that. Reading some files in `/proc` waits for an event.
const READ_TIME: Duration = Duration::from_secs(5);

/// Opens a file and returns its length, if it is a regular file and its length is right.
async fn open_checked(path: &Path) -> io::Result<(File, u64)> {
    // Checked before the file is opened, because opening a pipe waits for a writer, and a device has no length.
    let metadata = tokio::fs::metadata(path).await?;
    if metadata.is_dir() {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a directory"));
    }
    if !metadata.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a regular file; send it as a stream"));
    }
    let length = metadata.len();
    let mut file = File::open(path).await?;
    if length <= READ_TO_SEE {
        let read = timeout(READ_TIME, read_length(&mut file, length + 1)).await;
        let read =
            read.unwrap_or_else(|_| Err(io::Error::new(io::ErrorKind::TimedOut, "reading it takes too long")))?;
        if read != length {
            let more = if read > length { "more" } else { "fewer" };
            let text =
                format!("it has {more} bytes than its metadata says, {length}; read it yourself and send the bytes");
            return Err(io::Error::new(io::ErrorKind::InvalidInput, text));
        }
        file.rewind().await?;
    }
    Ok((file, length))
}

/// Counts the bytes of a file, up to `most`.
async fn read_length(file: &mut File, most: u64) -> io::Result<u64> {
    tokio::io::copy(&mut file.take(most), &mut tokio::io::sink()).await
}

/// An open file.
pub(crate) struct PathReader {
    file: File,
    /// Reused for the next piece after the network has sent the last one.
    buffer: BytesMut,
}

impl PathReader {
    /// Reads the next piece of at most `most` bytes and at most [`READ_SIZE`]. It is empty at the end.
    pub(crate) fn poll_piece(&mut self, most: u64, context: &mut Context<'_>) -> Poll<io::Result<Bytes>> {
        let most = usize::try_from(most).unwrap_or(READ_SIZE).min(READ_SIZE);
        self.buffer.reserve(most);
        let mut room = (&mut self.buffer).limit(most);
        // The future has no state, so it can be created for each poll.
        ready!(pin!(self.file.read_buf(&mut room)).poll(context))?;
        Poll::Ready(Ok(self.buffer.split().freeze()))
    }
}

#[cfg(test)]
mod tests {
    use std::error::Error;
    use std::future::poll_fn;
    use std::pin::Pin;

    use http_body::Body as _;

    use super::*;
    use crate::body::form::Form;

    /// Returns what is sent of a file whose content changes between opening and reading. If sending succeeds, the length is
    /// the announced one.
    async fn sent(path: &Path, opened: &str, read: &str) -> Result<String, String> {
        std::fs::write(path, opened).unwrap();
        let form = Form::new().file("document", [crate::body::file::File::from_path(path)]);
        let sources = form.open().await.unwrap();
        std::fs::write(path, read).unwrap();
        let mut body = form.encode(sources).unwrap().body;
        let announced = body.size_hint().exact().expect("a length");
        let mut sent = Vec::new();
        while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
            let frame = frame.map_err(|error| error.source().expect("a cause").to_string())?;
            sent.extend_from_slice(&frame.into_data().unwrap());
        }
        assert_eq!(sent.len() as u64, announced);
        let sent = String::from_utf8(sent).unwrap();
        let (_, content) = sent.split_once("\r\n\r\n").unwrap();
        Ok(content.split_once("\r\n--").unwrap().0.to_owned())
    }

    #[tokio::test]
    async fn a_file_has_the_length_it_was_opened_with() {
        let path = std::env::temp_dir().join(format!("disk-{}.txt", std::process::id()));
        let mut found = Vec::new();
        for (opened, read) in [("", ""), ("abc", "abc"), ("", "abc"), ("abc", "abcdef"), ("abc", "a"), ("abc", "")] {
            found.push(sent(&path, opened, read).await);
        }
        std::fs::remove_file(&path).unwrap();
        let short = |missing| Err(format!("the file is {missing} bytes shorter than when it was opened"));
        let [nothing, all] = ["", "abc"].map(|content| Ok(content.to_owned()));
        assert_eq!(found, [nothing.clone(), all.clone(), nothing, all, short(2), short(3)]);
    }

    /// On Linux, the length of all files in `/proc` is 0, and that of files in `/sys` is a page.
    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn a_file_that_says_less_or_more_than_it_has_is_refused() {
        for (path, wrong) in [
            ("/proc/self/status", "has more bytes than its metadata says, 0"),
            ("/proc/version", "has more bytes than its metadata says, 0"),
            ("/sys/kernel/mm/transparent_hugepage/enabled", "has fewer bytes than its metadata says, 4096"),
            ("/dev/null", "is not a regular file"),
            ("/dev/zero", "is not a regular file"),
            ("/proc", "is a directory"),
        ] {
            if !Path::new(path).exists() {
                continue;
            }
            let results = [length(Path::new(path)).await.map(drop), open(Path::new(path)).await.map(drop)];
            for result in results {
                let error = result.expect_err(path).to_string();
                assert!(error.contains(wrong), "{path}: {error}");
            }
        }
    }
}
