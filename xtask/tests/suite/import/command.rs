//! The command in a workspace: which files it writes, and which operations it imports.

use std::fs;
use std::path::{Path, PathBuf};

use xtask::codegen::{Mode, codegen};
use xtask::import::{Import, Selection, Source, import};
use xtask::lint::Workspace;

use super::ANDORINHA;
use crate::folders::temporary;

const FACTS: &str = "# Facts\n";

pub(super) fn workspace(name: &str) -> PathBuf {
    let root = temporary(&format!("import-{name}"));
    fs::create_dir(root.join("specs")).expect("it can be created");
    fs::write(root.join("specs/facts.md"), FACTS).expect("it can be written");
    root
}

/// Imports a document and returns the lines of the report, or the errors.
pub(super) fn run(root: &Path, text: &str, ids: Option<&[&str]>) -> Result<Vec<String>, Vec<String>> {
    let source = Source::parse("andorinha.yaml", text)?;
    let selection = ids.map(|ids| Selection::Ids(ids.iter().map(ToString::to_string).collect()));
    let report = import(root, &Import { source: &source, name: "andorinha", selection })?;
    if report.errors.is_empty() { Ok(report.lines) } else { Err(report.errors) }
}

/// Imports another document.
pub(super) fn run_as(root: &Path, file: &str, text: &str) -> Result<Vec<String>, Vec<String>> {
    let source = Source::parse(file, text)?;
    let report = import(root, &Import { source: &source, name: "andorinha", selection: None })?;
    if report.errors.is_empty() { Ok(report.lines) } else { Err(report.errors) }
}

pub(super) fn spec(root: &Path) -> String {
    fs::read_to_string(root.join("specs/andorinha.yaml")).expect("the spec is there")
}

pub(super) fn edit(root: &Path, from: &str, to: &str) {
    let text = spec(root);
    assert!(text.contains(from), "{from} is in\n{text}");
    fs::write(root.join("specs/andorinha.yaml"), text.replacen(from, to, 1)).expect("it can be written");
}

pub(super) fn lint(root: &Path) -> Vec<String> {
    let workspace = Workspace::read(root).expect("the workspace can be read");
    workspace.all_findings().iter().map(ToString::to_string).collect()
}

#[test]
fn an_import_writes_a_spec_its_fact_and_a_crate() {
    let root = workspace("files");
    let lines = run(&root, ANDORINHA, None).expect("it can be imported");
    for file in [
        "specs/facts.md",
        "specs/andorinha.yaml",
        "specs/imported/andorinha.yaml",
        "crates/andorinha-client/Cargo.toml",
        "crates/andorinha-client/README.md",
        "crates/andorinha-client/src/lib.rs",
    ] {
        assert!(lines.contains(&format!("{file}: written")), "{file} {lines:#?}");
        assert!(root.join(file).exists(), "{file}");
    }
    assert_eq!(lint(&root), Vec::<String>::new());
    let facts = fs::read_to_string(root.join("specs/facts.md")).expect("it is there");
    assert!(
        facts.contains("#### A1\n\n(docs) The provider publishes an OpenAPI document, `andorinha.yaml`."),
        "{facts}"
    );
    assert!(lines.last().is_some_and(|line| line.starts_with("imported ")), "{lines:?}");
}

#[test]
fn importing_the_same_document_again_changes_nothing() {
    let root = workspace("again");
    run(&root, ANDORINHA, None).expect("it can be imported");
    edit(&root, "# To be reviewed: taken for a read because it is a GET.", "# Reviewed.");
    let before = spec(&root);
    let lines = run(&root, ANDORINHA, None).expect("it can be imported");
    assert_eq!(lines.first().map(String::as_str), Some("specs/andorinha.yaml: up to date"));
    assert!(!lines.iter().any(|line| line.ends_with(": written") || line.starts_with("Next: ")), "{lines:?}");
    assert_eq!(spec(&root), before);
}

#[test]
fn changes_by_hand_survive_a_new_version() {
    let root = workspace("merge");
    run(&root, ANDORINHA, None).expect("it can be imported");
    edit(&root, "summary: Get a message.", "summary: Get a message and its status.");
    edit(&root, "# To be reviewed: taken for a read because it is a GET.", "# Reviewed.");
    let new = ANDORINHA
        .replace("version: 3.2.0", "version: 3.3.0")
        .replace("        code: { type: integer }", "        code: { type: integer }\n        trace: { type: string }");
    let lines = run(&root, &new, None).expect("it can be merged");
    let spec = spec(&root);
    for kept in ["summary: Get a message and its status.", "# Reviewed.", "version: 3.3.0", "        trace:\n"] {
        assert!(spec.contains(kept), "{kept} is in\n{spec}");
    }
    assert!(lines.contains(&"specs/facts.md: written".to_owned()), "the fact names the version");
    assert_eq!(lint(&root), Vec::<String>::new());
}

