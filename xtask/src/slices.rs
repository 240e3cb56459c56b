//! A big API in slices, each with the schemas that its operations need.
//!
//! What is generated of a slice fits into the processor's cache, and slices are generated at the same time:
//! so the time grows with the number of operations, and no faster.

use std::collections::BTreeSet;

use openapiv3::{OpenAPI, Paths};

use crate::document::{Document, Result};
use crate::rewrite::FILE;
use crate::schema::{SCHEMAS, reach};

/// How many paths a slice has: a real API is one.
const PATHS: usize = 32;

/// The slices of `openapi`, into which `document` was rewritten. Each schema is in at least one.
pub(crate) fn slices(document: &Document, mut openapi: OpenAPI) -> Result<Vec<OpenAPI>> {
    if openapi.paths.paths.len() <= PATHS {
        return Ok(vec![openapi]);
    }
    let root = document.root().need("paths")?;
    let mut schemas = openapi.components.as_mut().map(|all| std::mem::take(&mut all.schemas)).unwrap_or_default();
    let mut paths = std::mem::take(&mut openapi.paths.paths).into_iter().peekable();
    let (mut slices, mut used) = (Vec::new(), BTreeSet::new());
    while paths.peek().is_some() {
        let mut slice = openapi.clone();
        let mut reached = BTreeSet::new();
        slice.paths = Paths { paths: paths.by_ref().take(PATHS).collect(), ..Paths::default() };
        for path in slice.paths.paths.keys() {
            reach(&root.need(path)?, &mut reached)?;
        }
        let names = reached.into_iter().filter_map(|reference| reference.strip_prefix(SCHEMAS)).chain([FILE]);
        let names: BTreeSet<_> = names.collect();
        if let Some(components) = &mut slice.components {
            let of_slice = names.iter().filter_map(|name| Some(((*name).to_owned(), schemas.get(*name)?.clone())));
            components.schemas = of_slice.collect();
        }
        used.extend(names);
        slices.push(slice);
    }
    // What no operation uses is generated, too.
    schemas.retain(|name, _| !used.contains(name.as_str()));
    if let Some(components) = slices.first_mut().and_then(|slice| slice.components.as_mut()) {
        components.schemas.extend(schemas);
    }
    Ok(slices)
}
