// Generated from specs/externalapi.yaml: do not edit. Change the spec and run `cargo xtask codegen`.

//! The operations as data: method, path, safety, rules and pagination.

use zap_client_runtime::reqwest::Method;
#[allow(unused_imports)]
use zap_client_runtime::{Constraint, Evidence, Operation, Pagination, Rule, Safety};

/// `contact_list`: List the account's contacts, newest first.
pub static CONTACT_LIST: Operation = Operation::new(
    "contact_list",
    Method::GET,
    "/contact/list",
    Safety::Read,
    "List the account's contacts, newest first.",
)
.with_fields(&["page", "paginate", "search"])
.with_rules(&[
    Rule::new(
        &["page"],
        Constraint::Minimum(1),
        Evidence::Observed,
        &["E3", "E16"],
        "Pages are numbered from 1. The server treats 0 and negative numbers as 1.",
    ),
    Rule::new(
        &["paginate"],
        Constraint::Minimum(1),
        Evidence::Observed,
        &["E3", "E16"],
        "The server treats 0 as 15, and fails with `exception` on a negative number.",
    ),
])
.with_pagination(Pagination {
    page: "page",
    page_size: "paginate",
    items: &["data", "contacts", "data"],
    last_page: &["data", "contacts", "last_page"],
    total: Some(&["data", "contacts", "total"]),
    key: Some("id"),
});

/// `contact_store`: Create a contact.
pub static CONTACT_STORE: Operation =
    Operation::new("contact_store", Method::POST, "/contact/store", Safety::Change, "Create a contact.")
        .with_fields(&[
            "firstname",
            "lastname",
            "mobile_code",
            "mobile",
            "city",
            "state",
            "post_code",
            "address",
            "profile_image",
        ])
        .with_rules(&[
            Rule::new(&["firstname"], Constraint::Required, Evidence::Observed, &["E3", "E5", "E24"], ""),
            Rule::new(
                &["firstname"],
                Constraint::MaxLength(40),
                Evidence::Observed,
                &["E3", "E5", "E24"],
                "The server removes spaces around it, and refuses an empty name and one of more than 40 characters.",
            ),
            Rule::new(
                &["firstname"],
                Constraint::MinLength(1),
                Evidence::Observed,
                &["E3", "E5", "E24"],
                "The server removes spaces around it, and refuses an empty name and one of more than 40 characters.",
            ),
            Rule::new(&["lastname"], Constraint::Required, Evidence::Observed, &["E3", "E5"], ""),
            Rule::new(
                &["lastname"],
                Constraint::MinLength(1),
                Evidence::Observed,
                &["E3", "E5"],
                "The server removes spaces around it, and refuses an empty name.",
            ),
            Rule::new(&["mobile_code"], Constraint::Required, Evidence::Observed, &["E3", "E12", "E21", "E24"], ""),
            Rule::new(
                &["mobile_code"],
                Constraint::MaxLength(40),
                Evidence::Observed,
                &["E3", "E12", "E21", "E24"],
                "The server refuses an empty calling code, and fails with `exception` on one of more than 40 \
                characters.",
            ),
            Rule::new(
                &["mobile_code"],
                Constraint::MinLength(1),
                Evidence::Observed,
                &["E3", "E12", "E21", "E24"],
                "The server refuses an empty calling code, and fails with `exception` on one of more than 40 \
                characters.",
            ),
            Rule::new(&["mobile"], Constraint::Required, Evidence::Observed, &["E3", "E21", "E24"], ""),
            Rule::new(
                &["mobile"],
                Constraint::MaxLength(40),
                Evidence::Observed,
                &["E3", "E21", "E24"],
                "The server refuses anything but digits, and fails with `exception` on more than 40 of them.",
            ),
            Rule::new(
                &["mobile"],
                Constraint::MinLength(1),
                Evidence::Observed,
                &["E3", "E21", "E24"],
                "The server refuses anything but digits, and fails with `exception` on more than 40 of them.",
            ),
            Rule::new(
                &["mobile"],
                Constraint::Digits,
                Evidence::Observed,
                &["E3", "E21", "E24"],
                "The server refuses anything but digits, and fails with `exception` on more than 40 of them.",
            ),
            Rule::new(
                &["profile_image"],
                Constraint::FileTypes(&["jpg", "jpeg", "png"]),
                Evidence::Observed,
                &["E3", "E5", "E8", "E24", "E30"],
                "The server refuses an empty file, and pictures of other types, such as GIF and WebP.",
            ),
            Rule::new(
                &["profile_image"],
                Constraint::MinBytes(1),
                Evidence::Observed,
                &["E3", "E5", "E8", "E24", "E30"],
                "The server refuses an empty file, and pictures of other types, such as GIF and WebP.",
            ),
            Rule::new(
                &["profile_image"],
                Constraint::MaxBytes(104857600),
                Evidence::Guess,
                &["E17", "E30"],
                "The providers' pages allow no larger file. The server answered a file over its upload limit with \
                `exception`.",
            ),
        ]);

