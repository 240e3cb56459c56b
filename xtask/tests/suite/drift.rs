//! The providers' pages agree with the page models, and the page models with the specs.

mod fourth;

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use xtask::document::Document;
use xtask::drift::{Drift, PageModel, derive, drift};

use crate::folders::{root, temporary};

const CURL_PAGE: &str = include_str!("drift/curl_page.txt");
const ACTION_PAGE: &str = include_str!("drift/action_page.txt");

#[test]
fn the_page_models_agree_with_the_specs() {
    let drift = drift(root(), &[]).expect("the files can be read");
    assert_eq!(drift.errors, Vec::<String>::new());
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("drift", drift.report.join("\n"));
    });
}

/// The repository does not contain the pages, so this test is skipped where they are missing.
#[test]
fn the_real_pages_agree_with_the_page_models() {
    let folder =
        std::env::var_os("PROVIDER_DOCS").map_or_else(|| root().join("../shared/provider-docs"), PathBuf::from);
    if !folder.is_dir() {
        assert!(std::env::var_os("PROVIDER_DOCS").is_none(), "PROVIDER_DOCS names no folder: {}", folder.display());
        // Written directly, since the test harness captures what `eprintln!` prints.
        let _ = writeln!(
            std::io::stderr(),
            "\nSKIPPED: the comparison of the providers' pages. Set PROVIDER_DOCS to their folder to run it.\n"
        );
        return;
    }
    let files = fs::read_dir(&folder).expect("it is a folder").map(|file| file.expect("it can be read").path());
    let text = |path: PathBuf| (path.display().to_string(), fs::read_to_string(&path).expect("it is text"));
    let pages: Vec<_> = files.filter(|path| path.extension().is_some_and(|ending| ending == "txt")).map(text).collect();
    assert!(pages.len() >= 4, "only {} pages in {}", pages.len(), folder.display());
    let drift = drift(root(), &pages).expect("the files can be read");
    assert_eq!(drift.errors, Vec::<String>::new());
    for (file, text) in &pages {
        let derived = derive(root(), file, text).expect("it can be read") + "\n";
        let committed = ["externalapi", "chatguru"].map(|api| committed(root(), api));
        assert!(committed.contains(&derived), "{file}: the derived model differs from the committed one");
    }
}

#[test]
fn page_models_contain_only_what_is_derived() {
    for api in ["externalapi", "chatguru"] {
        let text = committed(root(), api);
        assert_eq!(model(&text).yaml(), text, "{api}: edited by hand");
        for brand in ["EscalaZap", "WaziMe", "WapiFlow", "ChatGuru", "http", "Obrigat", "YOUR-CLIENT"] {
            assert!(!text.contains(brand), "{api}: {brand}");
        }
    }
}

/// The model of a page of either format.
#[test]
fn pages_are_read() {
    for (name, page) in [("curl_page", CURL_PAGE), ("action_page", ACTION_PAGE)] {
        let derived = derive(root(), name, page).expect("it can be read");
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(format!("drift_{name}"), derived);
        });
        // Line ends and a byte order mark make no difference.
        let other = format!("\u{feff}{}", page.replace('\n', "\r\n"));
        assert_eq!(derive(root(), name, &other).expect("it can be read"), derived);
    }
}

/// A fourth instance differs in brand, host and language, and needs only an entry in `servers`.
#[test]
fn a_fourth_instance_is_one_entry() {
    let root = workspace("a_fourth_instance_is_one_entry");
    let page = fourth();
    let errors = self::errors(&root, &page);
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert!(errors[0].contains("https://fourth.example/external-api") && errors[0].contains("`servers`"), "{errors:?}");

    let entry = "servers:\n  - url: https://fourth.example/external-api\n    description: Fourth.\n    x-name: Fourth\n    \
                 x-source: { evidence: docs, facts: [E1] }\n";
    replace(&root, "specs/externalapi.yaml", "servers:\n", entry);
    assert_eq!(self::errors(&root, &page), Vec::<String>::new());
    xtask::codegen::codegen(&root, xtask::codegen::Mode::Write).expect("the spec is right");
    let client =
        fs::read_to_string(root.join("crates/externalapi-client/src/generated/client.rs")).expect("it is generated");
    assert!(client.contains("\"https://fourth.example/external-api\""));
}

