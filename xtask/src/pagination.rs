//! Reads `x-pagination`, which says how a list is paged.

use crate::document::{At, Result};
use crate::model::{Answer, NextPage, Pagination, Parameter, Place};
use crate::schema::{Shape, named_schema, shape, unwrapped};

const KEYS: [&str; 10] =
    ["page", "page_size", "items", "last_page", "total", "key", "offset", "cursor", "next", "next_url"];

/// The value of `next_url` for APIs that send the URL in the header `Link`.
const LINK_HEADER: &str = "Link header";

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
    let text = |key, kinds: &[&str]| -> Result<Vec<String>> {
        let (path, value) = path(key)?;
        if value.get_text("type")?.is_some_and(|kind| kinds.contains(&kind)) && value.get("x-open-enum").is_none() {
            return Ok(path);
        }
        Err(at.need(key)?.error(format!("`{key}` must be a `type: {}`", kinds.join("` or `type: "))))
    };
    let typed = |key, kind: &str| -> Result<String> {
        let name = parameter(key)?;
        let is_it = |one: &&Parameter| one.name == name && one.kind == kind;
        match parameters.iter().find(is_it) {
            Some(_) => Ok(name),
            None => Err(at.need(key)?.error(format!("`{name}` must be a `type: {kind}`"))),
        }
    };
    let ways = [("page", "last_page"), ("offset", ""), ("cursor", "next"), ("next_url", "")];
    let given: Vec<_> = ways.iter().filter(|(key, _)| at.get(key).is_some()).collect();
    let [(way, other)] = given[..] else {
        return Err(at.error(
            "write one of `page`, `offset`, `cursor` and `next_url`, which says how the next page is asked for",
        ));
    };
    if let Some(stray) = ["last_page", "next"].into_iter().find(|key| key != other && at.get(key).is_some()) {
        return Err(at.need(stray)?.error(format!("`{stray}` does not go with `{way}`")));
    }
    let next = match *way {
        "page" => NextPage::Number {
            page: parameter("page")?,
            last_page: number("last_page", "the number of the last page")?,
        },
        "offset" => NextPage::Offset { offset: typed("offset", "integer")? },
        "cursor" => {
            NextPage::Cursor { cursor: typed("cursor", "string")?, next: text("next", &["string", "integer"])? }
        }
        _ if at.need_text("next_url")? == LINK_HEADER => NextPage::Link { next_url: None },
        _ => NextPage::Link { next_url: Some(text("next_url", &["string"])?) },
    };
    let page_size = match next {
        NextPage::Number { .. } => Some(parameter("page_size")?),
        _ => at.get("page_size").map(|_| parameter("page_size")).transpose()?,
    };
    let total = at.get("total").map(|_| number("total", "the number of all items")).transpose()?;
    let key = at.get("key").map(|key| read_key(&key, &list)).transpose()?;
    Ok(Pagination { next, page_size, items, total, key })
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
