//! Divides a big API into shards, some of operations and some of the schemas of answers.
//!
//! The time that progenitor takes grows faster than the API. With shards of a fixed size it grows with the number of
//! operations. Callers never build answers, so progenitor makes no builders for a shard of them. An API whose schemas
//! refer to each other in a cycle is one shard.

use std::collections::BTreeSet;

use openapiv3::{AnySchema, Components, OpenAPI, Paths, ReferenceOr, Schema, SchemaData, SchemaKind};

use crate::document::{At, Document, Result};
use crate::model::{Api, Pagination};
use crate::rewrite::FILE;
use crate::schema::{SCHEMAS, named_schema, reach, unwrapped};

/// The most paths in a shard of operations. A real API is two or three shards.
const PATHS: usize = 8;

/// The most schemas in a shard of answers.
const ANSWERS: usize = 16;

/// A part of an API that is generated with one call of progenitor.
#[derive(Clone, Debug)]
pub(crate) struct Shard {
    pub(crate) openapi: OpenAPI,
    /// The schemas that it names and another shard generates. It holds only their names.
    pub(crate) elsewhere: BTreeSet<String>,
    /// Whether it has neither operations nor schemas that need a builder.
    pub(crate) of_answers: bool,
}

/// Returns the shards of `openapi`, into which `document` was rewritten and from which `api` was read. The shards of
/// operations come first. Each schema is generated in at least one shard.
pub(crate) fn shards(document: &Document, api: &Api, mut openapi: OpenAPI) -> Result<Vec<Shard>> {
    let root = document.root();
    if has_cycle(&root)? {
        return Ok(vec![Shard { openapi, elsewhere: BTreeSet::new(), of_answers: false }]);
    }
    let schemas = openapi.components.as_mut().map(|all| std::mem::take(&mut all.schemas)).unwrap_or_default();
    let mut paths = std::mem::take(&mut openapi.paths.paths).into_iter();
    let shard = |paths: Option<Paths>, needed: &BTreeSet<&str>, is_elsewhere: &dyn Fn(&str) -> bool| {
        let of_answers = paths.is_none();
        let mut openapi = OpenAPI { paths: paths.unwrap_or_default(), ..openapi.clone() };
        let components = openapi.components.get_or_insert_default();
        if of_answers {
            *components = Components::default();
        }
        let (elsewhere, here): (Vec<&str>, Vec<&str>) = needed.iter().partition(|name| is_elsewhere(name));
        let copy = |name: &str| Some((name.to_owned(), schemas.get(name)?.clone()));
        components.schemas = here.into_iter().filter_map(copy).collect();
        components.schemas.extend(elsewhere.iter().map(|name| ((*name).to_owned(), nothing())));
        Shard { openapi, elsewhere: elsewhere.into_iter().map(str::to_owned).collect(), of_answers }
    };

    // The types around the pages of an operation are generated with it: its code takes the items out of them.
    let paged = around_pages(&root, api)?;
    let answers: BTreeSet<_> = api.answers.iter().map(String::as_str).filter(|name| !paged.contains(name)).collect();
    let count = paths.len().div_ceil(PATHS).max(1);
    let each = paths.len().div_ceil(count);
    let (mut parts, mut used) = (Vec::new(), BTreeSet::from([FILE]));
    for _ in 0..count {
        let paths = Paths { paths: paths.by_ref().take(each).collect(), ..Paths::default() };
        let mut needed = BTreeSet::new();
        for path in paths.paths.keys() {
            reach(&root.need("paths")?.need(path)?, &mut needed)?;
        }
        let needed: BTreeSet<_> = names(needed).chain([FILE]).collect();
        used.extend(&needed);
        parts.push((paths, needed));
    }
    // Schemas that no operation uses are generated as well, with those that they need.
    let unused = schemas.keys().map(String::as_str).filter(|name| !used.contains(name));
    parts[0].1.extend(reached(&root, unused)?);
    let of_operations = |(paths, needed)| shard(Some(paths), &needed, &|name| answers.contains(name));
    let mut shards: Vec<_> = parts.into_iter().map(of_operations).collect();
    for own in answers.iter().copied().collect::<Vec<_>>().chunks(ANSWERS) {
        let is_elsewhere = |name: &str| api.answers.contains(name) && !own.contains(&name);
        shards.push(shard(None, &reached(&root, own.iter().copied())?, &is_elsewhere));
    }
    Ok(shards)
}

/// Returns these schemas, and all that they refer to.
fn reached<'d>(root: &At<'d>, schemas: impl Iterator<Item = &'d str>) -> Result<BTreeSet<&'d str>> {
    let (mut own, mut references) = (BTreeSet::new(), BTreeSet::new());
    for name in schemas {
        own.insert(name);
        reach(&named_schema(root, name)?, &mut references)?;
    }
    own.extend(names(references));
    Ok(own)
}