/// `contact_update`: Replace a contact's data.
pub static CONTACT_UPDATE: Operation = Operation::new(
    "contact_update",
    Method::POST,
    "/contact/update/{contact_id}",
    Safety::Change,
    "Replace a contact's data.",
)
.with_fields(&[
    "contact_id",
    "firstname",
    "lastname",
    "mobile_code",
    "mobile",
    "city",
    "state",
    "post_code",
    "address",
    "profile_image",
])
.with_rules(&[
    Rule::new(&["contact_id"], Constraint::Required, Evidence::Observed, &["E8", "E21"], ""),
    Rule::new(
        &["contact_id"],
        Constraint::Minimum(1),
        Evidence::Observed,
        &["E8", "E21"],
        "Ids start at 1, so the server finds nothing for a smaller number.",
    ),
    Rule::new(&["firstname"], Constraint::Required, Evidence::Observed, &["E3", "E5", "E13"], ""),
    Rule::new(
        &["firstname"],
        Constraint::MinLength(1),
        Evidence::Observed,
        &["E3", "E5", "E13"],
        "The server removes spaces around it, and refuses an empty name.",
    ),
    Rule::new(&["lastname"], Constraint::Required, Evidence::Observed, &["E3", "E5", "E13"], ""),
    Rule::new(
        &["lastname"],
        Constraint::MinLength(1),
        Evidence::Observed,
        &["E3", "E5", "E13"],
        "The server removes spaces around it, and refuses an empty name.",
    ),
    Rule::new(&["mobile_code"], Constraint::Required, Evidence::Observed, &["E3", "E13", "E21", "E24"], ""),
    Rule::new(
        &["mobile_code"],
        Constraint::MaxLength(40),
        Evidence::Observed,
        &["E3", "E13", "E21", "E24"],
        "The server refuses an empty calling code, and fails with `exception` on one of more than 40 characters.",
    ),
    Rule::new(
        &["mobile_code"],
        Constraint::MinLength(1),
        Evidence::Observed,
        &["E3", "E13", "E21", "E24"],
        "The server refuses an empty calling code, and fails with `exception` on one of more than 40 characters.",
    ),
    Rule::new(&["mobile"], Constraint::Required, Evidence::Observed, &["E3", "E13", "E21", "E24"], ""),
    Rule::new(
        &["mobile"],
        Constraint::MaxLength(40),
        Evidence::Observed,
        &["E3", "E13", "E21", "E24"],
        "The server refuses anything but digits, and fails with `exception` on more than 40 of them.",
    ),
    Rule::new(
        &["mobile"],
        Constraint::MinLength(1),
        Evidence::Observed,
        &["E3", "E13", "E21", "E24"],
        "The server refuses anything but digits, and fails with `exception` on more than 40 of them.",
    ),
    Rule::new(
        &["mobile"],
        Constraint::Digits,
        Evidence::Observed,
        &["E3", "E13", "E21", "E24"],
        "The server refuses anything but digits, and fails with `exception` on more than 40 of them.",
    ),
    Rule::new(
        &["profile_image"],
        Constraint::FileTypes(&["jpg", "jpeg", "png"]),
        Evidence::Observed,
        &["E3", "E5", "E10", "E13", "E24", "E30"],
        "The server refuses an empty file, and pictures of other types, such as GIF and WebP.",
    ),
    Rule::new(
        &["profile_image"],
        Constraint::MinBytes(1),
        Evidence::Observed,
        &["E3", "E5", "E10", "E13", "E24", "E30"],
        "The server refuses an empty file, and pictures of other types, such as GIF and WebP.",
    ),
    Rule::new(
        &["profile_image"],
        Constraint::MaxBytes(104857600),
        Evidence::Guess,
        &["E17", "E30"],
        "The providers' pages allow no larger file. The server answered a file over its upload limit with `exception`.",
    ),
]);

