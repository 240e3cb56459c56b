//! One call of each operation.
//!
//! A new operation needs one entry in [`externalapi`] or [`chatguru`], and nothing else: the tests derive the rest.
//! What the call sends is a snapshot (`suite/wire.rs`) and is compared with its dry run (`suite/dry_run.rs`). From the
//! dry run comes a valid request to try the operation's rules on (`suite/preflight`). The sandbox's answer to the call
//! is damaged (`suite/mutation.rs`), and the call meets every fault (`matrix`). The example `tour` makes the call
//! unless it has a step of its own for the operation.

use std::fmt::Debug;
use std::pin::Pin;

use bytes::Bytes;
use externalapi_client::File;
use externalapi_client::types::ConversationStatus;
use zap_client_runtime::{Answer, DryRun, Error, Operation, RawClient, ResponseValue};

/// A contact of the sandbox's worlds, and the number of a chat there.
pub const NUMBER: &str = "5511987654321";
pub const MOBILE: &str = "11987654321";

/// The ids and values that the calls refer to.
pub struct Names {
    pub page: Option<i64>,
    pub search: Option<&'static str>,
    pub contact: i64,
    /// A contact without messages.
    pub unused_contact: i64,
    pub new_mobile: &'static str,
    pub conversation: i64,
    pub template: i64,
    pub from_number: &'static str,
    pub picture: &'static [u8],
    pub new_chat: &'static str,
    pub dialog: &'static str,
    /// A message that was sent.
    pub message: String,
    /// A chat that is being added.
    pub chat_add: String,
}

impl Names {
    /// Returns the names that the snapshots of requests show.
    pub fn of_snapshots() -> Self {
        Self {
            page: Some(2),
            search: Some("José & Cia"),
            contact: 3,
            unused_contact: 3,
            new_mobile: MOBILE,
            conversation: 7,
            template: 4,
            from_number: "+55 11 4000-0001",
            picture: b"not really a picture",
            new_chat: NUMBER,
            dialog: "d1",
            message: "5dd69cde00078e1be17fffd4".to_owned(),
            chat_add: "5e3e9c0f52313722bd2e11a2".to_owned(),
        }
    }

    /// Returns the names of what a sandbox has, in its own world and in `world.json`. There every call succeeds.
    pub fn of_sandbox() -> Self {
        Self {
            // One page, and no search: the observed version of the provider fails on it (fact E14).
            page: None,
            search: None,
            contact: 1,
            unused_contact: 2,
            new_mobile: "11955550177",
            conversation: 1,
            template: 1,
            from_number: "551150000001",
            picture: PIXEL,
            new_chat: "5511955550178",
            dialog: "5d0000000000000000000201",
            message: String::new(),
            chat_add: String::new(),
        }
    }

    /// The same, with a message that was sent and a chat that is being added, both made with `client`.
    pub async fn made_with(client: &chatguru_client::Client) -> Result<Self, Error> {
        let sent = client.message_send().chat_number(NUMBER).text("Olá").send().await?;
        let adding = client.chat_add().chat_number("5511955550179").name("Rui").text("Olá").send().await?;
        let message = sent.message_id.clone().unwrap_or_default();
        let chat_add = adding.chat_add_id.clone().unwrap_or_default();
        Ok(Self { message, chat_add, ..Self::of_sandbox() })
    }
}

macro_rules! calls {
    ($api:ident, $package:ident, |$client:ident, $names:ident| { $($id:ident: $call:expr,)* }) => {
        vec![$(
            Call {
                operation: find($package::operations::ALL, stringify!($id)),
                api: Api::$api,
                send: |client, names| Box::pin(async move {
                    let (Client::$api($client), $names) = (client, names) else { panic!("a client of the other API") };
                    // Not each call refers to something.
                    let _ = $names;
                    Ok(answered(&$call.send().await?))
                }),
                dry_run: |client, names| Box::pin(async move {
                    let (Client::$api($client), $names) = (client, names) else { panic!("a client of the other API") };
                    let _ = $names;
                    $call.dry_run().await
                }),
            },
        )*]
    };
}

fn externalapi() -> Vec<Call> {
    calls!(ExternalApi, externalapi_client, |client, names| {
        contact_store: client.contact_store().body_map(|b| {
            b.firstname("José").lastname("Conceição").mobile_code("55").mobile(names.new_mobile)
                .city("São Paulo").state("SP").post_code("01310-100").address("Av. Paulista, 1000")
                .profile_image(picture(names))
        }),
        contact_update: client.contact_update().contact_id(names.contact).body_map(|b| {
            b.firstname("Ana").lastname("Souza").mobile_code("55").mobile(MOBILE)
        }),
        contact_delete: client.contact_delete().contact_id(names.unused_contact),
        change_conversation_status: client.change_conversation_status().conversation_id(names.conversation)
            .body_map(|b| b.status(ConversationStatus::Done)),
        send_message: client.send_message().body_map(|b| {
            b.mobile_code("55").mobile(MOBILE).message("Olá!\nTudo bem?").from_number(names.from_number)
                .image(picture(names))
        }),
        send_template_message: client.send_template_message().body_map(|b| {
            b.mobile_code("55").mobile(MOBILE).template_id(names.template).body_variables(["Ana", "nº 42"])
        }),
        contact_list: client.contact_list().page(names.page).paginate(50).search(names.search),
        conversation_list: client.conversation_list().status(ConversationStatus::Pending).page(1),
        conversation_details: client.conversation_details().conversation_id(names.conversation),
        template_list: client.template_list(),
    })
}

