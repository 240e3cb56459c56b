//! The statements for messages.

use std::collections::HashMap;

use jiff::Timestamp;
use tokio_postgres::Row;

use super::columns::{MESSAGE, count, get, json, message, stored};
use super::session::Value;
use super::statements::Statements;
use super::unchecked;
use crate::error::LedgerError;
use crate::model::{Evidence, MessageState, MessageStatus};
use crate::records::{AccountId, CampaignId, Count, Message, MessageId, NewMessage};
use crate::tables::{Inserted, MessageTables, Result};

// Statistics are old after an import and while a campaign is sent. With them, Postgres may expect that a scan of all
// messages, or of a campaign's messages by their keys, finds one of a state soon. So some statements have an order that
// only the index for that state has, or `campaign + 0`, to which the index by key does not apply.
impl MessageTables for Statements<'_> {
    fn insert_message(
        &mut self,
        campaign: CampaignId,
        once_key: &str,
        message: &NewMessage,
        status: &MessageStatus,
    ) -> Result<Inserted> {
        let inserted = self.insert_messages(campaign, &[(once_key.to_owned(), message, status.clone())])?;
        inserted.into_iter().next().ok_or_else(|| missing(once_key))
    }

    fn insert_messages(
        &mut self,
        campaign: CampaignId,
        messages: &[(String, &NewMessage, MessageStatus)],
    ) -> Result<Vec<Inserted>> {
        let mut new = self.insert_new(campaign, messages)?;
        let existing = if new.len() < messages.len() { self.all_keyed(campaign, messages)? } else { HashMap::new() };
        let inserted = messages.iter().map(|(key, ..)| {
            // The first of several with one key is the new one.
            if let Some(id) = new.remove(key) {
                return Ok(Inserted::New(id));
            }
            let message = existing.get(key).ok_or_else(|| missing(key))?;
            Ok(Inserted::Exists(Box::new(message.clone())))
        });
        inserted.collect()
    }

    fn message(&mut self, id: MessageId) -> Result<Option<Message>> {
        if self.pending.has(id) {
            self.flush()?;
        }
        self.one(&format!("SELECT {MESSAGE} FROM zap_message m WHERE id = $1"), &[&id.0], message)
    }

    fn message_keyed(&mut self, campaign: CampaignId, once_key: &str) -> Result<Option<Message>> {
        self.flush()?;
        let sql = format!("SELECT {MESSAGE} FROM zap_message m WHERE campaign = $1 AND once_key = $2");
        self.one(&sql, &[&campaign.0, &once_key], message)
    }

    fn put_status(&mut self, message: &Message, status: &MessageStatus) -> Result<()> {
        if status.state == MessageState::Sending {
            self.claims.insert(message.id, (status.attempt.into(), status.token));
        }
        self.pending.statuses.insert(message.id, status.clone());
        Ok(())
    }

    fn put_answer(&mut self, id: MessageId, provider_id: Option<&str>, error: Option<&str>) -> Result<()> {
        self.pending.answers.insert(id, (provider_id.map(str::to_owned), error.map(str::to_owned)));
        Ok(())
    }

    fn check_new(&mut self, account: AccountId, now: Timestamp) -> Result<bool> {
        unchecked::check(self, account, now)
    }

    fn zones(&mut self, campaign: CampaignId) -> Result<Vec<String>> {
        self.flush()?;
        // One step in the index for each zone, and not one for each message.
        let sql = "WITH RECURSIVE z AS (
                     (SELECT zone FROM zap_message WHERE campaign = $1 AND state = 'ready' AND recipient_key <> ''
                     ORDER BY zone LIMIT 1)
                     UNION ALL SELECT (SELECT m.zone FROM zap_message m WHERE m.campaign = $1 AND m.state = 'ready'
                     AND m.recipient_key <> '' AND m.zone > z.zone ORDER BY m.zone LIMIT 1)
                     FROM z WHERE z.zone IS NOT NULL)
                   SELECT zone FROM z WHERE zone IS NOT NULL";
        self.all(sql, &[&campaign.0], |row| get(row, 0))
    }

    fn due(&mut self, campaign: CampaignId, zone: &str, now: Timestamp, limit: u32) -> Result<Vec<Message>> {
        self.flush()?;
        let sql = format!(
            "SELECT {MESSAGE} FROM zap_message m
             WHERE campaign = $1 AND zone = $2 AND state = 'ready' AND not_before <= $3 AND recipient_key <> ''
             AND NOT EXISTS
             (SELECT 1 FROM zap_message s WHERE s.state = 'sending' AND s.recipient_key = m.recipient_key)
             ORDER BY not_before, id LIMIT $4"
        );
        self.all(&sql, &[&campaign.0, &zone, &stored(now), &i64::from(limit)], message)
    }

    fn next_due(&mut self, campaign: CampaignId, zone: &str) -> Result<Option<Timestamp>> {
        self.flush()?;
        let sql = "SELECT not_before FROM zap_message WHERE campaign = $1 AND zone = $2 AND state = 'ready'
                   AND recipient_key <> '' ORDER BY not_before LIMIT 1";
        self.one(sql, &[&campaign.0, &zone], |row| get(row, 0))
    }

    fn has_open(&mut self, campaign: CampaignId) -> Result<bool> {
        self.flush()?;
        let ready = "SELECT 1 FROM zap_message WHERE campaign = $1 AND state = 'ready' ORDER BY zone LIMIT 1";
        let sending = "SELECT 1 FROM zap_message WHERE campaign + 0 = $1 AND state = 'sending'
                       ORDER BY decide_at LIMIT 1";
        Ok(self.is_there(ready, &[&campaign.0])? || self.is_there(sending, &[&campaign.0])?)
    }

    fn to_sweep(&mut self, now: Timestamp) -> Result<Vec<AccountId>> {
        self.flush()?;
        let sql = "SELECT c.account FROM zap_message m JOIN zap_campaign c ON c.id = m.campaign + 0
                   WHERE m.state = 'sending' AND m.decide_at <= $1
                   UNION SELECT c.account FROM zap_campaign c WHERE c.state = 'cancelled' AND
                   (SELECT m.id FROM zap_message m WHERE m.campaign = c.id AND m.state = 'ready'
                   ORDER BY m.zone LIMIT 1) IS NOT NULL ORDER BY 1";
        self.all(sql, &[&stored(now)], |row| get(row, 0).map(AccountId))
    }

    fn cancelled(&mut self, account: AccountId, limit: u32) -> Result<Vec<Message>> {
        self.flush()?;
        let sql = format!(
            "SELECT {MESSAGE} FROM zap_campaign c CROSS JOIN LATERAL
             (SELECT * FROM zap_message WHERE campaign = c.id AND state = 'ready' ORDER BY zone, not_before, id LIMIT $2) m
             WHERE c.account = $1 AND c.state = 'cancelled' LIMIT $2"
        );
        self.all(&sql, &[&account.0, &i64::from(limit)], message)
    }

    fn overdue(&mut self, account: AccountId, now: Timestamp, limit: u32) -> Result<Vec<Message>> {
        self.flush()?;
        let sql = format!(
            "SELECT {MESSAGE} FROM zap_message m JOIN zap_campaign c ON c.id = m.campaign + 0
             WHERE m.state = 'sending' AND m.decide_at <= $2 AND c.account = $1 ORDER BY m.decide_at LIMIT $3"
        );
        self.all(&sql, &[&account.0, &stored(now), &i64::from(limit)], message)
    }

    fn done_between(&mut self, account: AccountId, from: Timestamp, to: Timestamp, limit: u32) -> Result<Vec<Message>> {
        self.flush()?;
        let order = if from > to { "DESC" } else { "ASC" };
        let sql = format!(
            "SELECT {MESSAGE} FROM zap_message m WHERE decide_at BETWEEN $2 AND $3 AND state = 'done'
             AND evidence = 'answer' AND (SELECT account FROM zap_campaign WHERE id = m.campaign) = $1
             ORDER BY decide_at {order} LIMIT $4"
        );
        let values: [Value<'_>; 4] = [&account.0, &stored(from.min(to)), &stored(from.max(to)), &i64::from(limit)];
        self.all(&sql, &values, message)
    }

    fn attempts_to(&mut self, account: AccountId, key: &str, from: Timestamp, to: Timestamp) -> Result<Vec<Message>> {
        self.flush()?;
        let sql = format!(
            "SELECT {MESSAGE} FROM zap_message m WHERE decide_at BETWEEN $3 AND $4 AND recipient_key = $2
             AND (SELECT account FROM zap_campaign WHERE id = m.campaign) = $1"
        );
        self.all(&sql, &[&account.0, &key, &stored(from), &stored(to)], message)
    }

    fn unanswered_to(&mut self, account: AccountId, key: &str) -> Result<Vec<Message>> {
        self.flush()?;
        // As the index says it.
        let sql = format!(
            "SELECT {MESSAGE} FROM zap_message m WHERE recipient_key = $2
             AND evidence IN ('no_answer', 'overdue', 'late_answer', 'look')
             AND (SELECT account FROM zap_campaign WHERE id = m.campaign) = $1"
        );
        self.all(&sql, &[&account.0, &key], message)
    }

    fn messages(&mut self, campaign: CampaignId, after: MessageId, limit: u32) -> Result<Vec<Message>> {
        // Otherwise Postgres may sort all messages of the campaign.
        self.page("campaign + 0 = $1", campaign, after, limit)
    }

    fn unknown(&mut self, campaign: CampaignId, after: MessageId, limit: u32) -> Result<Vec<Message>> {
        self.page("campaign = $1 AND state = 'unknown'", campaign, after, limit)
    }

    fn not_done(&mut self, campaign: CampaignId, after: MessageId, limit: u32) -> Result<Vec<Message>> {
        self.page("campaign + 0 = $1 AND state = 'not_done'", campaign, after, limit)
    }

    fn counts(&mut self, campaign: CampaignId) -> Result<Vec<Count>> {
        self.flush()?;
        // Counted each time: a row with the counts would be a lock that a user's transaction holds after it has
        // enqueued.
        let sql = "SELECT state, evidence, count(*) FROM zap_message WHERE campaign = $1 GROUP BY state, evidence";
        let mut counts = self.all(sql, &[&campaign.0], count)?;
        counts.sort_unstable();
        Ok(counts)
    }

    fn ready_by_zone(&mut self, campaign: CampaignId) -> Result<Vec<(String, u64)>> {
        self.flush()?;
        let sql = "SELECT zone, count(*) FROM zap_message WHERE campaign = $1 AND state = 'ready'
                   AND recipient_key <> '' GROUP BY zone ORDER BY zone";
        self.all(sql, &[&campaign.0], |row| {
            let messages = get::<i64>(row, 1)?;
            Ok((get(row, 0)?, u64::try_from(messages).unwrap_or_default()))
        })
    }
}

