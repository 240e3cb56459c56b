//! Polls the list of conversations, and returns those that moved.

use std::collections::HashSet;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use externalapi_client::Client;
use externalapi_client::types::Conversation;
use futures_core::Stream;
use tokio::time::{Instant, sleep};
use zap_client_runtime::{Error, ErrorKind};

use super::LOOKBACK;
use super::cursor::{ConversationCursor, Move, settled};
use super::listing::{self, Bounds, Listing, Unreadable};
use crate::BoxFuture;

/// The default pause between two polls.
const INTERVAL: Duration = Duration::from_secs(5);

/// The pause that is doubled after a failed poll, unless the interval is longer.
const SHORTEST_BACKOFF: Duration = Duration::from_millis(100);

/// The longest pause after failed polls, unless the interval is longer.
const LONGEST_BACKOFF: Duration = Duration::from_secs(60);

/// The longest `Retry-After` that is obeyed.
const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(3_600);

/// How many conversations an error names.
const MOST_NAMED: usize = 10;

/// A conversation that moved, which means that a message was received or sent in it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct MovedConversation {
    /// The conversation, as it was listed after the move.
    pub conversation: Conversation,
    /// The position after this conversation. Store it after you have handled the conversation.
    pub cursor: ConversationCursor,
}

/// Watches an account at EscalaZap, WaziMe or WapiFlow for conversations that move: those in which a message was
/// received or sent.
///
/// These providers have no webhooks ([E22](externalapi_client::facts#e22)), so this polls `conversation_list`. Call
/// [`next`](Self::next), or use it as a
/// [`Stream`](https://docs.rs/futures-core/latest/futures_core/stream/trait.Stream.html), which never ends.
///
/// ```no_run
/// use zap_facade::externalapi_client::{Client, types::ConversationStatus};
/// use zap_facade::{ConversationCursor, ConversationWatcher, Error};
///
/// async fn watch(client: &Client, stored: Option<ConversationCursor>) -> Result<(), Error> {
///     let cursor = match stored {
///         Some(cursor) => cursor,
///         None => ConversationCursor::now(client).await?,
///     };
///     let mut moves = ConversationWatcher::new(client.clone(), cursor);
///     loop {
///         match moves.next().await {
///             Ok(moved) => {
///                 if moved.conversation.status == Some(ConversationStatus::Unread) {
///                     println!("conversation {:?} has a new message", moved.conversation.id);
///                 }
///                 println!("handled up to {}", moved.cursor);
///             }
///             Err(error) if error.is_unauthorized() => return Err(error),
///             // The next call polls again, after a longer pause.
///             Err(error) => println!("{error}"),
///         }
///     }
/// }
/// ```
///
/// # What a move tells you
///
/// The API shows when the latest message was received or sent (`last_message_at`), and nothing about the message. Your
/// own sends move conversations too. These fields of the conversation hint at who wrote:
///
/// - `status` is [`Unread`](externalapi_client::types::ConversationStatus::Unread) if nobody has read the latest
///   messages in the dashboard. Other statuses do not exclude a received message: a person may have opened it already.
/// - `needs_human_reply` does not help. Your own sends set it to 1 ([E19](externalapi_client::facts#e19)).
///
/// The watcher does not filter by status, although the API can ([E15](externalapi_client::facts#e15)): a conversation
/// that had another status at the moment of a poll would be skipped for good. Compare the field instead.
///
/// # What is returned
///
/// - Each poll returns the conversations that moved since the cursor, in the order of their moves.
/// - A conversation is returned at least once after its last move. Several moves between two polls are one item. The
///   same move is not returned twice, unless you start again from a cursor before it.
/// - Times have a precision of one second ([E21](externalapi_client::facts#e21)). If a conversation moves twice within
///   a second and a poll comes between, the second move is not visible.
/// - Conversations without a message are not returned.
///
/// # Restarts
///
/// Every item has the [cursor](ConversationCursor) after it. If you store it after you have handled the item, a
/// crash repeats at most the item that was being handled, and skips none.
///
/// # Late moves
///
/// A move can become visible after a later one, because the server determines its time before it stores it. So each
/// poll reads the last seconds again ([`with_lookback`](Self::with_lookback)), and the cursor remembers which
/// conversations of these seconds were returned: at most the newest 1,000. If more move within the lookback, the lookback
/// is shorter. A move that appears with a time before the lookback is missed, for example after the server's clock is
/// set back. A time that is in the future by this machine's clock does not count as the newest time.
///
/// # Cost
///
/// Each poll is one call for 50 conversations. If more moved, the page is doubled until it is large enough, up to
/// [`with_limit`](Self::with_limit). It is always one page from the start, because conversations move from page to page
/// while several are read, and some would be missed. The calls only read, so the client's retries and rate limit apply.
pub struct ConversationWatcher {
    client: Client,
    cursor: ConversationCursor,
    interval: Duration,
    lookback: Duration,
    bounds: Bounds,
    polling: Option<BoxFuture<'static, Result<Listing, Error>>>,
    ready: std::vec::IntoIter<(Move, Conversation)>,
    /// Until when moves are settled, according to the latest poll.
    settled: i64,
    /// The unreadable conversations of the latest poll, which were reported.
    unreadable: HashSet<Unreadable>,
    failures: u32,
    /// When the latest poll ended, and for how long to wait since then.
    pause: Option<(Instant, Duration)>,
}

