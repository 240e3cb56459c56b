// Generated from crates/client-runtime/tests/recado/specs/recado.yaml: do not edit. Change the spec and run `cargo xtask codegen`.

//! The operations as data: method, path, safety, rules and pagination.

use zap_client_runtime::reqwest::Method;
#[allow(unused_imports)]
use zap_client_runtime::{Constraint, Evidence, Operation, Pagination, Rule, Safety};

/// `message_list`: List the latest messages.
pub static MESSAGE_LIST: Operation =
    Operation::new("message_list", Method::GET, "/messages", Safety::Read, "List the latest messages.")
        .with_security(&[&[zap_client_runtime::CredentialLocation::Bearer]]);

/// `message_send`: Send a message.
pub static MESSAGE_SEND: Operation =
    Operation::new("message_send", Method::POST, "/messages", Safety::Change, "Send a message.")
        .with_fields(&[
            "X-Session",
            "X-Priority",
            "X-Request-Key",
            "number",
            "text",
            "delay",
            "weight",
            "options",
            "quoted",
            "buttons",
            "mentions",
            "headers",
            "media",
            "state",
        ])
        .with_security(&[&[zap_client_runtime::CredentialLocation::Bearer]])
        .with_idempotency("X-Request-Key")
        .with_rules(&[
            Rule::new(&["X-Session"], Constraint::Required, Evidence::Docs, &["R1"], ""),
            Rule::new(&["X-Session"], Constraint::MaxLength(10), Evidence::Docs, &["R1"], ""),
            Rule::new(&["X-Session"], Constraint::MinLength(1), Evidence::Docs, &["R1"], ""),
            Rule::new(&["X-Priority"], Constraint::Maximum(9), Evidence::Docs, &["R1"], ""),
            Rule::new(&["X-Request-Key"], Constraint::MaxLength(64), Evidence::Docs, &["R1", "R3"], ""),
            Rule::new(&["number"], Constraint::Required, Evidence::Docs, &["R1"], ""),
            Rule::new(&["number"], Constraint::Digits, Evidence::Docs, &["R1"], ""),
            Rule::new(&["text"], Constraint::MaxLength(20), Evidence::Docs, &["R1"], ""),
            Rule::new(&["text"], Constraint::MinLength(1), Evidence::Docs, &["R1"], ""),
            Rule::new(&["delay"], Constraint::Maximum(60), Evidence::Docs, &["R1"], ""),
            Rule::new(&["delay"], Constraint::Minimum(0), Evidence::Docs, &["R1"], ""),
            Rule::new(&["options"], Constraint::Required, Evidence::Docs, &["R1"], ""),
            Rule::new(&["buttons"], Constraint::Required, Evidence::Docs, &["R1"], ""),
            Rule::new(&["buttons[].label"], Constraint::MaxLength(20), Evidence::Docs, &["R1"], ""),
            Rule::new(&["mentions"], Constraint::MaxLength(14), Evidence::Docs, &["R1"], ""),
            Rule::new(&["headers"], Constraint::MinEntries(1), Evidence::Docs, &["R1"], ""),
            Rule::new(
                &["text", "media"],
                Constraint::AtLeastOne,
                Evidence::Docs,
                &["R4"],
                "An empty message is not sent.",
            ),
        ]);

/// `message_get`: Get a message.
pub static MESSAGE_GET: Operation =
    Operation::new("message_get", Method::GET, "/messages/{id}", Safety::Read, "Get a message.")
        .with_fields(&["id"])
        .with_security(&[&[zap_client_runtime::CredentialLocation::Bearer]])
        .with_rules(&[
            Rule::new(&["id"], Constraint::Required, Evidence::Docs, &["R1"], ""),
        ]);

/// `message_forward`: Forward a message.
pub static MESSAGE_FORWARD: Operation =
    Operation::new("message_forward", Method::POST, "/messages/{id}", Safety::Change, "Forward a message.")
        .with_fields(&["id", "to"])
        .with_security(&[&[zap_client_runtime::CredentialLocation::Bearer]])
        .with_rules(&[
            Rule::new(&["id"], Constraint::Required, Evidence::Docs, &["R1"], ""),
            Rule::new(&["to"], Constraint::Required, Evidence::Docs, &["R1"], ""),
            Rule::new(&["to"], Constraint::Digits, Evidence::Docs, &["R1"], ""),
        ]);

/// `message_delete`: Delete a message.
pub static MESSAGE_DELETE: Operation =
    Operation::new("message_delete", Method::DELETE, "/messages/{id}", Safety::Change, "Delete a message.")
        .with_fields(&["id"])
        .with_security(&[&[zap_client_runtime::CredentialLocation::Bearer]])
        .with_rules(&[
            Rule::new(&["id"], Constraint::Required, Evidence::Docs, &["R1"], ""),
        ]);

