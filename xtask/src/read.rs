//! From a document to the [model](crate::model): picked out and checked, each error with its place.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToSnakeCase as _;

use crate::document::{At, Document, Result};
use crate::model::{
    Api, Credential, EnumValue, Envelope, Object, OpenEnum, Operation, Parameter, Place, Property, Rule, Server,
    Variable,
};
use crate::names::{pascal_case, snake_case};
use crate::pagination::read_pagination;
use crate::schema::{
    SCHEMAS, Shape, check_part, check_schemas, component, named_schema, reach, sent_shape, shape, unwrapped,
};
use crate::spec_index::METHODS;
use crate::{form_rules, limits, rules};

/// Reads the model of a document.
///
/// It relies on rules of the lint: call [`crate::lint::refuse`] first.
pub fn read(document: &Document) -> Result<Api> {
    let root = document.root();
    version(&root)?;
    let info = root.need("info")?;
    let schemas = schemas(&root)?;
    check_schemas(&schemas)?;
    let mut operations: Vec<Operation> = Vec::new();
    let mut reached = BTreeSet::new();
    for (path, item) in root.need("paths")?.entries()? {
        no_servers(&item)?;
        for (method, at) in item.entries()? {
            if METHODS.contains(&method) {
                no_servers(&at)?;
                let operation = read_operation(path, method, &item, &at)?;
                operations.push(operation);
                reach(&at.need("responses")?, &mut reached)?;
            } else if method == "$ref" {
                return Err(item.error("a path cannot be a `$ref`: write its operations here"));
            }
        }
    }
    let objects = schemas
        .iter()
        .filter(|(_, at)| at.get("properties").is_some())
        .map(|(name, at)| Ok(((*name).to_owned(), read_object(at)?)))
        .collect::<Result<BTreeMap<_, _>>>()?;
    let answers = reached
        .iter()
        .filter_map(|reference| reference.strip_prefix(SCHEMAS))
        .filter(|name| objects.contains_key(*name))
        .map(str::to_owned)
        .collect();
    let api = Api {
        title: info.need_text("title")?.to_owned(),
        description: info.get_text("description")?.unwrap_or_default().to_owned(),
        servers: read_servers(&root.need("servers")?)?,
        credentials: read_credentials(&root)?,
        envelope: read_envelope(&root.need("x-envelope")?)?,
        trims: root.get("x-trims").map(|at| read_trims(&at)).transpose()?.is_some(),
        operations,
        open_enums: schemas
            .iter()
            .filter(|(_, at)| at.get("x-open-enum").is_some())
            .map(|(name, at)| read_open_enum(name, at))
            .collect::<Result<_>>()?,
        objects,
        answers,
    };
    check_envelope(&root, &api)?;
    Ok(api)
}

/// A client is made for one instance, and calls nothing else.
fn no_servers(at: &At<'_>) -> Result<()> {
    match at.get("servers") {
        Some(servers) => {
            Err(servers.error("`servers` stands for the whole document: what is elsewhere is another API, with a spec"))
        }
        None => Ok(()),
    }
}

/// Its being there says it all.
fn read_trims(at: &At<'_>) -> Result<()> {
    at.need("x-source")?;
    match at.entries()?.iter().find(|(key, _)| *key != "x-source") {
        Some((key, more)) => Err(more.error(format!("`{key}`: `x-trims` has an `x-source` and nothing else"))),
        None => Ok(()),
    }
}

fn version(root: &At<'_>) -> Result<()> {
    let openapi = root.need("openapi")?;
    let version = openapi.text()?;
    if version.starts_with("3.0.") {
        return Ok(());
    }
    Err(openapi.error(format!("OpenAPI {version} is not supported: write the spec in 3.0.3")))
}

fn schemas<'d>(root: &At<'d>) -> Result<Vec<(&'d str, At<'d>)>> {
    root.get("components").and_then(|at| at.get("schemas")).map_or(Ok(Vec::new()), |at| at.entries())
}

