//! Reads the limits of a request: standard keywords, and the `x-` extensions beside them. [`crate::form_rules`] reads
//! `x-rules`. Both become a table in the client, which is checked before anything is sent.

use serde_json::Value;

use crate::document::{At, Result};
use crate::model::{Constraint, Rule};
use crate::schema::{self, Shape, shape, unwrapped};

/// The standard keywords for limits that no client checks.
pub(crate) const UNCHECKED: [&str; 8] = [
    "exclusiveMaximum",
    "exclusiveMinimum",
    "maxItems",
    "maxProperties",
    "minItems",
    "multipleOf",
    "pattern",
    "uniqueItems",
];

/// The limits that clients check, besides `required`.
pub(crate) const CHECKED: [&str; 11] = [
    "maxLength",
    "maximum",
    "minLength",
    "minProperties",
    "minimum",
    "x-file-types",
    "x-format",
    "x-json-object",
    "x-max-bytes",
    "x-max-name-length",
    "x-min-bytes",
];

/// The limits that clients check for each value of a list.
pub(crate) const CHECKED_OF_ITEMS: [&str; 4] = ["maxLength", "minLength", "x-format", "x-json-object"];

/// Reads the rules for one parameter or property. `at` has its source, and `schema` its limits.
pub(crate) fn of_field(
    name: &str,
    required: bool,
    at: &At<'_>,
    schema: &At<'_>,
    outer: Option<&At<'_>>,
) -> Result<Vec<Rule>> {
    let why = at.get_text("x-why")?.unwrap_or_default().trim();
    let source = at.get("x-source").or_else(|| outer.and_then(|outer| outer.get("x-source")));
    let (evidence, facts) = read_source(source.as_ref())?;
    let rule = |constraint, why: &str| Rule {
        fields: vec![name.to_owned()],
        constraint,
        why: why.replace('\n', " "),
        evidence: evidence.clone(),
        facts: facts.clone(),
    };
    let mut rules = Vec::new();
    if required {
        rules.push(rule(Constraint::Plain("Required"), ""));
    }
    // Limits may be beside an `allOf`, and within it.
    let (schema, inner) = (schema.resolve()?, unwrapped(schema)?);
    let shape = shape(&schema)?;
    let kind = inner.get_text("type")?.unwrap_or_default();
    let mut limited = false;
    for key in CHECKED {
        let Some(limit) = schema.get(key).or_else(|| inner.get(key)) else { continue };
        rules.push(rule(constraint(key, &limit, &shape, kind)?, why));
        limited = true;
    }
    if let Some(items) = inner.get("items").filter(|_| shape == Shape::List) {
        let items = unwrapped(&items)?;
        let (shape, kind) = (schema::shape(&items)?, items.get_text("type")?.unwrap_or_default());
        for key in CHECKED_OF_ITEMS {
            let Some(limit) = items.get(key) else { continue };
            rules.push(rule(constraint(key, &limit, &shape, kind)?, why));
            limited = true;
        }
    }
    if let Some(members) = schema.get("x-json-object").or_else(|| inner.get("x-json-object")) {
        let format = schema.get("x-format").or_else(|| inner.get("x-format"));
        if format.and_then(|format| format.as_text()) != Some("json") {
            return Err(members.error("texts that are not JSON would pass: write `x-format: json` beside it"));
        }
    }
    match at.get("x-why") {
        Some(why) if !limited => Err(why.error("`x-why` explains a limit, and there is none here")),
        _ => Ok(rules),
    }
}

/// The most rules of an operation, each with the way to its field: objects that refer to each other can have very many.
pub(crate) const MOST: usize = 2000;

/// The signs that a rule's way to a property of an inner object consists of.
pub(crate) const WAY: [char; 4] = ['.', '[', ']', '*'];