/// `contact_delete`: Delete a contact.
pub static CONTACT_DELETE: Operation = Operation::new(
    "contact_delete",
    Method::DELETE,
    "/contact/delete/{contact_id}",
    Safety::Change,
    "Delete a contact.",
)
.with_fields(&["contact_id"])
.with_rules(&[
    Rule::new(&["contact_id"], Constraint::Required, Evidence::Observed, &["E8", "E21"], ""),
    Rule::new(
        &["contact_id"],
        Constraint::Minimum(1),
        Evidence::Observed,
        &["E8", "E21"],
        "Ids start at 1, so the server finds nothing for a smaller number.",
    ),
]);

/// `conversation_list`: List the conversations, the one with the latest message first.
pub static CONVERSATION_LIST: Operation = Operation::new(
    "conversation_list",
    Method::GET,
    "/inbox/conversation-list",
    Safety::Read,
    "List the conversations, the one with the latest message first.",
)
.with_fields(&["status", "page", "paginate", "search"])
.with_rules(&[
    Rule::new(
        &["status"],
        Constraint::Maximum(4),
        Evidence::Observed,
        &["E15"],
        "For any other number the server finds nothing, and reports an empty list as a success.",
    ),
    Rule::new(
        &["status"],
        Constraint::Minimum(0),
        Evidence::Observed,
        &["E15"],
        "For any other number the server finds nothing, and reports an empty list as a success.",
    ),
    Rule::new(
        &["page"],
        Constraint::Minimum(1),
        Evidence::Observed,
        &["E3", "E16"],
        "Pages are numbered from 1. The server treats 0 and negative numbers as 1.",
    ),
    Rule::new(
        &["paginate"],
        Constraint::Minimum(1),
        Evidence::Observed,
        &["E3", "E16"],
        "The server treats 0 as 15, and fails with `exception` on a negative number.",
    ),
])
.with_pagination(Pagination {
    page: "page",
    page_size: "paginate",
    items: &["data", "conversation", "data"],
    last_page: &["data", "conversation", "last_page"],
    total: Some(&["data", "conversation", "total"]),
    key: Some("id"),
});

/// `conversation_details`: Fetch one conversation with its contact, notes, tags and lists.
pub static CONVERSATION_DETAILS: Operation = Operation::new(
    "conversation_details",
    Method::GET,
    "/inbox/conversation-details/{conversation_id}",
    Safety::Read,
    "Fetch one conversation with its contact, notes, tags and lists.",
)
.with_fields(&["conversation_id"])
.with_rules(&[
    Rule::new(&["conversation_id"], Constraint::Required, Evidence::Observed, &["E8", "E21"], ""),
    Rule::new(
        &["conversation_id"],
        Constraint::Minimum(1),
        Evidence::Observed,
        &["E8", "E21"],
        "Ids start at 1, so the server finds nothing for a smaller number.",
    ),
]);

