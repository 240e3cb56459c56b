//! From a document to the [model](crate::model): extracts what the generator needs and checks it. Each error names its
//! location.

mod answer;
mod credentials;
mod docs;
mod envelope;
mod operation;
mod parameter;
mod schemas;
mod servers;
mod webhooks;

use std::collections::{BTreeMap, BTreeSet};

pub(crate) use self::answer::is_media_type;
use self::credentials::read_credentials;
pub use self::docs::source;
pub(crate) use self::docs::{NO_DESCRIPTION, is_undescribed, source_of_description};
use self::envelope::{check_envelope, check_texts, read_envelope};
pub(crate) use self::operation::MOST_FIELDS;
use self::operation::read_operation;
pub(crate) use self::parameter::OWN_HEADERS;
pub use self::parameter::constant;
use self::schemas::{read_object, read_open_enum};
use self::servers::read_servers;
use self::webhooks::read_webhooks;
use crate::document::{At, Document, Result};
use crate::model::{Alternatives, Api, Body, Media, Operation};
use crate::schema::{SCHEMAS, check_schemas, named_schema, reach};
use crate::spec_index::METHODS;

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
    let (mut reached, mut sent) = (BTreeSet::new(), BTreeSet::new());
    for (path, item) in root.need("paths")?.entries()? {
        no_servers(&item)?;
        for (method, at) in item.entries()? {
            if METHODS.contains(&method) {
                no_servers(&at)?;
                let operation = read_operation(path, method, &item, &at)?;
                if let (Some(Body::Json { .. }), Some(body)) = (&operation.body, at.get("requestBody")) {
                    reach(&body, &mut sent)?;
                }
                operations.push(operation);
                reach(&at.need("responses")?, &mut reached)?;
            } else if method == "$ref" {
                return Err(item.error("a path cannot be a `$ref`: write its operations here"));
            }
        }
    }
    let webhooks = read_webhooks(&root, &mut reached)?;
    let parts = read_parts(&root, &operations, sent, &reached)?;
    let objects = schemas
        .iter()
        .filter(|(_, at)| at.get("properties").is_some())
        .map(|(name, at)| Ok(((*name).to_owned(), read_object(at)?)))
        .collect::<Result<BTreeMap<_, _>>>()?;
    let parts = parts.into_iter().filter(|name| objects.contains_key(*name)).map(str::to_owned).collect();
    let answers = reached
        .iter()
        .filter_map(|reference| reference.strip_prefix(SCHEMAS))
        .filter(|name| objects.contains_key(*name))
        .map(str::to_owned)
        .collect();
    let securities: Vec<_> = operations.iter().filter_map(|one| one.security.as_ref()).collect();
    let credentials = read_credentials(&root, &securities)?;
    for operation in &mut operations {
        let is_all = |one: &Alternatives| matches!(&one[..], [names] if names.len() == credentials.len());
        operation.security = operation.security.take().filter(|one| !is_all(one));
    }
    let api = Api {
        title: info.need_text("title")?.to_owned(),
        description: info.get_text("description")?.unwrap_or_default().to_owned(),
        servers: read_servers(&root.need("servers")?)?,
        credentials,
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
        parts,
        webhooks,
    };
    check_envelope(&root, &api)?;
    check_texts(&root, &api)?;
    Ok(api)
}

/// Returns the names of the schemas that bodies refer to. `sent` are the references of bodies that are not objects with
/// known properties, and `answers` those of answers.
fn read_parts<'d>(
    root: &At<'d>,
    operations: &[Operation],
    sent: BTreeSet<&'d str>,
    answers: &BTreeSet<&str>,
) -> Result<BTreeSet<&'d str>> {
    let mut parts: BTreeSet<_> = sent.into_iter().filter_map(|one| one.strip_prefix(SCHEMAS)).collect();
    let mut media: BTreeMap<&str, Media> = BTreeMap::new();
    for Operation { id, body, .. } in operations {
        let Some(Body::Fields { schema, media: own }) = body else { continue };
        let at = named_schema(root, schema)?;
        if media.insert(schema, *own).is_some_and(|other| other != *own) {
            return Err(
                at.error(format!("`{schema}` is the body of `{id}`, and of another operation in another media type"))
            );
        }
        let mut references = BTreeSet::new();
        reach(&at, &mut references)?;
        parts.extend(references.into_iter().filter_map(|one| one.strip_prefix(SCHEMAS)));
    }
    for name in &parts {
        let at = named_schema(root, name)?;
        let is_object = at.get("properties").is_some();
        let mut references = BTreeSet::new();
        reach(&at, &mut references)?;
        if is_object && answers.contains(&*format!("{SCHEMAS}{name}")) {
            return Err(at.error(format!("`{name}` is part of a request and of an answer: write two schemas")));
        }
        if references.contains(&*format!("{SCHEMAS}{name}")) {
            return Err(at.error(format!(
                "`{name}` contains itself: write any JSON (`{{}}`) where it begins again in a request"
            )));
        }
    }
    Ok(parts)
}

/// A client calls one instance and nothing else.
fn no_servers(at: &At<'_>) -> Result<()> {
    match at.get("servers") {
        Some(servers) => Err(servers.error(
            "`servers` applies to the whole document: operations elsewhere are another API, with a spec of its own",
        )),
        None => Ok(()),
    }
}

/// Checks `x-trims`, whose presence is all that it says.
fn read_trims(at: &At<'_>) -> Result<()> {
    match at.as_entries().unwrap_or_default().iter().find(|(key, _)| *key != "x-source") {
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
