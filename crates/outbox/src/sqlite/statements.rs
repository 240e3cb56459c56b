//! Runs statements, and those for accounts, campaigns, opt-outs and events.

use std::collections::HashSet;

use jiff::Timestamp;
use rusqlite::{Connection, Params, Row, params};

use super::columns::{ACCOUNT, CAMPAIGN, EVENT, account, campaign, event, first, json, micros, opt_out};
use super::counts::CountChanges;
use super::failure::failed;
use crate::clock::Clock;
use crate::model::{Evidence, Gate};
use crate::records::{Account, AccountId, Campaign, CampaignId, Event, MessageId, NewCampaign, OptOut};
use crate::tables::{AccountTables, EventsOf, Result, Tables, random};

/// The tables within a transaction on a connection.
pub(super) struct Statements<'a> {
    pub(super) connection: &'a Connection,
    pub(super) clock: &'a Clock,
    pub(super) count_changes: CountChanges,
}

impl<'a> Statements<'a> {
    pub(super) fn new(connection: &'a Connection, clock: &'a Clock) -> Self {
        Self { connection, clock, count_changes: CountChanges::default() }
    }

    /// Writes how the counts have changed. Must be called before the transaction is committed.
    pub(super) fn write_counts(&mut self) -> Result<()> {
        for ((campaign, state, evidence), zone, messages) in self.count_changes.take() {
            let evidence = evidence.map_or("", Evidence::as_str);
            self.run(
                "INSERT INTO zap_count (campaign, state, evidence, zone, messages) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT DO UPDATE SET messages = messages + excluded.messages",
                params![campaign.0, state.as_str(), evidence, zone, messages],
            )?;
        }
        Ok(())
    }

    /// Returns the first row.
    pub(super) fn one<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>> {
        let mut statement = self.connection.prepare_cached(sql).map_err(failed)?;
        first(statement.query_row(params, read))
    }

    pub(super) fn all<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        let mut statement = self.connection.prepare_cached(sql).map_err(failed)?;
        statement.query_map(params, read).and_then(Iterator::collect).map_err(failed)
    }

    /// Returns how many rows changed.
    pub(super) fn run(&self, sql: &str, params: impl Params) -> Result<usize> {
        self.connection.prepare_cached(sql).and_then(|mut statement| statement.execute(params)).map_err(failed)
    }

    pub(super) fn is_there(&self, sql: &str, params: impl Params) -> Result<bool> {
        Ok(self.one(sql, params, |_| Ok(()))?.is_some())
    }
}

impl Tables for Statements<'_> {
    fn now(&mut self) -> Result<Timestamp> {
        Ok(self.clock.now())
    }

    fn random(&mut self) -> Result<i64> {
        Ok(random())
    }
}

