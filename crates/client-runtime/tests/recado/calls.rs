//! One call of each operation. What it sends is a snapshot (`wire.rs`), and it meets every fault (`matrix.rs`).

use std::pin::Pin;

use serde_json::json;
use zap_client_runtime::{DryRun, Error, File, Operation};

use crate::types::{ContactAddress, MessageButton, MessageOptions, MessageQuoted, State};
use crate::{Client, operations};

/// A call of one operation.
pub struct Call {
    pub operation: &'static Operation,
    /// Sends it, and returns how often it was sent and what `Debug` shows of the answer.
    pub send: for<'c> fn(&'c Client) -> Pending<'c, (u32, String)>,
    pub dry_run: for<'c> fn(&'c Client) -> Pending<'c, DryRun>,
}

pub type Pending<'c, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'c>>;

macro_rules! calls {
    (|$client:ident| { $($id:ident: $call:expr,)* }) => {
        vec![$(
            Call {
                operation: find(stringify!($id)),
                send: |$client| Box::pin(async move {
                    let answer = $call.send().await?;
                    Ok((answer.attempts(), format!("{answer:?}\n{answer:#?}")))
                }),
                dry_run: |$client| Box::pin($call.dry_run()),
            },
        )*]
    };
}

/// Returns a call of each operation.
///
/// # Panics
///
/// Panics if an operation has no call.
pub fn all() -> Vec<Call> {
    let calls = calls!(|client| {
        message_list: client.message_list(),
        message_send: client.message_send().x_session("vendas").x_priority(3).body_map(|body| {
            let options = MessageOptions::builder().presence("composing").link_preview(false).tags(["novo", "vip"]);
            let quoted = MessageQuoted::builder().id("q1").options(MessageOptions::builder().presence(""));
            let button = |label: &str| MessageButton::builder().type_("reply").label(label);
            body.number("5511900000123").text("Olá, \"você\"!\n").delay(3).weight(0.5).options(options).quoted(quoted)
                .buttons([button("Sim"), button("Não")]).mentions(["5511900000124"]).headers([("x-a", "1")])
                .media(json!({ "url": "https://exemplo.example/a.png", "sizes": [1, null] })).state(State::Queued)
        }),
        message_get: client.message_get().id("a/b ?é"),
        message_forward: client.message_forward().id("a").to("5511900000123"),
        message_delete: client.message_delete().id("a"),
        unread_count: client.unread_count(),
        messages_read: client.messages_read().body(["m1", "m2"]),
        message_export: client.message_export(),
        media_upload: client.media_upload().body_map(|body| {
            body.file(File::from_bytes("foto \"1\".png", &b"not really a picture"[..])).caption("São Paulo & cia")
        }),
        media_get: client.media_get().id("m1"),
        number_search: client.number_search().body_map(|body| body.numbers(["5511900000123", "5511900000124"])),
        contact_add: client.contact_add().body_map(|body| {
            let address = ContactAddress::builder().street("Rua & 1").number(7).floors([1, 2]);
            body.name("Zé").labels(["a=b", "c"]).address(address).notes([("k[", "v"), ("nº", "42")])
        }),
        events_by_offset: client.events_by_offset().skip(20).limit(10),
        events_by_cursor: client.events_by_cursor().after("a+b/ =&").limit(10),
        events_by_link: client.events_by_link().kind("entrega & leitura").limit(10),
        events_by_header: client.events_by_header().limit(10),
        session_code: client.session_code().name("vendas"),
        session_settings: client.session_settings().name("vendas"),
        session_configure: client.session_configure().name("vendas").body(json!({ "cor": "verde", "z": [null, 1.5] })),
        account_get: client.account_get(),
        health: client.health(),
    });
    let has_a_call = |id| calls.iter().any(|call| call.operation.id == id);
    if let Some(Operation { id, .. }) = operations::ALL.iter().find(|operation| !has_a_call(operation.id)) {
        panic!("the operation `{id}` has no call: add one to `calls.rs`, with values for what the operation requires");
    }
    calls
}

fn find(id: &str) -> &'static Operation {
    let found = operations::ALL.iter().find(|operation| operation.id == id);
    found.unwrap_or_else(|| panic!("there is no operation `{id}`: delete its call from `calls.rs`"))
}
