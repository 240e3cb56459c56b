// Generated from crates/client-runtime/tests/pardal/pardal.yaml: do not edit. Change the spec and run `cargo xtask codegen`.

//! The operations as data: method, path, safety, rules and pagination.

use zap_client_runtime::reqwest::Method;
#[allow(unused_imports)]
use zap_client_runtime::{Constraint, Evidence, Operation, Pagination, Rule, Safety};

/// `send_messages`: Send many messages.
pub static SEND_MESSAGES: Operation =
    Operation::new("send_messages", Method::POST, "/messages", Safety::Change, "Send many messages.")
        .with_fields(&["body"])
        .with_rules(&[
            Rule::new(&["body"], Constraint::Required, Evidence::Docs, &[], ""),
            Rule::new(&["body[].to"], Constraint::Digits, Evidence::Docs, &["P1"], ""),
            Rule::new(&["body[].tags"], Constraint::MaxLength(3), Evidence::Docs, &["P1"], ""),
            Rule::new(
                &["body[].buttons[].label"],
                Constraint::MaxLength(5),
                Evidence::Docs,
                &["P1"],
                "The screen is small.",
            ),
            Rule::new(
                &["body[].buttons[].label"],
                Constraint::MinLength(1),
                Evidence::Docs,
                &["P1"],
                "The screen is small.",
            ),
            Rule::new(&["body[].buttons[].weight"], Constraint::Minimum(1), Evidence::Docs, &["P1"], ""),
        ]);

/// `check_numbers`: Check many numbers.
pub static CHECK_NUMBERS: Operation =
    Operation::new("check_numbers", Method::POST, "/numbers", Safety::Change, "Check many numbers.")
        .with_fields(&["body"]);

/// `send_raw`: Send any JSON.
pub static SEND_RAW: Operation =
    Operation::new("send_raw", Method::POST, "/raw", Safety::Change, "Send any JSON.")
        .with_fields(&["body"])
        .with_rules(&[
            Rule::new(&["body"], Constraint::Required, Evidence::Docs, &[], ""),
        ]);

/// `set_settings`: Set the settings.
pub static SET_SETTINGS: Operation =
    Operation::new("set_settings", Method::POST, "/settings", Safety::Change, "Set the settings.")
        .with_fields(&["body"])
        .with_rules(&[
            Rule::new(&["body"], Constraint::Required, Evidence::Docs, &[], ""),
        ]);

/// `update_contact`: Update a contact.
pub static UPDATE_CONTACT: Operation =
    Operation::new("update_contact", Method::PATCH, "/contacts", Safety::Change, "Update a contact.")
        .with_fields(&["name", "score", "labels", "extra", "button", "buttons_by_name"])
        .with_rules(&[
            Rule::new(&["score"], Constraint::Required, Evidence::Docs, &["P1"], ""),
            Rule::new(&["extra"], Constraint::MinEntries(1), Evidence::Docs, &["P1"], ""),
            Rule::new(&["button.label"], Constraint::MaxLength(5), Evidence::Docs, &["P1"], "The screen is small."),
            Rule::new(&["button.label"], Constraint::MinLength(1), Evidence::Docs, &["P1"], "The screen is small."),
            Rule::new(&["button.weight"], Constraint::Minimum(1), Evidence::Docs, &["P1"], ""),
        ]);

/// `upload`: Upload files.
pub static UPLOAD: Operation =
    Operation::new("upload", Method::POST, "/uploads", Safety::Change, "Upload files.")
        .with_fields(&["files", "caption", "words", "note"])
        .with_rules(&[
            Rule::new(&["files"], Constraint::Required, Evidence::Docs, &["P1"], ""),
            Rule::new(&["caption.label"], Constraint::MaxLength(5), Evidence::Docs, &["P1"], "The screen is small."),
            Rule::new(&["caption.label"], Constraint::MinLength(1), Evidence::Docs, &["P1"], "The screen is small."),
            Rule::new(&["caption.weight"], Constraint::Minimum(1), Evidence::Docs, &["P1"], ""),
        ]);

/// `search`: Search the messages.
pub static SEARCH: Operation =
    Operation::new("search", Method::GET, "/search", Safety::Read, "Search the messages.")
        .with_fields(&["ids", "words", "filter", "X-Scopes"])
        .with_rules(&[
            Rule::new(&["ids"], Constraint::MinLength(1), Evidence::Docs, &["P1"], ""),
            Rule::new(&["words"], Constraint::Required, Evidence::Docs, &["P1"], ""),
        ]);

/// All operations, in the order of the spec.
pub static ALL: &[&Operation] = &[
    &SEND_MESSAGES,
    &CHECK_NUMBERS,
    &SEND_RAW,
    &SET_SETTINGS,
    &UPDATE_CONTACT,
    &UPLOAD,
    &SEARCH,
];
