//! Adds chats, and waits until they exist.

use std::time::Duration;

use chatguru_client::types::{ChatAddResponse, ChatAddStatus};
use chatguru_client::{Client, operations};
use tokio::time::{Instant, sleep, timeout_at};
use zap_client_runtime::{Error, ErrorKind, Outcome};

use super::chat_description::{corrected_number, says_it_exists};
use crate::{ContactReceipt, ContactState, NewContact, PhoneNumber, Unfinished};

/// The first and the longest pause between two status calls. Adding a chat takes 1 to 30 seconds, and 45 to 90 under
/// load ([C7](chatguru_client::facts#c7)).
const PAUSES: (Duration, Duration) = (Duration::from_millis(500), Duration::from_secs(5));

/// The time before the deadline that is kept for the last status call, unless it exceeds a tenth of the whole time.
const LAST_ANSWER: Duration = Duration::from_secs(1);

/// What a status says about adding a chat.
enum Progress {
    /// It has not ended, as far as is known.
    Pending,
    Ended(Result<ContactReceipt, Error>),
}

pub(super) async fn add(client: &Client, contact: &NewContact) -> Result<ContactReceipt, Error> {
    let call = client.chat_add().chat_number(contact.number.digits()).name(contact.full_name());
    // The API requires a text, and accepts a single space as one (fact C7).
    let answer = match call.text(contact.greeting.as_deref().unwrap_or(" ")).send().await {
        Ok(answer) => answer.into_inner(),
        Err(error) => return already_there(error, &contact.number),
    };
    let description = answer.description.as_deref();
    let receipt = match progress(client, &contact.number, answer.chat_add_status.as_ref(), description) {
        Progress::Ended(ended) => ended?,
        Progress::Pending => receipt(client, ContactState::Pending, contact.number.clone(), description),
    };
    Ok(receipt.with_id(answer.chat_add_id))
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
    Ok(wait(client, &contact.number, id, end, deadline).await?.with_id(added.id))
}

async fn wait(
    client: &Client,
    number: &PhoneNumber,
    id: &str,
    end: Instant,
    deadline: Duration,
) -> Result<ContactReceipt, Error> {
    let (mut pause, longest) = PAUSES;
    let last_answer = LAST_ANSWER.min(deadline / 10);
    loop {
        // Cancelling this call does no harm, because it is a read.
        match timeout_at(end, client.chat_add_status().chat_add_id(id).send()).await {
            Err(_) => break,
            Ok(Err(error)) => {
                let detail = "the chat is being added, but its status cannot be read";
                return Err(unfinished(client, error.kind(), detail, Unfinished::new(id, Some(error))));
            }
            Ok(Ok(answer)) => {
                let description = answer.chat_add_status_description.as_deref();
                if let Progress::Ended(ended) = progress(client, number, answer.chat_add_status.as_ref(), description) {
                    return ended;
                }
            }
        }
        // The last pause is shorter, so that an answer before the deadline counts.
        let left = end.saturating_duration_since(Instant::now());
        let next = pause.min(left.saturating_sub(last_answer));
        if next.is_zero() {
            break;
        }
        sleep(next).await;
        pause = (2 * pause).min(longest);
    }
    let detail = format!("the chat does not exist after {deadline:?}, and may be added later");
    Err(unfinished(client, ErrorKind::Timeout, &detail, Unfinished::new(id, None)))
}

/// Interprets a status and its description (facts C8 and C14). An unknown word does not end the wait, because the words
/// are an open set.
fn progress(
    client: &Client,
    number: &PhoneNumber,
    status: Option<&ChatAddStatus>,
    description: Option<&str>,
) -> Progress {
    let is_added = match status {
        Some(ChatAddStatus::Done | ChatAddStatus::Success) => true,
        Some(ChatAddStatus::Error | ChatAddStatus::Invalid) => false,
        _ => return Progress::Pending,
    };
    let state = match (description.is_some_and(says_it_exists), is_added) {
        (true, _) => ContactState::AlreadyThere,
        (false, true) => ContactState::Saved,
        (false, false) => return Progress::Ended(Err(failed(client, description))),
    };
    let number = description.and_then(corrected_number).unwrap_or_else(|| number.clone());
    Progress::Ended(Ok(receipt(client, state, number, description)))
}

/// Returns a receipt without an id.
fn receipt(client: &Client, state: ContactState, number: PhoneNumber, description: Option<&str>) -> ContactReceipt {
    // The text may quote a credential.
    let description = description.and_then(|text| failed(client, Some(text)).description().map(str::to_owned));
    ContactReceipt::new(state, number).with_description(description)
}

/// Returns the receipt for a chat that was refused because it exists, or else the error.
fn already_there(refusal: Error, number: &PhoneNumber) -> Result<ContactReceipt, Error> {
    let description = refusal.messages().iter().find(|text| says_it_exists(text));
    match description {
        Some(text) if refusal.outcome() == Outcome::NotDone => {
            let number = corrected_number(text).unwrap_or_else(|| number.clone());
            Ok(ContactReceipt::new(ContactState::AlreadyThere, number).with_description(Some((*text).clone())))
        }
        _ => Err(refusal),
    }
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

/// Returns the error for a chat that was not added: a refusal, judged as an answer so that its text is scrubbed.
fn failed(client: &Client, description: Option<&str>) -> Error {
    let body = serde_json::json!({"result": "error", "description": description.unwrap_or_default()});
    let judged = client.raw_client().judge::<ChatAddResponse>(&operations::CHAT_ADD, 200, body.to_string().as_bytes());
    judged.err().unwrap_or_else(|| Error::new(ErrorKind::Refused, Outcome::NotDone, client.provider(), "chat_add"))
}
