//! T2: commits the intents to send messages.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::accounts::account_of;
use super::apply::{WORKER, apply};
use super::campaigns::set;
use crate::error::LedgerError;
use crate::hours::Opening;
use crate::model::{CampaignChange, CampaignKind, Command, IDLE_LIMIT, Pause, PauseReason, SkipReason, Slots};
use crate::records::{Account, AccountId, Campaign, CampaignId, Claim, Message};
use crate::tables::{Result, Tables};

/// How many messages one transaction skips at most, because it holds the lock.
const SKIPS: u32 = 1_000;

/// How often a campaign's time of the last look is written.
const ACTIVE_INTERVAL: Duration = Duration::from_secs(60);

/// The messages that begin.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Begun {
    /// The messages to send now.
    pub claims: Vec<Claim>,
    /// How many messages were skipped, because they have expired or their recipients have opted out.
    pub skipped: u64,
    /// When more may begin.
    pub next: Next,
}

/// When more messages may begin.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Next {
    /// At once.
    Now,
    /// Not before this time: by the rate, the hours, or the messages' own times.
    At(Timestamp),
    /// When a message that is being sent is decided.
    AfterAnswer,
    /// When the account is resumed.
    Paused(Pause),
    /// When a message is enqueued, or a campaign is started or resumed. No running campaign has a ready message.
    Nothing,
}

/// T2: begins messages of an account's running campaigns, as many as its rate allows, and at most `limit`.
///
/// The rate, the pause, the hours and the intents are decided in one transaction that holds the account's lock. So any
/// number of workers keep the rate, and nothing begins after a pause has committed.
///
/// Does nothing if it is later than `latest`: the clock was put forward since the caller looked at it, and messages would
/// expire that are not late. With `only`, nothing of other campaigns begins.
pub(crate) fn begin(
    tables: &mut dyn Tables,
    id: AccountId,
    limit: u32,
    latest: Timestamp,
    only: Option<CampaignId>,
) -> Result<Begun> {
    let now = tables.now()?;
    if now > latest {
        return Ok(Begun { claims: Vec::new(), skipped: 0, next: Next::Now });
    }
    let mut account = account_of(tables, id)?;
    let in_doubt = account.gate.pause.as_ref().is_some_and(|pause| pause.reason == PauseReason::Clock);
    let mut running = tables.running(id)?;
    running.retain(|campaign| only.is_none_or(|only| campaign.id == only));
    let campaigns = active(tables, running, now, in_doubt)?;
    let has_unchecked = tables.check_new(id, now)?;
    let in_flight = account.gate.is_trial && tables.in_flight(id)?;
    let nothing = |next| Ok(Begun { claims: Vec::new(), skipped: 0, next });
    let slots = match account.gate.slots(now, in_flight, limit) {
        Slots::Now(slots) => slots,
        Slots::NotBefore(at) => return nothing(Next::At(at)),
        Slots::AfterTrial => return nothing(Next::AfterAnswer),
        Slots::Paused => return nothing(account.gate.pause.map_or(Next::Nothing, Next::Paused)),
    };
    let token = tables.random()?;
    let mut batch = Batch { now, token, slots, claims: Vec::new(), recipients: HashSet::new(), skipped: 0, next: None };
    for mut campaign in campaigns {
        fill_from(tables, &account, &mut campaign, &mut batch)?;
        if batch.is_full() {
            break;
        }
    }
    if !batch.claims.is_empty() {
        account.gate.take(now, u32::try_from(batch.claims.len()).unwrap_or(u32::MAX));
        tables.put_gate(id, &account.gate)?;
    }
    let next = match batch.next(&account) {
        Next::Nothing if has_unchecked => Next::Now,
        next => next,
    };
    let Batch { claims, skipped, .. } = batch;
    Ok(Begun { claims, skipped: u64::from(skipped), next })
}

struct Batch {
    now: Timestamp,
    token: i64,
    slots: u32,
    claims: Vec<Claim>,
    /// Their recipients, each of which gets one message at a time.
    recipients: HashSet<String>,
    skipped: u32,
    /// The earliest time at which more may begin.
    next: Option<Timestamp>,
}

impl Batch {
    fn room(&self) -> u32 {
        self.slots.saturating_sub(u32::try_from(self.claims.len()).unwrap_or(u32::MAX))
    }

    fn is_full(&self) -> bool {
        self.room() == 0 || self.skipped >= SKIPS
    }

    fn not_before(&mut self, at: Timestamp) {
        self.next = Some(self.next.map_or(at, |next| next.min(at)));
    }

    fn next(&self, account: &Account) -> Next {
        match self.next {
            _ if self.is_full() => match account.gate.slots(self.now, true, 1) {
                Slots::NotBefore(at) => Next::At(at),
                Slots::AfterTrial => Next::AfterAnswer,
                Slots::Now(_) | Slots::Paused => Next::Now,
            },
            Some(at) => Next::At(at),
            None if self.claims.is_empty() => Next::Nothing,
            None => Next::Now,
        }
    }
}

