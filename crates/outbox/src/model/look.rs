//! What a look at a conversation proves about a message whose outcome is unknown.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::timing::{DECIDE_AFTER, SETTLE_AFTER, earlier, later};
use crate::words::words;

/// How far a provider's clock may go wrong between the intent and the look. A time this close before the intent proves
/// nothing.
pub const LOOK_MARGIN: Duration = Duration::from_secs(2 * 60);

/// The largest difference between the ledger's clock and the provider's with which a look proves anything. A larger one
/// is a mistake, such as an answer from a cache.
pub const MAX_OFFSET: Duration = Duration::from_secs(15 * 60);

/// The longest read from which the difference between the clocks can be told.
const LONGEST_READ: SignedDuration = SignedDuration::from_secs(10);

/// The precision of the provider's times.
const PRECISION: Duration = Duration::from_secs(1);

/// The difference between the provider's clock and the ledger's. Positive if the provider's is ahead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offset {
    least: SignedDuration,
    most: SignedDuration,
}

impl Offset {
    /// Measures the offset from the provider's time, in whole seconds, in an answer that was made between two times of
    /// the ledger's clock. Returns `None` if the times are too far apart to tell.
    #[must_use]
    pub fn measure(before: Timestamp, provider: Timestamp, after: Timestamp) -> Option<Self> {
        let duration = after.duration_since(before);
        if duration.is_negative() || duration > LONGEST_READ {
            return None;
        }
        let most = later(provider, PRECISION).duration_since(before);
        Some(Self { least: provider.duration_since(after), most })
    }

    fn is_plausible(self) -> bool {
        let most = SignedDuration::try_from(MAX_OFFSET).unwrap_or(SignedDuration::MAX);
        self.least.abs() <= most && self.most.abs() <= most
    }

    /// Returns whether two measurements can be of clocks that run alike.
    fn agrees(self, other: Self) -> bool {
        let margin = SignedDuration::try_from(LOOK_MARGIN).unwrap_or(SignedDuration::MAX);
        (self.least - other.most).max(other.least - self.most) <= margin
    }

    /// Returns the earliest time by the provider's clock, in whole seconds, at a time of the ledger's.
    fn earliest(self, at: Timestamp) -> Timestamp {
        earlier(at.saturating_add(self.least).unwrap_or(at), PRECISION)
    }

    /// Returns the latest time by the provider's clock at a time of the ledger's.
    fn latest(self, at: Timestamp) -> Timestamp {
        at.saturating_add(self.most).unwrap_or(at)
    }
}

/// The time in which a request may have been processed, by the ledger's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// When the intent was committed.
    pub from: Timestamp,
    /// When it was processed at the latest.
    pub to: Timestamp,
}

impl Span {
    /// Returns the span of an attempt that was answered at a time.
    #[must_use]
    pub fn answered(decide_at: Timestamp, settled_at: Timestamp) -> Self {
        Self { from: earlier(decide_at, DECIDE_AFTER), to: settled_at.min(later(decide_at, SETTLE_AFTER)) }
    }

    /// Returns the span of an attempt whose answer is not known.
    #[must_use]
    pub fn unanswered(decide_at: Timestamp) -> Self {
        Self { from: earlier(decide_at, DECIDE_AFTER), to: later(decide_at, SETTLE_AFTER) }
    }
}

/// What a look at the conversations with a recipient has shown. All times but `at` are by the provider's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// When the look ended, by the ledger's clock.
    pub at: Timestamp,
    /// The difference of the clocks, if it could be measured.
    pub offset: Option<Offset>,
    /// How many conversations were found.
    pub conversations: u32,
    /// The time of the latest message in them, in whole seconds.
    pub latest: Option<Timestamp>,
    /// When the newest of them was created.
    pub created: Option<Timestamp>,
    /// Whether all of them were read.
    pub is_complete: bool,
}

/// What the conversation of a control shows: of another message that is known to have been sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Control {
    /// The conversation moved when the control was sent: the list shows messages that were sent, and the clocks are
    /// right.
    Moved(Offset),
    /// Nothing: the conversation moved again later, or is not found.
    Silent,
    /// The conversation did not move, although the control was sent: the list does not show what was sent.
    Contradicts,
}

impl Control {
    /// Returns what the conversation of a message shows that was sent within a span.
    #[must_use]
    pub fn of(seen: &Seen, sent: Span) -> Self {
        let (Some(offset), Some(latest)) = (seen.offset.filter(|offset| offset.is_plausible()), seen.latest) else {
            return Self::Silent;
        };
        let first = offset.earliest(sent.from);
        if first <= latest && latest <= offset.latest(sent.to) {
            Self::Moved(offset)
        } else if latest < earlier(first, LOOK_MARGIN) && seen.is_complete {
            Self::Contradicts
        } else {
            Self::Silent
        }
    }
}

