//! Files on disk.
//!
//! Reached through [`Stored`] alone, which only [`File::from_path`](crate::File::from_path) names: what
//! sends no such file is not built with what reads one.

use std::fmt::Debug;
use std::io;
use std::path::{Path, PathBuf};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, ready};

use bytes::{BufMut as _, Bytes, BytesMut};
use tokio::io::AsyncReadExt as _;

/// How much of a file is handed on at a time, so that its progress shows.
pub(crate) const READ_SIZE: usize = 256 * 1024;

/// Something that takes its time.
type Later<'s, T> = Pin<Box<dyn Future<Output = io::Result<T>> + Send + 's>>;

/// A file that is stored somewhere under a path.
pub(crate) trait Stored: Debug + Send + Sync {
    fn path(&self) -> &Path;

    /// Its length in bytes.
    fn length(&self) -> Later<'_, u64>;

    /// Opens it and tells its length.
    fn open(&self) -> Later<'_, (Box<dyn Reader>, u64)>;
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

    fn length(&self) -> Later<'_, u64> {
        Box::pin(async { Ok(tokio::fs::metadata(&self.0).await?.len()) })
    }

    fn open(&self) -> Later<'_, (Box<dyn Reader>, u64)> {
        Box::pin(async {
            // Before it is opened: to open a pipe waits for whoever writes it, and a device has no length.
            let metadata = tokio::fs::metadata(&self.0).await?;
            if metadata.is_dir() {
                return Err(io::Error::new(io::ErrorKind::IsADirectory, "is a directory"));
            }
            if !metadata.is_file() {
                return Err(io::Error::new(io::ErrorKind::InvalidInput, "is not a regular file; send it as a stream"));
            }
            let mut file = tokio::fs::File::open(&self.0).await?;
            file.set_max_buf_size(READ_SIZE);
            let reader: Box<dyn Reader> = Box::new(Open { file, buffer: BytesMut::new() });
            Ok((reader, metadata.len()))
        })
    }
}

struct Open {
    file: tokio::fs::File,
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