/// Returns those of running campaigns that go on. Pauses those that no worker has looked at for an hour, unless the clock
/// is in doubt.
fn active(
    tables: &mut dyn Tables,
    mut campaigns: Vec<Campaign>,
    now: Timestamp,
    in_doubt: bool,
) -> Result<Vec<Campaign>> {
    for campaign in &mut campaigns {
        let idle = now.duration_since(campaign.active_at);
        if in_doubt && (idle.is_negative() || idle > signed(IDLE_LIMIT)) {
            continue;
        }
        if campaign.plan.kind == CampaignKind::Bulk && idle > signed(IDLE_LIMIT) {
            let note = "no worker ran for an hour, so this ledger may be a restored copy, whose messages were already \
                        sent; resume the campaign if it is not";
            set(tables, campaign, CampaignChange::Pause(PauseReason::Idle), now, WORKER, Some(note))?;
        } else if idle > signed(ACTIVE_INTERVAL) || idle.is_negative() {
            campaign.active_at = now;
            tables.put_campaign(campaign)?;
        }
    }
    campaigns.retain(|campaign| campaign.pause.is_none());
    Ok(campaigns)
}

/// Begins messages of a campaign until the batch is full.
fn fill_from(tables: &mut dyn Tables, account: &Account, campaign: &mut Campaign, batch: &mut Batch) -> Result<()> {
    let zones = tables.zones(campaign.id)?;
    if zones.is_empty() && campaign.plan.kind == CampaignKind::Bulk && !tables.has_open(campaign.id)? {
        return set(tables, campaign, CampaignChange::Finish, batch.now, WORKER, None);
    }
    for zone in zones {
        if batch.is_full() {
            return Ok(());
        }
        let is_over = batch.now >= campaign.plan.not_after;
        let known = TimeZone::get(&zone).map_err(|_| LedgerError::Corrupt(format!("unknown time zone `{zone}`")))?;
        // What has expired is skipped at any hour.
        if is_over || campaign.plan.hours.is_open(batch.now, &known) {
            fill_from_zone(tables, account, campaign, &zone, batch)?;
        } else if let Opening::Closed { until } = campaign.plan.hours.at(batch.now, &known) {
            batch.not_before(until);
        }
    }
    Ok(())
}

fn fill_from_zone(
    tables: &mut dyn Tables,
    account: &Account,
    campaign: &Campaign,
    zone: &str,
    batch: &mut Batch,
) -> Result<()> {
    loop {
        let before = (batch.claims.len(), batch.skipped);
        let due = tables.due(campaign.id, zone, batch.now, batch.room().min(SKIPS))?;
        let keys: Vec<_> = due.iter().map(|message| recipient_key(campaign, message)).collect();
        let opted_out = if due.is_empty() { HashSet::new() } else { tables.opted_out(account.id, &keys)? };
        for (message, key) in due.into_iter().zip(keys) {
            let is_opted_out = opted_out.contains(&key);
            one(tables, campaign, message, key, is_opted_out, batch)?;
        }
        if batch.is_full() {
            return Ok(());
        }
        if before == (batch.claims.len(), batch.skipped) {
            break;
        }
    }
    if let Some(at) = tables.next_due(campaign.id, zone)? {
        // A message that is due waits for another one to the same recipient.
        batch.not_before(if at > batch.now { at } else { later(batch.now) });
    }
    Ok(())
}

/// Returns the key of a message's recipient. To compute it loads the numbering plans, which takes a tenth of a second.
/// The messages of a list were imported with it.
fn recipient_key(campaign: &Campaign, message: &Message) -> String {
    match campaign.plan.kind {
        CampaignKind::Bulk => message.once_key.clone(),
        CampaignKind::Stream => message.number.key(),
    }
}

fn one(
    tables: &mut dyn Tables,
    campaign: &Campaign,
    message: Message,
    key: String,
    is_opted_out: bool,
    batch: &mut Batch,
) -> Result<()> {
    let skip = if batch.now >= message.status.expires_at {
        Some(SkipReason::Expired)
    } else if is_opted_out {
        Some(SkipReason::OptedOut)
    } else {
        None
    };
    if let Some(reason) = skip {
        let applied = apply(tables, &message, &Command::Skip(reason), batch.now, WORKER, None)?;
        batch.skipped += u32::from(applied.is_ok());
        return Ok(());
    }
    if !batch.recipients.insert(key) {
        return Ok(());
    }
    let begun = apply(tables, &message, &Command::Begin { token: batch.token }, batch.now, WORKER, None)?;
    if let Ok(status) = begun {
        let Message { id, campaign: of, number, params, .. } = message;
        let plan = Arc::clone(&campaign.plan);
        let (attempt, token) = (status.attempt, status.token);
        batch.claims.push(Claim { message: id, campaign: of, attempt, token, number, params, plan });
    }
    Ok(())
}

/// When to look again at a message that waits for another one to the same recipient.
fn later(now: Timestamp) -> Timestamp {
    now.saturating_add(SignedDuration::from_secs(1)).unwrap_or(Timestamp::MAX)
}

fn signed(duration: Duration) -> SignedDuration {
    SignedDuration::try_from(duration).unwrap_or(SignedDuration::MAX)
}
