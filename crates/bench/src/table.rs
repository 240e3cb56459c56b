//! Figures, and how they are printed.

use std::fmt::Write as _;

/// Whether a larger or a smaller figure is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    Less,
    More,
}

/// One measured quantity, for each client that takes part.
#[derive(Clone, Debug)]
pub struct Row {
    pub name: String,
    pub better: Better,
    /// Whether ratios are printed.
    compared: bool,
    figures: Vec<(String, Vec<f64>)>,
}

/// The median of several measurements, and their range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    pub median: f64,
    pub least: f64,
    pub most: f64,
}

/// The client that ratios refer to.
pub const BASELINE: &str = "typed";

impl Row {
    pub fn new(name: impl Into<String>, better: Better) -> Self {
        Self { name: name.into(), better, compared: true, figures: Vec::new() }
    }

    /// Returns a row of differences, which have no meaningful ratios.
    pub fn of_differences(name: impl Into<String>, better: Better) -> Self {
        Self { compared: false, ..Self::new(name, better) }
    }

    pub fn add(&mut self, who: &str, value: f64) {
        match self.figures.iter_mut().find(|(name, _)| name == who) {
            Some((_, values)) => values.push(value),
            None => self.figures.push((who.to_owned(), vec![value])),
        }
    }

    /// The clients that take part.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.figures.iter().map(|(name, _)| &**name)
    }

    pub fn figure(&self, who: &str) -> Option<Figure> {
        Some(middle(self.values(who)?.to_vec()))
    }

    /// Returns the ratio to the call by hand with the same types: the median of the rounds' ratios, because a slow round slows
    /// both.
    pub fn ratio(&self, who: &str) -> Option<f64> {
        let (ours, theirs) = (self.values(who)?, self.values(BASELINE)?);
        let ratio = middle(ours.iter().zip(theirs).map(|(ours, theirs)| ours / theirs).collect()).median;
        (self.compared && ratio.is_finite()).then_some(ratio)
    }

    /// One value for each round, in order.
    fn values(&self, who: &str) -> Option<&[f64]> {
        self.figures.iter().find(|(name, _)| name == who).map(|(_, values)| values.as_slice())
    }
}

/// Returns the median of at least one value.
fn middle(mut values: Vec<f64>) -> Figure {
    values.sort_by(f64::total_cmp);
    Figure { median: values[values.len() / 2], least: values[0], most: values[values.len() - 1] }
}

/// Returns a heading for each client.
pub fn heading(who: &str) -> &str {
    match who {
        "typed" => "reqwest by hand, same types",
        "untyped" => "reqwest by hand, `Value`",
        "hyper" => "bare hyper",
        "outbox" => "zap-outbox, SQLite",
        "postgres" => "zap-outbox, Postgres",
        "naive" => "a loop with a progress file",
        "naive-flushed" => "the same, flushed",
        "client" => "a loop without a file",
        "apalis" => "apalis 1.0, SQLite",
        other => other,
    }
}

/// Returns a Markdown table with a row for each quantity: median (range), ratio.
pub fn markdown(rows: &[Row]) -> String {
    let mut who: Vec<&str> = Vec::new();
    for name in rows.iter().flat_map(Row::names) {
        if !who.contains(&name) {
            who.push(name);
        }
    }
    let headings: Vec<_> = who.iter().map(|who| heading(who)).collect();
    let mut table = format!("| | {} |\n|---|{}\n", headings.join(" | "), "---|".repeat(who.len()));
    for row in rows {
        let cells: Vec<_> = who.iter().map(|who| cell(row, who)).collect();
        let _ = writeln!(table, "| {} | {} |", row.name, cells.join(" | "));
    }
    table
}

fn cell(row: &Row, who: &str) -> String {
    let Some(Figure { median, least, most }) = row.figure(who) else { return String::new() };
    let mut cell = number(median);
    if number(least) != number(most) {
        let _ = write!(cell, " ({}–{})", number(least), number(most));
    }
    if let Some(ratio) = row.ratio(who) {
        let _ = write!(cell, " **{ratio:.2}**");
    }
    cell
}

/// Formats a number with three significant digits and separated thousands.
pub fn number(value: f64) -> String {
    let digits = if value.abs() >= 100.0 || value == 0.0 { 0 } else { 2 };
    let text = format!("{value:.digits$}");
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let (sign, whole) = whole.strip_prefix('-').map_or(("", whole), |whole| ("−", whole));
    let mut grouped = String::from(sign);
    for (place, digit) in whole.char_indices() {
        if place > 0 && (whole.len() - place) % 3 == 0 {
            grouped.push(' ');
        }
        grouped.push(digit);
    }
    let fraction = fraction.trim_end_matches('0');
    if fraction.is_empty() { grouped } else { format!("{grouped}.{fraction}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_for_people() {
        for (value, text) in
            [(541_020.4, "541 020"), (0.0, "0"), (1.0, "1"), (0.954, "0.95"), (-1234.0, "−1 234"), (99.5, "99.5")]
        {
            assert_eq!(number(value), text);
        }
    }

    #[test]
    fn a_cell_has_median_range_and_ratio() {
        let mut row = Row::new("x", Better::Less);
        for (ours, typed) in [(30.0, 40.0), (10.0, 20.0), (20.0, 80.0)] {
            row.add("ours", ours);
            row.add("typed", typed);
        }
        row.add("peer", 0.0);
        let table = markdown(&[row]);
        assert!(table.ends_with("| x | 20 (10–30) **0.50** | 40 (20–80) **1.00** | 0 **0.00** |\n"), "{table}");
    }
}
