//! A CSV file, and the settings with which it is read.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::digest::Digest;
use super::error::ListError;

/// How many problems of each kind a report keeps by default.
const PROBLEMS: u64 = 20;

/// A CSV file with recipients, and how to read it.
///
/// Reading is synchronous. In async code, call it in `spawn_blocking`. A file is opened once, so it can be renamed or
/// deleted while it is read. To read it twice, open it twice, and give the digest of the first reading to
/// [`expect`](Self::expect) for the second.
pub struct Csv {
    pub(super) list: String,
    pub(super) source: Box<dyn Read + Send>,
    pub(super) number_column: Option<String>,
    pub(super) region: String,
    pub(super) delimiter: Option<char>,
    pub(super) columns: Vec<String>,
    pub(super) allow_empty: bool,
    pub(super) opted_out: Box<dyn FnMut(&str) -> bool + Send>,
    pub(super) problems: u64,
    pub(super) expected: Option<Digest>,
}

impl Csv {
    /// Opens a file.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be opened, or is a directory.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, ListError> {
        let path = path.as_ref();
        let list = path.display().to_string();
        let opened = File::open(path).and_then(|file| Ok((file.metadata()?.is_dir(), file)));
        match opened {
            Ok((true, _)) => Err(ListError::Directory { list }),
            Ok((false, file)) => Ok(Self::from_reader(list, file)),
            // Windows refuses to open a directory.
            Err(_) if path.is_dir() => Err(ListError::Directory { list }),
            Err(source) => Err(ListError::Io { list, source }),
        }
    }

    /// Reads the standard input, which can be read only once.
    #[must_use]
    pub fn stdin() -> Self {
        Self::from_reader("standard input", std::io::stdin())
    }

    /// Reads from a reader. The name is used in messages.
    #[must_use]
    pub fn from_reader(name: impl Into<String>, reader: impl Read + Send + 'static) -> Self {
        Self {
            list: name.into(),
            source: Box::new(reader),
            number_column: None,
            region: "BR".to_owned(),
            delimiter: None,
            columns: Vec::new(),
            allow_empty: false,
            opted_out: Box::new(|_| false),
            problems: PROBLEMS,
            expected: None,
        }
    }

    /// Sets the name of the column with the number. Default: the column with one of the
    /// [`NUMBER_COLUMNS`](super::NUMBER_COLUMNS).
    #[must_use]
    pub fn number_column(mut self, name: impl Into<String>) -> Self {
        self.number_column = Some(name.into());
        self
    }

    /// Sets the region of numbers without a plus sign: an ISO 3166 code of two letters. Default: `BR`.
    #[must_use]
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = region.into();
        self
    }

    /// Sets the delimiter. Default: detected.
    #[must_use]
    pub fn delimiter(mut self, delimiter: char) -> Self {
        self.delimiter = Some(delimiter);
        self
    }

    /// Adds a column whose values are needed for something else than a placeholder, such as the time zone. They are in
    /// [`Recipient::extra`](super::Recipient::extra) and can be empty.
    #[must_use]
    pub fn extra_column(mut self, name: impl Into<String>) -> Self {
        self.columns.push(name.into());
        self
    }

    /// Sets whether the value of a placeholder can be empty. Default: no, the row has a problem.
    #[must_use]
    pub fn allow_empty(mut self, allow: bool) -> Self {
        self.allow_empty = allow;
        self
    }

    /// Sets how to find out whether a recipient wants no messages. The function gets the recipient's
    /// [key](zap_facade::PhoneNumber::key), and must not block for long: it is called for each row.
    ///
    /// ```
    /// # use std::collections::HashSet;
    /// # use zap_outbox::recipients::{Csv, Template};
    /// let keys = HashSet::from(["5511900000002".to_owned()]);
    /// let list = "number\n+55 11 90000-0001\n+55 11 90000-0002\n";
    /// let list = Csv::from_reader("list.csv", list.as_bytes()).opted_out(move |key| keys.contains(key));
    /// let report = list.check([])?;
    /// assert_eq!((report.good, report.opted_out), (1, 1));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn opted_out(mut self, is_opted_out: impl FnMut(&str) -> bool + Send + 'static) -> Self {
        self.opted_out = Box::new(is_opted_out);
        self
    }

    /// Sets how many problems of each kind the report keeps. Default: 20. The totals are always exact.
    #[must_use]
    pub fn problems_per_kind(mut self, limit: u64) -> Self {
        self.problems = limit;
        self
    }

    /// Sets the digest that the list must have. [`Recipients::finish`](super::Recipients::finish) returns an error if it differs.
    #[must_use]
    pub fn expect(mut self, digest: Digest) -> Self {
        self.expected = Some(digest);
        self
    }
}

impl std::fmt::Debug for Csv {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Csv").field("list", &self.list).finish_non_exhaustive()
    }
}