/// Each change of a page is reported, with its location and the help.
#[test]
fn a_page_that_differs_is_reported() {
    let root = workspace("a_page_that_differs_is_reported");
    let cases: [(&str, &str, &str); 16] = [
        ("a field is gone", "| city | no |\n", ""),
        ("a field is new", "| city | no |\n", "| city | no |\n| country | no |\n"),
        ("a field in another language", "| firstname | yes |", "| förnamn | yes |"),
        ("a field is required", "| city | no |", "| city | yes |"),
        ("a type", "| template_id | integer |", "| template_id | string |"),
        ("a limit", "100MB", "64MB"),
        ("kinds of file", "(pdf, doc, docx", "(pdf"),
        ("a default", "| paginate |  | 20 |", "| paginate |  | 50 |"),
        ("values", "Four = 4", "Five = 5"),
        ("a method", "'DELETE'", "'POST'"),
        ("a path", "/contact/store'", "/contact/create'"),
        ("a header", "'client-id: x'", "'api-key: x'"),
        ("the base", "https://fourth.example/external-api", "https://fourth.example/v2"),
        ("a word for a column", "| name | required |", "| namn | required |"),
        ("a word for yes", "| city | no |", "| city | nej |"),
        ("an incomplete row", "| city | no |", "| city |"),
    ];
    let mut text = String::new();
    for (name, from, to) in cases {
        let page = fourth();
        assert!(page.contains(from), "{name}: the page has no {from}");
        let errors = errors(&root, &page.replacen(from, to, 1));
        let others: Vec<_> = errors.iter().filter(|error| !error.contains(", instance: ")).collect();
        assert!(!others.is_empty(), "{name}: nothing is reported");
        assert!(others.iter().all(|error| error.starts_with("page.txt")), "{name}: {others:?}");
        let _ = writeln!(text, "{name}");
        for error in others {
            let _ = writeln!(text, "    {error}");
        }
    }
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("drift_of_a_page", text);
    });
}

/// Each change of a spec that the pages contradict is reported.
#[test]
fn a_spec_that_differs_is_reported() {
    let cases: [(&str, &str, &str, &str); 14] = [
        (
            "externalapi",
            "  /contact/store:\n",
            "  /contact/create:\n",
            "POST /contact/store, operation: the spec does not have it",
        ),
        (
            "externalapi",
            "    delete:\n",
            "    put:\n",
            "DELETE /contact/delete/{}, operation: the spec does not have it",
        ),
        (
            "externalapi",
            "        template_id:\n",
            "        id_of_template:\n",
            "form template_id: the spec does not have it",
        ),
        (
            "externalapi",
            "required: [mobile_code, mobile, template_id]",
            "required: [mobile_code, mobile]",
            "form template_id: required",
        ),
        ("externalapi", "x-max-bytes: 104857600", "x-max-bytes: 1048576", "form document: max-bytes"),
        ("externalapi", "x-file-types: [mp4]", "x-file-types: [mp4, 3gp]", "form video: file-types"),
        (
            "externalapi",
            "        - { value: 3, name: Important, description: \"Marked as important.\" }\n",
            "",
            "query status: values",
        ),
        ("externalapi", "      name: client-id\n", "      name: x-client-id\n", "header client-id"),
        ("externalapi", "    Unauthorized: credentials\n", "", "error remark Unauthorized"),
        (
            "externalapi",
            "https://wapiflow.cloud/external-api",
            "https://wapiflow.cloud/api",
            "all, base: the pages say `/external-api`",
        ),
        (
            "chatguru",
            "  /api/v1#note_add:\n",
            "  /api/v1#add_note:\n",
            "POST /api/v1#add_note, operation: no page has it",
        ),
        ("chatguru", "        - name: caption\n", "        - name: title\n", "query title: no page has it"),
        (
            "chatguru",
            "        note_id:\n",
            "        annotation_id:\n",
            "answer note_id: the spec's answer does not have it",
        ),
        (
            "chatguru",
            "          x-key-prefix: field__\n",
            "          x-key-prefix: custom__\n",
            "query field__NOME_DO_CAMPO: the spec does not have it",
        ),
    ];
    let root = workspace("a_spec_that_differs_is_reported");
    for (api, from, to, expected) in cases {
        let file = root.join(format!("specs/{api}.yaml"));
        let text = fs::read_to_string(&file).expect("it is there");
        assert!(text.contains(from), "{api} has no {from}");
        fs::write(&file, text.replacen(from, to, 1)).expect("it can be written");
        let errors = drift(&root, &[]).expect("the files can be read").errors;
        assert!(errors.iter().any(|error| error.contains(expected)), "{expected}: {errors:#?}");
        assert!(errors.iter().all(|error| error.starts_with("specs/pages/") && error.contains(".yaml")), "{errors:#?}");
        fs::write(&file, text).expect("it can be written");
    }
    assert_eq!(drift(&root, &[]).expect("the files can be read").errors, Vec::<String>::new());
}

#[test]
fn a_list_of_differences_stays_true() {
    let root = workspace("a_list_of_differences_stays_true");
    let known = "specs/pages/known.yaml";
    let text = fs::read_to_string(root.join(known)).expect("it is there");
    let entry = "- api: externalapi\n  page: WapiFlow\n  operation: POST /contact/store\n  what: form city\n  reason: It has none.\n  facts: [E1]\n";
    fs::write(root.join(known), format!("{text}\n{entry}")).expect("it can be written");
    let none = drift(&root, &[]).expect("the files can be read");
    assert_eq!(none.errors, Vec::<String>::new(), "a difference of one page needs that page");

    let page = fourth().replace("fourth.example", "wapiflow.cloud");
    let errors = self::errors(&root, &page);
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert!(errors[0].starts_with("specs/pages/known.yaml:") && errors[0].contains("delete the entry"), "{errors:?}");
    assert_eq!(self::errors(&root, &page.replacen("| city | no |\n", "", 1)), Vec::<String>::new(), "it is listed");

    fs::write(root.join(known), text.replace("[E3]", "[E300]")).expect("it can be written");
    let errors = drift(&root, &[]).expect("the files can be read").errors;
    assert!(errors.len() == 1 && errors[0].contains("there is no fact E300"), "{errors:?}");
}

