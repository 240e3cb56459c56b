//! Reads the activity of the conversations with a recipient.

use std::time::Duration;

use zap_facade::{Activity, Error, ErrorKind, Messenger, Outcome, PhoneNumber};

/// The longest read of one form of a number, with the client's own retries.
const READ_LIMIT: Duration = Duration::from_secs(60);

/// Returns the activity under one form of a number.
pub(crate) async fn activity(messenger: &dyn Messenger, number: &PhoneNumber) -> Result<Activity, Error> {
    let read = tokio::time::timeout(READ_LIMIT, messenger.last_activity(number)).await;
    read.unwrap_or_else(|_| {
        let error = Error::new(ErrorKind::Timeout, Outcome::NotDone, messenger.provider(), "last_activity");
        Err(error.with_detail("there was no answer in time"))
    })
}