fn read_operation(path: &str, method: &str, item: &At<'_>, at: &At<'_>) -> Result<Operation> {
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
            if parameters.iter().any(|other| other.name.to_snake_case() == read.name.to_snake_case()) {
                return Err(parameter.error(format!("`{id}` has two parameters called `{}`", read.name)));
            }
            rules.extend(rules::of_field(&read.name, read.required, &parameter, &parameter.need("schema")?, None)?);
            parameters.push(read);
        }
    }
    let path = path.split('#').next().unwrap_or(path);
    check_path(path, &parameters, id, at)?;
    let answer = read_answer(at, id)?;
    let pagination = at.get("x-pagination").map(|at| read_pagination(&at, &parameters, &answer)).transpose()?;
    let body = read_body(at, id)?;
    if let Some(body) = &body {
        let properties = body_rules(&named_schema(&at.root(), body)?, &mut rules)?;
        if parameters.len() + properties > MOST_FIELDS {
            return Err(at.error(format!("`{id}` has more than {MOST_FIELDS} fields")));
        }
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
        answer,
        pagination,
        rules,
    })
}

/// The runtime keeps one bit for each field that is given.
const MOST_FIELDS: usize = 64;

/// Adds the rules of a form, and returns how many properties it has.
fn body_rules(schema: &At<'_>, rules: &mut Vec<Rule>) -> Result<usize> {
    let required = schema.get("required").map_or(Ok(Vec::new()), |at| at.texts())?;
    let properties = schema.need("properties")?.entries()?;
    for (name, at) in &properties {
        let required = required.iter().any(|required| required == name);
        rules.extend(rules::of_field(name, required, at, at, Some(schema))?);
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
        (_, Some(name)) => Err(at.error(format!("`{id}`: there is no parameter for `{{{name}}}` in the path"))),
        _ => Ok(()),
    }
}

/// The value of a parameter that can have only one.
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

/// What a builder calls its own.
const RESERVED: [&str; 8] = ["body", "body_map", "client", "dry_run", "into_call", "items", "new", "send"];

fn read_parameter(at: &At<'_>) -> Result<Parameter> {
    let name = at.need_text("name")?;
    let place_at = at.need("in")?;
    let place = match place_at.text()? {
        "path" => Place::Path,
        "query" => Place::Query,
        other => {
            return Err(place_at.error(format!(
                "parameter `{name}` goes into the {other}: only path and query are supported; \
                 what signs a call belongs to `securitySchemes`"
            )));
        }
    };
    if RESERVED.contains(&name.to_snake_case().as_str()) {
        return Err(at.error(format!("parameter `{name}`: the name is taken by the builder of the call")));
    }
    if place == Place::Path && !at.is_true("required") {
        return Err(at.error(format!("parameter `{name}`: what is in the path must be `required: true`")));
    }
    let schema = at.need("schema")?;
    check_part(&schema)?;
    let shape = match sent_shape(&schema)? {
        Shape::Object if unwrapped(&schema)?.get("additionalProperties").is_some() => {
            Shape::Map { prefix: at.get_text("x-key-prefix")?.unwrap_or_default().to_owned() }
        }
        shape => shape,
    };
    if matches!(shape, Shape::Object | Shape::File) || (place == Place::Path && shape != Shape::Scalar) {
        return Err(schema.error(format!("parameter `{name}`: this schema cannot go into a URL")));
    }
    at.need("description")?;
    Ok(Parameter { name: name.to_owned(), place, required: at.is_true("required"), shape, description: described(at)? })
}

/// The schema of an operation's form.
fn read_body(at: &At<'_>, id: &str) -> Result<Option<String>> {
    let Some(body) = at.get("requestBody") else { return Ok(None) };
    let content = body.resolve()?.need("content")?;
    let media = content.need("multipart/form-data")?;
    if let Some(encoding) = media.get("encoding") {
        return Err(encoding.error("`encoding` is not supported: a file says itself what it is"));
    }
    let schema = media.need("schema")?;
    for (name, property) in schema.resolve()?.need("properties")?.entries()? {
        if sent_shape(&property)? == Shape::Object {
            return Err(property.error(format!("`{name}` is an object, which a form cannot hold")));
        }
    }
    component(&schema, id).map(Some)
}

/// The schema of an operation's answer.
fn read_answer(at: &At<'_>, id: &str) -> Result<String> {
    let answer = at.need("responses")?.need("2XX")?.resolve()?;
    component(&answer.need("content")?.need("application/json")?.need("schema")?, id)
}

