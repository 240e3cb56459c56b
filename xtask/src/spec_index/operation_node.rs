//! The operations of a document, as far as they can be read: a spec under lint or review can be wrong.

use std::borrow::Cow;

use super::node_kind::METHODS;
use super::reference::target;
use crate::document::At;

/// An operation, with its method and path.
#[derive(Debug)]
pub(crate) struct OperationNode<'d> {
    pub at: At<'d>,
    /// The value of the path, which contains the operation.
    pub item: At<'d>,
    /// The path in the document, with its fragment.
    pub path: &'d str,
    /// The HTTP method in lower case.
    pub method: &'d str,
    pub id: Option<&'d str>,
}

impl<'d> OperationNode<'d> {
    /// Returns the operations of a document in their order.
    pub(crate) fn all(root: &At<'d>) -> Vec<Self> {
        let paths = root.get("paths").and_then(|at| at.as_entries()).unwrap_or_default();
        let operations = paths.into_iter().flat_map(|(path, item)| {
            let entries = item.as_entries().unwrap_or_default().into_iter();
            let operations = entries.filter(|(method, _)| METHODS.contains(method)).map(move |(method, at)| {
                let id = at.get_text("operationId").ok().flatten();
                Self { at, item: item.clone(), path, method, id }
            });
            operations.collect::<Vec<_>>()
        });
        operations.collect()
    }

    /// Returns the id, or the request line of an operation without an id.
    pub(crate) fn name(&self) -> Cow<'d, str> {
        self.id.map_or_else(|| Cow::Owned(self.request_line()), Cow::Borrowed)
    }

    /// Returns the method in upper case and the path.
    pub(crate) fn request_line(&self) -> String {
        format!("{} {}", self.method.to_uppercase(), self.path)
    }

    /// Returns the parameters, those of the path first, each with its location and name: `query page`.
    pub(crate) fn named_parameters(&self) -> Vec<(String, At<'d>)> {
        let name = |parameter: &At<'_>| {
            let parameter = target(parameter);
            let word = |key| parameter.get_text(key).ok().flatten().unwrap_or("?");
            format!("{} {}", word("in"), word("name"))
        };
        self.parameter_nodes().map(|at| (name(&at), at)).collect()
    }

    /// Returns the parameters, those of the path first. Leaves out references that cannot be resolved.
    pub(crate) fn parameters(&self) -> Vec<At<'d>> {
        self.parameter_nodes().filter_map(|at| at.resolve().ok()).collect()
    }

    fn parameter_nodes(&self) -> impl Iterator<Item = At<'d>> {
        [&self.item, &self.at].into_iter().filter_map(|at| at.get("parameters")?.as_items()).flatten()
    }

    /// Returns the schema of an answer, with references unresolved.
    pub(crate) fn answer(&self, status: &str) -> Option<At<'d>> {
        let answer = self.at.get("responses")?.get(status)?.resolve().ok()?;
        answer.get("content")?.get("application/json")?.get("schema")
    }

    /// Returns the schema of the form, with references unresolved.
    pub(crate) fn form(&self) -> Option<At<'d>> {
        let body = self.at.get("requestBody")?.resolve().ok()?;
        let (_, media) = body.get("content")?.as_entries()?.into_iter().next()?;
        media.get("schema")
    }
}