impl Statements<'_> {
    fn page(&mut self, which: &str, campaign: CampaignId, after: MessageId, limit: u32) -> Result<Vec<Message>> {
        self.flush()?;
        let sql = format!("SELECT {MESSAGE} FROM zap_message m WHERE {which} AND id > $2 ORDER BY id LIMIT $3");
        self.all(&sql, &[&campaign.0, &after.0, &i64::from(limit)], message)
    }

    /// Returns the stored messages that have the keys of these, by key.
    fn all_keyed(
        &mut self,
        campaign: CampaignId,
        messages: &[(String, &NewMessage, MessageStatus)],
    ) -> Result<HashMap<String, Message>> {
        let keys: Vec<_> = messages.iter().map(|(key, ..)| &**key).collect();
        let sql = format!("SELECT {MESSAGE} FROM zap_message m WHERE campaign = $1 AND once_key = ANY($2)");
        let stored = self.all(&sql, &[&campaign.0, &keys], message)?;
        Ok(stored.into_iter().map(|message| (message.once_key.clone(), message)).collect())
    }

    /// Inserts those messages whose keys are new. Returns their ids by key.
    ///
    /// `NOT EXISTS` keeps a repeated key from using up an id. `ON CONFLICT` is for keys that are repeated in this list,
    /// or that another transaction is inserting.
    fn insert_new(
        &mut self,
        campaign: CampaignId,
        messages: &[(String, &NewMessage, MessageStatus)],
    ) -> Result<HashMap<String, MessageId>> {
        let of = messages.iter();
        let keys: Vec<_> = of.clone().map(|(key, ..)| &**key).collect();
        let numbers: Vec<_> = of.clone().map(|(_, new, _)| new.number.to_string()).collect();
        let recipients: Vec<_> = of.clone().map(|(_, new, _)| new.number.key()).collect();
        let params = of.clone().map(|(_, new, _)| json(&new.params)).collect::<Result<Vec<_>>>()?;
        let zones: Vec<_> = of.clone().map(|(_, new, _)| &*new.zone).collect();
        let lines: Vec<_> = of.clone().map(|(_, new, _)| new.line.and_then(|line| i64::try_from(line).ok())).collect();
        let states: Vec<_> = of.clone().map(|(.., status)| status.state.as_str()).collect();
        let not_before: Vec<_> = of.clone().map(|(.., status)| stored(status.not_before)).collect();
        let expires_at: Vec<_> = of.clone().map(|(.., status)| stored(status.expires_at)).collect();
        let settled_at: Vec<_> = of.clone().map(|(.., status)| status.settled_at.map(stored)).collect();
        let evidence: Vec<_> = of.map(|(.., status)| status.evidence.map(Evidence::as_str)).collect();
        let new = self.all(
            "INSERT INTO zap_message (campaign, once_key, number, recipient_key, params, zone, line, state, attempt,
             token, returns, not_before, expires_at, settled_at, evidence)
             SELECT $1, n.once_key, n.number, n.recipient_key, n.params::jsonb, n.zone, n.line, n.state, 0, 0, 0,
             n.not_before, n.expires_at, n.settled_at, n.evidence
             FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::text[],
             $9::timestamptz[], $10::timestamptz[], $11::timestamptz[], $12::text[])
             AS n(once_key, number, recipient_key, params, zone, line, state, not_before, expires_at, settled_at,
             evidence)
             WHERE NOT EXISTS (SELECT 1 FROM zap_message m WHERE m.campaign = $1 AND m.once_key = n.once_key)
             ON CONFLICT (campaign, once_key) DO NOTHING RETURNING once_key, id",
            &[
                &campaign.0,
                &keys,
                &numbers,
                &recipients,
                &params,
                &zones,
                &lines,
                &states,
                &not_before,
                &expires_at,
                &settled_at,
                &evidence,
            ],
            |row: &Row| Ok((get(row, 0)?, MessageId(get(row, 1)?))),
        )?;
        Ok(new.into_iter().collect())
    }
}

fn missing(key: &str) -> LedgerError {
    LedgerError::Corrupt(format!("no message has the key `{key}`"))
}
