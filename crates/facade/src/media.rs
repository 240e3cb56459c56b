//! Pictures, documents, videos and recordings.

use std::fmt;

use zap_client_runtime::File;

use crate::Capability;

/// A file to send, as an upload or by a public URL, with an optional caption.
///
/// ```
/// use zap_facade::{File, Media, MediaSource};
///
/// let photo = Media::image(File::from_path("photo.jpg")).with_caption("Chegou!");
/// let invoice = Media::document(File::from_bytes("nota.pdf", b"%PDF-1.7".as_slice()));
/// let linked = Media::document(MediaSource::url("https://example.com/nota.pdf"));
/// ```
///
/// An upload keeps its file name ([`File::with_name`] changes it); by URL there is no name to give. A name that would
/// arrive as another one, such as an empty one or one with a slash, is refused before anything is sent.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Media {
    /// What it is shown as.
    pub kind: MediaKind,
    /// Where its content comes from.
    pub source: MediaSource,
    /// The text below it. ExternalApi: at most 1024 characters, and none below a recording (facts E32, E35).
    pub caption: Option<String>,
}

impl Media {
    /// Of any kind.
    #[must_use]
    pub fn new(kind: MediaKind, source: impl Into<MediaSource>) -> Self {
        Self { kind, source: source.into(), caption: None }
    }

    /// A picture. ExternalApi: JPEG or PNG up to 5 MB (fact E17).
    #[must_use]
    pub fn image(source: impl Into<MediaSource>) -> Self {
        Self::new(MediaKind::Image, source)
    }

    /// A document. ExternalApi: pdf, doc or docx up to 100 MB (fact E17).
    #[must_use]
    pub fn document(source: impl Into<MediaSource>) -> Self {
        Self::new(MediaKind::Document, source)
    }

    /// A video. ExternalApi: mp4 up to 16 MB (fact E17).
    #[must_use]
    pub fn video(source: impl Into<MediaSource>) -> Self {
        Self::new(MediaKind::Video, source)
    }

    /// A recording. ExternalApi: up to 16 MB (fact E17), and without a caption: one with a caption is refused, since the
    /// server would drop the text (fact E35). Send the text as a message of its own.
    #[must_use]
    pub fn audio(source: impl Into<MediaSource>) -> Self {
        Self::new(MediaKind::Audio, source)
    }

    /// The same with a text below it.
    #[must_use]
    pub fn with_caption(mut self, caption: impl Into<String>) -> Self {
        self.caption = Some(caption.into());
        self
    }

    /// What a messenger must be able to do to send it.
    #[must_use]
    pub fn capability(&self) -> Capability {
        match self.source {
            MediaSource::Upload(_) => Capability::MediaUpload,
            MediaSource::Url(_) => Capability::MediaUrl,
        }
    }
}

/// What a file is shown as. ChatGuru decides by the file itself, and ignores this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MediaKind {
    /// A picture.
    Image,
    /// A document.
    Document,
    /// A video.
    Video,
    /// A recording.
    Audio,
}

/// Where the content of a file comes from.
#[derive(Clone)]
#[non_exhaustive]
pub enum MediaSource {
    /// This machine: a path, bytes or a stream. A stream can be sent once. ExternalApi only.
    Upload(File),
    /// A URL that is open to anybody, from which the provider fetches it. ChatGuru only.
    Url(String),
}

impl MediaSource {
    /// A URL that is open to anybody.
    #[must_use]
    pub fn url(url: impl Into<String>) -> Self {
        Self::Url(url.into())
    }
}

impl From<File> for MediaSource {
    fn from(file: File) -> Self {
        Self::Upload(file)
    }
}

/// A URL is not shown: those of storage services are signed, and so are secrets.
impl fmt::Debug for MediaSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Upload(file) => f.debug_tuple("Upload").field(file).finish(),
            Self::Url(_) => f.write_str("Url(***)"),
        }
    }
}
