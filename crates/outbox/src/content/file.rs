//! Files to upload: read as a whole, and compared with the recorded digest.

use std::fmt;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::recipients::Digest;
use crate::words::UnknownWord;

/// The longest file that is read: more than any provider accepts.
const LONGEST: u64 = 128 * 1024 * 1024;

/// The size and the digest of a file when its message was planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FileDigest {
    /// The size in bytes.
    pub size: u64,
    /// The SHA-256 digest of the bytes.
    pub sha256: Digest,
}

impl FileDigest {
    fn of(bytes: &[u8]) -> Self {
        Self { size: bytes.len() as u64, sha256: Digest::of(bytes) }
    }
}

/// Writes the digest and the size with a colon between them, as `FromStr` reads them.
impl fmt::Display for FileDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.sha256, self.size)
    }
}

impl FromStr for FileDigest {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        let parts = text.split_once(':').and_then(|(sha256, size)| Some((sha256.parse().ok()?, size.parse().ok()?)));
        let (sha256, size) = parts.ok_or_else(|| UnknownWord::new("a digest and a size", text))?;
        Ok(Self { size, sha256 })
    }
}

/// The error for a file that cannot be uploaded.
#[derive(Debug)]
#[non_exhaustive]
pub enum FileError {
    /// There is no file at this path.
    NotFound(PathBuf),
    /// The path leads to a directory, a pipe or a device.
    NotAFile(PathBuf),
    /// The file has more than 128 MiB.
    TooLarge(PathBuf),
    /// The file has changed since the message was planned.
    Changed(PathBuf),
    /// The path with the recipient's values contains `..`.
    Parent(PathBuf),
    /// The file cannot be read.
    Io {
        /// The path.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound(path) => write!(f, "there is no file {}", path.display()),
            Self::NotAFile(path) => write!(f, "{} is not a regular file", path.display()),
            Self::TooLarge(path) => write!(f, "the file {} is larger than 128 MiB", path.display()),
            Self::Changed(path) => write!(
                f,
                "the file {} has changed since the message was planned: restore it, or plan another campaign",
                path.display()
            ),
            Self::Parent(path) => write!(
                f,
                "the path {} contains `..`, which a path with placeholders must not: give the folder's absolute path",
                path.display()
            ),
            Self::Io { path, source } => write!(f, "the file {} cannot be read: {source}", path.display()),
        }
    }
}

// The text includes that of the cause.
impl std::error::Error for FileError {}

/// Reads a file, and checks that it is the planned one.
pub(super) async fn read(path: PathBuf, planned: Option<FileDigest>) -> Result<(Vec<u8>, FileDigest), FileError> {
    let shown = path.clone();
    let read = tokio::task::spawn_blocking(move || read_now(&path, planned)).await;
    // A runtime that shuts down runs no more tasks.
    read.unwrap_or_else(|error| Err(FileError::Io { path: shown, source: io::Error::other(error) }))
}

/// Reads a file on this thread.
pub(super) fn read_now(path: &Path, planned: Option<FileDigest>) -> Result<(Vec<u8>, FileDigest), FileError> {
    let failed = |source: io::Error| match source.kind() {
        io::ErrorKind::NotFound => FileError::NotFound(path.to_owned()),
        _ => FileError::Io { path: path.to_owned(), source },
    };
    // Before it is opened, because opening a pipe waits for a writer.
    if !std::fs::metadata(path).map_err(failed)?.is_file() {
        return Err(FileError::NotAFile(path.to_owned()));
    }
    let mut bytes = Vec::new();
    File::open(path).and_then(|file| file.take(LONGEST + 1).read_to_end(&mut bytes)).map_err(failed)?;
    if bytes.len() as u64 > LONGEST {
        return Err(FileError::TooLarge(path.to_owned()));
    }
    let digest = FileDigest::of(&bytes);
    if planned.is_some_and(|planned| planned != digest) {
        return Err(FileError::Changed(path.to_owned()));
    }
    Ok((bytes, digest))
}
