//! The operations of a document, as far as they can be made out: a spec under review may be wrong.

use super::spec_diff::target;
use crate::document::At;
use crate::spec_index::METHODS;

/// An operation.
pub(crate) struct Operation<'d> {
    /// `operationId`, or method and path where it is missing.
    pub(crate) id: String,
    /// HTTP method, upper case.
    pub(crate) method: String,
    /// Path as in the document, with the fragment.
    pub(crate) key: &'d str,
    pub(crate) at: At<'d>,
    /// Its parameters and its path's, each by place and name: `query page`.
    pub(crate) parameters: Vec<(String, At<'d>)>,
}

impl Operation<'_> {
    pub(crate) fn request_line(&self) -> String {
        format!("{} {}", self.method, self.key)
    }
}

pub(crate) fn operations<'d>(root: &At<'d>) -> Vec<Operation<'d>> {
    let mut found = Vec::new();
    for (key, item) in root.get("paths").and_then(|at| at.entries().ok()).unwrap_or_default() {
        for (method, at) in item.entries().unwrap_or_default() {
            if !METHODS.contains(&method) {
                continue;
            }
            let method = method.to_uppercase();
            let id = at.get_text("operationId").ok().flatten().map_or_else(|| format!("{method} {key}"), str::to_owned);
            let lists = [item.get("parameters"), at.get("parameters")];
            let parameters = lists.iter().flatten().flat_map(|list| list.items().unwrap_or_default());
            let parameters = parameters.map(|at| (name(&at), at)).collect();
            found.push(Operation { id, method, key, at, parameters });
        }
    }
    found
}

fn name(parameter: &At<'_>) -> String {
    let parameter = target(parameter);
    let word = |key| parameter.get_text(key).ok().flatten().unwrap_or("?");
    format!("{} {}", word("in"), word("name"))
}
