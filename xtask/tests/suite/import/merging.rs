//! Random changes by hand and random new versions of a document: each change stays at its key or is a conflict, and nothing
//! else differs from the new import.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use xtask::document::{At, Document};

use super::command::{run_as, workspace};
use super::damaged::{Random, plain};

/// How many pairs of changes and versions are tried.
const CASES: u64 = 60;

const SPEC: &str = "specs/andorinha.yaml";

/// The number of a name, and the version of its text.
type Named = (usize, usize);

/// The number of the path, the method, the version of the summary, and the parameters.
type Operation = (usize, &'static str, usize, Vec<Named>);

/// A document that can change: names, and the version of each text.
#[derive(Clone)]
struct Api {
    operations: Vec<Operation>,
    /// The properties of the schema that all requests have.
    properties: Vec<Named>,
}

impl Api {
    fn random(random: &mut Random) -> Self {
        let operations = (0..4).map(|path| (path, ["get", "post"][random.below(2)], 0, vec![(0, 0), (1, 0), (2, 0)]));
        Self { operations: operations.collect(), properties: (0..4).map(|name| (name, 0)).collect() }
    }

    /// Moves, adds, removes and changes parts.
    fn change(&mut self, random: &mut Random) {
        for _ in 0..=random.below(5) {
            let (one, other) = (random.below(self.operations.len()), random.below(self.operations.len()));
            match random.below(7) {
                0 if self.operations.len() > 2 => drop(self.operations.remove(one)),
                1 => self.operations.insert(one, (10 + random.below(9), "post", 0, vec![(2, 0), (3, 0)])),
                2 => self.operations[one].2 += 1,
                3 => change_list(&mut self.operations[one].3, random),
                4 => change_list(&mut self.properties, random),
                5 => self.operations[one].1 = ["get", "post"][random.below(2)],
                _ => self.operations.swap(one, other),
            }
        }
        let mut known = BTreeSet::new();
        self.operations.retain(|one| known.insert(one.0));
    }

    fn document(&self) -> String {
        let mut paths = serde_json::Map::new();
        for (path, method, version, parameters) in &self.operations {
            let parameters: Vec<_> = parameters
                .iter()
                .map(|(name, version)| {
                    let description = format!("Text {version} of this parameter.");
                    let schema = json!({ "type": "string" });
                    json!({ "name": format!("q{name}"), "in": "query", "description": description, "schema": schema })
                })
                .collect();
            let mut operation = json!({
                "operationId": format!("{method}Thing{path}"),
                "summary": format!("Summary {version} of the thing"),
                "parameters": parameters,
                "responses": { "200": { "description": "It is done." } },
            });
            if *method == "post" {
                let schema = json!({ "$ref": "#/components/schemas/Thing" });
                operation["requestBody"] = json!({ "content": { "application/json": { "schema": schema } } });
            }
            paths.insert(format!("/things{path}"), json!({ *method: operation }));
        }
        let property = |(name, version): &Named| {
            let value = json!({ "type": "string", "description": format!("Text {version} of this property.") });
            (format!("p{name}"), value)
        };
        let properties: serde_json::Map<_, _> = self.properties.iter().map(property).collect();
        json!({
            "openapi": "3.0.3",
            "info": { "title": "Things", "version": "1" },
            "servers": [{ "url": "https://api.things.example" }],
            "paths": paths,
            "components": { "schemas": { "Thing": { "type": "object", "properties": properties } } },
        })
        .to_string()
    }
}

fn change_list(list: &mut Vec<Named>, random: &mut Random) {
    let (one, other) = (random.below(list.len()), random.below(list.len()));
    match random.below(4) {
        0 if list.len() > 1 => drop(list.remove(one)),
        1 => {
            let name = 10 + random.below(9);
            list.retain(|(other, _)| *other != name);
            list.insert(random.below(list.len()), (name, 0));
        }
        2 => list[one].1 += 1,
        _ => list.swap(one, other),
    }
}

/// Changes a spec as a person does. Returns the new text and the keys that a comment was added to.
fn edited(text: &str, random: &mut Random) -> (String, Vec<String>) {
    let document = Document::parse(SPEC, text).expect("it is YAML");
    let is_editable = |at: &&At<'_>| {
        let pointer = at.pointer();
        let is_text = ["/summary", "/description", "/x-safety", "/type"].iter().any(|end| pointer.ends_with(end));
        is_text && (pointer.starts_with("/paths/") || pointer.starts_with("/components/schemas/Thing"))
    };
    let all = document.root().walk();
    let editable: Vec<_> = all.iter().filter(is_editable).collect();
    let mut lines: Vec<Vec<String>> = text.lines().map(|line| vec![line.to_owned()]).collect();
    let mut comments = Vec::new();
    let mut done = BTreeSet::new();
    for number in 0..=random.below(4) {
        let at = editable[random.below(editable.len())];
        let index = at.line() - 1;
        if !done.insert(index) {
            continue;
        }
        let line = lines[index][0].clone();
        let pad = " ".repeat(line.len() - line.trim_start().len());
        let key = line.trim().split(':').next().unwrap_or_default();
        if random.below(3) == 0 && !at.pointer().contains("/parameters/") {
            lines[index].insert(0, format!("{pad}# By hand {number}."));
            comments.push(format!("{number} {}", at.pointer()));
        }
        let last = lines[index].len() - 1;
        match key {
            "type" => lines[index].push(format!("{pad}maxLength: {}", 7 + number)),
            "x-safety" => lines[index][last] = format!("{pad}x-safety: {}", ["read", "change"][random.below(2)]),
            "description" if random.below(4) == 0 && comments.is_empty() => drop(lines[index].remove(last)),
            key => lines[index][last] = format!("{pad}{key}: Written by hand {number}."),
        }
    }
    (lines.concat().join("\n") + "\n", comments)
}

