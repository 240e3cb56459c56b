//! Problems of a list.

use std::fmt;

use serde::Serialize;

use crate::words::words;

words! {
    /// The kind of a problem.
    ProblemKind, "a kind of problem" {
        /// No column has the name of a placeholder.
        NoColumn = "no_column",
        /// Several columns have the name of a placeholder.
        SeveralColumns = "several_columns",
        /// The list has a header and no rows.
        NoRows = "no_rows",
        /// The row has more or fewer fields than the header.
        Fields = "fields",
        /// A quotation mark is not closed.
        Quote = "quote",
        /// The row is too long.
        TooLong = "too_long",
        /// The cell has no number.
        NoNumber = "no_number",
        /// A spreadsheet has damaged the number.
        DamagedNumber = "damaged_number",
        /// The cell has more than one number.
        SeveralNumbers = "several_numbers",
        /// The number is not a phone number.
        InvalidNumber = "invalid_number",
        /// The value of a placeholder is empty.
        EmptyValue = "empty_value",
        /// A value has characters that were damaged, or that a text cannot have.
        Characters = "characters",
        /// The caller [refused](super::Recipients::refuse) the row.
        Refused = "refused",
        /// An earlier row has the same recipient. The row is skipped.
        Duplicate = "duplicate",
        /// The recipient wants no messages. The row is skipped.
        OptedOut = "opted_out",
    }
}

impl ProblemKind {
    /// Returns whether the problem is a reason to skip a row, and not something to fix.
    #[must_use]
    pub const fn is_skip(self) -> bool {
        matches!(self, Self::Duplicate | Self::OptedOut)
    }
}

/// A problem of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Problem {
    /// The line on which the row begins, counted from 1. For a problem of the whole list, the line of the header.
    pub line: u64,
    /// The kind.
    pub kind: ProblemKind,
    /// The name of the column, if the problem is about one. Shortened, and masked if it looks like a phone number.
    pub column: Option<String>,
    /// The number, with all but its last four digits masked, if the problem is about one.
    pub value: Option<String>,
    /// What is wrong, and how to fix it. Has no personal data, unless you gave some as the reason to refuse a row.
    pub text: String,
}

/// Writes one line, such as ``line 4, column `Celular` (****-0001): the phone number has no area code: add it``.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}", self.line)?;
        if let Some(column) = &self.column {
            write!(f, ", column `{column}`")?;
        }
        if let Some(value) = &self.value {
            write!(f, " ({value})")?;
        }
        write!(f, ": {}", self.text)
    }
}
