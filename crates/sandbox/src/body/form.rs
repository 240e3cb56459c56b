//! Form fields as PHP names them: `a[]` and `a[b]` nest, dots and spaces become `_`, and the last value wins.

use percent_encoding::percent_decode;
use serde_json::{Map, Value};

use crate::{
    ledger::{ReceivedFile, RecordedBody, RecordedForm},
    php,
};

use super::Parsed;

/// The deepest nesting of names. PHP's own limit is 64.
const DEPTH: usize = 16;
/// The most fields that are read, which is PHP's own limit.
const COUNT: usize = 1000;

/// Collects fields in the order in which they arrive.
#[derive(Debug, Default)]
pub(crate) struct Fields {
    map: Map<String, Value>,
    count: usize,
    /// The fields as received, for the ledger, or `None` if it does not show them.
    recorded: Option<RecordedForm>,
}

impl Fields {
    /// Returns a collector that also keeps the fields as received.
    pub(crate) fn recorded() -> Self {
        Self { recorded: Some(RecordedForm::default()), ..Self::default() }
    }

    /// Whether further fields are dropped.
    pub(crate) fn is_full(&self) -> bool {
        self.count >= COUNT
    }

    /// Adds a field of raw bytes.
    pub(crate) fn push_bytes(&mut self, name: &[u8], value: Vec<u8>) {
        if let Some(recorded) = &mut self.recorded {
            recorded.field(name, &value);
        }
        // A name ends at NUL.
        let name = name.split(|byte| *byte == 0).next().unwrap_or_default();
        self.push(&php::text(name.to_vec()), php::text(value));
    }

    /// Adds a value that the ledger does not show.
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

    /// Records a file between the fields.
    pub(crate) fn push_file(&mut self, file: ReceivedFile) {
        if let Some(recorded) = &mut self.recorded {
            recorded.file(file);
        }
    }

    /// Returns the parsed fields.
    pub(crate) fn finish(mut self) -> Parsed {
        let recorded = self.recorded.map_or(RecordedBody::Nothing, RecordedForm::finish);
        self.map.values_mut().for_each(as_php);
        Parsed { fields: self.map, recorded, ..Parsed::default() }
    }
}

/// `a.b[c][]` is `a_b` with the keys `c` and the empty one.
fn split(name: &str) -> (String, Vec<&str>) {
    let (base, mut rest) = name.find('[').map_or((name, ""), |at| name.split_at(at));
    let mut keys = Vec::new();
    // One key more than allowed is enough to detect that there are too many.
    while let Some((key, after)) =
        rest.strip_prefix('[').and_then(|inner| inner.split_once(']')).filter(|_| keys.len() <= DEPTH)
    {
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
    if !slot.is_object() {
        *slot = Value::Object(Map::new());
    }
    if let Value::Object(map) = slot {
        // PHP skips white space after the bracket, so that `a[ ]` is `a[]`.
        let key = if key.trim_ascii().is_empty() { next_index(map) } else { (*key).to_owned() };
        place(map.entry(key).or_insert(Value::Null), deeper, value);
    }
}

/// Returns the key of an entry without one: one above the highest numeric key.
fn next_index(map: &Map<String, Value>) -> String {
    let highest = map.keys().filter_map(|key| index(key)).max();
    highest.map_or(0, |highest| highest.saturating_add(1)).to_string()
}

fn index(key: &str) -> Option<u64> {
    let number: u64 = key.parse().ok()?;
    (number.to_string() == key).then_some(number)
}

/// Converts a value as PHP does: a map with the keys 0, 1, 2 and so on is a list, and a whole number beyond 64 bits is
/// a float.
pub(super) fn as_php(value: &mut Value) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(as_php),
        Value::Object(map) => {
            map.values_mut().for_each(as_php);
            let mut indices: Vec<u64> = map.keys().filter_map(|key| index(key)).collect();
            indices.sort_unstable();
            let is_list = indices.len() == map.len() && indices.iter().zip(0..).all(|(index, at)| *index == at);
            if is_list {
                let entries = indices.into_iter().filter_map(|index| map.remove(&index.to_string()));
                *value = Value::Array(entries.collect());
            }
        }
        Value::Number(number) if number.is_u64() && !number.is_i64() => *value = number.as_f64().into(),
        _ => {}
    }
}

/// Decodes the percent-encoding of forms and query strings.
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
    }

    #[test]
    fn lists_and_maps_mix() {
        let mut fields = Fields::default();
        for (name, value) in [
            ("list[1]", "b"),
            ("list[0]", "a"),
            ("list[ ]", "c"),
            ("gap[5]", "a"),
            ("gap[]", "b"),
            ("map[]", "a"),
            ("map[k]", "b"),
            ("map[]", "c"),
            ("text", "a"),
            ("text[]", "b"),
            ("cut\0off", "a"),
        ] {
            fields.push_bytes(name.as_bytes(), value.into());
        }
        let expected = json!({
            "list": ["a", "b", "c"],
            "gap": {"5": "a", "6": "b"},
            "map": {"0": "a", "k": "b", "1": "c"},
            "text": ["b"],
            "cut": "a",
        });
        assert_eq!(Value::Object(fields.finish().fields), expected);
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
