//! Looks at the conversation of a template right after its call.
//!
//! Some versions of EscalaZap, WaziMe and WapiFlow answer every template with a failure, also those that were delivered.
//! Without a look, each of them would become unknown, and three of them would pause the account.

use std::time::Duration;

use jiff::Timestamp;
use tokio::time::{Instant, sleep_until, timeout};
use zap_facade::{Activity, Capability, Error, ErrorKind, Messenger, PhoneNumber};

use crate::content::Content;
use crate::conversation::activity;
use crate::model::{Baseline, START_WITHIN, Verdict};

/// The longest read before the request. It leaves time to start the request.
const BASELINE_LIMIT: Duration = Duration::from_secs(2);
/// How long after the answer the conversation is read.
const LOOKS: [Duration; 3] = [Duration::ZERO, Duration::from_secs(5), Duration::from_secs(15)];
/// The longest read after the answer.
const READ_LIMIT: Duration = Duration::from_secs(5);
/// The longest look, from the answer on.
pub(super) const LOOK_LIMIT: Duration = Duration::from_secs(20);

const _: () = assert!(BASELINE_LIMIT.as_secs() < START_WITHIN.as_secs());
const _: () = assert!(LOOKS[LOOKS.len() - 1].as_secs() + READ_LIMIT.as_secs() <= LOOK_LIMIT.as_secs());

/// A look that can be made after a request.
pub(super) struct InlineLook<'a> {
    messenger: &'a dyn Messenger,
    number: &'a PhoneNumber,
    baseline: Baseline,
}

impl<'a> InlineLook<'a> {
    /// Reads the conversation before the request. Returns `None` if a look would prove nothing.
    pub(super) async fn prepare(
        messenger: &'a dyn Messenger,
        content: &Content,
        number: &'a PhoneNumber,
    ) -> Option<InlineLook<'a>> {
        let is_template = matches!(content, Content::Template { .. });
        if !is_template || !messenger.capabilities().has(Capability::LastActivity) {
            return None;
        }
        let read = read(messenger, number, BASELINE_LIMIT).await?;
        // A conversation that was not read can have a later message.
        let at = read.provider_time.and_then(timestamp).filter(|_| read.is_complete)?;
        let latest = match read.latest {
            Some(latest) => Some(timestamp(latest)?),
            None => None,
        };
        Some(Self { messenger, number, baseline: Baseline { latest, at } })
    }

    /// Returns when the conversation moved after a call, if that shows that the message was sent.
    pub(super) async fn moved(&self, error: &Error, verdict: &Verdict) -> Option<Timestamp> {
        // Without an answer, the provider may still be processing the request.
        if *verdict != Verdict::Unknown || error.kind() != ErrorKind::Refused {
            return None;
        }
        let answered = Instant::now();
        for look in LOOKS {
            sleep_until(answered + look).await;
            let read = read(self.messenger, self.number, READ_LIMIT).await;
            let latest = read.and_then(|read| read.latest).and_then(timestamp);
            if let Some(latest) = latest.filter(|latest| self.baseline.has_moved(*latest)) {
                return Some(latest);
            }
        }
        None
    }
}

/// Reads the conversation under the number to which the message is sent.
async fn read(messenger: &dyn Messenger, number: &PhoneNumber, limit: Duration) -> Option<Activity> {
    match timeout(limit, activity(messenger, number)).await {
        Ok(Ok(read)) => Some(read),
        Ok(Err(error)) => {
            tracing::debug!(%error, "a conversation cannot be read");
            None
        }
        Err(_) => {
            tracing::debug!(?limit, "a conversation cannot be read in time");
            None
        }
    }
}

fn timestamp(time: std::time::SystemTime) -> Option<Timestamp> {
    Timestamp::try_from(time).ok()
}
