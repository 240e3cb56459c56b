//! Reads the `x-rules` of a form: rules for several properties together, and rules for single properties that have a
//! source of their own.

use serde_json::Value;

use crate::document::{At, Result};
use crate::model::{Constraint, Rule};
use crate::rules::read_source;
use crate::schema::{Shape, sent_shape, unwrapped};

/// A rule of `x-rules`.
struct Kind {
    name: &'static str,
    /// The runtime's constraint.
    constraint: &'static str,
    about: About,
    /// The keys that it needs besides those of every rule.
    needs: &'static [&'static str],
    /// The keys that it may have.
    may_have: &'static [&'static str],
}

/// What a rule applies to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum About {
    /// Several properties together.
    All,
    /// Each property alone, of any type.
    Each,
    /// Each text alone, or each text of a list.
    Texts,
    /// Each file alone.
    Files,
}

const KINDS: [Kind; 10] = [
    Kind::new("at_least_one", "AtLeastOne", About::All),
    Kind::new("at_most_one", "AtMostOne", About::All),
    Kind::new("all_or_none", "AllOrNone", About::All),
    Kind::new("not_beside", "NotBeside", About::All),
    Kind::new("only_with", "OnlyWith", About::All),
    Kind::new("not_zero", "NotZero", About::Each),
    Kind { needs: &["limit"], may_have: &["beside"], ..Kind::new("max_length", "MaxLength", About::Texts) },
    Kind::new("one_line", "OneLine", About::Texts),
    Kind { may_have: &["except"], ..Kind::new("no_placeholder", "NoPlaceholder", About::Texts) },
    Kind { needs: &["limit"], ..Kind::new("max_bytes", "MaxBytes", About::Files) },
];

/// The keys that only some rules have.
pub(crate) const PARAMETERS: [&str; 3] = ["beside", "except", "limit"];

impl Kind {
    const fn new(name: &'static str, constraint: &'static str, about: About) -> Self {
        Self { name, constraint, about, needs: &[], may_have: &[] }
    }
}

/// Reads the `x-rules` of a form.
pub(crate) fn of_form(schema: &At<'_>) -> Result<Vec<Rule>> {
    let Some(list) = schema.get("x-rules") else { return Ok(Vec::new()) };
    let properties = schema.need("properties")?;
    let mut rules = Vec::new();
    for at in list.items()? {
        let kind = kind(&at.need("rule")?)?;
        let fields = fields(&at, kind, &properties)?;
        let constraint = constraint(&at, kind, &properties)?;
        let why = at.need_text("why")?.trim().replace('\n', " ");
        let (evidence, facts) = read_source(at.get("x-source").as_ref())?;
        let rule = |fields, constraint| Rule {
            fields,
            constraint,
            why: why.clone(),
            evidence: evidence.clone(),
            facts: facts.clone(),
        };
        if kind.about == About::All {
            rules.push(rule(fields, constraint));
        } else {
            rules.extend(fields.into_iter().map(|field| rule(vec![field], constraint.clone())));
        }
    }
    Ok(rules)
}

fn kind(name: &At<'_>) -> Result<&'static Kind> {
    let text = name.text()?;
    KINDS.iter().find(|kind| kind.name == text).ok_or_else(|| {
        let [names @ .., last] = KINDS.map(|kind| format!("`{}`", kind.name));
        name.error(format!("`{text}` is not a rule: write {} or {last}", names.join(", ")))
    })
}

/// Reads the properties that a rule applies to.
fn fields(at: &At<'_>, kind: &Kind, properties: &At<'_>) -> Result<Vec<String>> {
    let of = at.need("of")?;
    let fields = names(&of, properties)?;
    if fields.len() < if kind.about == About::All { 2 } else { 1 } {
        return Err(of.error("the rule needs more properties than these"));
    }
    let wanted = match kind.about {
        About::Texts => "texts",
        About::Files => "files",
        About::All | About::Each => return Ok(fields),
    };
    for field in &fields {
        let property = properties.need(field)?;
        let fits = match sent_shape(&property)? {
            Shape::File => kind.about == About::Files,
            _ => kind.about == About::Texts && is_text(&property)?,
        };
        if !fits {
            return Err(of.error(format!("`{}` is a rule for {wanted}, but `{field}` has another type", kind.name)));
        }
    }
    Ok(fields)
}

/// Reads names of properties.
fn names(list: &At<'_>, properties: &At<'_>) -> Result<Vec<String>> {
    let names = list.texts()?;
    match names.iter().find(|name| properties.get(name).is_none()) {
        Some(unknown) => Err(list.error(format!("`{unknown}` is not a property"))),
        None => Ok(names),
    }
}

fn is_text(property: &At<'_>) -> Result<bool> {
    let schema = unwrapped(property)?;
    let one = match schema.get("items") {
        Some(items) => unwrapped(&items)?,
        None => schema,
    };
    Ok(one.get_text("type")? == Some("string"))
}

fn constraint(at: &At<'_>, kind: &Kind, properties: &At<'_>) -> Result<Constraint> {
    for key in PARAMETERS {
        match at.get(key) {
            None if kind.needs.contains(&key) => return Err(at.error(format!("`{}` needs a `{key}`", kind.name))),
            Some(more) if !kind.needs.contains(&key) && !kind.may_have.contains(&key) => {
                return Err(more.error(format!("`{}` has no `{key}`", kind.name)));
            }
            _ => {}
        }
    }
    let texts = |key| at.get(key).map(|at| at.texts()).transpose();
    let beside = at.get("beside").map(|at| names(&at, properties)).transpose()?;
    let limit = at.get("limit").map(|at| whole_number(&at)).transpose()?;
    Ok(match (kind.constraint, limit, beside) {
        ("MaxLength", Some(limit), Some(beside)) => Constraint::NumberAndTexts("MaxLengthBeside", limit, beside),
        ("NoPlaceholder", ..) => Constraint::Texts("NoPlaceholder", texts("except")?.unwrap_or_default()),
        (name, Some(limit), _) => Constraint::Number(name, limit),
        (name, None, _) => Constraint::Plain(name),
    })
}

fn whole_number(at: &At<'_>) -> Result<i64> {
    match at.scalar()? {
        Value::Number(number) if number.as_i64().is_some_and(|number| number >= 1) => {
            Ok(number.as_i64().unwrap_or_default())
        }
        _ => Err(at.error("`limit` must be a whole number, not less than 1")),
    }
}
