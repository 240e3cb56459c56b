//! Texts with placeholders for the columns of a list.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};

use super::column_name::{fold, shown};

/// What EscalaZap, WaziMe and WapiFlow replace if it is the whole value of a template (fact E27).
const SERVER_PLACEHOLDERS: [&str; 2] = ["{{ contactName }}", "{{ contactMobile }}"];

/// A text with placeholders for the columns of a list.
///
/// `{nome}` stands for the value of the column `nome`. Names are compared as those of columns are: without regard to
/// case, accents and surrounding space. Write `{{` for `{`, and `}}` for `}`.
///
/// ```
/// use zap_outbox::recipients::Template;
///
/// let text = Template::parse("Olá {nome}, seu cupom: {cupom}")?;
/// assert_eq!(text.placeholders().collect::<Vec<_>>(), ["nome", "cupom"]);
///
/// let params = [("nome", "Ana"), ("cupom", "A1")].map(|(name, value)| (name.to_owned(), value.to_owned())).into();
/// assert_eq!(text.fill(&params)?, "Olá Ana, seu cupom: A1");
///
/// let mistake = Template::parse("Olá {{nome}}").unwrap_err();
/// assert!(mistake.to_string().contains("write `{nome}`"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Double braces
///
/// A text such as `Olá {{nome}}` would be sent as `Olá {nome}` to everybody, which is a mistake, so it is refused. So
/// is `{{1}}`, WhatsApp's notation for the placeholders of a registered template: do not send such a text, but give its
/// [values](Self::parse_value). Braces around anything that is not a name, as in `{{ "a": 1 }}`, are accepted.
///
/// # Serialization
///
/// A template is serialized in parts, such as `["Olá ",{"value":"nome"}]`, so that reading it does not parse it again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Template {
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
enum Piece {
    Text(String),
    /// A placeholder, in the spelling of its first occurrence.
    Placeholder {
        value: String,
    },
}

impl Template {
    /// Reads a text.
    ///
    /// # Errors
    ///
    /// Returns an error that says what is wrong with which braces.
    pub fn parse(text: &str) -> Result<Self, InvalidTemplate> {
        let mut template = Self { pieces: Vec::new() };
        let mut literal = String::new();
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            literal.push_str(&rest[..at]);
            rest = &rest[at..];
            let character = || text[..text.len() - rest.len()].chars().count() + 1;
            if let Some(after) = rest.strip_prefix("{{") {
                if let Some(name) = name_in_double_braces(after) {
                    return Err(InvalidTemplate::DoubleBraces(name.to_owned()));
                }
                literal.push('{');
                rest = after;
            } else if let Some(after) = rest.strip_prefix("}}") {
                literal.push('}');
                rest = after;
            } else if let Some(after) = rest.strip_prefix('{') {
                let end = after.find(['{', '}', '\n']).filter(|end| after[*end..].starts_with('}'));
                let end = end.ok_or_else(|| InvalidTemplate::Unclosed { character: character() })?;
                let name = after[..end].trim();
                if fold(name).is_empty() {
                    return Err(InvalidTemplate::NoName { character: character() });
                }
                template.add_text(&mut literal);
                let value = template.first_spelling(name).to_owned();
                template.pieces.push(Piece::Placeholder { value });
                rest = &after[end + 1..];
            } else {
                return Err(InvalidTemplate::Unopened { character: character() });
            }
        }
        literal.push_str(rest);
        template.add_text(&mut literal);
        Ok(template)
    }

    /// Reads a value for a placeholder of a provider's template, as [`parse`](Self::parse) does.
    ///
    /// A value that is exactly `{{ contactName }}` or `{{ contactMobile }}` is kept: EscalaZap, WaziMe and WapiFlow
    /// replace it by the contact's name or number. They replace all other values with double braces by a space.
    ///
    /// # Errors
    ///
    /// Returns an error that says what is wrong with which braces.
    pub fn parse_value(text: &str) -> Result<Self, InvalidTemplate> {
        if SERVER_PLACEHOLDERS.contains(&text) { Ok(Self::literal(text)) } else { Self::parse(text) }
    }

    /// Creates a text without placeholders. Its braces have no meaning.
    #[must_use]
    pub fn literal(text: impl Into<String>) -> Self {
        Self { pieces: vec![Piece::Text(text.into())] }
    }

    /// Returns the names of the placeholders, each once, in the order and the spelling of their first occurrence.
    pub fn placeholders(&self) -> impl Iterator<Item = &str> {
        let mut seen = BTreeSet::new();
        self.all_placeholders().filter(move |name| seen.insert(*name))
    }

    /// Returns the text with its placeholders replaced. The keys are the names of [`placeholders`](Self::placeholders),
    /// in any spelling. A key in the same spelling comes first.
    ///
    /// # Errors
    ///
    /// Returns an error if a value is missing. An empty value is not missing.
    pub fn fill(&self, params: &BTreeMap<String, String>) -> Result<String, MissingValue> {
        let mut text = String::new();
        for piece in &self.pieces {
            text.push_str(match piece {
                Piece::Text(text) => text,
                Piece::Placeholder { value } => find(params, value).ok_or_else(|| MissingValue(value.clone()))?,
            });
        }
        Ok(text)
    }

    fn add_text(&mut self, literal: &mut String) {
        if !literal.is_empty() {
            self.pieces.push(Piece::Text(std::mem::take(literal)));
        }
    }

    fn all_placeholders(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Placeholder { value } => Some(&**value),
            Piece::Text(_) => None,
        })
    }

    /// Returns the spelling of a name at its first occurrence.
    fn first_spelling<'a>(&'a self, name: &'a str) -> &'a str {
        let folded = fold(name);
        self.all_placeholders().find(|known| fold(known) == folded).unwrap_or(name)
    }
}