/// `change_conversation_status`: Set the status of a conversation.
pub static CHANGE_CONVERSATION_STATUS: Operation = Operation::new(
    "change_conversation_status",
    Method::POST,
    "/inbox/change-conversation-status/{conversation_id}",
    Safety::Change,
    "Set the status of a conversation.",
)
.with_fields(&["conversation_id", "status"])
.with_rules(&[
    Rule::new(&["conversation_id"], Constraint::Required, Evidence::Observed, &["E8", "E21"], ""),
    Rule::new(
        &["conversation_id"],
        Constraint::Minimum(1),
        Evidence::Observed,
        &["E8", "E21"],
        "Ids start at 1, so the server finds nothing for a smaller number.",
    ),
    Rule::new(&["status"], Constraint::Required, Evidence::Observed, &["E15"], ""),
    Rule::new(
        &["status"],
        Constraint::Maximum(3),
        Evidence::Observed,
        &["E15"],
        "The server refuses any other number.",
    ),
    Rule::new(
        &["status"],
        Constraint::Minimum(0),
        Evidence::Observed,
        &["E15"],
        "The server refuses any other number.",
    ),
]);

/// `send_message`: Send a text, a file, a location or an interactive message.
pub static SEND_MESSAGE: Operation = Operation::new(
    "send_message",
    Method::POST,
    "/inbox/send-message",
    Safety::Change,
    "Send a text, a file, a location or an interactive message.",
)
.with_fields(&[
    "mobile_code",
    "mobile",
    "from_number",
    "cta_url_id",
    "interactive_list_id",
    "image",
    "document",
    "video",
    "audio",
    "latitude",
    "longitude",
    "name",
    "address",
    "product",
    "created_order_data",
    "message",
])
.with_rules(&[
    Rule::new(&["mobile_code"], Constraint::Required, Evidence::Observed, &["E12", "E17"], ""),
    Rule::new(
        &["mobile_code"],
        Constraint::MinLength(1),
        Evidence::Observed,
        &["E12", "E17"],
        "The server refuses an empty calling code.",
    ),
    Rule::new(&["mobile"], Constraint::Required, Evidence::Observed, &["E12", "E17", "E21"], ""),
    Rule::new(
        &["mobile"],
        Constraint::MinLength(1),
        Evidence::Observed,
        &["E12", "E17", "E21"],
        "The server refuses anything but digits.",
    ),
    Rule::new(
        &["mobile"],
        Constraint::Digits,
        Evidence::Observed,
        &["E12", "E17", "E21"],
        "The server refuses anything but digits.",
    ),
    Rule::new(
        &["cta_url_id"],
        Constraint::Minimum(1),
        Evidence::Observed,
        &["E17"],
        "The server treats 0 as absent, reports success and sends a blank text message.",
    ),
    Rule::new(&["interactive_list_id"], Constraint::Minimum(1), Evidence::Observed, &["E17"], "Ids start at 1."),
    Rule::new(
        &["image"],
        Constraint::FileTypes(&["jpg", "jpeg", "png"]),
        Evidence::Observed,
        &["E5", "E17", "E24"],
        "The server refuses an empty or larger file, and pictures of other types, such as GIF and WebP.",
    ),
    Rule::new(
        &["image"],
        Constraint::MaxBytes(5242880),
        Evidence::Observed,
        &["E5", "E17", "E24"],
        "The server refuses an empty or larger file, and pictures of other types, such as GIF and WebP.",
    ),
    Rule::new(
        &["image"],
        Constraint::MinBytes(1),
        Evidence::Observed,
        &["E5", "E17", "E24"],
        "The server refuses an empty or larger file, and pictures of other types, such as GIF and WebP.",
    ),
    Rule::new(
        &["document"],
        Constraint::FileTypes(&["pdf", "doc", "docx"]),
        Evidence::Observed,
        &["E5", "E17", "E24", "E28", "E29"],
        "The server refuses an empty or larger file and a file of another type. It delivers a file with a longer name, \
        but answers with `exception`.",
    ),
    Rule::new(
        &["document"],
        Constraint::MaxBytes(104857600),
        Evidence::Observed,
        &["E5", "E17", "E24", "E28", "E29"],
        "The server refuses an empty or larger file and a file of another type. It delivers a file with a longer name, \
        but answers with `exception`.",
    ),
    Rule::new(
        &["document"],
        Constraint::MaxNameLength(255),
        Evidence::Observed,
        &["E5", "E17", "E24", "E28", "E29"],
        "The server refuses an empty or larger file and a file of another type. It delivers a file with a longer name, \
        but answers with `exception`.",
    ),
    Rule::new(
        &["document"],
        Constraint::MinBytes(1),
        Evidence::Observed,
        &["E5", "E17", "E24", "E28", "E29"],
        "The server refuses an empty or larger file and a file of another type. It delivers a file with a longer name, \
        but answers with `exception`.",
    ),
    Rule::new(
        &["video"],
        Constraint::FileTypes(&["mp4"]),
        Evidence::Observed,
        &["E5", "E17", "E24"],
        "The server refuses an empty or larger file and a file of another type.",
    ),
    Rule::new(
        &["video"],
        Constraint::MaxBytes(16777216),
        Evidence::Observed,
        &["E5", "E17", "E24"],
        "The server refuses an empty or larger file and a file of another type.",
    ),
    Rule::new(
        &["video"],
        Constraint::MinBytes(1),
        Evidence::Observed,
        &["E5", "E17", "E24"],
        "The server refuses an empty or larger file and a file of another type.",
    ),
    Rule::new(
        &["audio"],
        Constraint::MaxBytes(16777216),
        Evidence::Observed,
        &["E5", "E17", "E24", "E35", "E30"],
        "The server refuses a larger file, and fails with `exception` on an empty one.",
    ),
    Rule::new(
        &["audio"],
        Constraint::MinBytes(1),
        Evidence::Observed,
        &["E5", "E17", "E24", "E35", "E30"],
        "The server refuses a larger file, and fails with `exception` on an empty one.",
    ),
    Rule::new(
        &["latitude"],
        Constraint::Maximum(90),
        Evidence::Observed,
        &["E17", "E24"],
        "A latitude is between -90 and 90. The server does not check it, and forwards it to WhatsApp.",
    ),
    Rule::new(
        &["latitude"],
        Constraint::Minimum(-90),
        Evidence::Observed,
        &["E17", "E24"],
        "A latitude is between -90 and 90. The server does not check it, and forwards it to WhatsApp.",
    ),
    Rule::new(
        &["longitude"],
        Constraint::Maximum(180),
        Evidence::Observed,
        &["E17", "E24"],
        "A longitude is between -180 and 180. The server does not check it, and forwards it to WhatsApp.",
    ),
    Rule::new(
        &["longitude"],
        Constraint::Minimum(-180),
        Evidence::Observed,
        &["E17", "E24"],
        "A longitude is between -180 and 180. The server does not check it, and forwards it to WhatsApp.",
    ),
    Rule::new(
        &["product"],
        Constraint::Json,
        Evidence::Observed,
        &["E17", "E26", "E36"],
        "For any other text the server fails, or reports success and sends a blank text message, as for an empty \
        object or 0.",
    ),
    Rule::new(
        &["product"],
        Constraint::JsonObject(&["name", "description", "permalink"]),
        Evidence::Observed,
        &["E17", "E26", "E36"],
        "For any other text the server fails, or reports success and sends a blank text message, as for an empty \
        object or 0.",
    ),
    Rule::new(
        &["created_order_data"],
        Constraint::Json,
        Evidence::Observed,
        &["E17", "E26", "E36"],
        "For any other text the server fails, or reports success and sends a blank text message, as for an empty \
        object or 0.",
    ),
    Rule::new(
        &["created_order_data"],
        Constraint::JsonObject(&["order_url"]),
        Evidence::Observed,
        &["E17", "E26", "E36"],
        "For any other text the server fails, or reports success and sends a blank text message, as for an empty \
        object or 0.",
    ),
    Rule::new(
        &[
            "cta_url_id",
            "interactive_list_id",
            "image",
            "document",
            "video",
            "audio",
            "latitude",
            "longitude",
            "product",
            "created_order_data",
            "message",
        ],
        Constraint::AtLeastOne,
        Evidence::Observed,
        &["E17"],
        "The server refuses a message without content.",
    ),
    Rule::new(
        &["latitude", "longitude"],
        Constraint::AllOrNone,
        Evidence::Observed,
        &["E17"],
        "With only one coordinate the server reports success and sends a blank text message.",
    ),
    Rule::new(
        &["latitude"],
        Constraint::NotZero,
        Evidence::Observed,
        &["E17"],
        "With a coordinate of 0 the server reports success and sends a blank text message.",
    ),
    Rule::new(
        &["longitude"],
        Constraint::NotZero,
        Evidence::Observed,
        &["E17"],
        "With a coordinate of 0 the server reports success and sends a blank text message.",
    ),
    Rule::new(
        &[
            "cta_url_id",
            "interactive_list_id",
            "image",
            "document",
            "video",
            "audio",
            "latitude",
            "product",
            "created_order_data",
        ],
        Constraint::AtMostOne,
        Evidence::Observed,
        &["E17"],
        "If there are several contents, the server sends one, drops the others and reports success.",
    ),
    Rule::new(
        &["message", "cta_url_id", "interactive_list_id", "audio", "latitude", "product", "created_order_data"],
        Constraint::NotBeside,
        Evidence::Observed,
        &["E17", "E35"],
        "Only a picture, a document and a video can have a caption. With any other content the server drops the text \
        and reports success. Send the text in a separate call.",
    ),
    Rule::new(
        &["name", "address"],
        Constraint::AllOrNone,
        Evidence::Observed,
        &["E35"],
        "The server labels a location only if both are given. It drops one alone and reports success.",
    ),
    Rule::new(
        &["name", "latitude", "longitude"],
        Constraint::OnlyWith,
        Evidence::Observed,
        &["E17", "E35"],
        "It is the label of a location. Without a location the server drops it and reports success.",
    ),
    Rule::new(
        &["message"],
        Constraint::MaxLength(4096),
        Evidence::Public,
        &["E31", "E32"],
        "The provider accepts a longer text and reports success, and then WhatsApp refuses it. Characters are Unicode \
        code points.",
    ),
    Rule::new(
        &["message"],
        Constraint::MaxLengthBeside(1024, &["image", "document", "video"]),
        Evidence::Public,
        &["E31", "E32"],
        "The provider accepts a longer caption and reports success, and then WhatsApp refuses it. Characters are \
        Unicode code points.",
    ),
]);