/// Returns the schemas of answers on the way to the items of a page.
fn around_pages<'d>(root: &At<'d>, api: &Api) -> Result<BTreeSet<&'d str>> {
    let mut names = BTreeSet::new();
    for operation in &api.operations {
        let Some(answer) = operation.answer.object() else { continue };
        for path in operation.pagination.iter().flat_map(Pagination::paths) {
            let mut schema = named_schema(root, answer)?;
            for step in path {
                names.extend(schema.keys_outwards().next());
                schema = unwrapped(&schema.need("properties")?.need(step)?)?;
            }
        }
    }
    Ok(names)
}

/// Returns the names in references to schemas.
fn names(references: BTreeSet<&str>) -> impl Iterator<Item = &str> {
    references.into_iter().filter_map(|one| one.strip_prefix(SCHEMAS))
}

/// Returns a placeholder for a schema in another shard.
fn nothing() -> ReferenceOr<Schema> {
    let schema_kind = SchemaKind::Any(AnySchema::default());
    ReferenceOr::Item(Schema { schema_data: SchemaData::default(), schema_kind })
}

/// Returns whether a schema refers to itself, directly or through others. Which of these references typify boxes depends
/// on the order in which it meets the types, and so on what else is in the shard.
fn has_cycle(root: &At<'_>) -> Result<bool> {
    let schemas = root.get("components").and_then(|at| at.get("schemas"));
    schemas.map_or(Ok(false), |schemas| leads_back(&schemas, &mut Vec::new(), &mut BTreeSet::new()))
}

/// Returns whether a reference in `at`, or behind one, leads back to one on the way there. It follows none twice.
fn leads_back<'d>(at: &At<'d>, way: &mut Vec<&'d str>, followed: &mut BTreeSet<&'d str>) -> Result<bool> {
    for value in at.walk() {
        let Some(reference) = value.get_text("$ref")? else { continue };
        if way.contains(&reference) {
            return Ok(true);
        }
        if followed.insert(reference) {
            way.push(reference);
            if leads_back(&value.resolve()?, way, followed)? {
                return Ok(true);
            }
            way.pop();
        }
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::read;
    use crate::rewrite::rewrite;

    /// Every path once and in its order, every schema at least once, and all that a shard's schemas name.
    #[test]
    fn nothing_is_lost() {
        // A schema that no operation uses needs one that the last operation uses.
        let spec = include_str!("../../specs/externalapi.yaml");
        let unused = "  schemas:\n    Unused:\n      type: object\n      properties:\n        of_last: { $ref: \"#/components/schemas/SendMessageBody\" }\n";
        let spec = spec.replacen("  schemas:\n", unused, 1);
        let document = Document::parse("spec", &spec).expect("it is YAML");
        let whole = rewrite(&document).expect("it is right");
        let api = read(&document).expect("it is right");
        let shards = shards(&document, &api, whole.clone()).expect("it is right");
        assert!(shards.len() > 1, "the spec is big enough for this test");

        let paths = |openapi: &OpenAPI| openapi.paths.paths.keys().cloned().collect::<Vec<_>>();
        assert_eq!(shards.iter().flat_map(|shard| paths(&shard.openapi)).collect::<Vec<_>>(), paths(&whole));
        let schemas = |openapi: &OpenAPI| -> BTreeSet<String> {
            openapi.components.iter().flat_map(|all| all.schemas.keys().cloned()).collect()
        };
        let here = |shard: &Shard| -> BTreeSet<_> { &schemas(&shard.openapi) - &shard.elsewhere };
        assert_eq!(shards.iter().flat_map(here).collect::<BTreeSet<_>>(), schemas(&whole));
        for shard in &shards {
            let (has, json) = (schemas(&shard.openapi), serde_json::to_string(&shard.openapi).expect("it is JSON"));
            let named = json.split(SCHEMAS).skip(1).filter_map(|rest| rest.split('"').next());
            named.for_each(|name| assert!(has.contains(name), "{name}"));
        }
    }

    /// In two shards the types of a cycle might have their boxes in different places.
    #[test]
    fn a_cycle_of_schemas_is_not_cut() {
        let spec = |nest: &str| {
            let schema = |name, of| {
                format!(
                    "    {name}:\n      type: object\n      properties:\n        of: {{ $ref: \"{SCHEMAS}{of}\" }}\n"
                )
            };
            let schemas = schema("Nest", nest) + &schema("Bird", "Nest");
            let spec = include_str!("../../specs/externalapi.yaml");
            let spec = spec.replacen("  schemas:\n", &format!("  schemas:\n{schemas}"), 1);
            Document::parse("spec", &spec).expect("it is YAML")
        };
        let count = |document: &Document| {
            let whole = rewrite(document).expect("it is right");
            shards(document, &read(document).expect("it is right"), whole).expect("it is right").len()
        };
        assert_eq!(count(&spec("Bird")), 1);
        assert!(count(&spec("ErrorResponse")) > 1, "without a cycle it is cut");
    }
}
