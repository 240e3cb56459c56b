//! The content of messages, with placeholders.

mod error;
mod file;
mod media;
mod params;
mod prepared;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use zap_facade::TemplateMessage;

pub use error::{ContentError, InvalidContent};
pub use file::{FileDigest, FileError};
pub use media::{MediaContent, Source, Upload};
pub use params::Params;
pub(crate) use prepared::Prepared;

use crate::recipients::{InvalidTemplate, MissingValue, Template};

/// The content of the messages of a campaign or a stream. Its texts can have placeholders; see [`Template`].
///
/// ```
/// use zap_outbox::Content;
///
/// let content = Content::text("Olá {nome}, seu cupom: {cupom}")?;
/// assert_eq!(content.placeholders().into_iter().collect::<Vec<_>>(), ["cupom", "nome"]);
/// # Ok::<(), zap_outbox::recipients::InvalidTemplate>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Content {
    /// A text.
    Text {
        /// The text.
        text: Template,
    },
    /// A template of the provider.
    Template {
        /// The provider's id of the template.
        id: String,
        /// Values for the placeholders in the template's header, in order.
        header: Vec<Template>,
        /// Values for the placeholders in the template's body, in order.
        body: Vec<Template>,
    },
    /// A dialog of the provider's bot.
    Dialog {
        /// The provider's id of the dialog.
        id: String,
    },
    /// An image, a document, a video or audio.
    Media(MediaContent),
}

impl Content {
    /// Creates a text.
    ///
    /// # Errors
    ///
    /// Returns an error if the braces do not form placeholders.
    pub fn text(text: &str) -> Result<Self, InvalidTemplate> {
        Ok(Self::Text { text: Template::parse(text)? })
    }

    /// Creates a template of the provider, with the values for the placeholders in its header and its body, in order.
    ///
    /// # Errors
    ///
    /// Returns an error if the braces of a value do not form placeholders; see [`Template::parse_value`].
    pub fn template<'a>(
        id: impl Into<String>,
        header: impl IntoIterator<Item = &'a str>,
        body: impl IntoIterator<Item = &'a str>,
    ) -> Result<Self, InvalidTemplate> {
        let header = header.into_iter().map(Template::parse_value).collect::<Result<_, _>>()?;
        let body = body.into_iter().map(Template::parse_value).collect::<Result<_, _>>()?;
        Ok(Self::Template { id: id.into(), header, body })
    }

    /// Returns all texts, for [`Csv::read`](crate::recipients::Csv::read).
    pub fn texts(&self) -> impl Iterator<Item = &Template> {
        let texts: Vec<_> = match self {
            Self::Text { text } => vec![text],
            Self::Template { header, body, .. } => header.iter().chain(body).collect(),
            Self::Dialog { .. } => Vec::new(),
            Self::Media(media) => media.texts().collect(),
        };
        texts.into_iter()
    }

    /// Returns the names of all placeholders.
    #[must_use]
    pub fn placeholders(&self) -> BTreeSet<&str> {
        self.texts().flat_map(Template::placeholders).collect()
    }

    /// Checks that each placeholder has a value.
    ///
    /// # Errors
    ///
    /// Returns an error that names the first placeholder without a value.
    pub fn check(&self, params: &Params) -> Result<(), MissingValue> {
        self.texts().try_for_each(|text| text.fill(params).map(drop))
    }

    /// Records the size and the digest of the file that `params` selects, if the path of an upload has placeholders. If
    /// the file has changed when the message is due, it is not sent. [`Import`](crate::Import) calls this for each
    /// message; call it for messages that you [enqueue](crate::Ledger::enqueue).
    ///
    /// # Errors
    ///
    /// Returns an error if there is no such file, or if a value is missing.
    pub async fn record_file(&self, params: &mut Params) -> Result<(), ContentError> {
        match self {
            Self::Media(MediaContent { source: Source::Upload(upload), .. }) => upload.record(params).await,
            _ => Ok(()),
        }
    }

    /// Returns whether it has a file of this machine.
    pub(crate) fn is_upload(&self) -> bool {
        matches!(self, Self::Media(MediaContent { source: Source::Upload(_), .. }))
    }

    /// Replaces the placeholders, and reads the file if there is one.
    pub(crate) async fn prepare(&self, params: &Params) -> Result<Prepared, ContentError> {
        let all = |texts: &[Template]| texts.iter().map(|text| text.fill(params)).collect::<Result<Vec<_>, _>>();
        Ok(match self {
            Self::Text { text } => Prepared::Text(text.fill(params)?),
            Self::Template { id, header, body } => {
                Prepared::Template(TemplateMessage::new(id).with_header(all(header)?).with_body(all(body)?))
            }
            Self::Dialog { id } => Prepared::Dialog(id.clone()),
            Self::Media(media) => Prepared::Media(media.prepare(params).await?),
        })
    }
}

impl From<MediaContent> for Content {
    fn from(media: MediaContent) -> Self {
        Self::Media(media)
    }
}

#[cfg(test)]
mod tests {
    use zap_facade::MediaKind;

    use super::*;

    fn params(values: &[(&str, &str)]) -> Params {
        values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn a_missing_value_in_any_text_is_named() {
        let document = MediaContent::new(MediaKind::Document, Source::url("{a}").unwrap());
        let document = Content::from(document.with_caption("{b}").unwrap());
        for content in
            [Content::text("{a} {b}").unwrap(), Content::template("7", ["{a}"], ["{b} {a}"]).unwrap(), document]
        {
            assert_eq!(content.placeholders(), ["a", "b"].into());
            assert_eq!(content.check(&params(&[("a", "1")])).unwrap_err().name(), "b");
            assert_eq!(content.check(&params(&[("b", "1")])).unwrap_err().name(), "a");
            content.check(&params(&[("A", "1"), ("b", "")])).unwrap();
        }
        Content::Dialog { id: "7".into() }.check(&Params::new()).unwrap();
    }

    #[test]
    fn mistakes_in_braces_are_found_when_it_is_created() {
        let mistake = Content::text("Olá {{nome}}").unwrap_err();
        assert!(mistake.to_string().contains("write `{nome}`"), "{mistake}");
        assert!(Content::template("7", ["{nome"], []).is_err());
        assert!(Content::template("7", [], ["{{ contactName }} {nome}"]).is_err());
        Content::template("7", [], ["{{ contactName }}", "{nome}"]).unwrap();
    }

    #[test]
    fn stored_as_json_it_stays_the_same() {
        let url = Source::url("https://shop.example/{Nome Completo}.pdf").unwrap();
        let content = Content::from(MediaContent::new(MediaKind::Document, url).with_caption("{{}} {{").unwrap());
        let json = serde_json::to_string(&content).unwrap();
        assert_eq!(
            json,
            r#"{"kind":"media","media":"document","source":{"url":["https://shop.example/",{"value":"Nome Completo"},".pdf"]},"caption":["{} {"]}"#
        );
        assert_eq!(serde_json::from_str::<Content>(&json).unwrap(), content);
        let upload = Upload::path("invoices/{id}.pdf").unwrap().with_name("{nome}.pdf").unwrap();
        let content = Content::from(MediaContent::new(MediaKind::Audio, upload));
        let json = serde_json::to_string(&content).unwrap();
        assert_eq!(serde_json::from_str::<Content>(&json).unwrap(), content);
        let template = Content::template("7", ["{{ contactName }}"], ["{nome} {NOME}", ""]).unwrap();
        let json = serde_json::to_string(&template).unwrap();
        assert_eq!(serde_json::from_str::<Content>(&json).unwrap(), template);
    }
}
