//! Checks rows.

use std::collections::BTreeMap;

use zap_facade::PhoneNumber;

use super::columns::Columns;
use super::number;
use super::problem::ProblemKind;
use super::recipient::Recipient;
use super::report::Report;
use super::rows::{Broken, Fields, Row};
use super::seen::Seen;
use super::values::{self, Needed};

/// Checks the rows of a list.
pub(super) struct Check {
    pub(super) columns: Columns,
    /// The column of the number.
    pub(super) number: usize,
    pub(super) needed: Vec<Needed>,
    /// Whether each needed name has a column.
    pub(super) is_complete: bool,
    pub(super) region: String,
    pub(super) allow_empty: bool,
    pub(super) opted_out: Box<dyn FnMut(&str) -> bool + Send>,
    pub(super) seen: Seen,
}

impl Check {
    /// Checks a row and counts it. Returns the recipient if the row is good.
    pub(super) fn row(&mut self, row: &Row<'_>, report: &mut Report) -> Option<Recipient> {
        let line = row.line;
        if row.fields.is_ok_and(|fields| fields.iter().all(str::is_empty)) {
            report.blank += 1;
            return None;
        }
        report.rows += 1;
        let fields = self.fields(row, report);
        let number = fields.and_then(|fields| self.number(fields, line, report));
        // All problems of a row are reported, so the values are checked even if the number is not one.
        let is_fine = fields
            .is_some_and(|fields| values::check(fields, &self.needed, &self.columns, line, self.allow_empty, report));
        let (Some(fields), Some(number), true, true) = (fields, number, is_fine, self.is_complete) else {
            report.invalid += 1;
            return None;
        };
        let key = number.key();
        if let Some(first) = self.seen.add(&key, line) {
            report.duplicates += 1;
            let text = || format!("the recipient is the same as in line {first}");
            report.add(line, ProblemKind::Duplicate, || (Some(self.number_column()), Some(masked(&number)), text()));
            return None;
        }
        if (self.opted_out)(&key) {
            report.opted_out += 1;
            let text = || "the recipient has opted out".to_owned();
            report.add(line, ProblemKind::OptedOut, || (Some(self.number_column()), Some(masked(&number)), text()));
            return None;
        }
        report.good += 1;
        let mut recipient = Recipient { line, number, params: BTreeMap::new(), extra: BTreeMap::new() };
        for Needed { name, column, is_placeholder } in &self.needed {
            let values = if *is_placeholder { &mut recipient.params } else { &mut recipient.extra };
            values.insert(name.clone(), fields.get(*column).to_owned());
        }
        Some(recipient)
    }

    /// Returns the fields of a row if there are as many as columns.
    fn fields<'a>(&self, row: &Row<'a>, report: &mut Report) -> Option<Fields<'a>> {
        let expected = self.columns.len();
        let (kind, text) = match row.fields {
            // Empty fields beyond the last column are not a problem.
            Ok(fields) if fields.len() >= expected && fields.iter().skip(expected).all(str::is_empty) => {
                return Some(fields);
            }
            Ok(fields) => {
                report.add(row.line, ProblemKind::Fields, || (None, None, wrong_length(fields.len(), expected, row)));
                return None;
            }
            Err(Broken::Quote) => (ProblemKind::Quote, "a quotation mark is not closed: close it, or remove it"),
            Err(Broken::TooLong) => (ProblemKind::TooLong, "the row has more than 256 KiB: shorten it"),
        };
        report.add(row.line, kind, || (None, None, text.to_owned()));
        None
    }

    fn number(&self, fields: Fields<'_>, line: u64, report: &mut Report) -> Option<PhoneNumber> {
        let cell = fields.get(self.number);
        match number::read(cell, &self.region) {
            Ok((number, repair)) => {
                if let Some(repair) = repair {
                    *report.repairs.entry(repair).or_default() += 1;
                }
                Some(number)
            }
            Err(reason) => {
                let value = (!cell.is_empty()).then(|| number::masked(cell));
                report.add(line, reason.kind(), || (Some(self.number_column()), value, reason.text()));
                None
            }
        }
    }

    fn number_column(&self) -> String {
        self.columns.shown(self.number)
    }
}

fn masked(number: &PhoneNumber) -> String {
    number::masked(&number.to_string())
}

fn wrong_length(found: usize, expected: usize, row: &Row<'_>) -> String {
    let fields = |count| if count == 1 { "1 field".to_owned() } else { format!("{count} fields") };
    let text = format!("the row has {}, and the header has {expected}", fields(found));
    if row.last_line > row.line {
        format!("{text}; it ends in line {}: is a quotation mark missing or too many?", row.last_line)
    } else if found > expected {
        format!("{text}: put fields that contain the delimiter in quotation marks")
    } else {
        format!("{text}: add the missing fields, which can be empty")
    }
}
