//! Describes in words what a client refuses before sending, for the documentation.

use crate::document::{At, Result};
use crate::model::{Constraint, Rule};
use crate::schema::{Shape, sent_shape};
use crate::{form_rules, rules};

/// Describes the limits of a parameter or of a form's property, or the rules of a form for several of its properties.
pub(crate) fn described(at: &At<'_>) -> Result<Option<String>> {
    // A credential has no schema.
    if let (Some(_), Some(schema)) = (at.get("in"), at.get("schema")) {
        return of_field(at.need_text("name")?, at, &schema, &[]);
    }
    if at.get("x-rules").is_some() {
        return of_form(at);
    }
    let keys: Vec<_> = at.keys_outwards().collect();
    let [name, "properties", form, "schemas", "components"] = keys.as_slice() else { return Ok(None) };
    let form = at.root().need("components")?.need("schemas")?.need(form)?;
    of_field(name, at, at, &form_rules::of_form(&form)?)
}

fn of_field(name: &str, at: &At<'_>, schema: &At<'_>, of_form: &[Rule]) -> Result<Option<String>> {
    // Only what is sent has limits. What is received may have a shape that cannot be sent.
    let has_limits =
        [Some(schema.clone()), schema.get("items")].into_iter().flatten().any(|schema| has_limits(&schema));
    let own = if has_limits { rules::of_field(name, false, at, schema, None)? } else { Vec::new() };
    let rules = own.iter().chain(of_form.iter().filter(|rule| matches!(rule.fields.as_slice(), [one] if one == name)));
    let words: Vec<_> = rules.map(in_words).collect();
    if words.is_empty() {
        return Ok(None);
    }
    let each = if sent_shape(schema)? == Shape::List { "Each value, checked" } else { "Checked" };
    Ok(Some(format!("{each} before sending: {}.", words.join("; "))))
}

/// Returns whether a schema, or one that it refers to, has a limit.
fn has_limits(schema: &At<'_>) -> bool {
    let has = |at: &At<'_>| rules::CHECKED.iter().any(|key| at.get(key).is_some());
    has(schema) || crate::schema::unwrapped(schema).is_ok_and(|inner| has(&inner))
}

fn of_form(schema: &At<'_>) -> Result<Option<String>> {
    let rules = form_rules::of_form(schema)?;
    let together = rules.iter().filter(|rule| rule.fields.len() > 1);
    let lines: Vec<_> = together.map(|rule| format!("- {}", in_words(rule))).collect();
    Ok((!lines.is_empty()).then(|| format!("Checked before sending:\n\n{}", lines.join("\n"))))
}

const MIB: i64 = 1024 * 1024;

fn in_words(rule: &Rule) -> String {
    let listed = |names: &[String]| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let fields = &rule.fields;
    let (first, others) = fields.split_at(1.min(fields.len()));
    let (first, others) = (listed(first), listed(others));
    match &rule.constraint {
        Constraint::Plain(name) => match *name {
            "Digits" => "digits only".to_owned(),
            "Json" => "JSON".to_owned(),
            "Minute" => "`YYYY-MM-DD HH:MM`, with a date that exists".to_owned(),
            "OneLine" => "no line break, no tab and no more than four spaces in a row".to_owned(),
            "NotZero" => "not 0".to_owned(),
            "AtLeastOne" => format!("at least one of {} is given", listed(fields)),
            "AtMostOne" => format!("at most one of {} is given", listed(fields)),
            "AllOrNone" => format!("{} are given together", listed(fields)),
            "NotBeside" => format!("{first} is not given together with {others}"),
            "OnlyWith" => format!("{first} is given only with {others}"),
            other => other.to_owned(),
        },
        Constraint::Number(name, number) => match (*name, number) {
            ("MinLength" | "MinBytes", 1) => "not empty".to_owned(),
            ("MinLength", _) => format!("at least {number} characters"),
            ("MaxLength", _) => format!("at most {number} characters"),
            ("Minimum", _) => format!("at least {number}"),
            ("Maximum", _) => format!("at most {number}"),
            ("MinEntries", 1) => "at least 1 entry".to_owned(),
            ("MinEntries", _) => format!("at least {number} entries"),
            ("MinBytes", _) => format!("at least {number} bytes"),
            ("MaxBytes", _) if number % MIB == 0 => format!("at most {number} bytes ({} MiB)", number / MIB),
            ("MaxBytes", _) => format!("at most {number} bytes"),
            ("MaxNameLength", _) => format!("a name of at most {number} characters"),
            (other, _) => format!("{other} {number}"),
        },
        Constraint::Texts(name, texts) => match *name {
            "JsonObject" => format!("an object with a text or a number for {}", listed(texts)),
            "FileTypes" => format!("of type {}, by its name or its content", texts.join(", ")),
            "NoPlaceholder" if texts.is_empty() => "nothing in double braces".to_owned(),
            "NoPlaceholder" => format!("nothing in double braces, unless the whole value is one of {}", listed(texts)),
            other => format!("{other} {}", texts.join(", ")),
        },
        Constraint::NumberAndTexts(_, number, texts) => format!("at most {number} characters beside {}", listed(texts)),
    }
}