/// Returns the value for a name.
fn find<'a>(params: &'a BTreeMap<String, String>, name: &str) -> Option<&'a String> {
    params.get(name).or_else(|| {
        let folded = fold(name);
        params.iter().find_map(|(key, value)| (fold(key) == folded).then_some(value))
    })
}

impl std::str::FromStr for Template {
    type Err = InvalidTemplate;

    fn from_str(text: &str) -> Result<Self, InvalidTemplate> {
        Self::parse(text)
    }
}

/// Returns the name in `name}}`, the rest of a text after `{{`.
fn name_in_double_braces(after: &str) -> Option<&str> {
    let (name, _) = after.split_once("}}")?;
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ');
    (name.chars().all(is_name) && !name.trim().is_empty()).then(|| name.trim())
}

/// The error for a text whose braces do not form placeholders. Positions are counted in characters, from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidTemplate {
    /// A `{` is not closed on its line, or contains another one.
    Unclosed {
        /// The position of the brace.
        character: usize,
    },
    /// A `}` has no `{` before it.
    Unopened {
        /// The position of the brace.
        character: usize,
    },
    /// There is no name between the braces.
    NoName {
        /// The position of the first brace.
        character: usize,
    },
    /// A name is in double braces.
    DoubleBraces(
        /// The name.
        String,
    ),
}

impl fmt::Display for InvalidTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unclosed { character } => write!(
                f,
                "the text has a `{{` at character {character} that is not closed: write `{{nome}}` for the column \
                 `nome`, or `{{{{` for a brace"
            ),
            Self::Unopened { character } => write!(
                f,
                "the text has a `}}` at character {character} without a `{{` before it: write `}}}}` for a brace"
            ),
            Self::NoName { character } => write!(
                f,
                "the text has `{{}}` at character {character}: write the name of a column between the braces, or \
                 `{{{{}}}}` for two braces"
            ),
            Self::DoubleBraces(number) if number.bytes().all(|byte| byte.is_ascii_digit()) => write!(
                f,
                "the text has `{{{{{number}}}}}`, which WhatsApp's registered templates have: send the template by its \
                 id, and give a value for the placeholder, such as `{{nome}}` for the column `nome`"
            ),
            Self::DoubleBraces(name) => {
                let name = shown(name);
                write!(
                    f,
                    "the text has `{{{{{name}}}}}`, which would be sent as `{{{name}}}`: write `{{{name}}}` for the \
                     value of the column `{name}`"
                )
            }
        }
    }
}

impl std::error::Error for InvalidTemplate {}

/// The error for a placeholder without a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingValue(String);

impl MissingValue {
    /// Returns the name of the placeholder.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for MissingValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no value for the placeholder `{{{}}}`", shown(&self.0))
    }
}

impl std::error::Error for MissingValue {}
