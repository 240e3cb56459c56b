//! Reads pages that show each operation as a request line below a heading with an action in brackets.
//!
//! The tables of such a page have no lines: name, type and description are below each other.

use std::collections::BTreeMap;

use super::page::{Page, PageError, split_url};
use super::page_model::{PageModel, PageOperation};

pub(super) const FORMAT: &str = "request lines";

const METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];
const TYPES: [&str; 7] = ["string", "integer", "number", "boolean", "file", "array", "object"];

/// A line that is not empty, with its number.
type Line<'l> = (usize, &'l str);

pub(super) fn matches(text: &str) -> bool {
    let lines = lines(text);
    lines.windows(2).any(|pair| request(pair[1].1).is_some() && action(pair[0].1).is_some())
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let numbered = text.lines().enumerate().map(|(index, line)| (index + 1, line.trim()));
    numbered.filter(|(_, line)| !line.is_empty()).collect()
}

/// Returns the method and the URL of a request line.
fn request(line: &str) -> Option<(&str, &str)> {
    let (method, url) = line.split_once(' ')?;
    (METHODS.contains(&method) && split_url(url).is_some()).then_some((method, url))
}

/// Returns the action in brackets at the end of a heading.
fn action(heading: &str) -> Option<&str> {
    let name = heading.strip_suffix(')')?.rsplit('(').next()?;
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    is_name.then_some(name)
}

pub(super) fn read(text: &str) -> Result<Page, PageError> {
    let lines = lines(text);
    let mut page = Page { origin: String::new(), model: PageModel::default() };
    // The fields of every operation, from a section without an action.
    let mut common = PageOperation { name: String::new(), line: 0, fields: Vec::new() };
    let starts: Vec<_> = (1..lines.len()).filter(|&index| request(lines[index].1).is_some()).collect();
    for (nth, &start) in starts.iter().enumerate() {
        // The heading of the next section does not belong to this one.
        let end = starts.get(nth + 1).map_or(lines.len(), |next| next - 1);
        let section = lines.get(start..end).unwrap_or_default();
        match action(lines[start - 1].1) {
            None => add_fields(&mut common, section, true),
            Some(action) => operation(&mut page, action, section)?,
        }
    }
    for operation in &mut page.model.operations {
        for field in &common.fields {
            operation.add(field.name.clone(), field.line, field.attributes.clone());
        }
    }
    Ok(page)
}

/// Adds the operation of a section, which starts with its request line.
fn operation(page: &mut Page, action: &str, section: &[Line<'_>]) -> Result<(), PageError> {
    let Some(&(line, text)) = section.first() else { return Ok(()) };
    let Some((method, (origin, path, query))) = request(text).and_then(|(method, url)| Some((method, split_url(url)?)))
    else {
        return Ok(());
    };
    origin.clone_into(&mut page.origin);
    let mut operation = PageOperation { name: format!("{method} {path}#{action}"), line, fields: Vec::new() };
    if page.model.operation(&operation.name).is_some() {
        return Err((line, format!("the action `{action}` occurs twice")));
    }
    for (name, _) in query.split('&').filter_map(|pair| pair.split_once('=')) {
        operation.add(format!("query {name}"), line, BTreeMap::new());
    }
    add_fields(&mut operation, section, false);
    for &(line, text) in section {
        let key = text.strip_prefix('"').and_then(|rest| rest.split_once('"'));
        if let Some((key, _)) = key.filter(|(_, rest)| rest.trim_start().starts_with(':')) {
            operation.add(format!("answer {key}"), line, BTreeMap::new());
        }
    }
    page.model.operations.push(operation);
    Ok(())
}

/// Adds the fields of a section. A name is the line above a type, and a star after the name marks a required field.
fn add_fields(operation: &mut PageOperation, section: &[Line<'_>], required: bool) {
    for pair in section.windows(2) {
        let ((line, name), kind) = (pair[0], pair[1].1.to_lowercase());
        if !TYPES.contains(&kind.as_str()) || name.contains(' ') {
            continue;
        }
        let mut attributes = BTreeMap::from([("type".to_owned(), kind)]);
        if required || name.ends_with('*') {
            attributes.insert("required".to_owned(), "yes".to_owned());
        }
        operation.add(format!("query {}", name.trim_end_matches('*')), line, attributes);
    }
}
