//! Pardal, an invented API with bodies that Recado does not have. The tests of the runtime call its client.
//!
//! `GENERATE=1 cargo test --package xtask --test suite pardal` writes it.

use std::fs;

use xtask::codegen::{Generated, Mode, ensure, generate};
use xtask::document::Document;
use xtask::lint::{Workspace, report};
use xtask::surface::surface;

use crate::folders::{root, temporary};

const FOLDER: &str = "crates/client-runtime/tests/pardal";

#[test]
fn the_client_is_up_to_date() {
    let file = format!("{FOLDER}/pardal.yaml");
    let text = fs::read_to_string(root().join(&file)).expect("it can be read");
    let document = Document::parse(&file, &text).expect("it is YAML");
    let code = generate(&document, &file).unwrap_or_else(|failure| panic!("{}", failure.join("\n")));
    surface(&code).expect("the listing knows all that the generator writes");
    let client = Generated { folder: format!("{FOLDER}/generated").into(), code };
    let mode = if std::env::var_os("GENERATE").is_some() { Mode::Write } else { Mode::Check };
    ensure(root(), &client, mode).unwrap_or_else(|stale| panic!("set GENERATE=1 for this test: {stale:#?}"));
}

#[test]
fn the_spec_breaks_no_lint_rule() {
    let folder = temporary("pardal");
    fs::create_dir(folder.join("specs")).expect("it can be created");
    for name in ["pardal.yaml", "facts.md"] {
        fs::copy(root().join(FOLDER).join(name), folder.join("specs").join(name)).expect("it can be copied");
    }
    let findings = Workspace::read(&folder).expect("it can be read").all_findings();
    assert!(findings.is_empty(), "{}", report(&findings, 1));
}
