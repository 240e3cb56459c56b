//! An index of a spec's nodes, each with its meaning in OpenAPI. One walk collects it for all lint rules.

mod node_kind;
mod operation_node;
mod reference;

use std::collections::{BTreeMap, BTreeSet};

use crate::document::{At, Document};

pub(crate) use node_kind::{METHODS, NodeKind};
pub(crate) use operation_node::OperationNode;
pub(crate) use reference::{holds_names, referred, target};

/// The minimum length at which a key could be a secret or personal data.
const LONG_KEY: usize = 10;

/// What a node is part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Owner<'d> {
    /// None of the others.
    None,
    Answer,
    /// The body of a webhook, which is read as an answer is.
    Webhook,
    Parameter,
    /// The form of a request.
    Form,
    /// A named schema.
    Component(&'d str),
}

/// A mapping in a spec.
#[derive(Debug)]
pub(crate) struct Node<'d> {
    pub at: At<'d>,
    pub kind: NodeKind,
    /// The key whose value this is, or whose value is the list that contains it.
    pub key: &'d str,
    pub owner: Owner<'d>,
    pub entries: Vec<(&'d str, At<'d>)>,
}

impl<'d> Node<'d> {
    pub(crate) fn get(&self, key: &str) -> Option<&At<'d>> {
        self.entries.iter().find(|(name, _)| *name == key).map(|(_, at)| at)
    }

    pub(crate) fn text(&self, key: &str) -> Option<&'d str> {
        self.get(key)?.as_text()
    }

    pub(crate) fn is_reference(&self) -> bool {
        self.get("$ref").is_some()
    }
}

/// A text for readers, such as a description.
#[derive(Debug)]
pub(crate) struct Prose<'d> {
    pub at: At<'d>,
    pub text: &'d str,
}

/// An example or a default, and its schema.
#[derive(Debug)]
pub(crate) struct Example<'d> {
    pub at: At<'d>,
    pub schema: At<'d>,
    pub is_default: bool,
}

/// The index of a spec.
#[derive(Debug)]
pub(crate) struct Spec<'d> {
    pub root: At<'d>,
    pub nodes: Vec<Node<'d>>,
    pub operations: Vec<OperationNode<'d>>,
    pub prose: Vec<Prose<'d>>,
    pub examples: Vec<Example<'d>>,
    /// All texts, and long keys with the location of their value.
    pub texts: Vec<(At<'d>, &'d str)>,
    /// Numbers in examples, defaults and lists of values.
    pub numbers: Vec<(At<'d>, i64)>,
    /// Names of the schemas that are part of answers (and of webhooks), of requests and of forms.
    pub answers: BTreeSet<&'d str>,
    pub requests: BTreeSet<&'d str>,
    pub forms: BTreeSet<&'d str>,
    /// Names of the schemas that are part of a URL, a header or an urlencoded form.
    not_json: BTreeSet<&'d str>,
    /// Names of the multipart forms, whose objects are JSON.
    multipart: BTreeSet<&'d str>,
    /// Names of the schemas that are bodies of webhooks.
    pub posted: BTreeSet<&'d str>,
    references: BTreeMap<&'d str, BTreeSet<&'d str>>,
}

impl<'d> Spec<'d> {
    pub(crate) fn of(document: &'d Document) -> Self {
        let mut spec = Self {
            root: document.root(),
            nodes: Vec::new(),
            operations: OperationNode::all(&document.root()),
            prose: Vec::new(),
            examples: Vec::new(),
            texts: Vec::new(),
            numbers: Vec::new(),
            answers: BTreeSet::new(),
            requests: BTreeSet::new(),
            forms: BTreeSet::new(),
            not_json: BTreeSet::new(),
            multipart: BTreeSet::new(),
            posted: BTreeSet::new(),
            references: BTreeMap::new(),
        };
        spec.walk(document.root(), NodeKind::Root, "", Owner::None);
        spec.requests.extend(&spec.forms);
        for set in [&mut spec.answers, &mut spec.requests, &mut spec.not_json] {
            let mut open: Vec<_> = set.iter().copied().collect();
            while let Some(name) = open.pop() {
                let more = spec.references.get(name).into_iter().flatten();
                open.extend(more.filter(|name| set.insert(name)));
            }
        }

        spec
    }

