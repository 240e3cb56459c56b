//! From the document's schemas to those of the spec.

mod object;

use std::collections::{BTreeMap, BTreeSet};

use super::alternatives::{Alternatives, settle};
use super::components::{Components, reference};
use super::enums::Enums;
use super::examples::is_contradicted;
use super::finding::{Finding, Result};
use super::flat::{Flat, flatten};
use super::inline::InlineObjects;
use super::json_type::Type;
use super::piece::Piece;
use super::place::{Place, Use};
use super::tree::{Map, Tree};
use crate::document::At;

/// How deeply schemas are nested at most, through references.
const DEEPEST: usize = 30;

/// The description of a schema within a request without one.
pub(super) const REQUEST: &str = "A part of a request.";

/// The description of a schema within an answer without one.
pub(super) const ANSWER: &str = "An answer, or a part of one.";

/// The most schemas of a document, each counted where it is used.
const MOST: usize = 200_000;

/// Converts schemas, and keeps the named ones.
#[derive(Debug)]
pub(super) struct Schemas {
    pub components: Components,
    /// The source that all parts of the spec cite.
    pub source: Tree,
    /// The positions of schemas that the document's own examples contradict.
    pub contradicted: BTreeSet<usize>,
    /// What is left out of an operation that is imported without it.
    pub notes: Vec<Finding>,
    /// The properties of the body that is being converted that are objects in a form, and how they are sent.
    pub objects_of_form: BTreeMap<String, Use>,
    enums: Enums,
    objects: BTreeMap<(Vec<usize>, bool), String>,
    pub inline: InlineObjects,
    in_progress: BTreeSet<String>,
    depth: usize,
    converted: usize,
}

impl Schemas {
    pub(super) fn new(source: Tree) -> Self {
        let mut components = Components::default();
        // The shared answer of errors, and a schema that the generator adds.
        components.reserve("ErrorResponse");
        components.reserve(crate::rewrite::FILE);
        Self {
            components,
            source,
            contradicted: BTreeSet::new(),
            notes: Vec::new(),
            objects_of_form: BTreeMap::new(),
            enums: Enums::default(),
            objects: BTreeMap::new(),
            inline: InlineObjects::default(),
            in_progress: BTreeSet::new(),
            depth: 0,
            converted: 0,
        }
    }

    /// Returns the facts that the spec cites.
    pub(super) fn facts(&self) -> Tree {
        match &self.source {
            Tree::Map(source) => source.get("facts").cloned().unwrap_or_else(|| Vec::new().into()),
            _ => Vec::new().into(),
        }
    }

