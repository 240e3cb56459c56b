//! Reads the parts of a multipart form one after the other. It buffers one piece of the body at a time.

use axum::body::Body;
use bytes::{Buf as _, Bytes, BytesMut};
use memchr::memmem;

use super::{BODY_LIMIT, next_frame, part_head::Head};

/// The largest head of a part, in bytes.
const HEAD: usize = 8 * 1024;

/// A reader of a form.
#[derive(Debug)]
pub(super) struct PartReader {
    body: Body,
    /// Bytes that were read and not yet returned.
    buffer: BytesMut,
    /// A line break, two hyphens and the boundary.
    delimiter: Vec<u8>,
    /// How many bytes of the body were read.
    seen: u64,
    state: State,
}

#[derive(Debug, PartialEq)]
enum State {
    /// Before the first part.
    Preamble,
    InPart,
    /// After a boundary.
    AtHead,
    /// After the last part, at malformed input, or beyond a limit.
    Ended,
}

impl PartReader {
    pub(super) fn new(body: Body, boundary: &[u8]) -> Self {
        // The text before the first boundary is read like a part, which begins with a line break.
        let buffer = BytesMut::from(&b"\n"[..]);
        let delimiter = [b"\n--", boundary].concat();
        Self { body, buffer, delimiter, seen: 0, state: State::Preamble }
    }

    /// Returns the rest of the body, and how many bytes of it were read.
    pub(super) fn into_rest(self) -> (Body, u64) {
        (self.body, self.seen)
    }

    /// Returns the head of the next part, or `None` after the last one. Skips what is left of the previous part.
    pub(super) async fn next(&mut self) -> Option<Head> {
        while self.piece().await.is_some() {}
        if self.state != State::AtHead {
            return None;
        }
        let mut head = Head::default();
        let mut room = HEAD;
        let mut first = true;
        loop {
            let Some(line) = self.line(room).await else {
                self.state = State::Ended;
                return None;
            };
            room -= line.len();
            let line = line.strip_suffix(b"\n").unwrap_or(&line);
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            match (first, line) {
                // The rest of a boundary's line is `--` after the last part, and otherwise meaningless.
                (true, [b'-', b'-', ..]) => {
                    self.state = State::Ended;
                    return None;
                }
                (true, _) => first = false,
                (false, []) => {
                    self.state = State::InPart;
                    return Some(head);
                }
                (false, line) => head.line(line),
            }
        }
    }

    /// Returns the next piece of the current part, or `None` at its end.
    pub(super) async fn piece(&mut self) -> Option<Bytes> {
        while matches!(self.state, State::Preamble | State::InPart) {
            let found = memmem::find(&self.buffer, &self.delimiter);
            if let Some(at) = found {
                let mut data = self.buffer.split_to(at);
                self.buffer.advance(self.delimiter.len());
                self.state = State::AtHead;
                if data.ends_with(b"\r") {
                    data.truncate(data.len() - 1);
                }
                return Some(data.freeze()).filter(|data| !data.is_empty());
            }
            // The end of the buffer may be the beginning of a boundary, with the line break before it.
            let sure = self.buffer.len().saturating_sub(self.delimiter.len());
            if sure > 0 {
                return Some(self.buffer.split_to(sure).freeze());
            }
            if !self.more().await {
                self.state = State::Ended;
                return Some(self.buffer.split().freeze()).filter(|data| !data.is_empty());
            }
        }
        None
    }

    /// Returns a line with its line break, or `None` if it is longer than `most` bytes.
    async fn line(&mut self, max: usize) -> Option<Bytes> {
        let mut looked_at = 0;
        loop {
            let window = &self.buffer[looked_at..self.buffer.len().min(max)];
            if let Some(at) = memchr::memchr(b'\n', window) {
                return Some(self.buffer.split_to(looked_at + at + 1).freeze());
            }
            looked_at += window.len();
            if looked_at >= max || !self.more().await {
                return None;
            }
        }
    }

    /// Reads more of the body. Returns `false` at its end and at the limit.
    async fn more(&mut self) -> bool {
        loop {
            let Some(Ok(frame)) = next_frame(&mut self.body).await else { return false };
            let Ok(data) = frame.into_data() else { continue };
            self.seen = self.seen.saturating_add(data.len() as u64);
            if self.seen > BODY_LIMIT {
                return false;
            }
            self.buffer.extend_from_slice(&data);
            return true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unfold::unfold;

    /// Returns a body that arrives in pieces of this size.
    fn in_pieces(text: &[u8], size: usize) -> Body {
        let pieces: std::collections::VecDeque<Bytes> = text.chunks(size).map(Bytes::copy_from_slice).collect();
        unfold(pieces, |mut pieces| async move { pieces.pop_front().map(|piece| (Ok(piece), pieces)) })
    }

    /// Returns the names and contents of the parts, and how many bytes were read.
    async fn read(text: &[u8], size: usize) -> (Vec<(String, String)>, u64) {
        let mut parts = PartReader::new(in_pieces(text, size), b"b");
        let mut found = Vec::new();
        while let Some(head) = parts.next().await {
            let mut content = Vec::new();
            while let Some(piece) = parts.piece().await {
                content.extend_from_slice(&piece);
            }
            let name = String::from_utf8(head.name.unwrap_or_default()).unwrap();
            found.push((name, String::from_utf8(content).unwrap()));
        }
        (found, parts.seen)
    }

    fn part(name: &str, content: &str) -> String {
        format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\nX: y\r\n\r\n{content}\r\n")
    }

    #[tokio::test]
    async fn parts_in_pieces_of_any_size() {
        let contents = ["", "one", "\r\n", "two\r", "a\r\n--c\r\n--", "\n--", "-"];
        let text = contents.iter().map(|content| part("n", content)).collect::<String>();
        for (before, after) in [("", "--b--\r\nrest"), ("preamble\r\n", "--b--"), ("", "--b junk\r\nX: y\r\n")] {
            let text = format!("{before}{text}{after}");
            for size in [1, 2, 3, 7, 64, 10_000] {
                let (found, _) = read(text.as_bytes(), size).await;
                let found: Vec<&str> = found.iter().map(|(_, content)| content.as_str()).collect();
                assert_eq!(found, contents, "{size}: {text}");
            }
        }
    }

    #[tokio::test]
    async fn cut_forms_and_other_line_breaks_are_read() {
        for (text, expected) in [
            ("--b\nContent-Disposition: form-data; name=a\n\nx\n--b--", vec![("a", "x")]),
            ("--b\r\nContent-Disposition: form-data; name=a\r\n\r\ncut", vec![("a", "cut")]),
            ("--b\r\nContent-Disposition: form-data; name=a", vec![]),
            ("--b\r\n\r\nnameless\r\n--b--", vec![("", "nameless")]),
            ("nothing", vec![]),
            ("", vec![]),
        ] {
            for size in [1, 1000] {
                let (found, _) = read(text.as_bytes(), size).await;
                let found: Vec<_> = found.iter().map(|(name, content)| (name.as_str(), content.as_str())).collect();
                assert_eq!(found, expected, "{text}");
            }
        }
    }

    #[tokio::test]
    async fn a_head_has_a_limit() {
        for long in ["A".repeat(1_000_000), "X: y\r\n".repeat(100_000)] {
            let text =
                part("a", "x") + &format!("--b\r\nContent-Disposition: form-data; name=\"{long}") + &part("c", "y");
            let (found, seen) = read(text.as_bytes(), 1000).await;
            assert_eq!(found, [("a".to_owned(), "x".to_owned())]);
            assert!(seen < 12_000, "{seen} bytes were read");
        }
    }
}