/// `send_template_message`: Send an approved template.
pub static SEND_TEMPLATE_MESSAGE: Operation = Operation::new(
    "send_template_message",
    Method::POST,
    "/inbox/send-template-message",
    Safety::Change,
    "Send an approved template.",
)
.with_fields(&["mobile_code", "mobile", "from_number", "template_id", "header_variables[]", "body_variables[]"])
.with_rules(&[
    Rule::new(&["mobile_code"], Constraint::Required, Evidence::Observed, &["E12", "E20"], ""),
    Rule::new(
        &["mobile_code"],
        Constraint::MinLength(1),
        Evidence::Observed,
        &["E12", "E20"],
        "The server refuses an empty calling code.",
    ),
    Rule::new(&["mobile"], Constraint::Required, Evidence::Observed, &["E12", "E20", "E21"], ""),
    Rule::new(
        &["mobile"],
        Constraint::MinLength(1),
        Evidence::Observed,
        &["E12", "E20", "E21"],
        "The server refuses anything but digits.",
    ),
    Rule::new(
        &["mobile"],
        Constraint::Digits,
        Evidence::Observed,
        &["E12", "E20", "E21"],
        "The server refuses anything but digits.",
    ),
    Rule::new(&["template_id"], Constraint::Required, Evidence::Observed, &["E3", "E20"], ""),
    Rule::new(
        &["template_id"],
        Constraint::Minimum(1),
        Evidence::Observed,
        &["E3", "E20"],
        "Ids start at 1, so the server finds nothing for a smaller number.",
    ),
    Rule::new(
        &["header_variables[]"],
        Constraint::MinLength(1),
        Evidence::Observed,
        &["E5", "E20", "E27", "E33"],
        "The server treats an empty value as absent, and WhatsApp refuses a variable without a value.",
    ),
    Rule::new(
        &["body_variables[]"],
        Constraint::MinLength(1),
        Evidence::Observed,
        &["E5", "E20", "E27", "E33"],
        "The server treats an empty value as absent, and WhatsApp refuses a variable without a value.",
    ),
    Rule::new(
        &["header_variables[]"],
        Constraint::NoPlaceholder(&["{{ contactName }}", "{{ contactMobile }}"]),
        Evidence::Observed,
        &["E27"],
        "The server treats such a value as a placeholder. It fails, or sends one space in place of the whole value.",
    ),
    Rule::new(
        &["body_variables[]"],
        Constraint::NoPlaceholder(&["{{ contactName }}", "{{ contactMobile }}"]),
        Evidence::Observed,
        &["E27"],
        "The server treats such a value as a placeholder. It fails, or sends one space in place of the whole value.",
    ),
    Rule::new(
        &["header_variables[]"],
        Constraint::OneLine,
        Evidence::Public,
        &["E33"],
        "WhatsApp refuses such a value after the provider has accepted it.",
    ),
    Rule::new(
        &["body_variables[]"],
        Constraint::OneLine,
        Evidence::Public,
        &["E33"],
        "WhatsApp refuses such a value after the provider has accepted it.",
    ),
    Rule::new(
        &["header_variables[]"],
        Constraint::MaxLength(1024),
        Evidence::Public,
        &["E32"],
        "WhatsApp refuses a longer value after the provider has accepted it. Characters are Unicode code points.",
    ),
    Rule::new(
        &["body_variables[]"],
        Constraint::MaxLength(1024),
        Evidence::Public,
        &["E32"],
        "WhatsApp refuses a longer value after the provider has accepted it. Characters are Unicode code points.",
    ),
]);

