//! Objects without a name in the document: identical ones become one schema.

use std::collections::{BTreeMap, BTreeSet};

use super::components::{Components, reference_text};
use super::place::Place;
use super::tree::Map;

/// The objects without a name in the document, by what they contain and how they are used.
#[derive(Debug, Default)]
pub(super) struct InlineObjects {
    by_content: BTreeMap<String, Inline>,
}

#[derive(Debug)]
struct Inline {
    name: String,
    uses: usize,
    /// The names of the properties that are such an object.
    properties: BTreeSet<String>,
}

impl InlineObjects {
    /// Returns the name of an object that was to be called `name`: that of the first identical one.
    pub(super) fn name(&mut self, name: &str, object: &Map, place: Place<'_>, components: &mut Components) -> String {
        let inline = self.by_content.entry(format!("{:?} {object:?}", place.usage));
        let first = inline.or_insert_with(|| Inline { name: name.to_owned(), uses: 0, properties: BTreeSet::new() });
        first.uses += 1;
        first.properties.insert(place.name.to_owned());
        if first.name != name {
            components.release(name);
        }
        first.name.clone()
    }

    /// Gives the objects with several uses the name of their property, if it is the same each time and is free.
    ///
    /// Returns the old and the new references.
    pub(super) fn renames(&self, components: &mut Components) -> BTreeMap<String, String> {
        let mut renames = BTreeMap::new();
        for one in self.by_content.values().filter(|one| one.uses > 1 && one.properties.len() == 1) {
            let new = one.properties.first().and_then(|property| components.free_name(property));
            if let Some(new) = new {
                renames.insert(reference_text(&one.name), reference_text(&new));
            }
        }
        renames
    }
}
