//! The generated clients are written and checked.

use std::fs;
use std::path::PathBuf;

use xtask::client_code::ClientCode;
use xtask::codegen::{COMMAND, Generated, Mode, codegen, ensure, generate, generate_all};
use xtask::document::Document;
use xtask::surface::surface;

use crate::folders::{root, temporary};

#[test]
fn the_committed_clients_are_up_to_date() {
    let generated = generate_all(root()).expect("the specs are right");
    assert_eq!(generated.len(), specs().len(), "each spec has its client");
    for client in generated {
        assert_eq!(ensure(root(), &client, Mode::Check), Ok(vec![]), "run `{COMMAND}`");
    }
}

#[test]
fn the_same_spec_generates_the_same_bytes() {
    for (file, spec) in specs() {
        assert!(client(&file, &spec) == client(&file, &spec), "{file}");
    }
}

#[test]
fn a_description_changes_documentation_only() {
    let mut all_changes = 0;
    for (file, spec) in specs() {
        let before = client(&file, &spec);
        let listed = surface(&before).expect("the listing knows it");
        let mut changes = 0;
        for at in descriptions(&spec).into_iter().step_by(29) {
            let after = client(&file, &format!("{}It is said that {}", &spec[..at], &spec[at..]));
            let line = spec[..at].lines().count();
            let (old, new) = (before.text(), after.text());
            assert!(without_docs(&old) == without_docs(&new), "{file}:{line} changed code");
            assert_eq!(surface(&after).expect("the listing knows it"), listed, "{file}:{line} changed the surface");
            changes += usize::from(before != after);
        }
        assert!(changes > 0, "{file}: no description is documentation");
        all_changes += changes;
    }
    assert!(all_changes > 8, "{all_changes} descriptions are documentation");
}

#[test]
fn a_stale_file_is_reported_and_not_changed() {
    let root = temporary("a_stale_file_is_reported_and_not_changed");
    let client = notes("new\nlines\n");
    let path = root.join(FOLDER).join("types.rs");

    let stale = format!("{FOLDER}/types.rs is not what its spec makes: run `{COMMAND}`");
    assert_eq!(ensure(&root, &client, Mode::Check), Err(vec![stale.clone()]), "a missing file is stale");
    assert!(!path.exists(), "checking writes nothing");
    assert_eq!(ensure(&root, &client, Mode::Write), Ok(vec![format!("{FOLDER}/types.rs: written")]));
    assert_eq!(ensure(&root, &client, Mode::Check), Ok(vec![]), "what was written is up to date");

    fs::write(&path, "old\nlines\n").expect("it can be written");
    assert_eq!(ensure(&root, &client, Mode::Check), Err(vec![stale]));
    assert_eq!(fs::read_to_string(&path).expect("it is there"), "old\nlines\n", "checking writes nothing");
}

/// For example the builders of the forms when the last form is removed, and the single file of older clients.
#[test]
fn a_file_that_is_no_longer_generated_is_removed() {
    let root = temporary("a_file_that_is_no_longer_generated_is_removed");
    let client = notes("lines\n");
    ensure(&root, &client, Mode::Write).expect("it can be written");
    let old = ["crates/notes-client/src/generated/types/builder.rs", "crates/notes-client/src/generated.rs"];
    fs::create_dir(root.join(FOLDER).join("types")).expect("it can be created");
    for path in old {
        fs::write(root.join(path), "").expect("it can be written");
    }

    let stale = old.map(|path| format!("{path} is not generated any more: run `{COMMAND}`"));
    assert_eq!(ensure(&root, &client, Mode::Check), Err(stale.to_vec()));
    assert!(old.iter().all(|path| root.join(path).exists()), "checking removes nothing");
    assert_eq!(ensure(&root, &client, Mode::Write), Ok(old.map(|path| format!("{path}: removed")).to_vec()));
    assert_eq!(ensure(&root, &client, Mode::Check), Ok(vec![]));
}

const FOLDER: &str = "crates/notes-client/src/generated";

/// Returns a client with one file.
fn notes(text: &str) -> Generated {
    let code = ClientCode::new([("types.rs".to_owned(), text.to_owned())].into());
    Generated { folder: FOLDER.into(), code }
}

#[test]
fn a_file_with_windows_line_ends_is_up_to_date() {
    let root = temporary("a_file_with_windows_line_ends_is_up_to_date");
    let (client, path) = (notes("two\nlines\n"), root.join(FOLDER).join("types.rs"));
    fs::create_dir_all(root.join(FOLDER)).expect("it can be created");
    fs::write(&path, "two\r\nlines\r\n").expect("it can be written");
    assert_eq!(ensure(&root, &client, Mode::Check), Ok(vec![]));
    assert_eq!(ensure(&root, &client, Mode::Write), Ok(vec![]));
    assert_eq!(fs::read_to_string(&path).expect("it is there"), "two\r\nlines\r\n", "it is not changed");
}

