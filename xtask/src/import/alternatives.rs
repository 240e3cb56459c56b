//! `oneOf` and `anyOf`: which of them a spec can express.

use std::collections::BTreeSet;

use super::finding::{Finding, Result};
use super::flat::{Flat, flatten};
use super::json_type::Type;
use crate::document::At;

/// What several alternatives become.
#[derive(Debug)]
pub(super) enum Alternatives<'d> {
    /// Nothing, or conditions that are not expressed.
    None,
    /// One of these scalars.
    Scalars(BTreeSet<Type>),
    /// Objects, of which one has the value's properties.
    Objects(Vec<Flat<'d>>),
    /// A list, or one of its items.
    ListOrItem(Box<Flat<'d>>),
    /// Values of other shapes.
    Mixed,
}

/// Settles the `oneOf` and `anyOf` of a schema. A group with a single real alternative is merged into the schema.
pub(super) fn settle<'d>(flat: &mut Flat<'d>) -> Result<Alternatives<'d>> {
    let mut search = Search::default();
    let settled = search.settle(flat);
    flat.settled += search.count;
    settled
}

/// How deeply alternatives are within alternatives at most.
const DEEPEST: usize = 20;

/// The most alternatives of one value, with those within them.
const MOST_ALTERNATIVES: usize = 2000;

/// The alternatives that are being settled.
#[derive(Default)]
struct Search {
    /// The schemas around the current one, and itself.
    open: Vec<usize>,
    depth: usize,
    count: usize,
}

impl Search {
    fn settle<'d>(&mut self, flat: &mut Flat<'d>) -> Result<Alternatives<'d>> {
        if self.depth >= DEEPEST {
            let reason = format!("`oneOf` and `anyOf` within each other, more than {DEEPEST} levels deep");
            return Err(Finding::at(&flat.at, reason));
        }
        let outer = self.open.len();
        self.open.extend(flat.schemas());
        self.depth += 1;
        let settled = self.settle_groups(flat);
        self.depth -= 1;
        self.open.truncate(outer);
        settled
    }

    fn settle_groups<'d>(&mut self, flat: &mut Flat<'d>) -> Result<Alternatives<'d>> {
        let mut result = Alternatives::None;
        let mut merged = 0;
        while let Some(group) = flat.alternatives.pop() {
            self.count += group.len();
            if self.count > MOST_ALTERNATIVES {
                let reason =
                    format!("more than {MOST_ALTERNATIVES} alternatives in `oneOf` and `anyOf` within each other");
                return Err(Finding::at(&flat.at, reason));
            }
            let mut real = Vec::new();
            for alternative in &group {
                let inner = flatten(alternative, std::slice::from_ref(alternative))?;
                flat.nullable |= inner.nullable;
                // A schema that is an alternative of itself adds nothing the second time.
                let is_open = inner.schemas().next().is_some_and(|schema| self.open.contains(&schema));
                if !is_open && !is_null(alternative) {
                    real.push((alternative, inner));
                }
            }
            // Alternatives such as `required: [a]` and `required: [b]` are conditions on what is described beside them.
            if real.iter().all(|(_, inner)| inner.types.is_empty() && inner.alternatives.is_empty()) {
                if !real.is_empty() {
                    flat.unexpressed.push("anyOf".to_owned());
                }
                continue;
            }
            if let [(one, _)] = real.as_slice()
                && merged < MOST_MERGED
            {
                merged += 1;
                flat.absorb(std::slice::from_ref(*one))?;
                continue;
            }
            let inner = real.into_iter().map(|(_, inner)| inner).collect();
            result =
                if matches!(result, Alternatives::None) { self.several(flat, inner)? } else { Alternatives::Mixed };
        }
        Ok(result)
    }

    fn several<'d>(&mut self, flat: &mut Flat<'d>, mut inner: Vec<Flat<'d>>) -> Result<Alternatives<'d>> {
        let mut scalars = BTreeSet::new();
        let (mut objects, mut lists, mut others) = (Vec::new(), Vec::new(), false);
        let mut values = Some(Vec::new());
        for mut one in inner.drain(..) {
            let nested = self.settle(&mut one)?;
            match (nested, one.values.take()) {
                (Alternatives::Scalars(types), _) => {
                    scalars.extend(types);
                    values = None;
                }
                (Alternatives::None, listed)
                    if !one.types.is_empty() && one.types.iter().all(|kind| kind.is_scalar()) =>
                {
                    scalars.extend(&one.types);
                    match (&mut values, listed) {
                        (Some(values), Some(listed)) => values.extend(listed),
                        _ => values = None,
                    }
                }
                (Alternatives::None, _) if one.only_type() == Some(Type::Object) => objects.push(one),
                (Alternatives::None, _) if one.only_type() == Some(Type::Array) => lists.push(one),
                (Alternatives::Objects(more), _) => objects.extend(more),
                _ => others = true,
            }
        }
        others |= lists.len() > 1;
        Ok(match (scalars.is_empty(), objects.is_empty(), lists.pop(), others) {
            (false, true, None, false) => {
                if scalars.len() == 1 {
                    flat.values = flat.values.take().or(values);
                }
                Alternatives::Scalars(scalars)
            }
            (true, false, None, false) => Alternatives::Objects(objects),
            (false, true, Some(list), false) => Alternatives::ListOrItem(Box::new(list)),
            _ => Alternatives::Mixed,
        })
    }
}

/// The most groups with a single alternative within each other.
const MOST_MERGED: usize = 50;

/// Whether a schema allows only null.
fn is_null(at: &At<'_>) -> bool {
    let is_null_word = |at: &At<'_>| at.as_text() == Some("null");
    let kind = at.get("type");
    kind.is_some_and(|kind| is_null_word(&kind) || kind.as_items().is_some_and(|all| all.iter().all(is_null_word)))
        || at.get("const").is_some_and(|at| at.as_scalar().is_some_and(serde_json::Value::is_null))
}
