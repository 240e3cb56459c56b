//! The recordings of a running backend, in the folder that `RECORDINGS` names.

use std::path::{Path, PathBuf};

use externalapi_client::operations;
use serde_json::Value;

pub fn folder() -> Option<PathBuf> {
    std::env::var_os("RECORDINGS").map(PathBuf::from)
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

/// The operation whose path the request has; any reading one for a path that is none.
pub fn operation(recording: &Value) -> &'static str {
    let path = recording["request"]["path"].as_str().unwrap();
    let matches = |template: &str| match template.split_once('{') {
        Some((start, _)) => path.contains(start) || path.ends_with(start.trim_end_matches('/')),
        None => path.ends_with(template),
    };
    operations::ALL.iter().find(|operation| matches(operation.path)).map_or("contact_list", |operation| operation.id)
}
