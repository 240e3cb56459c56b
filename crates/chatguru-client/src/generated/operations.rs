// Generated from specs/chatguru.yaml: do not edit. Change the spec and run `cargo xtask codegen`.

//! The operations as data: method, path, safety, rules and pagination.

use zap_client_runtime::reqwest::Method;
#[allow(unused_imports)]
use zap_client_runtime::{Constraint, Evidence, Operation, Pagination, Rule, Safety};

/// `message_send`: Send a text to a chat, now or later.
pub static MESSAGE_SEND: Operation =
    Operation::new("message_send", Method::POST, "/api/v1", Safety::Change, "Send a text to a chat, now or later.")
        .with_fields(&["chat_number", "text", "send_date"])
        .with_constants(&[("action", "message_send")])
        .with_rules(&[
            Rule::new(&["chat_number"], Constraint::Required, Evidence::Docs, &["C4", "C15", "C21"], ""),
            Rule::new(
                &["chat_number"],
                Constraint::MinLength(1),
                Evidence::Docs,
                &["C4", "C15", "C21"],
                "ChatGuru refuses punctuation.",
            ),
            Rule::new(
                &["chat_number"],
                Constraint::Digits,
                Evidence::Docs,
                &["C4", "C15", "C21"],
                "ChatGuru refuses punctuation.",
            ),
            Rule::new(&["text"], Constraint::Required, Evidence::Docs, &["C5", "C16", "C17"], ""),
            Rule::new(&["text"], Constraint::MinLength(1), Evidence::Docs, &["C5", "C16", "C17"], ""),
            Rule::new(&["send_date"], Constraint::Minute, Evidence::Docs, &["C5"], "No other format is documented."),
        ]);

/// `message_status`: Get the status of a message.
pub static MESSAGE_STATUS: Operation =
    Operation::new("message_status", Method::POST, "/api/v1", Safety::Read, "Get the status of a message.")
        .with_fields(&["chat_number", "message_id"])
        .with_constants(&[("action", "message_status")])
        .with_rules(&[
            Rule::new(
                &["chat_number"],
                Constraint::MinLength(1),
                Evidence::Docs,
                &["C4"],
                "ChatGuru refuses punctuation.",
            ),
            Rule::new(&["chat_number"], Constraint::Digits, Evidence::Docs, &["C4"], "ChatGuru refuses punctuation."),
            Rule::new(&["message_id"], Constraint::Required, Evidence::Docs, &["C6"], ""),
            Rule::new(&["message_id"], Constraint::MinLength(1), Evidence::Docs, &["C6"], ""),
        ]);

/// `message_file_send`: Send a file to a chat, from a public URL.
pub static MESSAGE_FILE_SEND: Operation = Operation::new(
    "message_file_send",
    Method::POST,
    "/api/v1",
    Safety::Change,
    "Send a file to a chat, from a public URL.",
)
.with_fields(&["chat_number", "file_url", "caption"])
.with_constants(&[("action", "message_file_send")])
.with_rules(&[
    Rule::new(&["chat_number"], Constraint::Required, Evidence::Docs, &["C4", "C15", "C21"], ""),
    Rule::new(
        &["chat_number"],
        Constraint::MinLength(1),
        Evidence::Docs,
        &["C4", "C15", "C21"],
        "ChatGuru refuses punctuation.",
    ),
    Rule::new(
        &["chat_number"],
        Constraint::Digits,
        Evidence::Docs,
        &["C4", "C15", "C21"],
        "ChatGuru refuses punctuation.",
    ),
    Rule::new(&["file_url"], Constraint::Required, Evidence::Docs, &["C12"], ""),
    Rule::new(&["file_url"], Constraint::MinLength(1), Evidence::Docs, &["C12"], ""),
]);