impl ConversationWatcher {
    /// Creates a watcher that continues at a cursor. It makes no call before you request an item.
    #[must_use]
    pub fn new(client: Client, cursor: ConversationCursor) -> Self {
        Self {
            client,
            cursor,
            interval: INTERVAL,
            lookback: LOOKBACK,
            bounds: Bounds::default(),
            polling: None,
            ready: Vec::new().into_iter(),
            settled: i64::MIN,
            unreadable: HashSet::new(),
            failures: 0,
            pause: None,
        }
    }

    /// Sets the pause between the end of a poll and the next one. Default: 5 s. The first poll does not wait.
    #[must_use]
    pub fn with_interval(mut self, interval: Duration) -> Self {
        self.interval = interval;
        self
    }

    /// Sets the lookback: how far before the newest time each poll reads again, to find late moves. Default: 30 s.
    ///
    /// A longer lookback makes cursors longer.
    #[must_use]
    pub fn with_lookback(mut self, lookback: Duration) -> Self {
        self.lookback = lookback;
        self
    }

    /// Sets how many conversations a poll reads at most. Default: 5,000. 0 counts as 1.
    ///
    /// They are kept in memory until you take them, at about 2 KB each, and must fit into one answer
    /// ([`ClientBuilder::max_answer_bytes`](externalapi_client::ClientBuilder::max_answer_bytes)). A watcher that
    /// starts from [`beginning`](ConversationCursor::beginning) reads all conversations that have a message.
    #[must_use]
    pub fn with_limit(mut self, conversations: u32) -> Self {
        self.bounds.most = conversations.max(1);
        self
    }

    /// Returns the position after the latest item.
    #[must_use]
    pub fn cursor(&self) -> &ConversationCursor {
        &self.cursor
    }

    /// Returns the next conversation that moved. Waits until there is one.
    ///
    /// # Errors
    ///
    /// The watcher can be used after every error. The next call polls again, and nothing is skipped. After failed
    /// polls the pause doubles, up to one minute, or is as long as the provider asks, up to one hour. The errors
    /// are:
    ///
    /// - the error of a poll's call. Stop if [`Error::is_transient`] is false, for example if the credentials are wrong
    /// - [`InvalidRequest`](ErrorKind::InvalidRequest) if more conversations moved than the [limit](Self::with_limit)
    /// - [`UnexpectedAnswer`](ErrorKind::UnexpectedAnswer) if the instance does not list enough conversations at once
    /// - [`UnexpectedAnswer`](ErrorKind::UnexpectedAnswer) if the id of a conversation is missing or its
    ///   `last_message_at` cannot be read. The error names the conversations. It is returned once, and again only
    ///   if one of them changes. Other conversations are returned as usual
    ///
    /// # Cancellation
    ///
    /// If you drop the future, no conversation is lost. The next call continues the poll that is under way.
    ///
    /// # Panics
    ///
    /// Panics outside of a tokio runtime with its timer enabled, as every call does.
    pub async fn next(&mut self) -> Result<MovedConversation, Error> {
        poll_fn(|context| self.poll_moved(context)).await
    }

