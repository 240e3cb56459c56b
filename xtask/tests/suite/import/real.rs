//! Real documents, which are not in the repository: `REAL_SPECS` names their folder.

use std::collections::BTreeSet;

use xtask::import::{Selection, Source, convert};

use super::damaged::real_documents;
use super::{FACT, findings};

#[test]
fn nearly_all_operations_of_real_documents_are_imported() {
    let documents = real_documents();
    if documents.is_empty() {
        println!("SKIPPED: set REAL_SPECS to a folder of providers' OpenAPI documents to import them");
    }
    for (name, text) in documents {
        let source = Source::parse(&name, &text).unwrap_or_else(|failure| panic!("{failure:?}"));
        let imported = convert(&source, "real", FACT, &Selection::All).unwrap_or_else(|failure| panic!("{failure:?}"));
        println!("{name}: {}", imported.report(&BTreeSet::new()).last().expect("a report has a last line"));
        for one in &imported.left_out {
            println!("  left out: {}: {}", one.request_line, one.finding);
        }
        for note in &imported.notes {
            println!("  without: {note}");
        }
        assert_eq!(findings(&imported), Vec::<String>::new(), "{name}");
        assert!(imported.operations.len() * 100 >= imported.total * 95, "{name}");
    }
}
