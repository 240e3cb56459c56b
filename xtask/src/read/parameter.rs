//! The parameters of an operation.

use super::credentials::header_name;
use super::docs::described;
use crate::document::{At, Result};
use crate::model::{Parameter, Place, Style};
use crate::names::{RESERVED, field};
use crate::schema::{Shape, check_part, sent_shape, unwrapped};

/// Returns the value of a parameter that can have only one value.
pub fn constant(parameter: &At<'_>) -> Result<Option<String>> {
    let Some(values) = parameter.get("schema").and_then(|schema| schema.get("enum")) else { return Ok(None) };
    let values = values.items()?;
    match values.as_slice() {
        [value] if parameter.is_true("required") => {
            let place = parameter.need("in")?;
            if place.text()? != "query" {
                return Err(place.error("a constant is supported only in the query"));
            }
            Ok(Some(value.text()?.to_owned()))
        }
        _ => Ok(None),
    }
}

/// The headers that the client or the HTTP library sets. OpenAPI ignores the first three.
pub(crate) const OWN_HEADERS: [&str; 9] = [
    "accept",
    "content-type",
    "authorization",
    "connection",
    "content-length",
    "cookie",
    "host",
    "transfer-encoding",
    "user-agent",
];

pub(super) fn read_parameter(at: &At<'_>) -> Result<Parameter> {
    let name = at.need_text("name")?;
    let place_at = at.need("in")?;
    let place = match place_at.text()? {
        "path" => Place::Path,
        "query" => Place::Query,
        "header" => Place::Header,
        other => {
            return Err(place_at.error(format!(
                "parameter `{name}` goes into the {other}: only path, query and header are supported; \
                 credentials belong to `securitySchemes`"
            )));
        }
    };
    if place == Place::Header && OWN_HEADERS.contains(&&*header_name(&at.need("name")?, name)?) {
        return Err(at.error(format!("parameter `{name}`: the client sets this header itself")));
    }
    if place == Place::Path && RESERVED.contains(&field(name).as_str()) {
        return Err(at.error(format!("parameter `{name}`: the builder of the call uses this name itself")));
    }
    if place == Place::Path && !name.starts_with(char::is_alphabetic) {
        return Err(at.error(format!("parameter `{name}`: in the path, a name begins with a letter")));
    }
    if place == Place::Path && !at.is_true("required") {
        return Err(at.error(format!("parameter `{name}`: a parameter in the path must be `required: true`")));
    }
    let schema = at.need("schema")?;
    check_part(&schema)?;
    let shape = match sent_shape(&schema)? {
        Shape::Object if unwrapped(&schema)?.get("additionalProperties").is_some() => {
            Shape::Map { prefix: at.get_text("x-key-prefix")?.unwrap_or_default().to_owned() }
        }
        shape => shape,
    };
    let style = style(at, place, &shape)?;
    let is_one_value = shape == Shape::Scalar || place == Place::Header && shape == Shape::List;
    if matches!(shape, Shape::Object | Shape::File) || (place != Place::Query && !is_one_value) {
        return Err(schema.error(format!("parameter `{name}`: this schema cannot go into a URL or a header")));
    }
    at.need("description")?;
    Ok(Parameter {
        name: name.to_owned(),
        place,
        required: at.is_true("required"),
        shape,
        style,
        kind: unwrapped(&schema)?.get_text("type")?.unwrap_or_default().to_owned(),
        description: described(at, name)?,
    })
}

/// Reads how several values are written.
fn style(at: &At<'_>, place: Place, shape: &Shape) -> Result<Style> {
    let style = at.get_text("style")?;
    let is_exploded = at.get("explode").map(|at| at.scalar().map(|value| *value == true)).transpose()?;
    Ok(match (place, shape, style.unwrap_or(if place == Place::Query { "form" } else { "simple" })) {
        // These are single values, or `read_parameter` refuses them.
        (_, Shape::Scalar | Shape::Object | Shape::File, _)
        | (Place::Path, ..)
        | (Place::Header, Shape::Map { .. }, _) => Style::Exploded,
        (Place::Query, Shape::Map { .. }, "deepObject") => Style::Deep,
        (Place::Query, _, "form") if is_exploded != Some(false) => Style::Exploded,
        (Place::Query, Shape::List, "form") | (Place::Header, Shape::List, "simple") => Style::Joined(','),
        (Place::Query, Shape::List, "spaceDelimited") if is_exploded == Some(false) => Style::Joined(' '),
        (Place::Query, Shape::List, "pipeDelimited") if is_exploded == Some(false) => Style::Joined('|'),
        (_, _, style) => return Err(at.error(format!("the style `{style}` is not supported for this schema"))),
    })
}
