//! The state of a message.

use jiff::Timestamp;

use crate::words::words;

words! {
    /// The state of a message.
    ///
    /// ```text
    /// ready   → sending → done | not_done | unknown
    /// sending → ready            provably not sent: no connection, 429, or the worker was too late
    /// ready   → skipped          opted out, expired or cancelled
    /// unknown → done | not_done  a late answer, a look at the conversation, or a person
    /// ready | skipped → done     a late answer to an attempt that a person took for not sent
    /// unknown | not_done → ready only by a person's explicit command
    /// ```
    MessageState, "a state of a message" {
        /// The message waits to be sent.
        Ready = "ready",
        /// The intent to send the message is committed. Whether the request has left is not known until the answer is
        /// recorded.
        Sending = "sending",
        /// The provider has accepted the message.
        Done = "done",
        /// The message was provably not sent, or not accepted.
        NotDone = "not_done",
        /// The message may or may not have been sent. It is never sent again automatically.
        Unknown = "unknown",
        /// The message was never sent, and will not be.
        Skipped = "skipped",
    }
}

impl MessageState {
    /// Returns whether the state changes only by a late answer, a look at the conversation, or a person.
    #[must_use]
    pub fn is_final(self) -> bool {
        !matches!(self, Self::Ready | Self::Sending)
    }
}

words! {
    /// How the state of a message is known.
    Evidence, "an evidence" {
        /// The provider answered.
        Answer = "answer",
        /// The provider's answer arrived after the message had become unknown or had been settled.
        LateAnswer = "late_answer",
        /// The request provably did not reach the provider's account.
        NotSent = "not_sent",
        /// The request was sent, and there was no answer, or one that proves nothing.
        NoAnswer = "no_answer",
        /// Nobody recorded an answer in time: the worker crashed, or lost its connection to the database.
        Overdue = "overdue",
        /// A look at the conversation.
        Look = "look",
        /// A person.
        Person = "person",
        /// The recipient had opted out.
        OptedOut = "opted_out",
        /// The message's time to be sent had passed.
        Expired = "expired",
        /// The message's campaign was cancelled.
        Cancelled = "cancelled",
        /// Its number or its time zone does not exist. Only messages of the SQL function `zap_enqueue` can be like this.
        Invalid = "invalid",
    }
}

impl Evidence {
    /// Returns whether this is a judgement, which an answer of the provider overrides.
    pub(super) fn is_judgement(self) -> bool {
        matches!(self, Self::Look | Self::Person)
    }
}

/// The status of a message: its state, its attempt and its times.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MessageStatus {
    /// The state.
    pub state: MessageState,
    /// How often the intent to send the message was committed. Each attempt makes at most one request.
    pub attempt: u32,
    /// A random number of the latest attempt. With the attempt, it identifies the worker's claim, even if the database
    /// lost a commit and counts the same attempt again.
    pub token: i64,
    /// How often the message was returned unsent since it was last made ready.
    pub returns: u32,
    /// The message is not sent before this time.
    pub not_before: Timestamp,
    /// The message is not sent at or after this time.
    pub expires_at: Timestamp,
    /// When the latest attempt becomes unknown if no answer is recorded. `None` if there was no attempt, or if the
    /// latest attempt was provably not sent.
    pub decide_at: Option<Timestamp>,
    /// When the message reached a final state.
    pub settled_at: Option<Timestamp>,
    /// How the state is known. `None` for `ready` and `sending`.
    pub evidence: Option<Evidence>,
}

impl MessageStatus {
    /// Creates the status of a new message.
    #[must_use]
    pub fn ready(not_before: Timestamp, expires_at: Timestamp) -> Self {
        Self {
            state: MessageState::Ready,
            attempt: 0,
            token: 0,
            returns: 0,
            not_before,
            expires_at,
            decide_at: None,
            settled_at: None,
            evidence: None,
        }
    }
}
