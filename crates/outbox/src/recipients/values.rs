//! The values that a message takes from a row.

use super::column_name::shown;
use super::columns::Columns;
use super::problem::ProblemKind;
use super::report::Report;
use super::rows::Fields;

/// A name that a message or a plan uses, and where its value is.
pub(super) struct Needed {
    pub(super) name: String,
    pub(super) column: usize,
    /// Whether it is a placeholder. Otherwise it is a column for something else, such as the time zone.
    pub(super) is_placeholder: bool,
}

/// Returns where the values of names are, and reports names without a column.
pub(super) fn find(
    columns: &Columns,
    names: impl IntoIterator<Item = (String, bool)>,
    line: u64,
    report: &mut Report,
) -> Vec<Needed> {
    let mut needed: Vec<Needed> = Vec::new();
    for (name, is_placeholder) in names {
        let column = shown(&name);
        match &*columns.positions(&name) {
            [column] => needed.push(Needed { name, column: *column, is_placeholder }),
            [] => report.add(line, ProblemKind::NoColumn, || {
                let all = columns.all_shown().join("`, `");
                let fix = if is_placeholder { " (for braces in the text, write `{{` and `}}`)" } else { "" };
                (None, None, format!("there is no column `{column}`; the columns are `{all}`: use one of them{fix}"))
            }),
            several => report.add(line, ProblemKind::SeveralColumns, || {
                let text = format!("{} columns are called `{column}`: rename all but one", several.len());
                (Some(columns.shown(several[0])), None, text)
            }),
        }
    }
    needed
}

/// Returns the names of the columns that nothing uses.
pub(super) fn unused(columns: &Columns, number: usize, needed: &[Needed]) -> Vec<String> {
    let is_used = |at: usize| at == number || needed.iter().any(|needed| needed.column == at);
    (0..columns.len()).filter(|at| !is_used(*at)).map(|at| columns.shown(at)).collect()
}

/// Reports what is wrong with the values of a row. Returns whether they are fine.
pub(super) fn check(
    fields: Fields<'_>,
    needed: &[Needed],
    columns: &Columns,
    line: u64,
    allow_empty: bool,
    report: &mut Report,
) -> bool {
    let mut is_fine = true;
    for Needed { column, is_placeholder, .. } in needed {
        let value = fields.get(*column);
        let column = || Some(columns.shown(*column));
        if value.is_empty() && *is_placeholder && !allow_empty {
            is_fine = false;
            report.add(line, ProblemKind::EmptyValue, || {
                (column(), None, "the value is empty, and the message needs it: add it, or remove the row".to_owned())
            });
        } else if let Some(text) = damage(value) {
            is_fine = false;
            report.add(line, ProblemKind::Characters, || (column(), None, text.to_owned()));
        }
    }
    is_fine
}

/// Returns what is wrong with the characters of a text.
fn damage(text: &str) -> Option<&'static str> {
    if text.bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
        return None;
    }
    let mut before = ' ';
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let after = characters.peek().copied().unwrap_or(' ');
        match c {
            '\0' => return Some("the value has a NUL character: remove it"),
            '\u{fffd}' => {
                return Some(
                    "the value has a character that cannot be read, because the list mixes encodings or was damaged \
                     before: type the value again, and save the list in UTF-8",
                );
            }
            '\u{80}'..='\u{9f}' => return Some(OTHER_ENCODING),
            '\n' | '\t' => {}
            _ if c.is_control() => return Some("the value has a control character: remove it"),
            // These are letters in the encodings of DOS and old Macs, where Windows-1252 has signs.
            '‚' | 'ƒ' | '„' | '†' | '‡' | 'ˆ' | '‰' | '‹' | '›' | '˜' | '™' | '•'
                if before.is_alphabetic() && after.is_alphabetic() =>
            {
                return Some(OTHER_ENCODING);
            }
            // `Ã©` for `é`, `Ã‰` for `É`, `Â°` for `°`.
            'Ã' | 'Â' if matches!(after, '\u{80}'..='\u{bf}' | '‰' | 'ƒ' | '“' | '”' | '•' | '€' | '‡' | '‚' | '™') =>
            {
                return Some(
                    "the value was read in the wrong encoding and saved again (`Ã©` for `é`): take it from the original \
                     list, and save that in UTF-8",
                );
            }
            _ => {}
        }
        before = c;
    }
    None
}

const OTHER_ENCODING: &str = "the value has a sign where a letter must be, because the list is neither in UTF-8 nor in \
                              Windows-1252: save it in UTF-8";
