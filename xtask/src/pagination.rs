//! Reads `x-pagination`, which says how a list is paged.

use crate::document::{At, Result};
use crate::model::{Answer, Pagination, Parameter, Place};
use crate::schema::{Shape, named_schema, shape, unwrapped};

const KEYS: [&str; 6] = ["page", "page_size", "items", "last_page", "total", "key"];

/// Reads the `x-pagination` of an operation with these parameters and this answer.
pub(crate) fn read_pagination(at: &At<'_>, parameters: &[Parameter], answer: &Answer) -> Result<Pagination> {
    if let Some((key, more)) = at.entries()?.iter().find(|(key, _)| !KEYS.contains(key)) {
        return Err(more.error(format!("`{key}` is not a key of `x-pagination`: write some of {}", KEYS.join(", "))));
    }
    let parameter = |key| -> Result<String> {
        let name = at.need_text(key)?;
        let place = at.need(key)?;
        let Some(found) = parameters.iter().find(|one| one.name == name && one.place == Place::Query) else {
            return Err(place.error(format!("the query has no parameter `{name}`")));
        };
        if found.required {
            return Err(place.error(format!("`{name}` must be optional: a call for all items does not set it")));
        }
        Ok(name.to_owned())
    };
    let Some(answer) = answer.object() else { return Err(at.error("only an answer that is a JSON object has pages")) };
    let path = |key| -> Result<(Vec<String>, At<'_>)> {
        let mut schema = named_schema(&at.root(), answer)?;
        let mut path = Vec::new();
        for name in at.need_text(key)?.split('.') {
            let property = schema.get("properties").and_then(|at| at.get(name));
            let Some(property) = property else {
                return Err(at.need(key)?.error(format!("the answer has no `{name}` at this path")));
            };
            schema = unwrapped(&property)?;
            path.push(name.to_owned());
        }
        Ok((path, schema))
    };
    let (items, list) = path("items")?;
    if list.get_text("type")? != Some("array") {
        return Err(at.need("items")?.error("the items must be a `type: array`"));
    }
    let number = |key, what: &str| -> Result<Vec<String>> {
        let (path, number) = path(key)?;
        if number.get_text("type")? == Some("integer") {
            return Ok(path);
        }
        Err(at.need(key)?.error(format!("{what} must be a `type: integer`, which is read from a text as well")))
    };
    let last_page = number("last_page", "the number of the last page")?;
    let total = at.get("total").map(|_| number("total", "the number of all items")).transpose()?;
    let key = at.get("key").map(|key| read_key(&key, &list)).transpose()?;
    Ok(Pagination { page: parameter("page")?, page_size: parameter("page_size")?, items, last_page, total, key })
}

/// Reads the property that identifies an item of a list.
fn read_key(at: &At<'_>, list: &At<'_>) -> Result<String> {
    let name = at.text()?;
    let property = unwrapped(&list.need("items")?)?.get("properties").and_then(|at| at.get(name));
    let Some(property) = property else { return Err(at.error(format!("the items have no `{name}`"))) };
    let property = unwrapped(&property)?;
    let plain = matches!(property.get_text("type")?, Some("integer" | "string")) || property.get("oneOf").is_some();
    if plain && shape(&property)? == Shape::Scalar && property.get("x-open-enum").is_none() {
        Ok(name.to_owned())
    } else {
        Err(at.error(format!("`{name}` must be text or a whole number")))
    }
}