/// `unread_count`: Count the unread messages.
pub static UNREAD_COUNT: Operation =
    Operation::new("unread_count", Method::GET, "/messages/unread", Safety::Read, "Count the unread messages.")
        .with_security(&[&[zap_client_runtime::CredentialLocation::Bearer]]);

/// `messages_read`: Mark messages as read.
pub static MESSAGES_READ: Operation =
    Operation::new("messages_read", Method::POST, "/messages/read", Safety::Change, "Mark messages as read.")
        .with_fields(&["body"])
        .with_security(&[&[zap_client_runtime::CredentialLocation::Bearer]])
        .with_rules(&[
            Rule::new(&["body"], Constraint::Required, Evidence::Docs, &[], ""),
        ]);

/// `message_export`: Export the messages.
pub static MESSAGE_EXPORT: Operation =
    Operation::new("message_export", Method::GET, "/messages/export", Safety::Read, "Export the messages.")
        .with_accept("text/csv")
        .with_security(&[&[zap_client_runtime::CredentialLocation::Bearer]]);

/// `media_upload`: Upload a medium.
pub static MEDIA_UPLOAD: Operation =
    Operation::new("media_upload", Method::POST, "/media", Safety::Change, "Upload a medium.")
        .with_fields(&["file", "caption"])
        .with_security(&[&[zap_client_runtime::CredentialLocation::Bearer]])
        .with_rules(&[
            Rule::new(&["file"], Constraint::Required, Evidence::Docs, &["R1"], ""),
            Rule::new(&["caption"], Constraint::MaxLength(30), Evidence::Docs, &["R1"], ""),
        ]);

/// `media_get`: Get a medium.
pub static MEDIA_GET: Operation =
    Operation::new("media_get", Method::GET, "/media/{id}", Safety::Read, "Get a medium.")
        .with_fields(&["id"])
        .with_security(&[&[zap_client_runtime::CredentialLocation::Bearer]])
        .with_rules(&[
            Rule::new(&["id"], Constraint::Required, Evidence::Docs, &["R1"], ""),
        ]);

/// `number_search`: Search for numbers that have WhatsApp.
pub static NUMBER_SEARCH: Operation = Operation::new(
    "number_search",
    Method::POST,
    "/numbers/search",
    Safety::Read,
    "Search for numbers that have WhatsApp.",
)
.with_fields(&["numbers"])
.with_security(&[&[zap_client_runtime::CredentialLocation::Bearer]])
.with_rules(&[
    Rule::new(&["numbers"], Constraint::Required, Evidence::Docs, &["R1"], ""),
    Rule::new(&["numbers"], Constraint::MaxLength(14), Evidence::Docs, &["R1"], ""),
]);

/// `contact_add`: Add a contact.
pub static CONTACT_ADD: Operation =
    Operation::new("contact_add", Method::POST, "/contacts", Safety::Change, "Add a contact.")
        .with_fields(&["name", "labels", "address", "notes"])
        .with_security(&[&[zap_client_runtime::CredentialLocation::Bearer]])
        .with_rules(&[
            Rule::new(&["name"], Constraint::Required, Evidence::Docs, &["R1"], ""),
            Rule::new(&["name"], Constraint::MaxLength(9), Evidence::Docs, &["R1"], ""),
            Rule::new(&["labels"], Constraint::Required, Evidence::Docs, &["R1"], ""),
        ]);

/// `events_by_offset`: List the events by offset.
pub static EVENTS_BY_OFFSET: Operation =
    Operation::new("events_by_offset", Method::GET, "/events/by-offset", Safety::Read, "List the events by offset.")
        .with_fields(&["skip", "limit"])
        .with_security(&[
            &[
                zap_client_runtime::CredentialLocation::Bearer,
                zap_client_runtime::CredentialLocation::Parameter("tenant"),
            ],
        ])
        .with_rules(&[
            Rule::new(&["limit"], Constraint::Maximum(100), Evidence::Docs, &["R1"], ""),
        ]);

/// `events_by_cursor`: List the events by cursor.
pub static EVENTS_BY_CURSOR: Operation =
    Operation::new("events_by_cursor", Method::GET, "/events/by-cursor", Safety::Read, "List the events by cursor.")
        .with_fields(&["after", "limit"])
        .with_security(&[
            &[
                zap_client_runtime::CredentialLocation::Bearer,
                zap_client_runtime::CredentialLocation::Parameter("tenant"),
            ],
        ])
        .with_rules(&[
            Rule::new(&["limit"], Constraint::Maximum(100), Evidence::Docs, &["R1"], ""),
        ]);

