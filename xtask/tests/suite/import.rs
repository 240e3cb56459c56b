//! Imports of invented documents: the spec, the report, and what is refused.

mod bad_documents;
mod command;
mod damaged;
mod losses;
mod merging;
mod real;
mod reviews;
mod versions;
mod yaml;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use xtask::document::Document;
use xtask::import::{Imported, Selection, Source, convert};
use xtask::lint::{Facts, lint};

const ANDORINHA: &str = include_str!("import/andorinha.yaml");
const SWALLOW: &str = include_str!("import/swallow.json");
const SABIA: &str = include_str!("import/sabia.yaml");

/// The fact that specs of these tests cite.
const FACT: (&str, &str) = ("A1", "#### A1\n\n(docs) The document.\n");

fn imported(source: &Source, selection: &Selection) -> Imported {
    convert(source, "bird", FACT, selection).unwrap_or_else(|failure| panic!("{}", failure.join("\n")))
}

/// Returns the findings of the lint in an imported spec.
fn findings(imported: &Imported) -> Vec<String> {
    let document = Document::parse("specs/bird.yaml", &imported.text).expect("a spec is YAML");
    let facts = Facts::parse("specs/facts.md", FACT.1);
    lint(&[(&document, &imported.text)], &facts).iter().map(ToString::to_string).collect()
}

fn snapshot(name: &str, text: &str) {
    let source = Source::parse(name, text).expect("the document can be imported");
    let imported = imported(&source, &Selection::All);
    assert_eq!(findings(&imported), Vec::<String>::new());
    let mut shown = imported.report(&BTreeSet::new()).join("\n");
    let _ = write!(shown, "\n\n{}", imported.text);
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(format!("import_{}", name.split('.').next().unwrap_or(name)), shown);
    });
}

#[test]
fn a_document_becomes_a_spec_that_the_lint_accepts() {
    snapshot("andorinha.yaml", ANDORINHA);
}

#[test]
fn a_document_in_openapi_3_1_and_json_becomes_a_spec_in_3_0() {
    snapshot("swallow.json", SWALLOW);
}

#[test]
fn a_document_that_is_not_quite_openapi_becomes_a_spec_with_pages() {
    snapshot("sabia.yaml", SABIA);
}

#[test]
fn operations_are_chosen_by_either_id() {
    let source = Source::parse("andorinha.yaml", ANDORINHA).expect("the document can be imported");
    let chosen = Selection::Ids(vec!["getMedia".into(), "get_message".into()]);
    let ids = |imported: &Imported| imported.operations.iter().map(|one| one.id.clone()).collect::<Vec<_>>();
    let one = imported(&source, &chosen);
    assert_eq!((ids(&one), one.total), (vec!["get_message".to_owned(), "get_media".to_owned()], 2));
    let unknown = Selection::Ids(vec!["send".into()]);
    let failure = convert(&source, "bird", FACT, &unknown).expect_err("there is no such operation");
    assert_eq!(failure, ["the document has no operation `send`; there is `send_message`, `send_bulk`"]);
}

#[test]
fn operations_on_another_server_are_imported_by_themselves() {
    let source = Source::parse("andorinha.yaml", ANDORINHA).expect("the document can be imported");
    let legacy = imported(&source, &Selection::Ids(vec!["legacy".into()]));
    assert!(legacy.text.contains("  - url: https://old.andorinha.example\n"), "{}", legacy.text);
    assert_eq!((legacy.operations.len(), findings(&legacy)), (1, Vec::new()));
    let tied = imported(&source, &Selection::Ids(vec!["legacy".into(), "getMessage".into()]));
    assert!(tied.text.contains("  - url: https://{region}.andorinha.example/v1\n"), "{}", tied.text);
    assert_eq!(tied.left_out.len(), 1, "the servers of the document come first");
}

#[test]
fn an_import_is_the_same_each_time() {
    let source = || Source::parse("andorinha.yaml", ANDORINHA).expect("the document can be imported");
    assert_eq!(imported(&source(), &Selection::All).text, imported(&source(), &Selection::All).text);
}
