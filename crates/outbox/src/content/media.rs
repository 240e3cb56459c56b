//! Images, documents, videos and audio, with placeholders.

use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};
use zap_facade::{File, Media, MediaKind, MediaSource};

use super::error::{ContentError, InvalidContent};
use super::file::{self, FileDigest, FileError};
use super::params::{FILE, Params};
use crate::recipients::{InvalidTemplate, Template};

/// An image, a document, a video or audio, with an optional caption.
///
/// ```
/// use zap_outbox::zap_facade::MediaKind;
/// use zap_outbox::{Content, MediaContent, Source, Upload};
///
/// let invoice = MediaContent::new(MediaKind::Document, Upload::path("invoices/{id}.pdf")?.with_name("invoice.pdf")?);
/// let invoice: Content = invoice.with_caption("Olá {nome}, a sua fatura")?.into();
/// assert_eq!(invoice.placeholders().into_iter().collect::<Vec<_>>(), ["id", "nome"]);
///
/// let photo = MediaContent::new(MediaKind::Image, Source::url("https://shop.example/{produto}.jpg")?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct MediaContent {
    /// How the recipient sees the file.
    #[serde(rename = "media", with = "kind")]
    pub kind: MediaKind,
    /// Where the file is from.
    pub source: Source,
    /// The text below the file.
    pub caption: Option<Template>,
}

/// Where a file is from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Source {
    /// A public URL, from which the provider fetches it. Values of placeholders are inserted as they are, so they must
    /// be percent-encoded already if they are a part of a URL.
    Url(Template),
    /// A file of this machine.
    Upload(Upload),
}

/// A file of this machine, which is read when it is sent.
///
/// The size and the digest of the file are recorded. If the file has changed or is missing when its message is due, the
/// message becomes `not_done` with an error that names the file. [`Upload::path()`] records a file whose path has no
/// placeholders. For a path with placeholders, [`Import`](crate::Import) records the file of each message. For a
/// message of a stream, call [`Content::record_file`](crate::Content::record_file); otherwise the file is sent as it is
/// at that time.
///
/// A file is in memory while it is sent. So an outbox needs the memory for all files that it sends at the same time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Upload {
    /// The path, relative to `folder`.
    pub path: Template,
    /// The working directory of the program that planned the message. A worker can have another one.
    pub folder: PathBuf,
    /// The recorded size and digest, if the path has no placeholders.
    pub file: Option<FileDigest>,
    /// The name that the recipient sees. `None`: the last part of the path.
    pub name: Option<Template>,
}

impl MediaContent {
    /// Creates media of any kind.
    #[must_use]
    pub fn new(kind: MediaKind, source: impl Into<Source>) -> Self {
        Self { kind, source: source.into(), caption: None }
    }

    /// Sets the text below the file. EscalaZap, WaziMe and WapiFlow accept none for audio.
    ///
    /// # Errors
    ///
    /// Returns an error if the braces do not form placeholders.
    pub fn with_caption(mut self, caption: &str) -> Result<Self, InvalidTemplate> {
        self.caption = Some(Template::parse(caption)?);
        Ok(self)
    }

    pub(super) fn texts(&self) -> impl Iterator<Item = &Template> {
        let (source, name) = match &self.source {
            Source::Url(url) => (url, None),
            Source::Upload(upload) => (&upload.path, upload.name.as_ref()),
        };
        [source].into_iter().chain(name).chain(&self.caption)
    }

    /// Replaces the placeholders, and reads the file.
    pub(super) async fn prepare(&self, params: &Params) -> Result<Media, ContentError> {
        let source = match &self.source {
            Source::Url(url) => MediaSource::Url(url.fill(params)?),
            Source::Upload(upload) => upload.read(params).await?.into(),
        };
        let mut media = Media::new(self.kind, source);
        media.caption = self.caption.as_ref().map(|caption| caption.fill(params)).transpose()?;
        Ok(media)
    }
}

