//! Images, documents, videos and audio.

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
/// An upload keeps the name of its file; [`File::with_name`] changes it. A name that would arrive changed, such as an
/// empty one or one with a slash, is refused before anything is sent. You cannot name a file by URL.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Media {
    /// How the recipient sees it.
    pub kind: MediaKind,
    /// The source of its content.
    pub source: MediaSource,
    /// The text below it. ExternalApi: at most 1024 characters, and none for audio
    /// ([E32](externalapi_client::facts#e32), [E35](externalapi_client::facts#e35)).
    pub caption: Option<String>,
}

impl Media {
    /// Creates media of any kind.
    #[must_use]
    pub fn new(kind: MediaKind, source: impl Into<MediaSource>) -> Self {
        Self { kind, source: source.into(), caption: None }
    }

    /// Creates an image. ExternalApi: JPEG or PNG up to 5 MB ([E17](externalapi_client::facts#e17)).
    #[must_use]
    pub fn image(source: impl Into<MediaSource>) -> Self {
        Self::new(MediaKind::Image, source)
    }

    /// Creates a document. ExternalApi: pdf, doc or docx up to 100 MB ([E17](externalapi_client::facts#e17)).
    #[must_use]
    pub fn document(source: impl Into<MediaSource>) -> Self {
        Self::new(MediaKind::Document, source)
    }

    /// Creates a video. ExternalApi: mp4 up to 16 MB ([E17](externalapi_client::facts#e17)).
    #[must_use]
    pub fn video(source: impl Into<MediaSource>) -> Self {
        Self::new(MediaKind::Video, source)
    }

    /// Creates audio. ExternalApi: up to 16 MB ([E17](externalapi_client::facts#e17)).
    ///
    /// ExternalApi refuses audio with a caption before anything is sent, because the server would drop the text
    /// ([E35](externalapi_client::facts#e35)). Send the text as a separate message.
    #[must_use]
    pub fn audio(source: impl Into<MediaSource>) -> Self {
        Self::new(MediaKind::Audio, source)
    }

    /// Sets the text below it.
    #[must_use]
    pub fn with_caption(mut self, caption: impl Into<String>) -> Self {
        self.caption = Some(caption.into());
        self
    }

    /// Returns the capability that a messenger needs to send it.
    #[must_use]
    pub fn capability(&self) -> Capability {
        match self.source {
            MediaSource::Upload(_) => Capability::MediaUpload,
            MediaSource::Url(_) => Capability::MediaUrl,
        }
    }
}

/// The kind of a file, which decides how the recipient sees it. ChatGuru ignores this and decides by the file itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MediaKind {
    /// An image.
    Image,
    /// A document.
    Document,
    /// A video.
    Video,
    /// Audio.
    Audio,
}

/// The source of a file's content.
#[derive(Clone)]
#[non_exhaustive]
pub enum MediaSource {
    /// A path, bytes or a stream of this program. A stream can be sent once. ExternalApi only.
    Upload(File),
    /// A public URL, from which the provider fetches the file. ChatGuru only.
    Url(String),
}

impl MediaSource {
    /// Creates a source from a public URL.
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

/// Does not show a URL, because the signed URLs of storage services are secrets.
impl fmt::Debug for MediaSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Upload(file) => f.debug_tuple("Upload").field(file).finish(),
            Self::Url(_) => f.write_str("Url(***)"),
        }
    }
}
