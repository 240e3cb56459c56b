//! What a schema without a description is: the body or the answer of an operation, or a part of one.

use std::collections::{BTreeMap, BTreeSet};

use super::components::{Components, reference_text};
use super::operation::Operation;
use super::schemas::{ANSWER, REQUEST};
use super::tree::{Map, Tree};

/// The roles of schemas by their names.
#[derive(Debug, Default)]
pub(super) struct Roles(BTreeMap<String, Role>);

#[derive(Debug)]
struct Role {
    /// Whether it is not just a part.
    is_whole: bool,
    what: &'static str,
    /// The first operation.
    id: String,
    /// Whether there are others.
    has_others: bool,
}

impl Roles {
    /// Adds an operation of this id.
    pub(super) fn add(&mut self, id: &str, operation: &Operation, components: &Components) {
        let body = operation.rest.get("requestBody");
        let answer = operation.rest.get("responses").and_then(|all| match all {
            Tree::Map(all) => all.get("2XX"),
            _ => None,
        });
        for (what, tree) in [("body", body), ("answer", answer)] {
            let Some(tree) = tree else { continue };
            let mut references = BTreeSet::new();
            tree.each_text("$ref", &mut |text| {
                references.insert(text);
            });
            for name in components.reached(&[tree]) {
                let is_whole = references.contains(&*reference_text(&name));
                self.0
                    .entry(name)
                    .and_modify(|role| {
                        if is_whole && !role.is_whole {
                            *role = Role { is_whole, what, id: id.to_owned(), has_others: false };
                        } else if is_whole == role.is_whole {
                            role.has_others |= role.id != id;
                        }
                    })
                    .or_insert_with(|| Role { is_whole, what, id: id.to_owned(), has_others: false });
            }
        }
    }

    /// Gives a schema that has no description of its own one that names its operation.
    pub(super) fn describe(&self, name: &str, schema: &mut Map) {
        let Some(Role { is_whole, what, id, has_others }) = self.0.get(name) else { return };
        let is_default = schema.text("description").is_some_and(|text| [REQUEST, ANSWER].contains(&text));
        if let Some(description) = schema.get_mut("description").filter(|_| is_default) {
            let what = if *is_whole { format!("The {what}") } else { format!("A part of the {what}") };
            let others = if *has_others { " and other operations" } else { "" };
            *description = Tree::from(format!("{what} of `{id}`{others}."));
        }
    }
}