impl Source {
    /// Creates a source from a public URL.
    ///
    /// # Errors
    ///
    /// Returns an error if the braces do not form placeholders.
    pub fn url(url: &str) -> Result<Self, InvalidTemplate> {
        Ok(Self::Url(Template::parse(url)?))
    }
}

impl From<Upload> for Source {
    fn from(upload: Upload) -> Self {
        Self::Upload(upload)
    }
}

impl Upload {
    /// Creates an upload from a path. A relative path starts at the current directory of this program, even if a worker
    /// has another one. Without placeholders, the file is read at once, on this thread.
    ///
    /// A path with placeholders must not contain `..`, nor may the values. If the path begins with a placeholder, the
    /// value can be any path: do so only if you trust the author of the list.
    ///
    /// # Errors
    ///
    /// Returns an error if the braces do not form placeholders, or if there is no such file.
    pub fn path(path: &str) -> Result<Self, InvalidContent> {
        let path = Template::parse(path)?;
        let folder = std::env::current_dir()
            .map_err(|source| FileError::Io { path: PathBuf::from("the current directory"), source })?;
        let mut upload = Self { path, folder, file: None, name: None };
        if let Ok(path) = upload.path.fill(&Params::new()) {
            upload.file = Some(file::read_now(&upload.folder.join(path), None)?.1);
        }
        Ok(upload)
    }

    /// Sets the name that the recipient sees.
    ///
    /// # Errors
    ///
    /// Returns an error if the braces do not form placeholders.
    pub fn with_name(mut self, name: &str) -> Result<Self, InvalidTemplate> {
        self.name = Some(Template::parse(name)?);
        Ok(self)
    }

    fn has_placeholders(&self) -> bool {
        self.path.placeholders().next().is_some()
    }

    /// Returns the path for a recipient.
    fn locate(&self, params: &Params) -> Result<PathBuf, ContentError> {
        let path = self.folder.join(self.path.fill(params)?);
        let leads_out = |path: &Path| path.components().any(|part| part == Component::ParentDir);
        if self.has_placeholders() && leads_out(&path) {
            return Err(FileError::Parent(path).into());
        }
        Ok(path)
    }

    async fn read(&self, params: &Params) -> Result<File, ContentError> {
        let path = self.locate(params)?;
        let recorded = params.get(FILE).and_then(|recorded| recorded.parse().ok());
        let (bytes, _) = file::read(path.clone(), self.file.or(recorded)).await?;
        let name = match &self.name {
            Some(name) => name.fill(params)?,
            None => path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
        };
        Ok(File::from_bytes(name, bytes))
    }

    /// Records the file of a recipient.
    pub(super) async fn record(&self, params: &mut Params) -> Result<(), ContentError> {
        if self.has_placeholders() {
            let (_, digest) = file::read(self.locate(params)?, None).await?;
            params.insert(FILE.to_owned(), digest.to_string());
        }
        Ok(())
    }
}

/// Stores the kind as a word.
mod kind {
    use serde::de::{Deserialize as _, Deserializer, Error as _};
    use serde::ser::{Error as _, Serializer};
    use zap_facade::MediaKind;

    const WORDS: [(MediaKind, &str); 4] = [
        (MediaKind::Image, "image"),
        (MediaKind::Document, "document"),
        (MediaKind::Video, "video"),
        (MediaKind::Audio, "audio"),
    ];

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
    pub(super) fn serialize<S: Serializer>(kind: &MediaKind, serializer: S) -> Result<S::Ok, S::Error> {
        let word = WORDS.iter().find(|(known, _)| known == kind).map(|(_, word)| *word);
        serializer.serialize_str(word.ok_or_else(|| S::Error::custom("this kind of media is not known"))?)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<MediaKind, D::Error> {
        let word = std::borrow::Cow::<str>::deserialize(deserializer)?;
        let kind = WORDS.iter().find(|(_, known)| *known == word).map(|(kind, _)| *kind);
        kind.ok_or_else(|| D::Error::custom(format!("`{word}` is not a kind of media")))
    }
}
