//! A value of a document with its location.

use serde_json::Value;

use super::{Document, Kind, Node, Result, SpecError};

/// A value in a document, with its location for errors.
#[derive(Clone, Debug)]
pub struct At<'d> {
    pub(super) document: &'d Document,
    pub(super) index: usize,
}

impl<'d> At<'d> {
    fn node(&self) -> &'d Node {
        &self.document.nodes[self.index]
    }

    fn at(&self, index: usize) -> Self {
        Self { document: self.document, index }
    }

    /// Returns an error at this value.
    #[must_use]
    pub fn error(&self, message: impl Into<String>) -> SpecError {
        SpecError {
            file: self.document.file.clone(),
            line: self.line(),
            pointer: self.pointer(),
            message: message.into(),
        }
    }

    /// Returns the outermost value of the document.
    #[must_use]
    pub fn root(&self) -> Self {
        self.document.root()
    }

    /// Returns the value of `key`, if this is a mapping that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<Self> {
        let Kind::Map { sorted, .. } = &self.node().kind else { return None };
        let key_of = |index: &usize| self.document.nodes[*index].key.as_str();
        let found = sorted.binary_search_by(|index| key_of(index).cmp(key)).ok()?;
        Some(self.at(sorted[found]))
    }

    /// Returns the value of `key`, or an error if there is none.
    pub fn need(&self, key: &str) -> Result<Self> {
        self.get(key).ok_or_else(|| self.error(format!("`{key}` is missing")))
    }

    /// Returns the text of `key`, or an error if there is none.
    pub fn need_text(&self, key: &str) -> Result<&'d str> {
        self.need(key)?.text()
    }

    /// Returns the text of `key`, if there is one.
    pub fn get_text(&self, key: &str) -> Result<Option<&'d str>> {
        self.get(key).map(|at| at.text()).transpose()
    }

    /// Returns whether `key` is `true`.
    #[must_use]
    pub fn is_true(&self, key: &str) -> bool {
        self.get(key).is_some_and(|at| matches!(at.node().kind, Kind::Scalar(Value::Bool(true))))
    }

    /// Returns this value as text, or an error if it is not text.
    pub fn text(&self) -> Result<&'d str> {
        match &self.node().kind {
            Kind::Scalar(Value::String(text)) => Ok(text),
            _ => Err(self.error("text expected")),
        }
    }

    /// Returns this scalar as JSON, or an error if it is not a scalar.
    pub fn scalar(&self) -> Result<&'d Value> {
        match &self.node().kind {
            Kind::Scalar(value) => Ok(value),
            _ => Err(self.error("a single value expected")),
        }
    }

    /// Returns this value as text, if it is text.
    #[must_use]
    pub fn as_text(&self) -> Option<&'d str> {
        self.as_scalar()?.as_str()
    }

    /// Returns this scalar as JSON, if it is a scalar.
    #[must_use]
    pub fn as_scalar(&self) -> Option<&'d Value> {
        if let Kind::Scalar(value) = &self.node().kind { Some(value) } else { None }
    }

    /// Returns the entries of this value in the order of the file, if it is a mapping.
    #[must_use]
    pub fn as_entries(&self) -> Option<Vec<(&'d str, Self)>> {
        if matches!(self.node().kind, Kind::Map { .. }) { self.entries().ok() } else { None }
    }

    /// Returns the items of this value, if it is a list.
    #[must_use]
    pub fn as_items(&self) -> Option<Vec<Self>> {
        if matches!(self.node().kind, Kind::List(_)) { self.items().ok() } else { None }
    }

    /// Returns the entries of this mapping in the order of the file, or an error if it is not a mapping.
    pub fn entries(&self) -> Result<Vec<(&'d str, Self)>> {
        match &self.node().kind {
            Kind::Map { entries, .. } => Ok(entries.iter().map(|index| self.entry(*index)).collect()),
            _ => Err(self.error("a mapping expected")),
        }
    }

    /// Returns the items of this list, or an error if it is not a list.
    pub fn items(&self) -> Result<Vec<Self>> {
        match &self.node().kind {
            Kind::List(items) => Ok(items.iter().map(|index| self.at(*index)).collect()),
            _ => Err(self.error("a list expected")),
        }
    }

    /// Returns the texts of this list, or an error if it is not a list of texts.
    pub fn texts(&self) -> Result<Vec<String>> {
        self.items()?.iter().map(|item| item.text().map(str::to_owned)).collect()
    }

    /// Returns this value and every value below it.
    #[must_use]
    pub fn walk(&self) -> Vec<Self> {
        (self.index..self.node().end).map(|index| self.at(index)).collect()
    }

    /// Returns the value that this value's `$ref` names, or this value itself.
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
        let path = reference.strip_prefix("#/").ok_or_else(|| {
            self.error(format!("`{reference}` is not in this file: a reference must begin with `#/`"))
        })?;
        path.split('/').try_fold(self.root(), |at, key| {
            at.get(&key.replace("~1", "/").replace("~0", "~"))
                .ok_or_else(|| self.error(format!("`{reference}` does not exist: `{key}` is missing")))
        })
    }

    /// Returns the JSON of this value. `keep` decides about each entry by its mapping and key. `change` may replace the
    /// JSON of each value within it, from the innermost outwards.
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

    /// Returns whether this is the same value of the same document.
    pub(crate) fn is(&self, other: &Self) -> bool {
        std::ptr::eq(self.document, other.document) && self.index == other.index
    }

    /// Returns the number of this value in its document.
    pub(crate) fn index(&self) -> usize {
        self.index
    }

    /// Returns the line of this value, from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.node().line
    }

    /// Returns this value and the values around it, but for the outermost.
    fn outwards(&self) -> impl Iterator<Item = Self> + use<'d> {
        let inner = (self.index > 0).then(|| self.clone());
        std::iter::successors(inner, |at| (at.node().parent > 0).then(|| at.at(at.node().parent)))
    }

    /// Returns the keys to this value, the innermost first. The key of an item of a list is empty.
    pub(crate) fn keys_outwards(&self) -> impl Iterator<Item = &'d str> + use<'d> {
        self.outwards().map(|at| at.node().key.as_str())
    }

    /// Returns the location of this value as a JSON pointer.
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
