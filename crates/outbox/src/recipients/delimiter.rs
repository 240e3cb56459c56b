//! Finds the delimiter of a list.

use csv_core::ReadRecordResult;

use super::column_name::{NUMBER_COLUMNS, fold};
use super::rows::parser;

/// In the order of preference.
const CANDIDATES: [u8; 4] = *b",;\t|";

/// How many rows after the header are looked at.
const ROWS: usize = 100;

/// Returns the delimiter that the first lines name (`sep=;`), as Excel understands it.
pub(super) fn declared(sample: &[u8]) -> Option<u8> {
    let line = sample.split(|byte| *byte == b'\n').next()?;
    let line = line.strip_prefix(b"\"").and_then(|line| line.strip_suffix(b"\"")).unwrap_or(line);
    match line.split_at_checked(4)? {
        (sep, [delimiter]) if sep.eq_ignore_ascii_case(b"sep=") && is_possible(*delimiter) => Some(*delimiter),
        _ => None,
    }
}

/// Returns whether a byte can separate fields.
pub(super) fn is_possible(delimiter: u8) -> bool {
    delimiter.is_ascii() && !delimiter.is_ascii_alphanumeric() && !matches!(delimiter, b'"' | b'\n' | b'\r' | 0)
}

/// Returns the delimiter with which the first lines look most like a list.
///
/// That the header has a column for the number counts most, because commas in texts do not produce one. Then the share
/// of rows that have as many fields as the header counts, and then the number of columns.
pub(super) fn detect(sample: &[u8], number_column: Option<&str>) -> u8 {
    let wanted: Vec<String> = number_column.map_or(NUMBER_COLUMNS.map(fold).into(), |name| vec![fold(name)]);
    let score = |delimiter: u8| {
        let rows = split(sample, delimiter);
        let (header, rows) = rows.split_first()?;
        let has_number = header.iter().any(|name| wanted.contains(&fold(name)));
        let alike = rows.iter().filter(|row| row.len() == header.len()).count();
        let share = if rows.is_empty() { 0 } else { alike * 100 / rows.len() };
        Some((has_number, header.len() > 1 && share > 50, share, header.len()))
    };
    let mut best = (None, CANDIDATES[0]);
    for candidate in CANDIDATES {
        let score = score(candidate);
        if score > best.0 {
            best = (score, candidate);
        }
    }
    best.1
}

/// Splits the beginning of a text into rows, without the last one, which may be incomplete.
fn split(sample: &[u8], delimiter: u8) -> Vec<Vec<String>> {
    let mut parser = parser(delimiter);
    let (mut text, mut ends) = (vec![0; sample.len()], vec![0; sample.len() + 1]);
    let (mut rest, mut rows) = (sample, Vec::new());
    while rows.len() <= ROWS {
        let (result, read, _, fields) = parser.read_record(rest, &mut text, &mut ends);
        rest = &rest[read..];
        if !matches!(result, ReadRecordResult::Record) {
            break;
        }
        let starts = std::iter::once(0).chain(ends.iter().copied());
        let fields = starts.zip(&ends[..fields]).map(|(start, end)| String::from_utf8_lossy(&text[start..*end]).into());
        rows.push(fields.collect());
    }
    rows
}
