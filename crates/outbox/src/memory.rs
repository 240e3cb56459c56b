//! A ledger in memory, for tests. Nothing survives the process.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use jiff::Timestamp;

use crate::clock::Clock;
use crate::model::{CampaignState, Evidence, Gate, MessageState, MessageStatus};
use crate::records::{
    Account, AccountId, Campaign, CampaignId, Count, Event, Message, MessageId, NewCampaign, NewMessage, OptOut,
};
use crate::tables::{AccountTables, Database, EventsOf, Inserted, MessageTables, Result, Scope, Tables, random};

pub(crate) struct MemoryDatabase {
    state: State,
}

impl MemoryDatabase {
    pub(crate) fn new(clock: Clock) -> Self {
        let state = State {
            clock,
            accounts: Vec::new(),
            campaigns: Vec::new(),
            messages: Vec::new(),
            opt_outs: BTreeMap::new(),
            events: Vec::new(),
        };
        Self { state }
    }
}

impl Database for MemoryDatabase {
    fn write(&mut self, _: &Scope, run: &mut dyn FnMut(&mut dyn Tables) -> Result<()>) -> Result<()> {
        let before = self.state.clone();
        run(&mut self.state).inspect_err(|_| self.state = before)
    }

    fn read(&mut self, run: &mut dyn FnMut(&mut dyn Tables) -> Result<()>) -> Result<()> {
        run(&mut self.state)
    }
}

#[derive(Clone)]
struct State {
    clock: Clock,
    // The id of a row is its index plus 1.
    accounts: Vec<Account>,
    campaigns: Vec<Campaign>,
    messages: Vec<Message>,
    opt_outs: BTreeMap<(AccountId, String), (Timestamp, String)>,
    events: Vec<Event>,
}

fn at<T>(rows: &[T], id: i64) -> Option<&T> {
    rows.get(usize::try_from(id).ok()?.checked_sub(1)?)
}

fn at_mut<T>(rows: &mut [T], id: i64) -> Option<&mut T> {
    rows.get_mut(usize::try_from(id).ok()?.checked_sub(1)?)
}

fn next_id<T>(rows: &[T]) -> i64 {
    i64::try_from(rows.len()).unwrap_or(i64::MAX).saturating_add(1)
}

impl State {
    fn of(&self, campaign: CampaignId, state: MessageState) -> impl Iterator<Item = &Message> {
        self.messages.iter().filter(move |message| message.campaign == campaign && message.status.state == state)
    }

    fn is_overdue(&self, message: &Message, account: AccountId, now: Timestamp) -> bool {
        at(&self.campaigns, message.campaign.0).is_some_and(|campaign| campaign.account == account)
            && message.status.state == MessageState::Sending
            && message.status.decide_at.is_some_and(|at| at <= now)
    }

    /// Returns the messages of an account whose `decide_at` is between two times.
    fn attempts(&self, account: AccountId, from: Timestamp, to: Timestamp) -> impl Iterator<Item = &Message> {
        let is_near = move |message: &&Message| message.status.decide_at.is_some_and(|at| from <= at && at <= to);
        let of = move |message: &&Message| {
            at(&self.campaigns, message.campaign.0).is_some_and(|campaign| campaign.account == account)
        };
        self.messages.iter().filter(is_near).filter(of)
    }

    fn page<'a>(messages: impl Iterator<Item = &'a Message>, after: MessageId, limit: u32) -> Vec<Message> {
        messages.filter(|message| message.id > after).take(limit as usize).cloned().collect()
    }
}

impl Tables for State {
    fn now(&mut self) -> Result<Timestamp> {
        Ok(self.clock.now())
    }

    fn random(&mut self) -> Result<i64> {
        Ok(random())
    }
}

impl AccountTables for State {
    fn account_named(&mut self, name: &str) -> Result<Option<Account>> {
        Ok(self.accounts.iter().find(|account| account.name == name).cloned())
    }

    fn account(&mut self, id: AccountId) -> Result<Option<Account>> {
        Ok(at(&self.accounts, id.0).cloned())
    }

