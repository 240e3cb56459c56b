//! The activity of conversations.

use std::time::SystemTime;

/// What [`last_activity`](crate::Messenger::last_activity) knows about the conversations with a number.
///
/// All times are by the provider's clock, with a precision of one second.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Activity {
    /// When the latest message was sent or received. `None` if there is no conversation, or no message in it.
    pub latest: Option<SystemTime>,
    /// How many conversations there are. Each of the account's WhatsApp numbers has its own.
    pub conversations: u32,
    /// When the newest of the conversations was created. `None` if there is none, or if the provider does not tell.
    pub created: Option<SystemTime>,
    /// Whether a conversation is marked as unread. Then most likely the customer wrote the latest message.
    pub is_unread: bool,
    /// Whether all conversations were read. If not, another one can have a later message.
    pub is_complete: bool,
    /// The time by the provider's clock when it answered. `None` if the answer does not tell.
    pub provider_time: Option<SystemTime>,
}

impl Activity {
    /// Creates the activity of no conversation, for a messenger of your own.
    #[must_use]
    pub fn none() -> Self {
        Self { is_complete: true, ..Self::default() }
    }

    /// Adds the activity under another form of the number. Keeps the earlier [`provider_time`](Self::provider_time).
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            latest: self.latest.max(other.latest),
            conversations: self.conversations.saturating_add(other.conversations),
            created: self.created.max(other.created),
            is_unread: self.is_unread || other.is_unread,
            is_complete: self.is_complete && other.is_complete,
            provider_time: self.provider_time.or(other.provider_time),
        }
    }
}
