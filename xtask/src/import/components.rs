//! The named schemas of the spec: their names, and what they contain.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToUpperCamelCase as _;

use super::tree::{Map, Tree};
use crate::lint::refused_value;

/// The start of a reference to a named schema.
const SCHEMAS: &str = "#/components/schemas/";

/// The longest name.
const LONGEST: usize = 100;

/// The endings that the lint keeps for the bodies and answers of operations.
const ENDINGS: [&str; 3] = ["Body", "Response", "Data"];

/// The named schemas.
#[derive(Debug, Default)]
pub(super) struct Components {
    /// Each in its written form, by name.
    trees: BTreeMap<String, Map>,
    names: BTreeSet<String>,
}

impl Components {
    /// Keeps a name for a schema that is added later.
    pub(super) fn reserve(&mut self, name: &str) {
        self.names.insert(name.to_owned());
    }

    /// Returns a name for this text and keeps it, if it is free.
    pub(super) fn free_name(&mut self, text: &str) -> Option<String> {
        let name = shared_name(text);
        (is_name(&name) && self.names.insert(name.clone())).then_some(name)
    }

    /// Changes references, and the names of the schemas that they refer to.
    pub(super) fn rename(&mut self, renames: &BTreeMap<String, String>) {
        let trees = std::mem::take(&mut self.trees);
        for (name, mut tree) in trees {
            tree.replace_texts("$ref", renames);
            let new = renames.get(&reference_text(&name)).and_then(|reference| reference.strip_prefix(SCHEMAS));
            self.trees.insert(new.map_or(name, str::to_owned), tree);
        }
    }

    /// Makes a name free again.
    pub(super) fn release(&mut self, name: &str) {
        self.names.remove(name);
    }

    /// Returns the first of these names that is free, or else the last with a number, and keeps it.
    pub(super) fn name(&mut self, wanted: &[String]) -> String {
        let proper: Vec<_> = wanted.iter().map(|name| shared_name(name)).collect();
        let last = proper.last().cloned().unwrap_or_default();
        let numbered = (2..1000).map(|number| pascal_case(&format!("{last}{number}")));
        let neutral = (1..10_000).map(|number| format!("Schema{number}"));
        let free =
            proper.into_iter().chain(numbered).chain(neutral).find(|name| !self.names.contains(name) && is_name(name));
        let name = free.unwrap_or(last);
        self.names.insert(name.clone());
        name
    }

    /// Returns a name for an answer that operations share, and keeps it. An operation may have an answer of the same name.
    pub(super) fn shared_answer(&mut self, stem: &str) -> String {
        // The name must keep its ending.
        let stem = &stem[..stem.len().min(LONGEST - "SharedResponse999".len())];
        let plain = [stem.to_owned(), format!("Shared{stem}")].into_iter();
        let numbered = (2..1000).map(|number| format!("Shared{stem}{number}"));
        let mut names = plain.chain(numbered).map(|stem| pascal_case(&format!("{stem}Response")));
        names.find(|name| self.names.insert(name.clone())).unwrap_or_default()
    }

    pub(super) fn add(&mut self, name: &str, tree: Map) {
        self.trees.insert(name.to_owned(), tree);
    }

    pub(super) fn get(&self, name: &str) -> Option<&Map> {
        self.trees.get(name)
    }

    /// Returns the schema that a reference names.
    pub(super) fn referred(&self, reference: &str) -> Option<&Map> {
        self.get(reference.strip_prefix(SCHEMAS)?)
    }

    /// Returns the schemas that a value refers to, at any depth.
    pub(super) fn reached(&self, from: &[&Tree]) -> BTreeSet<String> {
        let mut reached = BTreeSet::new();
        let mut open = Vec::new();
        let collect = |tree: &Tree, open: &mut Vec<String>| {
            tree.each_text("$ref", &mut |reference| {
                open.extend(reference.strip_prefix(SCHEMAS).map(str::to_owned));
            });
        };
        for tree in from {
            collect(tree, &mut open);
        }
        while let Some(name) = open.pop() {
            if let Some(map) = self.trees.get(&name)
                && reached.insert(name)
            {
                for entry in &map.entries {
                    collect(&entry.value, &mut open);
                }
            }
        }
        reached
    }
}

/// Returns a reference to a named schema.
pub(super) fn reference(name: &str) -> Map {
    Map::new().with("$ref", reference_text(name))
}

/// Returns the text of a reference to a named schema.
pub(super) fn reference_text(name: &str) -> String {
    format!("{SCHEMAS}{name}")
}

/// Returns a text in `PascalCase`, with only letters and digits of ASCII.
pub(super) fn pascal_case(text: &str) -> String {
    let ascii: String = text.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' }).collect();
    let mut name = ascii.to_upper_camel_case();
    name.truncate(LONGEST);
    // A second pass can join what the first has separated.
    for _ in 0..4 {
        let again = name.to_upper_camel_case();
        if again == name {
            break;
        }
        name = again;
    }
    name
}

/// Returns what the names of the schemas within a body or an answer begin with.
pub(super) fn stem_of(name: &str) -> &str {
    let stem = ENDINGS.iter().find_map(|ending| name.strip_suffix(ending));
    stem.filter(|stem| !stem.is_empty()).unwrap_or(name)
}

/// Returns the name of a schema that is not the body or the answer of an operation.
fn shared_name(text: &str) -> String {
    let name = pascal_case(text);
    if ENDINGS.iter().any(|ending| name.ends_with(ending)) { format!("{name}Object") } else { name }
}

fn is_name(name: &str) -> bool {
    name != "Default" && refused_value(name).is_none() && syn::parse_str::<syn::Ident>(name).is_ok()
}

#[cfg(test)]
mod tests {
    use super::Components;

    #[test]
    fn names_are_in_pascal_case_unique_and_leave_the_endings_of_operations_alone() {
        let mut components = Components::default();
        components.reserve("ErrorResponse");
        let mut name = |wanted: &[&str]| components.name(&wanted.iter().map(ToString::to_string).collect::<Vec<_>>());
        assert_eq!(name(&["messaging.v1.service"]), "MessagingV1Service");
        assert_eq!(name(&["MessagingV1Service", "Input"]), "Input");
        assert_eq!(name(&["MessagingV1Service"]), "MessagingV1Service2");
        assert_eq!(name(&["error_response"]), "ErrorResponseObject");
        assert_eq!(name(&["Default", "2fa", "ação"]), "Ao");
        assert_eq!(name(&["Self", "日本", "Fallback"]), "Fallback");
    }
}
