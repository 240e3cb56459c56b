//! The files of a new client's crate, but for the generated code. They are those of an existing client with other names.

use std::path::PathBuf;

use super::readme::readme;
use crate::names::title_in_sentence;

const MANIFEST: &str = include_str!("../../../crates/chatguru-client/Cargo.toml");
const ROOT: &str = include_str!("../../../crates/chatguru-client/src/lib.rs");

/// Returns the files of a crate by their path from the root of the workspace. `spec` is the text of the spec.
pub(super) fn skeleton(name: &str, title: &str, spec: &str) -> Vec<(PathBuf, String)> {
    let folder = PathBuf::from(format!("crates/{name}-client"));
    let title = title.replace(['`', '"', '\\'], "'");
    vec![
        (folder.join("Cargo.toml"), manifest(name, &title)),
        (folder.join("README.md"), readme(name, &title, spec)),
        (folder.join("src/lib.rs"), root()),
    ]
}

/// What examples and tests need.
const EXAMPLES: &str = "[dev-dependencies]\ntokio = { workspace = true, features = [\"macros\", \"rt\"] }\n";

fn manifest(name: &str, title: &str) -> String {
    let mut lines = Vec::new();
    // The tests of the other client are its own.
    let head = MANIFEST.split("[dev-dependencies]").next().unwrap_or_default();
    let tail = MANIFEST.split("\n[lints]").nth(1).unwrap_or_default();
    for line in head.lines().filter(|line| !line.starts_with("exclude") && !line.starts_with("# They use files")) {
        if line.starts_with("name = ") {
            lines.push(format!("name = \"{name}-client\""));
        } else if line.starts_with("description = ") {
            let text =
                format!("Typed client of {}: every error tells whether the call took effect", title_in_sentence(title));
            lines.push(format!("description = \"{text}\""));
        } else {
            lines.push(line.to_owned());
        }
    }
    format!("{}\n\n{EXAMPLES}\n[lints]{tail}", lines.join("\n").trim_end())
}

fn root() -> String {
    // The links are those of the other client's README.
    let is_link = |line: &&str| {
        line.starts_with("//! [") || line.starts_with("// The README's links") || line.trim_end() == "//!"
    };
    let lines: Vec<_> = ROOT.lines().filter(|line| !is_link(line)).collect();
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::skeleton;

    const SPEC: &str = include_str!("../../../crates/client-runtime/tests/recado/specs/recado.yaml");

    #[test]
    fn nothing_is_left_of_the_client_that_it_was_taken_from() {
        let files = skeleton("evolution", "Evolution \"API\"", SPEC);
        for (path, text) in &files {
            assert!(!text.to_lowercase().contains("chatguru"), "{}:\n{text}", path.display());
            assert!(!text.contains("sandbox"), "{}:\n{text}", path.display());
        }
        let manifest = &files[0].1;
        for line in [
            "name = \"evolution-client\"",
            "[features]",
            "serde_json.workspace = true",
            "[dev-dependencies]",
            "[lints]",
        ] {
            assert!(manifest.lines().any(|other| other == line), "{line}\n{manifest}");
        }
        assert!(manifest.contains("of Evolution 'API':"));
        let readme = &files[1].1;
        for part in ["use evolution_client::{", "Credentials::new(", "client.", "## Features", "`rustls` (default)"] {
            assert!(readme.contains(part), "{part}\n{readme}");
        }
        assert!(files[2].1.contains("mod generated;"));
    }
}
