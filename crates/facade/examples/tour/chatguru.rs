//! The ten actions of ChatGuru.

use std::time::Duration;

use zap_facade::chatguru_client::types::{ChatAddStatus, MessageStatus};
use zap_facade::chatguru_client::{Client, Credentials, Provider, operations};
use zap_sandbox::Sandbox;

use crate::calls::Names;
use crate::externalapi::{found, same};
use crate::table::Table;

pub fn operations() -> &'static [&'static zap_facade::chatguru_client::zap_client_runtime::Operation] {
    operations::ALL
}

pub fn client(sandbox: &Sandbox) -> Result<Client, String> {
    let credentials = sandbox.chatguru_credentials();
    let provider = Provider::ChatGuru { server: "app.zap.guru".into() };
    Client::builder(provider, Credentials::new(credentials.key, credentials.account_id, credentials.phone_id))
        .base_url(sandbox.base_url(zap_sandbox::Provider::ChatGuru))
        // A proxy of the environment cannot reach a sandbox on this machine.
        .configure_reqwest(zap_facade::reqwest::ClientBuilder::no_proxy)
        .build()
        .map_err(|error| error.to_string())
}

/// Returns the number of a chat that can be written to, and what other calls can refer to.
pub async fn tour(client: &Client, sandbox: &Sandbox, table: &mut Table) -> Result<(String, Names), String> {
    let provider = client.provider();
    let number = "5511955550456";

    let call = client.chat_add().chat_number(number).name("Maria Souza").text("Bem-vinda!");
    let adding = table
        .row(provider, "chat_add", "Maria, +55 11 95555-0456", call.send(), |answer| {
            same("the status", answer.chat_add_status.clone(), ChatAddStatus::Pending)?;
            found(answer.chat_add_id.clone(), "id")
        })
        .await?;

    // A chat takes seconds to add, a message a while to go out: the sandbox's clock can be moved.
    sandbox.clock().advance(Duration::from_secs(60));
    let call = client.chat_add_status().chat_add_id(adding.as_str());
    table
        .row(provider, "chat_add_status", "what became of Maria", call.send(), |answer| {
            same("the status", answer.chat_add_status.clone(), ChatAddStatus::Done)
        })
        .await?;

    let call = client.message_send().chat_number(number).text("Seu pedido está pronto");
    let message = table
        .row(provider, "message_send", &format!("a text to +{number}"), call.send(), |answer| {
            same("the status", answer.message_status.clone(), MessageStatus::Scheduled)?;
            found(answer.message_id.clone(), "id")
        })
        .await?;

    sandbox.clock().advance(Duration::from_secs(60));
    let call = client.message_status().message_id(message.as_str());
    table
        .row(provider, "message_status", "what became of the text", call.send(), |answer| {
            same("the status", answer.message_status.clone(), MessageStatus::Sent)
        })
        .await?;

    let call = client.message_file_send().chat_number(number).file_url("https://example.test/nota.pdf").caption("Nota");
    table
        .row(provider, "message_file_send", "a file by its URL", call.send(), |answer| {
            same("the code", answer.code, i64::from(answer.status().as_u16()))?;
            found(answer.description.as_ref(), "description").map(drop)
        })
        .await?;

    let fields = [("Cidade", "São Paulo"), ("Origem", "site")];
    let call = client.chat_update_custom_fields().chat_number(number).custom_fields(fields);
    table
        .row(provider, "chat_update_custom_fields", "two fields", call.send(), |answer| {
            found(answer.chat_id.as_ref(), "chat id").map(drop)
        })
        .await?;

    let call = client.chat_update_context().chat_number(number).variables([("pedido", "1234")]);
    table
        .row(provider, "chat_update_context", "a variable of the chatbot", call.send(), |answer| {
            found(answer.chat_id.as_ref(), "chat id").map(drop)
        })
        .await?;

    let call = client.chat_update_name().chat_number(number).chat_name("Maria Souza Lima");
    table
        .row(provider, "chat_update_name", "Maria's full name", call.send(), |answer| {
            found(answer.chat_id.as_ref(), "chat id").map(drop)
        })
        .await?;

    let call = client.note_add().chat_number(number).note_text("Ligar amanhã às 9h");
    table
        .row(provider, "note_add", "a note", call.send(), |answer| found(answer.note_id.as_ref(), "note id").map(drop))
        .await?;

    // One of the dialogs of the sandbox's own world.
    let call = client.dialog_execute().chat_number(number).dialog_id("5d0000000000000000000201");
    table
        .row(provider, "dialog_execute", "a dialog", call.send(), |answer| {
            found(answer.dialog_execution_return.as_ref(), "return").map(drop)
        })
        .await?;
    Ok((number.to_owned(), Names { message, chat_add: adding, ..Names::of_sandbox() }))
}
