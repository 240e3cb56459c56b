//! T3: sends one message, with no transaction open.

use std::time::Duration;

use tracing::Instrument as _;
use zap_facade::Messenger;

use super::lateness::Started;
use super::verdict::of_error;
use crate::model::{NotSent, Verdict};
use crate::records::{Claim, Finish};

/// The longest call. It ends before the message becomes unknown, so that its result is not late.
const CALL_LIMIT: Duration = Duration::from_secs(150);

/// Sends a message, unless it is too late, and returns the result to record.
pub(super) async fn attempt(messenger: &dyn Messenger, claim: Claim, started: Started) -> Finish {
    let span = tracing::info_span!("zap_outbox.attempt", message = claim.message.0, attempt = claim.attempt);
    send(messenger, &claim, started).instrument(span).await
}

async fn send(messenger: &dyn Messenger, claim: &Claim, started: Started) -> Finish {
    let content = match claim.plan.content.fill(&claim.params) {
        Ok(content) => content,
        // The import has checked this.
        Err(missing) => return Finish::of(claim, Verdict::NotDone).with_error(missing.to_string()),
    };
    let call = content.send(messenger, &claim.number);
    if started.is_late() {
        tracing::warn!("returned unsent, because this worker was too slow to start the request");
        return Finish::of(claim, Verdict::NotSent(NotSent::TooLate)).with_error("the worker was too slow");
    }
    match tokio::time::timeout(CALL_LIMIT, call).await {
        Ok(Ok(receipt)) => {
            tracing::debug!("done");
            Finish::of(claim, Verdict::Done).with_provider_id(receipt.message_id)
        }
        Ok(Err(error)) => {
            let verdict = of_error(&error);
            tracing::info!(%error, outcome = error.outcome().as_str(), "failed");
            Finish::of(claim, verdict).with_error(error.to_string())
        }
        Err(_) => {
            tracing::warn!("no answer");
            Finish::of(claim, Verdict::Unknown).with_error("there was no answer in time")
        }
    }
}
