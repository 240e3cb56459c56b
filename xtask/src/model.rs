//! What the generator needs of a spec, picked out and checked.
//!
//! Everything special about an API is data here; no name of a provider, an operation or a field is
//! known to the code.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToSnakeCase as _;
use serde_json::Value;

use crate::document::{At, Document, Result};

/// An API.
#[derive(Debug)]
pub struct Api {
    /// Title for people.
    pub title: String,
    /// What the API is.
    pub description: String,
    /// Its installs.
    pub servers: Vec<Server>,
    /// What every call is signed with.
    pub credentials: Vec<Credential>,
    /// How answers say how it went.
    pub envelope: Envelope,
    /// Its operations, in the order of the file.
    pub operations: Vec<Operation>,
    /// Open sets of values.
    pub open_enums: Vec<OpenEnum>,
    /// Object schemas by name.
    pub objects: BTreeMap<String, Object>,
    /// Names of the object schemas that answers are made of.
    pub answers: BTreeSet<String>,
}

/// An install.
#[derive(Debug)]
pub struct Server {
    /// Identifier (`x-name`).
    pub name: String,
    /// Base URL, with `{variable}`s.
    pub url: String,
    /// What it is.
    pub description: String,
    /// Variables in the URL.
    pub variables: Vec<Variable>,
}

/// A variable in a server's URL.
#[derive(Debug)]
pub struct Variable {
    /// Its name in the URL.
    pub name: String,
    /// What the docs use for it.
    pub default: String,
    /// What to put there.
    pub description: String,
}

/// An `apiKey` security scheme.
#[derive(Debug)]
pub struct Credential {
    /// Name of the scheme, and of the constructor's argument.
    pub name: String,
    /// Where it goes.
    pub place: Place,
    /// Its name there.
    pub wire_name: String,
    /// What it is and where to find it.
    pub description: String,
}

/// Where a parameter or credential goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Into the path.
    Path,
    /// Into the query.
    Query,
    /// Into a header.
    Header,
}

/// The spec's `x-envelope`.
#[derive(Debug)]
pub struct Envelope {
    /// Property with the verdict.
    pub status: String,
    /// The verdict that means success.
    pub success: String,
    /// Property with the reason.
    pub remark: Option<String>,
    /// Properties with text for people.
    pub texts: Vec<String>,
    /// Remarks that prove a refusal; `None`: any error does.
    pub refusals: Option<Vec<String>>,
}

/// An operation.
#[derive(Debug)]
pub struct Operation {
    /// `operationId`.
    pub id: String,
    /// HTTP method, upper case.
    pub method: String,
    /// Path without the fragment.
    pub path: String,
    /// Whether it changes something (`x-safety`).
    pub changes: bool,
    /// One line.
    pub summary: String,
    /// Parameters the caller gives.
    pub parameters: Vec<Parameter>,
    /// Parameters with one possible value.
    pub constants: Vec<(String, String)>,
    /// Schema of the form it takes.
    pub body: Option<String>,
    /// Schema of its answer.
    pub answer: String,
    /// How its answer is paged.
    pub pagination: Option<Pagination>,
}

/// A parameter.
#[derive(Debug)]
pub struct Parameter {
    /// Name on the wire.
    pub name: String,
    /// Where it goes.
    pub place: Place,
    /// Whether it must be given.
    pub required: bool,
    /// Its shape.
    pub shape: Shape,
    /// What it means.
    pub description: String,
}

/// The shape of a parameter or of a form's field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One value.
    Scalar,
    /// A value repeated under one name.
    List,
    /// Entries under their own names, each with this prefix.
    Map {
        /// Put before each key that lacks it (`x-key-prefix`).
        prefix: String,
    },
    /// A file.
    File,
    /// Nested objects: only in answers.
    Object,
}

/// The spec's `x-pagination`.
#[derive(Debug)]
pub struct Pagination {
    /// Parameter with the page's number.
    pub page: String,
    /// Parameter with the page's size.
    pub page_size: String,
    /// Where the items are.
    pub items: Vec<String>,
    /// Where the number of the last page is.
    pub last_page: Vec<String>,
}

/// A schema with `x-open-enum`.
#[derive(Debug)]
pub struct OpenEnum {
    /// Name of the schema.
    pub name: String,
    /// What the values mean together.
    pub description: String,
    /// Whether the values are whole numbers; texts otherwise.
    pub integer: bool,
    /// The known values.
    pub values: Vec<EnumValue>,
}

