//! Adds chats, and waits until they exist.

use std::time::Duration;

use chatguru_client::types::{ChatAddResponse, ChatAddStatus, ChatAddStatusResponse};
use chatguru_client::{Client, operations};
use tokio::time::{Instant, sleep, timeout_at};
use zap_client_runtime::{Error, ErrorKind, Outcome};

use crate::{ContactReceipt, ContactState, NewContact, Unfinished};

/// The first and the longest pause between two status calls. Adding a chat takes 1 to 30 seconds
/// ([C7](chatguru_client::facts#c7)).
const PAUSES: (Duration, Duration) = (Duration::from_millis(500), Duration::from_secs(5));

pub(super) async fn add(client: &Client, contact: &NewContact) -> Result<ContactReceipt, Error> {
    let call = client.chat_add().chat_number(contact.number.digits()).name(contact.full_name());
    // The API requires a text, and accepts a single space as one (fact C7).
    let answer = call.text(contact.greeting.as_deref().unwrap_or(" ")).send().await?.into_inner();
    let state = match answer.chat_add_status {
        Some(ChatAddStatus::Done) => ContactState::Saved,
        Some(ChatAddStatus::Error) => return Err(failed(client, answer.description.as_deref())),
        _ => ContactState::Pending,
    };
    Ok(ContactReceipt::new(state, answer.chat_add_id))
}

pub(super) async fn add_and_wait(
    client: &Client,
    contact: &NewContact,
    deadline: Duration,
) -> Result<ContactReceipt, Error> {
    let start = Instant::now();
    let added = add(client, contact).await?;
    if added.state != ContactState::Pending {
        return Ok(added);
    }
    let Some(id) = &added.id else {
        let error = Error::new(ErrorKind::Undecodable, Outcome::Unknown, client.provider(), "ensure_contact");
        return Err(error.with_detail(
            "the chat is being added, but the answer has no chat_add_id with which to ask for its status",
        ));
    };
    // A deadline that cannot be represented is replaced by one in a year.
    let end = start.checked_add(deadline).unwrap_or_else(|| start + Duration::from_secs(86_400 * 365));
    wait(client, id, end, deadline).await?;
    Ok(ContactReceipt::new(ContactState::Saved, added.id))
}

async fn wait(client: &Client, id: &str, end: Instant, deadline: Duration) -> Result<(), Error> {
    let (mut pause, longest) = PAUSES;
    loop {
        // Cancelling this call does no harm, because it is a read.
        match timeout_at(end, client.chat_add_status().chat_add_id(id).send()).await {
            Err(_) => break,
            Ok(Err(error)) => {
                let detail = "the chat is being added, but its status cannot be read";
                return Err(unfinished(client, error.kind(), detail, Unfinished::new(id, Some(error))));
            }
            Ok(Ok(answer)) => match answer.into_inner() {
                ChatAddStatusResponse { chat_add_status: Some(ChatAddStatus::Done), .. } => return Ok(()),
                ChatAddStatusResponse {
                    chat_add_status: Some(ChatAddStatus::Error),
                    chat_add_status_description: text,
                    ..
                } => return Err(failed(client, text.as_deref())),
                _ => {}
            },
        }
        if Instant::now() + pause >= end {
            break;
        }
        sleep(pause).await;
        pause = (2 * pause).min(longest);
    }
    let detail = format!("the chat does not exist after {deadline:?}, and may be added later");
    Err(unfinished(client, ErrorKind::Timeout, &detail, Unfinished::new(id, None)))
}

/// Returns the error for a chat that the provider accepted, but may not have added.
fn unfinished(client: &Client, kind: ErrorKind, detail: &str, what: Unfinished) -> Error {
    // The id is a text of the server, which may quote a credential, so it is scrubbed like one.
    let quoted = failed(client, Some(&what.id));
    let id = quoted.description().unwrap_or_default();
    Error::new(kind, Outcome::Unknown, client.provider(), "ensure_contact")
        .with_detail(format!("{detail}: call `chat_add_status` for {id}, and do not add it again"))
        .with_source(what)
}

/// Returns the error for a chat that ended in the status `error`: a refusal, judged as an answer so that its text is
/// scrubbed.
fn failed(client: &Client, description: Option<&str>) -> Error {
    let body = serde_json::json!({"result": "error", "description": description.unwrap_or_default()});
    let judged = client.raw_client().judge::<ChatAddResponse>(&operations::CHAT_ADD, 200, body.to_string().as_bytes());
    judged.err().unwrap_or_else(|| Error::new(ErrorKind::Refused, Outcome::NotDone, client.provider(), "chat_add"))
}
