//! The house rules that a spec must hold.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::{At, Document, SpecError};
use crate::rewrite::holds_names;

/// The numbered facts beside the specs.
#[derive(Debug)]
pub struct Facts {
    file: String,
    /// Line of each fact by its number.
    lines: BTreeMap<String, usize>,
    twice: Vec<(String, usize)>,
}

impl Facts {
    /// Reads a list whose items start with `- **E4**`.
    #[must_use]
    pub fn parse(file: &str, text: &str) -> Self {
        let mut facts = Self { file: file.to_owned(), lines: BTreeMap::new(), twice: Vec::new() };
        for (index, line) in text.lines().enumerate() {
            let number = line.strip_prefix("- **").and_then(|line| line.split_once("**")).map(|(number, _)| number);
            if let Some(number) = number.filter(|number| is_fact(number))
                && facts.lines.insert(number.to_owned(), index + 1).is_some()
            {
                facts.twice.push((number.to_owned(), index + 1));
            }
        }
        facts
    }

    fn error(&self, line: usize, message: String) -> SpecError {
        SpecError { file: self.file.clone(), line, pointer: String::new(), message }
    }
}

/// A letter and a number.
fn is_fact(text: &str) -> bool {
    let digits = text.strip_prefix(|c: char| c.is_ascii_uppercase()).unwrap_or_default();
    !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit())
}

/// How a fact may be known, the strongest first.
pub(crate) const HOW: [&str; 4] = ["observed", "docs", "public", "guess"];

/// The extensions that mean something; `specs/README.md` explains them.
const EXTENSIONS: [&str; 14] = [
    "x-envelope",
    "x-file-types",
    "x-format",
    "x-key-prefix",
    "x-max-bytes",
    "x-min-bytes",
    "x-name",
    "x-open-enum",
    "x-pagination",
    "x-rules",
    "x-safety",
    "x-source",
    "x-trims",
    "x-why",
];

/// Keys that look like an extension and are none: misspelt, they would be passed over in silence.
#[must_use]
pub fn extensions(document: &Document) -> Vec<SpecError> {
    let unknown = |(key, at): (&str, At<'_>)| {
        let known = !key.starts_with("x-") || EXTENSIONS.contains(&key);
        (!known).then(|| at.error(format!("`{key}` is no extension: write one of {}", EXTENSIONS.join(", "))))
    };
    let maps = document.root().walk().into_iter().filter(|at| !holds_names(at));
    maps.filter_map(|at| at.entries().ok()).flatten().filter_map(unknown).collect()
}

/// Every operation, parameter and property says how it is known; every citation exists, and every
/// fact is cited.
#[must_use]
pub fn provenance(documents: &[Document], facts: &Facts) -> Vec<SpecError> {
    let mut errors: Vec<_> =
        facts.twice.iter().map(|(fact, line)| facts.error(*line, format!("{fact} is in the list twice"))).collect();
    let mut cited = BTreeSet::new();
    for document in documents {
        let root = document.root();
        for at in root.walk() {
            if let Some(source) = at.get("x-source") {
                errors.extend(check_source(&source, facts, &mut cited).unwrap_or_else(|error| vec![error]));
            }
        }
        errors.extend(missing_sources(&root));
    }
    let uncited = facts.lines.iter().filter(|(fact, _)| !cited.contains(*fact));
    errors.extend(uncited.map(|(fact, line)| {
        facts.error(*line, format!("{fact} is cited by no spec: cite it in an `x-source` where it matters"))
    }));
    errors
}

/// What is wrong with the facts that a source cites, or with the source itself.
fn check_source(source: &At<'_>, facts: &Facts, cited: &mut BTreeSet<String>) -> Result<Vec<SpecError>, SpecError> {
    let how = source.need("how")?;
    if !HOW.contains(&how.text()?) {
        return Err(how.error(format!("`{}` is no source: write one of {}", how.text()?, HOW.join(", "))));
    }
    let list = source.need("facts")?;
    if list.items()?.is_empty() {
        return Err(list.error("no fact is cited"));
    }
    let mut errors = Vec::new();
    for fact in list.items()? {
        let number = fact.text()?;
        cited.insert(number.to_owned());
        if !facts.lines.contains_key(number) {
            errors.push(fact.error(format!("there is no fact {number} in {}", facts.file)));
        }
    }
    Ok(errors)
}

/// Operations, parameters and properties without a source or a description. The properties of a
/// schema have its source unless they name their own.
fn missing_sources(root: &At<'_>) -> Vec<SpecError> {
    let mut errors = Vec::new();
    let mut demand = |at: &At<'_>, key: &str, what: &str| {
        if at.get(key).is_none() {
            errors.push(at.error(format!("{what} has no `{key}`")));
        }
    };
    for at in root.walk() {
        let name = if let Ok(Some(id)) = at.get_text("operationId") {
            format!("operation `{id}`")
        } else if let (Ok(Some(name)), Some(_)) = (at.get_text("name"), at.get("in")) {
            format!("parameter `{name}`")
        } else {
            continue;
        };
        demand(&at, "description", &name);
        // A security scheme looks like a parameter and needs the same.
        demand(&at, "x-source", &name);
    }
    let schemas = root.get("components").and_then(|at| at.get("schemas")).and_then(|at| at.entries().ok());
    for (name, schema) in schemas.unwrap_or_default() {
        for (property, at) in schema.get("properties").and_then(|at| at.entries().ok()).unwrap_or_default() {
            let what = format!("property `{name}.{property}`");
            demand(&at, "description", &what);
            if schema.get("x-source").is_none() {
                demand(&at, "x-source", &what);
            }
        }
    }
    errors
}
