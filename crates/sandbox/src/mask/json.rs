//! Masks credentials in JSON, which may be complete, cut or malformed.

use serde_json::Value;

use super::{MASK, names};

/// Masks the values under names of credentials, at any depth. Returns whether there was one. `inner` masks a string,
/// which may contain JSON, and returns `None` if nothing in it needs masking.
pub(super) fn mask(value: &mut Value, inner: &impl Fn(&str) -> Option<String>) -> bool {
    match value {
        Value::Object(map) => {
            // `{"name": "client_secret", "value": …}`
            let names_one = map.values().any(is_name);
            let mut found = false;
            for (name, value) in map {
                if names::is_secret(name) || (names_one && !is_name(value) && !is_nested(value)) {
                    *value = MASK.into();
                    found = true;
                } else {
                    found |= mask(value, inner);
                }
            }
            found
        }
        Value::Array(list) => {
            // `["client_secret", …]`
            let names_one = list.iter().any(is_name);
            let mut found = false;
            for value in list {
                if names_one && !is_name(value) && !is_nested(value) {
                    *value = MASK.into();
                    found = true;
                } else {
                    found |= mask(value, inner);
                }
            }
            found
        }
        Value::String(text) => match inner(text) {
            Some(masked) => {
                *text = masked;
                true
            }
            None => false,
        },
        _ => false,
    }
}

fn is_name(value: &Value) -> bool {
    value.as_str().is_some_and(names::is_credential)
}

fn is_nested(value: &Value) -> bool {
    value.is_array() || value.is_object()
}

/// Returns the beginning of a text as far as it is JSON, with its credentials masked. The rest is not shown.
pub(super) fn beginning(text: &str, cut: bool, inner: &impl Fn(&str, bool) -> String) -> String {
    let mut reader = Reader { rest: text, cut, shown: String::new(), open: Vec::new(), expects: Expects::Value };
    let whole = loop {
        reader.space();
        if reader.rest.is_empty() {
            break cut || matches!(reader.expects, Expects::Nothing);
        }
        if reader.step(inner).is_none() {
            break false;
        }
    };
    let Reader { mut shown, rest, .. } = reader;
    if !whole || !rest.is_empty() {
        shown.push_str(MASK);
    }
    shown
}

/// The tokens that may come next.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Expects {
    Value,
    /// A name, or the end of an empty object.
    NameOrEnd,
    Name,
    Colon,
    /// A value, or the end of an empty list.
    ValueOrEnd,
    CommaOrEnd,
    Nothing,
}

/// A list or an object that is not closed yet.
struct Open {
    is_object: bool,
    /// Which values in it are hidden.
    hides: Hides,
    /// Whether the next value is hidden.
    hides_next: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Hides {
    Nothing,
    /// The following scalars, because a name of a credential was among its values.
    Scalars,
    All,
}

struct Reader<'a> {
    rest: &'a str,
    cut: bool,
    shown: String,
    open: Vec<Open>,
    expects: Expects,
}

impl Reader<'_> {
    fn space(&mut self) {
        let trimmed = self.rest.trim_start_matches([' ', '\t', '\r', '\n']);
        self.show(self.rest.len() - trimmed.len());
    }

    /// Shows `length` bytes unchanged.
    fn show(&mut self, length: usize) {
        let (shown, rest) = self.rest.split_at(length);
        self.shown.push_str(shown);
        self.rest = rest;
    }

    /// Reads one token. Returns `None` if it may not come here.
    fn step(&mut self, inner: &impl Fn(&str, bool) -> String) -> Option<()> {
        let first = self.rest.chars().next()?;
        match (self.expects, first) {
            (Expects::Value | Expects::ValueOrEnd, '{' | '[') => {
                let hides = if self.hides(true) { Hides::All } else { Hides::Nothing };
                self.open.push(Open { is_object: first == '{', hides, hides_next: false });
                self.expects = if first == '{' { Expects::NameOrEnd } else { Expects::ValueOrEnd };
                self.show(1);
            }
            (Expects::NameOrEnd | Expects::CommaOrEnd, '}') => self.close(true)?,
            (Expects::ValueOrEnd | Expects::CommaOrEnd, ']') => self.close(false)?,
            (Expects::CommaOrEnd, ',') => {
                self.expects = if self.open.last()?.is_object { Expects::Name } else { Expects::Value };
                self.show(1);
            }
            (Expects::Colon, ':') => {
                self.expects = Expects::Value;
                self.show(1);
            }
            (Expects::Name | Expects::NameOrEnd, '"') => {
                let (token, name) = self.text()?;
                self.open.last_mut()?.hides_next = names::is_secret(&name);
                self.put(token, &name, &inner(&name, false));
                self.expects = Expects::Colon;
            }
            (Expects::Value | Expects::ValueOrEnd, '"') => self.value(inner)?,
            (Expects::Value | Expects::ValueOrEnd, _) => {
                let length = self.rest.find([',', '}', ']', ' ', '\t', '\r', '\n']).unwrap_or(self.rest.len());
                let token = self.rest.get(..length)?;
                let is_cut = self.cut && length == self.rest.len();
                if !is_cut && serde_json::from_str::<Value>(token).is_err() {
                    return None;
                }
                if self.hides(false) || is_cut {
                    self.put(length, "", MASK);
                } else {
                    self.show(length);
                }
                self.close_value();
            }
            _ => return None,
        }
        Some(())
    }

    /// Reads a string value.
    fn value(&mut self, inner: &impl Fn(&str, bool) -> String) -> Option<()> {
        let hidden = self.hides(false);
        let Some((token, text)) = self.text() else {
            // The string is cut, or it has no end.
            if !self.cut {
                return None;
            }
            let start = self.rest.get(1..)?;
            let shown = if hidden { MASK.to_owned() } else { inner(start, true) };
            self.shown.push('"');
            self.shown.push_str(&shown);
            self.rest = "";
            return Some(());
        };
        if let Some(open) = self.open.last_mut().filter(|_| names::is_credential(&text)) {
            open.hides = open.hides.max(Hides::Scalars);
        }
        let masked = if hidden { MASK.to_owned() } else { inner(&text, false) };
        self.put(token, &text, &masked);
        self.close_value();
        Some(())
    }

    /// Returns the length of the next quoted string, and its content.
    fn text(&self) -> Option<(usize, String)> {
        let mut escaped = false;
        let end = self.rest.bytes().enumerate().skip(1).find(|(_, byte)| {
            let ends = *byte == b'"' && !escaped;
            escaped = *byte == b'\\' && !escaped;
            ends
        });
        let length = end?.0 + 1;
        Some((length, serde_json::from_str(self.rest.get(..length)?).ok()?))
    }

    /// Shows the next `length` bytes unchanged, or the masked text if it differs from them.
    fn put(&mut self, length: usize, original: &str, masked: &str) {
        if original == masked {
            self.show(length);
        } else {
            self.shown.push_str(&Value::from(masked).to_string());
            self.rest = self.rest.get(length..).unwrap_or_default();
        }
    }

    /// Whether the next value is hidden.
    fn hides(&self, nested: bool) -> bool {
        self.open.last().is_some_and(|open| {
            open.hides_next || open.hides == Hides::All || (open.hides == Hides::Scalars && !nested)
        })
    }

    fn close(&mut self, is_object: bool) -> Option<()> {
        self.open.pop().filter(|open| open.is_object == is_object)?;
        self.show(1);
        self.close_value();
        Some(())
    }

    fn close_value(&mut self) {
        self.expects = if self.open.is_empty() { Expects::Nothing } else { Expects::CommaOrEnd };
    }
}