/// `chat_add`: Add a chat, with a first message.
pub static CHAT_ADD: Operation =
    Operation::new("chat_add", Method::POST, "/api/v1", Safety::Change, "Add a chat, with a first message.")
        .with_fields(&["chat_number", "name", "text", "user_id", "dialog_id", "send_date"])
        .with_constants(&[("action", "chat_add")])
        .with_rules(&[
            Rule::new(&["chat_number"], Constraint::Required, Evidence::Docs, &["C4", "C15", "C21"], ""),
            Rule::new(
                &["chat_number"],
                Constraint::MinLength(1),
                Evidence::Docs,
                &["C4", "C15", "C21"],
                "ChatGuru refuses punctuation.",
            ),
            Rule::new(
                &["chat_number"],
                Constraint::Digits,
                Evidence::Docs,
                &["C4", "C15", "C21"],
                "ChatGuru refuses punctuation.",
            ),
            Rule::new(&["name"], Constraint::Required, Evidence::Docs, &["C7"], ""),
            Rule::new(&["name"], Constraint::MinLength(1), Evidence::Docs, &["C7"], ""),
            Rule::new(&["text"], Constraint::Required, Evidence::Docs, &["C7", "C16", "C17"], ""),
            Rule::new(
                &["text"],
                Constraint::MinLength(1),
                Evidence::Docs,
                &["C7", "C16", "C17"],
                "ChatGuru refuses the call without a text, but accepts a single space.",
            ),
            Rule::new(
                &["send_date"],
                Constraint::Minute,
                Evidence::Public,
                &["C5", "C7"],
                "No other format is documented.",
            ),
        ]);

/// `chat_add_status`: Get the status of adding a chat.
pub static CHAT_ADD_STATUS: Operation =
    Operation::new("chat_add_status", Method::POST, "/api/v1", Safety::Read, "Get the status of adding a chat.")
        .with_fields(&["chat_number", "chat_add_id"])
        .with_constants(&[("action", "chat_add_status")])
        .with_rules(&[
            Rule::new(
                &["chat_number"],
                Constraint::MinLength(1),
                Evidence::Docs,
                &["C4"],
                "ChatGuru refuses punctuation.",
            ),
            Rule::new(&["chat_number"], Constraint::Digits, Evidence::Docs, &["C4"], "ChatGuru refuses punctuation."),
            Rule::new(&["chat_add_id"], Constraint::Required, Evidence::Docs, &["C8"], ""),
            Rule::new(&["chat_add_id"], Constraint::MinLength(1), Evidence::Docs, &["C8"], ""),
        ]);

/// `chat_update_custom_fields`: Set custom fields of a chat.
pub static CHAT_UPDATE_CUSTOM_FIELDS: Operation = Operation::new(
    "chat_update_custom_fields",
    Method::POST,
    "/api/v1",
    Safety::Change,
    "Set custom fields of a chat.",
)
.with_fields(&["chat_number", "custom_fields"])
.with_constants(&[("action", "chat_update_custom_fields")])
.with_rules(&[
    Rule::new(&["chat_number"], Constraint::Required, Evidence::Docs, &["C4", "C15", "C21"], ""),
    Rule::new(
        &["chat_number"],
        Constraint::MinLength(1),
        Evidence::Docs,
        &["C4", "C15", "C21"],
        "ChatGuru refuses punctuation.",
    ),
    Rule::new(
        &["chat_number"],
        Constraint::Digits,
        Evidence::Docs,
        &["C4", "C15", "C21"],
        "ChatGuru refuses punctuation.",
    ),
    Rule::new(&["custom_fields"], Constraint::Required, Evidence::Docs, &["C9"], ""),
    Rule::new(&["custom_fields"], Constraint::MinEntries(1), Evidence::Docs, &["C9"], ""),
]);

/// `chat_update_context`: Set variables of the chatbot in a chat.
pub static CHAT_UPDATE_CONTEXT: Operation = Operation::new(
    "chat_update_context",
    Method::POST,
    "/api/v1",
    Safety::Change,
    "Set variables of the chatbot in a chat.",
)
.with_fields(&["chat_number", "variables"])
.with_constants(&[("action", "chat_update_context")])
.with_rules(&[
    Rule::new(&["chat_number"], Constraint::Required, Evidence::Docs, &["C4", "C15", "C21"], ""),
    Rule::new(
        &["chat_number"],
        Constraint::MinLength(1),
        Evidence::Docs,
        &["C4", "C15", "C21"],
        "ChatGuru refuses punctuation.",
    ),
    Rule::new(
        &["chat_number"],
        Constraint::Digits,
        Evidence::Docs,
        &["C4", "C15", "C21"],
        "ChatGuru refuses punctuation.",
    ),
    Rule::new(&["variables"], Constraint::Required, Evidence::Public, &["C18"], ""),
    Rule::new(&["variables"], Constraint::MinEntries(1), Evidence::Public, &["C18"], ""),
]);

