//! Conversations that moved, as a stream.

mod cursor;
mod cursor_text;
mod listing;
mod time;
mod watcher;

use std::time::{Duration, SystemTime};

pub use cursor::ConversationCursor;
pub use cursor_text::InvalidCursor;
pub use watcher::{ConversationWatcher, MovedConversation};

/// For how long before the newest time moves are expected to appear, by default.
const LOOKBACK: Duration = Duration::from_secs(30);

/// Returns the moment that the server writes so, or `None` if the text is not a time.
pub(super) fn parse_time(text: &str) -> Option<SystemTime> {
    time::micros(text).and_then(time::moment_at)
}

#[cfg(test)]
mod tests;
