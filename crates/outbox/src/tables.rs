//! The rows of a database, within a transaction. The transactions themselves are in `transactions`, once for all
//! databases.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use jiff::Timestamp;

use crate::error::LedgerError;
use crate::model::{Gate, MessageStatus};
use crate::records::{
    Account, AccountId, Campaign, CampaignId, Count, Event, Message, MessageId, NewCampaign, NewMessage, OptOut,
};

pub(crate) type Result<T> = std::result::Result<T, LedgerError>;

/// A database: runs transactions one after the other.
pub(crate) trait Database: Send {
    /// Runs a function in a transaction that excludes all other writers of the scope, and commits durably. If the
    /// function fails, nothing is changed.
    fn write(&mut self, scope: &Scope, run: &mut dyn FnMut(&mut dyn Tables) -> Result<()>) -> Result<()>;

    /// Runs a function that only reads, on one state of the database.
    fn read(&mut self, run: &mut dyn FnMut(&mut dyn Tables) -> Result<()>) -> Result<()>;
}

/// What a transaction decides on, and so what it must lock. A database with one writer at a time can ignore it.
#[derive(Clone, Debug)]
#[cfg_attr(not(feature = "postgres"), expect(dead_code, reason = "only Postgres has locks of rows"))]
pub(crate) enum Scope {
    /// An account with its campaigns and their messages.
    Account(AccountId),
    /// The account with this name, which may not exist yet.
    AccountNamed(String),
    /// A campaign and its messages, and so its account.
    Campaign(CampaignId),
    /// The list of a draft. Workers of the account need not wait for it.
    Import(CampaignId),
    /// The accounts of these messages.
    Messages(Vec<MessageId>),
    /// Only a new message, which its key makes unique.
    Enqueue,
    /// All accounts, of a ledger that is accepted although it was restored.
    Restored,
}

/// Returns a random number.
pub(crate) fn random() -> i64 {
    // Each `RandomState` has other keys.
    RandomState::new().hash_one(()).cast_signed()
}

impl Scope {
    /// Returns its name in logs.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Account(_) | Self::AccountNamed(_) => "account",
            Self::Campaign(_) => "campaign",
            Self::Import(_) => "import",
            Self::Messages(_) => "messages",
            Self::Enqueue => "enqueue",
            Self::Restored => "restored",
        }
    }
}

/// The result of inserting a message.
pub(crate) enum Inserted {
    New(MessageId),
    /// The campaign has a message with the same key.
    Exists(Box<Message>),
}

/// The rows. `Option::None` means that there is no such row.
pub(crate) trait Tables: AccountTables + MessageTables {
    /// Returns the time by the database's clock.
    fn now(&mut self) -> Result<Timestamp>;
    /// Returns a random number.
    fn random(&mut self) -> Result<i64>;
}

/// Accounts, campaigns, opt-outs and events.
pub(crate) trait AccountTables {
    fn account_named(&mut self, name: &str) -> Result<Option<Account>>;
    fn account(&mut self, id: AccountId) -> Result<Option<Account>>;
    /// Returns all accounts, in the order of their ids.
    fn accounts(&mut self) -> Result<Vec<Account>>;
    fn insert_account(&mut self, name: &str, gate: &Gate) -> Result<AccountId>;
    fn put_gate(&mut self, id: AccountId, gate: &Gate) -> Result<()>;
    /// Returns whether a message of the account is in the state `sending`.
    fn in_flight(&mut self, account: AccountId) -> Result<bool>;

    fn campaign_named(&mut self, account: AccountId, name: &str) -> Result<Option<Campaign>>;
    fn campaign(&mut self, id: CampaignId) -> Result<Option<Campaign>>;
    /// Returns the account of a campaign, without its plan, which takes longer to read than a message.
    fn account_of_campaign(&mut self, id: CampaignId) -> Result<Option<AccountId>>;
    fn campaigns(&mut self, account: AccountId) -> Result<Vec<Campaign>>;
    /// Returns the running campaigns of an account: first the highest priority, then the oldest.
    fn running(&mut self, account: AccountId) -> Result<Vec<Campaign>>;
    fn insert_campaign(&mut self, account: AccountId, plan: &NewCampaign, now: Timestamp) -> Result<CampaignId>;
    /// Writes everything but the plan.
    fn put_campaign(&mut self, campaign: &Campaign) -> Result<()>;

    /// Returns the given recipients that have opted out.
    fn opted_out(&mut self, account: AccountId, recipient_keys: &[String]) -> Result<HashSet<String>>;
    /// Returns whether it was not there.
    fn insert_opt_out(
        &mut self,
        account: AccountId,
        recipient_key: &str,
        since: Timestamp,
        source: &str,
    ) -> Result<bool>;
    /// Returns whether it was there.
    fn delete_opt_out(&mut self, account: AccountId, recipient_key: &str) -> Result<bool>;

    /// Returns opt-outs after a key, in the order of the keys' bytes.
    fn opt_outs(&mut self, account: AccountId, after: &str, limit: u32) -> Result<Vec<OptOut>>;

