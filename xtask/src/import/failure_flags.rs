//! Properties of successful answers that can say that a call failed.

use super::answers::answers;
use super::bodies::{media_type, object};
use super::finding::Finding;
use super::flat::flatten;
use super::json_type::Type;
use crate::document::At;

/// The properties whose name says that the answer reports success or failure.
const FLAGS: [&str; 5] = ["success", "ok", "status", "result", "error"];
/// The words for success and for failure in their values. A status with one of them alone is that of a message.
const SUCCESSES: [&str; 4] = ["success", "ok", "true", "done"];
const FAILURES: [&str; 5] = ["error", "fail", "failure", "nok", "false"];

/// Returns the first property of a successful answer that can say that the call failed, with its location.
fn failure_flag<'d>(operation: &At<'d>) -> Option<(&'static str, At<'d>)> {
    let answers = answers(operation, |status| status.starts_with('2')).unwrap_or_default();
    let media: Vec<_> = answers.iter().filter_map(|answer| answer.get("content")?.as_entries()).flatten().collect();
    for (_, media) in media.iter().filter(|(name, _)| media_type(name) == "application/json") {
        let described = media.get("schema").and_then(|schema| object(&schema).ok());
        let properties = described.map(|flat| flat.properties).unwrap_or_default();
        for flag in FLAGS {
            let parts = properties.iter().find(|(name, _)| *name == flag).map(|(_, parts)| parts.as_slice());
            let Some((at, flat)) = parts.and_then(|parts| Some((parts.first()?, flatten(parts.first()?, parts).ok()?)))
            else {
                continue;
            };
            let is_boolean = flat.only_type() == Some(Type::Boolean) && flag != "status" && flag != "result";
            let values = flat.values.iter().flatten().filter_map(serde_json::Value::as_str);
            let values: Vec<_> = values.map(str::to_ascii_lowercase).collect();
            let has = |words: &[&str]| values.iter().any(|value| words.contains(&value.as_str()));
            if is_boolean || has(&SUCCESSES) && has(&FAILURES) {
                return Some((flag, at.clone()));
            }
        }
    }
    let flag = ["success", "ok"].into_iter().find(|flag| {
        let several = media.iter().filter_map(|(_, media)| media.get("examples")?.as_entries()).flatten();
        let several = several.filter_map(|(_, example)| example.get("value"));
        let mut all = media.iter().filter_map(|(_, media)| media.get("example")).chain(several);
        all.any(|example| example.get(flag).is_some_and(|at| at.as_scalar().is_some_and(serde_json::Value::is_boolean)))
    })?;
    Some((flag, operation.clone()))
}

/// Reports the properties of successful answers that can say that a call failed.
pub(super) fn note_failure_flags(operations: &[At<'_>], notes: &mut Vec<Finding>) {
    let found: Vec<_> = operations.iter().filter_map(failure_flag).collect();
    for flag in FLAGS {
        let mut of_flag = found.iter().filter(|(other, _)| *other == flag);
        let Some((_, at)) = of_flag.next() else { continue };
        let reason = format!(
            "the successful answers of {} operations have `{flag}`, the first of them here: if it can report a failure, \
             `x-envelope` needs `status`, `success` and `error` instead of `by: http_status` (specs/README.md)",
            of_flag.count() + 1
        );
        notes.push(Finding::review(at, reason));
    }
}
