//! The recordings of a running backend, in the folder that `RECORDINGS` names, and beside it.

use std::path::{Path, PathBuf};

use externalapi_client::operations;
use serde_json::Value;

pub fn folder() -> Option<PathBuf> {
    std::env::var_os("RECORDINGS").map(PathBuf::from)
}

/// The second recordings: in the folder that `RECORDINGS_2` names, or beside the first.
pub fn second() -> Option<PathBuf> {
    folder_of("RECORDINGS_2", "recordings-2")
}

/// The recorded sequences: in the folder that `SEQUENCES` names, or beside the recordings.
pub fn sequences() -> Option<PathBuf> {
    folder_of("SEQUENCES", "sequences")
}

fn folder_of(name: &str, sibling: &str) -> Option<PathBuf> {
    let named = std::env::var_os(name).map(PathBuf::from);
    named.or_else(|| Some(folder()?.parent()?.join(sibling)).filter(|path| path.is_dir()))
}

/// The requests of all sequences, each with the name of its sequence and its number in it.
pub fn steps(folder: &Path) -> Vec<(String, Value)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("SEQUENCES names a folder") {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "jsonl") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        // Lines end with a line feed only: texts hold other ends of lines.
        for line in text.split('\n').filter(|line| !line.is_empty()) {
            let step: Value = serde_json::from_str(line).unwrap();
            found.push((format!("{} {}", step["sequence"], step["step"]), step));
        }
    }
    found
}

/// Each with its name in the folder, in order.
pub fn all(folder: &Path) -> Vec<(String, Value)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("RECORDINGS names a folder").map(Result::unwrap) {
        if !entry.path().is_dir() || entry.file_name() == "fixtures" {
            continue;
        }
        for file in std::fs::read_dir(entry.path()).unwrap().map(|file| file.unwrap().path()) {
            if file.extension().is_some_and(|ending| ending == "json") {
                let text = std::fs::read_to_string(&file).unwrap();
                let name = file.strip_prefix(folder).unwrap().display().to_string();
                found.push((name, serde_json::from_str(&text).unwrap()));
            }
        }
    }
    found.sort_by(|(left, _), (right, _)| left.cmp(right));
    found
}

/// Returns the operation with the path of the request, or any operation that only reads if no operation has it.
pub fn operation(recording: &Value) -> &'static str {
    let path = recording["request"]["path"].as_str().unwrap();
    let matches = |template: &str| match template.split_once('{') {
        Some((start, _)) => path.contains(start) || path.ends_with(start.trim_end_matches('/')),
        None => path.ends_with(template),
    };
    operations::ALL.iter().find(|operation| matches(operation.path)).map_or("contact_list", |operation| operation.id)
}
