//! What a page says, without brand, host and language: the form in which the project keeps it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::document::{At, Document, Result};

/// What a page says.
#[derive(Debug, Default)]
pub struct PageModel {
    /// What it says of the whole, such as the base path.
    pub whole: BTreeMap<String, String>,
    /// Operations, in the order of the page.
    pub operations: Vec<Operation>,
}

/// An operation on a page.
#[derive(Debug)]
pub struct Operation {
    /// Method and path; `{}` is whatever differs from call to call.
    pub name: String,
    /// Line of the page or file.
    pub line: usize,
    /// What is sent and answered.
    pub fields: Vec<Field>,
}

/// A field of an operation.
#[derive(Debug)]
pub struct Field {
    /// Where it is and its name on the wire: `query page`; `sample mobile` is in a sample request, `answer code` in a
    /// sample answer.
    pub name: String,
    /// Line of the page or file.
    pub line: usize,
    /// What is said of it: `required`, `type`, `default`, `values`, `max-bytes`, `file-types`.
    pub attributes: BTreeMap<String, String>,
}

impl Operation {
    /// The field of that name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// Adds a field, or what more is said of it.
    pub(super) fn add(&mut self, name: String, line: usize, attributes: BTreeMap<String, String>) {
        match self.fields.iter_mut().find(|field| field.name == name) {
            Some(field) => field.attributes.extend(attributes),
            None => self.fields.push(Field { name, line, attributes }),
        }
    }
}

impl PageModel {
    /// The operation of that name.
    #[must_use]
    pub fn operation(&self, name: &str) -> Option<&Operation> {
        self.operations.iter().find(|operation| operation.name == name)
    }

    /// How many fields there are in all.
    #[must_use]
    pub fn fields(&self) -> usize {
        self.operations.iter().map(|operation| operation.fields.len()).sum()
    }

    /// Reads a file of facts.
    pub fn read(document: &Document) -> Result<Self> {
        let mut facts = Self::default();
        for (key, at) in document.root().entries()? {
            if key != OPERATIONS {
                facts.whole.insert(key.to_owned(), word(&at)?);
                continue;
            }
            for (name, at) in at.entries()? {
                let mut operation = Operation { name: name.to_owned(), line: at.line(), fields: Vec::new() };
                for (name, at) in at.entries()? {
                    let attributes = at.entries()?.into_iter().map(|(key, at)| Ok((key.to_owned(), word(&at)?)));
                    operation.add(name.to_owned(), at.line(), attributes.collect::<Result<_>>()?);
                }
                facts.operations.push(operation);
            }
        }
        Ok(facts)
    }

    /// The file that [`PageModel::read`] reads.
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
# What the provider's pages say, without brand, host and language. Written by `cargo xtask drift --derive PAGE`: where a
# page changes, write it anew. What is wrong or missing on the pages is listed in `known.yaml`.
";

/// A single value as text.
fn word(at: &At<'_>) -> Result<String> {
    let value = at.scalar()?;
    Ok(value.as_str().map_or_else(|| value.to_string(), str::to_owned))
}

/// Text as YAML has it.
fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '/');
    let starts = text.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '/');
    // Of these, some readers of YAML make truth values.
    if starts && text.chars().all(plain) && !matches!(text, "yes" | "no") {
        text.to_owned()
    } else {
        serde_json::Value::from(text).to_string()
    }
}