#[test]
fn an_error_names_the_command_that_fixes_it() {
    let root = temporary("an_error_names_the_command_that_fixes_it");
    fs::create_dir(root.join("specs")).expect("it can be created");
    for (name, text) in specs() {
        fs::write(root.join("specs").join(name), text).expect("it can be written");
    }
    fs::copy(self::root().join("specs/facts.md"), root.join("specs/facts.md")).expect("it can be copied");
    let stale = codegen(&root, Mode::Check).expect_err("nothing is generated yet");
    assert!(stale.len() > specs().len());
    assert!(stale.iter().all(|line| line.contains("`cargo xtask codegen`")), "{stale:?}");

    codegen(&root, Mode::Write).expect("the specs are right");
    codegen(&root, Mode::Check).expect("all is generated");
}

/// cargo fails if a folder among the members is not a crate.
#[test]
fn a_missing_crate_is_reported_before_anything_is_written() {
    let root = temporary("a_missing_crate_is_reported_before_anything_is_written");
    fs::create_dir(root.join("specs")).expect("it can be created");
    for (name, text) in specs() {
        fs::write(root.join("specs").join(name), text).expect("it can be written");
    }
    fs::copy(self::root().join("specs/facts.md"), root.join("specs/facts.md")).expect("it can be copied");
    fs::write(root.join("Cargo.toml"), "[workspace]\nmembers = [\"crates/*\"]\n").expect("it can be written");
    let crate_of = |name| root.join("crates").join(name);
    let home = crate_of("externalapi-client");
    fs::create_dir_all(&home).expect("it can be created");
    fs::write(home.join("Cargo.toml"), "").expect("it can be written");

    for mode in [Mode::Check, Mode::Write] {
        let failure = codegen(&root, mode).expect_err("a crate is missing");
        let missing = "crates/chatguru-client: there is no crate: \"A provider without a document\" in CONTRIBUTING.md says \
                       how to make one";
        assert!(failure.contains(&missing.to_owned()), "{failure:?}");
        assert_eq!(failure.len(), specs().len() - 1, "{failure:?}");
        assert!(!home.join("src").exists() && !crate_of("chatguru-client").exists(), "nothing is written");
    }
    let guides = fs::read_to_string(self::root().join("CONTRIBUTING.md")).expect("it is there");
    assert!(guides.contains("\n#### A provider without a document\n"), "the guide has this title");
}

#[test]
fn a_spec_with_another_extension_is_reported() {
    let root = temporary("a_spec_with_another_extension_is_reported");
    fs::create_dir(root.join("specs")).expect("it can be created");
    for name in ["facts.md", "notes.yml", "other.YAML"] {
        fs::write(root.join("specs").join(name), "").expect("it can be written");
    }
    let error = |name| format!("specs/{name}: this file would be ignored: the name of a spec must end with `.yaml`");
    assert_eq!(codegen(&root, Mode::Write), Err(vec![error("notes.yml"), error("other.YAML")]));
}

/// Returns the positions of the texts of descriptions.
fn descriptions(spec: &str) -> Vec<usize> {
    let start = |(at, key): (usize, &str)| {
        let text = &spec[at + key.len()..];
        // After `|` the text starts on the next line; otherwise here, perhaps in quotes.
        let text = text.strip_prefix(['|', '"']).unwrap_or(text).trim_start();
        spec.len() - text.len()
    };
    spec.match_indices(" description: ").map(start).collect()
}

/// Returns the lines that are not documentation.
fn without_docs(code: &str) -> Vec<&str> {
    code.lines().filter(|line| !line.trim_start().starts_with("///")).collect()
}

fn client(file: &str, spec: &str) -> ClientCode {
    let document = Document::parse(file, spec).expect("it is YAML");
    generate(&document, file).expect("the spec is right")
}

/// Returns the file name and the text of each real spec.
fn specs() -> Vec<(String, String)> {
    let files = fs::read_dir(root().join("specs")).expect("specs/ is there");
    let paths = files.map(|file| file.expect("specs/ can be read").path());
    let specs = paths.filter(|path| path.extension().is_some_and(|ending| ending == "yaml"));
    let named = |path: PathBuf| {
        let file = path.file_name().expect("it has a name").display().to_string();
        (file, fs::read_to_string(path).expect("it can be read"))
    };
    specs.map(named).collect()
}
