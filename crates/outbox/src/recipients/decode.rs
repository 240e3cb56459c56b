//! Turns the bytes of a list into UTF-8 with LF as the only line break.

use std::io::{self, Read};

use encoding_rs::{CoderResult, UTF_16BE, UTF_16LE, WINDOWS_1252};
use sha2::{Digest as _, Sha256};

use super::digest::Digest;
use crate::words::words;

words! {
    /// The encoding of a list.
    Encoding, "an encoding" {
        /// UTF-8, with or without a byte order mark.
        Utf8 = "UTF-8",
        /// Windows-1252, which Excel writes in Western Europe and America.
        Windows1252 = "Windows-1252",
        /// UTF-16 with a byte order mark, in little endian. Excel calls it "Unicode text".
        Utf16Le = "UTF-16LE",
        /// UTF-16 with a byte order mark, in big endian.
        Utf16Be = "UTF-16BE",
    }
}

/// How many bytes are read at once.
const CHUNK: usize = 64 * 1024;

/// So many control characters can be in a small list by mistake. They are reported with their rows.
const FEW: usize = 16;

/// First bytes of files that people take for CSV files.
const SIGNATURES: [(&[u8], &str); 7] = [
    (b"PK\x03\x04", "a workbook (such as .xlsx or .ods) or another ZIP archive, and not a text"),
    (b"\xd0\xcf\x11\xe0", "an old workbook (.xls) and not a text"),
    (b"%PDF", "a PDF document and not a CSV file"),
    (b"\x1f\x8b", "a gzip archive and not a text"),
    (b"{\\rtf", "an RTF document and not a CSV file"),
    (b"\xff\xfe\0\0", "a text in UTF-32"),
    (b"\0\0\xfe\xff", "a text in UTF-32"),
];

/// A byte order mark and its encoding.
const MARKS: [(&[u8], Encoding); 3] =
    [(b"\xef\xbb\xbf", Encoding::Utf8), (b"\xff\xfe", Encoding::Utf16Le), (b"\xfe\xff", Encoding::Utf16Be)];

/// Reads and decodes a list.
pub(super) struct Decoder {
    source: Box<dyn Read + Send>,
    hash: Sha256,
    encoding: Encoding,
    /// The decoder of an encoding other than UTF-8.
    other: Option<encoding_rs::Decoder>,
    /// Bytes that were read and not decoded.
    raw: Vec<u8>,
    text: String,
    /// Whether a character was found that is not ASCII, so that the encoding is certain.
    is_certain: bool,
    after_cr: bool,
    last: u8,
    is_at_end: bool,
}