    fn accounts(&mut self) -> Result<Vec<Account>> {
        Ok(self.accounts.clone())
    }

    fn insert_account(&mut self, name: &str, gate: &Gate) -> Result<AccountId> {
        let id = AccountId(next_id(&self.accounts));
        self.accounts.push(Account { id, name: name.to_owned(), gate: gate.clone() });
        Ok(id)
    }

    fn put_gate(&mut self, id: AccountId, gate: &Gate) -> Result<()> {
        if let Some(account) = at_mut(&mut self.accounts, id.0) {
            account.gate = gate.clone();
        }
        Ok(())
    }

    fn in_flight(&mut self, account: AccountId) -> Result<bool> {
        let of = |message: &&Message| at(&self.campaigns, message.campaign.0).is_some_and(|of| of.account == account);
        let mut sending = self.messages.iter().filter(|message| message.status.state == MessageState::Sending);
        Ok(sending.any(|message| of(&message)))
    }

    fn campaign_named(&mut self, account: AccountId, name: &str) -> Result<Option<Campaign>> {
        let named = |campaign: &&Campaign| campaign.account == account && campaign.plan.name == name;
        Ok(self.campaigns.iter().find(named).cloned())
    }

    fn campaign(&mut self, id: CampaignId) -> Result<Option<Campaign>> {
        Ok(at(&self.campaigns, id.0).cloned())
    }

    fn account_of_campaign(&mut self, id: CampaignId) -> Result<Option<AccountId>> {
        Ok(at(&self.campaigns, id.0).map(|campaign| campaign.account))
    }

    fn campaigns(&mut self, account: AccountId) -> Result<Vec<Campaign>> {
        Ok(self.campaigns.iter().filter(|campaign| campaign.account == account).cloned().collect())
    }

    fn running(&mut self, account: AccountId) -> Result<Vec<Campaign>> {
        let mut running = self.campaigns(account)?;
        running.retain(|campaign| campaign.state == CampaignState::Running);
        running.sort_by_key(|campaign| (-i64::from(campaign.plan.priority), campaign.id));
        Ok(running)
    }

    fn insert_campaign(&mut self, account: AccountId, plan: &NewCampaign, now: Timestamp) -> Result<CampaignId> {
        let id = CampaignId(next_id(&self.campaigns));
        let (plan, state) = (Arc::new(plan.clone()), CampaignState::Draft);
        self.campaigns.push(Campaign { id, account, plan, state, pause: None, is_whole: false, active_at: now });
        Ok(id)
    }

    fn put_campaign(&mut self, campaign: &Campaign) -> Result<()> {
        if let Some(row) = at_mut(&mut self.campaigns, campaign.id.0) {
            *row = campaign.clone();
        }
        Ok(())
    }

    fn opted_out(&mut self, account: AccountId, recipient_keys: &[String]) -> Result<HashSet<String>> {
        let has_opted_out = |key: &&String| self.opt_outs.contains_key(&(account, (*key).clone()));
        Ok(recipient_keys.iter().filter(has_opted_out).cloned().collect())
    }

    fn insert_opt_out(&mut self, account: AccountId, key: &str, since: Timestamp, source: &str) -> Result<bool> {
        let key = (account, key.to_owned());
        if self.opt_outs.contains_key(&key) {
            return Ok(false);
        }
        self.opt_outs.insert(key, (since, source.to_owned()));
        Ok(true)
    }

    fn delete_opt_out(&mut self, account: AccountId, recipient_key: &str) -> Result<bool> {
        Ok(self.opt_outs.remove(&(account, recipient_key.to_owned())).is_some())
    }

    fn opt_outs(&mut self, account: AccountId, after: &str, limit: u32) -> Result<Vec<OptOut>> {
        let of = self.opt_outs.iter().filter(|((of, key), _)| *of == account && **key > *after);
        let opt_out = |((_, recipient_key), (since, source)): (&(AccountId, String), &(Timestamp, String))| OptOut {
            recipient_key: recipient_key.clone(),
            since: *since,
            source: source.clone(),
        };
        Ok(of.take(limit as usize).map(opt_out).collect())
    }

