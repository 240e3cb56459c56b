//! JSON as Python's `json` module writes it: ASCII only, with a space after each comma and colon.

use std::fmt::Write as _;

/// A JSON object that is being written.
#[derive(Debug)]
pub(super) struct Object(String);

impl Object {
    pub(super) fn new() -> Self {
        Self("{".to_owned())
    }

    /// Adds a text.
    pub(super) fn text(mut self, key: &str, text: &str) -> Self {
        self.key(key);
        string(&mut self.0, text);
        self
    }

    /// Adds a list of texts.
    pub(super) fn list<'t>(mut self, key: &str, texts: impl IntoIterator<Item = &'t str>) -> Self {
        self.key(key);
        self.0.push('[');
        for (at, text) in texts.into_iter().enumerate() {
            self.0.push_str(if at == 0 { "" } else { ", " });
            string(&mut self.0, text);
        }
        self.0.push(']');
        self
    }

    /// Adds an object of texts.
    pub(super) fn object<'t>(self, key: &str, texts: impl IntoIterator<Item = (&'t str, &'t str)>) -> Self {
        let inner = texts.into_iter().fold(Self::new(), |inner, (name, text)| inner.text(name, text));
        let mut outer = self;
        outer.key(key);
        outer.0.push_str(&inner.finish());
        outer
    }

    pub(super) fn finish(mut self) -> String {
        self.0.push('}');
        self.0
    }

    fn key(&mut self, key: &str) {
        self.0.push_str(if self.0.len() == 1 { "" } else { ", " });
        string(&mut self.0, key);
        self.0.push_str(": ");
    }
}

fn string(out: &mut String, text: &str) {
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            ' '..='~' => out.push(letter),
            _ => {
                for unit in letter.encode_utf16(&mut [0; 2]) {
                    // Writing to a String cannot fail.
                    let _ = write!(out, "\\u{unit:04x}");
                }
            }
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_escaped_as_python_escapes_them() {
        // The output of `json.dumps` for the same value.
        let expected = r#"{"a": "\"\\\n\r\t\b\f\u0000\u001f\u007f/ ~", "b": ["\u00e9\u2028", "\ud83d\ude00"], "c": {"Info 2": "\u0085", "": ""}, "d": [], "e": {}}"#;
        let written = Object::new()
            .text("a", "\"\\\n\r\t\u{8}\u{c}\u{0}\u{1f}\u{7f}/ ~")
            .list("b", ["é\u{2028}", "\u{1f600}"])
            .object("c", [("Info 2", "\u{85}"), ("", "")])
            .list("d", [])
            .object("e", [])
            .finish();
        assert_eq!(written, expected);
    }
}