impl Decoder {
    /// Reads the first bytes. Returns what the file is if it is not a text that can be decoded.
    pub(super) fn new(source: Box<dyn Read + Send>) -> io::Result<Result<Self, &'static str>> {
        let mut decoder = Self {
            source,
            hash: Sha256::new(),
            encoding: Encoding::Utf8,
            other: None,
            raw: Vec::with_capacity(CHUNK),
            text: String::new(),
            is_certain: false,
            after_cr: false,
            last: b'\n',
            is_at_end: false,
        };
        decoder.read()?;
        if let Some((_, found)) = SIGNATURES.iter().find(|(start, _)| decoder.raw.starts_with(start)) {
            return Ok(Err(found));
        }
        if let Some((mark, encoding)) = MARKS.iter().find(|(mark, _)| decoder.raw.starts_with(mark)) {
            decoder.raw.drain(..mark.len());
            decoder.choose(*encoding);
            decoder.is_certain = true;
        } else if let Some(found) = not_text(&decoder.raw) {
            return Ok(Err(found));
        }
        Ok(Ok(decoder))
    }

    /// Returns the encoding as far as it is known.
    pub(super) fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Returns the digest of all bytes that were read.
    pub(super) fn digest(&self) -> Digest {
        Digest(self.hash.clone().finalize().into())
    }

    /// Appends the next piece of text. Returns whether there was one. The last line always ends with a line break.
    pub(super) fn fill(&mut self, out: &mut Vec<u8>) -> io::Result<bool> {
        if self.raw.is_empty() && self.is_at_end {
            return Ok(false);
        }
        if self.raw.len() < CHUNK && !self.is_at_end {
            self.read()?;
        }
        self.text.clear();
        if self.encoding == Encoding::Utf8 {
            self.decode_utf8();
        }
        if let Some(other) = &mut self.other {
            decode(other, &self.raw, &mut self.text, self.is_at_end);
            self.raw.clear();
        }
        self.append(out);
        if self.is_at_end && self.last != b'\n' {
            out.push(b'\n');
            self.last = b'\n';
        }
        Ok(true)
    }

    /// Reads until the buffer is full or the source ends.
    fn read(&mut self) -> io::Result<()> {
        let old = self.raw.len();
        let wanted = CHUNK.saturating_sub(old) as u64;
        // Also retries interrupted reads.
        let read = (&mut self.source).take(wanted).read_to_end(&mut self.raw)?;
        self.is_at_end = (read as u64) < wanted;
        self.hash.update(&self.raw[old..]);
        Ok(())
    }

    fn choose(&mut self, encoding: Encoding) {
        self.encoding = encoding;
        self.other = match encoding {
            Encoding::Utf8 => None,
            Encoding::Windows1252 => Some(WINDOWS_1252.new_decoder_without_bom_handling()),
            Encoding::Utf16Le => Some(UTF_16LE.new_decoder_without_bom_handling()),
            Encoding::Utf16Be => Some(UTF_16BE.new_decoder_without_bom_handling()),
        };
    }

    /// Decodes UTF-8, up to an incomplete character at the end of the buffer. Changes to Windows-1252 at the first bytes
    /// that are not UTF-8, if the text before them does not prove that it is UTF-8.
    fn decode_utf8(&mut self) {
        let mut used = 0;
        loop {
            let (valid, error) = match std::str::from_utf8(&self.raw[used..]) {
                Ok(valid) => (valid, None),
                Err(error) => {
                    let valid = &self.raw[used..used + error.valid_up_to()];
                    (std::str::from_utf8(valid).unwrap_or_default(), Some(error))
                }
            };
            self.text.push_str(valid);
            self.is_certain |= !valid.is_ascii();
            used += valid.len();
            let Some(error) = error else { break };
            if error.error_len().is_none() && !self.is_at_end {
                break;
            }
            if !self.is_certain {
                self.is_certain = true;
                self.choose(Encoding::Windows1252);
                break;
            }
            self.text.push('\u{fffd}');
            used += error.error_len().unwrap_or(self.raw.len() - used);
        }
        self.raw.drain(..used);
    }

    /// Appends the text with its line breaks replaced.
    fn append(&mut self, out: &mut Vec<u8>) {
        let mut rest = self.text.as_bytes();
        if std::mem::take(&mut self.after_cr) {
            rest = rest.strip_prefix(b"\n").unwrap_or(rest);
        }
        while let Some(at) = memchr::memchr(b'\r', rest) {
            out.extend_from_slice(&rest[..at]);
            out.push(b'\n');
            self.last = b'\n';
            rest = &rest[at + 1..];
            self.after_cr = rest.is_empty();
            rest = rest.strip_prefix(b"\n").unwrap_or(rest);
        }
        out.extend_from_slice(rest);
        self.last = rest.last().copied().unwrap_or(self.last);
    }
}

/// Decodes everything. Malformed parts become U+FFFD.
fn decode(decoder: &mut encoding_rs::Decoder, mut raw: &[u8], text: &mut String, is_last: bool) {
    loop {
        text.reserve(decoder.max_utf8_buffer_length(raw.len()).unwrap_or(raw.len()));
        let (result, read, _) = decoder.decode_to_string(raw, text, is_last);
        raw = &raw[read..];
        if result == CoderResult::InputEmpty {
            return;
        }
    }
}

/// Returns what the first bytes of a file are, if they are not a text.
fn not_text(raw: &[u8]) -> Option<&'static str> {
    let zeros = |offset: usize| raw.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let is_control = |byte: &&u8| **byte < b' ' && !matches!(**byte, b'\t' | b'\n' | b'\r');
    let controls = raw.iter().filter(is_control).count();
    // Every second byte of an ASCII character in UTF-16 is zero.
    if odd.max(even) * 3 > raw.len() && odd.min(even) * 10 < raw.len() {
        Some("a text in UTF-16 without a byte order mark")
    } else if controls > FEW && controls * 20 > raw.len() {
        Some("a binary file and not a text")
    } else {
        None
    }
}
