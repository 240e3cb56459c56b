//! Validates forms against the rules of an operation.
//!
//! Nothing is allocated for a form that breaks no rule.

use crate::body::file::{File, Source as FileSource};
use crate::body::file_name;
use crate::body::file_type;
use crate::body::form::{Form, Value};
use crate::body::path_source;
use crate::body::text_body;
use crate::error::violation::Violation;
use crate::spec::rule::{Constraint, Rule, length_bit};
use crate::validate::text::holds_of_text;
use crate::validate::trim::trimmed;

/// Adds the rules that a form breaks, except for those about the content or the size of files.
pub(crate) fn check_form(rules: &[Rule], trims: bool, form: &Form, found: &mut Vec<Violation>) {
    let lengths = form.parts().iter().fold(0, |all, (name, _)| all | length_bit(name));
    let may_be_there = |name: &&str| lengths & length_bit(name) != 0;
    let given = |name: &&str| {
        may_be_there(name)
            && form.values(name).any(|value| match value {
                Value::Text(text) => !(trims && trimmed(text).is_empty()),
                Value::File(_) | Value::Json(_) => true,
            })
    };
    for rule in rules {
        // Absent fields break only this constraint.
        if lengths & rule.length_bits == 0 && !matches!(rule.constraint, Constraint::AtLeastOne) {
            continue;
        }
        let holds = match (rule.constraint, rule.fields) {
            // A text cannot break these, which are half of all rules.
            (
                Constraint::Required
                | Constraint::MinBytes(_)
                | Constraint::MaxBytes(_)
                | Constraint::FileTypes(_)
                | Constraint::MaxNameLength(_),
                _,
            ) => true,
            (Constraint::AtLeastOne, fields) => fields.iter().any(given),
            (Constraint::AllOrNone, fields) => {
                let count = fields.iter().filter(|name| given(name)).count();
                count == 0 || count == fields.len()
            }
            (Constraint::AtMostOne, fields) => fields.iter().filter(|name| given(name)).nth(1).is_none(),
            (Constraint::NotBeside, [one, others @ ..]) => !given(one) || !others.iter().any(given),
            (Constraint::OnlyWith, [one, others @ ..]) => !given(one) || others.iter().all(given),
            (Constraint::MaxLengthBeside(_, others), _) if !others.iter().any(given) => true,
            (constraint, fields) => form.parts().iter().all(|(name, value)| match value {
                Value::Text(text) => !fields.contains(name) || holds_of_text(constraint, trims, text),
                Value::Json(json) => !fields.contains(name) || holds_of_json(constraint, trims, json),
                Value::File(_) => true,
            }),
        };
        if !holds {
            found.push(match rule.constraint {
                Constraint::AtMostOne | Constraint::NotBeside => {
                    let given: Vec<_> = rule.fields.iter().copied().filter(given).collect();
                    Violation::among(rule, &given)
                }
                _ => Violation::of(rule, None),
            });
        }
    }
}

/// Returns whether a JSON value satisfies the constraint.
fn holds_of_json(constraint: Constraint, trims: bool, json: &str) -> bool {
    match constraint {
        Constraint::MinEntries(least) => text_body::entries(json).is_none_or(|count| count >= least),
        _ => text_body::scalars(json).iter().all(|text| holds_of_text(constraint, trims, text)),
    }
}

/// Adds the rules that the files of a form break: those about names, sizes and types. Files that cannot be read are
/// reported when they are sent.
pub(crate) async fn check_files(rules: &[Rule], form: &Form, found: &mut Vec<Violation>) {
    for (name, file) in form.files() {
        if let Some(why) = file_name::problem(file.name()) {
            found.push(Violation::own(name, Constraint::FileName, &why));
        }
        let mut size = None;
        for rule in rules.iter().filter(|rule| matches!(rule.fields, [field] if *field == name)) {
            let holds = match rule.constraint {
                Constraint::MinBytes(least) => file_size(file, &mut size).await.is_none_or(|bytes| bytes >= least),
                Constraint::MaxBytes(most) => file_size(file, &mut size).await.is_none_or(|bytes| bytes <= most),
                Constraint::FileTypes(types) => file_type::fits(file, types).await,
                Constraint::MaxNameLength(most) => file.name().chars().count() <= most,
                _ => true,
            };
            if !holds {
                let measured = match rule.constraint {
                    Constraint::MaxNameLength(_) => Some(file.name().chars().count() as u64),
                    Constraint::MinBytes(_) | Constraint::MaxBytes(_) => size,
                    _ => None,
                };
                found.push(Violation::of(rule, measured));
            }
        }
    }
}

/// Returns the size in bytes, and remembers it in `known`.
async fn file_size(file: &File, known: &mut Option<u64>) -> Option<u64> {
    if known.is_none() {
        *known = match file.source() {
            FileSource::Bytes(bytes) => Some(bytes.len() as u64),
            FileSource::Path(path) => path_source::length(path).await.ok(),
            FileSource::Stream { length, .. } => *length,
        };
    }
    *known
}
