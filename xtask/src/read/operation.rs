//! The operations.

use std::collections::BTreeSet;

use super::answer::{named_type, read_answer, root_type};
use super::credentials::read_security;
use super::parameter::{constant, read_parameter};
use crate::document::{At, Result};
use crate::model::{Body, Media, Operation, Parameter, Place, ROOT, Rule};
use crate::names::setter;
use crate::pagination::read_pagination;
use crate::schema::{Shape, component, named_schema, sent_shape, shape, unwrapped};
use crate::{form_rules, rules};

pub(super) fn read_operation(path: &str, method: &str, item: &At<'_>, at: &At<'_>) -> Result<Operation> {
    let id = at.need_text("operationId")?;
    let changes = at.need_text("x-safety")? == "change";
    let mut parameters: Vec<Parameter> = Vec::new();
    let mut constants = Vec::new();
    let mut rules = Vec::new();
    for list in [item.get("parameters"), at.get("parameters")].into_iter().flatten() {
        for parameter in list.items()? {
            let parameter = parameter.resolve()?;
            if let Some(value) = constant(&parameter)? {
                constants.push((parameter.need_text("name")?.to_owned(), value));
                continue;
            }
            let read = read_parameter(&parameter)?;
            if parameters.iter().any(|other| setter(&other.name) == setter(&read.name)) {
                return Err(parameter.error(format!("`{id}` has two parameters called `{}`", read.name)));
            }
            rules.extend(rules::of_field(&read.name, read.required, &parameter, &parameter.need("schema")?, None)?);
            parameters.push(read);
        }
    }
    let path = path.split('#').next().unwrap_or(path);
    check_path(path, &parameters, id, at)?;
    let answer = read_answer(at, id)?;
    // `false` says that the client cannot ask for other pages.
    let pagination = at.get("x-pagination").filter(|at| at.as_scalar() != Some(&false.into()));
    let pagination = pagination.map(|at| read_pagination(&at, &parameters, &answer)).transpose()?;
    let idempotency = at.get("x-idempotency").map(|at| read_idempotency(&at, &parameters, changes)).transpose()?;
    let body = read_body(at, id)?;
    let properties = match &body {
        Some(Body::Fields { schema, .. }) => body_rules(&named_schema(&at.root(), schema)?, &mut rules)?,
        Some(Body::Json { required, .. }) => {
            rules.extend(required.then(|| rules::required(ROOT)));
            let schema = at.need("requestBody")?.resolve()?.need("content")?.need(JSON)?.need("schema")?;
            rules::of_parts(&schema, ROOT, &mut Vec::new(), &mut rules)?;
            1
        }
        None => 0,
    };
    if parameters.len() + properties > MOST_FIELDS {
        return Err(at.error(format!("`{id}` has more than {MOST_FIELDS} fields")));
    }
    Ok(Operation {
        id: id.to_owned(),
        method: method.to_uppercase(),
        path: path.to_owned(),
        changes,
        summary: at.need_text("summary")?.trim().to_owned(),
        parameters,
        constants,
        body,
        security: Some(read_security(at)?),
        idempotency,
        answer,
        pagination,
        rules,
    })
}

/// Reads the name of the header parameter with the idempotency key.
fn read_idempotency(at: &At<'_>, parameters: &[Parameter], changes: bool) -> Result<String> {
    let name = at.text()?;
    match parameters.iter().find(|one| one.name == name && one.place == Place::Header) {
        _ if !changes => Err(at.error("an operation that changes nothing can be repeated without a key")),
        None => Err(at.error(format!("no header parameter is called `{name}`"))),
        Some(parameter) if parameter.required => {
            Err(at.error(format!("`{name}` must be optional: the client makes a key if the caller gives none")))
        }
        Some(_) => Ok(name.to_owned()),
    }
}

const JSON: &str = "application/json";

/// The runtime has one bit for each field, which says whether it was given.
pub(crate) const MOST_FIELDS: usize = 64;