fn read_servers(at: &At<'_>) -> Result<Vec<Server>> {
    let mut names = BTreeSet::new();
    let server = |at: &At<'_>| {
        let server = read_server(at)?;
        if !names.insert(server.name.clone()) {
            return Err(at.need("x-name")?.error("another server is called so, too"));
        }
        Ok(server)
    };
    at.items()?.iter().map(server).collect()
}

fn read_server(at: &At<'_>) -> Result<Server> {
    let url = at.need_text("url")?;
    let variables = at.get("variables").map_or(Ok(Vec::new()), |at| at.entries())?;
    let variables = variables.iter().map(|(name, at)| {
        if !url.contains(&format!("{{{name}}}")) {
            return Err(at.error(format!("the URL has no `{{{name}}}`")));
        }
        Ok(Variable {
            name: snake_case(at, name)?,
            default: at.need_text("default")?.to_owned(),
            description: at.need_text("description")?.trim().to_owned(),
            is_host_name: at.get("x-format").map_or(Ok(false), |format| match format.text()? {
                "host_name" => Ok(true),
                other => Err(format.error(format!("`{other}` is not a format of a variable: write `host_name`"))),
            })?,
        })
    });
    let name = at.need("x-name")?;
    Ok(Server {
        name: pascal_case(&name, name.text()?)?,
        url: url.to_owned(),
        description: at.need_text("description")?.trim().to_owned(),
        variables: variables.collect::<Result<_>>()?,
    })
}

fn read_credentials(root: &At<'_>) -> Result<Vec<Credential>> {
    let schemes = root.need("components")?.need("securitySchemes")?;
    schemes
        .entries()?
        .into_iter()
        .map(|(name, at)| {
            let kind = at.need("type")?;
            if kind.text()? != "apiKey" {
                return Err(kind.error(format!("`{name}`: only apiKey is supported")));
            }
            let (place, wire_name) = (at.need("in")?, at.need_text("name")?);
            let (place, wire_name) = match place.text()? {
                "header" => (Place::Header, header_name(&at.need("name")?, wire_name)?),
                "query" => (Place::Query, wire_name.to_owned()),
                other => return Err(place.error(format!("`{name}`: a credential cannot go into the {other}"))),
            };
            Ok(Credential {
                name: snake_case(&at, name)?,
                place,
                wire_name,
                description: at.need_text("description")?.trim().to_owned(),
            })
        })
        .collect()
}

/// The name of a header as HTTP libraries want it. Case means nothing there.
fn header_name(at: &At<'_>, name: &str) -> Result<String> {
    if !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')) {
        Ok(name.to_ascii_lowercase())
    } else {
        Err(at.error(format!("`{name}` cannot be the name of a header: write letters, digits and `-`")))
    }
}

fn read_envelope(at: &At<'_>) -> Result<Envelope> {
    let refusals = at.need("refusals")?;
    Ok(Envelope {
        status: at.need_text("status")?.to_owned(),
        success: at.need_text("success")?.to_owned(),
        error: at.need_text("error")?.to_owned(),
        remark: at.get_text("remark")?.map(str::to_owned),
        texts: at.need("texts")?.texts()?,
        refusals: match refusals.text() {
            Ok("all") => None,
            Ok(other) => {
                return Err(refusals.error(format!(
                    "`{other}`: write `all`, or the remarks that prove a refusal, each with its reason"
                )));
            }
            Err(_) => Some(refusals.entries()?.into_iter().map(read_refusal).collect::<Result<_>>()?),
        },
        validation: at.get("validation").map(|at| read_validation(&at)).transpose()?,
        reasons: match at.get("reasons") {
            Some(reasons) => reasons.entries()?.into_iter().map(read_refusal).collect::<Result<_>>()?,
            None => Vec::new(),
        },
    })
}

/// The framework's own refusal of values.
fn read_validation(at: &At<'_>) -> Result<(u16, String)> {
    let status = at.need("http_status")?;
    let number = status.scalar()?.as_u64().and_then(|number| u16::try_from(number).ok());
    let number = number.filter(|number| (400..500).contains(number));
    let number = number.ok_or_else(|| status.error("an HTTP status from 400 to 499 expected"))?;
    Ok((number, at.need_text("errors")?.to_owned()))
}

/// What a refusal can be about.
const REASONS: [&str; 8] =
    ["credentials", "validation", "not_found", "conflict", "limit", "plan", "unavailable", "other"];

