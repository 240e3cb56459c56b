//! The ten operations of an ExternalApi instance, each building on those before it.

use zap_facade::externalapi_client::types::{Contact, ConversationStatus};
use zap_facade::externalapi_client::{Client, Credentials, File, Provider, operations};
use zap_sandbox::Sandbox;

use crate::calls::PIXEL;
use crate::table::Table;

pub fn operations() -> &'static [&'static zap_facade::externalapi_client::zap_client_runtime::Operation] {
    operations::ALL
}

pub fn client(sandbox: &Sandbox, instance: Provider, provider: zap_sandbox::Provider) -> Result<Client, String> {
    let credentials = sandbox.external_api_credentials();
    Client::builder(instance, Credentials::new(credentials.client_id, credentials.client_secret))
        .base_url(sandbox.base_url(provider))
        // A proxy of the environment cannot reach a sandbox on this machine.
        .configure_reqwest(zap_facade::reqwest::ClientBuilder::no_proxy)
        .build()
        .map_err(|error| error.to_string())
}

/// Returns the number of a contact that can be written to.
#[allow(clippy::too_many_lines, reason = "ten steps, one after the other")]
pub async fn tour(client: &Client, table: &mut Table) -> Result<String, String> {
    let provider = client.provider();

    let call = client.contact_store().body_map(|b| {
        b.firstname("José").lastname("Conceição").mobile_code("55").mobile("11955550123").city("São Paulo")
    });
    let jose = table
        .row(provider, "contact_store", "José, +55 11 95555-0123", call.send(), |answer| {
            let contact = found(answer.data.as_ref().and_then(|data| data.contact.as_ref()), "contact")?;
            same("the number", contact.mobile.as_deref(), "11955550123")?;
            found(contact.id, "id")
        })
        .await?;

    let call = client.contact_list().page(1).paginate(50);
    let ana = table
        .row(provider, "contact_list", "page 1 of 50 a page", call.send(), |answer| {
            let page = found(answer.data.as_ref().and_then(|data| data.contacts.as_ref()), "page")?;
            let contacts = page.data.as_deref().unwrap_or_default();
            found(contacts.iter().find(|contact| contact.id == Some(jose)), "José in it")?;
            let writable = |contact: &&Contact| contact.is_blocked == Some(0) && contact.id != Some(jose);
            // The oldest contact, since the list begins with the newest.
            found(contacts.iter().rfind(writable).cloned(), "contact to write to")
        })
        .await?;
    let (code, mobile) = (ana.mobile_code.unwrap_or_default(), ana.mobile.unwrap_or_default());

    let call = client
        .contact_update()
        .contact_id(jose)
        .body_map(|b| b.firstname("José").lastname("Conceição").mobile_code("55").mobile("11955550123").city("Recife"));
    table
        .row(provider, "contact_update", "José moves to Recife", call.send(), |answer| {
            let contact = found(answer.data.as_ref().and_then(|data| data.contact.as_ref()), "contact")?;
            same("the city", contact.address.as_ref().and_then(|address| address.city.as_deref()), "Recife")
        })
        .await?;

    let call = client.contact_delete().contact_id(jose);
    table
        .row(provider, "contact_delete", "José, by id", call.send(), |answer| {
            same("the remark", answer.remark.as_deref(), "contact_deleted")
        })
        .await?;

    let call = client.send_message().body_map(|b| {
        b.mobile_code(&*code).mobile(&*mobile).message("A foto de hoje").image(File::from_bytes("foto.png", PIXEL))
    });
    let sent = format!("a picture with a caption to +{code}{mobile}");
    let conversation = table
        .row(provider, "send_message", &sent, call.send(), |answer| {
            let data = found(answer.data.as_ref(), "data")?;
            let message = found(data.message.as_ref(), "message")?;
            same("the caption", message.media_caption.as_deref(), "A foto de hoje")?;
            found(message.whatsapp_message_id.as_ref(), "WhatsApp id")?;
            found(data.conversation_id, "conversation")
        })
        .await?;

    let template = table
        .row(provider, "template_list", "the first page", client.template_list().send(), |answer| {
            let page = found(answer.data.as_ref().and_then(|data| data.templates.as_ref()), "page")?;
            found(page.data.as_deref().unwrap_or_default().iter().find_map(|template| template.id), "template")
        })
        .await?;

    let call = client
        .send_template_message()
        .body_map(|b| b.mobile_code(&*code).mobile(&*mobile).template_id(template).body_variables(["Ana"]));
    let sent = format!("template {template} with a variable to +{code}{mobile}");
    table
        .row(provider, "send_template_message", &sent, call.send(), |answer| {
            let data = found(answer.data.as_ref(), "data")?;
            same("the conversation", data.conversation_id, conversation)
        })
        .await?;

    let call = client.change_conversation_status().conversation_id(conversation);
    let call = call.body_map(|b| b.status(ConversationStatus::Important));
    table
        .row(provider, "change_conversation_status", "to important", call.send(), |answer| {
            same("the remark", answer.remark.as_deref(), "status_updated")
        })
        .await?;

    let call = client.conversation_list().status(ConversationStatus::Important);
    table
        .row(provider, "conversation_list", "the important ones", call.send(), |answer| {
            let page = found(answer.data.as_ref().and_then(|data| data.conversation.as_ref()), "page")?;
            let mut listed = page.data.as_deref().unwrap_or_default().iter();
            found(listed.find(|one| one.id == Some(conversation)), "conversation in it").map(drop)
        })
        .await?;

    let call = client.conversation_details().conversation_id(conversation);
    table
        .row(provider, "conversation_details", &format!("conversation {conversation}"), call.send(), |answer| {
            let details = found(answer.data.as_ref().and_then(|data| data.conversation.as_ref()), "conversation")?;
            let contact = found(details.contact.as_ref(), "contact")?;
            same("the number", contact.mobile.as_deref(), &*mobile)?;
            same("the status", details.status, ConversationStatus::Important)
        })
        .await?;
    Ok(code + &mobile)
}

pub fn found<T>(value: Option<T>, what: &str) -> Result<T, String> {
    value.ok_or_else(|| format!("there is no {what}"))
}

pub fn same<T: PartialEq<U>, U: std::fmt::Debug>(what: &str, is: Option<T>, should: U) -> Result<(), String> {
    if is.is_some_and(|is| is == should) { Ok(()) } else { Err(format!("{what} is not {should:?}")) }
}
