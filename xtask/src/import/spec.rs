//! The spec of an import, built from the operations that can be expressed.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToUpperCamelCase as _;
use serde_json::Value;

use super::answers::{self, Success, success};
use super::candidates::Candidate;
use super::errors::{self, ErrorTexts};
use super::examples;
use super::failure_flags::note_failure_flags;
use super::finding::Finding;
use super::operation::{Context, Operation, operation};
use super::prose::{description, without_secrets};
use super::roles::Roles;
use super::schemas::Schemas;
use super::security::{Requirement, Schemes, security_tree};
use super::servers::{of_most, servers, urls};
use super::source::Source;
use super::tree::{Map, Tree};
use super::webhooks::webhooks;

/// A spec, and what is not in it.
#[derive(Debug)]
pub(super) struct Built {
    pub tree: Map,
    /// The operations that cannot be expressed, by position, each with the reason.
    pub failures: Vec<(usize, Finding)>,
    /// What is left out of operations that are in the spec.
    pub notes: Vec<Finding>,
    /// The operations in the spec by path and method, each with its position.
    pub positions: BTreeMap<(String, String), usize>,
    /// The schemas that each operation refers to.
    pub reached: BTreeMap<usize, BTreeSet<String>>,
    /// The schemas that the shared answer of errors refers to, and itself.
    pub of_errors: BTreeSet<String>,
    pub has_webhooks: bool,
    /// Whether errors have properties of the document.
    pub has_errors: bool,
}

/// What an import leaves out, besides operations.
#[derive(Debug, Default)]
pub(super) struct Omitted {
    pub webhooks: bool,
    /// The properties of errors.
    pub errors: bool,
    /// The ids of the operations whose pages cannot be expressed.
    pub pages: BTreeSet<String>,
}

