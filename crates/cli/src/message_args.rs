//! The options that say what is sent.

use std::path::{Path, PathBuf};

use clap::Args;
use zap_outbox::recipients::Template;
use zap_outbox::zap_facade::{File, Media, MediaKind, MediaSource, Messenger, PhoneNumber, Receipt, TemplateMessage};
use zap_outbox::{Content, MediaContent, Params, Source, Upload};

use crate::failure::{Failure, Result};

/// The names of the options of which a message needs exactly one.
pub const KINDS: [&str; 5] = ["text", "text_file", "template", "dialog", "media"];

/// What to send.
#[derive(Debug, Args)]
pub struct MessageArgs {
    /// The text. {name} stands for the column `name`; write {{ for a brace
    #[arg(long, group = "kind", help_heading = "Message")]
    text: Option<String>,

    /// A file with the text, in UTF-8
    #[arg(long, value_name = "FILE", group = "kind", help_heading = "Message")]
    text_file: Option<PathBuf>,

    /// The id of a template of the provider
    #[arg(long, value_name = "ID", group = "kind", help_heading = "Message")]
    template: Option<String>,

    /// A value for the next placeholder in the template's header, such as
    /// {name}. Can be repeated
    #[arg(long, value_name = "VALUE", requires = "template", help_heading = "Message")]
    header: Vec<String>,

    /// A value for the next placeholder in the template's body. Can be repeated
    #[arg(long, value_name = "VALUE", requires = "template", help_heading = "Message")]
    body: Vec<String>,

    /// The id of a dialog of the provider's bot
    #[arg(long, value_name = "ID", group = "kind", help_heading = "Message")]
    dialog: Option<String>,

    /// A file: its path, or a public URL. {name} stands for the column `name`
    #[arg(long, value_name = "PATH-OR-URL", group = "kind", help_heading = "Message")]
    media: Option<String>,

    /// How the recipient sees the file: image, document, video or audio
    /// [default: by its extension]
    #[arg(long, value_name = "KIND", requires = "media", value_parser = kind, help_heading = "Message")]
    media_kind: Option<MediaKind>,

    /// The text below the file
    #[arg(long, value_name = "TEXT", requires = "media", help_heading = "Message")]
    caption: Option<String>,
}

/// A message without placeholders.
#[derive(Debug)]
pub enum Literal {
    Text(String),
    Template(TemplateMessage),
    Dialog(String),
    Media(Media),
}

impl MessageArgs {
    /// Returns the content, or `None` if no option gives it.
    pub fn content(&self) -> Result<Option<Content>> {
        if let Some(text) = &self.text {
            if text.trim().is_empty() {
                return Err(Failure::usage("--text: the text is empty").fix("write the text after --text"));
            }
            return Content::text(text).map(Some).map_err(|error| invalid("--text", &error));
        }
        if let Some(path) = &self.text_file {
            let text = read(path)?;
            return Content::text(&text).map(Some).map_err(|error| invalid(&path.display().to_string(), &error));
        }
        if let Some(id) = &self.template {
            let (header, body) = (self.header.iter().map(String::as_str), self.body.iter().map(String::as_str));
            let content = Content::template(id, header, body);
            return content.map(Some).map_err(|error| invalid("--header or --body", &error));
        }
        if let Some(file) = &self.media {
            let source = if is_url(file) {
                Source::url(file).map_err(|error| invalid("--media", &error))?
            } else {
                Upload::path(file).map_err(|error| invalid("--media", &error))?.into()
            };
            let media = MediaContent::new(self.kind_of(file), source);
            return match &self.caption {
                Some(caption) => media.with_caption(caption).map_err(|error| invalid("--caption", &error)),
                None => Ok(media),
            }
            .map(|media| Some(media.into()));
        }
        Ok(self.dialog.as_ref().map(|id| Content::Dialog { id: id.clone() }))
    }