/// Adds the scalars of a value by the keys to them. An item of a list is found by its name.
fn flat(value: &Value, path: &str, out: &mut BTreeMap<String, Value>) {
    match value {
        Value::Object(map) if !map.is_empty() => {
            for (key, value) in map {
                flat(value, &format!("{path} {key}"), out);
            }
        }
        Value::Array(items) if !items.is_empty() && items.iter().all(|item| item["name"].is_string()) => {
            for item in items {
                flat(item, &format!("{path} [{}]", item["name"]), out);
            }
        }
        scalar => drop(out.insert(path.to_owned(), scalar.clone())),
    }
}

fn values(text: &str) -> BTreeMap<String, Value> {
    let document = Document::parse(SPEC, text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let mut out = BTreeMap::new();
    flat(&plain(&document.root()), "", &mut out);
    out
}

/// Returns a text in which each conflict is resolved with its side of this number.
fn resolved(text: &str, wanted: usize) -> String {
    let mut side = None;
    let mut lines = Vec::new();
    for line in text.lines() {
        match line.split(' ').next() {
            Some("<<<<<<<") => side = Some(0),
            Some("|||||||") => side = Some(1),
            Some("=======") => side = Some(2),
            Some(">>>>>>>") => side = None,
            _ if side.is_none_or(|side| side == wanted) => lines.push(line),
            _ => {}
        }
    }
    lines.join("\n") + "\n"
}

#[test]
fn each_change_by_hand_stays_at_its_key_or_is_a_conflict() {
    let (mut clean, mut with_conflicts) = (0, 0);
    for seed in 0..CASES {
        let mut random = Random::new(seed);
        let root = workspace(&format!("random-{seed}"));
        let mut api = Api::random(&mut random);
        run_as(&root, "things.json", &api.document()).expect("it can be imported");
        let read = |file: &str| fs::read_to_string(root.join(file)).expect("it is there");
        let base = read(SPEC);
        let (own, comments) = edited(&base, &mut random);
        fs::write(root.join(SPEC), &own).expect("it can be written");
        api.change(&mut random);
        let errors = run_as(&root, "things.json", &api.document()).err().unwrap_or_default();
        let import = if errors.is_empty() { "andorinha.yaml" } else { "andorinha.unmerged.yaml" };
        let import = read(&Path::new("specs/imported").join(import).display().to_string());
        let merged = read(SPEC);
        let case = format!("seed {seed}: {errors:#?}\n{merged}");

        let (mine, theirs) = (resolved(&merged, 0), resolved(&merged, 2));
        let [b, o, i, mine_values, theirs_values] = [&base, &own, &import, &mine, &theirs].map(|text| values(text));
        let keys: BTreeSet<_> = b.keys().chain(o.keys()).chain(i.keys()).chain(mine_values.keys()).collect();
        let mut contradictions = 0;
        for key in keys {
            let [b, o, i, mine, theirs] = [&b, &o, &i, &mine_values, &theirs_values].map(|values| values.get(key));
            // A change in a part that the new version removes contradicts it too.
            contradictions += usize::from(o != b && (i.is_none() || i != b && o != i));
            if mine == theirs {
                assert_eq!(mine, if o == b { i } else { o }, "{key} {case}");
                assert!(o == b || i == b || o == i, "{key} {case}");
            } else {
                assert_eq!((mine, theirs), (o, i), "{key} {case}");
            }
        }
        // A comment is also lost with the key that it is above.
        let new = plain(&Document::parse(SPEC, &import).expect("it is YAML").root());
        let is_removed = |comment: &&String| comment.split_once(' ').is_none_or(|(_, at)| new.pointer(at).is_none());
        contradictions += comments.iter().filter(is_removed).count();
        let conflicts = errors.iter().filter(|error| error.starts_with(SPEC)).count();
        assert!(conflicts <= contradictions, "{contradictions} {case}");
        for comment in comments {
            let (number, pointer) = comment.split_once(' ').expect("it has both");
            let document = Document::parse(SPEC, &mine).expect("it is YAML");
            let line = mine.lines().position(|line| line.trim() == format!("# By hand {number}."));
            let line = line.unwrap_or_else(|| panic!("{comment} {case}")) + 1;
            let all = document.root().walk();
            // The innermost value of the next line.
            let below = all.iter().rev().filter(|at| at.line() > line).min_by_key(|at| at.line());
            let below = below.expect("it is above a key");
            assert_eq!(below.pointer(), pointer, "{case}");
        }
        if errors.is_empty() {
            clean += 1;
        } else {
            with_conflicts += 1;
        }
        fs::remove_dir_all(root).expect("it can be removed");
    }
    assert!(clean > 10 && with_conflicts > 10, "{clean} clean, {with_conflicts} with conflicts");
}
