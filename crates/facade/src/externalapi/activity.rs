//! The time of the latest message of a conversation.

use std::time::SystemTime;

use externalapi_client::Client;
use externalapi_client::types::{Conversation, ConversationStatus};
use zap_client_runtime::{Error, ErrorKind, ListEnd, Outcome};

use super::{contacts, watch};
use crate::{Activity, PhoneNumber};

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
pub(super) async fn last(client: &Client, number: &PhoneNumber) -> Result<Activity, Error> {
    // The search finds parts of names and numbers. Each of the account's WhatsApp numbers has its own conversation.
    let search = client.conversation_list().search(number.national_number()).paginate(PAGE);
    let first = search.clone().page(1).send().await?;
    let mut activity = Activity { provider_time: first.date(), ..Activity::none() };
    let page = first.into_inner().data.and_then(|data| data.conversation);
    let page = page.ok_or_else(|| unclear(client, "the answer has no list of conversations"))?;
    let rows = page.data.unwrap_or_default();
    let is_full = i64::try_from(rows.len()).is_ok_and(|count| count >= PAGE);
    for row in rows {
        add(client, &mut activity, row, number)?;
    }
    if page.last_page.map_or(is_full, |last| last > 1) {
        let mut conversations = search.page(2).items().max_pages(MOST_PAGES - 1);
        while let Some(row) = conversations.next().await {
            add(client, &mut activity, row?, number)?;
        }
        let end = conversations.summary().map(|summary| summary.end());
        activity.is_complete = matches!(end, Some(ListEnd::LastPage | ListEnd::EmptyPage));
    }
    if activity.latest.is_none() && !activity.is_complete {
        return Err(unclear(client, "the search for the number finds too many conversations to read them all"));
    }
    Ok(activity)
}

/// Adds a conversation, if it is with the number.
fn add(client: &Client, activity: &mut Activity, row: Conversation, number: &PhoneNumber) -> Result<(), Error> {
    if !row.contact.as_ref().is_some_and(|contact| contacts::has_number(contact, number)) {
        return Ok(());
    }
    let time = |text: Option<String>, what: &str| -> Result<Option<SystemTime>, Error> {
        let Some(text) = text.filter(|text| !text.is_empty()) else { return Ok(None) };
        let time = watch::parse_time(&text);
        time.map(Some).ok_or_else(|| unclear(client, &format!("the `{what}` of the conversation is not a time")))
    };
    activity.conversations = activity.conversations.saturating_add(1);
    activity.latest = activity.latest.max(time(row.last_message_at, "last_message_at")?);
    activity.created = activity.created.max(time(row.created_at, "created_at")?);
    activity.is_unread |= row.status == Some(ConversationStatus::Unread);
    Ok(())
}

fn unclear(client: &Client, detail: &str) -> Error {
    let error = Error::new(ErrorKind::UnexpectedAnswer, Outcome::NotDone, client.provider(), "last_activity");
    error.with_detail(detail)
}
