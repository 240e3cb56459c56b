//! A big API in slices, each with the schemas that its operations need.
//!
//! What is generated of a slice fits into the processor's cache, and slices are generated at the same time:
//! so the time grows with the number of operations, and no faster. An API whose schemas refer to each other in a cycle
//! is one slice.

use std::collections::BTreeSet;

use openapiv3::{OpenAPI, Paths};

use crate::document::{At, Document, Result};
use crate::read::named_schema;
use crate::rewrite::FILE;
use crate::schema::{SCHEMAS, reach};

/// How many paths a slice has at most: a real API is two or three.
const PATHS: usize = 8;

/// The slices of `openapi`, into which `document` was rewritten. Each schema is in at least one.
pub(crate) fn slices(document: &Document, mut openapi: OpenAPI) -> Result<Vec<OpenAPI>> {
    let count = openapi.paths.paths.len().div_ceil(PATHS);
    let root = document.root();
    if count < 2 || has_cycle(&root)? {
        return Ok(vec![openapi]);
    }
    let each = openapi.paths.paths.len().div_ceil(count);
    let schemas = openapi.components.as_mut().map(|all| std::mem::take(&mut all.schemas)).unwrap_or_default();
    let mut paths = std::mem::take(&mut openapi.paths.paths).into_iter().peekable();
    let (mut slices, mut used) = (Vec::new(), BTreeSet::from([FILE]));
    while paths.peek().is_some() {
        let mut slice = openapi.clone();
        slice.paths = Paths { paths: paths.by_ref().take(each).collect(), ..Paths::default() };
        let mut reached = BTreeSet::new();
        for path in slice.paths.paths.keys() {
            reach(&root.need("paths")?.need(path)?, &mut reached)?;
        }
        let needed: BTreeSet<_> =
            reached.into_iter().filter_map(|one| one.strip_prefix(SCHEMAS)).chain([FILE]).collect();
        used.extend(&needed);
        slices.push((slice, needed));
    }
    // What no operation uses is generated, too, with what it needs.
    for unused in schemas.keys().filter(|name| !used.contains(name.as_str())) {
        let mut reached = BTreeSet::new();
        reach(&named_schema(&root, unused)?, &mut reached)?;
        let needed = reached.into_iter().filter_map(|one| one.strip_prefix(SCHEMAS)).chain([unused.as_str()]);
        slices[0].1.extend(needed);
    }
    let with_schemas = |(mut slice, needed): (OpenAPI, BTreeSet<&str>)| {
        if let Some(components) = &mut slice.components {
            let needed = needed.iter().filter_map(|name| Some(((*name).to_owned(), schemas.get(*name)?.clone())));
            components.schemas = needed.collect();
        }
        slice
    };
    Ok(slices.into_iter().map(with_schemas).collect())
}

/// Whether a schema refers to itself, perhaps by way of others. Which reference on the way is boxed goes by the order
/// in which typify meets the types, and so by what else is in the slice.
fn has_cycle(root: &At<'_>) -> Result<bool> {
    let schemas = root.get("components").and_then(|at| at.get("schemas")).map_or(Ok(Vec::new()), |at| at.entries())?;
    for (name, at) in schemas {
        let mut reached = BTreeSet::new();
        reach(&at, &mut reached)?;
        if reached.into_iter().any(|one| one.strip_prefix(SCHEMAS) == Some(name)) {
            return Ok(true);
        }
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rewrite::rewrite;

    /// Every path once and in its order, every schema at least once, and all that a slice's schemas name.
    #[test]
    fn nothing_is_lost() {
        // A schema that no operation uses needs one that the last operation uses.
        let spec = include_str!("../../specs/externalapi.yaml");
        let unused = "  schemas:\n    Unused:\n      type: object\n      properties:\n        of_last: { $ref: \"#/components/schemas/SendMessageBody\" }\n";
        let spec = spec.replacen("  schemas:\n", unused, 1);
        let document = Document::parse("spec", &spec).expect("it is YAML");
        let whole = rewrite(&document).expect("it is right");
        let slices = slices(&document, whole.clone()).expect("it is right");
        assert!(slices.len() > 1, "the spec is big enough for this test");

        let paths = |openapi: &OpenAPI| openapi.paths.paths.keys().cloned().collect::<Vec<_>>();
        assert_eq!(slices.iter().flat_map(paths).collect::<Vec<_>>(), paths(&whole));
        let schemas = |openapi: &OpenAPI| -> BTreeSet<String> {
            openapi.components.iter().flat_map(|all| all.schemas.keys().cloned()).collect()
        };
        assert_eq!(slices.iter().flat_map(schemas).collect::<BTreeSet<_>>(), schemas(&whole));
        for slice in &slices {
            let (has, json) = (schemas(slice), serde_json::to_string(slice).expect("it is JSON"));
            let named = json.split(SCHEMAS).skip(1).filter_map(|rest| rest.split('"').next());
            named.for_each(|name| assert!(has.contains(name), "{name}"));
        }
    }

    /// In two slices the types of a cycle might have their boxes in different places.
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
            slices(document, whole).expect("it is right").len()
        };
        assert_eq!(count(&spec("Bird")), 1);
        assert!(count(&spec("ErrorResponse")) > 1, "without a cycle it is cut");
    }
}
