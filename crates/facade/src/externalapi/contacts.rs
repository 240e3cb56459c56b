//! Saves contacts, and updates them without erasing the other values.

use std::time::Duration;

use externalapi_client::Client;
use externalapi_client::types::{Contact, ContactAddress};
use tokio::time::{Instant, timeout};
use zap_client_runtime::{Error, ErrorKind, ListEnd, Outcome, RefusalReason};

use crate::{Capability, ContactChanges, ContactReceipt, ContactState, NewContact, PhoneNumber};

/// The number of contacts on a page while one is searched for.
const PAGE: i64 = 100;

/// The maximum number of pages to read: 100,000 contacts.
const MOST_PAGES: u64 = 1_000;

pub(super) async fn save(client: &Client, contact: &NewContact) -> Result<ContactReceipt, Error> {
    if contact.greeting.is_some() {
        let error = Capability::Greeting.unsupported(client.provider());
        return Err(error.with_detail("contact with greeting; send the greeting as a text when the contact is saved"));
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
    Ok(ContactReceipt::new(ContactState::Saved, number.clone()).with_id(id))
}

pub(super) async fn ensure(client: &Client, contact: &NewContact, deadline: Duration) -> Result<ContactReceipt, Error> {
    let there = |id| Ok(ContactReceipt::new(ContactState::AlreadyThere, contact.number.clone()).with_id(id));
    let start = Instant::now();
    let refusal = match save(client, contact).await {
        Err(error) if may_be_taken(&error) => error,
        other => return other,
    };
    if is_taken(&refusal) {
        return there(None);
    }
    // Not `start + deadline`, which could overflow.
    let left = deadline.saturating_sub(start.elapsed());
    let found = timeout(left, find(client, "ensure_contact", &contact.number)).await;
    let why = match found {
        Ok(Ok(Some(old))) => return there(old.id.map(|id| id.to_string())),
        Ok(Ok(None)) => return Err(refusal),
        Ok(Err(error)) => error.to_string(),
        Err(_) => format!("the search took longer than {deadline:?}"),
    };
    Err(refusal.with_detail(format!("it is not known whether the number is already a contact ({why})")))
}

/// Returns whether a contact may have been refused because its number is already a contact.
///
/// The server writes its reason in the instance's language ([E23](externalapi_client::facts#e23)), and may translate
/// the field's name in it, so the text cannot be matched. A refusal that is known to be about another field is not
/// about the number.
fn may_be_taken(error: &Error) -> bool {
    error.kind() == ErrorKind::Refused
        && error.outcome() == Outcome::NotDone
        && error.reason() == Some(RefusalReason::Validation)
        && error.refused_fields().iter().all(|field| matches!(*field, "mobile" | "mobile_code"))
}

/// Returns whether such a refusal has no other possible reason. The others for `mobile` alone are that it is missing or
/// not digits, and ours is present and consists of digits.
fn is_taken(error: &Error) -> bool {
    error.messages().len() == 1 && error.refused_fields() == ["mobile"]
}

pub(super) async fn update(client: &Client, number: &PhoneNumber, changes: &ContactChanges) -> Result<(), Error> {
    let invalid = |detail: &str| {
        Error::new(ErrorKind::InvalidRequest, Outcome::NotDone, client.provider(), "update_contact").with_detail(detail)
    };
    let old = find(client, "update_contact", number).await?;
    let old = old.ok_or_else(|| {
        invalid("no contact has this number: save it first, or try the other `PhoneNumber::variants`")
    })?;
    let id =
        old.id.ok_or_else(|| invalid("the contact list has this contact without an id, so it cannot be updated"))?;
    let address = old.address.unwrap_or_default();
    let ContactAddress { city, state, post_code, address, .. } = address;
    let (code, mobile) = match &changes.number {
        Some(number) => (Some(number.country_code()), Some(number.national_number())),
        None => (old.mobile_code, old.mobile),
    };
    let keep = |new: &Option<String>, old: Option<String>| new.clone().or(old);
    let demanded = |value: Option<String>, name: &str| {
        value.filter(|value| !value.trim().is_empty()).ok_or_else(|| {
            invalid(&format!("the contact has no {name}, and an update needs one: set it in the changes"))
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

/// Returns whether a contact has a number.
pub(super) fn has_number(contact: &Contact, number: &PhoneNumber) -> bool {
    // Entries made in the dashboard may have a `+`. An update writes it back as it is.
    let code = contact.mobile_code.as_deref().map(|code| code.trim_start_matches('+'));
    code == Some(&*number.country_code()) && contact.mobile.as_deref() == Some(&*number.national_number())
}

/// Returns the contact with a number. Reads the list, newest first, until it is found.
///
/// # Errors
///
/// Returns an error if a page cannot be read, or the list cannot be read to its end: the contact may be in the part
/// that was not read.
async fn find(client: &Client, asked_by: &'static str, number: &PhoneNumber) -> Result<Option<Contact>, Error> {
    let mut contacts = client.contact_list().paginate(PAGE).items().max_pages(MOST_PAGES);
    while let Some(contact) = contacts.next().await {
        let contact = contact?;
        if has_number(&contact, number) {
            return Ok(Some(contact));
        }
    }
    let summary = contacts.summary().filter(|summary| !matches!(summary.end(), ListEnd::LastPage | ListEnd::EmptyPage));
    let Some(summary) = summary else { return Ok(None) };
    let what = match summary.end() {
        ListEnd::Limit => "is too long to be searched for a number",
        _ => "could not be read to its end, because the server repeats its pages",
    };
    let error = Error::new(ErrorKind::InvalidRequest, Outcome::NotDone, client.provider(), asked_by);
    let read = summary.given();
    Err(error
        .with_detail(format!("the contact list {what}; none of the {read} contacts that were read has this number")))
}
