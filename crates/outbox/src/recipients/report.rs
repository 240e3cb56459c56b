//! The report on a list.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use super::decode::Encoding;
use super::digest::Digest;
use super::number::Repair;
use super::problem::{Problem, ProblemKind};

/// What a list has, and everything that is wrong with it.
///
/// `rows` is the sum of `good`, `duplicates`, `opted_out` and `invalid`. `Display` writes it for a terminal, and serde
/// for programs.
///
/// Names of columns are shortened, and masked if they look like a phone number, because the header may be missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Report {
    /// The name of the list, such as its path.
    pub list: String,
    /// The encoding. [`Encoding::Utf8`] if all characters are ASCII.
    pub encoding: Encoding,
    /// The character between fields.
    pub delimiter: char,
    /// The name of the column with the number.
    pub number_column: String,
    /// The columns that nothing uses.
    pub unused_columns: Vec<String>,
    /// How many rows there are, without the header and rows without any text.
    pub rows: u64,
    /// How many rows can be sent to.
    pub good: u64,
    /// How many rows were skipped because an earlier row has the same recipient.
    pub duplicates: u64,
    /// How many rows were skipped because the recipient wants no messages.
    pub opted_out: u64,
    /// How many rows have a problem.
    pub invalid: u64,
    /// How many rows have no text, such as `;;;`. Empty lines do not count.
    pub blank: u64,
    /// How many numbers were repaired in which way.
    pub repairs: BTreeMap<Repair, u64>,
    /// How many problems of each kind there are. A row can have several.
    pub totals: BTreeMap<ProblemKind, u64>,
    /// The first problems of each kind, in the order of their lines.
    pub problems: Vec<Problem>,
    /// The digest of the whole list. Give it to [`Csv::expect`](super::Csv::expect) when you import the list.
    pub digest: Digest,
    /// How many problems of a kind are kept.
    #[serde(skip)]
    pub(super) limit: u64,
}

impl Report {
    pub(super) fn new(list: String, delimiter: char, number_column: String, limit: u64) -> Self {
        Self {
            list,
            encoding: Encoding::Utf8,
            delimiter,
            number_column,
            unused_columns: Vec::new(),
            rows: 0,
            good: 0,
            duplicates: 0,
            opted_out: 0,
            invalid: 0,
            blank: 0,
            repairs: BTreeMap::new(),
            totals: BTreeMap::new(),
            problems: Vec::new(),
            digest: Digest([0; 32]),
            limit,
        }
    }

    /// Returns whether there is nothing to fix. Duplicates, opted-out recipients and unused columns are not problems.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.totals.keys().all(|kind| kind.is_skip())
    }

    /// Counts a problem. Its column, value and text are computed only if it is kept.
    pub(super) fn add(
        &mut self,
        line: u64,
        kind: ProblemKind,
        detail: impl FnOnce() -> (Option<String>, Option<String>, String),
    ) {
        let total = self.totals.entry(kind).or_default();
        *total += 1;
        if *total <= self.limit {
            let (column, value, text) = detail();
            self.problems.push(Problem { line, kind, column, value, text });
        }
    }

    fn write_problems(&self, f: &mut fmt::Formatter<'_>, is_skip: bool) -> fmt::Result {
        for problem in self.problems.iter().filter(|problem| problem.kind.is_skip() == is_skip) {
            write!(f, "\n  {problem}")?;
        }
        for (kind, total) in self.totals.iter().filter(|(kind, _)| kind.is_skip() == is_skip) {
            let kept = self.problems.iter().filter(|problem| problem.kind == *kind).count() as u64;
            if *total > kept {
                write!(f, "\n  and {} more of the kind {kind}", count(total - kept))?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { list, encoding, delimiter, number_column, .. } = self;
        let delimiter = delimiter.escape_debug();
        write!(f, "{list}: {encoding}, fields separated by `{delimiter}`, numbers in column `{number_column}`")?;
        write!(f, "\n{} {}: {} good", count(self.rows), rows(self.rows), count(self.good))?;
        for (number, what) in
            [(self.duplicates, "duplicated"), (self.opted_out, "opted out"), (self.invalid, "with problems")]
        {
            write!(f, ", {} {what}", count(number))?;
        }
        if self.blank > 0 {
            write!(f, " ({} {} without text ignored)", count(self.blank), rows(self.blank))?;
        }
        if !self.is_clean() {
            f.write_str("\nProblems:")?;
            self.write_problems(f, false)?;
        }
        if self.duplicates + self.opted_out > 0 {
            f.write_str("\nSkipped:")?;
            self.write_problems(f, true)?;
        }
        for (repair, number) in &self.repairs {
            let what = match repair {
                Repair::Apostrophe => "an apostrophe before the number was removed",
                Repair::Formula => "the formula around the number was removed",
                Repair::Decimal => "the decimals of the number were removed",
                Repair::Exponent => "the exponent of the number was resolved",
                Repair::LostPlus => "the number was read as international, without a plus sign",
            };
            write!(f, "\n{} {}: {what}", count(*number), rows(*number))?;
        }
        if !self.unused_columns.is_empty() {
            write!(f, "\nUnused columns: `{}`", self.unused_columns.join("`, `"))?;
        }
        Ok(())
    }
}

fn rows(count: u64) -> &'static str {
    if count == 1 { "row" } else { "rows" }
}

/// Writes a number with commas between groups of three digits.
fn count(number: u64) -> String {
    let digits = number.to_string();
    let first = digits.len() % 3;
    let mut text = digits[..first].to_owned();
    for at in (first..digits.len()).step_by(3) {
        if !text.is_empty() {
            text.push(',');
        }
        text.push_str(&digits[at..at + 3]);
    }
    text
}
