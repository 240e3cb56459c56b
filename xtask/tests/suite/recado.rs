//! The worked example: Recado, an invented provider, from its own OpenAPI document to the calls of a compiled client.
//!
//! The steps are those of anybody who adds a provider. Their files are in `crates/client-runtime/tests/recado`:
//!
//! 1. `recado-api.yaml` is the document that the provider publishes.
//! 2. `cargo xtask import` turns it into a spec, and keeps it in `specs/imported/recado.yaml` as the base of the next
//!    import.
//! 3. `specs/recado.yaml` is that spec with the edits of a review: which operations only read, the idempotency key, the
//!    pages of lists, which errors prove a refusal, and rules that the document states in prose. `specs/facts.md` says
//!    where the edits come from.
//! 4. `generated` is the client.
//! 5. The tests of the runtime call it: what each operation sends (`wire.rs`), what is refused before (`preflight.rs`),
//!    what a call reports when something fails (`matrix.rs`), and what is logged (`trace.rs`), beside tests of each
//!    feature. A new operation needs a call in `calls.rs`, and the tests name what else is missing.
//!
//! The test below takes steps 2 to 4, and demands that nothing changes. After a change to the document, to the spec or to
//! the generator, `GENERATE=1 cargo test --package xtask --test suite recado` writes what follows from it. It stops for
//! what somebody has to review.

use std::fs;
use std::path::{Path, PathBuf};

use xtask::codegen::{Failure, Generated, Mode, ensure, generate};
use xtask::document::Document;
use xtask::import::{Import, Source, import};
use xtask::lint::{Workspace, report};
use xtask::surface::surface;

use crate::folders::{root, temporary};

const FOLDER: &str = "crates/client-runtime/tests/recado";
const SPEC: &str = "specs/recado.yaml";

/// What an import reads and writes.
const FILES: [&str; 3] = ["specs/facts.md", SPEC, "specs/imported/recado.yaml"];

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn document() -> String {
    text(&root().join(FOLDER).join("recado-api.yaml"))
}

/// Creates a workspace with the last import and the edits.
fn workspace(name: &str) -> PathBuf {
    let workspace = temporary(name);
    fs::create_dir_all(workspace.join("specs/imported")).expect("it can be created");
    for file in FILES {
        fs::copy(root().join(FOLDER).join(file), workspace.join(file)).expect("it can be copied");
    }
    workspace
}

fn import_into(workspace: &Path, document: &str) -> Result<Vec<String>, Failure> {
    let source = Source::parse("recado-api.yaml", document)?;
    let report = import(workspace, &Import { source: &source, name: "recado", selection: None })?;
    if report.errors.is_empty() { Ok(report.lines) } else { Err(report.errors) }
}

/// Checks the spec of a workspace after an import, and returns it.
fn spec(workspace: &Path, lines: Result<Vec<String>, Failure>) -> Document {
    let lines = lines.unwrap_or_else(|lines| panic!("{}", lines.join("\n")));
    let is_lost = |line: &String| line.starts_with("Imported without") || line.starts_with("Left out");
    assert!(!lines.iter().any(is_lost), "{lines:#?}");
    let findings = Workspace::read(workspace).expect("it can be read").all_findings();
    assert!(findings.is_empty(), "{}", report(&findings, 1));
    let spec = text(&workspace.join(SPEC));
    assert!(
        !spec.contains("To be reviewed"),
        "{SPEC}: review the `x-safety` of these operations, and delete the comments"
    );
    Document::parse(&format!("{FOLDER}/{SPEC}"), &spec).expect("it is YAML")
}

#[test]
fn the_spec_and_the_client_follow_from_the_document() {
    let mode = if std::env::var_os("GENERATE").is_some() { Mode::Write } else { Mode::Check };
    let workspace = workspace("recado");
    let lines = import_into(&workspace, &document());
    for file in FILES {
        let (own, imported) = (root().join(FOLDER).join(file), workspace.join(file));
        match mode {
            // With conflicts, too, so that they can be resolved.
            Mode::Write => drop(fs::copy(imported, own).expect("it can be copied")),
            Mode::Check => {
                assert!(text(&own) == text(&imported), "{file} is out of date: set GENERATE=1 for this test");
            }
        }
    }
    let spec = spec(&workspace, lines);
    let code = generate(&spec, &format!("{FOLDER}/{SPEC}")).unwrap_or_else(|failure| panic!("{}", failure.join("\n")));
    surface(&code).expect("the listing knows all that the generator writes");
    let client = Generated { folder: format!("{FOLDER}/generated").into(), code };
    ensure(root(), &client, mode).unwrap_or_else(|stale| panic!("set GENERATE=1 for this test: {stale:#?}"));
}

#[test]
fn a_new_version_of_the_document_keeps_the_edits() {
    let workspace = workspace("recado-new-version");
    let before = text(&workspace.join(SPEC));
    let new = document()
        .replace("version: \"1.4\"", "version: \"1.5\"")
        .replace("        label: {", "        url: { type: string, description: Where it leads }\n        label: {");
    let lines = import_into(&workspace, &new);
    spec(&workspace, lines);
    let after = text(&workspace.join(SPEC));
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let (before, after) = (lines(&before), lines(&after));
    let added: Vec<_> = after.iter().filter(|line| !before.contains(line)).map(|line| line.trim()).collect();
    let lost: Vec<_> = before.iter().filter(|line| !after.contains(line)).map(|line| line.trim()).collect();
    let head = "# Imported from `recado-api.yaml`, version 1.X, with `cargo xtask import DOCUMENT --name recado`.";
    let version = |version: &str| [head.replace("1.X", version), format!("version: \"{version}\"")];
    assert_eq!(lost, version("1.4"));
    assert_eq!(added[..2], version("1.5"));
    assert_eq!(added[2..], ["url:", "description: Where it leads."]);
}