/// A known value of an open set.
#[derive(Debug)]
pub struct EnumValue {
    /// On the wire.
    pub value: Value,
    /// Identifier.
    pub name: String,
    /// What it means.
    pub description: String,
}

/// An object schema.
#[derive(Debug)]
pub struct Object {
    /// Its properties, in the order of the file.
    pub properties: Vec<Property>,
}

/// A property of an object schema.
#[derive(Debug)]
pub struct Property {
    /// Name on the wire.
    pub name: String,
    /// Whether it must be there.
    pub required: bool,
    /// Its shape.
    pub shape: Shape,
    /// What it means.
    pub description: String,
}

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// Reads the model of a document.
pub fn read(document: &Document) -> Result<Api> {
    let root = document.root();
    version(&root)?;
    let info = root.need("info")?;
    let schemas = schemas(&root)?;
    let mut operations = Vec::new();
    for (path, item) in root.need("paths")?.entries()? {
        for (method, operation) in item.entries()? {
            if METHODS.contains(&method) {
                operations.push(read_operation(path, method, &item, &operation)?);
            } else if method == "$ref" {
                return Err(item.error("a path cannot be a `$ref`: write its operations here"));
            }
        }
    }
    unique_ids(&root, &operations)?;
    let mut answers = BTreeSet::new();
    for operation in &root.need("paths")?.walk() {
        if operation.get("operationId").is_some() {
            for (_, response) in operation.need("responses")?.entries()? {
                reach(&response, &mut answers)?;
            }
        }
    }
    let objects = schemas
        .iter()
        .filter(|(_, at)| at.get("properties").is_some())
        .map(|(name, at)| Ok(((*name).to_owned(), read_object(at)?)))
        .collect::<Result<BTreeMap<_, _>>>()?;
    answers.retain(|name| objects.contains_key(name));
    let api = Api {
        title: info.need_text("title")?.to_owned(),
        description: info.get_text("description")?.unwrap_or_default().to_owned(),
        servers: root.need("servers")?.items()?.iter().map(read_server).collect::<Result<_>>()?,
        credentials: read_credentials(&root)?,
        envelope: read_envelope(&root.need("x-envelope")?)?,
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

fn unique_ids(root: &At<'_>, operations: &[Operation]) -> Result<()> {
    let mut seen = BTreeSet::new();
    match operations.iter().find(|operation| !seen.insert(&operation.id)) {
        Some(twice) => Err(root.error(format!("two operations are called `{}`", twice.id))),
        None => Ok(()),
    }
}

fn read_operation(path: &str, method: &str, item: &At<'_>, at: &At<'_>) -> Result<Operation> {
    let id_at = at.get("operationId").ok_or_else(|| {
        at.error(format!("`operationId` is missing on {} {path}: it names the method", method.to_uppercase()))
    })?;
    let id = id_at.text()?;
    if id != id.to_snake_case() {
        return Err(id_at.error(format!("`{id}` must be in snake case: `{}`", id.to_snake_case())));
    }
    let safety = at.get("x-safety").ok_or_else(|| {
        at.error(format!("`x-safety` is missing on `{id}`: say whether it is a `read` or a `change`"))
    })?;
    let changes = match safety.text()? {
        "read" => false,
        "change" => true,
        other => return Err(safety.error(format!("`{other}` is not a safety: write `read` or `change`"))),
    };
    let mut parameters = Vec::new();
    let mut constants = Vec::new();
    for list in [item.get("parameters"), at.get("parameters")].into_iter().flatten() {
        for parameter in list.items()? {
            let parameter = parameter.resolve()?;
            match constant(&parameter)? {
                Some(value) => constants.push((parameter.need_text("name")?.to_owned(), value)),
                None => parameters.push(read_parameter(&parameter)?),
            }
        }
    }
    let path = path.split('#').next().unwrap_or(path);
    for parameter in parameters.iter().filter(|parameter| parameter.place == Place::Path) {
        if !path.contains(&format!("{{{}}}", parameter.name)) {
            return Err(at.error(format!("`{id}`: the path has no `{{{}}}`", parameter.name)));
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
        body: read_body(at, id)?,
        answer: read_answer(at, id)?,
        pagination: at.get("x-pagination").map(|at| read_pagination(&at)).transpose()?,
    })
}

/// The value of a parameter that can have only one.
pub fn constant(parameter: &At<'_>) -> Result<Option<String>> {
    let Some(values) = parameter.get("schema").and_then(|schema| schema.get("enum")) else { return Ok(None) };
    let values = values.items()?;
    match values.as_slice() {
        [value] if parameter.is_true("required") => Ok(Some(value.text()?.to_owned())),
        _ => Ok(None),
    }
}

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
    let schema = at.need("schema")?.resolve()?;
    let shape = if schema.get("additionalProperties").is_some() {
        Shape::Map { prefix: at.get_text("x-key-prefix")?.unwrap_or_default().to_owned() }
    } else {
        shape(&schema)?
    };
    if matches!(shape, Shape::Object | Shape::File) || (place == Place::Path && shape != Shape::Scalar) {
        return Err(schema.error(format!("parameter `{name}`: this schema cannot go into a URL")));
    }
    Ok(Parameter {
        name: name.to_owned(),
        place,
        required: at.is_true("required"),
        shape,
        description: at.need_text("description")?.trim().to_owned(),
    })
}

/// The schema of an operation's form.
fn read_body(at: &At<'_>, id: &str) -> Result<Option<String>> {
    let Some(body) = at.get("requestBody") else { return Ok(None) };
    let content = body.resolve()?.need("content")?;
    let media = content.entries()?;
    let [(media_type, media)] = media.as_slice() else {
        let found: Vec<_> = media.iter().map(|(name, _)| *name).collect();
        return Err(content.error(format!("`{id}`: one media type expected for the body, found {}", found.join(", "))));
    };
    if *media_type != "multipart/form-data" {
        return Err(
            media.error(format!("`{id}`: {media_type} is not supported: write the body as multipart/form-data"))
        );
    }
    component(&media.need("schema")?, id).map(Some)
}

/// The schema of an operation's answer.
fn read_answer(at: &At<'_>, id: &str) -> Result<String> {
    let responses = at.need("responses")?;
    let entries = responses.entries()?;
    let mut keys: Vec<_> = entries.iter().map(|(key, _)| *key).collect();
    keys.sort_unstable();
    if keys != ["2XX", "4XX", "5XX"] {
        return Err(responses.error(format!("`{id}`: responses must be 2XX, 4XX and 5XX, found {}", keys.join(", "))));
    }
    let schema = |key| -> Result<String> {
        let content = responses.need(key)?.resolve()?.need("content")?;
        let media = content.entries()?;
        match media.as_slice() {
            [("application/json", media)] => component(&media.need("schema")?, id),
            _ => Err(content.error(format!("`{id}`: {key} must be application/json and nothing else"))),
        }
    };
    if schema("4XX")? != schema("5XX")? {
        return Err(responses.error(format!("`{id}`: 4XX and 5XX must have one schema")));
    }
    schema("2XX")
}

/// The name of the component that a schema refers to.
fn component(schema: &At<'_>, id: &str) -> Result<String> {
    schema.resolve()?;
    let name = schema.get_text("$ref")?.and_then(|reference| reference.strip_prefix("#/components/schemas/"));
    name.map(str::to_owned)
        .ok_or_else(|| schema.error(format!("`{id}`: move this schema to `components/schemas` and refer to it")))
}

fn read_pagination(at: &At<'_>) -> Result<Pagination> {
    let path = |key| -> Result<Vec<String>> { Ok(at.need_text(key)?.split('.').map(str::to_owned).collect()) };
    Ok(Pagination {
        page: at.need_text("page")?.to_owned(),
        page_size: at.need_text("page_size")?.to_owned(),
        items: path("items")?,
        last_page: path("last_page")?,
    })
}

fn read_server(at: &At<'_>) -> Result<Server> {
    let url = at.need_text("url")?;
    let variables = at.get("variables").map_or(Ok(Vec::new()), |at| at.entries())?;
    let variables = variables.iter().map(|(name, at)| {
        if !url.contains(&format!("{{{name}}}")) {
            return Err(at.error(format!("the URL has no `{{{name}}}`")));
        }
        Ok(Variable {
            name: (*name).to_owned(),
            default: at.need_text("default")?.to_owned(),
            description: at.need_text("description")?.trim().to_owned(),
        })
    });
    Ok(Server {
        name: at.need_text("x-name")?.to_owned(),
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
            let place = at.need("in")?;
            Ok(Credential {
                name: name.to_owned(),
                place: match place.text()? {
                    "header" => Place::Header,
                    "query" => Place::Query,
                    other => return Err(place.error(format!("`{name}`: a credential cannot go into the {other}"))),
                },
                wire_name: at.need_text("name")?.to_owned(),
                description: at.need_text("description")?.trim().to_owned(),
            })
        })
        .collect()
}

fn read_envelope(at: &At<'_>) -> Result<Envelope> {
    let refusals = at.need("refusals")?;
    Ok(Envelope {
        status: at.need_text("status")?.to_owned(),
        success: at.need_text("success")?.to_owned(),
        remark: at.get_text("remark")?.map(str::to_owned),
        texts: at.need("texts")?.texts()?,
        refusals: match refusals.text() {
            Ok("all") => None,
            Ok(other) => {
                return Err(refusals.error(format!("`{other}`: write `all`, or list the remarks that prove a refusal")));
            }
            Err(_) => Some(refusals.texts()?),
        },
    })
}

/// Every answer must have the property that says how it went.
fn check_envelope(root: &At<'_>, api: &Api) -> Result<()> {
    for operation in &api.operations {
        let object = api.objects.get(&operation.answer);
        if !object.is_some_and(|object| object.properties.iter().any(|property| property.name == api.envelope.status)) {
            return Err(root.need("components")?.need("schemas")?.need(&operation.answer)?.error(format!(
                "the answer of `{}` lacks the property `{}`, which `x-envelope` names",
                operation.id, api.envelope.status
            )));
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
    let values = at.need("x-open-enum")?.items()?.into_iter().map(|value| {
        let wire = value.need("value")?;
        if wire.scalar()?.is_i64() != integer {
            return Err(wire.error(format!("a value of `{name}` must be of its type")));
        }
        Ok(EnumValue {
            value: wire.scalar()?.clone(),
            name: value.need_text("name")?.to_owned(),
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
    let properties = properties.into_iter().map(|(name, property)| {
        Ok(Property {
            name: name.to_owned(),
            required: required.iter().any(|required| required == name),
            shape: shape(&property)?,
            description: property.get_text("description")?.unwrap_or_default().trim().to_owned(),
        })
    });
    Ok(Object { properties: properties.collect::<Result<_>>()? })
}

/// The shape of a schema.
pub fn shape(schema: &At<'_>) -> Result<Shape> {
    let schema = schema.resolve()?;
    if let Some(all) = schema.get("allOf") {
        return match all.items()?.as_slice() {
            [one] => shape(one),
            _ => Err(all.error("`allOf` is supported only around a single `$ref`")),
        };
    }
    if let Some(alternatives) = schema.get("oneOf") {
        return match real_alternatives(&alternatives)?.as_slice() {
            [one] => shape(one),
            many if list_or_item(many)?.is_some() => Ok(Shape::List),
            many => {
                for alternative in many {
                    if shape(alternative)? != Shape::Scalar {
                        return Err(alternative.error(
                            "`oneOf` is supported for several scalars (read as text), for a list beside its item \
                             (read as a list) and for one schema beside an empty array",
                        ));
                    }
                }
                Ok(Shape::Scalar)
            }
        };
    }
    Ok(match schema.get_text("type")? {
        Some("array") => Shape::List,
        Some("string") if schema.get_text("format")? == Some("binary") => Shape::File,
        Some("string" | "integer" | "number" | "boolean") => Shape::Scalar,
        // Without a type, anything goes.
        Some("object") | None => Shape::Object,
        Some(other) => return Err(schema.error(format!("`{other}` is not a type"))),
    })
}

/// The alternatives of a `oneOf` without the empty array, which is how PHP writes an empty object.
pub fn real_alternatives<'d>(one_of: &At<'d>) -> Result<Vec<At<'d>>> {
    let empty_array = |at: &At<'_>| {
        let empty = at.get("maxItems").is_some_and(|at| at.scalar().is_ok_and(|value| value == 0));
        empty && at.get_text("type") == Ok(Some("array"))
    };
    Ok(one_of.items()?.into_iter().filter(|at| !empty_array(at)).collect())
}

/// The list among the alternatives, if they are a list and a single item of it.
pub fn list_or_item<'d>(alternatives: &[At<'d>]) -> Result<Option<At<'d>>> {
    let [first, second] = alternatives else { return Ok(None) };
    Ok(match (shape(first)?, shape(second)?) {
        (Shape::List, Shape::Scalar) => Some(first.clone()),
        (Shape::Scalar, Shape::List) => Some(second.clone()),
        _ => None,
    })
}

/// Adds the names of all components within and behind `at`.
fn reach(at: &At<'_>, names: &mut BTreeSet<String>) -> Result<()> {
    for value in at.walk() {
        if let Some(reference) = value.get_text("$ref")? {
            let target = value.resolve()?;
            match reference.strip_prefix("#/components/schemas/") {
                Some(name) if !names.insert(name.to_owned()) => {}
                _ => reach(&target, names)?,
            }
        }
    }
    Ok(())
}
