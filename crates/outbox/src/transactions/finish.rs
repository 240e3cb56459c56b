//! T4 and T5: records answers, and makes messages without an answer unknown.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use jiff::Timestamp;

use super::accounts::{account_of, paused_by_worker};
use super::apply::{SWEEPER, WORKER, account_of_campaign, apply, message_event};
use super::look::is_explained;
use crate::model::{Command, Evidence, MessageState, Refusal, SkipReason, Verdict};
use crate::records::{Account, AccountId, CampaignId, Finish, Message};
use crate::tables::{Result, Tables};

/// How many messages one transaction sweeps at most, because it holds the lock.
const SWEEPS: u32 = 1_000;

/// What a sweep did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Swept {
    /// Messages that became unknown.
    pub unknown: u64,
    /// Messages of cancelled campaigns that were skipped.
    pub cancelled: u64,
    /// Whether there may be more.
    pub more: bool,
}

impl Swept {
    pub(crate) fn add(&mut self, more: Self) {
        self.unknown += more.unknown;
        self.cancelled += more.cancelled;
        self.more |= more.more;
    }
}

/// T4: records the results of attempts. A result whose attempt is already decided changes nothing, except that a late
/// answer overrides a judgement; see the model.
pub(crate) fn finish(
    tables: &mut dyn Tables,
    results: &[Finish],
) -> Result<Vec<std::result::Result<MessageState, Refusal>>> {
    let now = tables.now()?;
    let mut accounts = Accounts::default();
    let mut states = Vec::with_capacity(results.len());
    for result in results {
        states.push(one(tables, result, now, &mut accounts)?);
    }
    for (account, _) in accounts.read.values().filter(|(_, is_changed)| *is_changed) {
        tables.put_gate(account.id, &account.gate)?;
    }
    Ok(states)
}

fn one(
    tables: &mut dyn Tables,
    result: &Finish,
    now: Timestamp,
    accounts: &mut Accounts,
) -> Result<std::result::Result<MessageState, Refusal>> {
    let Some(message) = tables.message(result.message)? else { return Ok(Err(Refusal::Stale)) };
    let mut result = result.clone();
    if result.verdict == Verdict::SeenDone && is_explained(tables, &message)? {
        let seen = result.error.unwrap_or_default();
        result.error = Some(format!("another message to the same recipient may have been processed meanwhile; {seen}"));
        result.verdict = Verdict::Unknown;
    }
    let Finish { attempt, token, verdict, error, .. } = &result;
    let command = Command::Finish { attempt: *attempt, token: *token, verdict: verdict.clone() };
    let status = match apply(tables, &message, &command, now, WORKER, error.as_deref())? {
        Ok(status) => status,
        Err(refusal) => {
            record_contradiction(tables, &message, &result, now)?;
            return Ok(Err(refusal));
        }
    };
    let provider_id = result.provider_id.as_deref().or(message.provider_id.as_deref());
    if provider_id != message.provider_id.as_deref() || *error != message.error {
        tables.put_answer(message.id, provider_id, error.as_deref())?;
    }
    let (account, is_changed) = accounts.of(tables, message.campaign)?;
    let before = account.gate.clone();
    let pauses = account.gate.record(verdict, error.as_deref().unwrap_or_default(), now);
    *is_changed |= before != account.gate;
    if pauses {
        paused_by_worker(tables, account, now)?;
    }
    Ok(Ok(status.state))
}

/// Records an answer that came too late to have an effect, if it says something else than the message's state.
fn record_contradiction(tables: &mut dyn Tables, message: &Message, result: &Finish, now: Timestamp) -> Result<()> {
    let is_latest = (message.status.attempt, message.status.token) == (result.attempt, result.token);
    let was_sent = match result.verdict {
        Verdict::Done | Verdict::SeenDone => true,
        Verdict::NotDone | Verdict::Invalid | Verdict::NotSent(_) => false,
        Verdict::Unknown => return Ok(()),
    };
    let agrees = match message.status.state {
        MessageState::Done => was_sent,
        MessageState::NotDone => !was_sent,
        // A repeated T4, whose first answer was lost, or a person sends it again, as if it was not sent.
        MessageState::Ready | MessageState::Skipped => !was_sent && is_latest,
        MessageState::Sending | MessageState::Unknown => false,
    };
    if agrees {
        return Ok(());
    }
    let said = match result.verdict {
        Verdict::Done => "done",
        Verdict::SeenDone => "the conversation moved",
        Verdict::NotDone | Verdict::Invalid => "not done",
        Verdict::NotSent(_) => "not sent",
        Verdict::Unknown => "unknown",
    };
    let note = format!("a late answer to attempt {} says: {said}", result.attempt);
    let mut event = message_event(message, now, WORKER, Some(&note));
    event.evidence = Some(Evidence::LateAnswer);
    tables.insert_event(&event)
}

/// The accounts of the results, each read once, and whether they have changed.
#[derive(Default)]
struct Accounts {
    by_campaign: BTreeMap<CampaignId, AccountId>,
    read: BTreeMap<AccountId, (Account, bool)>,
}

impl Accounts {
    fn of(&mut self, tables: &mut dyn Tables, campaign: CampaignId) -> Result<&mut (Account, bool)> {
        let id = match self.by_campaign.entry(campaign) {
            Entry::Occupied(entry) => *entry.get(),
            Entry::Vacant(entry) => *entry.insert(account_of_campaign(tables, campaign)?),
        };
        match self.read.entry(id) {
            Entry::Occupied(entry) => Ok(entry.into_mut()),
            Entry::Vacant(entry) => Ok(entry.insert((account_of(tables, id)?, false))),
        }
    }
}

/// T5: makes messages of an account unknown if their answers are overdue, and skips those of cancelled campaigns.
/// Overdue messages count as unknown outcomes, which can pause the account.
pub(crate) fn sweep(tables: &mut dyn Tables, account: AccountId) -> Result<Swept> {
    let now = tables.now()?;
    let mut swept = Swept::default();
    let overdue = tables.overdue(account, now, SWEEPS)?;
    let cancelled = tables.cancelled(account, SWEEPS)?;
    swept.more = overdue.len().max(cancelled.len()) >= SWEEPS as usize;
    let mut of = account_of(tables, account)?;
    let before = of.gate.clone();
    for message in overdue {
        let note = "no worker recorded an answer";
        if apply(tables, &message, &Command::Sweep, now, SWEEPER, Some(note))?.is_err() {
            continue;
        }
        swept.unknown += 1;
        // Workers that crash again and again must not make a whole campaign unknown.
        if of.gate.record(&Verdict::Unknown, note, now) {
            paused_by_worker(tables, &of, now)?;
        }
    }
    if of.gate != before {
        tables.put_gate(account, &of.gate)?;
    }
    for message in cancelled {
        let skip = Command::Skip(SkipReason::Cancelled);
        swept.cancelled += u64::from(apply(tables, &message, &skip, now, SWEEPER, None)?.is_ok());
    }
    Ok(swept)
}
