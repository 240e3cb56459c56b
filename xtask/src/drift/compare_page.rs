//! Compares the page of one instance with the page model of its API.

use std::collections::BTreeSet;

use super::difference::{ALL, Difference};
use super::page_model::{PageField, PageModel, PageOperation};

/// A comparison of a page with the page model of its API.
pub(super) struct PageComparison<'s> {
    /// The name of the spec.
    pub(super) api: &'s str,
    /// The name of the instance, or its host if no instance has it.
    pub(super) instance: &'s str,
    /// The file of the page.
    pub(super) page_file: &'s str,
    /// The file of the page model.
    pub(super) model_file: &'s str,
}

impl PageComparison<'_> {
    /// Returns the differences of the page from the model.
    pub(super) fn differences(&self, page: &PageModel, model: &PageModel) -> Vec<Difference> {
        let file = self.model_file;
        let mut differences = Vec::new();
        for key in page.whole.keys().chain(model.whole.keys()).collect::<BTreeSet<_>>() {
            let (new, old) = (page.whole.get(key), model.whole.get(key));
            if new != old {
                differences.push(self.difference(0, ALL, key, self.both_values(new, old), &self.derive_again()));
            }
        }
        for operation in &page.operations {
            if let Some(known) = model.operation(&operation.name) {
                differences.extend(self.operation(operation, known));
            } else {
                let (line, name) = (operation.line, &operation.name);
                let sides = format!("{file} does not have it");
                differences.push(self.difference(line, name, "operation", sides, &self.derive_again()));
            }
        }
        for operation in model.operations.iter().filter(|known| page.operation(&known.name).is_none()) {
            let sides = format!("{file} has this operation, the page does not");
            differences.push(self.difference(0, &operation.name, "operation", sides, &self.derive_again()));
        }
        differences
    }

    fn operation(&self, page: &PageOperation, model: &PageOperation) -> Vec<Difference> {
        let (file, name) = (self.model_file, &page.name);
        let mut differences = Vec::new();
        for field in &page.fields {
            let Some(known) = model.field(&field.name) else {
                let help = translation(page, model, field).unwrap_or_else(|| self.derive_again());
                let sides = format!("{file} does not have it");
                differences.push(self.difference(field.line, name, &field.name, sides, &help));
                continue;
            };
            for key in field.attributes.keys().chain(known.attributes.keys()).collect::<BTreeSet<_>>() {
                let (new, old) = (field.attributes.get(key), known.attributes.get(key));
                if new != old {
                    let what = format!("{}: {key}", field.name);
                    let sides = self.both_values(new, old);
                    differences.push(self.difference(field.line, name, &what, sides, &self.derive_again()));
                }
            }
        }
        for field in model.fields.iter().filter(|known| page.field(&known.name).is_none()) {
            let sides = format!("{file} has this field, the page does not");
            differences.push(self.difference(page.line, name, &field.name, sides, &self.derive_again()));
        }
        differences
    }

    fn difference(&self, line: usize, operation: &str, what: &str, sides: String, help: &str) -> Difference {
        Difference {
            api: self.api.to_owned(),
            page: Some(self.instance.to_owned()),
            operation: operation.to_owned(),
            what: what.to_owned(),
            sides,
            help: format!("{help}. If only this instance differs, add an entry to specs/pages/known.yaml"),
            at: if line == 0 { self.page_file.to_owned() } else { format!("{}:{line}", self.page_file) },
        }
    }

    fn derive_again(&self) -> String {
        let Self { page_file, model_file, .. } = self;
        format!(
            "If all pages say so now, replace {model_file} with what `cargo xtask drift --derive {page_file}` prints"
        )
    }

    fn both_values(&self, page: Option<&String>, model: Option<&String>) -> String {
        let word = |value: Option<&String>| value.map_or("nothing".to_owned(), |value| format!("`{value}`"));
        format!("the page says {}, {} says {}", word(page), self.model_file, word(model))
    }
}

/// Returns the help for a field that can be a translation: the other pages have another field in the same position.
fn translation(page: &PageOperation, model: &PageOperation, field: &PageField) -> Option<String> {
    let (location, name) = field.name.split_once(' ')?;
    let in_location = |operation: &PageOperation| -> Vec<String> {
        let fields = operation.fields.iter().filter(|field| field.name.split(' ').next() == Some(location));
        fields.map(|field| field.name.clone()).collect()
    };
    let index = in_location(page).iter().position(|name| *name == field.name)?;
    let other = in_location(model).get(index).filter(|name| page.field(name).is_none())?.clone();
    let other = other.split_once(' ')?.1;
    Some(format!(
        "The other pages have `{other}` in this position. If `{name}` is a translation of it, add it to `fields` in \
         specs/pages/words.yaml"
    ))
}
