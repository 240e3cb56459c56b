//! What the ledger knows about the messages around an unknown one, and T6 for a look at its conversation.

use std::mem::discriminant;
use std::time::Duration;

use jiff::Timestamp;

use super::apply::{account_of_campaign, apply, campaign_of, message_of};
use crate::content::Content;
use crate::model::{Command, DECIDE_AFTER, Evidence, MessageState, Refusal, SETTLE_AFTER, Span};
use crate::records::{Campaign, Message, MessageId};
use crate::tables::{Result, Tables};

/// How far from the message its controls may be.
const CONTROL_WITHIN: Duration = Duration::from_secs(60 * 60);
/// How many controls are returned from before the message, and from after it.
const CONTROLS: usize = 3;
/// How many messages are read to find them, since those with another kind of content are none.
const CANDIDATES: u32 = 50;

/// A message that was sent.
pub(crate) struct Sent {
    pub(crate) message: Message,
    pub(crate) span: Span,
}

/// Returns messages that were sent shortly before and after a message, with the same kind of content: those after it
/// first.
pub(crate) fn controls(tables: &mut dyn Tables, of: &Message) -> Result<Vec<Sent>> {
    let Some(at) = of.status.decide_at else { return Ok(Vec::new()) };
    let campaign = campaign_of(tables, of.campaign)?;
    let mut controls = Vec::new();
    for to in [later(at, CONTROL_WITHIN), earlier(at, CONTROL_WITHIN)] {
        let full = controls.len() + CONTROLS;
        for message in tables.done_between(campaign.account, at, to, CANDIDATES)? {
            let other = campaign_of(tables, message.campaign)?;
            let is_alike = is_alike(&campaign, &other);
            if let Some(span) = span(&message).filter(|span| is_alike && is_short(*span))
                && message.id != of.id
                && controls.len() < full
            {
                controls.push(Sent { message, span });
            }
        }
    }
    Ok(controls)
}

/// Returns whether messages of two campaigns take the same way through the provider. A file can have a name or a content
/// with which the provider delivers it and then fails, so only the same file is alike.
fn is_alike(one: &Campaign, other: &Campaign) -> bool {
    let (content, of_other) = (&one.plan.content, &other.plan.content);
    one.id == other.id || (discriminant(content) == discriminant(of_other) && !matches!(content, Content::Media(_)))
}

/// Returns when other messages to the recipient of a message may have been processed, as far as this can be at the same
/// time.
pub(crate) fn others(tables: &mut dyn Tables, of: &Message) -> Result<Vec<Span>> {
    let Some(at) = of.status.decide_at else { return Ok(Vec::new()) };
    let account = account_of_campaign(tables, of.campaign)?;
    let near = DECIDE_AFTER + SETTLE_AFTER;
    let all = tables.attempts_to(account, &of.number.key(), earlier(at, near), later(at, near))?;
    Ok(all.iter().filter(|message| message.id != of.id).filter_map(span).collect())
}

/// Returns whether another message to the recipient may have been processed since the intent of a message, so that it
/// explains that the conversation has moved. None begins while this one is being sent, but the request of an earlier one
/// can arrive late.
pub(super) fn is_explained(tables: &mut dyn Tables, of: &Message) -> Result<bool> {
    let Some(at) = of.status.decide_at else { return Ok(false) };
    let account = account_of_campaign(tables, of.campaign)?;
    let all = tables.unanswered_to(account, &of.number.key())?;
    let intent = earlier(at, DECIDE_AFTER);
    Ok(all.iter().filter(|message| message.id != of.id).filter_map(span).any(|span| span.to > intent))
}

/// Returns when the latest attempt of a message may have been processed, unless it provably was not.
fn span(message: &Message) -> Option<Span> {
    let status = &message.status;
    let decide_at = status.decide_at?;
    match (status.state, status.evidence) {
        (MessageState::Done, Some(Evidence::Answer | Evidence::Look)) => {
            Some(Span::answered(decide_at, status.settled_at.unwrap_or(Timestamp::MAX)))
        }
        (MessageState::Done | MessageState::Sending | MessageState::Unknown, _) => Some(Span::unanswered(decide_at)),
        _ => None,
    }
}

/// Returns whether a span is known so well that a move within it was caused by the message.
fn is_short(span: Span) -> bool {
    span.to.duration_since(span.from) <= DECIDE_AFTER.try_into().unwrap_or_default()
}

/// T6 for a look at the conversation: settles the attempt that was looked for.
///
/// # Errors
///
/// Returns an error if the attempt is already decided, or if a later one has begun.
pub(crate) fn settle_looked(
    tables: &mut dyn Tables,
    looked: (MessageId, u32, i64),
    done: bool,
    by: &str,
    note: &str,
) -> Result<()> {
    let now = tables.now()?;
    let (id, attempt, token) = looked;
    let message = message_of(tables, id)?;
    if (message.status.attempt, message.status.token) != (attempt, token) {
        return Err(Refusal::Stale.into());
    }
    apply(tables, &message, &Command::Settle { done, by_look: true }, now, by, Some(note))??;
    Ok(())
}

fn later(time: Timestamp, by: Duration) -> Timestamp {
    time.saturating_add(by).unwrap_or(Timestamp::MAX)
}

fn earlier(time: Timestamp, by: Duration) -> Timestamp {
    time.saturating_sub(by).unwrap_or(Timestamp::MIN)
}
