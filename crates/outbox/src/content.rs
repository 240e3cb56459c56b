//! What a campaign sends, with placeholders.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};
use zap_facade::{BoxFuture, Error, Media, MediaKind, MediaSource, Messenger, PhoneNumber, Receipt, TemplateMessage};

/// The values of a message's placeholders, by name.
pub type Params = BTreeMap<String, String>;

/// What a campaign sends.
///
/// Texts can have placeholders: `{name}`, where a name begins with a letter or `_` and has letters, digits and `_`.
/// Other braces, such as `{{ contactName }}`, are left as they are.
///
/// ```
/// use zap_outbox::Content;
///
/// let content = Content::text("Olá {nome}, seu cupom: {cupom}");
/// assert_eq!(content.placeholders().into_iter().collect::<Vec<_>>(), ["cupom", "nome"]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Content {
    /// A text.
    Text {
        /// The text.
        text: String,
    },
    /// A template.
    Template {
        /// The provider's id of the template.
        id: String,
        /// Values for the placeholders in the template's header, in order.
        header: Vec<String>,
        /// Values for the placeholders in the template's body, in order.
        body: Vec<String>,
    },
    /// A dialog of the provider's bot.
    Dialog {
        /// Its id.
        id: String,
    },
    /// A document by its public URL.
    DocumentUrl {
        /// The URL.
        url: String,
        /// The text below it.
        caption: Option<String>,
    },
}

impl Content {
    /// Creates a text.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text { text: text.into() }
    }

    /// Returns the names of all placeholders.
    #[must_use]
    pub fn placeholders(&self) -> BTreeSet<&str> {
        self.texts().into_iter().flat_map(|text| pieces(text)).filter_map(Result::err).collect()
    }

    /// Returns the content with its placeholders replaced.
    ///
    /// # Errors
    ///
    /// Returns an error if a value is missing.
    pub fn fill(&self, params: &Params) -> Result<Self, MissingParam> {
        let fill = |text: &String| {
            pieces(text)
                .map(|piece| match piece {
                    Ok(text) => Ok(text),
                    Err(name) => params.get(name).map(String::as_str).ok_or_else(|| MissingParam(name.to_owned())),
                })
                .collect::<Result<String, _>>()
        };
        let all = |texts: &[String]| texts.iter().map(fill).collect::<Result<Vec<_>, _>>();
        Ok(match self {
            Self::Text { text } => Self::Text { text: fill(text)? },
            Self::Template { id, header, body } => {
                Self::Template { id: id.clone(), header: all(header)?, body: all(body)? }
            }
            Self::Dialog { id } => Self::Dialog { id: id.clone() },
            Self::DocumentUrl { url, caption } => {
                Self::DocumentUrl { url: fill(url)?, caption: caption.as_ref().map(fill).transpose()? }
            }
        })
    }

    fn texts(&self) -> Vec<&String> {
        match self {
            Self::Text { text } => vec![text],
            Self::Template { header, body, .. } => header.iter().chain(body).collect(),
            Self::Dialog { .. } => Vec::new(),
            Self::DocumentUrl { url, caption } => std::iter::once(url).chain(caption).collect(),
        }
    }

    /// Sends it. Its placeholders must have been replaced.
    pub(crate) fn send<'a>(
        self,
        messenger: &'a dyn Messenger,
        to: &'a PhoneNumber,
    ) -> BoxFuture<'a, Result<Receipt, Error>> {
        Box::pin(async move {
            match self {
                Self::Text { text } => messenger.send_text(to, &text).await,
                Self::Template { id, header, body } => {
                    let template = TemplateMessage::new(id).with_header(header).with_body(body);
                    messenger.send_template(to, &template).await
                }
                Self::Dialog { id } => messenger.run_dialog(to, &id).await,
                Self::DocumentUrl { url, caption } => {
                    let mut media = Media::new(MediaKind::Document, MediaSource::Url(url));
                    media.caption = caption;
                    messenger.send_media(to, &media).await
                }
            }
        })
    }
}

/// The error for a placeholder without a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingParam(String);

impl MissingParam {
    /// Returns the name of the placeholder.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for MissingParam {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no value for the placeholder {{{}}}", self.0)
    }
}

impl std::error::Error for MissingParam {}

/// Splits a text into literal pieces (`Ok`) and names of placeholders (`Err`).
fn pieces(text: &str) -> impl Iterator<Item = Result<&str, &str>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut from = 0;
        while let Some(open) = rest[from..].find('{').map(|at| at + from) {
            if let Some(name) = name_at(&rest[open..]).filter(|_| !rest[..open].ends_with('{')) {
                if open > 0 {
                    let (literal, after) = rest.split_at(open);
                    rest = after;
                    return Some(Ok(literal));
                }
                rest = &rest[name.len() + 2..];
                return Some(Err(name));
            }
            from = open + 1;
        }
        Some(Ok(std::mem::take(&mut rest)))
    })
}

/// Returns the name in `{name}` at the beginning of a text.
fn name_at(text: &str) -> Option<&str> {
    let (name, _) = text.strip_prefix('{')?.split_once('}')?;
    let first = name.chars().next()?;
    let is_name = (first.is_alphabetic() || first == '_') && name.chars().all(|c| c.is_alphanumeric() || c == '_');
    is_name.then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn params(values: &[(&str, &str)]) -> Params {
        values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn placeholders_are_replaced_once_and_other_braces_stay() {
        let values = params(&[("nome", "Ana {cupom}"), ("cupom", "X1"), ("último", "sim"), ("_a1", "1")]);
        for (text, filled) in [
            ("Olá {nome}!", "Olá Ana {cupom}!"),
            ("{nome}{cupom}", "Ana {cupom}X1"),
            ("{último}{_a1}", "sim1"),
            ("", ""),
            ("no placeholder", "no placeholder"),
            ("{{ contactName }} {cupom}", "{{ contactName }} X1"),
            ("{{nome}}", "{{nome}}"),
            ("{ nome } {1a} {} { {a-b} }", "{ nome } {1a} {} { {a-b} }"),
            ("{cupom", "{cupom"),
            ("{x{cupom}", "{xX1"),
            ("{a b} {cupom} }", "{a b} X1 }"),
        ] {
            assert_eq!(Content::text(text).fill(&values), Ok(Content::text(filled)), "{text}");
        }
    }

    #[test]
    fn a_missing_value_is_named() {
        let template = Content::Template { id: "7".into(), header: vec!["{a}".into()], body: vec!["{b} {a}".into()] };
        assert_eq!(template.placeholders(), ["a", "b"].into());
        let missing = template.fill(&params(&[("a", "1")])).unwrap_err();
        assert_eq!(missing.name(), "b");
        let filled = template.fill(&params(&[("a", "1"), ("b", "2")])).unwrap();
        let expected = Content::Template { id: "7".into(), header: vec!["1".into()], body: vec!["2 1".into()] };
        assert_eq!(filled, expected);
    }

    #[test]
    fn it_is_stored_as_json() {
        let content =
            Content::DocumentUrl { url: "https://shop.example/{id}.pdf".into(), caption: Some("{id}".into()) };
        let json = serde_json::to_string(&content).unwrap();
        assert_eq!(json, r#"{"kind":"document_url","url":"https://shop.example/{id}.pdf","caption":"{id}"}"#);
        assert_eq!(serde_json::from_str::<Content>(&json).unwrap(), content);
        assert_eq!(content.placeholders(), ["id"].into());
    }
}
