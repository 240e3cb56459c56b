//! Pages that show each operation as a sample for PHP's curl, with a heading and tables below it.

use std::collections::BTreeMap;

use super::page::{Page, PageError, split_url};
use super::page_model::{Operation, PageModel};
use super::table::{Table, numbers, table};
use super::words::Words;

pub(super) const NAME: &str = "curl samples";

const URL: &str = "CURLOPT_URL";
const METHOD: &str = "CURLOPT_CUSTOMREQUEST";
const BODY: &str = "CURLOPT_POSTFIELDS";

pub(super) fn is_one(text: &str) -> bool {
    text.contains(URL) && text.contains(METHOD)
}

pub(super) fn read(text: &str, words: &Words) -> Result<Page, PageError> {
    let lines: Vec<_> = text.lines().map(str::trim).collect();
    let base = lines.iter().find(|line| line.starts_with("http") && !line.contains(' '));
    let Some((origin, base, _)) = base.and_then(|line| split_url(line)) else {
        return Err((1, "no line is the API's base URL and nothing else: write it above the samples".to_owned()));
    };
    let mut page = Page { origin: origin.to_owned(), facts: PageModel::default() };
    page.facts.whole.insert("base".to_owned(), base.to_owned());
    let mut index = 0;
    while let Some(line) = lines.get(index) {
        let number = index + 1;
        if let Some(value) = option(line, URL) {
            let url = quotes(value).next().and_then(split_url);
            let Some((_, path, _)) = url else { return Err((number, format!("{URL} has no URL in quotes"))) };
            // The samples' base may be another; it is as long.
            let start = path.match_indices('/').nth(base.matches('/').count()).map_or(path.len(), |(at, _)| at);
            page.facts.whole.insert("sample base".to_owned(), path[..start].to_owned());
            let name = path[start..].split('/').map(step).collect::<Vec<_>>().join("/");
            page.facts.operations.push(Operation { name, line: number, fields: Vec::new() });
        } else if let Some(operation) = page.facts.operations.last_mut() {
            if let Some(method) = option(line, METHOD).and_then(|value| quotes(value).next()) {
                operation.name = format!("{method} {}", operation.name);
            } else if let Some(value) = option(line, BODY) {
                for name in keys(value) {
                    operation.add(format!("sample {name}"), number, BTreeMap::new());
                }
            } else if let Some((found, after)) = table(&lines, index, words)? {
                add(operation, &found, lines[index - 1], words)?;
                index = after;
                continue;
            } else if !numbers(line).is_empty() {
                operation.add("prose".to_owned(), number, [("values".to_owned(), numbers(line))].into());
            }
        }
        if let Some((name, _)) = line.strip_prefix('\'').and_then(|line| line.split_once(": ")) {
            add_word(&mut page.facts, "headers", name);
        }
        index += 1;
    }
    for remark in error_remarks(&lines) {
        add_word(&mut page.facts, "error remarks", remark);
    }
    match page.facts.operations.iter().find(|operation| !operation.name.contains(' ')) {
        Some(operation) => Err((operation.line, format!("this sample has no {METHOD}, which names its method"))),
        None => Ok(page),
    }
}

/// Adds the fields that a table lists.
fn add(operation: &mut Operation, table: &Table, above: &str, words: &Words) -> Result<(), PageError> {
    let place = match operation.name.split(' ').next() {
        _ if above.contains("URL") => "path",
        Some("GET" | "DELETE") => "query",
        _ => "form",
    };
    for (line, name, attributes) in table.fields(words)? {
        let name = words.meaning("fields", &name).unwrap_or(&name);
        operation.add(format!("{place} {name}"), line, attributes);
    }
    Ok(())
}

/// The value of an option of curl.
fn option<'l>(line: &'l str, name: &str) -> Option<&'l str> {
    line.strip_prefix(name)?.trim_start().strip_prefix("=>")
}

/// The texts between quotes.
fn quotes(line: &str) -> impl Iterator<Item = &str> {
    line.split('\'').skip(1).step_by(2)
}

/// The keys of a PHP array: what is in quotes before `=>`. Elsewhere a sample may lack a quote.
fn keys(array: &str) -> impl Iterator<Item = &str> {
    let before = array.matches("=>").count();
    array.split("=>").take(before).filter_map(|part| part.trim_end().strip_suffix('\'')?.rsplit('\'').next())
}

/// A step of a path: a placeholder, or an example of what goes there, is `{}`.
fn step(step: &str) -> &str {
    let example = !step.is_empty() && step.bytes().all(|byte| byte.is_ascii_digit());
    if example || step.starts_with('{') { "{}" } else { step }
}

/// The remarks of the sample answers that are errors.
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

/// Adds a word to a list, once.
fn add_word(facts: &mut PageModel, key: &str, word: &str) {
    let list = facts.whole.entry(key.to_owned()).or_default();
    if !list.split(", ").any(|other| other == word) {
        *list = if list.is_empty() { word.to_owned() } else { format!("{list}, {word}") };
    }
}
