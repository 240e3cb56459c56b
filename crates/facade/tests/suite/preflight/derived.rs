//! A case for a rule, from its constraint: values that it refuses, and the nearest that it accepts.

use zap_client_runtime::{Constraint, Operation, Rule};

use super::call::{Field, Given};

/// Two requests that differ in what a rule is about.
pub struct Case {
    pub refused: Vec<Field>,
    pub accepted: Vec<Field>,
}

/// Returns the case of a rule, unless its constraint does not say enough.
pub fn case(operation: &Operation, rule: &Rule) -> Option<Case> {
    use Given::{Entries, Named, Nothing, Number, Object, Stream, Text, Times};
    const ENTRIES: &[(&str, &str)] = &[("a", "1"), ("b", "2"), ("c", "3")];

    let &[field, ref others @ ..] = rule.fields else { return None };
    let one = |refused: Given, accepted: Given| (vec![(field, refused)], vec![(field, accepted)]);
    let usual = |field: &'static str| (field, usual(operation, field));
    let character = if has(operation, field, Constraint::Digits) { "1" } else { "é" };
    let name = file_name(operation, field);
    let (refused, accepted) = match rule.constraint {
        Constraint::Required => one(Nothing, usual(field).1),
        Constraint::MinLength(least) => one(Times(character, least - 1), Times(character, least)),
        Constraint::MaxLength(most) => one(Times(character, most + 1), Times(character, most)),
        Constraint::MaxLengthBeside(most, [beside, ..]) => {
            let with = |length| vec![(field, Times(character, length)), usual(beside)];
            (with(most + 1), with(most))
        }
        Constraint::Minimum(least) => one(Number(least - 1), Number(least)),
        Constraint::Maximum(most) => one(Number(most + 1), Number(most)),
        Constraint::NotZero => one(Number(0), Number(1)),
        Constraint::MinEntries(least) => one(Entries(&ENTRIES[..least - 1]), Entries(&ENTRIES[..least])),
        Constraint::Digits => one(Text("+55 11 98765-4321"), Text("5511987654321")),
        Constraint::Json => one(Text("{"), usual(field).1),
        Constraint::JsonObject(names) => one(Object(&names[..names.len() - 1]), Object(names)),
        Constraint::Minute => one(Text("2026-02-29 10:00"), Text("2028-02-29 10:00")),
        Constraint::OneLine => one(Text("a\nb"), Text("a b")),
        Constraint::NoPlaceholder(_) => one(Text("a {{b}}"), Text("a {b}")),
        Constraint::MinBytes(least) => one(Stream(name, Some(least - 1)), Stream(name, Some(least))),
        Constraint::MaxBytes(most) => one(Stream(name, Some(most + 1)), Stream(name, Some(most))),
        Constraint::FileTypes(_) => one(Stream("a.none", None), Stream(name, None)),
        Constraint::MaxNameLength(most) => {
            let ending = name.rsplit('.').next().unwrap_or_default();
            one(Named(most + 1, ending), Named(most, ending))
        }
        Constraint::AtLeastOne => (rule.fields.iter().map(|&field| (field, Nothing)).collect(), vec![usual(field)]),
        Constraint::AllOrNone | Constraint::OnlyWith => {
            let alone = others.iter().map(|&other| (other, Nothing)).chain([usual(field)]);
            (alone.collect(), rule.fields.iter().map(|&field| usual(field)).collect())
        }
        Constraint::AtMostOne | Constraint::NotBeside => {
            (vec![usual(field), usual(others.first()?)], vec![usual(field)])
        }
        _ => return None,
    };
    Some(Case { refused: with_companions(operation, refused), accepted: with_companions(operation, accepted) })
}

fn has(operation: &Operation, field: &str, constraint: Constraint) -> bool {
    operation.rules.iter().any(|rule| rule.fields == [field] && rule.constraint == constraint)
}

/// A value that every rule of the field accepts.
fn usual(operation: &Operation, field: &'static str) -> Given {
    let mut usual = Given::Text("11");
    for rule in operation.rules.iter().filter(|rule| rule.fields == [field]) {
        usual = match (rule.constraint, usual) {
            (Constraint::MinBytes(_) | Constraint::MaxBytes(_) | Constraint::FileTypes(_), _) => {
                Given::Bytes(file_name(operation, field), b"x")
            }
            (Constraint::JsonObject(names), _) => Given::Object(names),
            (Constraint::Json, Given::Text(_)) => Given::Text("{}"),
            (Constraint::Minute, _) => Given::Text("2028-02-29 10:00"),
            (Constraint::MinEntries(_), _) => Given::Entries(&[("a", "1")]),
            (Constraint::Minimum(_) | Constraint::Maximum(_), _) => Given::Number(1),
            (_, usual) => usual,
        };
    }
    usual
}

/// The name of a file of a type that the field takes.
fn file_name(operation: &Operation, field: &str) -> &'static str {
    let types = operation.rules.iter().find_map(|rule| match rule.constraint {
        Constraint::FileTypes(types) if rule.fields == [field] => types.first().copied(),
        _ => None,
    });
    match types {
        Some("jpg") => "a.jpg",
        Some("pdf") => "a.pdf",
        Some("mp4") => "a.mp4",
        Some(other) => panic!("add a name for files of type {other} to {}", file!()),
        None => "a",
    }
}

/// Adds the fields that rules want beside those that are given.
fn with_companions(operation: &Operation, mut fields: Vec<Field>) -> Vec<Field> {
    // Twice: what is added may want others beside it.
    for rule in operation.rules.iter().chain(operation.rules) {
        let is_given =
            |name: &&str| fields.iter().any(|(given, value)| *given == *name && !matches!(value, Given::Nothing));
        let wants = match rule.constraint {
            Constraint::AllOrNone => rule.fields.iter().any(&is_given),
            Constraint::OnlyWith => is_given(&rule.fields[0]),
            _ => false,
        };
        let missing: Vec<_> =
            rule.fields.iter().filter(|name| !fields.iter().any(|(given, _)| given == *name)).collect();
        fields.extend(missing.into_iter().filter(|_| wants).map(|&name| (name, usual(operation, name))));
    }
    fields
}
