//! Tables on a page: cells between `|`, with each row on one or several lines.

use std::collections::BTreeMap;

use super::page::PageError;
use super::words::Words;

/// A table.
pub(super) struct Table {
    line: usize,
    /// The meaning of each column.
    columns: Vec<String>,
    /// The rows, each with its line.
    rows: Vec<(usize, Vec<String>)>,
}

/// Reads the table that starts at a line. Returns it with the line after it.
pub(super) fn read_table(lines: &[&str], start: usize, words: &Words) -> Result<Option<(Table, usize)>, PageError> {
    let is_rule = |line: &&str| line.starts_with('|') && line.contains("--");
    if !lines[start].starts_with('|') || !lines.get(start + 1).is_some_and(is_rule) {
        return Ok(None);
    }
    let heads = cells(lines[start]);
    let columns = heads.iter().map(|head| words.need("columns", head).map_err(|error| (start + 1, error)));
    let mut table = Table { line: start + 1, columns: columns.collect::<Result<_, _>>()?, rows: Vec::new() };
    let wide = table.columns.len();
    let wrong = |line, cells| Err((line, format!("this row has {cells} cells, but the table has {wide} columns")));
    let mut index = start + 2;
    let mut row: (usize, Vec<String>) = (0, Vec::new());
    while let Some(line) = lines.get(index).filter(|line| line.ends_with('|')) {
        if row.1.is_empty() {
            row.0 = index + 1;
        }
        row.1.extend(cells(line));
        if row.1.len() > wide {
            return wrong(row.0, row.1.len());
        }
        if row.1.len() == wide {
            table.rows.push(std::mem::take(&mut row));
        }
        index += 1;
    }
    if row.1.is_empty() { Ok(Some((table, index))) } else { wrong(row.0, row.1.len()) }
}

fn cells(line: &str) -> Vec<String> {
    let line = line.strip_prefix('|').unwrap_or(line);
    let line = line.strip_suffix('|').unwrap_or(line);
    line.split('|').map(|cell| cell.trim().to_owned()).collect()
}

/// The line of a field, its name on the page, and its attributes.
type Row = (usize, String, BTreeMap<String, String>);

impl Table {
    pub(super) fn fields(&self, words: &Words) -> Result<Vec<Row>, PageError> {
        if !self.columns.iter().any(|column| column == "name") {
            return Err((self.line, "this table has no column with the names of the fields".to_owned()));
        }
        let row = |(line, cells): &(usize, Vec<String>)| {
            let (mut name, mut attributes) = (String::new(), BTreeMap::new());
            for (column, cell) in self.columns.iter().zip(cells) {
                let value = match column.as_str() {
                    "name" => {
                        name.clone_from(cell);
                        continue;
                    }
                    "description" => {
                        attributes.extend(limits(cell));
                        continue;
                    }
                    "required" => words.need("required", cell).map_err(|error| (*line, error))?,
                    "default" if cell == "-" || cell.is_empty() => continue,
                    "default" => words.meaning("default", cell).unwrap_or(cell).to_owned(),
                    _ => cell.to_lowercase(),
                };
                attributes.insert(column.clone(), value);
            }
            Ok((*line, name, attributes))
        };
        self.rows.iter().map(row).collect()
    }
}

/// Returns the limits that a description states in figures.
fn limits(description: &str) -> BTreeMap<String, String> {
    let mut limits = BTreeMap::new();
    if let Some(bytes) = size(description) {
        limits.insert("max-bytes".to_owned(), bytes.to_string());
        let within = description.split_once('(').and_then(|(_, rest)| rest.split_once(')'));
        let types = within.map(|(within, _)| within.split(['–', '—', '-', ';']).next().unwrap_or(within).trim());
        let is_type =
            |word: &str| !word.is_empty() && word.len() < 6 && word.bytes().all(|b| b.is_ascii_alphanumeric());
        if let Some(types) = types.filter(|types| types.split(", ").all(is_type)) {
            limits.insert("file-types".to_owned(), types.to_lowercase());
        }
    }
    let values = numbers(description);
    if !values.is_empty() {
        limits.insert("values".to_owned(), values);
    }
    limits
}

/// Returns the first size in a text, such as `5MB` or `5 MB`, in bytes.
fn size(text: &str) -> Option<u64> {
    let before = text[..text.find("MB")?].trim_end();
    let digits = before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    before[digits..].parse::<u64>().ok()?.checked_mul(1024 * 1024)
}

/// Returns the numbers after equals signs in a text such as `Name = 1`, as a list.
pub(super) fn numbers(text: &str) -> String {
    let number = |part: &str| {
        let digits: String = part.trim_start().chars().take_while(char::is_ascii_digit).collect();
        (!digits.is_empty()).then_some(digits)
    };
    text.split(" = ").skip(1).filter_map(number).collect::<Vec<_>>().join(", ")
}
