//! The time of the latest message of a conversation.

use std::time::SystemTime;

use externalapi_client::Client;
use zap_client_runtime::{Error, ErrorKind, ListEnd, Outcome};

use super::{contacts, watch};
use crate::PhoneNumber;

/// The number of conversations on a page.
const PAGE: i64 = 100;

/// The maximum number of pages to read: 10,000 conversations whose contact has the digits in its name or number.
const MOST_PAGES: u64 = 100;

/// Returns when the latest message of the conversations with a number was sent or received.
///
/// # Errors
///
/// Returns an error if a page cannot be read, if a time cannot be read, or if the search finds so many conversations
/// that the right one may be among those that were not read.
pub(super) async fn last(client: &Client, number: &PhoneNumber) -> Result<Option<SystemTime>, Error> {
    let unclear = |detail: &str| {
        let error = Error::new(ErrorKind::UnexpectedAnswer, Outcome::NotDone, client.provider(), "last_activity");
        error.with_detail(detail)
    };
    // The search finds parts of names and numbers. Each of the account's WhatsApp numbers has its own conversation.
    let search = client.conversation_list().search(number.national_number()).paginate(PAGE);
    let mut conversations = search.items().max_pages(MOST_PAGES);
    let mut latest = None;
    while let Some(conversation) = conversations.next().await {
        let conversation = conversation?;
        let is_it = conversation.contact.as_ref().is_some_and(|contact| contacts::has_number(contact, number));
        let Some(text) = conversation.last_message_at.filter(|text| is_it && !text.is_empty()) else { continue };
        let time = watch::parse_time(&text);
        let time = time.ok_or_else(|| unclear("the `last_message_at` of the conversation is not a time"))?;
        latest = latest.max(Some(time));
    }
    let end = conversations.summary().map(|summary| summary.end());
    match end {
        Some(ListEnd::LastPage | ListEnd::EmptyPage) => Ok(latest),
        _ if latest.is_some() => Ok(latest),
        _ => Err(unclear("the search for the number finds too many conversations to read them all")),
    }
}
