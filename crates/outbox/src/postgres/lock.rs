//! What a transaction locks.

use super::session::Value;
use crate::tables::Scope;

/// Locks that must be taken in this order, each with its value.
pub(super) type Locks<'a> = [Option<(&'static str, Value<'a>)>; 2];

/// The first half of the key of the advisory lock. The second half is the schema's.
pub(super) const ID: i32 = 0x7a61_706f;

/// One transaction at a time creates accounts or changes the schema.
pub(super) const LOCK_CREATION: &str = "SELECT pg_advisory_xact_lock($1, hashtext(current_schema()))";
const LOCK_ACCOUNT: &str = "SELECT id FROM zap_account WHERE id = $1 FOR NO KEY UPDATE";
const LOCK_NAMED: &str = "SELECT id FROM zap_account WHERE name = $1 FOR NO KEY UPDATE";
const LOCK_ACCOUNT_OF: &str = "SELECT id FROM zap_account WHERE id = (SELECT account FROM zap_campaign WHERE id = $1)
                               FOR NO KEY UPDATE";
const LOCK_CAMPAIGN: &str = "SELECT id FROM zap_campaign WHERE id = $1 FOR NO KEY UPDATE";
const LOCK_ACCOUNTS_OF: &str = "SELECT id FROM zap_account WHERE id IN (SELECT c.account FROM zap_message m
                                JOIN zap_campaign c ON c.id = m.campaign WHERE m.id = ANY($1))
                                ORDER BY id FOR NO KEY UPDATE";
const LOCK_ALL: &str = "SELECT id FROM zap_account WHERE id > $1 ORDER BY id FOR NO KEY UPDATE";

/// The ids of messages, as a value of a statement.
pub(super) fn messages(scope: &Scope) -> Vec<i64> {
    if let Scope::Messages(messages) = scope { messages.iter().map(|id| id.0).collect() } else { Vec::new() }
}

/// Returns the locks of a scope.
///
/// The transactions are written for a database with one writer at a time. They stay right because each of them reads
/// and writes only what it has locked:
///
/// - The row of an account is the lock of its limits, its campaigns, its opt-outs, and all its messages that exist. So
///   two transactions of one account run one after the other, and those of two accounts at the same time.
/// - A message belongs to one campaign, and a campaign to one account, for ever. So the accounts that a list of
///   messages needs cannot change before they are locked.
/// - In the isolation level `READ COMMITTED`, each statement sees what was committed before it began. The lock is the
///   first statement, so all that follow see what the last holder of the lock has written. Its clock is read after it,
///   so the times of one account never run backwards.
/// - An import locks its campaign, which is a draft. No worker needs a draft, so workers do not wait for an import. The
///   changes of a campaign lock both.
/// - Enqueueing locks nothing: the new message is not seen before it is committed, and its key is unique. The foreign
///   key locks the campaign with `KEY SHARE`, which excludes none of the locks here. So a transaction of a user that
///   stays open blocks only another one that enqueues the same key.
///
/// Accounts are locked before campaigns, and several accounts in the order of their ids, so no two transactions wait
/// for each other.
pub(super) fn of<'a>(scope: &'a Scope, messages: &'a Vec<i64>) -> Locks<'a> {
    match scope {
        Scope::Account(id) => [Some((LOCK_ACCOUNT, &id.0)), None],
        Scope::AccountNamed(name) => [Some((LOCK_CREATION, &ID)), Some((LOCK_NAMED, name))],
        Scope::Campaign(id) => [Some((LOCK_ACCOUNT_OF, &id.0)), Some((LOCK_CAMPAIGN, &id.0))],
        Scope::Import(id) => [Some((LOCK_CAMPAIGN, &id.0)), None],
        Scope::Messages(_) => [Some((LOCK_ACCOUNTS_OF, messages)), None],
        Scope::Restored => [Some((LOCK_ALL, &0_i64)), None],
        Scope::Enqueue => [None, None],
    }
}
