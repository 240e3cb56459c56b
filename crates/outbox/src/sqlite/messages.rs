//! The statements for messages.

use jiff::Timestamp;
use rusqlite::params;

use super::columns::{self, MESSAGE, count, json, message, micros};
use super::statements::Statements;
use crate::error::LedgerError;
use crate::model::{Evidence, MessageStatus};
use crate::records::{AccountId, CampaignId, Count, Message, MessageId, NewMessage};
use crate::tables::{Inserted, MessageTables, Result};

impl MessageTables for Statements<'_> {
    fn insert_message(
        &mut self,
        campaign: CampaignId,
        once_key: &str,
        message: &NewMessage,
        status: &MessageStatus,
    ) -> Result<Inserted> {
        let NewMessage { number, params, zone, line, .. } = message;
        let MessageStatus { state, attempt, token, returns, not_before, expires_at, settled_at, evidence, .. } = status;
        let inserted = self.run(
            "INSERT INTO zap_message (campaign, once_key, number, recipient_key, params, zone, line, state, attempt,
             token, returns, not_before, expires_at, settled_at, evidence)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
             ON CONFLICT (campaign, once_key) DO NOTHING",
            params![
                campaign.0,
                once_key,
                number.to_string(),
                number.key(),
                json(params)?,
                zone,
                line.and_then(|line| i64::try_from(line).ok()),
                state.as_str(),
                attempt,
                token,
                returns,
                micros(*not_before),
                micros(*expires_at),
                settled_at.map(micros),
                evidence.map(Evidence::as_str)
            ],
        )?;
        if inserted == 1 {
            self.count_changes.add(campaign, zone, status, 1);
            return Ok(Inserted::New(MessageId(self.connection.last_insert_rowid())));
        }
        let existing = self.message_keyed(campaign, once_key)?;
        let missing = || LedgerError::Corrupt(format!("no message has the key `{once_key}`"));
        existing.map(|message| Inserted::Exists(Box::new(message))).ok_or_else(missing)
    }

    fn message(&mut self, id: MessageId) -> Result<Option<Message>> {
        self.one(&format!("SELECT {MESSAGE} FROM zap_message m WHERE id = ?1"), [id.0], message)
    }

    fn message_keyed(&mut self, campaign: CampaignId, once_key: &str) -> Result<Option<Message>> {
        let sql = format!("SELECT {MESSAGE} FROM zap_message m WHERE campaign = ?1 AND once_key = ?2");
        self.one(&sql, params![campaign.0, once_key], message)
    }

    fn put_status(&mut self, message: &Message, status: &MessageStatus) -> Result<()> {
        let MessageStatus { state, attempt, token, returns, not_before, decide_at, settled_at, evidence, .. } = status;
        self.run(
            "UPDATE zap_message SET state = ?2, attempt = ?3, token = ?4, returns = ?5, not_before = ?6,
             decide_at = ?7, settled_at = ?8, evidence = ?9 WHERE id = ?1",
            params![
                message.id.0,
                state.as_str(),
                attempt,
                token,
                returns,
                micros(*not_before),
                decide_at.map(micros),
                settled_at.map(micros),
                evidence.map(Evidence::as_str)
            ],
        )?;
        self.count_changes.add(message.campaign, &message.zone, &message.status, -1);
        self.count_changes.add(message.campaign, &message.zone, status, 1);
        Ok(())
    }

    fn put_answer(&mut self, id: MessageId, provider_id: Option<&str>, error: Option<&str>) -> Result<()> {
        let sql = "UPDATE zap_message SET provider_id = ?2, error = ?3 WHERE id = ?1";
        self.run(sql, params![id.0, provider_id, error])?;
        Ok(())
    }

    fn zones(&mut self, campaign: CampaignId) -> Result<Vec<String>> {
        // One step in the index for each zone, and not one for each message.
        let sql = "SELECT zone FROM zap_message WHERE campaign = ?1 AND state = 'ready' AND zone > ?2
                   ORDER BY zone LIMIT 1";
        let mut zones: Vec<String> = Vec::new();
        loop {
            let last = zones.last().map_or("", String::as_str);
            match self.one(sql, params![campaign.0, last], |row| row.get(0))? {
                Some(zone) => zones.push(zone),
                None => return Ok(zones),
            }
        }
    }

    fn due(&mut self, campaign: CampaignId, zone: &str, now: Timestamp, limit: u32) -> Result<Vec<Message>> {
        let sql = format!(
            "SELECT {MESSAGE} FROM zap_message m
             WHERE campaign = ?1 AND zone = ?2 AND state = 'ready' AND not_before <= ?3 AND NOT EXISTS
             (SELECT 1 FROM zap_message s WHERE s.state = 'sending' AND s.recipient_key = m.recipient_key)
             ORDER BY not_before, id LIMIT ?4"
        );
        self.all(&sql, params![campaign.0, zone, micros(now), limit], message)
    }

    fn next_due(&mut self, campaign: CampaignId, zone: &str) -> Result<Option<Timestamp>> {
        let sql = "SELECT not_before FROM zap_message WHERE campaign = ?1 AND zone = ?2 AND state = 'ready'
                   ORDER BY not_before LIMIT 1";
        self.one(sql, params![campaign.0, zone], |row| columns::time(row, 0))
    }

    fn has_open(&mut self, campaign: CampaignId) -> Result<bool> {
        let ready = "SELECT 1 FROM zap_message WHERE campaign = ?1 AND state = 'ready' LIMIT 1";
        let sending = "SELECT 1 FROM zap_message WHERE +campaign = ?1 AND state = 'sending' LIMIT 1";
        Ok(self.is_there(ready, [campaign.0])? || self.is_there(sending, [campaign.0])?)
    }

    fn to_sweep(&mut self, now: Timestamp) -> Result<Vec<AccountId>> {
        // Named, because SQLite prefers the index of all attempts, of which there are many more.
        let sql = "SELECT c.account FROM zap_message m INDEXED BY zap_message_overdue JOIN zap_campaign c ON c.id = m.campaign
                   WHERE m.state = 'sending' AND m.decide_at <= ?1
                   UNION SELECT c.account FROM zap_campaign c WHERE c.state = 'cancelled' AND EXISTS
                   (SELECT 1 FROM zap_message m WHERE m.campaign = c.id AND m.state = 'ready')
                   ORDER BY 1";
        self.all(sql, [micros(now)], |row| row.get(0).map(AccountId))
    }

    fn cancelled(&mut self, account: AccountId, limit: u32) -> Result<Vec<Message>> {
        // `CROSS JOIN` keeps SQLite from looking at all ready messages first.
        let sql = format!(
            "SELECT {MESSAGE} FROM zap_campaign c CROSS JOIN zap_message m ON m.campaign = c.id
             WHERE c.account = ?1 AND c.state = 'cancelled' AND m.state = 'ready' LIMIT ?2"
        );
        self.all(&sql, params![account.0, limit], message)
    }

    fn overdue(&mut self, account: AccountId, now: Timestamp, limit: u32) -> Result<Vec<Message>> {
        let sql = format!(
            "SELECT {MESSAGE} FROM zap_message m INDEXED BY zap_message_overdue
             CROSS JOIN zap_campaign c ON c.id = m.campaign
             WHERE m.state = 'sending' AND m.decide_at <= ?2 AND c.account = ?1 ORDER BY m.decide_at LIMIT ?3"
        );
        self.all(&sql, params![account.0, micros(now), limit], message)
    }

    fn done_between(&mut self, account: AccountId, from: Timestamp, to: Timestamp, limit: u32) -> Result<Vec<Message>> {
        let order = if from > to { "DESC" } else { "ASC" };
        let sql = format!(
            "SELECT {MESSAGE} FROM zap_message m WHERE decide_at BETWEEN ?2 AND ?3 AND state = 'done'
             AND evidence = 'answer' AND (SELECT account FROM zap_campaign WHERE id = m.campaign) = ?1
             ORDER BY decide_at {order} LIMIT ?4"
        );
        self.all(&sql, params![account.0, micros(from.min(to)), micros(from.max(to)), limit], message)
    }

    fn attempts_to(&mut self, account: AccountId, key: &str, from: Timestamp, to: Timestamp) -> Result<Vec<Message>> {
        let sql = format!(
            "SELECT {MESSAGE} FROM zap_message m WHERE decide_at BETWEEN ?3 AND ?4 AND recipient_key = ?2
             AND (SELECT account FROM zap_campaign WHERE id = m.campaign) = ?1"
        );
        self.all(&sql, params![account.0, key, micros(from), micros(to)], message)
    }

    fn unanswered_to(&mut self, account: AccountId, key: &str) -> Result<Vec<Message>> {
        // As the index says it.
        let sql = format!(
            "SELECT {MESSAGE} FROM zap_message m WHERE recipient_key = ?2
             AND (evidence = 'no_answer' OR evidence = 'overdue' OR evidence = 'late_answer' OR evidence = 'look')
             AND (SELECT account FROM zap_campaign WHERE id = m.campaign) = ?1"
        );
        self.all(&sql, params![account.0, key], message)
    }

    fn messages(&mut self, campaign: CampaignId, after: MessageId, limit: u32) -> Result<Vec<Message>> {
        // The plus keeps SQLite from sorting all messages of the campaign.
        let sql = format!("SELECT {MESSAGE} FROM zap_message m WHERE +campaign = ?1 AND id > ?2 ORDER BY id LIMIT ?3");
        self.all(&sql, params![campaign.0, after.0, limit], message)
    }

    fn unknown(&mut self, campaign: CampaignId, after: MessageId, limit: u32) -> Result<Vec<Message>> {
        let sql = format!(
            "SELECT {MESSAGE} FROM zap_message m WHERE campaign = ?1 AND state = 'unknown' AND id > ?2
             ORDER BY id LIMIT ?3"
        );
        self.all(&sql, params![campaign.0, after.0, limit], message)
    }

    fn not_done(&mut self, campaign: CampaignId, after: MessageId, limit: u32) -> Result<Vec<Message>> {
        let sql = format!(
            "SELECT {MESSAGE} FROM zap_message m WHERE +campaign = ?1 AND state = 'not_done' AND id > ?2
             ORDER BY id LIMIT ?3"
        );
        self.all(&sql, params![campaign.0, after.0, limit], message)
    }

    fn counts(&mut self, campaign: CampaignId) -> Result<Vec<Count>> {
        self.write_counts()?;
        let sql = "SELECT state, nullif(evidence, ''), sum(messages) FROM zap_count
                   WHERE campaign = ?1 GROUP BY state, evidence HAVING sum(messages) <> 0";
        let mut counts = self.all(sql, [campaign.0], count)?;
        counts.sort_unstable();
        Ok(counts)
    }

    fn ready_by_zone(&mut self, campaign: CampaignId) -> Result<Vec<(String, u64)>> {
        self.write_counts()?;
        let sql = "SELECT zone, messages FROM zap_count
                   WHERE campaign = ?1 AND state = 'ready' AND evidence = '' AND messages <> 0 ORDER BY zone";
        self.all(sql, [campaign.0], |row| Ok((row.get(0)?, row.get(1)?)))
    }
}
