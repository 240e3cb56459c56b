//! Damaged documents: an import reports what it cannot express, and never panics.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use xtask::document::{At, Document};
use xtask::import::{Checks, Selection, Source, convert_checked, listed};
use xtask::lint::{Facts, lint};

use super::{ANDORINHA, FACT, SABIA, SWALLOW};

/// The damaged versions of each document, and the time after which no more are made.
const CASES: usize = 150;
const TIME: Duration = Duration::from_secs(10);

/// A fixed generator, so that a seed always makes the same documents.
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(super) fn below(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits fit") % below.max(1)
    }
}

#[test]
fn damaged_documents_are_reported_and_never_panic() {
    let seed = std::env::var("IMPORT_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or_else(|| {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("it is after 1970");
        u64::from(now.subsec_nanos())
    });
    println!("IMPORT_SEED={seed}");
    let mut random = Random(seed);
    let own = [("andorinha.yaml", ANDORINHA), ("swallow.json", SWALLOW), ("sabia.yaml", SABIA)];
    let mut documents: Vec<_> = own.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    documents.extend(real_documents());
    let mut undamaged = Vec::new();
    for (name, text) in &documents {
        let Ok(document) = Document::parse(name, &text.replace('\t', " ").replace("\\ud83d\\udc26", "")) else {
            continue;
        };
        let pointers: Vec<_> = document.root().walk().iter().map(At::pointer).filter(|one| !one.is_empty()).collect();
        undamaged.push((name, text, plain(&document.root()), pointers));
    }
    let start = Instant::now();
    let mut done = 0;
    for round in 0..CASES {
        for (name, text, whole, pointers) in &undamaged {
            // Real documents are large, and the lint of each version takes long.
            if start.elapsed() > TIME || round >= 5 && text.len() > 50_000 {
                continue;
            }
            done += 1;
            if round % 4 == 3 {
                let damaged = damaged_text(text, &mut random);
                check(name, &damaged, &mut random);
                continue;
            }
            let mut damaged = whole.clone();
            for _ in 0..=random.below(4) {
                damage(&mut damaged, pointers, &mut random);
            }
            let text = serde_json::to_string(&damaged).expect("JSON can be written");
            check(name, &text, &mut random);
        }
    }
    println!("{done} damaged documents in {:?}", start.elapsed());
}

/// Imports a document, and checks that the result is as good as that of any other.
fn check(name: &str, text: &str, random: &mut Random) {
    let Ok(source) = Source::parse(name, text) else { return };
    // A few of the operations are enough, and quicker.
    let mut ids: Vec<_> = listed(&source).into_iter().map(|one| one.id).collect();
    while ids.len() > 2 {
        ids.swap_remove(random.below(ids.len()));
    }
    let selection = if ids.is_empty() || random.below(20) == 0 { Selection::All } else { Selection::Ids(ids) };
    // The generator takes longer than all the rest.
    let checks = if random.below(8) == 0 { Checks::All } else { Checks::Lint };
    match convert_checked(&source, "bird", FACT, &selection, checks) {
        Err(failure) => assert!(failure.iter().all(|line| line.starts_with(name)), "{failure:?}"),
        Ok(imported) => {
            assert_eq!(imported.operations.len() + imported.left_out.len(), imported.total);
            if imported.operations.is_empty() {
                return;
            }
            let document = Document::parse("specs/bird.yaml", &imported.text).expect("a spec is YAML");
            let findings = lint(&[(&document, &imported.text)], &Facts::parse("specs/facts.md", FACT.1));
            assert!(findings.is_empty(), "{}\n{text}", findings[0]);
        }
    }
}

fn damage(whole: &mut Value, pointers: &[String], random: &mut Random) {
    let pointer = &pointers[random.below(pointers.len())];
    let other = &pointers[random.below(pointers.len())];
    let values = [
        Value::Null,
        json!(true),
        json!(-1),
        json!(1e300),
        json!(""),
        json!("{a} `b [c\n    d"),
        json!([]),
        json!({}),
        json!({ "$ref": format!("#{other}") }),
        json!({ "$ref": "#/components/schemas/Person" }),
        json!({ "type": ["array", "string", "null"], "items": { "$ref": format!("#{pointer}") } }),
        json!([{ "allOf": [{ "$ref": format!("#{pointer}") }] }]),
    ];
    let value = match random.below(3) {
        0 => whole.pointer(other).cloned().unwrap_or_default(),
        _ => values[random.below(values.len())].clone(),
    };
    let Some((parent, key)) = pointer.rsplit_once('/') else { return };
    let key = key.replace("~1", "/").replace("~0", "~");
    let names = ["type", "nullable", "Self", "a b", "$ref", "allOf", "enum", "x-y", "{", "日本", "00000", "get"];
    match whole.pointer_mut(parent) {
        Some(Value::Object(map)) => match random.below(4) {
            0 => drop(map.remove(&key)),
            1 => drop(map.insert(names[random.below(names.len())].to_owned(), value)),
            _ => drop(map.insert(key, value)),
        },
        Some(Value::Array(list)) => match key.parse::<usize>().ok().filter(|index| *index < list.len()) {
            Some(index) if random.below(2) == 0 => drop(list.remove(index)),
            Some(index) => list[index] = value,
            None => {}
        },
        _ => {}
    }
}

/// Cuts, repeats or replaces a part of the text itself.
fn damaged_text(text: &str, random: &mut Random) -> String {
    let boundary = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = boundary(random.below(text.len()));
    let end = boundary((start + random.below(40)).min(text.len()));
    match random.below(3) {
        0 => format!("{}{}", &text[..start], &text[end..]),
        1 => format!("{}{}{}", &text[..end], &text[start..end], &text[end..]),
        _ => format!(
            "{}{}{}",
            &text[..start],
            ["'", "\t", "- ", "\0", "{", "&a ", "*a", ": "][random.below(8)],
            &text[end..]
        ),
    }
}

pub(super) fn plain(at: &At<'_>) -> Value {
    at.to_json(&|_, _| true, &|_, value| Ok::<_, std::convert::Infallible>(value)).expect("nothing can go wrong")
}

/// The documents in the folder that `REAL_SPECS` names.
pub(super) fn real_documents() -> Vec<(String, String)> {
    let Some(folder) = std::env::var_os("REAL_SPECS").map(PathBuf::from) else { return Vec::new() };
    let entries =
        std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("REAL_SPECS, {}: {error}", folder.display()));
    let mut documents: Vec<_> = entries
        .map(|entry| entry.expect("the folder can be read").path())
        .filter(|path| path.extension().is_some_and(|ending| ["yaml", "yml", "json"].iter().any(|one| ending == *one)))
        .map(|path| {
            let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            (path.file_name().expect("it has a name").to_string_lossy().into_owned(), text)
        })
        .collect();
    documents.sort();
    assert!(!documents.is_empty(), "REAL_SPECS, {}: no document", folder.display());
    documents
}
