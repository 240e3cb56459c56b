//! Contacts: saving them, and changing them without erasing the rest.

use std::time::Duration;

use externalapi_client::Client;
use externalapi_client::types::{Contact, ContactAddress};
use tokio::time::{Instant, timeout};
use zap_client_runtime::{Error, ErrorKind, ListEnd, Outcome, RefusalReason};

use crate::{Capability, ContactChanges, ContactReceipt, ContactState, NewContact, PhoneNumber};

/// How many contacts to read at a time while looking for one.
const PAGE: i64 = 100;

/// How many pages of them to read at most: 100,000 contacts.
const MOST_PAGES: u64 = 1_000;

pub(super) async fn save(client: &Client, contact: &NewContact) -> Result<ContactReceipt, Error> {
    if contact.greeting.is_some() {
        let error = Capability::Greeting.unsupported(client.provider());
        return Err(error.with_detail("contact with greeting; send the greeting once the contact is saved"));
    }
    let number = &contact.number;
    let call = client.contact_store().body_map(|b| {
        b.firstname(&*contact.first_name)
            .lastname(&*contact.last_name)
            .mobile_code(number.country_code())
            .mobile(number.national_number())
    });
    let stored = call.send().await?.into_inner().data.and_then(|data| data.contact);
    let id = stored.and_then(|contact| contact.id).map(|id| id.to_string());
    Ok(ContactReceipt::new(ContactState::Saved, id))
}

pub(super) async fn ensure(client: &Client, contact: &NewContact, deadline: Duration) -> Result<ContactReceipt, Error> {
    let there = |id| Ok(ContactReceipt::new(ContactState::AlreadyThere, id));
    let start = Instant::now();
    let refusal = match save(client, contact).await {
        Err(error) if may_be_taken(&error) => error,
        other => return other,
    };
    if is_taken(&refusal) {
        return there(None);
    }
    // A deadline may be beyond all time.
    let left = deadline.saturating_sub(start.elapsed());
    let found = timeout(left, find(client, "ensure_contact", &contact.number)).await;
    let why = match found {
        Ok(Ok(Some(old))) => return there(old.id.map(|id| id.to_string())),
        Ok(Ok(None)) => return Err(refusal),
        Ok(Err(error)) => error.to_string(),
        Err(_) => format!("that took longer than {deadline:?}"),
    };
    Err(refusal.with_detail(format!("whether the number is a contact already was not found out ({why})")))
}

/// Whether a contact may have been refused because its number is one already.
///
/// The server says so in the instance's language (fact E23), and may translate the field's name in it, so the text
/// cannot be matched. What is known to be about another field is not about the number.
fn may_be_taken(error: &Error) -> bool {
    error.kind() == ErrorKind::Refused
        && error.outcome() == Outcome::NotDone
        && error.reason() == Some(RefusalReason::Validation)
        && error.refused_fields().iter().all(|field| matches!(*field, "mobile" | "mobile_code"))
}

/// Whether such a refusal can have no other reason. What else could be wrong with `mobile` alone is that it is missing,
/// or not digits, and ours is there and is digits.
fn is_taken(error: &Error) -> bool {
    error.messages().len() == 1 && error.refused_fields() == ["mobile"]
}

pub(super) async fn update(client: &Client, number: &PhoneNumber, changes: &ContactChanges) -> Result<(), Error> {
    let invalid = |detail: &str| {
        Error::new(ErrorKind::InvalidRequest, Outcome::NotDone, client.provider(), "update_contact").with_detail(detail)
    };
    let old = find(client, "update_contact", number).await?;
    let old = old.ok_or_else(|| invalid("no contact has this number: save it first; see `PhoneNumber::variants`"))?;
    let id = old.id.ok_or_else(|| invalid("the contact is listed without its id, and cannot be named"))?;
    let address = old.address.unwrap_or_default();
    let ContactAddress { city, state, post_code, address, .. } = address;
    let (code, mobile) = match &changes.number {
        Some(number) => (Some(number.country_code()), Some(number.national_number())),
        None => (old.mobile_code, old.mobile),
    };
    let keep = |new: &Option<String>, old: Option<String>| new.clone().or(old);
    let demanded = |value: Option<String>, name: &str| {
        value.filter(|value| !value.trim().is_empty()).ok_or_else(|| {
            invalid(&format!("the contact has no {name}, and no update is taken without: put one into the changes"))
        })
    };
    let first = demanded(keep(&changes.first_name, old.firstname), "first name")?;
    let last = demanded(keep(&changes.last_name, old.lastname), "last name")?;
    let (code, mobile) = (demanded(code, "calling code")?, demanded(mobile, "number")?);
    let call = client.contact_update().contact_id(id).body_map(|b| {
        b.firstname(first)
            .lastname(last)
            .mobile_code(code)
            .mobile(mobile)
            .city(keep(&changes.city, city))
            .state(keep(&changes.state, state))
            .post_code(keep(&changes.post_code, post_code))
            .address(keep(&changes.address, address))
    });
    call.send().await.map(drop)
}

/// The contact with a number. Reads the list, newest first, as far as it has to.
///
/// # Errors
///
/// If a page cannot be read, or the list ends before its end: the contact may be there, behind what can be reached.
async fn find(client: &Client, asked_by: &'static str, number: &PhoneNumber) -> Result<Option<Contact>, Error> {
    let (code, mobile) = (number.country_code(), number.national_number());
    let is_it = |contact: &Contact| {
        // A `+` may stand in a dashboard's entries; it is written back as it is.
        let stored = contact.mobile_code.as_deref().map(|code| code.trim_start_matches('+'));
        stored == Some(&*code) && contact.mobile.as_deref() == Some(&*mobile)
    };
    let mut contacts = client.contact_list().paginate(PAGE).items().max_pages(MOST_PAGES);
    while let Some(contact) = contacts.next().await {
        let contact = contact?;
        if is_it(&contact) {
            return Ok(Some(contact));
        }
    }
    let summary = contacts.summary().filter(|summary| !matches!(summary.end(), ListEnd::LastPage | ListEnd::EmptyPage));
    let Some(summary) = summary else { return Ok(None) };
    let what = match summary.end() {
        ListEnd::Limit => "is too long to look for a number in it",
        _ => "could not be read to its end: the server repeats itself",
    };
    let error = Error::new(ErrorKind::InvalidRequest, Outcome::NotDone, client.provider(), asked_by);
    let read = summary.given();
    Err(error.with_detail(format!("the contact list {what}; {read} contacts were read, none with this number")))
}
