//! Any operation, called by data.

use externalapi_client::{Error, File};
use zap_client_runtime::{Call, DryRun, Form, Operation};

use crate::support;

/// A value for a field.
#[derive(Clone, Copy, Debug)]
pub enum Given {
    Nothing,
    Text(&'static str),
    /// So many times this text.
    Times(&'static str, usize),
    Entries(&'static [(&'static str, &'static str)]),
    /// A file in memory: name and content.
    Bytes(&'static str, &'static [u8]),
    /// A stream: name and length.
    Stream(&'static str, Option<u64>),
}

/// Values beside, or in place of, those of a call that is right.
pub type Change = &'static [(&'static str, Given)];

/// The operations of both clients.
pub fn all() -> Vec<&'static Operation> {
    externalapi_client::operations::ALL.iter().chain(chatguru_client::operations::ALL).copied().collect()
}

/// A call of the operation that is right.
fn right(id: &str) -> Change {
    use Given::{Entries, Text};
    const CHAT: (&str, Given) = ("chat_number", Text("5511987654321"));
    const CODE: (&str, Given) = ("mobile_code", Text("55"));
    const MOBILE: (&str, Given) = ("mobile", Text("11987654321"));
    match id {
        "contact_store" => &[("firstname", Text("Ana")), ("lastname", Text("Souza")), CODE, MOBILE],
        "contact_update" => {
            &[("contact_id", Text("3")), ("firstname", Text("Ana")), ("lastname", Text("Souza")), CODE, MOBILE]
        }
        "contact_delete" => &[("contact_id", Text("3"))],
        "conversation_details" => &[("conversation_id", Text("7"))],
        "change_conversation_status" => &[("conversation_id", Text("7")), ("status", Text("1"))],
        "send_message" => &[CODE, MOBILE, ("message", Text("Olá"))],
        "send_template_message" => &[CODE, MOBILE, ("template_id", Text("4"))],
        "message_send" => &[CHAT, ("text", Text("Olá"))],
        "message_status" => &[("message_id", Text("m1"))],
        "message_file_send" => &[CHAT, ("file_url", Text("https://files.example/a.pdf"))],
        "chat_add" => &[CHAT, ("name", Text("Ana")), ("text", Text("Olá"))],
        "chat_add_status" => &[("chat_add_id", Text("c1"))],
        "chat_update_custom_fields" => &[CHAT, ("custom_fields", Entries(&[("Cidade", "Recife")]))],
        "note_add" => &[CHAT, ("note_text", Text("Ligar"))],
        "dialog_execute" => &[CHAT, ("dialog_id", Text("d1"))],
        _ => &[],
    }
}

/// Beside these, a right message has no text.
const WITHOUT_TEXT: [&str; 7] =
    ["cta_url_id", "interactive_list_id", "audio", "latitude", "longitude", "product", "created_order_data"];

fn fill<'c>(mut call: Call<'c>, operation: &Operation, change: Change) -> Call<'c> {
    let without_text = change.iter().any(|(name, _)| WITHOUT_TEXT.contains(name));
    let is_unchanged = |name: &str| !change.iter().any(|(other, _)| *other == name);
    let unchanged =
        right(operation.id).iter().filter(|(name, _)| is_unchanged(name) && !(without_text && *name == "message"));
    let is_form = operation.path.starts_with("/contact/") || operation.path.starts_with("/inbox/");
    let is_form = is_form && !operation.is_read() && operation.id != "contact_delete";
    let mut form = Form::new();
    for &(name, given) in unchanged.chain(change) {
        assert!(operation.fields.contains(&name), "{} has no {name}", operation.id);
        match given {
            Given::Nothing => {}
            Given::Entries(entries) => call = call.query_map(name, "field__", entries.iter().copied()),
            Given::Times(text, times) => form = form.text(name, [text.repeat(times)]),
            Given::Text(text) if operation.path.contains(&format!("{{{name}}}")) => call = call.path(name, text),
            Given::Text(text) if is_form => form = form.text(name, [text]),
            Given::Text(text) => call = call.query(name, [text]),
            Given::Bytes(file, content) => form = form.file(name, [File::from_bytes(file, content)]),
            Given::Stream(file, length) => {
                form = form.file(name, [File::from_stream(file, length, support::EmptyStream)]);
            }
        }
    }
    if is_form { call.form(form) } else { call }
}

fn is_external_api(operation: &Operation) -> bool {
    externalapi_client::operations::ALL.iter().any(|one| one.id == operation.id)
}

/// Both clients, built once: the TLS library takes its time.
pub struct Clients {
    external_api: externalapi_client::Client,
    chatguru: chatguru_client::Client,
}

impl Clients {
    pub fn new(origin: &str) -> Self {
        let external_api = support::externalapi(origin).build().expect("the settings are right");
        Self { external_api, chatguru: support::chatguru(origin).build().expect("the settings are right") }
    }

    /// A call that is right but for `change`.
    fn call(&self, operation: &'static Operation, change: Change) -> Call<'_> {
        let core = if is_external_api(operation) { self.external_api.raw_client() } else { self.chatguru.raw_client() };
        fill(core.call(operation), operation, change)
    }

    pub async fn send(&self, operation: &'static Operation, change: Change) -> Result<(), Error> {
        // Nothing is to be answered.
        self.call(operation, change).send::<externalapi_client::types::ContactDeleteResponse>().await.map(drop)
    }

    pub async fn dry_run(&self, operation: &'static Operation, change: Change) -> Result<DryRun, Error> {
        self.call(operation, change).dry_run().await
    }
}
