//! Prints what calls report when they meet faults, as a table for snapshots.
//!
//! The matrix of the facade's tests includes this file, too.

// Each test program uses its own part of this.
#![allow(dead_code)]

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The result of a call that meets a fault.
pub struct Reported {
    /// `ok`, or the kind and the outcome of the error.
    pub code: String,
    /// Whether the answer lies, so that it deceives any client.
    pub forged: bool,
}

/// Returns the cells as a table, and their counts. A row is a fault, with its name and whether the request is processed
/// despite it. A column is a call.
pub fn table(columns: &[String], rows: &[(&str, bool)], cells: &BTreeMap<(usize, usize), Reported>) -> String {
    let mut table = String::from("Columns:\n");
    for (column, name) in columns.iter().enumerate() {
        let _ = writeln!(table, "  {}  {name}", letter(column));
    }
    table += "Cells: outcome (D done, N not done, U unknown) and kind of the error; `ok` is done, too.\n";
    table += "With a star, the answer is forged: it proves what is not true, which deceives any client.\n\n";
    let width = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
    let letters: Vec<_> = (0..columns.len()).map(|column| format!("{:<3}", letter(column))).collect();
    let _ = writeln!(table, "{:width$}  effect  {}", "", letters.join(" ").trim_end());
    for (row, (name, processed)) in rows.iter().enumerate() {
        let codes: String = (0..columns.len()).map(|column| short(cells.get(&(row, column)))).collect();
        let effect = if *processed { "yes" } else { "no" };
        let _ = writeln!(table, "{name:width$}  {effect:6}  {}", codes.trim_end());
    }

    let (forged, honest): (Vec<_>, Vec<_>) = cells.values().partition(|cell| cell.forged);
    let count = |ending: &str| honest.iter().filter(|cell| cell.code.ends_with(ending)).count();
    let _ = writeln!(
        table,
        "\n{} cells of {} calls and {} faults: {} ok, {} done, {} not done, {} unknown; {} more with a forged answer",
        honest.len(),
        columns.len(),
        rows.len(),
        count("ok"),
        count(" Done"),
        count(" NotDone"),
        count(" Unknown"),
        forged.len(),
    );
    table
}

fn letter(column: usize) -> char {
    char::from(b'a' + u8::try_from(column).expect("few operations"))
}

/// Three letters for a cell, and a star or a space.
fn short(cell: Option<&Reported>) -> String {
    let Some(Reported { code, forged }) = cell else { return "·   ".to_owned() };
    let star = if *forged { '*' } else { ' ' };
    let Some((kind, outcome)) = code.split_once(' ') else { return format!("{:<4}", format!("{code}{star}")) };
    let kind = match kind {
        "Connect" => "co",
        "Timeout" => "ti",
        "Interrupted" => "in",
        "Refused" => "re",
        "UnexpectedAnswer" => "un",
        "Undecodable" => "de",
        "AnswerTooLarge" => "la",
        _ => "??",
    };
    format!("{}{kind}{star}", &outcome[..1])
}
