//! Invented crates, and the wrong imports in them.

use super::*;

/// What is wrong in a made-up crate of `low`, `high` and `high::part`.
fn check(low: &str, high: &str, part: &str) -> Vec<String> {
    let files = [
        ("src/lib.rs", "mod low; mod high; pub use high::High; pub use serde;"),
        ("src/low.rs", low),
        ("src/high.rs", high),
        ("src/high/part.rs", part),
    ];
    Crate::new(Path::new("src"), &files.map(|(path, text)| (Path::new(path), text))).wrong_imports(&[
        "low",
        "high::part",
        "high",
    ])
}

#[test]
fn an_import_of_a_module_above_is_right() {
    let fine = "use crate::{low::{self, Low}, high::part::Part};\nmod part;\nfn f() { part::g(); low::h(); }";
    assert_eq!(check("use std::fmt;\npub(crate) struct Low;", fine, "use super::super::low;"), [""; 0]);
}

#[test]
fn an_arrow_that_is_turned_round_is_found_however_it_is_written() {
    for low in [
        "//! Speaks of high::High.\nuse crate::high::High;",
        "\nuse crate::{high::{High as Other}};",
        "\nuse super::high;",
        "\nuse crate::high::*;",
        "\nfn f() -> crate::high::High { unreachable!() }",
        "\nfn f() { let _ = super::high::High; }",
        "\nmacro_rules! m { () => { $crate::high::High } }",
        "\nfn f() { println!(\"{}\", crate::high::N); }",
        "\nmod inner { use super::super::high::High; }",
    ] {
        let expected = ["src/low.rs:2: low imports high, which is not listed above it"];
        assert_eq!(check(low, "", ""), expected, "{low}");
    }
    let up = ["src/high/part.rs:1: high::part imports high, which is not listed above it"];
    assert_eq!(check("", "", "use super::high::X; use crate::high::X;"), up);
}

#[test]
fn a_name_that_the_root_exports_is_not_a_way_round_the_order() {
    let expected = ["src/low.rs:1: low imports `High` from the crate's root: name its module"];
    assert_eq!(check("use crate::High;", "", ""), expected);
    let exported = "#[macro_export]\nmacro_rules! made { () => {} }";
    assert_eq!(check(exported, "fn f() { crate::made!(); }", ""), [""; 0]);
    assert_eq!(check("use crate::serde::Serialize;", "", ""), [""; 0], "that is another crate");
    assert_eq!(check("fn f() { crate::made!(); }", exported, "").len(), 1);
}

#[test]
fn tests_may_import_anything() {
    for low in ["#[cfg(test)]\nmod tests { use crate::high::High; }", "#[cfg(test)]\nuse crate::high::High;"] {
        assert_eq!(check(low, "#[cfg(test)]\nmod part;", "use crate::High;"), [""; 0]);
    }
}

#[test]
fn every_module_is_in_the_list_and_the_list_has_no_others() {
    let files = [("src/a.rs", "use crate::b::B;"), ("src/b.rs", "")].map(|(path, text)| (Path::new(path), text));
    let all = Crate::new(Path::new("src"), &files);
    assert_eq!(all.wrong_imports(&["a"]), ["src/a.rs:1: b is not in the list of modules"]);
    assert_eq!(all.wrong_imports(&["b"]), ["src/a.rs:1: a is not in the list of modules"]);
    assert_eq!(all.wrong_imports(&["b", "a", "c"]), ["there is no module c"]);
    assert_eq!(all.wrong_imports(&["b", "a"]), [""; 0]);
}
