//! Schemas: which are supported, and the shape of each.

use std::collections::BTreeSet;

use crate::document::{At, Result};

/// The start of a reference to a schema.
pub const SCHEMAS: &str = "#/components/schemas/";

/// The shape of a parameter or of a form's field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One value.
    Scalar,
    /// Several values under one name.
    List,
    /// Entries under names of their own, each with this prefix.
    Map {
        /// The prefix of each key, added where it is missing (`x-key-prefix`).
        prefix: String,
    },
    /// A file.
    File,
    /// An object, which only answers may have.
    Object,
}

/// Returns the shape of a schema.
pub fn shape(schema: &At<'_>) -> Result<Shape> {
    let schema = unwrapped(schema)?;
    if let Some(one_of) = schema.get("oneOf") {
        let alternatives = real_alternatives(&one_of)?;
        if list_or_item(&alternatives)?.is_some() {
            return Ok(Shape::List);
        }
        for alternative in &alternatives {
            if shape(alternative)? != Shape::Scalar {
                return Err(alternative.error(
                    "`oneOf` is supported for several scalars (read as text), for a list beside its item (read as a \
                     list) and for one schema beside an empty array",
                ));
            }
        }
        return Ok(Shape::Scalar);
    }
    Ok(match schema.get_text("type")? {
        Some("array") => Shape::List,
        Some("string") if schema.get_text("format")? == Some("binary") => Shape::File,
        Some("string" | "integer" | "number" | "boolean") => Shape::Scalar,
        // A schema without a type allows any value.
        Some("object") | None => Shape::Object,
        Some(other) => return Err(schema.error(format!("`{other}` is not a type"))),
    })
}

/// Returns the shape of a parameter, or of a field of a form.
pub fn sent_shape(schema: &At<'_>) -> Result<Shape> {
    let shape = shape(schema)?;
    let unwrapped = unwrapped(schema)?;
    let inner = if shape == Shape::List { unwrapped.get("items") } else { unwrapped.get("additionalProperties") };
    match inner.filter(|at| at.entries().is_ok()) {
        Some(inner) if self::shape(&inner)? != Shape::Scalar => {
            Err(inner.error("only text, numbers and truth values can be sent here"))
        }
        _ => Ok(shape),
    }
}

/// Returns the schema behind a reference, an `allOf` around it, and a `oneOf` with an empty array.
pub fn unwrapped<'d>(schema: &At<'d>) -> Result<At<'d>> {
    let schema = schema.resolve()?;
    if let Some(all) = schema.get("allOf") {
        return match all.items()?.as_slice() {
            [one] => unwrapped(one),
            _ => Err(all.error("`allOf` is supported only around a single `$ref`")),
        };
    }
    if let Some(alternatives) = schema.get("oneOf")
        && let [one] = real_alternatives(&alternatives)?.as_slice()
    {
        return unwrapped(one);
    }
    Ok(schema)
}

/// Returns the alternatives of a `oneOf` without the empty array, which is how PHP writes an empty object.
pub fn real_alternatives<'d>(one_of: &At<'d>) -> Result<Vec<At<'d>>> {
    let empty_array = |at: &At<'_>| {
        let empty = at.get("maxItems").is_some_and(|at| at.scalar().is_ok_and(|value| value == 0));
        empty && at.get_text("type") == Ok(Some("array"))
    };
    Ok(one_of.items()?.into_iter().filter(|at| !empty_array(at)).collect())
}

/// Returns the list among the alternatives, if they are a list and a single item of it.
pub fn list_or_item<'d>(alternatives: &[At<'d>]) -> Result<Option<At<'d>>> {
    let [first, second] = alternatives else { return Ok(None) };
    Ok(match (shape(first)?, shape(second)?) {
        (Shape::List, Shape::Scalar) => Some(first.clone()),
        (Shape::Scalar, Shape::List) => Some(second.clone()),
        _ => None,
    })
}

/// Returns a named schema.
pub(crate) fn named_schema<'d>(root: &At<'d>, name: &str) -> Result<At<'d>> {
    root.need("components")?.need("schemas")?.need(name)
}

/// Returns the name of the component that a schema refers to.
pub fn component(schema: &At<'_>, id: &str) -> Result<String> {
    schema.resolve()?;
    let name = schema.get_text("$ref")?.and_then(|reference| reference.strip_prefix(SCHEMAS));
    name.map(str::to_owned)
        .ok_or_else(|| schema.error(format!("`{id}`: move this schema to `components/schemas` and refer to it")))
}

/// Adds all references within and behind `at`.
pub fn reach<'d>(at: &At<'d>, references: &mut BTreeSet<&'d str>) -> Result<()> {
    for value in at.walk() {
        if let Some(reference) = value.get_text("$ref")?
            && references.insert(reference)
        {
            reach(&value.resolve()?, references)?;
        }
    }
    Ok(())
}

/// Checks the named schemas. Each becomes a type with its name.
pub fn check_schemas(schemas: &[(&str, At<'_>)]) -> Result<()> {
    for (name, at) in schemas {
        // Generated code can write other names of the standard library in full. This one is in its derives.
        if *name == "Default" {
            return Err(at.error("a type cannot be called `Default`: choose another name"));
        }
        check_parts(at)?;
    }
    Ok(())
}

fn check_parts(at: &At<'_>) -> Result<()> {
    if let Some(properties) = at.get("properties") {
        properties.entries()?.iter().try_for_each(|(_, property)| check_part(property))?;
    }
    at.get("items").iter().try_for_each(check_part)?;
    // `true` and `false` are not schemas here.
    at.get("additionalProperties").filter(|at| at.entries().is_ok()).iter().try_for_each(check_part)?;
    for key in ["allOf", "oneOf"] {
        at.get(key).map_or(Ok(Vec::new()), |parts| parts.items())?.iter().try_for_each(check_part)?;
    }
    Ok(())
}

/// Refuses what the generator does not support, in a schema within another or of a parameter.
pub fn check_part(at: &At<'_>) -> Result<()> {
    for key in ["anyOf", "not", "discriminator"] {
        if let Some(unsupported) = at.get(key) {
            return Err(unsupported.error(format!("`{key}` is not supported")));
        }
    }
    // First, because `shape` would not end.
    check_cycle(at, &mut Vec::new())?;
    shape(at)?;
    check_parts(at)
}

fn check_cycle<'d>(at: &At<'d>, within: &mut Vec<At<'d>>) -> Result<()> {
    let target = at.resolve()?;
    if within.iter().any(|outer| outer.is(&target)) {
        return Err(at.error("this schema contains itself"));
    }
    within.push(target.clone());
    for part in ["allOf", "oneOf"].iter().filter_map(|key| target.get(key)) {
        part.items()?.iter().try_for_each(|part| check_cycle(part, within))?;
    }
    within.pop();
    Ok(())
}
