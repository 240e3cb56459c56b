//! A position in the stream of conversations that moved.

use std::time::Duration;

use externalapi_client::Client;
use zap_client_runtime::Error;

use super::listing::{self, Bounds};
use super::{LOOKBACK, time};

/// How many conversations a cursor remembers at most.
const MOST_RECENT: usize = 1_000;

/// A state of a conversation: it moved at this time. Ordered by time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Move {
    /// Microseconds since 1970.
    pub(super) time: i64,
    pub(super) id: i64,
}

impl Move {
    pub(super) const FIRST: Self = Self { time: i64::MIN, id: i64::MIN };

    /// The end of everything that moved at `time` or before it.
    pub(super) fn last_at(time: i64) -> Self {
        Self { time, id: i64::MAX }
    }
}

/// A position in the stream of a [`ConversationWatcher`](super::ConversationWatcher): what was handled already.
///
/// Store it after you have handled a conversation, and start the watcher from it after a restart. It belongs to one
/// account. With the cursor of another account, a watcher skips conversations.
///
/// # As text
///
/// `Display` and `FromStr` convert it to and from one text, which serde uses too. The text has the letters `a` to `z`,
/// digits and `.:*-`, and begins with the version of its format. It holds times and ids of conversations, and neither
/// numbers nor names.
///
/// Its length varies: 40 to 100 characters if few conversations move, and about 25 more for each one that moved within
/// the watcher's [`lookback`](super::ConversationWatcher::with_lookback), up to 25 KB. Store it in a column without a
/// short limit. A text that was cut off or changed is refused.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ConversationCursor {
    /// All moves up to this one are handled.
    pub(super) floor: Move,
    /// The handled moves after it, in order. A conversation has at most one.
    pub(super) recent: Vec<Move>,
}

impl ConversationCursor {
    /// Returns a cursor from which a watcher first returns every conversation that has a message, oldest first.
    #[must_use]
    pub const fn beginning() -> Self {
        Self { floor: Move::FIRST, recent: Vec::new() }
    }

    /// Returns a cursor from which a watcher returns the conversations that move from now on.
    ///
    /// It reads the list of conversations once. Store the cursor before you start the watcher. Otherwise, if the
    /// program restarts before it stores its first cursor, what moved in between is skipped.
    ///
    /// # Errors
    ///
    /// As [`ConversationWatcher::next`](super::ConversationWatcher::next).
    pub async fn now(client: &Client) -> Result<Self, Error> {
        let bounds = Bounds { most: u32::MAX, ..Bounds::default() };
        let listing = listing::read(client, bounds, |newest| settled(newest, LOOKBACK)).await?;
        let mut cursor = Self { floor: Move::last_at(settled(listing.newest, LOOKBACK)), recent: Vec::new() };
        for (at, _) in &listing.moves {
            if cursor.lacks(*at) {
                cursor.remember(*at);
            }
        }
        Ok(cursor)
    }

    /// Returns whether a move is not handled yet.
    pub(super) fn lacks(&self, at: Move) -> bool {
        at > self.floor && !self.recent.iter().any(|known| known.id == at.id && known.time >= at.time)
    }

    /// Notes that a move was handled. Call it in the order of the moves of one listing.
    ///
    /// Everything up to the time `settled` counts as handled, except moves after this one.
    pub(super) fn pass(&mut self, at: Move, settled: i64) {
        let floor = at.min(Move::last_at(settled));
        self.raise(floor);
        if at > self.floor {
            self.remember(at);
        }
    }

    fn remember(&mut self, at: Move) {
        self.recent.retain(|known| known.id != at.id);
        let index = self.recent.partition_point(|known| *known < at);
        self.recent.insert(index, at);
        if self.recent.len() > MOST_RECENT {
            let oldest = self.recent.remove(0);
            self.raise(oldest);
        }
    }

    fn raise(&mut self, floor: Move) {
        if floor > self.floor {
            self.floor = floor;
            self.recent.retain(|known| *known > floor);
        }
    }
}

/// Returns the time up to which no conversation is expected to move any more: `lookback` before the newest move.
pub(super) fn settled(newest: Option<i64>, lookback: Duration) -> i64 {
    newest.map_or(i64::MIN, |newest| newest.saturating_sub(time::micros_in(lookback)))
}