    /// Returns the message for one recipient, or `None` if no option gives it. It must have no placeholders, because
    /// there is no list with their values.
    pub fn literal(&self) -> Result<Option<Literal>> {
        let Some(content) = self.content()? else { return Ok(None) };
        Ok(Some(match content {
            Content::Text { text } => Literal::Text(filled(&text)?),
            Content::Template { id, header, body } => {
                let header = header.iter().map(filled).collect::<Result<Vec<_>>>()?;
                let body = body.iter().map(filled).collect::<Result<Vec<_>>>()?;
                Literal::Template(TemplateMessage::new(id).with_header(header).with_body(body))
            }
            Content::Dialog { id } => Literal::Dialog(id),
            Content::Media(content) => {
                let source = match content.source {
                    Source::Url(url) => MediaSource::url(filled(&url)?),
                    Source::Upload(upload) => File::from_path(upload.folder.join(filled(&upload.path)?)).into(),
                    _ => return Err(Failure::usage("this kind of file cannot be sent")),
                };
                let mut media = Media::new(content.kind, source);
                media.caption = content.caption.as_ref().map(filled).transpose()?;
                Literal::Media(media)
            }
            _ => return Err(Failure::usage("this kind of message cannot be sent")),
        }))
    }

    fn kind_of(&self, file: &str) -> MediaKind {
        self.media_kind.unwrap_or_else(|| by_extension(file))
    }
}

impl Literal {
    pub async fn send(
        &self,
        messenger: &dyn Messenger,
        to: &PhoneNumber,
    ) -> std::result::Result<Receipt, zap_outbox::zap_facade::Error> {
        match self {
            Self::Text(text) => messenger.send_text(to, text).await,
            Self::Template(template) => messenger.send_template(to, template).await,
            Self::Dialog(id) => messenger.run_dialog(to, id).await,
            Self::Media(media) => messenger.send_media(to, media).await,
        }
    }
}

/// Returns the text of a message to one recipient.
fn filled(text: &Template) -> Result<String> {
    text.fill(&Params::new()).map_err(|missing| {
        let name = missing.name();
        Failure::usage(format!("`{{{name}}}` stands for a column of a list, and `zap send` has no list"))
            .fix("write the value itself, or {{ for a brace; `zap plan` sends to a list")
    })
}

fn invalid(option: &str, error: &dyn std::fmt::Display) -> Failure {
    Failure::usage(format!("{option}: {error}"))
}

fn is_url(file: &str) -> bool {
    ["http://", "https://"].iter().any(|scheme| file.starts_with(scheme))
}

fn kind(word: &str) -> std::result::Result<MediaKind, String> {
    match word {
        "image" => Ok(MediaKind::Image),
        "document" => Ok(MediaKind::Document),
        "video" => Ok(MediaKind::Video),
        "audio" => Ok(MediaKind::Audio),
        _ => Err("expected image, document, video or audio".to_owned()),
    }
}

/// Returns how a file is seen, by its extension. A URL can have a query.
fn by_extension(file: &str) -> MediaKind {
    let path = file.split(['?', '#']).next().unwrap_or_default();
    let extension = path.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    match extension.as_deref() {
        Some("jpg" | "jpeg" | "png" | "webp" | "gif") => MediaKind::Image,
        Some("mp4" | "3gp" | "mov") => MediaKind::Video,
        Some("mp3" | "ogg" | "opus" | "m4a" | "aac" | "amr" | "wav") => MediaKind::Audio,
        _ => MediaKind::Document,
    }
}

/// Reads a text, without the line break at its end and a byte order mark.
fn read(path: &Path) -> Result<String> {
    let shown = path.display();
    let bytes = std::fs::read(path).map_err(|error| {
        Failure::usage(format!("{shown}: the text cannot be read: {error}")).fix("check the path of --text-file")
    })?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Failure::usage(format!("{shown}: the text is not in UTF-8 (byte {at})")).fix("save the file in UTF-8")
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text).replace("\r\n", "\n");
    let text = text.strip_suffix('\n').unwrap_or(&text).to_owned();
    if text.is_empty() {
        return Err(Failure::usage(format!("{shown}: the file is empty")).fix("write the text into it"));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_seen_by_its_extension() {
        for (file, kind) in [
            ("a.JPG", MediaKind::Image),
            ("https://shop.example/{id}.png?width=80.mp4", MediaKind::Image),
            ("clip.mp4", MediaKind::Video),
            ("voice.ogg", MediaKind::Audio),
            ("nota.pdf", MediaKind::Document),
            ("README", MediaKind::Document),
        ] {
            assert_eq!(by_extension(file), kind, "{file}");
        }
    }
}
