//! Compares the page model of an API with its spec.

use std::collections::BTreeSet;

use super::difference::{ALL, Difference};
use super::page_model::{PageField, PageModel};
use super::spec_model::{SpecField, SpecModel, SpecOperation};

/// A comparison of a page model with a spec.
pub(super) struct SpecComparison<'s> {
    /// The name of the spec.
    pub(super) api: &'s str,
    /// The file of the page model.
    pub(super) model_file: &'s str,
    pub(super) model: &'s PageModel,
    pub(super) spec: &'s SpecModel,
}

/// The types on the pages, and their names in the specs.
const TYPES: [(&str, &str); 6] = [
    ("string", "string"),
    ("integer", "integer"),
    ("decimal", "number"),
    ("number", "number"),
    ("boolean", "boolean"),
    ("file", "file"),
];

impl SpecComparison<'_> {
    fn difference(&self, line: usize, operation: &str, what: &str, sides: String) -> Difference {
        Difference {
            api: self.api.to_owned(),
            page: None,
            operation: operation.to_owned(),
            what: what.to_owned(),
            sides,
            help: format!("Correct specs/{}.yaml, or add an entry with the reason to specs/pages/known.yaml", self.api),
            at: if line == 0 { self.model_file.to_owned() } else { format!("{}:{line}", self.model_file) },
        }
    }

    /// Returns the differences between the page model and the spec.
    pub(super) fn differences(&self) -> Vec<Difference> {
        let mut differences = self.whole();
        for operation in &self.model.operations {
            let Some(other) = self.spec.operation(&operation.name) else {
                differences.push(self.difference(
                    operation.line,
                    &operation.name,
                    "operation",
                    "the spec does not have it".to_owned(),
                ));
                continue;
            };
            for field in &operation.fields {
                for (what, sides) in field_differences(field, other) {
                    differences.push(self.difference(field.line, &operation.name, &what, sides));
                }
            }
        }
        for operation in &self.spec.operations {
            let Some(other) = self.model.operation(&operation.name) else {
                if operation.evidence == DOCS {
                    let sides =
                        format!("no page has it, but the spec cites the pages for it (line {})", operation.line);
                    differences.push(self.difference(0, &operation.name, "operation", sides));
                }
                continue;
            };
            let lacks = |field: &&SpecField| !other.fields.iter().any(|one| field.matches(&one.name));
            for field in operation.fields.iter().filter(lacks).filter(|field| field.evidence == DOCS) {
                let sides = format!("no page has it, but the spec cites the pages for it (line {})", field.line);
                differences.push(self.difference(other.line, &operation.name, &field.name, sides));
            }
        }
        differences
    }

    fn whole(&self) -> Vec<Difference> {
        let mut differences = Vec::new();
        let word = |key: &str| self.model.whole.get(key).map(String::as_str).unwrap_or_default();
        let list = |key: &str| word(key).split(", ").filter(|one| !one.is_empty()).map(str::to_owned);
        if let (Some(base), Some(samples)) = (self.model.whole.get("base"), self.model.whole.get("sample base")) {
            for (name, url) in self.spec.servers.iter().filter(|(_, url)| !url.ends_with(base.as_str())) {
                let sides = format!("the pages say `{base}`, the spec has `{url}` for {name}");
                differences.push(self.difference(0, ALL, "base", sides));
            }
            if base != samples {
                let sides = format!("the samples say `{samples}`, the text says `{base}`");
                differences.push(self.difference(0, ALL, "sample base", sides));
            }
        }
        for header in list("headers").filter(|header| !self.spec.headers.contains(header)) {
            let sides = "no credential of the spec is in this header".to_owned();
            differences.push(self.difference(0, ALL, &format!("header {header}"), sides));
        }
        if let Some(refusals) = &self.spec.refusals {
            for remark in list("error remarks").filter(|remark| !refusals.contains(remark)) {
                let sides = "the spec's `x-envelope` does not list it as a refusal".to_owned();
                differences.push(self.difference(0, ALL, &format!("error remark {remark}"), sides));
            }
        }
        differences
    }

    /// Returns the operations and fields that only the spec has, with evidence other than the pages.
    pub(super) fn only_in_spec(&self) -> Vec<String> {
        let mut items = Vec::new();
        for operation in &self.spec.operations {
            let other = self.model.operation(&operation.name);
            let lacks =
                |field: &&SpecField| other.is_some_and(|one| !one.fields.iter().any(|it| field.matches(&it.name)));
            // Each page has the parameters of a path, but sometimes only as an example value.
            let fields = operation.fields.iter().filter(lacks).filter(|field| !field.name.starts_with("path "));
            for field in fields.filter(|field| field.evidence != DOCS) {
                items.push(format!("{}, {} ({})", operation.name, field.name, field.evidence));
            }
            if other.is_none() && operation.evidence != DOCS {
                items.push(format!("{} ({})", operation.name, operation.evidence));
            }
        }
        items
    }
}

/// The evidence for a claim from the pages.
const DOCS: &str = "docs";

/// Returns what differs between a field of a page and the spec's operation, each with what both sides say.
fn field_differences(field: &PageField, operation: &SpecOperation) -> Vec<(String, String)> {
    let lacks = |why: &str| vec![(field.name.clone(), why.to_owned())];
    match field.name.split_once(' ') {
        Some(("sample", name)) => {
            let is_named = |other: &SpecField| other.name.split_once(' ').is_some_and(|(_, other)| other == name);
            let is_there = operation.fields.iter().any(|other| other.name.starts_with("form ") && is_named(other));
            return if is_there { Vec::new() } else { lacks("the sample sends it, the spec's form does not have it") };
        }
        Some(("answer", name)) => {
            return if operation.answer.contains(name) {
                Vec::new()
            } else {
                lacks("the spec's answer does not have it")
            };
        }
        None => return Vec::new(),
        _ => {}
    }
    match operation.fields.iter().find(|other| other.matches(&field.name)) {
        None => lacks("the spec does not have it"),
        Some(other) => attribute_differences(field, other),
    }
}

fn attribute_differences(field: &PageField, spec: &SpecField) -> Vec<(String, String)> {
    let mut differences = Vec::new();
    let set = |text: &str| text.split(", ").map(str::to_owned).collect::<BTreeSet<_>>();
    for (key, value) in &field.attributes {
        let has = match key.as_str() {
            "required" if (value == "yes") == spec.required => continue,
            "required" => (if spec.required { "required" } else { "optional" }).to_owned(),
            "type" => {
                let known = TYPES.iter().find(|(page, _)| page == value).map(|(_, spec)| *spec);
                let kind = if spec.is_map { "string" } else { &spec.kind };
                if known.is_some_and(|known| kind.split(' ').next() == Some(known)) {
                    continue;
                }
                kind.to_owned()
            }
            "max-bytes" if spec.max_bytes.as_ref() == Some(value) => continue,
            "max-bytes" => spec.max_bytes.clone().unwrap_or_default(),
            "file-types" if set(value) == spec.file_types => continue,
            "file-types" => spec.file_types.iter().cloned().collect::<Vec<_>>().join(", "),
            "values" if set(value).is_subset(&spec.values) => continue,
            "values" => spec.values.iter().cloned().collect::<Vec<_>>().join(", "),
            "default" => match &spec.default {
                Some(default) if default != value => default.clone(),
                _ => continue,
            },
            _ => continue,
        };
        let has = if has.is_empty() { "nothing".to_owned() } else { format!("`{has}`") };
        differences.push((format!("{}: {key}", field.name), format!("the pages say `{value}`, the spec says {has}")));
    }
    differences
}
