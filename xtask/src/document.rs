//! A YAML document that knows where each of its values stands.

use std::fmt;

use saphyr::{LoadableYamlNode, MarkedYaml, Scalar, ScanError, YamlData};
use saphyr_parser::{Event, Parser};
use serde_json::Value;

/// What is wrong with a spec, and where.
#[derive(Debug, PartialEq, Eq)]
pub struct SpecError {
    /// The file as it was named to the tool.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// JSON pointer of the value.
    pub pointer: String,
    /// What is wrong and how to mend it.
    pub message: String,
}

impl fmt::Display for SpecError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: ", self.file, self.line)?;
        if !self.pointer.is_empty() {
            write!(f, "{}: ", self.pointer)?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for SpecError {}

/// Result of reading a spec.
pub type Result<T> = std::result::Result<T, SpecError>;

/// A value with its line.
#[derive(Clone, Debug)]
pub struct Node {
    line: usize,
    kind: Kind,
}

#[derive(Clone, Debug)]
enum Kind {
    Scalar(Value),
    List(Vec<Node>),
    /// In the order of the file.
    Map(Vec<(String, Node)>),
}

/// A spec as it was read.
#[derive(Debug)]
pub struct Document {
    file: String,
    root: Node,
}

impl Document {
    /// Reads the text of `file`.
    pub fn parse(file: &str, text: &str) -> Result<Self> {
        let error = |line, message| SpecError { file: file.to_owned(), line, pointer: String::new(), message };
        let not_yaml = |scan: ScanError| error(scan.marker().line(), format!("not YAML: {}", scan.info()));
        for event in Parser::new_from_str(text) {
            // The loader would put in the value silently, with the line of neither place.
            if let (Event::Alias(_), span) = event.map_err(not_yaml)? {
                let message = "YAML aliases are not supported: write the value out".to_owned();
                return Err(error(span.start.line(), message));
            }
        }
        let documents = MarkedYaml::load_from_str(text).map_err(not_yaml)?;
        let [document] = documents.as_slice() else {
            return Err(error(1, format!("expected one YAML document, found {}", documents.len())));
        };
        let root = node(document).map_err(|(line, message)| error(line, message))?;
        Ok(Self { file: file.to_owned(), root })
    }

    /// The outermost value.
    #[must_use]
    pub fn root(&self) -> At<'_> {
        At { document: self, node: &self.root, pointer: String::new() }
    }
}

fn node(yaml: &MarkedYaml<'_>) -> std::result::Result<Node, (usize, String)> {
    let line = yaml.span.start.line();
    let kind = match &yaml.data {
        YamlData::Value(scalar) => Kind::Scalar(match scalar {
            Scalar::Null => Value::Null,
            Scalar::Boolean(value) => (*value).into(),
            Scalar::Integer(value) => (*value).into(),
            Scalar::FloatingPoint(value) => value.into_inner().into(),
            Scalar::String(value) => value.as_ref().into(),
        }),
        YamlData::Sequence(items) => Kind::List(items.iter().map(node).collect::<std::result::Result<_, _>>()?),
        YamlData::Mapping(entries) => {
            let entry = |(key, value): (&MarkedYaml<'_>, &MarkedYaml<'_>)| {
                let key = match &key.data {
                    YamlData::Value(Scalar::String(key)) => key.to_string(),
                    YamlData::Value(Scalar::Integer(key)) => key.to_string(),
                    _ => return Err((key.span.start.line(), "a key must be text".to_owned())),
                };
                Ok((key, node(value)?))
            };
            Kind::Map(entries.iter().map(entry).collect::<std::result::Result<_, _>>()?)
        }
        _ => return Err((line, "YAML tags are not supported: write the value without".to_owned())),
    };
    Ok(Node { line, kind })
}

/// A value in a document: knows its place, for errors.
#[derive(Clone, Debug)]
pub struct At<'d> {
    document: &'d Document,
    node: &'d Node,
    pointer: String,
}

impl<'d> At<'d> {
    fn child(&self, key: &str, node: &'d Node) -> Self {
        let key = key.replace('~', "~0").replace('/', "~1");
        Self { document: self.document, node, pointer: format!("{}/{key}", self.pointer) }
    }

    /// An error at this place.
    #[must_use]
    pub fn error(&self, message: impl Into<String>) -> SpecError {
        SpecError {
            file: self.document.file.clone(),
            line: self.node.line,
            pointer: self.pointer.clone(),
            message: message.into(),
        }
    }

    /// The document's outermost value.
    #[must_use]
    pub fn root(&self) -> Self {
        self.document.root()
    }