    fn insert_event(&mut self, event: &Event) -> Result<()>;
    /// Returns the events of an account, a campaign, or a message, in order.
    fn events(&mut self, of: EventsOf) -> Result<Vec<Event>>;
    /// Returns the events of messages from one id to another, in order. May include messages of several campaigns.
    fn message_events(&mut self, first: MessageId, last: MessageId) -> Result<Vec<Event>>;
}

/// Messages.
pub(crate) trait MessageTables {
    /// Adds a message with this key and status, unless its campaign has one with this key.
    fn insert_message(
        &mut self,
        campaign: CampaignId,
        once_key: &str,
        message: &NewMessage,
        status: &MessageStatus,
    ) -> Result<Inserted>;
    /// Adds messages with these keys and statuses, as [`insert_message`](Self::insert_message) does for each.
    fn insert_messages(
        &mut self,
        campaign: CampaignId,
        messages: &[(String, &NewMessage, MessageStatus)],
    ) -> Result<Vec<Inserted>> {
        let mut inserted = Vec::with_capacity(messages.len());
        for (key, message, status) in messages {
            inserted.push(self.insert_message(campaign, key, message, status)?);
        }
        Ok(inserted)
    }
    fn message(&mut self, id: MessageId) -> Result<Option<Message>>;
    fn message_keyed(&mut self, campaign: CampaignId, once_key: &str) -> Result<Option<Message>>;
    /// Writes the status of a message. `message` is as it was read in this transaction.
    fn put_status(&mut self, message: &Message, status: &MessageStatus) -> Result<()>;
    fn put_answer(&mut self, id: MessageId, provider_id: Option<&str>, error: Option<&str>) -> Result<()>;
    /// Checks messages of an account that were added without this library, and skips those that cannot be sent. Messages
    /// do not begin before that. Returns whether there may be more.
    fn check_new(&mut self, _: AccountId, _: Timestamp) -> Result<bool> {
        Ok(false)
    }
    /// Returns the zones in which the campaign has ready messages that are checked.
    fn zones(&mut self, campaign: CampaignId) -> Result<Vec<String>>;
    /// Returns ready messages whose `not_before` has come, the earliest first, without those to whose recipient another
    /// message is being sent.
    fn due(&mut self, campaign: CampaignId, zone: &str, now: Timestamp, limit: u32) -> Result<Vec<Message>>;
    /// Returns the earliest `not_before` of the ready messages that are checked.
    fn next_due(&mut self, campaign: CampaignId, zone: &str) -> Result<Option<Timestamp>>;
    /// Returns whether a message of the campaign is ready or being sent.
    fn has_open(&mut self, campaign: CampaignId) -> Result<bool>;
    /// Returns the accounts that [`overdue`](Self::overdue) or [`cancelled`](Self::cancelled) have messages of.
    fn to_sweep(&mut self, now: Timestamp) -> Result<Vec<AccountId>>;
    /// Returns ready messages of cancelled campaigns of an account.
    fn cancelled(&mut self, account: AccountId, limit: u32) -> Result<Vec<Message>>;
    /// Returns messages of an account in `sending` whose `decide_at` has come.
    fn overdue(&mut self, account: AccountId, now: Timestamp, limit: u32) -> Result<Vec<Message>>;
    /// Returns messages of an account that are done, because of an answer in time, and whose `decide_at` is between two
    /// times: the nearest to `from` first. `from` can be the later time.
    fn done_between(&mut self, account: AccountId, from: Timestamp, to: Timestamp, limit: u32) -> Result<Vec<Message>>;
    /// Returns the messages of an account to a recipient whose `decide_at` is between two times.
    fn attempts_to(
        &mut self,
        account: AccountId,
        recipient_key: &str,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<Message>>;
    /// Returns the messages of an account to a recipient whose requests may have been on their way after their attempts:
    /// without an answer, with a late one, or settled by a look.
    fn unanswered_to(&mut self, account: AccountId, recipient_key: &str) -> Result<Vec<Message>>;
    /// Returns the messages of a campaign after an id, in the order of their ids.
    fn messages(&mut self, campaign: CampaignId, after: MessageId, limit: u32) -> Result<Vec<Message>>;
    fn unknown(&mut self, campaign: CampaignId, after: MessageId, limit: u32) -> Result<Vec<Message>>;
    fn not_done(&mut self, campaign: CampaignId, after: MessageId, limit: u32) -> Result<Vec<Message>>;
    fn counts(&mut self, campaign: CampaignId) -> Result<Vec<Count>>;
    /// Returns how many messages are ready and checked, in the order of the zones.
    fn ready_by_zone(&mut self, campaign: CampaignId) -> Result<Vec<(String, u64)>>;
}

/// The account, campaign or message whose events to return.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EventsOf {
    /// The events of an account itself.
    Account(AccountId),
    /// The events of a campaign itself.
    Campaign(CampaignId),
    /// The events of a message.
    Message(MessageId),
}