/// `events_by_link`: List the events by link.
pub static EVENTS_BY_LINK: Operation =
    Operation::new("events_by_link", Method::GET, "/events/by-link", Safety::Read, "List the events by link.")
        .with_fields(&["kind", "limit"])
        .with_security(&[
            &[
                zap_client_runtime::CredentialLocation::Bearer,
                zap_client_runtime::CredentialLocation::Parameter("tenant"),
            ],
        ])
        .with_rules(&[
            Rule::new(&["limit"], Constraint::Maximum(100), Evidence::Docs, &["R1"], ""),
        ]);

/// `events_by_header`: List the events by header.
pub static EVENTS_BY_HEADER: Operation =
    Operation::new("events_by_header", Method::GET, "/events/by-header", Safety::Read, "List the events by header.")
        .with_fields(&["limit"])
        .with_security(&[
            &[
                zap_client_runtime::CredentialLocation::Bearer,
                zap_client_runtime::CredentialLocation::Parameter("tenant"),
            ],
        ])
        .with_rules(&[
            Rule::new(&["limit"], Constraint::Maximum(100), Evidence::Docs, &["R1"], ""),
        ]);

/// `session_code`: Get the code that connects a phone.
pub static SESSION_CODE: Operation = Operation::new(
    "session_code",
    Method::GET,
    "/sessions/{name}/code",
    Safety::Read,
    "Get the code that connects a phone.",
)
.with_fields(&["name"])
.with_accept("image/png")
.with_security(&[&[zap_client_runtime::CredentialLocation::Bearer]])
.with_rules(&[
    Rule::new(&["name"], Constraint::Required, Evidence::Docs, &["R1"], ""),
]);

/// `session_settings`: Get the settings of a phone.
pub static SESSION_SETTINGS: Operation = Operation::new(
    "session_settings",
    Method::GET,
    "/sessions/{name}/settings",
    Safety::Read,
    "Get the settings of a phone.",
)
.with_fields(&["name"])
.with_security(&[
    &[
        zap_client_runtime::CredentialLocation::Parameter("tenant"),
        zap_client_runtime::CredentialLocation::Header("x-api-key"),
    ],
    &[
        zap_client_runtime::CredentialLocation::Parameter("tenant"),
        zap_client_runtime::CredentialLocation::Cookie("recado_session"),
    ],
])
.with_rules(&[
    Rule::new(&["name"], Constraint::Required, Evidence::Docs, &["R1"], ""),
]);

/// `session_configure`: Change the settings of a phone.
pub static SESSION_CONFIGURE: Operation = Operation::new(
    "session_configure",
    Method::PUT,
    "/sessions/{name}/settings",
    Safety::Change,
    "Change the settings of a phone.",
)
.with_fields(&["name", "body"])
.with_security(&[&[zap_client_runtime::CredentialLocation::Bearer]])
.with_rules(&[
    Rule::new(&["name"], Constraint::Required, Evidence::Docs, &["R1"], ""),
    Rule::new(&["body"], Constraint::Required, Evidence::Docs, &[], ""),
]);

/// `account_get`: Get the account.
pub static ACCOUNT_GET: Operation =
    Operation::new("account_get", Method::GET, "/account", Safety::Read, "Get the account.")
        .with_security(&[
            &[
                zap_client_runtime::CredentialLocation::BasicUser,
                zap_client_runtime::CredentialLocation::BasicPassword,
            ],
        ]);

/// `health`: Check that the service works.
pub static HEALTH: Operation =
    Operation::new("health", Method::GET, "/health", Safety::Read, "Check that the service works.")
        .with_security(&[&[]]);

/// All operations, in the order of the spec.
pub static ALL: &[&Operation] = &[
    &MESSAGE_LIST,
    &MESSAGE_SEND,
    &MESSAGE_GET,
    &MESSAGE_FORWARD,
    &MESSAGE_DELETE,
    &UNREAD_COUNT,
    &MESSAGES_READ,
    &MESSAGE_EXPORT,
    &MEDIA_UPLOAD,
    &MEDIA_GET,
    &NUMBER_SEARCH,
    &CONTACT_ADD,
    &EVENTS_BY_OFFSET,
    &EVENTS_BY_CURSOR,
    &EVENTS_BY_LINK,
    &EVENTS_BY_HEADER,
    &SESSION_CODE,
    &SESSION_SETTINGS,
    &SESSION_CONFIGURE,
    &ACCOUNT_GET,
    &HEALTH,
];
