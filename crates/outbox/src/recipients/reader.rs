//! Reads the recipients of a list.

use std::iter::FusedIterator;

use zap_facade::{InvalidPhoneNumber, PhoneNumber};

use super::check::Check;
use super::columns::Columns;
use super::csv::Csv;
use super::decode::Decoder;
use super::delimiter;
use super::digest::Digest;
use super::error::ListError;
use super::problem::ProblemKind;
use super::recipient::Recipient;
use super::report::Report;
use super::rows::Rows;
use super::seen::Seen;
use super::template::Template;
use super::values;

/// The good recipients of a list, and a report on the whole list.
///
/// The iterator returns each recipient once, in the order of the list. It ends after an error. Call
/// [`finish`](Self::finish) before you use what was read: only then is it certain that the list is the one that was
/// checked.
pub struct Recipients {
    rows: Rows,
    check: Check,
    report: Report,
    /// The line of the header.
    header: u64,
    expected: Option<Digest>,
    is_at_end: bool,
    has_failed: bool,
}

impl Csv {
    /// Reads the header, and returns the recipients for a message with these texts.
    ///
    /// A message without placeholders, such as a dialog, has no texts. Placeholders without a column are in the report,
    /// and then no recipient is returned.
    ///
    /// # Errors
    ///
    /// Returns an error if the list cannot be read, or no column has the number.
    pub fn read<'t>(self, texts: impl IntoIterator<Item = &'t Template>) -> Result<Recipients, ListError> {
        if PhoneNumber::parse_in("0", &self.region) == Err(InvalidPhoneNumber::UnknownRegion) {
            return Err(ListError::UnknownRegion { region: self.region });
        }
        let mut placeholders: Vec<String> = Vec::new();
        for name in texts.into_iter().flat_map(Template::placeholders) {
            if !placeholders.iter().any(|known| known == name) {
                placeholders.push(name.to_owned());
            }
        }
        Recipients::new(self, placeholders)
    }

    /// Reads the list to the end, and returns the report.
    ///
    /// # Errors
    ///
    /// As for [`read`](Self::read).
    pub fn check<'t>(self, texts: impl IntoIterator<Item = &'t Template>) -> Result<Report, ListError> {
        self.read(texts)?.finish()
    }
}

impl Recipients {
    fn new(csv: Csv, placeholders: Vec<String>) -> Result<Self, ListError> {
        let list = csv.list;
        let io = |source| ListError::Io { list: list.clone(), source };
        let decoder = match Decoder::new(csv.source).map_err(io)? {
            Ok(decoder) => decoder,
            Err(found) => return Err(ListError::NotText { list, found }),
        };
        let mut rows = Rows::new(decoder).map_err(io)?;
        let number_column = csv.number_column.as_deref();
        let delimiter = find_delimiter(&mut rows, csv.delimiter, number_column).map_err(io)?;
        let delimiter = delimiter.map_err(|delimiter| ListError::InvalidDelimiter { delimiter })?;
        rows.set_delimiter(delimiter);
        let (header, columns) = loop {
            let Some(row) = rows.next().map_err(io)? else { return Err(ListError::Empty { list }) };
            let Ok(fields) = row.fields else { return Err(ListError::BrokenHeader { list, line: row.line }) };
            let columns = Columns::new(fields);
            // Rows without any text may precede the header.
            if columns.len() > 0 {
                break (row.line, columns);
            }
        };
        let number = columns.number(&list, header, number_column, &csv.region)?;
        let mut report = Report::new(list, delimiter.into(), columns.shown(number), csv.problems);
        let names = placeholders.into_iter().map(|name| (name, true));
        let names = names.chain(csv.columns.into_iter().map(|name| (name, false)));
        let needed = values::find(&columns, names, header, &mut report);
        report.unused_columns = values::unused(&columns, number, &needed);
        let (region, allow_empty, opted_out) = (csv.region, csv.allow_empty, csv.opted_out);
        let (is_complete, seen) = (report.is_clean(), Seen::new());
        let check = Check { columns, number, needed, is_complete, region, allow_empty, opted_out, seen };
        let (expected, is_at_end, has_failed) = (csv.expected, false, false);
        Ok(Self { rows, check, report, header, expected, is_at_end, has_failed })
    }

    /// Returns the report on the rows so far. Its digest and encoding are not final.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// Reports that a recipient which was returned cannot be sent to, for example because the dry run of the filled
    /// message fails. The reason must not have personal data.
    pub fn refuse(&mut self, recipient: &Recipient, reason: impl Into<String>) {
        self.report.good = self.report.good.saturating_sub(1);
        self.report.invalid += 1;
        self.report.add(recipient.line, ProblemKind::Refused, || (None, None, reason.into()));
    }

    /// Reads the rest of the list, and returns the report.
    ///
    /// # Errors
    ///
    /// Returns an error if reading fails or has failed before, or if the digest is not the [expected](Csv::expect) one.
    pub fn finish(mut self) -> Result<Report, ListError> {
        for recipient in &mut self {
            recipient?;
        }
        let mut report = self.report;
        if self.has_failed {
            let source = std::io::Error::other("an earlier error was ignored");
            return Err(ListError::Io { list: report.list, source });
        }
        report.encoding = self.rows.decoder().encoding();
        report.digest = self.rows.decoder().digest();
        if self.expected.is_some_and(|expected| expected != report.digest) {
            return Err(ListError::Changed { list: report.list });
        }
        if report.rows == 0 {
            let text = "the list has a header and no rows: add a row for each recipient";
            report.add(self.header, ProblemKind::NoRows, || (None, None, text.to_owned()));
        }
        // A row can be refused after later rows were read.
        report.problems.sort_by_key(|problem| problem.line);
        Ok(report)
    }
}

impl Iterator for Recipients {
    type Item = Result<Recipient, ListError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.is_at_end {
            match self.rows.next() {
                Ok(Some(row)) => {
                    if let Some(recipient) = self.check.row(&row, &mut self.report) {
                        return Some(Ok(recipient));
                    }
                }
                Ok(None) => self.is_at_end = true,
                Err(source) => {
                    self.is_at_end = true;
                    self.has_failed = true;
                    return Some(Err(ListError::Io { list: self.report.list.clone(), source }));
                }
            }
        }
        None
    }
}

impl FusedIterator for Recipients {}

impl std::fmt::Debug for Recipients {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Recipients").field("list", &self.report.list).finish_non_exhaustive()
    }
}

/// Returns the delimiter of a list, or the given one if it cannot be a delimiter. Skips a line that declares it.
fn find_delimiter(
    rows: &mut Rows,
    given: Option<char>,
    number_column: Option<&str>,
) -> std::io::Result<Result<u8, char>> {
    let declared = delimiter::declared(rows.sample());
    if declared.is_some() {
        rows.skip_line()?;
    }
    if let Some(given) = given {
        return Ok(u8::try_from(given).ok().filter(|byte| delimiter::is_possible(*byte)).ok_or(given));
    }
    Ok(Ok(declared.unwrap_or_else(|| delimiter::detect(rows.sample(), number_column))))
}
