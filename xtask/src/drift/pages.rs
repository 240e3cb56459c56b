//! One instance's page against what the pages say together.

use std::collections::BTreeSet;

use super::difference::{ALL, Difference};
use super::page_model::{Field, Operation, PageModel};

/// The two sides.
pub(super) struct Sides<'s> {
    /// Name of the spec.
    pub(super) api: &'s str,
    /// Name of the instance, or its host.
    pub(super) instance: &'s str,
    /// Name of the page's file, as given.
    pub(super) page: &'s str,
    /// Name of the file with what the pages say together.
    pub(super) file: &'s str,
}

impl Sides<'_> {
    fn difference(&self, line: usize, place: &str, what: &str, said: String, help: &str) -> Difference {
        Difference {
            api: self.api.to_owned(),
            page: Some(self.instance.to_owned()),
            place: place.to_owned(),
            what: what.to_owned(),
            said,
            help: format!("{help}; list it in specs/pages/known.yaml if only this instance says so"),
            at: if line == 0 { self.page.to_owned() } else { format!("{}:{line}", self.page) },
        }
    }

    /// What the page says otherwise.
    pub(super) fn compare(&self, page: &PageModel, common: &PageModel) -> Vec<Difference> {
        let (file, mut found) = (self.file, Vec::new());
        let anew =
            format!("If all pages say so now, write {file} anew with `cargo xtask drift --derive {}`", self.page);
        for key in page.whole.keys().chain(common.whole.keys()).collect::<BTreeSet<_>>() {
            let (is, was) = (page.whole.get(key), common.whole.get(key));
            if is != was {
                found.push(self.difference(0, ALL, key, said(is, was, file), &anew));
            }
        }
        for operation in &page.operations {
            match common.operation(&operation.name) {
                Some(other) => self.operation(operation, other, &mut found),
                None => found.push(self.difference(
                    operation.line,
                    &operation.name,
                    "operation",
                    format!("not in {file}"),
                    &anew,
                )),
            }
        }
        for operation in common.operations.iter().filter(|other| page.operation(&other.name).is_none()) {
            let said = format!("the page has no such operation, {file} has");
            found.push(self.difference(0, &operation.name, "operation", said, &anew));
        }
        found
    }

    fn operation(&self, page: &Operation, common: &Operation, found: &mut Vec<Difference>) {
        let (file, place) = (self.file, &page.name);
        let anew =
            format!("If all pages say so now, write {file} anew with `cargo xtask drift --derive {}`", self.page);
        for field in &page.fields {
            let Some(other) = common.field(&field.name) else {
                let help = instead(page, common, field).unwrap_or_else(|| anew.clone());
                found.push(self.difference(field.line, place, &field.name, format!("not in {file}"), &help));
                continue;
            };
            for key in field.attributes.keys().chain(other.attributes.keys()).collect::<BTreeSet<_>>() {
                let (is, was) = (field.attributes.get(key), other.attributes.get(key));
                if is != was {
                    let what = format!("{}: {key}", field.name);
                    found.push(self.difference(field.line, place, &what, said(is, was, file), &anew));
                }
            }
        }
        for field in common.fields.iter().filter(|field| page.field(&field.name).is_none()) {
            let said = format!("the page has no such field, {file} has");
            found.push(self.difference(page.line, place, &field.name, said, &anew));
        }
    }
}

fn said(page: Option<&String>, common: Option<&String>, file: &str) -> String {
    let word = |value: Option<&String>| value.map_or("nothing".to_owned(), |value| format!("`{value}`"));
    format!("the page says {}, {file} {}", word(page), word(common))
}

/// Where the page has one name, and the others another in its place, it may be a translation.
fn instead(page: &Operation, common: &Operation, field: &Field) -> Option<String> {
    let place = field.name.split(' ').next()?;
    let of_place = |operation: &Operation| -> Vec<String> {
        let fields = operation.fields.iter().filter(|field| field.name.split(' ').next() == Some(place));
        fields.map(|field| field.name.clone()).collect()
    };
    let index = of_place(page).iter().position(|name| *name == field.name)?;
    let other = of_place(common).get(index).filter(|name| page.field(name).is_none())?.clone();
    let (name, other) = (field.name.split_once(' ')?.1, other.split_once(' ')?.1.to_owned());
    Some(format!(
        "In its place the others have `{other}`: if `{name}` is a translation of it, add it to `fields` in \
                  specs/pages/words.yaml"
    ))
}
