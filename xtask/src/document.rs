//! A YAML document that knows where each of its values stands.

mod load;

use std::fmt;

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
    /// What is wrong and how to help it.
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

/// A value with its place.
#[derive(Debug)]
struct Node {
    line: usize,
    parent: usize,
    /// Its name in a mapping; empty in a list.
    key: String,
    kind: Kind,
    /// Where the values below it end: they follow it in the order of the file.
    end: usize,
}

#[derive(Debug)]
enum Kind {
    Scalar(Value),
    List(Vec<usize>),
    Map {
        /// In the order of the file.
        entries: Vec<usize>,
        /// The same in the order of their keys, to be searched: a spec may have thousands of schemas.
        sorted: Vec<usize>,
    },
}

/// A spec as it was read.
#[derive(Debug)]
pub struct Document {
    file: String,
    /// All values, the outermost first.
    nodes: Vec<Node>,
}

impl Document {
    /// The outermost value.
    #[must_use]
    pub fn root(&self) -> At<'_> {
        At { document: self, index: 0 }
    }
}

/// Up to so many keys are compared one by one, which takes less time than a search: most differ in length already.
const FEW: usize = 16;

/// A value in a document: knows its place, for errors.
#[derive(Clone, Debug)]
pub struct At<'d> {
    document: &'d Document,
    index: usize,
}

impl<'d> At<'d> {
    fn node(&self) -> &'d Node {
        &self.document.nodes[self.index]
    }

    fn at(&self, index: usize) -> Self {
        Self { document: self.document, index }
    }

    /// An error at this place.
    #[must_use]
    pub fn error(&self, message: impl Into<String>) -> SpecError {
        SpecError {
            file: self.document.file.clone(),
            line: self.line(),
            pointer: self.pointer(),
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
        let Kind::Map { sorted, .. } = &self.node().kind else { return None };
        let key_of = |index: &usize| self.document.nodes[*index].key.as_str();
        let found = if sorted.len() <= FEW {
            sorted.iter().position(|index| key_of(index) == key)
        } else {
            sorted.binary_search_by(|index| key_of(index).cmp(key)).ok()
        };
        found.map(|found| self.at(sorted[found]))
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
        self.get(key).is_some_and(|at| matches!(at.node().kind, Kind::Scalar(Value::Bool(true))))
    }

    /// This value as text.
    pub fn text(&self) -> Result<&'d str> {
        match &self.node().kind {
            Kind::Scalar(Value::String(text)) => Ok(text),
            _ => Err(self.error("text expected")),
        }
    }

    /// This scalar as JSON.
    pub fn scalar(&self) -> Result<&'d Value> {
        match &self.node().kind {
            Kind::Scalar(value) => Ok(value),
            _ => Err(self.error("a single value expected")),
        }
    }

    /// This value as text, if it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&'d str> {
        self.as_scalar()?.as_str()
    }

    /// This scalar as JSON, if it is one.
    #[must_use]
    pub fn as_scalar(&self) -> Option<&'d Value> {
        if let Kind::Scalar(value) = &self.node().kind { Some(value) } else { None }
    }

    /// The entries of this value, if it is a mapping, in the order of the file.
    #[must_use]
    pub fn as_entries(&self) -> Option<Vec<(&'d str, Self)>> {
        if matches!(self.node().kind, Kind::Map { .. }) { self.entries().ok() } else { None }
    }

    /// The items of this value, if it is a list.
    #[must_use]
    pub fn as_items(&self) -> Option<Vec<Self>> {
        if matches!(self.node().kind, Kind::List(_)) { self.items().ok() } else { None }
    }

    /// The entries of this mapping, in the order of the file.
    pub fn entries(&self) -> Result<Vec<(&'d str, Self)>> {
        match &self.node().kind {
            Kind::Map { entries, .. } => Ok(entries.iter().map(|index| self.entry(*index)).collect()),
            _ => Err(self.error("a mapping expected")),
        }
    }

    /// The items of this list.
    pub fn items(&self) -> Result<Vec<Self>> {
        match &self.node().kind {
            Kind::List(items) => Ok(items.iter().map(|index| self.at(*index)).collect()),
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
        (self.index..self.node().end).map(|index| self.at(index)).collect()
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
        let json = match &self.node().kind {
            Kind::Scalar(value) => value.clone(),
            Kind::List(items) => {
                let items = items.iter().map(|index| self.at(*index).to_json(keep, change));
                Value::Array(items.collect::<std::result::Result<_, E>>()?)
            }
            Kind::Map { entries, .. } => {
                let entries = entries.iter().map(|index| self.entry(*index)).filter(|(key, _)| keep(self, key));
                let entries = entries.map(|(key, at)| Ok((key.to_owned(), at.to_json(keep, change)?)));
                Value::Object(entries.collect::<std::result::Result<_, E>>()?)
            }
        };
        change(self, json)
    }

    fn entry(&self, index: usize) -> (&'d str, Self) {
        (&self.document.nodes[index].key, self.at(index))
    }

    /// Whether this is the same place of the same document.
    pub(crate) fn is(&self, other: &Self) -> bool {
        std::ptr::eq(self.document, other.document) && self.index == other.index
    }

    /// Line of this value, from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.node().line
    }

    /// The values around this one, itself first and the outermost left out.
    fn outwards(&self) -> impl Iterator<Item = Self> + use<'d> {
        let inner = (self.index > 0).then(|| self.clone());
        std::iter::successors(inner, |at| (at.node().parent > 0).then(|| at.at(at.node().parent)))
    }

    /// The keys to this value, the innermost first; a place in a list has none.
    pub(crate) fn keys_outwards(&self) -> impl Iterator<Item = &'d str> + use<'d> {
        self.outwards().map(|at| at.node().key.as_str())
    }

    /// Where this value is, as a JSON pointer.
    #[must_use]
    pub fn pointer(&self) -> String {
        let mut values: Vec<_> = self.outwards().collect();
        values.reverse();
        let mut pointer = String::new();
        for at in values {
            pointer.push('/');
            match &at.at(at.node().parent).node().kind {
                // Its items stand in the order of the file.
                Kind::List(items) => pointer += &items.partition_point(|item| *item < at.index).to_string(),
                _ if at.node().key.contains(['~', '/']) => {
                    pointer += &at.node().key.replace('~', "~0").replace('/', "~1");
                }
                _ => pointer += &at.node().key,
            }
        }
        pointer
    }
}
