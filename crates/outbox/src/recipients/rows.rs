//! Splits the text of a list into rows.

use std::io;

use csv_core::ReadRecordResult;

use super::decode::Decoder;

/// The maximum size of a row in bytes. A longer one usually has a quotation mark that is not closed.
const MAX_ROW: usize = 256 * 1024;

/// A row.
pub(super) struct Row<'a> {
    /// The line on which it begins, counted from 1.
    pub(super) line: u64,
    /// The line on which it ends.
    pub(super) last_line: u64,
    /// Its fields, or why it has none.
    pub(super) fields: Result<Fields<'a>, Broken>,
}

/// Why a row cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Broken {
    /// A quotation mark is not closed.
    Quote,
    /// It is too long.
    TooLong,
}

/// The fields of a row.
#[derive(Clone, Copy)]
pub(super) struct Fields<'a> {
    text: &'a str,
    ends: &'a [usize],
}

impl<'a> Fields<'a> {
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Returns a field without surrounding space, and an empty text if there is no such field.
    pub(super) fn get(&self, at: usize) -> &'a str {
        let Some(end) = self.ends.get(at) else { return "" };
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        self.text.get(start..*end).unwrap_or_default().trim()
    }

    pub(super) fn iter(self) -> impl Iterator<Item = &'a str> {
        (0..self.len()).map(move |at| self.get(at))
    }
}

/// Reads rows. Blank lines are skipped.
pub(super) struct Rows {
    decoder: Decoder,
    parser: csv_core::Reader,
    /// Text from the beginning of the current row on.
    window: Vec<u8>,
    /// Where the current row begins in it.
    start: usize,
    /// The line of `start`.
    line: u64,
    /// The fields of the current row, one after the other.
    text: Vec<u8>,
    ends: Vec<usize>,
}

impl Rows {
    /// Reads the first piece of the text.
    pub(super) fn new(decoder: Decoder) -> io::Result<Self> {
        let mut rows = Self {
            decoder,
            parser: csv_core::Reader::new(),
            window: Vec::new(),
            start: 0,
            line: 1,
            text: vec![0; 1024],
            ends: vec![0; 32],
        };
        rows.fill()?;
        Ok(rows)
    }

    pub(super) fn decoder(&self) -> &Decoder {
        &self.decoder
    }

    /// Returns the text that was read and not yet split.
    pub(super) fn sample(&self) -> &[u8] {
        &self.window[self.start..]
    }

    pub(super) fn set_delimiter(&mut self, delimiter: u8) {
        self.parser = parser(delimiter);
    }

    /// Skips the current line.
    pub(super) fn skip_line(&mut self) -> io::Result<()> {
        loop {
            if let Some(at) = memchr::memchr(b'\n', self.sample()) {
                self.start += at + 1;
                self.line += 1;
                return Ok(());
            }
            self.start = self.window.len();
            if !self.fill()? {
                return Ok(());
            }
        }
    }

    /// Returns the next row, `None` after the last one.
    pub(super) fn next(&mut self) -> io::Result<Option<Row<'_>>> {
        loop {
            let breaks = self.sample().iter().take_while(|byte| **byte == b'\n').count();
            self.start += breaks;
            self.line += breaks as u64;
            if !self.sample().is_empty() {
                break;
            }
            if !self.fill()? {
                return Ok(None);
            }
        }
        let line = self.line;
        let (text, ends) = match self.split()? {
            Ok(lengths) => lengths,
            Err(broken) => {
                // Continue on the next line, so that one quotation mark does not hide the rest of the list.
                self.parser.reset();
                self.skip_line()?;
                return Ok(Some(Row { line, last_line: line, fields: Err(broken) }));
            }
        };
        // Delimiters are ASCII, so that the fields are UTF-8 as the whole is.
        let text = std::str::from_utf8(&self.text[..text]).unwrap_or_default();
        let fields = Ok(Fields { text, ends: &self.ends[..ends] });
        Ok(Some(Row { line, last_line: self.line - 1, fields }))
    }

    /// Splits the row at `start` into fields, and moves `start` behind it. Returns the length of all fields, and how
    /// many there are.
    fn split(&mut self) -> io::Result<Result<(usize, usize), Broken>> {
        let (mut at, mut text, mut ends) = (self.start, 0, 0);
        let mut is_at_end = false;
        loop {
            let (result, read, written, ended) =
                self.parser.read_record(&self.window[at..], &mut self.text[text..], &mut self.ends[ends..]);
            at += read;
            text += written;
            ends += ended;
            if at - self.start > MAX_ROW {
                let is_quoted = memchr::memchr(b'\n', &self.window[self.start..at - 1]).is_some();
                return Ok(Err(if is_quoted { Broken::Quote } else { Broken::TooLong }));
            }
            match result {
                // The text ends with a line break, which ends the row, except in quotation marks.
                _ if is_at_end => return Ok(Err(Broken::Quote)),
                ReadRecordResult::InputEmpty => {
                    let read = at - self.start;
                    is_at_end = !self.fill()?;
                    at = self.start + read;
                }
                ReadRecordResult::OutputFull => self.text.resize(self.text.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::Record | ReadRecordResult::End => {
                    self.line += memchr::memchr_iter(b'\n', &self.window[self.start..at]).count() as u64;
                    self.start = at;
                    return Ok(Ok((text, ends)));
                }
            }
        }
    }

    /// Reads more text. Returns whether there is more.
    fn fill(&mut self) -> io::Result<bool> {
        self.window.drain(..self.start);
        self.start = 0;
        loop {
            let old = self.window.len();
            let more = self.decoder.fill(&mut self.window)?;
            if !more || self.window.len() > old {
                return Ok(more);
            }
        }
    }
}

/// Returns a parser for a delimiter.
pub(super) fn parser(delimiter: u8) -> csv_core::Reader {
    csv_core::ReaderBuilder::new().delimiter(delimiter).terminator(csv_core::Terminator::Any(b'\n')).build()
}