    fn insert_event(&mut self, event: &Event) -> Result<()> {
        self.events.push(event.clone());
        Ok(())
    }

    fn events(&mut self, of: EventsOf) -> Result<Vec<Event>> {
        let is_of = |event: &&Event| match of {
            EventsOf::Account(id) => event.account == Some(id),
            EventsOf::Campaign(id) => event.campaign == Some(id),
            EventsOf::Message(id) => event.message == Some(id),
        };
        Ok(self.events.iter().filter(is_of).cloned().collect())
    }

    fn message_events(&mut self, first: MessageId, last: MessageId) -> Result<Vec<Event>> {
        let is_of = |event: &&Event| event.message.is_some_and(|id| (first..=last).contains(&id));
        Ok(self.events.iter().filter(is_of).cloned().collect())
    }
}

impl MessageTables for State {
    fn insert_message(
        &mut self,
        campaign: CampaignId,
        once_key: &str,
        message: &NewMessage,
        status: &MessageStatus,
    ) -> Result<Inserted> {
        if let Some(existing) = self.message_keyed(campaign, once_key)? {
            return Ok(Inserted::Exists(Box::new(existing)));
        }
        let id = MessageId(next_id(&self.messages));
        let NewMessage { number, params, zone, line, .. } = message.clone();
        let (once_key, status) = (once_key.to_owned(), status.clone());
        let new =
            Message { id, campaign, once_key, number, params, zone, line, status, provider_id: None, error: None };
        self.messages.push(new);
        Ok(Inserted::New(id))
    }

    fn message(&mut self, id: MessageId) -> Result<Option<Message>> {
        Ok(at(&self.messages, id.0).cloned())
    }

    fn message_keyed(&mut self, campaign: CampaignId, once_key: &str) -> Result<Option<Message>> {
        let keyed = |message: &&Message| message.campaign == campaign && message.once_key == once_key;
        Ok(self.messages.iter().find(keyed).cloned())
    }

    fn put_status(&mut self, message: &Message, status: &MessageStatus) -> Result<()> {
        if let Some(message) = at_mut(&mut self.messages, message.id.0) {
            message.status = status.clone();
        }
        Ok(())
    }

    fn put_answer(&mut self, id: MessageId, provider_id: Option<&str>, error: Option<&str>) -> Result<()> {
        if let Some(message) = at_mut(&mut self.messages, id.0) {
            message.provider_id = provider_id.map(str::to_owned);
            message.error = error.map(str::to_owned);
        }
        Ok(())
    }

    fn zones(&mut self, campaign: CampaignId) -> Result<Vec<String>> {
        let mut zones: Vec<_> = self.of(campaign, MessageState::Ready).map(|message| message.zone.clone()).collect();
        zones.sort_unstable();
        zones.dedup();
        Ok(zones)
    }

    fn due(&mut self, campaign: CampaignId, zone: &str, now: Timestamp, limit: u32) -> Result<Vec<Message>> {
        let sending = self.messages.iter().filter(|message| message.status.state == MessageState::Sending);
        let busy: Vec<_> = sending.map(|message| message.number.key()).collect();
        let is_due = |message: &&Message| message.zone == zone && message.status.not_before <= now;
        let mut due: Vec<_> = self.of(campaign, MessageState::Ready).filter(is_due).collect();
        due.retain(|message| !busy.contains(&message.number.key()));
        due.sort_by_key(|message| (message.status.not_before, message.id));
        Ok(due.into_iter().take(limit as usize).cloned().collect())
    }

    fn next_due(&mut self, campaign: CampaignId, zone: &str) -> Result<Option<Timestamp>> {
        let ready = self.of(campaign, MessageState::Ready).filter(|message| message.zone == zone);
        Ok(ready.map(|message| message.status.not_before).min())
    }

    fn has_open(&mut self, campaign: CampaignId) -> Result<bool> {
        Ok(self.messages.iter().any(|message| message.campaign == campaign && !message.status.state.is_final()))
    }

