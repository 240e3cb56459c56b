//! How many bytes a fault takes in memory.

use serde_json::Value;

use super::{Action, Fault};

/// About how many bytes a fault without its own answer takes.
const WEIGHT: usize = 512;

/// Returns about how many bytes a fault takes.
pub(super) fn weight(fault: &Fault) -> usize {
    let answer = match fault.action() {
        Some(Action::Answer(canned)) => {
            let headers = canned.headers.iter().map(|(name, value)| name.len() + value.len() + 64).sum::<usize>();
            headers + weight_of_json(&canned.body)
        }
        _ => 0,
    };
    WEIGHT + answer
}

fn weight_of_json(value: &Value) -> usize {
    let inner = match value {
        Value::String(text) => text.len(),
        Value::Array(list) => list.iter().map(weight_of_json).sum(),
        // Even a map with few entries allocates room for several.
        Value::Object(map) => {
            600 + map.iter().map(|(key, value)| key.len() + 24 + weight_of_json(value)).sum::<usize>()
        }
        _ => 0,
    };
    size_of::<Value>() + inner
}
