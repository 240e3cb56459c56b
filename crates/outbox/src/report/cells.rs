//! Writes the cells of a CSV file.

use csv_core::{Terminator, WriteResult, Writer, WriterBuilder};

/// The characters with which a spreadsheet begins a formula, in the usual and in the full width, or after which it looks
/// for one.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Rows of a CSV file, as RFC 4180 describes it.
pub(super) struct Cells {
    writer: Writer,
    written: Vec<u8>,
    is_first: bool,
}

impl Cells {
    pub(super) fn new() -> Self {
        let writer = WriterBuilder::new().terminator(Terminator::CRLF).build();
        Self { writer, written: Vec::new(), is_first: true }
    }

    /// Adds a cell that no spreadsheet takes for a formula, because this library made its text.
    pub(super) fn add(&mut self, text: &str) {
        if !std::mem::take(&mut self.is_first) {
            self.write(Writer::delimiter);
        }
        let mut rest = text.as_bytes();
        self.write(|writer, room| {
            let (result, read, written) = writer.field(rest, room);
            rest = &rest[read..];
            (result, written)
        });
    }

    /// Adds a cell with a text of somebody else. What a spreadsheet could take for a formula gets an apostrophe in front,
    /// with which a spreadsheet marks a text.
    ///
    /// A spreadsheet that splits at semicolons or tabs, as Excel does in Brazil, does not see the quotes around the cell.
    /// So a formula can also begin after one of them, or after a line break, with quotes between them.
    pub(super) fn add_foreign(&mut self, text: &str) {
        let (mut neutral, mut is_start) = (String::with_capacity(text.len()), true);
        for c in text.chars() {
            if is_start && FORMULA.contains(&c) {
                neutral.push('\'');
            }
            neutral.push(c);
            is_start = matches!(c, ';' | '\t' | '\r' | '\n') || (is_start && c == '"');
        }
        self.add(&neutral);
    }

    pub(super) fn end_row(&mut self) {
        self.write(Writer::terminator);
        self.is_first = true;
    }

    /// Returns what was written since the last call.
    pub(super) fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.written)
    }

    fn write(&mut self, mut step: impl FnMut(&mut Writer, &mut [u8]) -> (WriteResult, usize)) {
        let mut room = [0; 1024];
        loop {
            let (result, written) = step(&mut self.writer, &mut room);
            self.written.extend_from_slice(&room[..written]);
            if matches!(result, WriteResult::InputEmpty) {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(texts: &[&str], add: fn(&mut Cells, &str)) -> String {
        let mut cells = Cells::new();
        for text in texts {
            add(&mut cells, text);
        }
        cells.end_row();
        String::from_utf8(cells.take()).unwrap()
    }

    #[test]
    fn cells_with_delimiters_quotes_and_line_breaks_are_quoted() {
        let long = "é,".repeat(3_000);
        for (text, cell) in [
            ("", "\"\""),
            ("Olá", "Olá"),
            ("a;b", "a;b"),
            ("a,b", "\"a,b\""),
            ("say \"hi\"", "\"say \"\"hi\"\"\""),
            ("two\nlines", "\"two\nlines\""),
            (&long, &format!("\"{long}\"")),
        ] {
            assert_eq!(row(&[text], Cells::add), format!("{cell}\r\n"));
        }
        assert_eq!(row(&["a", "", "b"], Cells::add), "a,,b\r\n");
    }

    #[test]
    fn a_text_that_begins_like_a_formula_gets_an_apostrophe() {
        let foreign = |text: &str| row(&[text], Cells::add_foreign);
        assert_eq!(foreign("=1+1"), "'=1+1\r\n");
        assert_eq!(foreign("=HYPERLINK(\"http://x.example\")"), "\"'=HYPERLINK(\"\"http://x.example\"\")\"\r\n");
        for first in FORMULA {
            assert!(foreign(&format!("{first}1")).trim_start_matches('"').starts_with(&format!("'{first}")));
        }
        for harmless in ["wamid.A=", "a+b", " =1", "'=1", "1-2", "a;b", "a; =1", "a;b=1"] {
            assert_eq!(foreign(harmless), format!("{harmless}\r\n"));
        }
    }

    #[test]
    fn a_formula_after_a_character_at_which_a_spreadsheet_splits_gets_an_apostrophe() {
        let foreign = |text: &str| row(&[text], Cells::add_foreign);
        assert_eq!(foreign("a;=HYPERLINK(1)"), "a;'=HYPERLINK(1)\r\n");
        assert_eq!(foreign("a;;+1;-2"), "a;;'+1;'-2\r\n");
        assert_eq!(foreign("a\n=1"), "\"a\n'=1\"\r\n");
        assert_eq!(foreign("a\r\n@b"), "\"a\r'\n'@b\"\r\n");
        assert_eq!(foreign("a;\"=1\""), "\"a;\"\"'=1\"\"\"\r\n");
        assert!(foreign("a\t=1").contains("\t'=1"));
    }
}