    /// Converts the schemas that apply to a value at `place`.
    pub(super) fn piece(&mut self, at: &At<'_>, parts: &[At<'_>], place: Place<'_>) -> Result<Piece> {
        self.converted += 1;
        if self.converted > MOST {
            return Err(Finding::at(at, format!("the schemas of the document expand to more than {MOST}")));
        }
        if self.depth >= DEEPEST {
            let comment = format!("Nested more than {DEEPEST} levels deep, so any JSON.");
            return Piece::any(Some(comment)).allowed(at, place.usage);
        }
        self.depth += 1;
        let piece = self.convert(at, parts, place);
        self.depth -= 1;
        piece
    }

    fn convert(&mut self, at: &At<'_>, parts: &[At<'_>], place: Place<'_>) -> Result<Piece> {
        let mut flat = flatten(at, parts)?;
        let alternatives = settle(&mut flat)?;
        self.converted += flat.settled;
        if flat.is_impossible {
            return Err(Finding::at(at, "no value is valid"));
        }
        let piece = match alternatives {
            _ if parts.iter().any(|part| is_contradicted(part, &self.contradicted)) => {
                let note = Finding::review(&flat.at, "an example in the document has another type than its schema");
                if !self.notes.contains(&note) {
                    self.notes.push(note);
                }
                Piece::unknown("The document's own example has another type", place.usage)
            }
            _ if flat.is_contradictory => Piece::unknown("The document gives two different types", place.usage),
            Alternatives::None => self.by_type(at, &flat, place)?,
            Alternatives::Scalars(types) => {
                flat.types = types;
                self.by_type(at, &flat, place)?
            }
            Alternatives::ListOrItem(list) if place.usage.is_text() => self.list(at, &list, place)?,
            Alternatives::Objects(_) if place.usage == Use::Form => Piece::json_text(),
            Alternatives::Objects(_) => Piece::any(Some("One of several objects, so any JSON.".to_owned())),
            Alternatives::Mixed | Alternatives::ListOrItem(_) => {
                Piece::any(Some("One of values of several shapes, so any JSON.".to_owned()))
            }
        };
        piece.worded(&flat, place).allowed(at, place.usage)
    }

    fn by_type(&mut self, at: &At<'_>, flat: &Flat<'_>, place: Place<'_>) -> Result<Piece> {
        if let Some(values) = &flat.values
            && flat.types.iter().all(|kind| matches!(kind, Type::String | Type::Integer))
        {
            let Schemas { components, enums, source, .. } = self;
            if let Some(name) = enums.name(values, place.name, place.stem, source, components) {
                return Ok(Piece::of(reference(&name)));
            }
        }
        let mut types = flat.types.clone();
        if types.contains(&Type::Number) {
            types.remove(&Type::Integer);
        }
        let mut each = types.iter().copied();
        match (each.next(), each.next()) {
            (None, _) if place.usage.is_text() => Ok(Piece::unknown("The document gives no type", place.usage)),
            (None, _) => Ok(Piece::any(flat.unexpressed.first().map(|_| "Any JSON.".to_owned()))),
            (Some(Type::Array), None) => self.list(at, flat, place),
            (Some(Type::Object), None) => self.object(at, flat, place),
            (Some(kind), None) => Ok(Piece::scalar(kind, flat, place)),
            _ if types.iter().all(|kind| kind.is_scalar()) => Ok(Piece::scalars(&types, place.usage)),
            // Sent as text, a single item is a list of one.
            _ if place.usage.is_text() && types.contains(&Type::Array) && !types.contains(&Type::Object) => {
                self.list(at, flat, place)
            }
            _ => Ok(Piece::any(Some("A value of several types, so any JSON.".to_owned()))),
        }
    }

    fn list(&mut self, at: &At<'_>, flat: &Flat<'_>, place: Place<'_>) -> Result<Piece> {
        let is_tuple = flat.unexpressed.iter().any(|one| one == "prefixItems");
        let item = match (flat.items.first(), is_tuple) {
            (Some(first), false) => self.piece(first, &flat.items, place.item())?,
            _ if place.usage.is_text() => Piece::text("Items of any kind, sent as text."),
            _ => Piece::any(Some("Items of any kind.".to_owned())).allowed(at, place.usage)?,
        };
        if place.usage == Use::DeepObject && item.is_json_text() {
            return Err(Finding::at(at, "a list of objects within an object of an urlencoded form"));
        }
        Ok(item.listed())
    }

    fn object(&mut self, at: &At<'_>, flat: &Flat<'_>, place: Place<'_>) -> Result<Piece> {
        let is_map = flat.properties.is_empty();
        if place.usage == Use::Form {
            return Ok(Piece::json_text());
        }
        if place.usage == Use::Parameter && !is_map {
            return Err(Finding::at(at, "an object as one value of a URL"));
        }
        if is_map {
            return self.map(flat, place);
        }
        let is_answer = place.usage == Use::Answer;
        let key = (flat.key(), is_answer);
        if let Some(name) = self.objects.get(&key).cloned() {
            return Ok(if self.in_progress.contains(&name) {
                Piece::any(Some(format!("Again a `{name}`, which contains this value, so any JSON.")))
            } else {
                Piece::of(reference(&name))
            });
        }
        let nested = format!("{} {}", place.stem, place.name);
        let own = flat.component().map_or_else(|| nested.clone(), str::to_owned);
        let name = self.components.name(&[
            own.clone(),
            format!("{own} {}", if is_answer { "answer" } else { "input" }),
            nested,
        ]);
        self.objects.insert(key.clone(), name.clone());
        self.in_progress.insert(name.clone());
        let tree = self.object_tree(flat, &name, place.usage, false);
        self.in_progress.remove(&name);
        match tree {
            Ok(tree) if has_no_properties(&tree) => {
                self.objects.remove(&key);
                Ok(Piece::of(any_object()))
            }
            Ok(tree) => {
                let name = match flat.component() {
                    Some(_) => name,
                    None => self.inline.name(&name, &tree, place, &mut self.components),
                };
                self.components.add(&name, tree);
                self.objects.insert(key, name.clone());
                Ok(Piece::of(reference(&name)))
            }
            Err(finding) => {
                self.objects.remove(&key);
                Err(finding)
            }
        }
    }

    /// An object whose properties have names that the caller or the provider chooses.
    fn map(&mut self, flat: &Flat<'_>, place: Place<'_>) -> Result<Piece> {
        let Some(more) = flat.more.as_ref().filter(|more| !more.is_empty()) else { return Ok(Piece::of(any_object())) };
        let value = self.piece(&more[0], more, place.inner())?;
        let component = value.reference().and_then(|reference| self.components.referred(reference));
        let is_scalar = value.is_scalar() || component.is_some_and(|one| one.get("x-open-enum").is_some());
        if place.usage == Use::Answer || !is_scalar {
            return Ok(Piece::of(any_object()));
        }
        Ok(value.mapped(flat, place))
    }

    /// Keeps the name of an answer, so that schemas which contain it refer to it.
    pub(super) fn register_answer(&mut self, key: Vec<usize>, name: &str) {
        self.objects.insert((key, true), name.to_owned());
    }
}

/// Returns an object whose properties are not known.
pub(super) fn any_object() -> Map {
    Map::new().with("type", "object").with("additionalProperties", true)
}

/// Whether none of the properties of an object can be expressed. The type of such an object would have no fields.
pub(super) fn has_no_properties(object: &Map) -> bool {
    matches!(object.get("properties"), Some(Tree::Map(properties)) if properties.is_empty())
}
