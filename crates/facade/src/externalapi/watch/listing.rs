//! Reads the newest conversations of the list, as one page.

use std::collections::HashSet;
use std::time::SystemTime;

use externalapi_client::Client;
use externalapi_client::types::{Conversation, ConversationPage};
use zap_client_runtime::{Error, ErrorKind, Outcome};

use super::cursor::Move;
use super::time;

/// How many conversations one listing has.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    pub(super) first: u32,
    pub(super) most: u32,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { first: 50, most: 5_000 }
    }
}

/// The newest conversations of an account at one moment.
#[derive(Debug, Default)]
pub(super) struct Listing {
    /// Those with a message, oldest first. Each conversation is here once.
    pub(super) moves: Vec<(Move, Conversation)>,
    /// The newest time that is not in the future. A move of the future, which a wrong clock can make, would make all
    /// moves up to it look settled.
    pub(super) newest: Option<i64>,
    /// Those whose id is missing or whose time cannot be read.
    pub(super) unreadable: HashSet<Unreadable>,
    /// Whether the conversations came in the order of their times, those without a message last.
    in_order: bool,
    has_conversation_without_message: bool,
    oldest: Option<i64>,
}

/// A conversation whose position is not known, by its id and its time as the server wrote it.
pub(super) type Unreadable = (Option<i64>, Option<String>);

/// Reads the conversations that moved at the time that `since` returns or later. `since` gets the newest time.
///
/// The page grows until it reaches back far enough. Reading one page after the other would be cheaper, but
/// conversations change pages in the meantime: one that is deleted moves all older ones up, and the first of the next
/// page would be missed. One page is one query, and so a state that existed.
///
/// # Errors
///
/// The error of a call, or that the conversations are too many.
pub(super) async fn read(
    client: &Client,
    bounds: Bounds,
    since: impl Fn(Option<i64>) -> i64,
) -> Result<Listing, Error> {
    let mut size = bounds.first.min(bounds.most);
    loop {
        let answer = client.conversation_list().page(1).paginate(i64::from(size)).send().await?.into_inner();
        let page = answer.data.and_then(|data| data.conversation);
        let page = page.ok_or_else(|| {
            error(client, ErrorKind::UnexpectedAnswer, "the answer has no list of conversations".to_owned())
        })?;
        let ConversationPage { data, last_page, .. } = page;
        let rows = data.unwrap_or_default();
        let count = rows.len();
        let is_full = u32::try_from(count).is_ok_and(|count| count >= size);
        let has_more = last_page.map_or(is_full, |last| last > 1);
        let listing = Listing::of(rows);
        if !has_more || listing.reaches(since(listing.newest)) {
            return Ok(listing);
        }
        if !is_full {
            let detail = format!(
                "this instance lists at most {count} conversations at a time, and more moved since the cursor; none \
                 was skipped; poll more often, or give up on those that moved and start from `ConversationCursor::now`"
            );
            return Err(error(client, ErrorKind::UnexpectedAnswer, detail));
        }
        if size >= bounds.most {
            let detail = format!(
                "more than {size} conversations moved since the cursor or shortly before; none was skipped; set a \
                 higher limit with `with_limit`, or give up on those that moved and start from `ConversationCursor::now`"
            );
            return Err(error(client, ErrorKind::InvalidRequest, detail));
        }
        size = size.saturating_mul(2).min(bounds.most);
    }
}

pub(super) fn error(client: &Client, kind: ErrorKind, detail: String) -> Error {
    Error::new(kind, Outcome::NotDone, client.provider(), "conversation_list").with_detail(detail)
}

impl Listing {
    fn of(rows: Vec<Conversation>) -> Self {
        let now = time::micros_of(SystemTime::now());
        let mut listing = Self { in_order: true, ..Self::default() };
        for row in rows {
            listing.add(row, now);
        }
        // The newest state of a conversation that is listed twice.
        let mut known = HashSet::new();
        listing.moves.sort_by_key(|(at, _)| *at);
        listing.moves.reverse();
        listing.moves.retain(|(at, _)| known.insert(at.id));
        listing.moves.reverse();
        listing
    }

    fn add(&mut self, row: Conversation, now: i64) {
        let text = row.last_message_at.as_deref().filter(|text| !text.is_empty());
        let time = text.and_then(time::micros);
        match (row.id, text, time) {
            (_, None, _) => self.has_conversation_without_message = true,
            (Some(id), _, Some(time)) => {
                self.note(time, now);
                self.moves.push((Move { time, id }, row));
            }
            (id, Some(text), time) => {
                if let Some(time) = time {
                    self.note(time, now);
                }
                self.unreadable.insert((id, Some(text.to_owned())));
            }
        }
    }

    fn note(&mut self, time: i64, now: i64) {
        let is_next = !self.has_conversation_without_message && self.oldest.is_none_or(|oldest| time <= oldest);
        self.in_order &= is_next;
        self.oldest = Some(self.oldest.map_or(time, |oldest| oldest.min(time)));
        self.newest = self.newest.max(Some(time).filter(|time| *time <= now));
    }

    /// Returns whether all conversations that moved at `since` or later are here.
    fn reaches(&self, since: i64) -> bool {
        let is_past = self.has_conversation_without_message || self.oldest.is_some_and(|oldest| oldest < since);
        self.in_order && is_past
    }
}
