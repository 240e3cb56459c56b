//! A file to upload: from a path, from memory or from a stream.

use std::fmt;
use std::io;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::path::Path;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use futures_core::Stream;

/// A stream of bytes, as [`File::from_stream`] accepts it.
pub type ByteStream = Pin<Box<dyn Stream<Item = io::Result<Bytes>> + Send>>;

/// A file to upload: from a path, from memory or from a stream.
///
/// It is read while it is sent and never held in memory as a whole, unless it was created from bytes. Providers judge a
/// file by its content and show its name. The media type is guessed from the extension of the name;
/// [`File::with_media_type`] overrides it.
///
/// A name that would arrive changed is refused before anything is sent: an empty name, which servers treat as no file,
/// a name of more than 1024 bytes, and a name with a slash, a backslash or a control character.
///
/// If an operation has rules for a file, they are checked before anything is sent. Its size is the size on disk or in
/// memory, or the length given for a stream. Its type is accepted if either the extension of the name or the first
/// bytes fit. The size of a stream without a length, the type of a file whose name has no extension, and the content of
/// a file whose extension fits are not checked.
#[derive(Clone)]
pub struct File(Box<Inner>);

/// The auto traits of `File` are a part of its interface, and its private fields could remove them.
const _: () = {
    const fn is<T: Send + Sync + Unpin + UnwindSafe + RefUnwindSafe>() {}
    is::<File>();
};

/// Boxed, so that the builder of a call with four files stays small.
#[derive(Clone)]
struct Inner {
    name: String,
    media_type: Option<String>,
    source: Source,
}

#[derive(Clone)]
pub(crate) enum Source {
    Path(Arc<Path>),
    Bytes(Bytes),
    /// Shared by the clones of a file, because a stream can be read only once.
    Stream {
        length: Option<u64>,
        stream: Arc<Mutex<Option<ByteStream>>>,
    },
}

impl File {
    fn new(name: String, source: Source) -> Self {
        Self(Box::new(Inner { name, media_type: None, source }))
    }

    /// Creates a file from a path. Its name is the last part of the path.
    ///
    /// It is opened when the call is sent. If that fails, nothing is sent and the call's error is of kind
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest).
    ///
    /// It must be a regular file with as many bytes as its metadata says. Pipes, devices, and files like those in
    /// `/proc`, whose metadata has another length, are refused: read them yourself, and send bytes or a stream.
    #[must_use]
    pub fn from_path(path: impl AsRef<Path>) -> Self {
        let path = path.as_ref();
        let name = path.file_name().map_or_else(|| "file".into(), |name| name.to_string_lossy().into_owned());
        Self::new(name, Source::Path(path.into()))
    }

    /// Creates a file from bytes in memory. `name` is what the receiver sees.
    #[must_use]
    pub fn from_bytes(name: impl Into<String>, content: impl Into<Bytes>) -> Self {
        Self::new(name.into(), Source::Bytes(content.into()))
    }

    /// Creates a file from a stream.
    ///
    /// It can be sent only once. A second call with it, or with a clone of it, is refused before anything is sent.
    ///
    /// `length` is its size in bytes. With a length, the request has a `Content-Length`, and the upload breaks off if
    /// the stream yields more or fewer bytes. Without a length, the body is sent chunked, which some servers refuse.
    #[must_use]
    pub fn from_stream(
        name: impl Into<String>,
        length: impl Into<Option<u64>>,
        stream: impl Stream<Item = io::Result<Bytes>> + Send + 'static,
    ) -> Self {
        let stream: ByteStream = Box::pin(stream);
        let stream = Arc::new(Mutex::new(Some(stream)));
        Self::new(name.into(), Source::Stream { length: length.into(), stream })
    }

    /// Sets the name.
    #[must_use]
    pub fn with_name(mut self, name: impl Into<String>) -> Self {
        self.0.name = name.into();
        self
    }

    /// Sets the media type, such as `image/png`.
    #[must_use]
    pub fn with_media_type(mut self, media_type: impl Into<String>) -> Self {
        self.0.media_type = Some(media_type.into());
        self
    }

    /// Returns the name that the receiver sees.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// Returns the media type: the given one, or one that is guessed from the extension of the name.
    #[must_use]
    pub fn media_type(&self) -> &str {
        self.0.media_type.as_deref().unwrap_or_else(|| guess(&self.0.name))
    }

    /// Returns whether it can be sent only once.
    pub(crate) fn is_stream(&self) -> bool {
        matches!(self.0.source, Source::Stream { .. })
    }

    /// Returns whether it can still be sent, which a stream cannot after it was sent.
    pub(crate) fn has_content(&self) -> bool {
        match &self.0.source {
            Source::Stream { stream, .. } => !Source::is_taken(stream),
            Source::Path(_) | Source::Bytes(_) => true,
        }
    }

    pub(crate) fn source(&self) -> &Source {
        &self.0.source
    }
}

impl Source {
    /// Returns whether the stream was taken.
    pub(crate) fn is_taken(stream: &Mutex<Option<ByteStream>>) -> bool {
        stream.lock().unwrap_or_else(PoisonError::into_inner).is_none()
    }

    /// Takes the stream. Returns `None` if it was taken before.
    pub(crate) fn take_stream(stream: &Mutex<Option<ByteStream>>) -> Option<ByteStream> {
        stream.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut f = f.debug_struct("File");
        f.field("name", &self.name()).field("media_type", &self.media_type());
        match self.source() {
            Source::Path(path) => f.field("path", path),
            Source::Bytes(bytes) => f.field("length", &bytes.len()),
            Source::Stream { length, .. } => f.field("stream", length),
        };
        f.finish()
    }
}

#[cfg(feature = "schemars")]
impl schemars::JsonSchema for File {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "File".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "format": "binary" })
    }
}

/// Guesses the media type from the extension. Knows the types that the providers name (fact [E17]) and similar ones.
///
/// [E17]: https://docs.rs/externalapi-client/latest/externalapi_client/facts/#e17
fn guess(name: &str) -> &'static str {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    match extension.as_deref() {
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("png") => "image/png",
        Some("pdf") => "application/pdf",
        Some("doc") => "application/msword",
        Some("docx") => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        Some("mp4") => "video/mp4",
        Some("aac") => "audio/aac",
        Some("amr") => "audio/amr",
        Some("m4a") => "audio/mp4",
        Some("mp3") => "audio/mpeg",
        Some("ogg" | "oga" | "opus") => "audio/ogg",
        Some("txt") => "text/plain",
        _ => "application/octet-stream",
    }
}