/// Builds a spec of these operations. If some of them cannot be expressed, build again without them, since names depend on
/// all operations.
pub(super) fn build(
    source: &Source,
    name: &str,
    fact: &str,
    candidates: &[Candidate<'_>],
    omitted: &Omitted,
) -> Result<Built, Finding> {
    let root = source.root();
    let cited = Map::new().with("evidence", "docs").with("facts", vec![Tree::from(fact)]);
    let mut schemas = Schemas::new(cited.into());
    schemas.contradicted = examples::contradicted(&root);
    let origin = schemas.source.clone();
    let title = title(source, name);
    let security = Schemes::read(&root, &origin, candidates, &mut schemas.notes);
    let servers = of_most(&root, candidates);
    let urls = urls(&servers);
    let context = Context {
        security: &security,
        title: &title,
        servers: &urls,
        others_have_servers: urls != self::urls(&of_most(&root, &[])),
        without_pages: &omitted.pages,
    };

    let mut failures = Vec::new();
    let (mut stems, mut answers, mut positions) = (Vec::new(), Vec::new(), Vec::new());
    for (index, candidate) in candidates.iter().enumerate() {
        match success(&candidate.at, &schemas.contradicted) {
            Ok(mut answer) => {
                if candidate.method == "head" {
                    answer.success = Success::Empty;
                }
                stems.push(candidate.id.to_upper_camel_case());
                answers.push(answer);
                positions.push(index);
            }
            Err(finding) => failures.push((index, finding)),
        }
    }
    let names = answers::names(&stems, &answers, &mut schemas);
    // Answers first: they have the plain names, and requests the names with an ending.
    for (answer, name) in answers.iter().zip(&names) {
        let notes = schemas.notes.len();
        if answers::answer(&mut schemas, answer, name).is_err() {
            schemas.notes.truncate(notes);
        }
    }
    if servers.is_empty() {
        schemas.notes.push(Finding::review(&root, "the document names no server: set it with `base_url`"));
    }
    let servers = self::servers(&servers, name, &origin, &mut schemas.notes);
    let mut operations = Vec::new();
    for (position, index) in positions.iter().enumerate() {
        let candidate = &candidates[*index];
        let notes = schemas.notes.len();
        let converted = security.requirement(&root, candidate).and_then(|requirement| {
            let answer = (&answers[position], names[position].as_str());
            operation(&mut schemas, context, candidate, requirement, answer, &stems[position])
        });
        match converted {
            Ok(operation) => operations.push((*index, operation)),
            Err(finding) => {
                schemas.notes.truncate(notes);
                failures.push((*index, finding));
            }
        }
    }
    let requirements: Vec<_> = operations.iter().map(|(_, one)| &one.requirement).collect();
    schemas.notes.extend(security.unused(&requirements));
    let all: Vec<_> = operations.iter().map(|(index, _)| candidates[*index].at.clone()).collect();
    note_failure_flags(&all, &mut schemas.notes);
    let texts = errors::errors(&mut schemas, if omitted.errors { &[] } else { &all })?;
    if !texts.is_described {
        let reason = "the document does not describe what an error says: add `texts` and `remark` to `x-envelope`";
        schemas.notes.push(Finding::review(&root, reason));
    }
    let webhooks = if omitted.webhooks { None } else { webhooks(&mut schemas, &root) };
    let mut webhooks = webhooks;
    let renames = schemas.inline.renames(&mut schemas.components);
    schemas.components.rename(&renames);
    let parts = operations.iter_mut().flat_map(|(_, one)| [&mut one.head, &mut one.rest]);
    parts.chain(&mut webhooks).for_each(|map| map.replace_texts("$ref", &renames));
    let mut built = Built {
        tree: Map::new(),
        failures,
        notes: Vec::new(),
        positions: BTreeMap::new(),
        reached: BTreeMap::new(),
        of_errors: schemas.components.reached(&[&super::components::reference("ErrorResponse").into()]),
        has_webhooks: webhooks.is_some(),
        has_errors: !omitted.errors,
    };
    built.assemble(source, &title, candidates, operations, (&schemas, &security, servers), &texts, webhooks);
    built.notes = schemas.notes;
    Ok(built)
}

impl Built {
    #[expect(clippy::too_many_arguments, reason = "the parts of a document")]
    fn assemble(
        &mut self,
        source: &Source,
        title: &str,
        candidates: &[Candidate<'_>],
        operations: Vec<(usize, Operation)>,
        (schemas, security, servers): (&Schemas, &Schemes, Vec<Tree>),
        errors: &ErrorTexts,
        webhooks: Option<Map>,
    ) {
        let origin = &schemas.source;
        let common = most_common(&operations);
        let tags = tags(source, &operations);
        let requirements: Vec<_> = operations.iter().map(|(_, one)| &one.requirement).collect();
        let used = security.used(&requirements);
        let mut paths = Map::new();
        let mut roles = Roles::default();
        for (index, one) in operations {
            roles.add(&candidates[index].id, &one, &schemas.components);
            let method = candidates[index].method;
            let mut tree = one.head;
            if one.requirement != common {
                let comment = security.comment(&one.requirement);
                tree.add_commented("security", security_tree(&one.requirement), comment);
            }
            tree.entries.extend(one.rest.entries);
            let tree = Tree::from(tree);
            self.reached.insert(index, schemas.components.reached(&[&tree]));
            if paths.get(&one.path).is_none() {
                paths.add(&one.path, Map::new());
            }
            let Some(Tree::Map(item)) = paths.get_mut(&one.path) else { continue };
            if item.get(method).is_some() {
                let reason = "another operation has the same method and path, once the path is normal";
                self.failures.push((index, Finding::at(&candidates[index].at, reason)));
                continue;
            }
            item.add(method, tree);
            self.positions.insert((one.path, method.to_owned()), index);
        }
        let mut envelope = Map::new().with("by", "http_status");
        if !errors.texts.is_empty() {
            envelope.add("texts", errors.texts.iter().map(|text| Tree::from(text.as_str())).collect::<Vec<_>>());
        }
        if let Some(remark) = &errors.remark {
            envelope.add("remark", remark.as_str());
        }
        envelope.add("x-source", origin.clone());
        let (paths, webhooks) = (Tree::from(paths), webhooks.map(Tree::from));
        let roots: Vec<_> = [Some(&paths), webhooks.as_ref()].into_iter().flatten().collect();
        let reached = schemas.components.reached(&roots);
        let mut named = Map::new();
        for name in reached.union(&self.of_errors) {
            let mut schema = schemas.components.get(name).cloned().unwrap_or_default();
            roles.describe(name, &mut schema);
            named.add(name, schema);
        }
        let mut components = Map::new();
        components.add("securitySchemes", used);
        components.add("responses", shared_answers());
        components.add("schemas", named);
        let mut tree =
            Map::new().with("openapi", "3.0.3").with("info", info(source, title, origin)).with("servers", servers);
        tree.add_commented("security", security_tree(&common), security.comment(&common));
        let mut tree = tree.with("tags", tags);
        let comment = "To be reviewed: the document does not describe what an error says, so this is a guess.";
        let comments = if errors.is_described { Vec::new() } else { vec![comment.to_owned()] };
        tree.add_commented("x-envelope", envelope, comments);
        if let Some(webhooks) = webhooks {
            tree.add("x-webhooks", webhooks);
        }
        tree.add("paths", paths);
        tree.add("components", components);
        self.tree = tree;
    }
}

/// Returns the title of the API.
pub(super) fn title(source: &Source, name: &str) -> String {
    let title = source.root().get("info").and_then(|info| info.get("title")).and_then(|at| at.as_text());
    let title = title.map(|title| title.replace(|c: char| c.is_control(), " ").trim().to_owned());
    let title = title.filter(|title| title.chars().any(|c| c.is_ascii_alphanumeric()) && title.len() <= 100);
    title.map_or_else(|| name.to_owned(), |title| without_secrets(&title).into_owned())
}

fn info(source: &Source, title: &str, origin: &Tree) -> Map {
    let text = source.root().get("info").and_then(|info| info.get("description")).and_then(|at| at.as_text());
    let text = text.and_then(description).unwrap_or_else(|| format!("The API of {}.", title.trim_end_matches('.')));
    let text =
        if crate::lint::is_description(&text) { text } else { "The API that the document describes.".to_owned() };
    Map::new()
        .with("title", title)
        .with("version", without_secrets(&source.version()).into_owned())
        .with("description", text)
        .with("x-source", origin.clone())
}

/// Returns the requirement of most operations, the first of several.
fn most_common(operations: &[(usize, Operation)]) -> Requirement {
    let mut counts: Vec<(&Requirement, usize)> = Vec::new();
    for (_, one) in operations {
        match counts.iter_mut().find(|(requirement, _)| **requirement == one.requirement) {
            Some((_, count)) => *count += 1,
            None => counts.push((&one.requirement, 1)),
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max();
    counts.into_iter().find(|(_, count)| Some(*count) == most).map(|(one, _)| one.clone()).unwrap_or_default()
}

fn tags(source: &Source, operations: &[(usize, Operation)]) -> Vec<Tree> {
    let declared = source.root().get("tags").and_then(|at| at.as_items()).unwrap_or_default();
    let text = |tag: &str| {
        let at =
            declared.iter().find(|at| at.get("name").and_then(|name| name.as_text()).map(str::trim) == Some(tag))?;
        description(at.get("description")?.as_text()?)
    };
    let mut names: Vec<&String> = Vec::new();
    for tag in operations.iter().flat_map(|(_, one)| &one.tags) {
        if !names.contains(&tag) {
            names.push(tag);
        }
    }
    let tree = |name: &&String| {
        let text = text(name).unwrap_or_else(|| format!("The operations of `{}`.", name.replace('`', "'")));
        Map::new().with("name", name.as_str()).with("description", text).into()
    };
    names.iter().map(tree).collect()
}

fn shared_answers() -> Map {
    let answer = |description: &str| {
        let schema = super::components::reference("ErrorResponse");
        let content = Map::new().with("application/json", Map::new().with("schema", schema));
        Map::new().with("description", description).with("content", content)
    };
    Map::new()
        .with("ClientError", answer("The server refuses the request."))
        .with("ServerError", answer("The server fails."))
}

/// Returns the facts that a spec cites first: that of the document.
pub(super) fn cited_fact(spec: &Value) -> Option<String> {
    spec["info"]["x-source"]["facts"][0].as_str().map(str::to_owned)
}