/// `chat_update_name`: Change the name of a chat.
pub static CHAT_UPDATE_NAME: Operation =
    Operation::new("chat_update_name", Method::POST, "/api/v1", Safety::Change, "Change the name of a chat.")
        .with_fields(&["chat_number", "chat_name"])
        .with_constants(&[("action", "chat_update_name")])
        .with_rules(&[
            Rule::new(&["chat_number"], Constraint::Required, Evidence::Docs, &["C4", "C15", "C21"], ""),
            Rule::new(
                &["chat_number"],
                Constraint::MinLength(1),
                Evidence::Docs,
                &["C4", "C15", "C21"],
                "ChatGuru refuses punctuation.",
            ),
            Rule::new(
                &["chat_number"],
                Constraint::Digits,
                Evidence::Docs,
                &["C4", "C15", "C21"],
                "ChatGuru refuses punctuation.",
            ),
            Rule::new(&["chat_name"], Constraint::Required, Evidence::Public, &["C19"], ""),
            Rule::new(&["chat_name"], Constraint::MinLength(1), Evidence::Public, &["C19"], ""),
        ]);

/// `note_add`: Add a note to a chat.
pub static NOTE_ADD: Operation =
    Operation::new("note_add", Method::POST, "/api/v1", Safety::Change, "Add a note to a chat.")
        .with_fields(&["chat_number", "note_text"])
        .with_constants(&[("action", "note_add")])
        .with_rules(&[
            Rule::new(&["chat_number"], Constraint::Required, Evidence::Docs, &["C4", "C15", "C21"], ""),
            Rule::new(
                &["chat_number"],
                Constraint::MinLength(1),
                Evidence::Docs,
                &["C4", "C15", "C21"],
                "ChatGuru refuses punctuation.",
            ),
            Rule::new(
                &["chat_number"],
                Constraint::Digits,
                Evidence::Docs,
                &["C4", "C15", "C21"],
                "ChatGuru refuses punctuation.",
            ),
            Rule::new(&["note_text"], Constraint::Required, Evidence::Docs, &["C10", "C16"], ""),
            Rule::new(&["note_text"], Constraint::MinLength(1), Evidence::Docs, &["C10", "C16"], ""),
        ]);

/// `dialog_execute`: Run a chatbot dialog in a chat.
pub static DIALOG_EXECUTE: Operation =
    Operation::new("dialog_execute", Method::POST, "/api/v1", Safety::Change, "Run a chatbot dialog in a chat.")
        .with_fields(&["chat_number", "dialog_id"])
        .with_constants(&[("action", "dialog_execute")])
        .with_rules(&[
            Rule::new(&["chat_number"], Constraint::Required, Evidence::Docs, &["C4", "C15", "C21"], ""),
            Rule::new(
                &["chat_number"],
                Constraint::MinLength(1),
                Evidence::Docs,
                &["C4", "C15", "C21"],
                "ChatGuru refuses punctuation.",
            ),
            Rule::new(
                &["chat_number"],
                Constraint::Digits,
                Evidence::Docs,
                &["C4", "C15", "C21"],
                "ChatGuru refuses punctuation.",
            ),
            Rule::new(&["dialog_id"], Constraint::Required, Evidence::Docs, &["C11"], ""),
            Rule::new(&["dialog_id"], Constraint::MinLength(1), Evidence::Docs, &["C11"], ""),
        ]);

/// All operations, in the order of the spec.
pub static ALL: &[&Operation] = &[
    &MESSAGE_SEND,
    &MESSAGE_STATUS,
    &MESSAGE_FILE_SEND,
    &CHAT_ADD,
    &CHAT_ADD_STATUS,
    &CHAT_UPDATE_CUSTOM_FIELDS,
    &CHAT_UPDATE_CONTEXT,
    &CHAT_UPDATE_NAME,
    &NOTE_ADD,
    &DIALOG_EXECUTE,
];
