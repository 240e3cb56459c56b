//! The columns of a list.

use super::column_name::{NUMBER_COLUMNS, fold, shown};
use super::error::ListError;
use super::number;
use super::rows::Fields;

/// The names of the columns.
pub(super) struct Columns {
    /// As written, without surrounding space.
    names: Vec<String>,
    folded: Vec<String>,
}

impl Columns {
    /// Reads a header. Columns without a name at its end are not columns: some programs write their delimiters.
    pub(super) fn new(header: Fields<'_>) -> Self {
        let mut names: Vec<String> = header.iter().map(str::to_owned).collect();
        let used = names.iter().rposition(|name| !name.is_empty()).map_or(0, |last| last + 1);
        names.truncate(used);
        let folded = names.iter().map(|name| fold(name)).collect();
        Self { names, folded }
    }

    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// Returns the name of a column as it is shown.
    pub(super) fn shown(&self, at: usize) -> String {
        shown(&self.names[at])
    }

    /// Returns all names as they are shown.
    pub(super) fn all_shown(&self) -> Vec<String> {
        self.names.iter().map(|name| shown(name)).collect()
    }

    /// Returns the positions of all columns with a name.
    pub(super) fn positions(&self, name: &str) -> Vec<usize> {
        let name = fold(name);
        (0..self.len()).filter(|at| self.folded[*at] == name).collect()
    }

    /// Returns the position of the column with the number.
    pub(super) fn number(&self, list: &str, line: u64, wanted: Option<&str>, region: &str) -> Result<usize, ListError> {
        let list = list.to_owned();
        let found: Vec<usize> = match wanted {
            Some(name) => self.positions(name),
            None => NUMBER_COLUMNS.iter().flat_map(|name| self.positions(name)).collect(),
        };
        match &*found {
            [one] => Ok(*one),
            [] if self.names.iter().any(|name| number::is_number(name, region)) => {
                Err(ListError::NoHeader { list, line })
            }
            [] => {
                let (wanted, columns) = (wanted.map(shown), self.all_shown());
                Err(ListError::NoNumberColumn { list, wanted, columns })
            }
            several => {
                let columns = several.iter().map(|at| self.shown(*at)).collect();
                Err(ListError::SeveralNumberColumns { list, columns })
            }
        }
    }
}
