//! The client of an API whose HTTP status says how a call went. The tests of the runtime call it.
//!
//! `GENERATE=1 cargo test --package xtask --test suite recado` writes it.

use std::fs;

use xtask::codegen::{Generated, Mode, ensure, generate};
use xtask::document::Document;
use xtask::lint::{Workspace, report};
use xtask::surface::surface;

use crate::folders::{root, temporary};

const FOLDER: &str = "crates/client-runtime/tests/recado";

#[test]
fn the_client_is_up_to_date() {
    let file = format!("{FOLDER}/recado.yaml");
    let text = fs::read_to_string(root().join(&file)).expect("it can be read");
    let document = Document::parse(&file, &text).expect("it is YAML");
    let code = generate(&document, &file).unwrap_or_else(|failure| panic!("{}", failure.join("\n")));
    surface(&code).expect("the listing knows all that the generator writes");
    let client = Generated { folder: format!("{FOLDER}/generated").into(), code };
    let mode = if std::env::var_os("GENERATE").is_some() { Mode::Write } else { Mode::Check };
    ensure(root(), &client, mode).unwrap_or_else(|stale| panic!("set GENERATE=1 for this test: {stale:#?}"));
}

#[test]
fn the_spec_holds_all_rules() {
    let folder = temporary("the_spec_of_recado_holds_all_rules");
    fs::create_dir(folder.join("specs")).expect("it can be created");
    for name in ["recado.yaml", "facts.md"] {
        fs::copy(root().join(FOLDER).join(name), folder.join("specs").join(name)).expect("it can be copied");
    }
    let findings = Workspace::read(&folder).expect("it can be read").all_findings();
    assert!(findings.is_empty(), "{}", report(&findings, 1));
}
