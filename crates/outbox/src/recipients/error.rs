//! Why a list cannot be read at all.

use std::{fmt, io};

use super::column_name::NUMBER_COLUMNS;

/// The error for a list that cannot be read. Problems of single rows are in the [report](super::Report) instead.
///
/// Names of columns are shortened, and masked if they look like a phone number.
#[derive(Debug)]
#[non_exhaustive]
pub enum ListError {
    /// Reading failed.
    Io {
        /// The name of the list.
        list: String,
        /// Why.
        source: io::Error,
    },
    /// The path leads to a directory.
    Directory {
        /// The name of the list.
        list: String,
    },
    /// The list has no text, or only blank lines.
    Empty {
        /// The name of the list.
        list: String,
    },
    /// The list is not a text, or is in another encoding.
    NotText {
        /// The name of the list.
        list: String,
        /// What the file is instead.
        found: &'static str,
    },
    /// The first line is not a header.
    NoHeader {
        /// The name of the list.
        list: String,
        /// The number of the line.
        line: u64,
    },
    /// No column has the number.
    NoNumberColumn {
        /// The name of the list.
        list: String,
        /// The name that was asked for, if one was.
        wanted: Option<String>,
        /// The columns of the list.
        columns: Vec<String>,
    },
    /// Several columns can have the number.
    SeveralNumberColumns {
        /// The name of the list.
        list: String,
        /// These columns.
        columns: Vec<String>,
    },
    /// The header is broken: a quotation mark is not closed, or the line is too long.
    BrokenHeader {
        /// The name of the list.
        list: String,
        /// The number of the line.
        line: u64,
    },
    /// The region is not an ISO 3166 code, or has no phone numbers.
    UnknownRegion {
        /// The region.
        region: String,
    },
    /// The delimiter is not an ASCII character, or is a letter, a digit, a quotation mark or a line break.
    InvalidDelimiter {
        /// The delimiter.
        delimiter: char,
    },
    /// The content differs from that of the [digest](super::Csv::expect).
    Changed {
        /// The name of the list.
        list: String,
    },
}

impl fmt::Display for ListError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io { list, source } if source.kind() == io::ErrorKind::NotFound => {
                write!(f, "{list}: there is no such file: check the path")
            }
            Self::Io { list, .. } => write!(f, "{list}: the list cannot be read"),
            Self::Directory { list } => write!(f, "{list}: this is a directory: give the path of a CSV file"),
            Self::Empty { list } => {
                write!(
                    f,
                    "{list}: the list is empty: it needs a header with a column `number`, and a row per recipient"
                )
            }
            Self::NotText { list, found } => {
                write!(f, "{list}: this is {found}: save the list as a CSV file in UTF-8")
            }
            Self::NoHeader { list, line } => write!(
                f,
                "{list}: line {line} has a phone number instead of names of columns: add a header such as \
                 `number,name` before it"
            ),
            Self::NoNumberColumn { list, wanted, columns } => {
                match wanted {
                    Some(wanted) => write!(f, "{list}: there is no column `{wanted}`")?,
                    None => write!(f, "{list}: no column is called {}", quoted(NUMBER_COLUMNS))?,
                }
                write!(f, "; the columns are {}: ", quoted(columns))?;
                f.write_str("name the one with the phone number (`--number-column NAME`)")
            }
            Self::SeveralNumberColumns { list, columns } => write!(
                f,
                "{list}: the columns {} can all have the phone number: name the right one (`--number-column NAME`), or \
                 rename one if they have the same name",
                quoted(columns)
            ),
            Self::BrokenHeader { list, line } => write!(
                f,
                "{list}: the header in line {line} is too long, or has a quotation mark that is not closed: fix it"
            ),
            Self::UnknownRegion { region } => write!(
                f,
                "`{}` is not a region: give an ISO 3166 code of two letters, such as BR",
                region.escape_debug()
            ),
            Self::InvalidDelimiter { delimiter } => {
                write!(f, "`{}` cannot separate fields: use `,`, `;`, `|` or a tab", delimiter.escape_debug())
            }
            Self::Changed { list } => {
                write!(f, "{list}: the list has changed since it was checked: check it again")
            }
        }
    }
}

impl std::error::Error for ListError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        if let Self::Io { source, .. } = self { Some(source) } else { None }
    }
}

/// Returns names in backquotes, separated by commas.
fn quoted(names: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let names = names.into_iter().map(|name| format!("`{}`", name.as_ref()));
    names.collect::<Vec<_>>().join(", ")
}