/// Adds the rules of a form, and returns how many properties it has.
fn body_rules(schema: &At<'_>, rules: &mut Vec<Rule>) -> Result<usize> {
    let required = schema.get("required").map_or(Ok(Vec::new()), |at| at.texts())?;
    let properties = schema.need("properties")?.entries()?;
    for (name, at) in &properties {
        let required = required.iter().any(|required| required == name);
        rules.extend(rules::of_field(name, required, at, at, Some(schema))?);
        rules::of_parts(at, name, &mut Vec::new(), rules)?;
    }
    rules.extend(form_rules::of_form(schema)?);
    Ok(properties.len())
}

/// The path and its parameters must name each other.
fn check_path(path: &str, parameters: &[Parameter], id: &str, at: &At<'_>) -> Result<()> {
    let mut placeholders = BTreeSet::new();
    let mut rest = path;
    while let Some((_, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            return Err(at.error(format!("`{id}`: a `{{` in the path has no `}}`")));
        };
        placeholders.insert(name);
        rest = after;
    }
    let named: BTreeSet<_> = parameters.iter().filter(|one| one.place == Place::Path).map(|one| &*one.name).collect();
    match (named.difference(&placeholders).next(), placeholders.difference(&named).next()) {
        (Some(name), _) => Err(at.error(format!("`{id}`: the path has no `{{{name}}}`"))),
        (_, Some(name)) => Err(at.error(format!("`{id}`: the path has `{{{name}}}`, but no parameter is called so"))),
        _ => Ok(()),
    }
}

/// The body of an operation.
fn read_body(at: &At<'_>, id: &str) -> Result<Option<Body>> {
    let Some(body) = at.get("requestBody") else { return Ok(None) };
    let content = body.resolve()?.need("content")?;
    let found = Media::ALL.iter().find_map(|(name, media)| Some((content.get(name)?, *media)));
    let Some((at, media)) = found else {
        return Err(content.error(format!("`{id}`: the media type of the body is not supported")));
    };
    let schema = at.need("schema")?;
    let encoding = at.get("encoding");
    if media == Media::Json && schema.resolve()?.get("properties").is_none() {
        let ty = named_type(&schema)?.map_or_else(|| root_type(&schema), Ok)?;
        return Ok(Some(Body::Json { ty, required: body.resolve()?.is_true("required") }));
    }
    for (name, property) in schema.resolve()?.need("properties")?.entries()? {
        let deep = || {
            let style = encoding.as_ref()?.get(name)?.get("style")?;
            Some(style.as_text() == Some("deepObject"))
        };
        match (media, shape(&property)?) {
            (Media::Json | Media::Urlencoded, Shape::File) => {
                return Err(property.error(format!("`{name}` is a file, which only `multipart/form-data` can hold")));
            }
            // In a multipart form, an object is a part of the type `application/json`.
            (Media::Json, _) | (Media::Multipart, Shape::Object) => {}
            (Media::Urlencoded, Shape::Object) if deep() == Some(true) => check_nested(&property)?,
            (Media::Urlencoded, Shape::Object) => {
                return Err(property.error(format!(
                    "`{name}` is an object: write `encoding: {{ {name}: {{ style: deepObject, explode: true }} }}` in the \
                     media type, if it is sent as `{name}[key]`"
                )));
            }
            (Media::Multipart, Shape::List) if is_list_of_files(&property)? => {}
            _ => drop(sent_shape(&property)?),
        }
    }
    if let Some(encoding) = encoding.filter(|_| media != Media::Urlencoded) {
        return Err(encoding.error("`encoding` is not supported here: the type of a file comes from the file"));
    }
    Ok(Some(Body::Fields { schema: component(&schema, id)?, media }))
}

fn is_list_of_files(property: &At<'_>) -> Result<bool> {
    let items = unwrapped(property)?.get("items");
    Ok(items.map(|items| shape(&items)).transpose()? == Some(Shape::File))
}

/// Refuses an object of an urlencoded body that has lists of objects, for whose names there is no rule.
fn check_nested(property: &At<'_>) -> Result<()> {
    for (_, inner) in unwrapped(property)?.get("properties").map_or(Ok(Vec::new()), |at| at.entries())? {
        match shape(&inner)? {
            Shape::Object => check_nested(&inner)?,
            _ => drop(sent_shape(&inner)?),
        }
    }
    Ok(())
}
