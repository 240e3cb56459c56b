//! One unknown message: reads, decides and settles.

use std::sync::Arc;

use jiff::Timestamp;

use super::reader::{Conversation, Read, Reader};
use crate::error::LedgerError;
use crate::model::{Decision, Refusal, Seen, Undecided, decide};
use crate::records::{Message, MessageId};

/// The result for one message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Looked {
    Done,
    NotDone,
    Undecided(Undecided),
    /// It was decided in the meantime.
    Decided,
    /// The conversation was not read.
    NotRead,
}

pub(super) struct Case {
    pub(super) reader: Arc<Reader>,
    pub(super) message: Message,
}

impl Case {
    pub(super) async fn look(self) -> Result<Looked, LedgerError> {
        let Self { reader, message } = self;
        let Some(decide_at) = message.status.decide_at else { return Ok(Looked::Undecided(Undecided::Unreadable)) };
        let read = match reader.read(&message.number).await? {
            Read::Seen(read) => read,
            Read::Unreadable => return Ok(Looked::Undecided(Undecided::Unreadable)),
            Read::Stopped => return Ok(Looked::NotRead),
        };
        // After the read: what began later cannot have moved the conversation that was read.
        let others = reader.ledger.others(message.clone()).await?;
        let mut decision = decide(&read.seen, decide_at, &others, None);
        let mut witness = None;
        if decision == Decision::Undecided(Undecided::NoControl) {
            let Some((control, by)) = reader.control(&message).await? else { return Ok(Looked::NotRead) };
            witness = by;
            decision = decide(&read.seen, decide_at, &others, Some(control));
        }
        let (done, note) = match decision {
            Decision::Done => (true, done_note(&read)),
            Decision::NotDone => (false, not_done_note(&read.seen, witness)),
            Decision::Undecided(reason) => return Ok(Looked::Undecided(reason)),
        };
        match reader.ledger.settle_looked(&message, done, reader.by.clone(), note).await {
            Ok(()) if done => Ok(Looked::Done),
            Ok(()) => Ok(Looked::NotDone),
            Err(LedgerError::Refused(Refusal::State(_) | Refusal::Stale)) => Ok(Looked::Decided),
            Err(error) => Err(error),
        }
    }
}

fn done_note(read: &Conversation) -> String {
    let who = if read.is_unread {
        "it is unread, so the customer may have written instead"
    } else {
        "somebody else may have written at that moment"
    };
    format!("the conversation moved at {}, when the message was sent; {who}", shown(read.seen.latest))
}

fn not_done_note(seen: &Seen, witness: Option<MessageId>) -> String {
    let witness = witness.map(|id| format!(", and that of message {id}, which was sent, moved")).unwrap_or_default();
    match seen.latest {
        Some(_) => format!("the conversation has not moved since {}{witness}", shown(seen.latest)),
        None => format!("the conversation is empty{witness}"),
    }
}

fn shown(time: Option<Timestamp>) -> String {
    time.map_or_else(|| "an unknown time".to_owned(), |time| time.to_string())
}
