//! Estimates how much memory JSON takes once it is parsed.

use serde_json::Value;

/// About how many bytes a short list takes, an object, and an entry of either.
const LIST: usize = 128;
const OBJECT: usize = 640;
const ENTRY: usize = 64;
/// The deepest nesting that is parsed. Deeper JSON is not parsed at all.
const DEPTH: usize = 128;

/// Returns about how many bytes the parsed values take, without their strings. For text that is not JSON, the result is
/// at least what the parser allocates before it fails.
pub(crate) fn weight(text: &[u8]) -> usize {
    let (mut weight, mut depth, mut in_text, mut escaped) = (0usize, 0usize, false, false);
    for byte in text {
        match byte {
            b'{' | b'[' if !in_text => depth += 1,
            b'}' | b']' if !in_text => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEPTH {
            break;
        }
        match byte {
            b'"' if !escaped => in_text = !in_text,
            b'{' if !in_text => weight += OBJECT,
            b'[' if !in_text => weight += LIST,
            b',' | b':' if !in_text => weight += ENTRY,
            _ => {}
        }
        escaped = *byte == b'\\' && in_text && !escaped;
    }
    weight
}

/// Returns how many bytes the strings of a value take.
pub(super) fn weight_of(value: &Value) -> usize {
    match value {
        Value::String(text) => text.capacity(),
        Value::Array(list) => list.iter().map(weight_of).sum(),
        Value::Object(map) => map.iter().map(|(key, value)| key.capacity() + weight_of(value)).sum(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn structure_weighs_and_text_does_not() {
        assert_eq!(weight(br#""{[,:]}\" { , \\\" [""#), 0);
        assert_eq!(weight(br#"{"a":[1,2],"b\\":{}}"#), 2 * OBJECT + LIST + 4 * ENTRY);
        assert_eq!(weight(b""), 0);
        assert_eq!(weight("[".repeat(100_000).as_bytes()), DEPTH * LIST);
    }
}
