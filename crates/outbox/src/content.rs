//! The content of messages, with placeholders.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use zap_facade::{BoxFuture, Error, Media, MediaKind, MediaSource, Messenger, PhoneNumber, Receipt, TemplateMessage};

use crate::recipients::{InvalidTemplate, MissingValue, Template};

/// The values of a message's placeholders, by name.
pub type Params = BTreeMap<String, String>;

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
        /// Its id.
        id: String,
    },
    /// A document by its public URL.
    DocumentUrl {
        /// The URL.
        url: Template,
        /// The text below it.
        caption: Option<Template>,
    },
}

impl Content {
    /// Creates a text.
    ///
    /// # Errors
    ///
    /// Returns an error if its braces do not form placeholders.
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
        let (texts, more): (&[Template], &[Template]) = match self {
            Self::Text { text } => (std::slice::from_ref(text), &[]),
            Self::Template { header, body, .. } => (header, body),
            Self::Dialog { .. } => (&[], &[]),
            Self::DocumentUrl { url, caption } => (std::slice::from_ref(url), caption.as_slice()),
        };
        texts.iter().chain(more)
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
    /// Returns an error that names the first one without a value.
    pub fn check(&self, params: &Params) -> Result<(), MissingValue> {
        self.texts().try_for_each(|text| text.fill(params).map(drop))
    }

    /// Replaces the placeholders, and returns the call that sends it.
    pub(crate) fn send<'a>(
        &self,
        params: &Params,
        messenger: &'a dyn Messenger,
        to: &'a PhoneNumber,
    ) -> Result<BoxFuture<'a, Result<Receipt, Error>>, MissingValue> {
        let all = |texts: &[Template]| texts.iter().map(|text| text.fill(params)).collect::<Result<Vec<_>, _>>();
        Ok(match self {
            Self::Text { text } => {
                let text = text.fill(params)?;
                Box::pin(async move { messenger.send_text(to, &text).await })
            }
            Self::Template { id, header, body } => {
                let template = TemplateMessage::new(id).with_header(all(header)?).with_body(all(body)?);
                Box::pin(async move { messenger.send_template(to, &template).await })
            }
            Self::Dialog { id } => {
                let id = id.clone();
                Box::pin(async move { messenger.run_dialog(to, &id).await })
            }
            Self::DocumentUrl { url, caption } => {
                let mut media = Media::new(MediaKind::Document, MediaSource::Url(url.fill(params)?));
                media.caption = caption.as_ref().map(|caption| caption.fill(params)).transpose()?;
                Box::pin(async move { messenger.send_media(to, &media).await })
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn params(values: &[(&str, &str)]) -> Params {
        values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn a_missing_value_in_any_text_is_named() {
        let document = Content::DocumentUrl {
            url: Template::parse("{a}").unwrap(),
            caption: Some(Template::parse("{b}").unwrap()),
        };
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
        let content = Content::DocumentUrl {
            url: Template::parse("https://shop.example/{Nome Completo}.pdf").unwrap(),
            caption: Some(Template::literal("{{id}} {")),
        };
        let json = serde_json::to_string(&content).unwrap();
        assert_eq!(
            json,
            r#"{"kind":"document_url","url":["https://shop.example/",{"value":"Nome Completo"},".pdf"],"caption":["{{id}} {"]}"#
        );
        assert_eq!(serde_json::from_str::<Content>(&json).unwrap(), content);
        let template = Content::template("7", ["{{ contactName }}"], ["{nome} {NOME}", ""]).unwrap();
        let json = serde_json::to_string(&template).unwrap();
        assert_eq!(serde_json::from_str::<Content>(&json).unwrap(), template);
    }
}
