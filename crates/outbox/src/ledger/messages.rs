//! Messages.

use jiff::Timestamp;

use super::{Ledger, Result};
use crate::error::LedgerError;
use crate::model::{MessageState, Refusal, Span};
use crate::records::{AccountId, CampaignId, Finish, Message, MessageId, NewMessage};
use crate::tables::{Scope, Tables};
use crate::transactions::{self, Begun, Enqueued, Retried, Sent, Swept};

/// How many messages one transaction sends again at most, because it holds the lock.
const RETRIES: u32 = 1_000;

impl Ledger {
    /// Adds a message to a stream (T8). If an earlier call with the same key has added it, returns that message.
    ///
    /// # Errors
    ///
    /// Returns an error if the key belongs to another message, or if the campaign is not a running or paused stream.
    pub async fn enqueue(
        &self,
        stream: CampaignId,
        once_key: impl Into<String>,
        message: NewMessage,
    ) -> Result<Enqueued> {
        let once_key = once_key.into();
        self.write(Scope::Enqueue, move |tables| transactions::enqueue(tables, stream, &once_key, &message)).await
    }

    /// Commits the intents to send messages of an account (T2), as many as its rate allows, and at most `limit`.
    ///
    /// Send each of them once, starting within [`START_WITHIN`](crate::model::START_WITHIN), and record the results
    /// with [`finish`](Self::finish). A message that begins is not returned by any other call. So you can also call
    /// this from a job of another engine that may run twice: the second run finds no ready message.
    pub async fn begin(&self, account: AccountId, limit: u32) -> Result<Begun> {
        self.begin_where(account, limit, Timestamp::MAX, None).await
    }

    /// Begins messages, unless the ledger's clock is later than `latest`: of all running campaigns, or only of one.
    pub(crate) async fn begin_where(
        &self,
        account: AccountId,
        limit: u32,
        latest: Timestamp,
        only: Option<CampaignId>,
    ) -> Result<Begun> {
        let run = move |tables: &mut dyn Tables| transactions::begin(tables, account, limit, latest, only);
        let begun = self.write(Scope::Account(account), run).await;
        begun.inspect(|begun| self.tally.begun(begun))
    }

    /// Records the results of attempts (T4). Returns the state of each message, or why its result has no effect.
    pub async fn finish(&self, results: Vec<Finish>) -> Result<Vec<std::result::Result<MessageState, Refusal>>> {
        let scope = Scope::Messages(results.iter().map(|result| result.message).collect());
        let states = self.write(scope, move |tables| transactions::finish(tables, &results)).await;
        states.inspect(|states| self.tally.finished(states))
    }

    /// Makes messages unknown if their answers are overdue (T5), and skips the messages of cancelled campaigns: at most
    /// a thousand of each in each account.
    ///
    /// This is one transaction for each account that has such messages.
    pub async fn sweep(&self) -> Result<Swept> {
        let to_sweep = |tables: &mut dyn Tables| {
            let now = tables.now()?;
            tables.to_sweep(now)
        };
        let mut swept = Swept::default();
        for account in self.read(to_sweep).await? {
            let of = self.write(Scope::Account(account), move |tables| transactions::sweep(tables, account)).await?;
            self.tally.swept(&of);
            swept.add(of);
        }
        Ok(swept)
    }

    /// Settles an unknown message (T6): a person, or a look at the conversation, says whether it was sent.
    ///
    /// # Errors
    ///
    /// Returns an error if the message is not unknown, or if its request may still be on its way.
    pub async fn settle(
        &self,
        message: MessageId,
        done: bool,
        by_look: bool,
        by: impl Into<String>,
        note: Option<String>,
    ) -> Result<()> {
        let by = by.into();
        let scope = Scope::Messages(vec![message]);
        self.write(scope, move |tables| transactions::settle(tables, message, done, by_look, &by, note.as_deref()))
            .await
    }

    /// Sends an unknown or not done message again (T6). Call this only on a person's explicit command: if the
    /// message was sent, the recipient gets it twice.
    ///
    /// # Errors
    ///
    /// Returns an error if the message's request may still be on its way, if the message has expired, or if its
    /// campaign was cancelled.
    pub async fn resend(&self, message: MessageId, by: impl Into<String>, note: Option<String>) -> Result<()> {
        let by = by.into();
        let scope = Scope::Messages(vec![message]);
        self.write(scope, move |tables| transactions::resend(tables, message, &by, note.as_deref())).await
    }

    /// Settles the attempt of a message that was looked for (T6).
    pub(crate) async fn settle_looked(&self, message: &Message, done: bool, by: String, note: String) -> Result<()> {
        let looked = (message.id, message.status.attempt, message.status.token);
        self.write(Scope::Messages(vec![message.id]), move |tables| {
            transactions::settle_looked(tables, looked, done, &by, &note)
        })
        .await
    }

    /// Returns messages that were sent shortly before and after a message.
    pub(crate) async fn controls(&self, of: Message) -> Result<Vec<Sent>> {
        self.read(move |tables| transactions::controls(tables, &of)).await
    }

    /// Returns when other messages to the recipient of a message may have been processed.
    pub(crate) async fn others(&self, of: Message) -> Result<Vec<Span>> {
        self.read(move |tables| transactions::others(tables, &of)).await
    }

    /// Sends all messages of a campaign that are not done again, for example after you have added their contacts. Call
    /// this only on a person's explicit command. Each of them is recorded as an event.
    ///
    /// Messages are made ready a thousand at a time, each thousand in one transaction. If this breaks off, call it
    /// again.
    ///
    /// # Errors
    ///
    /// Returns an error if the campaign was cancelled or has not been started.
    pub async fn retry_not_done(
        &self,
        campaign: CampaignId,
        by: impl Into<String>,
        note: Option<String>,
    ) -> Result<Retried> {
        let (by, mut retried, mut after) = (by.into(), Retried::default(), MessageId(0));
        loop {
            let page = self.read(move |tables| tables.not_done(campaign, after, RETRIES)).await?;
            let ids: Vec<_> = page.iter().map(|message| message.id).collect();
            let last = ids.last().copied().filter(|_| ids.len() >= RETRIES as usize);
            let (by, note) = (by.clone(), note.clone());
            retried.add(
                self.write(Scope::Campaign(campaign), move |tables| {
                    transactions::retry(tables, campaign, &ids, &by, note.as_deref())
                })
                .await?,
            );
            match last {
                Some(last) => after = last,
                None => return Ok(retried),
            }
        }
    }

    /// Returns a message.
    pub async fn message(&self, id: MessageId) -> Result<Message> {
        let found = self.read(move |tables| tables.message(id)).await?;
        found.ok_or_else(|| LedgerError::NotFound(format!("message {id}")))
    }

    /// Returns the message with a key: the key of a stream's message, or the recipient's key.
    pub async fn message_keyed(&self, campaign: CampaignId, key: impl Into<String>) -> Result<Option<Message>> {
        let key = key.into();
        self.read(move |tables| tables.message_keyed(campaign, &key)).await
    }

    /// Returns messages of a campaign in the order of their ids, from the first one after `after`. The first page is
    /// after `MessageId(0)`.
    pub async fn messages(&self, campaign: CampaignId, after: MessageId, limit: u32) -> Result<Vec<Message>> {
        self.read(move |tables| tables.messages(campaign, after, limit)).await
    }

    /// Returns unknown messages of a campaign, as [`messages`](Self::messages) does.
    pub async fn unknown(&self, campaign: CampaignId, after: MessageId, limit: u32) -> Result<Vec<Message>> {
        self.read(move |tables| tables.unknown(campaign, after, limit)).await
    }
}
