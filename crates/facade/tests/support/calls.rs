//! A call of each operation, given to a macro that does with all of them what a test is about.
//!
//! `externalapi_calls!(client => compare(server))` is `compare!(server, contact_list: client.contact_list(), …)`.

// Not each test file uses these.
#![allow(unused_macros, unused_imports)]

use externalapi_client::File;
pub use externalapi_client::types::ConversationStatus;

pub const NUMBER: &str = "5511987654321";

/// A file whose name must be quoted.
pub fn picture() -> File {
    File::from_bytes("foto \"1\".png", &b"not really a picture"[..])
}

macro_rules! externalapi_calls {
    ($client:expr => $each:ident($($argument:tt)*)) => {{
        use $crate::support::calls::{ConversationStatus, picture};
        $each!($($argument)*,
            contact_list: $client.contact_list().page(2).paginate(50).search("José & Cia"),
            contact_store: $client.contact_store().body_map(|b| {
                b.firstname("José").lastname("Conceição").mobile_code("55").mobile("11987654321")
                    .city("São Paulo").state("SP").post_code("01310-100").address("Av. Paulista, 1000")
                    .profile_image(picture())
            }),
            contact_update: $client.contact_update().contact_id(3).body_map(|b| {
                b.firstname("Ana").lastname("Souza").mobile_code("55").mobile("11987654321")
            }),
            contact_delete: $client.contact_delete().contact_id(3),
            conversation_list: $client.conversation_list().status(ConversationStatus::Pending).page(1),
            conversation_details: $client.conversation_details().conversation_id(7),
            change_conversation_status: $client.change_conversation_status().conversation_id(7)
                .body_map(|b| b.status(ConversationStatus::Done)),
            send_message: $client.send_message().body_map(|b| {
                b.mobile_code("55").mobile("11987654321").message("Olá!\nTudo bem?").from_number("+55 11 4000-0001")
                    .image(picture())
            }),
            send_template_message: $client.send_template_message().body_map(|b| {
                b.mobile_code("55").mobile("11987654321").template_id(4).body_variables(["Ana", "nº 42"])
            }),
            template_list: $client.template_list(),
        )
    }};
}

macro_rules! chatguru_calls {
    ($client:expr => $each:ident($($argument:tt)*)) => {{
        use $crate::support::calls::NUMBER;
        $each!($($argument)*,
            message_send: $client.message_send().chat_number(NUMBER).text("Olá & até já")
                .send_date("2026-12-24 08:30"),
            message_status: $client.message_status().message_id("5dd69cde00078e1be17fffd4"),
            chat_add: $client.chat_add().chat_number(NUMBER).name("José").text(" ")
                .dialog_id("d1").user_id("u1"),
            chat_add_status: $client.chat_add_status().chat_add_id("5e3e9c0f52313722bd2e11a2"),
            chat_update_custom_fields: $client.chat_update_custom_fields().chat_number(NUMBER)
                .custom_fields([("Cidade", "São Paulo"), ("field__Origem", "site")]),
            note_add: $client.note_add().chat_number(NUMBER).note_text("Ligar amanhã"),
            dialog_execute: $client.dialog_execute().chat_number(NUMBER).dialog_id("d1"),
            message_file_send: $client.message_file_send().chat_number(NUMBER)
                .file_url("https://example.test/a.pdf?b=c").caption("Nota"),
        )
    }};
}

pub(crate) use {chatguru_calls, externalapi_calls};
