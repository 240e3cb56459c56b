//! What the pages say together against the spec.

use std::collections::BTreeSet;

use super::difference::{ALL, Difference};
use super::page_model::{Field, PageModel};
use super::spec::{self, Spec};

/// The two sides.
pub(super) struct Sides<'s> {
    /// Name of the spec.
    pub(super) api: &'s str,
    /// Name of the file with what the pages say together.
    pub(super) file: &'s str,
    pub(super) facts: &'s PageModel,
    pub(super) spec: &'s Spec,
}

/// Types of the pages, and what the specs call them.
const TYPES: [(&str, &str); 6] = [
    ("string", "string"),
    ("integer", "integer"),
    ("decimal", "number"),
    ("number", "number"),
    ("boolean", "boolean"),
    ("file", "file"),
];

impl Sides<'_> {
    fn difference(&self, line: usize, place: &str, what: &str, said: String) -> Difference {
        Difference {
            api: self.api.to_owned(),
            page: None,
            place: place.to_owned(),
            what: what.to_owned(),
            said,
            help: format!("Fix specs/{}.yaml, or list it in specs/pages/known.yaml with the reason", self.api),
            at: if line == 0 { self.file.to_owned() } else { format!("{}:{line}", self.file) },
        }
    }

    /// What the spec says otherwise.
    pub(super) fn compare(&self) -> Vec<Difference> {
        let mut found = self.whole();
        for operation in &self.facts.operations {
            let Some(other) = self.spec.operation(&operation.name) else {
                found.push(self.difference(
                    operation.line,
                    &operation.name,
                    "operation",
                    "the spec lacks it".to_owned(),
                ));
                continue;
            };
            for field in &operation.fields {
                for (what, said) in told(field, other) {
                    found.push(self.difference(field.line, &operation.name, &what, said));
                }
            }
        }
        for operation in &self.spec.operations {
            let Some(other) = self.facts.operation(&operation.name) else {
                if operation.evidence == DOCS {
                    let said = format!("on no page, though the spec knows it from them (line {})", operation.line);
                    found.push(self.difference(0, &operation.name, "operation", said));
                }
                continue;
            };
            let lacks = |field: &&spec::Field| !other.fields.iter().any(|one| field.is(&one.name));
            for field in operation.fields.iter().filter(lacks).filter(|field| field.evidence == DOCS) {
                let said = format!("on no page, though the spec knows it from them (line {})", field.line);
                found.push(self.difference(other.line, &operation.name, &field.name, said));
            }
        }
        found
    }

    fn whole(&self) -> Vec<Difference> {
        let mut found = Vec::new();
        let word = |key: &str| self.facts.whole.get(key).map(String::as_str).unwrap_or_default();
        let list = |key: &str| word(key).split(", ").filter(|one| !one.is_empty()).map(str::to_owned);
        if let (Some(base), Some(samples)) = (self.facts.whole.get("base"), self.facts.whole.get("sample base")) {
            for (name, url) in self.spec.servers.iter().filter(|(_, url)| !url.ends_with(base.as_str())) {
                let said = format!("the pages say `{base}`, the spec has `{url}` for {name}");
                found.push(self.difference(0, ALL, "base", said));
            }
            if base != samples {
                let said = format!("the samples say `{samples}`, the text `{base}`");
                found.push(self.difference(0, ALL, "sample base", said));
            }
        }
        for header in list("headers").filter(|header| !self.spec.headers.contains(header)) {
            let said = "no credential of the spec goes there".to_owned();
            found.push(self.difference(0, ALL, &format!("header {header}"), said));
        }
        if let Some(refusals) = &self.spec.refusals {
            for remark in list("error remarks").filter(|remark| !refusals.contains(remark)) {
                let said = "no refusal of the spec's `x-envelope`".to_owned();
                found.push(self.difference(0, ALL, &format!("error remark {remark}"), said));
            }
        }
        found
    }

    /// What the spec knows beyond the pages, from other evidence.
    pub(super) fn beyond(&self) -> Vec<String> {
        let mut found = Vec::new();
        for operation in &self.spec.operations {
            let other = self.facts.operation(&operation.name);
            let lacks = |field: &&spec::Field| other.is_some_and(|one| !one.fields.iter().any(|it| field.is(&it.name)));
            // What is in a path is on each page, if only as a number.
            let fields = operation.fields.iter().filter(lacks).filter(|field| !field.name.starts_with("path "));
            for field in fields.filter(|field| field.evidence != DOCS) {
                found.push(format!("{}, {} ({})", operation.name, field.name, field.evidence));
            }
            if other.is_none() && operation.evidence != DOCS {
                found.push(format!("{} ({})", operation.name, operation.evidence));
            }
        }
        found
    }
}

/// The evidence that is the pages themselves.
const DOCS: &str = "docs";

/// What a field of a page says that the spec's operation does not.
fn told(field: &Field, operation: &spec::Operation) -> Vec<(String, String)> {
    let lacks = |why: &str| vec![(field.name.clone(), why.to_owned())];
    match field.name.split_once(' ') {
        Some(("sample", name)) => {
            let named = |other: &spec::Field| other.name.split_once(' ').is_some_and(|(_, other)| other == name);
            let is_there = operation.fields.iter().any(|other| other.name.starts_with("form ") && named(other));
            return if is_there { Vec::new() } else { lacks("the sample sends it, the spec's form lacks it") };
        }
        Some(("answer", name)) => {
            return if operation.answer.contains(name) { Vec::new() } else { lacks("the spec's answer lacks it") };
        }
        None => return Vec::new(),
        _ => {}
    }
    match operation.fields.iter().find(|other| other.is(&field.name)) {
        None => lacks("the spec lacks it"),
        Some(other) => attributes(field, other),
    }
}

fn attributes(field: &Field, spec: &spec::Field) -> Vec<(String, String)> {
    let mut found = Vec::new();
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
        found.push((format!("{}: {key}", field.name), format!("the pages say `{value}`, the spec {has}")));
    }
    found
}
