//! Reads pages that show each operation as a sample for PHP's curl, with a heading and tables below it.

use std::collections::BTreeMap;

use super::page::{Page, PageError, split_url};
use super::page_model::{PageModel, PageOperation};
use super::table::{Table, numbers, read_table};
use super::words::Words;

pub(super) const FORMAT: &str = "curl samples";

const URL: &str = "CURLOPT_URL";
const METHOD: &str = "CURLOPT_CUSTOMREQUEST";
const BODY: &str = "CURLOPT_POSTFIELDS";

pub(super) fn matches(text: &str) -> bool {
    text.contains(URL) && text.contains(METHOD)
}

pub(super) fn read(text: &str, words: &Words) -> Result<Page, PageError> {
    let lines: Vec<_> = text.lines().map(str::trim).collect();
    let base = lines.iter().find(|line| line.starts_with("http") && !line.contains(' '));
    let Some((origin, base, _)) = base.and_then(|line| split_url(line)) else {
        return Err((1, "no line consists of the API's base URL; add such a line above the samples".to_owned()));
    };
    let mut page = Page { origin: origin.to_owned(), model: PageModel::default() };
    page.model.whole.insert("base".to_owned(), base.to_owned());
    let mut index = 0;
    while let Some(line) = lines.get(index) {
        let number = index + 1;
        if let Some(value) = option(line, URL) {
            let url = quotes(value).next().and_then(split_url);
            let Some((_, path, _)) = url else { return Err((number, format!("{URL} has no URL in quotes"))) };
            // The base in the samples can differ from that in the text, but has as many steps.
            let start = path.match_indices('/').nth(base.matches('/').count()).map_or(path.len(), |(at, _)| at);
            page.model.whole.insert("sample base".to_owned(), path[..start].to_owned());
            let name = path[start..].split('/').map(step).collect::<Vec<_>>().join("/");
            page.model.operations.push(PageOperation { name, line: number, fields: Vec::new() });
        } else if let Some(operation) = page.model.operations.last_mut() {
            if let Some(method) = option(line, METHOD).and_then(|value| quotes(value).next()) {
                operation.name = format!("{method} {}", operation.name);
            } else if let Some(value) = option(line, BODY) {
                for name in keys(value) {
                    operation.add(format!("sample {name}"), number, BTreeMap::new());
                }
            } else if let Some((table, after)) = read_table(&lines, index, words)? {
                add_fields(operation, &table, lines[index - 1], words)?;
                index = after;
                continue;
            } else if !numbers(line).is_empty() {
                operation.add("prose".to_owned(), number, [("values".to_owned(), numbers(line))].into());
            }
        }
        if let Some((name, _)) = line.strip_prefix('\'').and_then(|line| line.split_once(": ")) {
            add_word(&mut page.model, "headers", name);
        }
        index += 1;
    }
    for remark in error_remarks(&lines) {
        add_word(&mut page.model, "error remarks", remark);
    }
    match page.model.operations.iter().find(|operation| !operation.name.contains(' ')) {
        Some(operation) => Err((operation.line, format!("this sample has no {METHOD}"))),
        None => Ok(page),
    }
}

/// Adds the fields of a table to an operation.
fn add_fields(operation: &mut PageOperation, table: &Table, above: &str, words: &Words) -> Result<(), PageError> {
    let location = match operation.name.split(' ').next() {
        _ if above.contains("URL") => "path",
        Some("GET" | "DELETE") => "query",
        _ => "form",
    };
    for (line, name, attributes) in table.fields(words)? {
        let name = words.meaning("fields", &name).unwrap_or(&name);
        operation.add(format!("{location} {name}"), line, attributes);
    }
    Ok(())
}

/// Returns the value of a curl option.
fn option<'l>(line: &'l str, name: &str) -> Option<&'l str> {
    line.strip_prefix(name)?.trim_start().strip_prefix("=>")
}

/// Returns the texts between single quotes.
fn quotes(line: &str) -> impl Iterator<Item = &str> {
    line.split('\'').skip(1).step_by(2)
}

/// Returns the keys of a PHP array: the texts in quotes before `=>`. A sample can lack a quote in other locations.
fn keys(array: &str) -> impl Iterator<Item = &str> {
    let before = array.matches("=>").count();
    array.split("=>").take(before).filter_map(|part| part.trim_end().strip_suffix('\'')?.rsplit('\'').next())
}

/// Returns a step of a path. A placeholder or an example value becomes `{}`.
fn step(step: &str) -> &str {
    let example = !step.is_empty() && step.bytes().all(|byte| byte.is_ascii_digit());
    if example || step.starts_with('{') { "{}" } else { step }
}

/// Returns the remarks of the sample answers that are errors.
fn error_remarks<'l>(lines: &[&'l str]) -> Vec<&'l str> {
    let value = |line: &&'l str, key: &str| -> Option<&'l str> {
        let rest = line.strip_prefix('"')?.strip_prefix(key)?.strip_prefix('"')?.trim_start().strip_prefix(':')?;
        Some(rest.trim().trim_end_matches(',').trim_matches('"'))
    };
    lines
        .split(|line| *line == "{")
        .filter(|answer| answer.iter().any(|line| value(line, "status") == Some("error")))
        .filter_map(|answer| answer.iter().find_map(|line| value(line, "remark")))
        .collect()
}

/// Adds a word to a list, unless the list has it.
fn add_word(model: &mut PageModel, key: &str, word: &str) {
    let list = model.whole.entry(key.to_owned()).or_default();
    if !list.split(", ").any(|other| other == word) {
        *list = if list.is_empty() { word.to_owned() } else { format!("{list}, {word}") };
    }
}
