//! Runs statements, and those for accounts, campaigns, opt-outs and events.

use std::collections::{BTreeMap, HashSet};

use jiff::Timestamp;
use tokio_postgres::Row;

use super::columns::{ACCOUNT, CAMPAIGN, EVENT, account, campaign, event, get, json, stored};
use super::pending::Pending;
use super::session::{Session, Value};
use crate::error::LedgerError;
use crate::model::Gate;
use crate::records::{Account, AccountId, Campaign, CampaignId, Event, MessageId, NewCampaign, OptOut};
use crate::tables::{AccountTables, EventsOf, Result, Tables, random};

/// The attempts and the tokens of messages that a transaction begins.
pub(super) type Claims = BTreeMap<MessageId, (i64, i64)>;

/// The tables within a transaction.
pub(super) struct Statements<'a> {
    session: &'a mut Session,
    now: Timestamp,
    /// Rows that are written before the next statement that could see them, many in one statement.
    pub(super) pending: Pending,
    pub(super) claims: Claims,
}

impl<'a> Statements<'a> {
    pub(super) fn new(session: &'a mut Session, now: Timestamp) -> Self {
        Self { session, now, pending: Pending::default(), claims: Claims::new() }
    }

    /// Returns the first row.
    pub(super) fn one<T>(
        &mut self,
        sql: &str,
        values: &[Value<'_>],
        read: impl FnOnce(&Row) -> Result<T>,
    ) -> Result<Option<T>> {
        self.session.query(sql, values)?.first().map(read).transpose()
    }

    pub(super) fn all<T>(
        &mut self,
        sql: &str,
        values: &[Value<'_>],
        read: impl FnMut(&Row) -> Result<T>,
    ) -> Result<Vec<T>> {
        self.session.query(sql, values)?.iter().map(read).collect()
    }

    /// Returns how many rows changed.
    pub(super) fn run(&mut self, sql: &str, values: &[Value<'_>]) -> Result<u64> {
        self.session.execute(sql, values)
    }

    pub(super) fn is_there(&mut self, sql: &str, values: &[Value<'_>]) -> Result<bool> {
        Ok(!self.session.query(sql, values)?.is_empty())
    }

    /// Writes what is pending.
    pub(super) fn flush(&mut self) -> Result<()> {
        self.pending.flush(self.session)
    }
}

/// Returns the id that an `INSERT` has returned.
fn new_id(row: Option<i64>) -> Result<i64> {
    row.ok_or_else(|| LedgerError::Corrupt("a new row has no id".to_owned()))
}

impl Tables for Statements<'_> {
    fn now(&mut self) -> Result<Timestamp> {
        Ok(self.now)
    }

    fn random(&mut self) -> Result<i64> {
        Ok(random())
    }
}

impl AccountTables for Statements<'_> {
    fn account_named(&mut self, name: &str) -> Result<Option<Account>> {
        self.one(&format!("SELECT {ACCOUNT} FROM zap_account WHERE name = $1"), &[&name], account)
    }

    fn account(&mut self, id: AccountId) -> Result<Option<Account>> {
        self.one(&format!("SELECT {ACCOUNT} FROM zap_account WHERE id = $1"), &[&id.0], account)
    }

    fn accounts(&mut self) -> Result<Vec<Account>> {
        self.all(&format!("SELECT {ACCOUNT} FROM zap_account ORDER BY id"), &[], account)
    }

    fn insert_account(&mut self, name: &str, gate: &Gate) -> Result<AccountId> {
        let sql =
            "INSERT INTO zap_account (name, \"interval\", burst, next_slot, hold_until, is_trial, unknowns, failures)
                   VALUES ($1, 0, 1, 'epoch', 'epoch', false, 0, 0) RETURNING id";
        let id = self.one(sql, &[&name], |row| get(row, 0))?;
        let id = AccountId(new_id(id)?);
        self.put_gate(id, gate)?;
        Ok(id)
    }

    fn put_gate(&mut self, id: AccountId, gate: &Gate) -> Result<()> {
        let Gate { rate, next_slot, hold_until, pause, is_trial, unknowns, failures, trials } = gate;
        let interval = i64::try_from(rate.interval().as_micros()).unwrap_or(i64::MAX);
        let (reason, why) = pause.as_ref().map(|pause| (pause.reason.as_str(), &*pause.detail)).unzip();
        self.run(
            "UPDATE zap_account SET \"interval\" = $2, burst = $3, next_slot = $4, hold_until = $5, paused = $6,
             paused_why = $7, is_trial = $8, unknowns = $9, failures = $10, trials = $11 WHERE id = $1",
            &[
                &id.0,
                &interval,
                &i64::from(rate.burst()),
                &stored(*next_slot),
                &stored(*hold_until),
                &reason,
                &why,
                is_trial,
                &i64::from(*unknowns),
                &i64::from(*failures),
                &i64::from(*trials),
            ],
        )?;
        Ok(())
    }

    fn in_flight(&mut self, account: AccountId) -> Result<bool> {
        self.flush()?;
        // See the statements for messages.
        let sql = "SELECT 1 FROM zap_message m JOIN zap_campaign c ON c.id = m.campaign + 0
                   WHERE m.state = 'sending' AND c.account = $1 ORDER BY m.decide_at LIMIT 1";
        self.is_there(sql, &[&account.0])
    }

    fn campaign_named(&mut self, account: AccountId, name: &str) -> Result<Option<Campaign>> {
        let sql = format!("SELECT {CAMPAIGN} FROM zap_campaign WHERE account = $1 AND name = $2");
        self.one(&sql, &[&account.0, &name], campaign)
    }

    fn campaign(&mut self, id: CampaignId) -> Result<Option<Campaign>> {
        self.one(&format!("SELECT {CAMPAIGN} FROM zap_campaign WHERE id = $1"), &[&id.0], campaign)
    }

    fn account_of_campaign(&mut self, id: CampaignId) -> Result<Option<AccountId>> {
        self.one("SELECT account FROM zap_campaign WHERE id = $1", &[&id.0], |row| get(row, 0).map(AccountId))
    }

    fn campaigns(&mut self, account: AccountId) -> Result<Vec<Campaign>> {
        let sql = format!("SELECT {CAMPAIGN} FROM zap_campaign WHERE account = $1 ORDER BY id");
        self.all(&sql, &[&account.0], campaign)
    }

    fn running(&mut self, account: AccountId) -> Result<Vec<Campaign>> {
        let sql = format!(
            "SELECT {CAMPAIGN} FROM zap_campaign WHERE account = $1 AND state = 'running' ORDER BY priority DESC, id"
        );
        self.all(&sql, &[&account.0], campaign)
    }

    fn insert_campaign(&mut self, account: AccountId, plan: &NewCampaign, now: Timestamp) -> Result<CampaignId> {
        let NewCampaign { name, kind, priority, content, hours, not_after } = plan;
        let sql = "INSERT INTO zap_campaign (account, name, kind, priority, content, hours, not_after, state, is_whole,
                   active_at) VALUES ($1, $2, $3, $4, $5::text::json, $6, $7, 'draft', false, $8) RETURNING id";
        let (content, hours) = (json(content)?, hours.to_string());
        let values: [Value<'_>; 8] =
            [&account.0, name, &kind.as_str(), priority, &content, &hours, &stored(*not_after), &stored(now)];
        let id = self.one(sql, &values, |row| get(row, 0))?;
        Ok(CampaignId(new_id(id)?))
    }

    fn put_campaign(&mut self, campaign: &Campaign) -> Result<()> {
        let Campaign { id, state, pause, is_whole, active_at, .. } = campaign;
        let (reason, why) = pause.as_ref().map(|pause| (pause.reason.as_str(), &*pause.detail)).unzip();
        self.run(
            "UPDATE zap_campaign SET state = $2, paused = $3, paused_why = $4, is_whole = $5, active_at = $6
             WHERE id = $1",
            &[&id.0, &state.as_str(), &reason, &why, is_whole, &stored(*active_at)],
        )?;
        Ok(())
    }

    fn opted_out(&mut self, account: AccountId, recipient_keys: &[String]) -> Result<HashSet<String>> {
        let sql = "SELECT recipient_key FROM zap_opt_out WHERE account = $1 AND recipient_key = ANY($2)";
        Ok(self.all(sql, &[&account.0, &recipient_keys], |row| get(row, 0))?.into_iter().collect())
    }

    fn insert_opt_out(&mut self, account: AccountId, key: &str, since: Timestamp, source: &str) -> Result<bool> {
        let sql = "INSERT INTO zap_opt_out (account, recipient_key, since, source) VALUES ($1, $2, $3, $4)
                   ON CONFLICT DO NOTHING";
        Ok(self.run(sql, &[&account.0, &key, &stored(since), &source])? == 1)
    }

    fn delete_opt_out(&mut self, account: AccountId, recipient_key: &str) -> Result<bool> {
        let sql = "DELETE FROM zap_opt_out WHERE account = $1 AND recipient_key = $2";
        Ok(self.run(sql, &[&account.0, &recipient_key])? == 1)
    }

    fn opt_outs(&mut self, account: AccountId, after: &str, limit: u32) -> Result<Vec<OptOut>> {
        let sql = "SELECT recipient_key, since, source FROM zap_opt_out WHERE account = $1 AND recipient_key > $2
                   ORDER BY recipient_key LIMIT $3";
        let opt_out = |row: &Row| Ok(OptOut { recipient_key: get(row, 0)?, since: get(row, 1)?, source: get(row, 2)? });
        self.all(sql, &[&account.0, &after, &i64::from(limit)], opt_out)
    }

    fn insert_event(&mut self, event: &Event) -> Result<()> {
        self.pending.events.push(event.clone());
        Ok(())
    }

    fn events(&mut self, of: EventsOf) -> Result<Vec<Event>> {
        self.flush()?;
        let (column, id) = match of {
            EventsOf::Account(id) => ("account", id.0),
            EventsOf::Campaign(id) => ("campaign", id.0),
            EventsOf::Message(id) => ("message", id.0),
        };
        self.all(&format!("SELECT {EVENT} FROM zap_event WHERE {column} = $1 ORDER BY id"), &[&id], event)
    }

    fn message_events(&mut self, first: MessageId, last: MessageId) -> Result<Vec<Event>> {
        self.flush()?;
        let sql = format!("SELECT {EVENT} FROM zap_event WHERE message >= $1 AND message <= $2 ORDER BY id");
        self.all(&sql, &[&first.0, &last.0], event)
    }
}