#[test]
fn a_text_that_is_not_a_page_is_refused() {
    for (text, expected) in [
        ("", "cannot be read"),
        ("Hello", "cannot be read"),
        ("<html><body>API</body></html>", "This is HTML"),
        ("CURLOPT_URL => 'x'\nCURLOPT_CUSTOMREQUEST => 'GET'", "base URL"),
        (
            "https://a.example/b\nCURLOPT_URL => 'x'\nCURLOPT_CUSTOMREQUEST => 'GET'",
            "page.txt:2: CURLOPT_URL has no URL",
        ),
        (
            "https://a.example/b\nCURLOPT_URL => 'https://a.example/b/c'\n//CURLOPT_CUSTOMREQUEST",
            "page.txt:2: this sample has no",
        ),
        ("A (b)\nGET https://a.example/c\nA (b)\nGET https://a.example/c", "page.txt:4: the action `b` occurs twice"),
    ] {
        let error = derive(root(), "page.txt", text).expect_err("it is not a page");
        assert!(error[0].starts_with("page.txt") && error[0].contains(expected), "{text}: {error:?}");
    }
}

/// A page that is cut off or changed is read or refused.
#[test]
fn no_page_causes_a_panic() {
    for page in [CURL_PAGE, ACTION_PAGE, &fourth()] {
        let cuts: Vec<_> = page.char_indices().map(|(at, _)| at).step_by(7).collect();
        for &at in &cuts {
            let _ = derive(root(), "page", &page[..at]);
            let _ = derive(root(), "page", &page[at..]);
            let _ = derive(root(), "page", &format!("{}{}", &page[at..], &page[..at]));
        }
        for sign in ['|', '\'', '(', '{', '\n', ':', ' ', '/'] {
            let _ = derive(root(), "page", &page.replace(sign, ""));
            let _ = derive(root(), "page", &page.replace(sign, &format!("{sign}{sign}")));
        }
    }
}

#[test]
fn the_command_fails_where_something_differs() {
    let folder = temporary("the_command_fails_where_something_differs");
    let page = folder.join("page.txt");
    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_xtask")).args(arguments).output().expect("it runs");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let name = page.to_str().expect("it is text");
    assert_eq!(run(&["drift"]), (Some(0), String::new()));
    let (code, error) = run(&["drift", name]);
    assert!(code == Some(1) && error.contains("page.txt: "), "{error}");
    fs::write(&page, "Hello").expect("it can be written");
    let (code, error) = run(&["drift", name]);
    assert!(code == Some(1) && error.contains("cannot be read"), "{error}");
    fs::write(&page, fourth()).expect("it can be written");
    let (code, error) = run(&["drift", name]);
    assert!(code == Some(1) && error.contains("Add it to `servers`"), "{error}");
    fs::write(&page, fourth().replace("fourth.example", "wapiflow.cloud")).expect("it can be written");
    assert_eq!(run(&["drift", name]), (Some(0), String::new()));
}

/// Returns the errors of comparing one page with a workspace.
fn errors(root: &Path, page: &str) -> Vec<String> {
    let Drift { errors, .. } = drift(root, &[("page.txt".to_owned(), page.to_owned())]).expect("the files can be read");
    errors
}

/// The page of an invented instance.
fn fourth() -> String {
    fourth::page(&model(&committed(root(), "externalapi")))
}

fn model(text: &str) -> PageModel {
    PageModel::read(&Document::parse("facts", text).expect("it is YAML")).expect("it is right")
}

fn committed(root: &Path, api: &str) -> String {
    fs::read_to_string(root.join(format!("specs/pages/{api}.yaml"))).expect("it is there").replace("\r\n", "\n")
}

fn replace(root: &Path, file: &str, from: &str, to: &str) {
    let text = fs::read_to_string(root.join(file)).expect("it is there");
    assert_eq!(text.matches(from).count(), 1, "{from}");
    fs::write(root.join(file), text.replace(from, to)).expect("it can be written");
}

/// Returns a copy of the specs and of the page models.
fn workspace(name: &str) -> PathBuf {
    let copy = temporary(name);
    fs::create_dir_all(copy.join("specs/pages")).expect("it can be created");
    for folder in ["specs", "specs/pages"] {
        for file in fs::read_dir(root().join(folder)).expect("it is there").map(|file| file.expect("it can be read")) {
            if file.path().is_file() {
                fs::copy(file.path(), copy.join(folder).join(file.file_name())).expect("it can be copied");
            }
        }
    }
    copy
}
