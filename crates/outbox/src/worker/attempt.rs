//! T3: sends one message, with no transaction open.

use std::time::Duration;

use tracing::Instrument as _;
use zap_facade::Messenger;

use super::inline_look::{InlineLook, LOOK_LIMIT};
use super::lateness::Started;
use super::verdict::{FileErrors, of_content, of_error};
use crate::model::{DECIDE_AFTER, NotSent, START_WITHIN, Verdict};
use crate::records::{Claim, Finish};

/// The longest call. It ends before the message becomes unknown, so that its result is not late.
const CALL_LIMIT: Duration = Duration::from_secs(150);

const _: () = assert!(START_WITHIN.as_secs() + CALL_LIMIT.as_secs() + LOOK_LIMIT.as_secs() < DECIDE_AFTER.as_secs());

/// Sends a message, unless it is too late, and returns the result to record.
pub(super) async fn attempt(messenger: &dyn Messenger, claim: Claim, started: Started, files: &FileErrors) -> Finish {
    let (campaign_id, message_id, attempt) = (claim.campaign.0, claim.message.0, claim.attempt);
    let span = tracing::info_span!("zap_outbox.attempt", campaign_id, message_id, attempt);
    send(messenger, &claim, started, files).instrument(span).await
}

async fn send(messenger: &dyn Messenger, claim: &Claim, started: Started, files: &FileErrors) -> Finish {
    let content = &claim.plan.content;
    let prepared = match content.prepare(&claim.params).await {
        Ok(prepared) => prepared,
        // The import has checked this, but a file may have changed.
        Err(error) => {
            // Its text names files.
            tracing::debug!(%error, "not sent");
            tracing::info!(outcome = "not_done", "the message cannot be sent");
            return Finish::of(claim, of_content(&error, files)).with_error(error.to_string());
        }
    };
    if content.is_upload() {
        files.succeeded();
    }
    let look = InlineLook::prepare(messenger, content, &claim.number).await;
    if started.is_late() {
        tracing::warn!("returned unsent, because this worker was too slow to start the request");
        return Finish::of(claim, Verdict::NotSent(NotSent::TooLate)).with_error("the worker was too slow");
    }
    match tokio::time::timeout(CALL_LIMIT, prepared.send(messenger, &claim.number)).await {
        Ok(Ok(receipt)) => {
            tracing::debug!("done");
            Finish::of(claim, Verdict::Done).with_provider_id(receipt.message_id)
        }
        Ok(Err(error)) => {
            let verdict = of_error(&error);
            // Its text can have the provider's words about the recipient.
            tracing::debug!(%error, "failed");
            tracing::info!(outcome = error.outcome().as_str(), kind = ?error.kind(), "failed");
            let moved = match &look {
                Some(look) => look.moved(&error, &verdict).await,
                None => None,
            };
            let Some(moved) = moved else { return Finish::of(claim, verdict).with_error(error.to_string()) };
            tracing::info!(outcome = "done", "the conversation moved");
            let why = format!(
                "the conversation moved at {moved}, when the message was sent; the customer or a colleague may have \
                 written instead; the answer was: {error}"
            );
            Finish::of(claim, Verdict::SeenDone).with_error(why)
        }
        Err(_) => {
            tracing::warn!("no answer");
            Finish::of(claim, Verdict::Unknown).with_error("there was no answer in time")
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    use zap_facade::{BoxFuture, Capabilities, Capability, Error, PhoneNumber, Receipt, SendState};

    use super::*;
    use crate::content::{Content, Params};
    use crate::records::{CampaignId, MessageId, NewCampaign};

    #[derive(Debug, Default)]
    struct Counting(AtomicU32);

    impl Messenger for Counting {
        fn provider(&self) -> &'static str {
            "Test"
        }

        fn capabilities(&self) -> Capabilities {
            Capabilities::of(&[Capability::Text])
        }

        fn send_text<'a>(&'a self, _: &'a PhoneNumber, text: &'a str) -> BoxFuture<'a, Result<Receipt, Error>> {
            Box::pin(async move {
                self.0.fetch_add(1, Ordering::SeqCst);
                Ok(Receipt::new(SendState::Sent, Some(text.to_owned())))
            })
        }
    }

    fn claim() -> Claim {
        let plan = NewCampaign::bulk("c", Content::text("Olá {nome}").unwrap(), "2099-01-01T00:00Z".parse().unwrap());
        Claim {
            message: MessageId(1),
            campaign: CampaignId(1),
            attempt: 1,
            token: 7,
            number: "+5511900000001".parse().unwrap(),
            plan: Arc::new(plan),
            params: Params::from([("nome".to_owned(), "Ana".to_owned())]),
        }
    }

    #[tokio::test]
    async fn a_worker_that_is_late_does_not_send() {
        let messenger = Counting::default();
        let late = Started::now().earlier(Duration::from_millis(5_001));
        let result = attempt(&messenger, claim(), late, &FileErrors::default()).await;
        assert_eq!(result.verdict, Verdict::NotSent(NotSent::TooLate));
        assert_eq!(messenger.0.load(Ordering::SeqCst), 0);
        let early = Started::now().earlier(Duration::from_secs(3));
        let result = attempt(&messenger, claim(), early, &FileErrors::default()).await;
        assert_eq!((result.verdict, result.provider_id.as_deref()), (Verdict::Done, Some("Olá Ana")));
        assert_eq!((result.attempt, result.token), (1, 7));
        assert_eq!(messenger.0.load(Ordering::SeqCst), 1);
    }

    #[tokio::test]
    async fn a_message_without_a_value_is_not_sent() {
        let messenger = Counting::default();
        let claim = Claim { params: Params::new(), ..claim() };
        let result = attempt(&messenger, claim, Started::now(), &FileErrors::default()).await;
        assert_eq!(result.verdict, Verdict::Invalid);
        assert_eq!(messenger.0.load(Ordering::SeqCst), 0);
    }
}
