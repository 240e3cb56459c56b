//! The generator and the lint report errors of a spec, and never panic.

use std::convert::Infallible;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use xtask::codegen::generate;
use xtask::document::{At, Document};
use xtask::lint::{Facts, lint};
use xtask::surface::surface;

/// The number of values that are changed in each spec, at regular intervals.
const SAMPLES: usize = 60;

#[test]
fn on_a_spec_without_one_of_its_values() {
    for_samples(|spec, pointer| {
        let (parent, key) = pointer.rsplit_once('/')?;
        match spec.pointer_mut(parent)? {
            Value::Object(map) => map.remove(&key.replace("~1", "/").replace("~0", "~")),
            Value::Array(list) => key.parse().ok().map(|index: usize| list.remove(index)),
            _ => None,
        }
    });
}

#[test]
fn on_a_spec_with_another_value_for_one_of_its_own() {
    let others = [Value::Null, json!(true), json!(-1), json!(0.5), json!(""), json!("{a word} "), json!([]), json!({})];
    let mut next = others.iter().cycle();
    for_samples(|spec, pointer| {
        let other = next.next()?.clone();
        spec.pointer_mut(pointer).map(|value| std::mem::replace(value, other))
    });
}

/// Changes some values of each real spec, one at a time, and generates a client. `change` returns the old value.
fn for_samples(mut change: impl FnMut(&mut Value, &str) -> Option<Value>) {
    let facts = Facts::parse("facts.md", "");
    for (file, spec, pointers) in specs() {
        let step = (pointers.len() / SAMPLES).max(1);
        for pointer in pointers.iter().skip(1).step_by(step) {
            let mut changed = spec.clone();
            change(&mut changed, pointer).unwrap_or_else(|| panic!("{file}: {pointer} cannot be changed"));
            // JSON is YAML.
            let text = serde_json::to_string_pretty(&changed).expect("JSON can be written");
            let result = Document::parse(&file, &text).map_err(|error| vec![error.to_string()]).and_then(|document| {
                drop(lint(&[(&document, &text)], &facts));
                generate(&document, &file)
            });
            match result {
                Ok(code) => drop(surface(&code).unwrap_or_else(|error| panic!("{file}: {pointer}: {error}"))),
                Err(errors) => {
                    for error in errors {
                        assert!(error.starts_with(&file), "{pointer}: {error}");
                        assert!(!error.contains("gave up"), "{pointer}: {error}");
                    }
                }
            }
        }
    }
}

/// Returns the name, the JSON and the pointers to all values of each real spec.
fn specs() -> Vec<(String, Value, Vec<String>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    let mut specs = Vec::new();
    for entry in fs::read_dir(folder).expect("specs/ is there") {
        let path = entry.expect("specs/ can be read").path();
        if path.extension().is_some_and(|ending| ending == "yaml") {
            let file = path.file_name().expect("it has a name").display().to_string();
            let text = fs::read_to_string(&path).expect("it can be read");
            let document = Document::parse(&file, &text).expect("it is YAML");
            let pointers = document.root().walk().iter().map(At::pointer).collect();
            let json = document.root().to_json(&|_, _| true, &|_, value| Ok::<_, Infallible>(value));
            specs.push((file, json.expect("nothing can go wrong"), pointers));
        }
    }
    specs
}
