//! What a spec wants of a request: limits in standard keywords and the `x-` extensions beside them;
//! [`crate::form_rules`] has the `x-rules`. They become a table in the client, which is checked before anything is sent.

use serde_json::Value;

use crate::document::{At, Result};
use crate::model::{Constraint, Rule};
use crate::schema::{Shape, sent_shape, unwrapped};

/// Standard keywords that limit what is sent and that nothing checks.
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

/// What is checked, besides `required`.
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

/// What is checked of each value of a list.
pub(crate) const CHECKED_OF_ITEMS: [&str; 4] = ["maxLength", "minLength", "x-format", "x-json-object"];

/// The rules for one parameter or property alone. `at` is where its source is; its limits are in
/// `schema`.
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
    // Beside an `allOf`, and in what it is around.
    let (schema, inner) = (schema.resolve()?, unwrapped(schema)?);
    let shape = sent_shape(&schema)?;
    let kind = inner.get_text("type")?.unwrap_or_default();
    let mut limited = false;
    for key in CHECKED {
        let Some(limit) = schema.get(key).or_else(|| inner.get(key)) else { continue };
        rules.push(rule(constraint(key, &limit, &shape, kind)?, why));
        limited = true;
    }
    if let Some(items) = inner.get("items").filter(|_| shape == Shape::List) {
        let items = unwrapped(&items)?;
        let (shape, kind) = (sent_shape(&items)?, items.get_text("type")?.unwrap_or_default());
        for key in CHECKED_OF_ITEMS {
            let Some(limit) = items.get(key) else { continue };
            rules.push(rule(constraint(key, &limit, &shape, kind)?, why));
            limited = true;
        }
    }
    if let Some(members) = schema.get("x-json-object").or_else(|| inner.get("x-json-object")) {
        let format = schema.get("x-format").or_else(|| inner.get("x-format"));
        if format.and_then(|format| format.as_text()) != Some("json") {
            return Err(members.error("text that is not JSON passes: write `x-format: json` beside it"));
        }
    }
    match at.get("x-why") {
        Some(why) if !limited => Err(why.error("there is no limit here that `x-why` could be about")),
        _ => Ok(rules),
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
        return Err(limit.error(format!("`{key}` says nothing of a value of this type")));
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
            other => Err(limit.error(format!("`{other}` is no format: write `digits`, `json` or `minute`"))),
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
                Some(wrong) => {
                    Err(limit.error(format!("`{wrong}`: write the ending of a name, without a dot and in lower case")))
                }
                None if types.is_empty() => Err(limit.error("no type is listed")),
                None => Ok(Constraint::Texts("FileTypes", types)),
            }
        }
    }
}

/// How a rule is known. The lint demands a source of every place that can have a rule.
pub(crate) fn read_source(source: Option<&At<'_>>) -> Result<(String, Vec<String>)> {
    let Some(source) = source else { return Ok(("guess".to_owned(), Vec::new())) };
    Ok((source.need_text("evidence")?.to_owned(), source.need("facts")?.texts()?))
}
