//! Sends a single message.

use std::time::Duration;

use jiff::Timestamp;

use super::Outbox;
use super::attempt::attempt;
use super::lateness::Started;
use crate::error::LedgerError;
use crate::records::{CampaignId, MessageId};
use crate::transactions::Next;

/// How often recording the answer is tried, and the pause between two tries.
const TRIES: u32 = 5;
const RETRY: Duration = Duration::from_secs(1);

impl Outbox {
    /// Sends the message that is due first, and records its answer. Returns that message, if there was one, and when more
    /// may begin.
    ///
    /// Use this to send one message at once. To send all messages, use [`work`](Self::work).
    ///
    /// # Errors
    ///
    /// Returns an error if the ledger cannot be written. If the answer could not be recorded, the message becomes
    /// unknown.
    ///
    /// # Cancellation
    ///
    /// If you drop the future, the message that is being sent becomes unknown.
    pub async fn send_next(&self) -> Result<(Option<MessageId>, Next), LedgerError> {
        self.send_one(None).await
    }

    /// Sends the message of a stream or a campaign that is due first, as [`send_next`](Self::send_next) does. Messages of
    /// others do not begin.
    ///
    /// # Errors
    ///
    /// Returns an error as [`send_next`](Self::send_next) does.
    ///
    /// # Cancellation
    ///
    /// If you drop the future, the message that is being sent becomes unknown.
    pub async fn send_next_of(&self, campaign: CampaignId) -> Result<(Option<MessageId>, Next), LedgerError> {
        self.send_one(Some(campaign)).await
    }

    async fn send_one(&self, only: Option<CampaignId>) -> Result<(Option<MessageId>, Next), LedgerError> {
        let started = Started::now();
        let mut begun = self.ledger.begin_where(self.account, 1, Timestamp::MAX, only).await?;
        let Some(claim) = begun.claims.pop() else { return Ok((None, begun.next)) };
        let result = attempt(&*self.messenger, claim, started, &self.files).await;
        let message = result.message;
        for tried in 1.. {
            match self.ledger.finish(vec![result.clone()]).await {
                Ok(_) => break,
                Err(error) if tried < TRIES && error.is_transient() => tokio::time::sleep(RETRY).await,
                Err(error) => return Err(error),
            }
        }
        Ok((Some(message), begun.next))
    }
}
