//! Each rule of the rewriting and patching, with the code that it generates from a small spec.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use saphyr::{LoadableYamlNode as _, Yaml, YamlEmitter};
use xtask::codegen::generate;
use xtask::document::Document;
use xtask::surface::surface;

macro_rules! fixtures {
    ($($name:ident)*) => {
        const NAMES: &[&str] = &[$(stringify!($name)),*];

        $(
            #[test]
            fn $name() {
                let name = stringify!($name);
                insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
                    insta::assert_snapshot!(name, shown(name));
                });
            }
        )*
    };
}

fixtures! {
    constant_action
    credentials
    credentials_of_operations
    envelope_all
    envelope_listed
    form_of_two_operations
    form_with_list
    header_parameters
    json_body
    json_nullable
    json_root_body
    limits_left_out
    multipart_with_file
    multipart_with_objects
    named_like_keyword
    named_like_prelude
    named_like_schema_keyword
    notes_in_docs
    object_without_properties
    one_of_list_or_item
    one_of_scalars
    one_of_with_empty_array
    open_enum_integer
    open_enum_string
    pagination
    pagination_by_cursor
    pagination_by_key
    pagination_by_offset
    parameter_names
    path_parameters
    query_map_with_prefix
    query_parameters
    rules
    server_variable
    servers
    urlencoded_body
    webhook
    webhook_with_empty_texts
}

#[test]
fn every_fixture_is_tested() {
    let files = fs::read_dir(folder()).expect("the fixtures are there");
    let found: BTreeSet<_> = files
        .map(|file| file.expect("it can be read").path().file_stem().expect("it has a name").display().to_string())
        .filter(|name| name != "frame")
        .collect();
    assert_eq!(found, NAMES.iter().map(|name| (*name).to_owned()).collect());
}

/// Returns the parts of the code that the fixture selects.
fn shown(name: &str) -> String {
    let (mut spec, fixture) = (yaml("frame"), yaml(name));
    merge(&mut spec, &fixture);
    let mut text = String::new();
    YamlEmitter::new(&mut text).dump(&spec).expect("YAML can be written");
    let file = format!("{name}.yaml");
    let document = Document::parse(&file, &text).expect("what was written can be read");
    let code = generate(&document, &file).unwrap_or_else(|failure| panic!("{}", failure.join("\n")));
    surface(&code).expect("the listing knows all that the generator writes");
    for (path, text) in code.files() {
        let wide = text.lines().find(|line| line.chars().count() > 120);
        assert_eq!(wide, None, "{path}: lines are as wide as those of the workspace");
        let types: Vec<_> = text.lines().filter(|line| line.starts_with("impl ") && *line != "impl Client {").collect();
        assert_eq!(types.len(), types.iter().collect::<BTreeSet<_>>().len(), "{path}: implemented twice: {types:#?}");
    }

    let code = code.text();
    let mut comments =
        code.lines().map(str::trim_start).filter(|line| line.starts_with("///") || line.starts_with("/*"));
    let odd = comments.find(|line| *line != "///" && !line.starts_with("/// "));
    assert_eq!(odd, None, "documentation is written line by line, with a space in front");

    let show = fixture.as_mapping_get("x-show").and_then(Yaml::as_sequence).expect("a fixture says what to show");
    let parts = show.iter().map(|start| part(&code, start.as_str().expect("`x-show` lists texts")));
    parts.collect::<Vec<_>>().join("\n\n")
}

fn folder() -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "tests", "suite", "fixtures"].iter().collect()
}

fn yaml(name: &str) -> Yaml<'static> {
    let text = fs::read_to_string(folder().join(format!("{name}.yaml"))).expect("the fixture is there");
    let mut documents = Yaml::load_from_str(&text).expect("the fixture is YAML");
    assert_eq!(documents.len(), 1, "{name}.yaml is one document");
    documents.remove(0)
}

/// Applies a merge patch as in RFC 7396. New entries come last.
fn merge(target: &mut Yaml<'static>, patch: &Yaml<'static>) {
    let Yaml::Mapping(entries) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_mapping() {
        *target = Yaml::Mapping(saphyr::Mapping::new());
    }
    let Yaml::Mapping(target) = target else { return };
    for (key, value) in entries {
        if value.is_null() {
            target.remove(key);
        } else if let Some(old) = target.get_mut(key) {
            merge(old, value);
        } else {
            target.insert(key.clone(), value.clone());
        }
    }
}

/// Returns the first item, statement or function in `code` with a line that starts with `start`, with the documentation
/// and attributes above it.
fn part(code: &str, start: &str) -> String {
    let lines: Vec<_> = code.lines().collect();
    let found = lines.iter().position(|line| line.trim_start().starts_with(start));
    let found = found.unwrap_or_else(|| panic!("no line starts with `{start}`"));
    let indentation = |line: &str| line.len() - line.trim_start().len();
    let indent = indentation(lines[found]);
    let above = |line: &&&str| {
        indentation(line) > indent || ["///", "#[", ")]"].iter().any(|start| line.trim_start().starts_with(start))
    };
    let first = found - lines[..found].iter().rev().take_while(above).count();

    let mut depth = 0;
    let mut part = Vec::new();
    for (index, line) in lines.iter().enumerate().skip(first) {
        part.push(line.get(indent..).unwrap_or_default());
        if index < found || line.trim_start().starts_with("///") {
            continue;
        }
        depth += line.matches(['(', '[', '{']).count();
        depth = depth.saturating_sub(line.matches([')', ']', '}']).count());
        // A comma ends a field, but not the head of a function.
        let ends = line.ends_with([';', '}']) || (index == found && line.ends_with(','));
        if depth == 0 && ends {
            break;
        }
    }
    part.join("\n")
}