    /// Returns the nodes of a kind.
    pub(crate) fn of_kind(&self, kind: NodeKind) -> impl Iterator<Item = &Node<'d>> {
        self.nodes.iter().filter(move |node| node.kind == kind)
    }

    /// Returns all schemas.
    pub(crate) fn schemas(&self) -> impl Iterator<Item = &Node<'d>> {
        self.nodes.iter().filter(|node| node.kind.is_schema())
    }

    /// Whether the HTTP status says how a call went.
    pub(crate) fn is_by_status(&self) -> bool {
        self.root.get("x-envelope").is_some_and(|envelope| envelope.get("by").is_some())
    }

    /// Whether a node is the schema of a whole answer or of a whole JSON body, other than an object with properties.
    pub(crate) fn is_other_root(&self, node: &Node<'_>) -> bool {
        let is_root = node.key == "schema" && node.get("properties").is_none();
        is_root
            && match node.owner {
                Owner::Answer => self.is_by_status(),
                Owner::Form => node.at.keys_outwards().nth(1) == Some("application/json"),
                _ => false,
            }
    }

    /// Whether a node is part of an answer, or of what a webhook posts.
    pub(crate) fn is_answer(&self, node: &Node<'_>) -> bool {
        match node.owner {
            Owner::Answer | Owner::Webhook => true,
            Owner::Component(name) => self.answers.contains(name),
            _ => false,
        }
    }

    /// Whether a node is part of a request: of a parameter or a form.
    pub(crate) fn is_sent(&self, node: &Node<'_>) -> bool {
        match node.owner {
            Owner::Parameter | Owner::Form => true,
            Owner::Component(name) => self.requests.contains(name),
            _ => false,
        }
    }

    /// Whether a node is a property of a request that can be sent as null.
    pub(crate) fn can_be_null(&self, node: &Node<'_>) -> bool {
        let is_json = |name: &str| {
            self.requests.contains(name) && !self.not_json.contains(name) && !self.multipart.contains(name)
        };
        node.kind == NodeKind::Property && matches!(node.owner, Owner::Component(name) if is_json(name))
    }

    /// Whether a node is part of a form.
    pub(crate) fn is_form(&self, node: &Node<'_>) -> bool {
        matches!(node.owner, Owner::Component(name) if self.forms.contains(name))
    }

    fn walk(&mut self, at: At<'d>, kind: NodeKind, key: &'d str, owner: Owner<'d>) {
        if let Some(value) = at.as_scalar() {
            if let Some(text) = value.as_str() {
                self.texts.push((at, text));
            } else if let (NodeKind::Data, Some(number)) = (kind, value.as_i64()) {
                self.numbers.push((at, number));
            }
        } else if let Some(items) = at.as_items() {
            for item in items {
                self.walk(item, kind, key, owner);
            }
        } else if let Some(entries) = at.as_entries() {
            let owner = match kind {
                NodeKind::Component => Owner::Component(key),
                NodeKind::Responses | NodeKind::Response => Owner::Answer,
                NodeKind::WebhookBody => Owner::Webhook,
                NodeKind::RequestBody => Owner::Form,
                NodeKind::Parameter => Owner::Parameter,
                _ => owner,
            };
            for (key, child) in &entries {
                if key.len() >= LONG_KEY {
                    self.texts.push((child.clone(), key));
                }
                self.note(&at, kind, owner, key, child);
                self.walk(child.clone(), kind.below(key), key, owner);
            }
            if !matches!(kind, NodeKind::Data | NodeKind::Names(_)) {
                self.nodes.push(Node { at, kind, key, owner, entries });
            }
        }
    }

    /// Collects what rules need to know about an entry besides its node.
    fn note(&mut self, at: &At<'d>, kind: NodeKind, owner: Owner<'d>, key: &str, child: &At<'d>) {
        if matches!(kind, NodeKind::Data | NodeKind::Source | NodeKind::Names(_)) {
            return;
        }
        match key {
            "description" | "summary" | "x-why" | "why" => {
                self.prose.extend(child.as_text().map(|text| Prose { at: child.clone(), text }));
            }
            "$ref" if kind.is_schema() => {
                let Some(name) = referred(at) else { return };
                let is_of = |media: &str| owner == Owner::Form && at.keys_outwards().any(|key| key == media);
                if is_of("multipart/form-data") {
                    self.multipart.insert(name);
                } else if owner == Owner::Parameter || is_of("application/x-www-form-urlencoded") {
                    self.not_json.insert(name);
                }
                match owner {
                    Owner::None => false,
                    Owner::Answer => self.answers.insert(name),
                    Owner::Webhook => self.posted.insert(name) && self.answers.insert(name),
                    Owner::Form if at.keys_outwards().next() == Some("schema") => self.forms.insert(name),
                    // Below the schema of a body: the items of a list.
                    Owner::Parameter | Owner::Form => self.requests.insert(name),
                    Owner::Component(component) => self.references.entry(component).or_default().insert(name),
                };
            }
            "example" | "default" => {
                let schema = if kind.is_schema() { Some(at.clone()) } else { at.get("schema") };
                let example = |schema| Example { at: child.clone(), schema, is_default: key == "default" };
                self.examples.extend(schema.map(example));
            }
            "examples" => {
                let Some(schema) = at.get("schema") else { return };
                for (_, named) in child.as_entries().unwrap_or_default() {
                    let value = named.resolve().ok().and_then(|named| named.get("value"));
                    let example = |at| Example { at, schema: schema.clone(), is_default: false };
                    self.examples.extend(value.map(example));
                }
            }
            _ => {}
        }
    }
}
