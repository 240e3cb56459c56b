//! Looks at the conversations of unknown messages, to find out whether they were sent.

mod cases;
mod reader;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use tokio::task::JoinSet;
use zap_facade::{Capability, Error};

use self::cases::{Case, Looked};
use self::reader::Reader;
use crate::error::LedgerError;
use crate::model::{SETTLE_AFTER, Undecided};
use crate::records::{CampaignId, Message, MessageId};
use crate::worker::Outbox;

/// How many conversations are read at the same time.
const CONCURRENCY: usize = 4;
/// How many messages are listed at a time.
const PAGE: u32 = 500;

/// What a look at the conversations of unknown messages has found.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct LookedUp {
    /// Messages that are now `done` with the evidence `look`: their conversations moved when they were sent. The
    /// customer or a colleague may have written at that moment instead.
    pub done: u64,
    /// Messages that are now `not_done` with the evidence `look`: their conversations did not move, and others did.
    pub not_done: u64,
    /// Messages that are still unknown after a look.
    pub still_unknown: u64,
    /// The reasons why messages are still unknown, and how many for each reason.
    pub reasons: BTreeMap<Undecided, u64>,
    /// Messages that were decided in the meantime: by a late answer, by a person, or by another look.
    pub decided: u64,
    /// Messages that cannot be looked for yet, because their requests may still be on their way.
    pub too_early: u64,
    /// When the first of the messages in `too_early` can be looked for.
    pub next_at: Option<Timestamp>,
    /// Messages that were not looked for, because the provider does not allow or answer the reads.
    pub not_read: u64,
    /// Why reading ended early, if it did. Nothing was changed for the messages that were not read: look again later.
    pub stopped: Option<Error>,
}

impl LookedUp {
    /// Returns whether nothing is left to do for a later look: all messages that were unknown are decided.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.still_unknown == 0 && self.too_early == 0 && self.not_read == 0
    }

    fn count(&mut self, looked: Looked) {
        match looked {
            Looked::Done => self.done += 1,
            Looked::NotDone => self.not_done += 1,
            Looked::Undecided(reason) => {
                self.still_unknown += 1;
                *self.reasons.entry(reason).or_default() += 1;
            }
            Looked::Decided => self.decided += 1,
            Looked::NotRead => self.not_read += 1,
        }
    }
}

impl Outbox {
    /// Looks at the conversations of the unknown messages of a campaign, and settles each message whose conversation
    /// proves what happened. `by` is recorded with each event, such as a person's name.
    ///
    /// The provider must report the last activity of a conversation ([`Capability::LastActivity`]). See
    /// [What a look proves](https://docs.rs/zap-outbox/latest/zap_outbox/unknown/#what-a-look-proves).
    ///
    /// A message is looked for only when its request cannot be on its way any more: 10 minutes after it became overdue.
    /// Reads are paced; see [`OutboxBuilder::read_rate`](crate::OutboxBuilder::read_rate). If the provider asks to wait
    /// or fails, this waits, tries again a few times, and then stops. Each message is settled in a transaction of its
    /// own, so you can interrupt this, call it again, and call it in several processes.
    ///
    /// # Errors
    ///
    /// Returns an error if the ledger cannot be used, or if the campaign is not one of this outbox's account. If
    /// reads fail, this is not an error: [`LookedUp::stopped`] says why.
    pub async fn look_up_unknowns(&self, campaign: CampaignId, by: impl Into<String>) -> Result<LookedUp, LedgerError> {
        let ledger = self.ledger();
        if ledger.campaign(campaign).await?.account != self.account() {
            return Err(LedgerError::NotFound(format!("campaign {campaign} of this account")));
        }
        let reader = Arc::new(Reader::new(self, by.into()));
        let messenger = self.messenger();
        if !messenger.capabilities().has(Capability::LastActivity) {
            reader.stop(Capability::LastActivity.unsupported(messenger.provider()));
        }
        let mut looked = LookedUp::default();
        let mut looking: JoinSet<Result<Looked, LedgerError>> = JoinSet::new();
        let mut after = MessageId(0);
        loop {
            let page = ledger.unknown(campaign, after, PAGE).await?;
            let Some(last) = page.last() else { break };
            after = last.id;
            for message in page {
                if let Some(at) = too_early(&message, ledger.now().await?) {
                    looked.too_early += 1;
                    looked.next_at = Some(looked.next_at.map_or(at, |next| next.min(at)));
                    continue;
                }
                if looking.len() >= CONCURRENCY {
                    next(&mut looking, &mut looked).await?;
                }
                let case = Case { reader: Arc::clone(&reader), message };
                looking.spawn(case.look());
            }
        }
        while !looking.is_empty() {
            next(&mut looking, &mut looked).await?;
        }
        looked.stopped = reader.stopped();
        Ok(looked)
    }
}

/// Counts the next look that ends.
async fn next(looking: &mut JoinSet<Result<Looked, LedgerError>>, looked: &mut LookedUp) -> Result<(), LedgerError> {
    match looking.join_next().await {
        Some(Ok(result)) => looked.count(result?),
        // The messenger panicked. Nothing was changed.
        Some(Err(error)) => {
            tracing::error!(%error, "a look failed");
            looked.count(Looked::Undecided(Undecided::Unreadable));
        }
        None => {}
    }
    Ok(())
}

/// Returns when a message can be looked for, if it is too early now.
fn too_early(message: &Message, now: Timestamp) -> Option<Timestamp> {
    let at = message.status.decide_at?.saturating_add(SETTLE_AFTER).unwrap_or(Timestamp::MAX);
    Some(at).filter(|at| *at > now)
}
