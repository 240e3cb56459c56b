//! What a spec wants of a request: limits in standard keywords, the `x-` extensions beside them, and
//! `x-rules`. They become a table in the client, which is checked before anything is sent.

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
pub(crate) const CHECKED: [&str; 9] = [
    "maxLength",
    "maximum",
    "minLength",
    "minProperties",
    "minimum",
    "x-file-types",
    "x-format",
    "x-max-bytes",
    "x-min-bytes",
];

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
    let (how, facts) = read_source(source.as_ref())?;
    let rule = |constraint, why: &str| Rule {
        fields: vec![name.to_owned()],
        constraint,
        why: why.replace('\n', " "),
        how: how.clone(),
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
    match at.get("x-why") {
        Some(why) if !limited => Err(why.error("there is no limit here that `x-why` could be about")),
        _ => Ok(rules),
    }
}

fn constraint(key: &str, limit: &At<'_>, shape: &Shape, kind: &str) -> Result<Constraint> {
    let fits = match key {
        "minLength" | "maxLength" | "x-format" => *shape == Shape::Scalar && kind == "string",
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
        "x-format" => match limit.text()? {
            "digits" => Ok(Constraint::Plain("Digits")),
            "json" => Ok(Constraint::Plain("Json")),
            "minute" => Ok(Constraint::Plain("Minute")),
            other => Err(limit.error(format!("`{other}` is no format: write `digits`, `json` or `minute`"))),
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

/// The `x-rules` of a form.
pub(crate) fn of_form(schema: &At<'_>) -> Result<Vec<Rule>> {
    let Some(list) = schema.get("x-rules") else { return Ok(Vec::new()) };
    let properties = schema.need("properties")?;
    let mut rules = Vec::new();
    for at in list.items()? {
        let of = at.need("of")?;
        let fields = of.texts()?;
        if let Some(unknown) = fields.iter().find(|name| properties.get(name).is_none()) {
            return Err(of.error(format!("there is no property `{unknown}`")));
        }
        let name = at.need("rule")?;
        let (constraint, together) = match name.text()? {
            "at_least_one" => ("AtLeastOne", true),
            "all_or_none" => ("AllOrNone", true),
            "not_zero" => ("NotZero", false),
            other => {
                return Err(
                    name.error(format!("`{other}` is no rule: write `at_least_one`, `all_or_none` or `not_zero`"))
                );
            }
        };
        if fields.len() < if together { 2 } else { 1 } {
            return Err(of.error("the rule is about more properties than these"));
        }
        let why = at.need_text("why")?.trim().replace('\n', " ");
        let (how, facts) = read_source(Some(&at.need("x-source")?))?;
        let rule = |fields| Rule {
            fields,
            constraint: Constraint::Plain(constraint),
            why: why.clone(),
            how: how.clone(),
            facts: facts.clone(),
        };
        if together {
            rules.push(rule(fields));
        } else {
            rules.extend(fields.into_iter().map(|field| rule(vec![field])));
        }
    }
    Ok(rules)
}

/// How a rule is known. The lint demands a source of every place that can have a rule.
fn read_source(source: Option<&At<'_>>) -> Result<(String, Vec<String>)> {
    let Some(source) = source else { return Ok(("guess".to_owned(), Vec::new())) };
    Ok((source.need_text("how")?.to_owned(), source.need("facts")?.texts()?))
}
