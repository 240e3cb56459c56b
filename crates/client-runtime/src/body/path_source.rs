//! Files on disk.
//!
//! Reached through [`Stored`] alone, and only [`File::from_path`](crate::body::file::File::from_path) names what
//! does it: in a program that sends no such file, what reads one is compiled but not linked.

use std::fmt::Debug;
use std::io;
use std::panic::RefUnwindSafe;
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{BufMut as _, Bytes, BytesMut};
use tokio::fs::File;
use tokio::io::{AsyncReadExt as _, AsyncSeekExt as _};
use tokio::time::timeout;

use crate::util::future::Later;

/// How much of a file is handed on at a time, so that its progress shows.
pub(crate) const READ_SIZE: usize = 256 * 1024;

/// A file that is stored somewhere under a path. On its bounds depends where a [`File`](crate::File) may go.
pub(crate) trait Stored: Debug + Send + Sync + RefUnwindSafe {
    fn path(&self) -> &Path;

    /// Its length in bytes.
    fn length(&self) -> Later<'_, io::Result<u64>>;

    /// Opens it and tells its length.
    fn open(&self) -> Later<'_, io::Result<(Box<dyn Reader>, u64)>>;
}

/// A file that is open.
pub(crate) trait Reader: Send + Sync {
    /// The next piece, of `most` bytes at most and not beyond [`READ_SIZE`]; empty at its end.
    fn poll_piece(&mut self, most: u64, context: &mut Context<'_>) -> Poll<io::Result<Bytes>>;
}

/// A file at a path of this machine.
#[derive(Debug)]
pub(crate) struct OnDisk(pub(crate) PathBuf);

impl Stored for OnDisk {
    fn path(&self) -> &Path {
        &self.0
    }

    fn length(&self) -> Later<'_, io::Result<u64>> {
        Box::pin(async { Ok(open(&self.0).await?.1) })
    }

    fn open(&self) -> Later<'_, io::Result<(Box<dyn Reader>, u64)>> {
        Box::pin(async {
            let (mut file, length) = open(&self.0).await?;
            file.set_max_buf_size(READ_SIZE);
            let reader: Box<dyn Reader> = Box::new(Open { file, buffer: BytesMut::new() });
            Ok((reader, length))
        })
    }
}

/// A file up to this length is read to see whether it has it: the files of the system's own, which have another content
/// than their length says, are short.
const READ_TO_SEE: u64 = 64 * 1024;

/// How long a file may take to be read for that. Some of the system's own wait for something to happen.
const READ_TIME: Duration = Duration::from_secs(5);

/// The file and its length, if it is a regular file and as long as it says.
async fn open(path: &Path) -> io::Result<(File, u64)> {
    // Checked before it is opened: opening a pipe waits for a writer, and a device has no length.
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
            let text = format!("it has {more} bytes than its length, {length}; read it yourself and send the bytes");
            return Err(io::Error::new(io::ErrorKind::InvalidInput, text));
        }
        file.rewind().await?;
    }
    Ok((file, length))
}

/// How many bytes there are, counted no further than to `most`.
async fn read_length(file: &mut File, most: u64) -> io::Result<u64> {
    tokio::io::copy(&mut file.take(most), &mut tokio::io::sink()).await
}

struct Open {
    file: File,
    /// Used again for the next piece once the network has done with the last one.
    buffer: BytesMut,
}

impl Reader for Open {
    fn poll_piece(&mut self, most: u64, context: &mut Context<'_>) -> Poll<io::Result<Bytes>> {
        let most = usize::try_from(most).unwrap_or(READ_SIZE).min(READ_SIZE);
        self.buffer.reserve(most);
        let mut room = (&mut self.buffer).limit(most);
        // It keeps nothing between two polls.
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

    /// What is sent of a file that had one content when it was opened, and has another when it is
    /// read. If it ends well, it is as long as was announced.
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
        let short = |missing| Err(format!("the file ended {missing} bytes before its length"));
        let [nothing, all] = ["", "abc"].map(|content| Ok(content.to_owned()));
        assert_eq!(found, [nothing.clone(), all.clone(), nothing, all, short(2), short(3)]);
    }

    /// Linux's `/proc` says 0 of every file, `/sys` a page.
    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn a_file_that_says_less_or_more_than_it_has_is_refused() {
        for (path, wrong) in [
            ("/proc/self/status", "has more bytes than its length, 0"),
            ("/proc/version", "has more bytes than its length, 0"),
            ("/sys/kernel/mm/transparent_hugepage/enabled", "has fewer bytes than its length, 4096"),
            ("/dev/null", "is not a regular file"),
            ("/dev/zero", "is not a regular file"),
            ("/proc", "is a directory"),
        ] {
            if !Path::new(path).exists() {
                continue;
            }
            let stored = OnDisk(path.into());
            let told = [stored.length().await.map(drop), stored.open().await.map(drop)];
            for result in told {
                let error = result.expect_err(path).to_string();
                assert!(error.contains(wrong), "{path}: {error}");
            }
        }
    }
}
