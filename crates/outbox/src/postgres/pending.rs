//! Rows that wait to be written, many in one statement.

use std::collections::BTreeMap;

use super::columns::{EVENT, stored};
use super::session::Session;
use crate::model::{Evidence, MessageStatus};
use crate::records::{Event, MessageId};
use crate::tables::Result;

/// Rows that wait to be written. Each exchange with the server takes time, during which the account is locked.
#[derive(Default)]
pub(super) struct Pending {
    /// The latest one counts.
    pub(super) statuses: BTreeMap<MessageId, MessageStatus>,
    /// The provider's ids and the errors. The latest one counts.
    pub(super) answers: BTreeMap<MessageId, (Option<String>, Option<String>)>,
    pub(super) events: Vec<Event>,
}

impl Pending {
    /// Returns whether the row of a message is going to change.
    pub(super) fn has(&self, id: MessageId) -> bool {
        self.statuses.contains_key(&id) || self.answers.contains_key(&id)
    }

    pub(super) fn flush(&mut self, session: &mut Session) -> Result<()> {
        let Self { statuses, answers, events } = std::mem::take(self);
        if !statuses.is_empty() {
            write_statuses(session, &statuses)?;
        }
        if !answers.is_empty() {
            write_answers(session, answers)?;
        }
        if !events.is_empty() {
            write_events(session, &events)?;
        }
        Ok(())
    }
}

fn write_statuses(session: &mut Session, statuses: &BTreeMap<MessageId, MessageStatus>) -> Result<()> {
    let ids: Vec<_> = statuses.keys().map(|id| id.0).collect();
    let of = statuses.values();
    let states: Vec<_> = of.clone().map(|status| status.state.as_str()).collect();
    let attempts: Vec<_> = of.clone().map(|status| i64::from(status.attempt)).collect();
    let tokens: Vec<_> = of.clone().map(|status| status.token).collect();
    let returns: Vec<_> = of.clone().map(|status| i64::from(status.returns)).collect();
    let not_before: Vec<_> = of.clone().map(|status| stored(status.not_before)).collect();
    let decide_at: Vec<_> = of.clone().map(|status| status.decide_at.map(stored)).collect();
    let settled_at: Vec<_> = of.clone().map(|status| status.settled_at.map(stored)).collect();
    let evidence: Vec<_> = of.map(|status| status.evidence.map(Evidence::as_str)).collect();
    session.execute(
        "UPDATE zap_message m SET state = n.state, attempt = n.attempt, token = n.token, returns = n.returns,
         not_before = n.not_before, decide_at = n.decide_at, settled_at = n.settled_at, evidence = n.evidence
         FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::timestamptz[],
         $7::timestamptz[], $8::timestamptz[], $9::text[])
         AS n(id, state, attempt, token, returns, not_before, decide_at, settled_at, evidence) WHERE m.id = n.id",
        &[&ids, &states, &attempts, &tokens, &returns, &not_before, &decide_at, &settled_at, &evidence],
    )?;
    Ok(())
}

fn write_answers(session: &mut Session, answers: BTreeMap<MessageId, (Option<String>, Option<String>)>) -> Result<()> {
    let ids: Vec<_> = answers.keys().map(|id| id.0).collect();
    let (provider_ids, errors): (Vec<_>, Vec<_>) = answers.into_values().unzip();
    session.execute(
        "UPDATE zap_message m SET provider_id = n.provider_id, error = n.error
         FROM unnest($1::bigint[], $2::text[], $3::text[]) AS n(id, provider_id, error) WHERE m.id = n.id",
        &[&ids, &provider_ids, &errors],
    )?;
    Ok(())
}

fn write_events(session: &mut Session, events: &[Event]) -> Result<()> {
    let of = events.iter();
    let at: Vec<_> = of.clone().map(|event| stored(event.at)).collect();
    let accounts: Vec<_> = of.clone().map(|event| event.account.map(|id| id.0)).collect();
    let campaigns: Vec<_> = of.clone().map(|event| event.campaign.map(|id| id.0)).collect();
    let messages: Vec<_> = of.clone().map(|event| event.message.map(|id| id.0)).collect();
    let attempts: Vec<_> = of.clone().map(|event| event.attempt.map(i64::from)).collect();
    let was: Vec<_> = of.clone().map(|event| &*event.was).collect();
    let now: Vec<_> = of.clone().map(|event| &*event.now).collect();
    let evidence: Vec<_> = of.clone().map(|event| event.evidence.map(Evidence::as_str)).collect();
    let by: Vec<_> = of.clone().map(|event| &*event.by).collect();
    let notes: Vec<_> = of.map(|event| event.note.as_deref()).collect();
    let sql = format!(
        "INSERT INTO zap_event ({EVENT}) SELECT * FROM unnest($1::timestamptz[], $2::bigint[], $3::bigint[],
         $4::bigint[], $5::bigint[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[])"
    );
    session.execute(&sql, &[&at, &accounts, &campaigns, &messages, &attempts, &was, &now, &evidence, &by, &notes])?;
    Ok(())
}
