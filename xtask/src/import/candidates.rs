//! The operations of a document, each with the id that it gets in the spec.

use super::finding::Finding;
use super::ids::{Ids, snake_case};
use super::source::Source;
use crate::document::At;
use crate::spec_index::METHODS;

/// Which operations are imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selection {
    /// All that the document has.
    All,
    /// These, by the id of the document or of the spec.
    Ids(Vec<String>),
}

/// An operation of the document.
#[derive(Clone, Debug)]
pub(super) struct Candidate<'d> {
    /// The id in the spec.
    pub id: String,
    /// The id in the document.
    own_id: Option<&'d str>,
    pub method: &'d str,
    pub path: &'d str,
    pub item: At<'d>,
    pub at: At<'d>,
}

impl Candidate<'_> {
    /// Whether the operation only reads, as far as its method tells.
    pub(super) fn is_read(&self) -> bool {
        matches!(self.method, "get" | "head" | "options" | "trace")
    }

    /// Returns the method and the path.
    pub(super) fn request_line(&self) -> String {
        format!("{} {}", self.method.to_uppercase(), self.path)
    }
}

/// Returns all operations in the order of the document, and the paths that cannot be read.
pub(super) fn candidates(source: &Source) -> (Vec<Candidate<'_>>, Vec<Finding>) {
    let mut found = Vec::new();
    let mut unread = Vec::new();
    for (path, item) in source.root().get("paths").and_then(|at| at.as_entries()).unwrap_or_default() {
        let resolved = match super::reference::resolve(&item) {
            Ok(item) => item,
            Err(finding) => {
                unread.push(finding);
                continue;
            }
        };
        if !item.is(&resolved) {
            let beside = item.as_entries().unwrap_or_default();
            let is_lost = |key: &str| METHODS.contains(&key) || ["parameters", "servers"].contains(&key);
            let lost = beside.into_iter().filter(|(key, _)| is_lost(key));
            unread.extend(lost.map(|(key, at)| Finding::at(&at, format!("`{key}` beside a `$ref` is not read"))));
        }
        let entries = resolved.as_entries().unwrap_or_default();
        for (method, at) in entries.into_iter().filter(|(method, _)| METHODS.contains(method)) {
            if at.as_entries().is_none() {
                unread.push(Finding::at(&at, "an operation is a mapping"));
                continue;
            }
            let own_id = at.get("operationId").and_then(|at| at.as_text());
            found.push(Candidate { id: String::new(), own_id, method, path, item: resolved.clone(), at });
        }
    }
    let mut ids = Ids::default();
    // Those with an id first, so that they keep it.
    for with_id in [true, false] {
        for candidate in found.iter_mut().filter(|one| one.own_id.is_some() == with_id) {
            candidate.id = ids.choose(candidate.own_id, candidate.method, candidate.path);
        }
    }
    (found, unread)
}

/// Whether the document still has the operation with this id.
pub(super) fn still_there(all: &[Candidate<'_>], id: &str) -> bool {
    all.iter().any(|one| is(one, id))
}

fn is(candidate: &Candidate<'_>, id: &str) -> bool {
    candidate.id == id || candidate.own_id == Some(id)
}

/// How similar ids are of which one can be a misspelling of the other.
const NEAR: f64 = 0.85;

/// Returns the selected operations. Their ids are written as in the document or as in the spec.
pub(super) fn chosen<'d>(all: &[Candidate<'d>], selection: &Selection) -> Result<Vec<Candidate<'d>>, Vec<String>> {
    let ids = match selection {
        Selection::All => return Ok(all.to_vec()),
        Selection::Ids(ids) if ids.iter().any(|id| id.trim().is_empty()) => {
            return Err(vec!["`--operations` has an empty id".to_owned()]);
        }
        Selection::Ids(ids) => ids,
    };
    let unknown: Vec<_> = ids.iter().filter(|id| !all.iter().any(|one| is(one, id))).collect();
    if unknown.is_empty() {
        return Ok(all.iter().filter(|one| ids.iter().any(|id| is(one, id))).cloned().collect());
    }
    let message = |id: &&String| {
        let words = snake_case(id);
        let is_near = |one: &&Candidate<'_>| {
            let is_part = !words.is_empty() && (one.id.contains(&words) || words.contains(&one.id));
            is_part || strsim::jaro_winkler(&one.id, &words) > NEAR
        };
        let near: Vec<_> = all.iter().filter(is_near).take(5).map(|one| format!("`{}`", one.id)).collect();
        let help =
            if near.is_empty() { "`--list` lists the ids".to_owned() } else { format!("there is {}", near.join(", ")) };
        format!("the document has no operation `{id}`; {help}")
    };
    Err(unknown.iter().map(message).collect())
}

/// An operation in a list of those that a document has.
#[derive(Debug)]
pub struct Listed {
    /// The id in the spec.
    pub id: String,
    /// The method and the path in the document.
    pub request_line: String,
    /// Whether it is taken for a read.
    pub is_read: bool,
}

/// Returns the paths and operations of a document that cannot be read, and so have no id.
#[must_use]
pub fn unread(source: &Source) -> Vec<Finding> {
    candidates(source).1
}

/// Returns the operations of a document.
#[must_use]
pub fn listed(source: &Source) -> Vec<Listed> {
    let (candidates, _) = candidates(source);
    let listed = candidates.iter().map(|one| Listed {
        id: one.id.clone(),
        request_line: one.request_line(),
        is_read: one.is_read(),
    });
    listed.collect()
}
