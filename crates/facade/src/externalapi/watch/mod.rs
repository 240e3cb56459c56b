//! Conversations that moved, as a stream.

mod cursor;
mod cursor_text;
mod listing;
mod time;
mod watcher;

use std::time::Duration;

pub use cursor::ConversationCursor;
pub use cursor_text::InvalidCursor;
pub use watcher::{ConversationWatcher, MovedConversation};

/// For how long before the newest time moves are expected to appear, by default.
const LOOKBACK: Duration = Duration::from_secs(30);

#[cfg(test)]
mod tests;
