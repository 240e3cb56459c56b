//! Checks messages that `zap_enqueue` has added.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use zap_facade::PhoneNumber;

use super::columns::{MESSAGE, message};
use super::statements::Statements;
use crate::model::{Command, SkipReason, step};
use crate::records::{AccountId, Message};
use crate::tables::{MessageTables as _, Result};

/// How many messages one transaction checks at most.
const CHECKS: usize = 1_000;

/// Sets the recipients' keys of new messages of an account. Skips those that can never be sent, with an error that says
/// why. Returns whether there may be more.
pub(super) fn check(statements: &mut Statements<'_>, account: AccountId, now: Timestamp) -> Result<bool> {
    let sql = format!(
        "SELECT {MESSAGE} FROM zap_message m WHERE m.recipient_key = ''
         AND (SELECT account FROM zap_campaign WHERE id = m.campaign) = $1 LIMIT {CHECKS}"
    );
    let unchecked = statements.all(&sql, &[&account.0], message)?;
    if unchecked.is_empty() {
        return Ok(false);
    }
    let (mut ids, mut keys) = (Vec::new(), Vec::new());
    for message in &unchecked {
        ids.push(message.id.0);
        match recipient_key(message) {
            Ok(key) => keys.push(key),
            Err(why) => {
                keys.push(message.number.key());
                // A message of a cancelled stream may be skipped already.
                if let Ok(skipped) = step(&message.status, &Command::Skip(SkipReason::Invalid), now) {
                    statements.put_status(message, &skipped.status)?;
                    statements.put_answer(message.id, None, Some(&why))?;
                }
            }
        }
    }
    let sql = "UPDATE zap_message m SET recipient_key = n.key FROM unnest($1::bigint[], $2::text[]) AS n(id, key)
               WHERE m.id = n.id";
    statements.run(sql, &[&ids, &keys])?;
    statements.flush()?;
    Ok(unchecked.len() == CHECKS)
}

/// Returns the key of a message's recipient, or why it can never be sent.
fn recipient_key(message: &Message) -> std::result::Result<String, String> {
    TimeZone::get(&message.zone).map_err(|_| format!("there is no time zone `{}`", message.zone))?;
    let number: PhoneNumber =
        message.number.to_string().parse().map_err(|error: zap_facade::InvalidPhoneNumber| error.to_string())?;
    Ok(number.key())
}
