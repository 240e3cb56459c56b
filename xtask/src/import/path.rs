//! The path of an operation, with its parameters.

use super::finding::{Finding, Result};
use super::ids::snake_case;
use super::wire_names;
use crate::document::At;
use crate::names::{RESERVED, field};

/// The longest path, in bytes. Each can be escaped, and a key of YAML has at most 1024 characters.
const LONGEST: usize = 300;

/// A path in parts.
pub(super) struct Path {
    /// The texts before, between and after the names.
    texts: Vec<String>,
    pub names: Vec<String>,
    /// The names as the document has them.
    pub declared: Vec<String>,
}

impl Path {
    /// Reads a path. A part such as `:id` is a parameter, as in the routes of some servers.
    pub(super) fn parse(path: &str, at: &At<'_>) -> Result<Self> {
        let wrong = |reason: String| Err(Finding::at(at, reason));
        if !path.starts_with('/') {
            return wrong(format!("the path `{path}` does not begin with `/`"));
        }
        if path.len() > LONGEST {
            return wrong(format!("the path has more than {LONGEST} bytes"));
        }
        if let Some(odd) = path.chars().find(|c| matches!(c, '?' | '#') || c.is_control()) {
            return wrong(format!("the path contains {odd:?}, which would end it"));
        }
        let parts = path.split('/').map(|part| match part.strip_prefix(':') {
            Some(name) if !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') => {
                format!("{{{name}}}")
            }
            _ => part.to_owned(),
        });
        let path = parts.collect::<Vec<_>>().join("/");
        let (mut texts, mut names) = (Vec::new(), Vec::new());
        let mut rest = &*path;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, after)) = after.split_once('}') else {
                return wrong("a `{` in the path has no `}`".to_owned());
            };
            if name.is_empty() || names.iter().any(|other| other == name) {
                return wrong(format!("the path contains `{{{name}}}`, which is empty or there twice"));
            }
            texts.push(escaped(before));
            names.push(name.to_owned());
            rest = after;
        }
        texts.push(escaped(rest));
        Ok(Self { texts, declared: names.clone(), names })
    }

    /// Gives a parameter a name that no other parameter has. The name is not sent.
    pub(super) fn rename(&mut self, index: usize, others: &[String]) -> String {
        let name = &self.names[index];
        let is_plain = name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
        let plain = if is_plain { name.clone() } else { snake_case(name) };
        let plain = if plain.starts_with(|c: char| c.is_ascii_alphabetic()) { plain } else { format!("part_{plain}") };
        let free = |name: &String| {
            let field = field(name);
            wire_names::check(name).is_ok() && !RESERVED.contains(&field.as_str()) && !others.contains(&field)
        };
        let numbered = (2..1000).map(|number| format!("{plain}_in_path_{number}"));
        let mut candidates = [plain.clone(), format!("{plain}_in_path")].into_iter().chain(numbered);
        let chosen = candidates.find(free).unwrap_or_else(|| format!("part_{index}"));
        self.names[index].clone_from(&chosen);
        chosen
    }

    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        for (index, part) in self.texts.iter().enumerate() {
            text.push_str(part);
            if let Some(name) = self.names.get(index) {
                text = text + "{" + name + "}";
            }
        }
        text
    }
}

/// What a path of the document has in its query.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum InQuery<'p> {
    /// `name={parameter}`.
    Parameter { name: &'p str, parameter: &'p str },
    /// `name=value`.
    Constant { name: &'p str, value: &'p str },
}

/// Separates a path from a query, which OpenAPI does not allow in a path, but some documents have.
pub(super) fn split_query(path: &str) -> (&str, Vec<InQuery<'_>>) {
    let Some((path, query)) = path.split_once('?') else { return (path, Vec::new()) };
    let part = |part| -> InQuery<'_> {
        let (name, value) = str::split_once(part, '=').unwrap_or((part, ""));
        let placeholder = |text: &'_ str| text.starts_with('{') && text.ends_with('}') && text.len() > 2;
        match (placeholder(name), placeholder(value)) {
            (_, true) => InQuery::Parameter { name, parameter: &value[1..value.len() - 1] },
            (true, _) if value.is_empty() => {
                let name = &name[1..name.len() - 1];
                InQuery::Parameter { name, parameter: name }
            }
            _ => InQuery::Constant { name, value },
        }
    };
    (path, query.split('&').filter(|part| !part.is_empty()).map(part).collect())
}

/// Escapes the characters of a path that a URL cannot contain.
fn escaped(text: &str) -> String {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@%/".contains(&byte);
    text.bytes()
        .map(|byte| if is_allowed(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{InQuery, Path, split_query};
    use crate::document::Document;

    #[test]
    fn odd_paths_are_escaped_or_refused() {
        let document = Document::parse("a.yaml", "a: 1").expect("it is YAML");
        let text = |path| Path::parse(path, &document.root()).map(|path| path.text()).map_err(|finding| finding.reason);
        assert_eq!(text("/a b/ção/{id}.json/:name/x:y"), Ok("/a%20b/%C3%A7%C3%A3o/{id}.json/{name}/x:y".into()));
        for wrong in ["", "a", "/a?b", "/a#b", "/{a", "/{}", "/{a}/{a}", "/a\nb"] {
            assert!(text(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_query_in_a_path_is_separated_from_it() {
        let (path, query) = split_query("/a/{b}?c={d}&e=f&{g}");
        assert_eq!(path, "/a/{b}");
        let parameter = |name, parameter| InQuery::Parameter { name, parameter };
        assert_eq!(query, [parameter("c", "d"), InQuery::Constant { name: "e", value: "f" }, parameter("g", "g")]);
        assert_eq!(split_query("/a?"), ("/a", Vec::new()));
    }

    #[test]
    fn a_parameter_of_the_path_gets_a_name_that_is_free() {
        let document = Document::parse("a.yaml", "a: 1").expect("it is YAML");
        let mut path = Path::parse("/{id}/{body}/{a:b}", &document.root()).expect("it is a path");
        assert_eq!(path.rename(0, &["id".into()]), "id_in_path");
        assert_eq!(path.rename(1, &[]), "body_in_path");
        assert_eq!(path.rename(2, &[]), "a_b");
        assert_eq!(path.text(), "/{id_in_path}/{body_in_path}/{a_b}");
    }
}
