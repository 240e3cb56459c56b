//! The model of a page: what it documents, without brand, host and language. `specs/pages` has one for each API.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::document::{At, Document, Result};

/// What a page documents.
#[derive(Debug, Default)]
pub struct PageModel {
    /// What it documents about the whole API, such as the base path.
    pub whole: BTreeMap<String, String>,
    /// The operations, in the order of the page.
    pub operations: Vec<PageOperation>,
}

/// An operation on a page.
#[derive(Debug)]
pub struct PageOperation {
    /// Method and path; `{}` stands for a part that varies from call to call.
    pub name: String,
    /// The line in the page, or in the file of the model.
    pub line: usize,
    /// The fields of the request and of the answer.
    pub fields: Vec<PageField>,
}

/// A field of an operation.
#[derive(Debug)]
pub struct PageField {
    /// The location and the name on the wire: `query page`; `sample mobile` is in a sample request, and `answer code` in a
    /// sample answer.
    pub name: String,
    /// The line in the page, or in the file of the model.
    pub line: usize,
    /// What the page says about it: `required`, `type`, `default`, `values`, `max-bytes`, `file-types`.
    pub attributes: BTreeMap<String, String>,
}

impl PageOperation {
    /// Returns the field with this name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&PageField> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// Adds a field, or adds attributes to it if it exists.
    pub(super) fn add(&mut self, name: String, line: usize, attributes: BTreeMap<String, String>) {
        match self.fields.iter_mut().find(|field| field.name == name) {
            Some(field) => field.attributes.extend(attributes),
            None => self.fields.push(PageField { name, line, attributes }),
        }
    }
}

impl PageModel {
    /// Returns the operation with this name.
    #[must_use]
    pub fn operation(&self, name: &str) -> Option<&PageOperation> {
        self.operations.iter().find(|operation| operation.name == name)
    }

    /// Returns the number of fields of all operations.
    #[must_use]
    pub fn field_count(&self) -> usize {
        self.operations.iter().map(|operation| operation.fields.len()).sum()
    }

    /// Reads the file of a model.
    pub fn read(document: &Document) -> Result<Self> {
        let mut model = Self::default();
        for (key, at) in document.root().entries()? {
            if key != OPERATIONS {
                model.whole.insert(key.to_owned(), word(&at)?);
                continue;
            }
            for (name, at) in at.entries()? {
                let mut operation = PageOperation { name: name.to_owned(), line: at.line(), fields: Vec::new() };
                for (name, at) in at.entries()? {
                    let attributes = at.entries()?.into_iter().map(|(key, at)| Ok((key.to_owned(), word(&at)?)));
                    operation.add(name.to_owned(), at.line(), attributes.collect::<Result<_>>()?);
                }
                model.operations.push(operation);
            }
        }
        Ok(model)
    }

    /// Returns the text of the file that [`PageModel::read`] reads.
    #[must_use]
    pub fn yaml(&self) -> String {
        let mut text = HEADER.to_owned();
        for (key, value) in &self.whole {
            let _ = writeln!(text, "{key}: {}", quoted(value));
        }
        let _ = writeln!(text, "{OPERATIONS}:");
        for operation in &self.operations {
            let none = if operation.fields.is_empty() { " {}" } else { "" };
            let _ = writeln!(text, "  {}:{none}", operation.name);
            for field in &operation.fields {
                let attribute = |(key, value): (&String, &String)| format!("{key}: {}", quoted(value));
                let attributes = field.attributes.iter().map(attribute).collect::<Vec<_>>().join(", ");
                let attributes = if attributes.is_empty() { attributes } else { format!(" {attributes} ") };
                let _ = writeln!(text, "    {}: {{{attributes}}}", field.name);
            }
        }
        text
    }
}

const OPERATIONS: &str = "operations";

const HEADER: &str = "\
# What the provider's pages document, without brand, host and language. `cargo xtask drift --derive PAGE` writes this file:
# run it again when a page changes. `known.yaml` lists what is wrong or missing on the pages.
";

/// Returns a scalar as text.
fn word(at: &At<'_>) -> Result<String> {
    let value = at.scalar()?;
    Ok(value.as_str().map_or_else(|| value.to_string(), str::to_owned))
}

/// Returns a text as a YAML scalar.
fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '/');
    let starts = text.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '/');
    // Some YAML readers convert these to booleans.
    if starts && text.chars().all(plain) && !matches!(text, "yes" | "no") {
        text.to_owned()
    } else {
        serde_json::Value::from(text).to_string()
    }
}
