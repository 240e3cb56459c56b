//! Form fields as PHP names them: `a[]` and `a[b]` nest, dots and spaces become `_`, the last wins.

use percent_encoding::percent_decode;
use serde_json::{Map, Value};

use crate::ledger::ReceivedFile;

use super::{
    Parsed,
    shown::{Form, Shown},
};

/// How deep names may nest; PHP's own limit is 64.
const DEPTH: usize = 16;
/// How many fields are read; PHP's own limit.
const COUNT: usize = 1000;

/// Collects fields in the order in which they came.
#[derive(Debug, Default)]
pub(crate) struct Fields {
    map: Map<String, Value>,
    count: usize,
    invalid_utf8: bool,
    /// The same as they came, for the ledger; `None` where it does not want them.
    shown: Option<Form>,
}

impl Fields {
    /// Fields that are kept as they came, too.
    pub(crate) fn shown() -> Self {
        Self { shown: Some(Form::default()), ..Self::default() }
    }

    /// Adds a field of raw bytes.
    pub(crate) fn push_bytes(&mut self, name: &[u8], value: Vec<u8>) {
        if let Some(shown) = &mut self.shown {
            shown.field(name, &value);
        }
        let value = String::from_utf8(value).unwrap_or_else(|error| {
            self.invalid_utf8 = true;
            String::from_utf8_lossy(error.as_bytes()).into_owned()
        });
        self.push(&String::from_utf8_lossy(name), value);
    }

    /// Adds a value that the ledger is not to show.
    pub(super) fn push(&mut self, name: &str, value: String) {
        self.count += 1;
        let name = name.trim_start_matches(' ');
        if self.count > COUNT || name.is_empty() || name.starts_with('[') {
            return;
        }
        let (base, keys) = split(name);
        if keys.len() > DEPTH {
            return;
        }
        let slot = self.map.entry(base).or_insert(Value::Null);
        place(slot, &keys, value);
    }

    /// Notes a file among the fields.
    pub(crate) fn push_file(&mut self, file: ReceivedFile) {
        if let Some(shown) = &mut self.shown {
            shown.file(file);
        }
    }

    /// What there is, parsed.
    pub(crate) fn finish(self) -> Parsed {
        let shown = self.shown.map_or(Shown::Nothing, Form::finish);
        Parsed { fields: self.map, invalid_utf8: self.invalid_utf8, shown, ..Parsed::default() }
    }
}

/// `a.b[c][]` is `a_b` with the keys `c` and the empty one.
fn split(name: &str) -> (String, Vec<&str>) {
    let (base, mut rest) = name.find('[').map_or((name, ""), |at| name.split_at(at));
    let mut keys = Vec::new();
    while let Some((key, after)) = rest.strip_prefix('[').and_then(|inner| inner.split_once(']')) {
        keys.push(key);
        rest = after;
    }
    // A bracket that is never closed is part of the name.
    let base = if keys.is_empty() { name } else { base };
    (base.replace(['.', ' ', '['], "_"), keys)
}

fn place(slot: &mut Value, keys: &[&str], value: String) {
    let Some((key, deeper)) = keys.split_first() else {
        *slot = Value::String(value);
        return;
    };
    if key.is_empty() {
        if !slot.is_array() {
            *slot = Value::Array(Vec::new());
        }
        if let Value::Array(list) = slot {
            let mut entry = Value::Null;
            place(&mut entry, deeper, value);
            list.push(entry);
        }
    } else {
        if !slot.is_object() {
            *slot = Value::Object(Map::new());
        }
        if let Value::Object(map) = slot {
            place(map.entry((*key).to_owned()).or_insert(Value::Null), deeper, value);
        }
    }
}

/// Undoes the encoding of forms and query strings.
pub(crate) fn decode(text: &[u8]) -> Vec<u8> {
    let spaced: Vec<u8> = text.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
    percent_decode(&spaced).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn odd_names() {
        let mut fields = Fields::default();
        for name in ["a[b", "[x]", "c[d][][e]", " f", "g[]"] {
            fields.push(name, "v".to_owned());
        }
        fields.push("g", "last".to_owned());
        let parsed = fields.finish();
        let expected = json!({"a_b": "v", "c": {"d": [{"e": "v"}]}, "f": "v", "g": "last"});
        assert_eq!(Value::Object(parsed.fields), expected);
        assert!(!parsed.invalid_utf8);
    }

    #[test]
    fn nesting_and_number_are_bounded() {
        let mut fields = Fields::default();
        fields.push(&format!("deep{}", "[]".repeat(1000)), String::new());
        for n in 0..2000 {
            fields.push(&format!("n{n}"), String::new());
        }
        assert_eq!(fields.finish().fields.len(), COUNT - 1);
    }
}
