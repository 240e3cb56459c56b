//! The exact bytes of each operation's request, one snapshot each.
//!
//! Masked is only what differs from run to run: the host, the boundary, the version; and the
//! credentials, so that no snapshot teaches anybody to commit one.

mod support;

use std::collections::BTreeSet;

use externalapi_client::types::ConversationStatus;
use externalapi_client::{File, operations};
use support::{Reply, SECRETS, Server};

/// The only request so far, readable.
fn request(server: &Server, sent: usize) -> String {
    let requests = server.requests();
    assert_eq!(requests.len(), sent, "one request a call");
    let mut text = String::from_utf8(requests[sent - 1].clone()).unwrap();
    for secret in SECRETS {
        text = text.replace(secret, "***");
    }
    if let Some((_, rest)) = text.split_once("boundary=") {
        let boundary = rest.lines().next().unwrap().to_owned();
        assert_eq!(boundary.len(), 32);
        text = text.replace(&boundary, "BOUNDARY");
    }
    text.replace(server.origin.strip_prefix("http://").unwrap(), "HOST")
        .replace(env!("CARGO_PKG_VERSION"), "VERSION")
        .replace("\r\n", "\n")
}

/// Calls each operation once, snapshots its request, and returns the names of those called.
macro_rules! snapshots {
    ($server:expr, $crate_name:literal, $($operation:ident: $call:expr),* $(,)?) => {{
        let mut called = BTreeSet::new();
        $(
            $call.send().await.unwrap();
            called.insert(stringify!($operation));
            insta::assert_snapshot!(
                concat!($crate_name, "_", stringify!($operation)),
                request(&$server, called.len())
            );
        )*
        called
    }};
}

#[tokio::test]
async fn externalapi() {
    let server = Server::start(Reply::success()).await;
    let client = support::externalapi(&server.origin).build().unwrap();
    let picture = || File::from_bytes("foto \"1\".png", &b"not really a picture"[..]);
    let called = snapshots!(server, "externalapi",
        contact_list: client.contact_list().page(2).paginate(50).search("José & Cia"),
        contact_store: client.contact_store().body_map(|b| {
            b.firstname("José").lastname("Conceição").mobile_code("55").mobile("11987654321")
                .city("São Paulo").state("SP").post_code("01310-100").address("Av. Paulista, 1000")
                .profile_image(picture())
        }),
        contact_update: client.contact_update().contact_id(3).body_map(|b| {
            b.firstname("Ana").lastname("Souza").mobile_code("55").mobile("11987654321")
        }),
        contact_delete: client.contact_delete().contact_id(3),
        conversation_list: client.conversation_list().status(ConversationStatus::Pending).page(1),
        conversation_details: client.conversation_details().conversation_id(7),
        change_conversation_status: client.change_conversation_status().conversation_id(7)
            .body_map(|b| b.status(ConversationStatus::Done)),
        send_message: client.send_message().body_map(|b| {
            b.mobile_code("55").mobile("11987654321").message("Olá!\nTudo bem?").from_number("+55 11 4000-0001")
                .image(picture())
        }),
        send_template_message: client.send_template_message().body_map(|b| {
            b.mobile_code("55").mobile("11987654321").template_id(4).body_variables(["Ana", "nº 42"])
        }),
        template_list: client.template_list(),
    );
    let all: BTreeSet<_> = operations::ALL.iter().map(|operation| operation.id).collect();
    assert_eq!(called, all, "every operation has a snapshot");
}

#[tokio::test]
async fn chatguru() {
    let server = Server::start(Reply::success()).await;
    let client = support::chatguru(&server.origin).build().unwrap();
    let number = "5511987654321";
    let called = snapshots!(server, "chatguru",
        message_send: client.message_send().chat_number(number).text("Olá & até já").send_date("2026-12-24 08:30"),
        message_status: client.message_status().message_id("5dd69cde00078e1be17fffd4"),
        chat_add: client.chat_add().chat_number(number).name("José").text(" ").dialog_id("d1").user_id("u1"),
        chat_add_status: client.chat_add_status().chat_add_id("5e3e9c0f52313722bd2e11a2"),
        chat_update_custom_fields: client.chat_update_custom_fields().chat_number(number)
            .custom_fields([("Cidade", "São Paulo"), ("field__Origem", "site")]),
        note_add: client.note_add().chat_number(number).note_text("Ligar amanhã"),
        dialog_execute: client.dialog_execute().chat_number(number).dialog_id("d1"),
        message_file_send: client.message_file_send().chat_number(number)
            .file_url("https://example.test/a.pdf?b=c").caption("Nota"),
    );
    let all: BTreeSet<_> = chatguru_client::operations::ALL.iter().map(|operation| operation.id).collect();
    assert_eq!(called, all, "every operation has a snapshot");
}