#[test]
fn an_import_keeps_to_the_operations_of_the_last_one() {
    let root = workspace("selection");
    run(&root, ANDORINHA, Some(&["getMedia"])).expect("it can be imported");
    let lines = run(&root, ANDORINHA, None).expect("it can be imported");
    assert_eq!(lines.last().map(String::as_str), Some("imported 1 of 1 operations"));
    let lines = run(&root, ANDORINHA, Some(&["getMedia", "getMessage"])).expect("it can be imported");
    assert_eq!(lines.last().map(String::as_str), Some("imported 2 of 2 operations"));
    assert_eq!(lint(&root), Vec::<String>::new());
}

#[test]
fn operations_that_a_new_version_no_longer_has_are_listed_and_removed() {
    let root = workspace("gone");
    run(&root, ANDORINHA, Some(&["getMedia", "getMessage"])).expect("it can be imported");
    let new = ANDORINHA.replace("operationId: getMedia", "operationId: fetchMedia");
    let lines = run(&root, &new, None).expect("it can be imported");
    let at = lines.iter().position(|line| line == "The document no longer has these operations of the last import:");
    assert_eq!(at.map(|at| lines[at + 1].as_str()), Some("  getMedia"), "{lines:#?}");
    assert_eq!(lines.last().map(String::as_str), Some("imported 1 of 1 operations"));
    assert!(!spec(&root).contains("get_media"));
    assert_eq!(lint(&root), Vec::<String>::new());
    let errors = run(&root, &new.replace("operationId: getMessage", "operationId: readMessage"), None)
        .expect_err("none is left");
    assert_eq!(
        errors,
        ["andorinha.yaml: no operation of the last import is left (getMessage): choose others with `--operations`"]
    );
}

#[test]
fn a_spec_that_was_written_by_hand_is_not_overwritten() {
    let root = workspace("by-hand");
    fs::write(root.join("specs/andorinha.yaml"), "by hand").expect("it can be written");
    let errors = run(&root, ANDORINHA, None).expect_err("it is refused");
    assert!(
        errors[0].starts_with("specs/andorinha.yaml exists, but specs/imported/andorinha.yaml does not"),
        "{errors:?}"
    );
    assert_eq!(spec(&root), "by hand");
}

/// The guide says so for providers without a document.
#[test]
fn a_spec_whose_last_import_is_removed_is_one_that_is_written_by_hand() {
    let root = workspace("from-now-on-by-hand");
    run(&root, ANDORINHA, None).expect("it can be imported");
    fs::remove_file(root.join("specs/imported/andorinha.yaml")).expect("it is there");
    edit(&root, "summary: Get a message.", "summary: Get a message and its status.");
    assert_eq!(lint(&root), Vec::<String>::new());
    codegen(&root, Mode::Write).expect("the client can be generated");
    let before = spec(&root);
    let errors = run(&root, ANDORINHA, None).expect_err("it is refused");
    assert!(errors[0].ends_with("choose another name"), "{errors:?}");
    assert_eq!(spec(&root), before);
}

#[test]
fn nothing_is_written_if_no_operation_is_imported_or_the_name_is_wrong() {
    let root = workspace("nothing");
    let errors = run(&root, ANDORINHA, Some(&["remote"])).expect_err("it is left out");
    assert_eq!(errors, ["no operation can be imported, so nothing was written"]);
    let source = Source::parse("andorinha.yaml", ANDORINHA).expect("it is a document");
    for (name, fix) in [
        ("", "acme"),
        ("Bird", "bird"),
        ("a/b", "a-b"),
        ("..", "acme"),
        ("Acme_API", "acme-api"),
        ("-a", "a"),
        ("a-", "a"),
        ("a--b", "a-b"),
        ("1a", "a"),
        ("José", "jos"),
    ] {
        let errors = import(&root, &Import { source: &source, name, selection: None }).expect_err("it is refused");
        assert!(errors[0].starts_with(&format!("`{name}` cannot be the name of a spec and a crate")), "{errors:?}");
        assert!(errors[0].ends_with(&format!("such as `{fix}`")), "{errors:?}");
    }
    let name = "bird-client";
    let errors = import(&root, &Import { source: &source, name, selection: None }).expect_err("it is refused");
    assert!(errors[0].ends_with("write the name without `-client`, such as `bird`"), "{errors:?}");
    let long = "a".repeat(41);
    let errors = import(&root, &Import { source: &source, name: &long, selection: None }).expect_err("it is refused");
    assert!(errors[0].ends_with("write up to 40 characters"), "{errors:?}");
    assert_eq!(fs::read_to_string(root.join("specs/facts.md")).expect("it is there"), FACTS);
    assert!(!root.join("specs/imported").exists() && !root.join("crates").exists());
}