    /// The value of `key`, if this is a mapping that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<Self> {
        let Kind::Map(entries) = &self.node.kind else { return None };
        let (_, node) = entries.iter().find(|(name, _)| name == key)?;
        Some(self.child(key, node))
    }

    /// The value of `key`, which must be there.
    pub fn need(&self, key: &str) -> Result<Self> {
        self.get(key).ok_or_else(|| self.error(format!("`{key}` is missing")))
    }

    /// The text of `key`, which must be there.
    pub fn need_text(&self, key: &str) -> Result<&'d str> {
        self.need(key)?.text()
    }

    /// The text of `key`, if it is there.
    pub fn get_text(&self, key: &str) -> Result<Option<&'d str>> {
        self.get(key).map(|at| at.text()).transpose()
    }

    /// Whether `key` is `true`.
    #[must_use]
    pub fn is_true(&self, key: &str) -> bool {
        self.get(key).is_some_and(|at| matches!(at.node.kind, Kind::Scalar(Value::Bool(true))))
    }

    /// This value as text.
    pub fn text(&self) -> Result<&'d str> {
        match &self.node.kind {
            Kind::Scalar(Value::String(text)) => Ok(text),
            _ => Err(self.error("text expected")),
        }
    }

    /// This scalar as JSON.
    pub fn scalar(&self) -> Result<&'d Value> {
        match &self.node.kind {
            Kind::Scalar(value) => Ok(value),
            _ => Err(self.error("a single value expected")),
        }
    }

    /// The entries of this mapping, in the order of the file.
    pub fn entries(&self) -> Result<Vec<(&'d str, Self)>> {
        match &self.node.kind {
            Kind::Map(entries) => Ok(entries.iter().map(|(key, node)| (key.as_str(), self.child(key, node))).collect()),
            _ => Err(self.error("a mapping expected")),
        }
    }

    /// The items of this list.
    pub fn items(&self) -> Result<Vec<Self>> {
        match &self.node.kind {
            Kind::List(items) => {
                Ok(items.iter().enumerate().map(|(index, node)| self.child(&index.to_string(), node)).collect())
            }
            _ => Err(self.error("a list expected")),
        }
    }

    /// The texts of this list.
    pub fn texts(&self) -> Result<Vec<String>> {
        self.items()?.iter().map(|item| item.text().map(str::to_owned)).collect()
    }

    /// Every value below this one, itself first.
    #[must_use]
    pub fn walk(&self) -> Vec<Self> {
        let mut found = vec![self.clone()];
        let children = match &self.node.kind {
            Kind::Scalar(_) => Vec::new(),
            Kind::List(_) => self.items().unwrap_or_default(),
            Kind::Map(_) => self.entries().unwrap_or_default().into_iter().map(|(_, at)| at).collect(),
        };
        found.extend(children.iter().flat_map(Self::walk));
        found
    }

    /// What this value's `$ref` names within the document, or this value itself.
    pub fn resolve(&self) -> Result<Self> {
        let mut at = self.clone();
        let mut passed = Vec::new();
        while let Some(reference) = at.get_text("$ref")? {
            if passed.contains(&reference) {
                return Err(self.error(format!("`{reference}` refers to itself")));
            }
            passed.push(reference);
            at = at.target(reference)?;
        }
        Ok(at)
    }

    fn target(&self, reference: &str) -> Result<Self> {
        let path = reference
            .strip_prefix("#/")
            .ok_or_else(|| self.error(format!("`{reference}` is not in this file: only `#/…` can be referred to")))?;
        path.split('/').try_fold(self.root(), |at, key| {
            at.get(&key.replace("~1", "/").replace("~0", "~"))
                .ok_or_else(|| self.error(format!("`{reference}` refers to nothing: there is no `{key}`")))
        })
    }

    /// The JSON of this value. `change` may replace the JSON of any value within it on the way up;
    /// entries that `keep` refuses, by their mapping and key, are left out.
    pub fn to_json<E>(
        &self,
        keep: &dyn Fn(&Self, &str) -> bool,
        change: &dyn Fn(&Self, Value) -> std::result::Result<Value, E>,
    ) -> std::result::Result<Value, E> {
        let json = match &self.node.kind {
            Kind::Scalar(value) => value.clone(),
            Kind::List(items) => {
                let item =
                    |(index, node): (usize, &'d Node)| self.child(&index.to_string(), node).to_json(keep, change);
                Value::Array(items.iter().enumerate().map(item).collect::<std::result::Result<_, E>>()?)
            }
            Kind::Map(entries) => {
                let entry =
                    |(key, node): &'d (String, Node)| Ok((key.clone(), self.child(key, node).to_json(keep, change)?));
                Value::Object(
                    entries
                        .iter()
                        .filter(|(key, _)| keep(self, key))
                        .map(entry)
                        .collect::<std::result::Result<_, E>>()?,
                )
            }
        };
        change(self, json)
    }

    /// Line of this value, from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.node.line
    }

    /// Where this value is, as a JSON pointer.
    #[must_use]
    pub fn pointer(&self) -> &str {
        &self.pointer
    }
}