/// Adds the rules for the objects within a value of a request. `way` leads to the value, as in `messages[]`.
///
/// A schema that contains itself is not followed again: it is refused elsewhere.
pub(crate) fn of_parts<'d>(value: &At<'d>, way: &str, within: &mut Vec<At<'d>>, rules: &mut Vec<Rule>) -> Result<()> {
    let object = unwrapped(value)?;
    if within.iter().any(|outer| outer.is(&object)) {
        return Ok(());
    }
    if rules.len() > MOST {
        return Err(value.error(format!("the operation has more than {MOST} limits: describe some of them in words")));
    }
    within.push(object.clone());
    if let Some(items) = object.get("items") {
        of_parts(&items, &format!("{way}[]"), within, rules)?;
    }
    if let Some(values) = object.get("additionalProperties").filter(|at| at.entries().is_ok()) {
        of_parts(&values, &format!("{way}.*"), within, rules)?;
    }
    for (name, property) in object.get("properties").map_or(Ok(Vec::new()), |at| at.entries())? {
        if name.contains(WAY) {
            continue;
        }
        let way = format!("{way}.{name}");
        rules.extend(of_field(&way, false, &property, &property, Some(&object))?);
        of_parts(&property, &way, within, rules)?;
    }
    within.pop();
    Ok(())
}

/// Returns the rule that a field must be given, which the document itself says.
pub(crate) fn required(name: &str) -> Rule {
    Rule {
        fields: vec![name.to_owned()],
        constraint: Constraint::Plain("Required"),
        why: String::new(),
        evidence: "docs".to_owned(),
        facts: Vec::new(),
    }
}

fn constraint(key: &str, limit: &At<'_>, shape: &Shape, kind: &str) -> Result<Constraint> {
    let fits = match key {
        "minLength" | "maxLength" | "x-format" | "x-json-object" => *shape == Shape::Scalar && kind == "string",
        "minimum" | "maximum" => *shape == Shape::Scalar && matches!(kind, "integer" | "number"),
        "minProperties" => matches!(shape, Shape::Map { .. } | Shape::Object),
        _ => *shape == Shape::File,
    };
    if !fits {
        return Err(limit.error(format!("`{key}` does not apply to a value of this type")));
    }
    let number = |name, least: i64| match limit.scalar()? {
        Value::Number(number) if number.as_i64().is_some_and(|number| number >= least) => {
            Ok(Constraint::Number(name, number.as_i64().unwrap_or_default()))
        }
        _ if least == i64::MIN => Err(limit.error(format!("`{key}` must be a whole number"))),
        _ => Err(limit.error(format!("`{key}` must be a whole number, not less than {least}"))),
    };
    match key {
        "minLength" => number("MinLength", 1),
        "maxLength" => number("MaxLength", 1),
        "minimum" => number("Minimum", i64::MIN),
        "maximum" => number("Maximum", i64::MIN),
        "minProperties" => number("MinEntries", 1),
        "x-min-bytes" => number("MinBytes", 1),
        "x-max-bytes" => number("MaxBytes", 1),
        "x-max-name-length" => number("MaxNameLength", 1),
        "x-format" => match limit.text()? {
            "digits" => Ok(Constraint::Plain("Digits")),
            "json" => Ok(Constraint::Plain("Json")),
            "minute" => Ok(Constraint::Plain("Minute")),
            other => Err(limit.error(format!("`{other}` is not a format: write `digits`, `json` or `minute`"))),
        },
        "x-json-object" => match limit.texts()? {
            names if names.is_empty() => Err(limit.error("no member is listed")),
            names => Ok(Constraint::Texts("JsonObject", names)),
        },
        _ => {
            let types = limit.texts()?;
            match types
                .iter()
                .find(|ending| ending.is_empty() || ending.contains('.') || **ending != ending.to_lowercase())
            {
                Some(wrong) => Err(limit
                    .error(format!("`{wrong}`: write the extension of a file name in lower case, without the dot"))),
                None if types.is_empty() => Err(limit.error("no type is listed")),
                None => Ok(Constraint::Texts("FileTypes", types)),
            }
        }
    }
}

/// Reads how a rule is known. The lint requires a source wherever a rule can be.
pub(crate) fn read_source(source: Option<&At<'_>>) -> Result<(String, Vec<String>)> {
    let Some(source) = source else { return Ok(("guess".to_owned(), Vec::new())) };
    Ok((source.need_text("evidence")?.to_owned(), source.need("facts")?.texts()?))
}