    fn to_sweep(&mut self, now: Timestamp) -> Result<Vec<AccountId>> {
        let mut accounts: Vec<_> = self.accounts.iter().map(|account| account.id).collect();
        accounts.retain(|account| {
            let overdue = self.messages.iter().any(|message| self.is_overdue(message, *account, now));
            overdue || self.cancelled(*account, 1).is_ok_and(|cancelled| !cancelled.is_empty())
        });
        Ok(accounts)
    }

    fn cancelled(&mut self, account: AccountId, limit: u32) -> Result<Vec<Message>> {
        let is_cancelled =
            |campaign: &&Campaign| campaign.account == account && campaign.state == CampaignState::Cancelled;
        let cancelled = self.campaigns.iter().filter(is_cancelled);
        let ready = cancelled.flat_map(|campaign| self.of(campaign.id, MessageState::Ready));
        Ok(Self::page(ready, MessageId(0), limit))
    }

    fn overdue(&mut self, account: AccountId, now: Timestamp, limit: u32) -> Result<Vec<Message>> {
        let overdue = self.messages.iter().filter(|message| self.is_overdue(message, account, now));
        Ok(Self::page(overdue, MessageId(0), limit))
    }

    fn done_between(&mut self, account: AccountId, from: Timestamp, to: Timestamp, limit: u32) -> Result<Vec<Message>> {
        let is_sent = |message: &&Message| {
            let MessageStatus { state, evidence, .. } = message.status;
            state == MessageState::Done && evidence == Some(Evidence::Answer)
        };
        let mut done: Vec<_> = self.attempts(account, from.min(to), from.max(to)).filter(is_sent).collect();
        done.sort_by_key(|message| message.status.decide_at);
        if from > to {
            done.reverse();
        }
        Ok(done.into_iter().take(limit as usize).cloned().collect())
    }

    fn attempts_to(&mut self, account: AccountId, key: &str, from: Timestamp, to: Timestamp) -> Result<Vec<Message>> {
        Ok(self.attempts(account, from, to).filter(|message| message.number.key() == key).cloned().collect())
    }

    fn unanswered_to(&mut self, account: AccountId, key: &str) -> Result<Vec<Message>> {
        let is_unanswered = |message: &&Message| {
            let unanswered = [Evidence::NoAnswer, Evidence::Overdue, Evidence::LateAnswer, Evidence::Look];
            message.status.evidence.is_some_and(|evidence| unanswered.contains(&evidence))
                && message.number.key() == key
        };
        let attempts = self.attempts(account, Timestamp::MIN, Timestamp::MAX);
        Ok(attempts.filter(is_unanswered).cloned().collect())
    }

    fn messages(&mut self, campaign: CampaignId, after: MessageId, limit: u32) -> Result<Vec<Message>> {
        Ok(Self::page(self.messages.iter().filter(|message| message.campaign == campaign), after, limit))
    }

    fn unknown(&mut self, campaign: CampaignId, after: MessageId, limit: u32) -> Result<Vec<Message>> {
        Ok(Self::page(self.of(campaign, MessageState::Unknown), after, limit))
    }

    fn not_done(&mut self, campaign: CampaignId, after: MessageId, limit: u32) -> Result<Vec<Message>> {
        Ok(Self::page(self.of(campaign, MessageState::NotDone), after, limit))
    }

    fn counts(&mut self, campaign: CampaignId) -> Result<Vec<Count>> {
        let mut counts = BTreeMap::new();
        for message in self.messages.iter().filter(|message| message.campaign == campaign) {
            *counts.entry((message.status.state, message.status.evidence)).or_insert(0) += 1;
        }
        let counts = counts.into_iter().map(|((state, evidence), messages)| Count { state, evidence, messages });
        Ok(counts.collect())
    }

    fn ready_by_zone(&mut self, campaign: CampaignId) -> Result<Vec<(String, u64)>> {
        let mut zones = BTreeMap::new();
        for message in self.of(campaign, MessageState::Ready) {
            *zones.entry(message.zone.clone()).or_insert(0) += 1;
        }
        Ok(zones.into_iter().collect())
    }
}