fn read_refusal((remark, at): (&str, At<'_>)) -> Result<(String, String)> {
    let reason = at.text()?;
    if !REASONS.contains(&reason) {
        return Err(at.error(format!("`{reason}` is no reason: write one of {}", REASONS.join(", "))));
    }
    Ok((remark.to_owned(), reason.to_owned()))
}

/// A description with its source, as documentation shows it.
fn described(at: &At<'_>) -> Result<String> {
    let description = at.get_text("description")?.unwrap_or_default().trim();
    let more = [limits::told(at)?, source(at)?].into_iter().flatten();
    Ok(more.fold(description.to_owned(), |text, more| format!("{text}\n\n{more}")))
}

/// How a place says it is known, as documentation shows it.
pub fn source(at: &At<'_>) -> Result<Option<String>> {
    let Some(source) = at.get("x-source") else { return Ok(None) };
    let link = |fact: String| format!("[{fact}](crate::facts#{})", fact.to_lowercase());
    let facts: Vec<_> = source.need("facts")?.texts()?.into_iter().map(link).collect();
    Ok(Some(format!("Source: {} ({}).", source.need_text("evidence")?, facts.join(", "))))
}

/// Every answer must have the property that says how it went.
fn check_envelope(root: &At<'_>, api: &Api) -> Result<()> {
    let status = &api.envelope.status;
    for Operation { id, answer, .. } in &api.operations {
        let schema = named_schema(root, answer)?;
        let Some(property) = schema.get("properties").and_then(|at| at.get(status)) else {
            return Err(
                schema.error(format!("the answer of `{id}` lacks the property `{status}`, which `x-envelope` names"))
            );
        };
        let kind = unwrapped(&property)?;
        if kind.get("oneOf").is_none()
            && (kind.get_text("type")? != Some("string") || kind.get("x-open-enum").is_some())
        {
            return Err(property.error(format!("`{status}` says how the call went, so it must be `type: string`")));
        }
    }
    Ok(())
}

fn read_open_enum(name: &str, at: &At<'_>) -> Result<OpenEnum> {
    let kind = at.need("type")?;
    let integer = match kind.text()? {
        "integer" => true,
        "string" => false,
        other => return Err(kind.error(format!("an open enum of type {other} is not supported"))),
    };
    let (mut names, mut wires) = (BTreeSet::new(), BTreeSet::new());
    let values = at.need("x-open-enum")?.items()?.into_iter().map(|value| {
        let wire = value.need("value")?;
        if !wires.insert(wire.scalar()?.to_string()) {
            return Err(wire.error(format!("`{name}` has this value twice")));
        }
        if wire.scalar()?.is_i64() != integer {
            return Err(wire.error(format!("a value of `{name}` must be of its type")));
        }
        let variant = value.need("name")?;
        if variant.text()? == "Unknown" {
            return Err(variant.error("`Unknown` is for the values that are not listed: choose another name"));
        }
        if !names.insert(variant.text()?) {
            return Err(variant.error(format!("`{name}` has this name twice")));
        }
        Ok(EnumValue {
            value: wire.scalar()?.clone(),
            name: pascal_case(&variant, variant.text()?)?,
            description: value.need_text("description")?.trim().to_owned(),
        })
    });
    Ok(OpenEnum {
        name: name.to_owned(),
        description: at.need_text("description")?.trim().to_owned(),
        integer,
        values: values.collect::<Result<_>>()?,
    })
}

fn read_object(at: &At<'_>) -> Result<Object> {
    let required = at.get("required").map_or(Ok(Vec::new()), |at| at.texts())?;
    let properties = at.need("properties")?.entries()?;
    if let Some(missing) = required.iter().find(|name| !properties.iter().any(|(property, _)| property == name)) {
        return Err(at.error(format!("`{missing}` is required and not among the properties")));
    }
    let mut fields = BTreeSet::new();
    let properties = properties.into_iter().map(|(name, property)| {
        if !fields.insert(name.to_snake_case()) {
            return Err(property.error(format!("another property is called `{}` in Rust, too", name.to_snake_case())));
        }
        Ok(Property {
            name: name.to_owned(),
            required: required.iter().any(|required| required == name),
            shape: shape(&property)?,
            description: described(&property)?,
        })
    });
    Ok(Object { properties: properties.collect::<Result<_>>()? })
}
