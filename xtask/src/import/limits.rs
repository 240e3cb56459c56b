//! The limits of scalars.

use serde_json::Value;

use super::flat::Flat;
use super::json_type::Type;

/// Returns the limits of a scalar, with those that no value can meet left out.
pub(super) fn limits(kind: Type, flat: &Flat<'_>) -> Vec<(&'static str, Value)> {
    let fitting = |(key, limit): &(&'static str, Value)| match (kind, *key) {
        (Type::String, "minLength" | "maxLength") => limit.is_u64().then(|| (*key, limit.clone())),
        (Type::Integer, "minimum" | "maximum") => limit.is_i64().then(|| (*key, limit.clone())),
        // Between integers, the next one is the limit.
        (Type::Integer, "exclusiveMinimum") => Some(("minimum", limit.as_i64()?.checked_add(1)?.into())),
        (Type::Integer, "exclusiveMaximum") => Some(("maximum", limit.as_i64()?.checked_sub(1)?.into())),
        (Type::Number, _) => limit.as_f64().is_some_and(f64::is_finite).then(|| (*key, limit.clone())),
        _ => None,
    };
    let mut limits: Vec<(&'static str, Value)> = Vec::new();
    for (key, limit) in flat.limits.iter().filter_map(fitting) {
        // Every text has at least 0 characters.
        let says_nothing = key == "minLength" && limit == 0;
        if !says_nothing && !limits.iter().any(|(other, _)| *other == key) {
            limits.push((key, limit));
        }
    }
    let find =
        |keys: [&str; 2]| limits.iter().find(|(key, _)| keys.contains(key)).and_then(|(_, limit)| limit.as_f64());
    let is_empty = matches!((find(["minLength", "minimum"]), find(["maxLength", "maximum"])), (Some(low), Some(high)) if low > high);
    if is_empty { Vec::new() } else { limits }
}