/// The latest activity of a conversation just before a request. All times are by the provider's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Baseline {
    /// The time of the latest message, in whole seconds. `None` if there is no conversation or no message.
    pub latest: Option<Timestamp>,
    /// When the provider answered.
    pub at: Timestamp,
}

impl Baseline {
    /// Returns whether a conversation that was read again after the request has moved since.
    ///
    /// A conversation that was hidden before the request and shows again has not moved: its latest message is old.
    #[must_use]
    pub fn has_moved(self, latest: Timestamp) -> bool {
        Some(latest) > self.latest && latest >= earlier(self.at, LOOK_MARGIN)
    }
}

/// What a look proves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The conversation moved when the request may have been processed, and no other message of this ledger explains
    /// it.
    Done,
    /// The conversation did not move since the intent, and that of another message, which was sent, did.
    NotDone,
    /// Nothing. The message stays unknown.
    Undecided(Undecided),
}

words! {
    /// Why a look proves nothing.
    Undecided, "a reason why a look proves nothing" {
        /// There is no conversation with the recipient: there never was one, or its contact was deleted.
        NoConversation = "no_conversation",
        /// The conversation is so new that an earlier one may have been deleted.
        NewConversation = "new_conversation",
        /// The conversation moved later than the request can have been processed. The latest message is not this one.
        MovedLater = "moved_later",
        /// The conversation moved shortly before the intent, by clocks that may not be that precise.
        TooClose = "too_close",
        /// Another message of this ledger to the same recipient may have moved the conversation.
        OtherMessage = "other_message",
        /// The conversation did not move, but no message is known that was sent at about that time and did move its
        /// own.
        NoControl = "no_control",
        /// A message that was sent did not move its conversation: the list does not show what this account sends.
        Contradicted = "contradicted",
        /// The provider does not tell its time, or the read took too long to tell the difference of the clocks.
        NoClock = "no_clock",
        /// The clocks differ too much, or the latest message is in the future.
        WrongClock = "wrong_clock",
        /// Not all conversations could be read, or the answer could not be understood.
        Unreadable = "unreadable",
    }
}

/// Decides what a look proves about a message.
///
/// `decide_at` is the message's. `others` are the spans of other attempts to the same recipient. `control` is
/// `None` until one was searched for: call this again with it if the result is [`Undecided::NoControl`].
#[must_use]
pub fn decide(seen: &Seen, decide_at: Timestamp, others: &[Span], control: Option<Control>) -> Decision {
    let undecided = Decision::Undecided;
    if seen.conversations == 0 {
        return undecided(if seen.is_complete { Undecided::NoConversation } else { Undecided::Unreadable });
    }
    let Some(offset) = seen.offset else { return undecided(Undecided::NoClock) };
    if !offset.is_plausible() {
        return undecided(Undecided::WrongClock);
    }
    // A move counts only while the request may be processed, so that a customer who writes later proves nothing.
    let sent = Span { to: decide_at, ..Span::unanswered(decide_at) };
    let first = offset.earliest(sent.from);
    let before = earlier(first, LOOK_MARGIN);
    match seen.latest {
        Some(latest) if latest > later(offset.latest(seen.at), LOOK_MARGIN) => undecided(Undecided::WrongClock),
        Some(latest) if latest > offset.latest(sent.to) => undecided(Undecided::MovedLater),
        Some(latest) if latest >= first => {
            let explains = |span: &Span| offset.earliest(span.from) <= latest && latest <= offset.latest(span.to);
            if others.iter().any(explains) { undecided(Undecided::OtherMessage) } else { Decision::Done }
        }
        Some(latest) if latest >= before => undecided(Undecided::TooClose),
        _ if !seen.is_complete => undecided(Undecided::Unreadable),
        // The conversation in which the message would be may be another one, which does not exist any more.
        _ if seen.created.is_none_or(|created| created >= before) => undecided(Undecided::NewConversation),
        _ => match control {
            Some(Control::Moved(then)) if !then.agrees(offset) => undecided(Undecided::WrongClock),
            Some(Control::Moved(_)) => Decision::NotDone,
            Some(Control::Contradicts) => undecided(Undecided::Contradicted),
            Some(Control::Silent) | None => undecided(Undecided::NoControl),
        },
    }
}