impl AccountTables for Statements<'_> {
    fn account_named(&mut self, name: &str) -> Result<Option<Account>> {
        self.one(&format!("SELECT {ACCOUNT} FROM zap_account WHERE name = ?1"), [name], account)
    }

    fn account(&mut self, id: AccountId) -> Result<Option<Account>> {
        self.one(&format!("SELECT {ACCOUNT} FROM zap_account WHERE id = ?1"), [id.0], account)
    }

    fn accounts(&mut self) -> Result<Vec<Account>> {
        self.all(&format!("SELECT {ACCOUNT} FROM zap_account ORDER BY id"), [], account)
    }

    fn insert_account(&mut self, name: &str, gate: &Gate) -> Result<AccountId> {
        self.run(
            "INSERT INTO zap_account (name, interval, burst, next_slot, hold_until, is_trial, unknowns, failures)
             VALUES (?1, 0, 1, 0, 0, 0, 0, 0)",
            [name],
        )?;
        let id = AccountId(self.connection.last_insert_rowid());
        self.put_gate(id, gate)?;
        Ok(id)
    }

    fn put_gate(&mut self, id: AccountId, gate: &Gate) -> Result<()> {
        let Gate { rate, next_slot, hold_until, pause, is_trial, unknowns, failures, trials } = gate;
        let interval = i64::try_from(rate.interval().as_micros()).unwrap_or(i64::MAX);
        let (reason, why) = pause.as_ref().map(|pause| (pause.reason.as_str(), &*pause.detail)).unzip();
        self.run(
            "UPDATE zap_account SET interval = ?2, burst = ?3, next_slot = ?4, hold_until = ?5, paused = ?6,
             paused_why = ?7, is_trial = ?8, unknowns = ?9, failures = ?10, trials = ?11 WHERE id = ?1",
            params![
                id.0,
                interval,
                rate.burst(),
                micros(*next_slot),
                micros(*hold_until),
                reason,
                why,
                is_trial,
                unknowns,
                failures,
                trials
            ],
        )?;
        Ok(())
    }

    fn in_flight(&mut self, account: AccountId) -> Result<bool> {
        let sql = "SELECT 1 FROM zap_message m JOIN zap_campaign c ON c.id = m.campaign
                   WHERE m.state = 'sending' AND c.account = ?1 LIMIT 1";
        self.is_there(sql, [account.0])
    }

    fn campaign_named(&mut self, account: AccountId, name: &str) -> Result<Option<Campaign>> {
        let sql = format!("SELECT {CAMPAIGN} FROM zap_campaign WHERE account = ?1 AND name = ?2");
        self.one(&sql, params![account.0, name], campaign)
    }

    fn campaign(&mut self, id: CampaignId) -> Result<Option<Campaign>> {
        self.one(&format!("SELECT {CAMPAIGN} FROM zap_campaign WHERE id = ?1"), [id.0], campaign)
    }

    fn account_of_campaign(&mut self, id: CampaignId) -> Result<Option<AccountId>> {
        self.one("SELECT account FROM zap_campaign WHERE id = ?1", [id.0], |row| row.get(0).map(AccountId))
    }

    fn campaigns(&mut self, account: AccountId) -> Result<Vec<Campaign>> {
        let sql = format!("SELECT {CAMPAIGN} FROM zap_campaign WHERE account = ?1 ORDER BY id");
        self.all(&sql, [account.0], campaign)
    }

    fn running(&mut self, account: AccountId) -> Result<Vec<Campaign>> {
        let sql = format!(
            "SELECT {CAMPAIGN} FROM zap_campaign WHERE account = ?1 AND state = 'running' ORDER BY priority DESC, id"
        );
        self.all(&sql, [account.0], campaign)
    }

    fn insert_campaign(&mut self, account: AccountId, plan: &NewCampaign, now: Timestamp) -> Result<CampaignId> {
        let NewCampaign { name, kind, priority, content, hours, not_after } = plan;
        self.run(
            "INSERT INTO zap_campaign (account, name, kind, priority, content, hours, not_after, state, is_whole,
             active_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'draft', 0, ?8)",
            params![
                account.0,
                name,
                kind.as_str(),
                priority,
                json(content)?,
                hours.to_string(),
                micros(*not_after),
                micros(now)
            ],
        )?;
        Ok(CampaignId(self.connection.last_insert_rowid()))
    }

    fn put_campaign(&mut self, campaign: &Campaign) -> Result<()> {
        let Campaign { id, state, pause, is_whole, active_at, .. } = campaign;
        let (reason, why) = pause.as_ref().map(|pause| (pause.reason.as_str(), &*pause.detail)).unzip();
        self.run(
            "UPDATE zap_campaign SET state = ?2, paused = ?3, paused_why = ?4, is_whole = ?5, active_at = ?6
             WHERE id = ?1",
            params![id.0, state.as_str(), reason, why, is_whole, micros(*active_at)],
        )?;
        Ok(())
    }

    fn opted_out(&mut self, account: AccountId, recipient_keys: &[String]) -> Result<HashSet<String>> {
        let sql = "SELECT 1 FROM zap_opt_out WHERE account = ?1 AND recipient_key = ?2";
        let mut opted_out = HashSet::new();
        for key in recipient_keys {
            if self.is_there(sql, params![account.0, key])? {
                opted_out.insert(key.clone());
            }
        }
        Ok(opted_out)
    }

    fn insert_opt_out(&mut self, account: AccountId, key: &str, since: Timestamp, source: &str) -> Result<bool> {
        let sql = "INSERT INTO zap_opt_out (account, recipient_key, since, source) VALUES (?1, ?2, ?3, ?4)
                   ON CONFLICT DO NOTHING";
        Ok(self.run(sql, params![account.0, key, micros(since), source])? == 1)
    }

    fn delete_opt_out(&mut self, account: AccountId, recipient_key: &str) -> Result<bool> {
        let sql = "DELETE FROM zap_opt_out WHERE account = ?1 AND recipient_key = ?2";
        Ok(self.run(sql, params![account.0, recipient_key])? == 1)
    }

    fn opt_outs(&mut self, account: AccountId, after: &str, limit: u32) -> Result<Vec<OptOut>> {
        let sql = "SELECT recipient_key, since, source FROM zap_opt_out WHERE account = ?1 AND recipient_key > ?2
                   ORDER BY recipient_key LIMIT ?3";
        self.all(sql, params![account.0, after, limit], opt_out)
    }

    fn insert_event(&mut self, event: &Event) -> Result<()> {
        let Event { at, account, campaign, message, attempt, was, now, evidence, by, note } = event;
        self.run(
            &format!("INSERT INTO zap_event ({EVENT}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"),
            params![
                micros(*at),
                account.map(|id| id.0),
                campaign.map(|id| id.0),
                message.map(|id| id.0),
                attempt,
                was,
                now,
                evidence.map(Evidence::as_str),
                by,
                note
            ],
        )?;
        Ok(())
    }

    fn events(&mut self, of: EventsOf) -> Result<Vec<Event>> {
        let (column, id) = match of {
            EventsOf::Account(id) => ("account", id.0),
            EventsOf::Campaign(id) => ("campaign", id.0),
            EventsOf::Message(id) => ("message", id.0),
        };
        self.all(&format!("SELECT {EVENT} FROM zap_event WHERE {column} = ?1 ORDER BY id"), [id], event)
    }

    fn message_events(&mut self, first: MessageId, last: MessageId) -> Result<Vec<Event>> {
        let sql = format!("SELECT {EVENT} FROM zap_event WHERE message >= ?1 AND message <= ?2 ORDER BY id");
        self.all(&sql, [first.0, last.0], event)
    }
}