fn chatguru() -> Vec<Call> {
    calls!(ChatGuru, chatguru_client, |client, names| {
        message_send: client.message_send().chat_number(NUMBER).text("Olá & até já").send_date("2026-12-24 08:30"),
        message_file_send: client.message_file_send().chat_number(NUMBER)
            .file_url("https://example.test/a.pdf?b=c").caption("Nota"),
        chat_add: client.chat_add().chat_number(names.new_chat).name("José").text(" ").dialog_id(names.dialog)
            .user_id("u1"),
        chat_update_custom_fields: client.chat_update_custom_fields().chat_number(NUMBER)
            .custom_fields([("Cidade", "São Paulo"), ("field__Origem", "site")]),
        chat_update_context: client.chat_update_context().chat_number(NUMBER)
            .variables([("pedido", "nº 42"), ("var__etapa", "2")]),
        chat_update_name: client.chat_update_name().chat_number(NUMBER).chat_name("José & Filhos"),
        note_add: client.note_add().chat_number(NUMBER).note_text("Ligar amanhã"),
        dialog_execute: client.dialog_execute().chat_number(NUMBER).dialog_id(names.dialog),
        message_status: client.message_status().message_id(names.message.as_str()),
        chat_add_status: client.chat_add_status().chat_add_id(names.chat_add.as_str()),
    })
}

/// A PNG of one pixel.
pub const PIXEL: &[u8] = &[
    0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8,
    0, 0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0, 10, b'I', b'D', b'A', b'T', 0x78, 0x9c, 0x63, 0x68, 0, 0, 0, 0x82, 0,
    0x81, 0x77, 0xcd, 0x72, 0xb6, 0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xae, 0x42, 0x60, 0x82,
];

/// A file whose name must be quoted.
fn picture(names: &Names) -> File {
    File::from_bytes("foto \"1\".png", names.picture)
}

/// A call of one operation.
pub struct Call {
    pub operation: &'static Operation,
    pub api: Api,
    pub send: for<'c> fn(&'c Client, &'c Names) -> Pending<'c, Answered>,
    pub dry_run: for<'c> fn(&'c Client, &'c Names) -> Pending<'c, DryRun>,
}

pub type Pending<'c, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'c>>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Api {
    ExternalApi,
    ChatGuru,
}

/// A client of either API.
pub enum Client {
    ExternalApi(externalapi_client::Client),
    ChatGuru(chatguru_client::Client),
}

impl Client {
    pub fn raw(&self) -> &RawClient {
        match self {
            Self::ExternalApi(client) => client.raw_client(),
            Self::ChatGuru(client) => client.raw_client(),
        }
    }
}

/// The answer to a call.
pub struct Answered {
    pub body: Bytes,
    /// `Debug` of the answer, in both forms.
    pub shown: String,
    /// Judges another answer as one to the same call.
    pub judge: Judge,
}

pub type Judge = fn(&RawClient, &'static Operation, u16, &[u8]) -> Result<(), Error>;

fn answered<T: Answer + Debug>(answer: &ResponseValue<T>) -> Answered {
    Answered {
        body: answer.body().clone(),
        shown: format!("{answer:?}\n{answer:#?}"),
        judge: |client, operation, status, body| client.judge::<T>(operation, status, body).map(drop),
    }
}

fn find(operations: &[&'static Operation], id: &str) -> &'static Operation {
    let found = operations.iter().find(|operation| operation.id == id);
    found.unwrap_or_else(|| panic!("{FILE}: there is no operation `{id}`: delete its call"))
}

const FILE: &str = "crates/facade/tests/support/calls.rs";

/// Returns a call of each operation of both APIs.
///
/// # Panics
///
/// Panics if an operation has no call. The message is the entry to add.
pub fn all() -> Vec<Call> {
    let calls = [complete(externalapi(), externalapi_client::operations::ALL, "externalapi")];
    calls.into_iter().chain([complete(chatguru(), chatguru_client::operations::ALL, "chatguru")]).flatten().collect()
}

fn complete(calls: Vec<Call>, operations: &[&Operation], function: &str) -> Vec<Call> {
    let lacks_a_call = |id| !calls.iter().any(|call| call.operation.id == id);
    if let Some(Operation { id, .. }) = operations.iter().find(|operation| lacks_a_call(operation.id)) {
        panic!(
            "the operation `{id}` has no call: add one to the list in fn {function} of {FILE}, with values for what the \
             operation requires:\n{id}: client.{id}(),"
        );
    }
    calls
}