/// `template_list`: List the account's message templates, approved or not.
pub static TEMPLATE_LIST: Operation = Operation::new(
    "template_list",
    Method::GET,
    "/inbox/template-list",
    Safety::Read,
    "List the account's message templates, approved or not.",
)
.with_fields(&["page", "paginate"])
.with_rules(&[
    Rule::new(
        &["page"],
        Constraint::Minimum(1),
        Evidence::Observed,
        &["E3", "E16"],
        "Pages are numbered from 1. The server treats 0 and negative numbers as 1.",
    ),
    Rule::new(
        &["paginate"],
        Constraint::Minimum(1),
        Evidence::Observed,
        &["E3", "E16"],
        "The server treats 0 as 15, and fails with `exception` on a negative number.",
    ),
])
.with_pagination(Pagination {
    page: "page",
    page_size: "paginate",
    items: &["data", "templates", "data"],
    last_page: &["data", "templates", "last_page"],
    total: Some(&["data", "templates", "total"]),
    key: Some("id"),
});

/// All operations, in the order of the spec.
pub static ALL: &[&Operation] = &[
    &CONTACT_LIST,
    &CONTACT_STORE,
    &CONTACT_UPDATE,
    &CONTACT_DELETE,
    &CONVERSATION_LIST,
    &CONVERSATION_DETAILS,
    &CHANGE_CONVERSATION_STATUS,
    &SEND_MESSAGE,
    &SEND_TEMPLATE_MESSAGE,
    &TEMPLATE_LIST,
];