    fn poll_moved(&mut self, context: &mut Context<'_>) -> Poll<Result<MovedConversation, Error>> {
        loop {
            if let Some((at, conversation)) = self.ready.next() {
                self.cursor.pass(at, self.settled);
                return Poll::Ready(Ok(MovedConversation { conversation, cursor: self.cursor.clone() }));
            }
            let polling = match &mut self.polling {
                Some(polling) => polling,
                polling => {
                    let (client, bounds, since) = (self.client.clone(), self.bounds, self.cursor.floor.time);
                    let pause = self.pause;
                    polling.insert(Box::pin(async move {
                        if let Some((start, pause)) = pause {
                            sleep(pause.saturating_sub(start.elapsed())).await;
                        }
                        listing::read(&client, bounds, |_| since).await
                    }))
                }
            };
            let listing = ready!(polling.as_mut().poll(context));
            self.polling = None;
            self.note_pause(listing.as_ref().err());
            self.take(listing?)?;
        }
    }

    fn note_pause(&mut self, error: Option<&Error>) {
        let pause = match error {
            None => {
                self.failures = 0;
                self.interval
            }
            Some(error) => {
                self.failures = self.failures.saturating_add(1);
                let doubled = self.interval.max(SHORTEST_BACKOFF).saturating_mul(1 << self.failures.min(16));
                let asked = error.retry_after().unwrap_or_default().min(LONGEST_RETRY_AFTER);
                doubled.min(self.interval.max(LONGEST_BACKOFF)).max(asked)
            }
        };
        self.pause = Some((Instant::now(), pause));
    }

    /// Keeps the conversations that moved. Returns an error for those of which that is not known.
    fn take(&mut self, listing: Listing) -> Result<(), Error> {
        let Listing { mut moves, newest, unreadable, .. } = listing;
        moves.retain(|(at, _)| self.cursor.lacks(*at));
        self.ready = moves.into_iter();
        self.settled = settled(newest, self.lookback);
        let mut new: Vec<_> = unreadable.difference(&self.unreadable).map(|(id, _)| *id).collect();
        new.sort_unstable();
        self.unreadable = unreadable;
        if new.is_empty() { Ok(()) } else { Err(self.unreadable(&new)) }
    }

    #[cold]
    fn unreadable(&self, ids: &[Option<i64>]) -> Error {
        let name = |id: &Option<i64>| id.map_or_else(|| "one without an id".to_owned(), |id| id.to_string());
        let mut names = ids.iter().take(MOST_NAMED).map(name).collect::<Vec<_>>().join(", ");
        if ids.len() > MOST_NAMED {
            names = format!("{names} and {} more", ids.len() - MOST_NAMED);
        }
        let detail = format!(
            "these conversations may have moved, but their id or `last_message_at` cannot be read: {names}; look at \
             them in the dashboard"
        );
        listing::error(&self.client, ErrorKind::UnexpectedAnswer, detail)
    }
}

impl Stream for ConversationWatcher {
    type Item = Result<MovedConversation, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_moved(context).map(Some)
    }
}

impl fmt::Debug for ConversationWatcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConversationWatcher")
            .field("client", &self.client)
            .field("cursor", &self.cursor)
            .field("interval", &self.interval)
            .finish_non_exhaustive()
    }
}
