//! Checks with a cheap read whether the provider of a paused account works again.

use std::time::Duration;

use zap_facade::{Capability, Error, Messenger, PhoneNumber};

use crate::conversation::activity;
use crate::transactions::NextCheck;

/// The longest check. It ends before the claim of the check does.
const LIMIT: Duration = Duration::from_secs(90);

/// A read that changes nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Read {
    /// The latest activity of the conversation with a recipient.
    Activity(PhoneNumber),
    /// The state of a message.
    State(String),
}

/// Returns a read that a messenger can make, if there is one.
pub(super) fn read_for(messenger: &dyn Messenger, next: &NextCheck) -> Option<Read> {
    let capabilities = messenger.capabilities();
    let number = next.number.as_ref().filter(|_| capabilities.has(Capability::LastActivity));
    let message = next.message_id.as_ref().filter(|_| capabilities.has(Capability::DeliveryState));
    number.cloned().map(Read::Activity).or_else(|| message.cloned().map(Read::State))
}

/// Makes a read.
///
/// # Errors
///
/// Returns how long the provider asks to wait, if it does.
pub(super) async fn check(messenger: &dyn Messenger, read: &Read) -> Result<(), Option<Duration>> {
    let call = async {
        match read {
            Read::Activity(number) => activity(messenger, number).await.map(drop),
            Read::State(message) => messenger.delivery_state(message).await.map(drop),
        }
    };
    let result: Result<(), Option<Error>> = match tokio::time::timeout(LIMIT, call).await {
        Ok(result) => result.map_err(Some),
        Err(_) => Err(None),
    };
    result.map_err(|error| {
        let wait = error.as_ref().and_then(Error::retry_after);
        tracing::info!(error = error.map(tracing::field::display), "the provider does not answer a read yet");
        wait
    })
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use zap_facade::{BoxFuture, Capabilities, Receipt};

    use super::*;

    #[derive(Debug)]
    struct Able(&'static [Capability]);

    impl Messenger for Able {
        fn provider(&self) -> &'static str {
            "Test"
        }

        fn capabilities(&self) -> Capabilities {
            Capabilities::of(self.0)
        }

        fn send_text<'a>(&'a self, _: &'a PhoneNumber, _: &'a str) -> BoxFuture<'a, Result<Receipt, Error>> {
            unreachable!("only reads are made")
        }
    }

    #[test]
    fn the_read_is_one_that_the_messenger_can_make() {
        let number: PhoneNumber = "+5511900000001".parse().unwrap();
        let next = |number: Option<&PhoneNumber>, message_id: Option<&str>| NextCheck {
            at: Timestamp::UNIX_EPOCH,
            number: number.cloned(),
            message_id: message_id.map(str::to_owned),
        };
        let activity = Able(&[Capability::LastActivity]);
        let state = Able(&[Capability::DeliveryState]);
        let of_number = Some(Read::Activity(number.clone()));
        let of_message = Some(Read::State("id".to_owned()));
        assert_eq!(read_for(&activity, &next(Some(&number), Some("id"))), of_number);
        assert_eq!(read_for(&activity, &next(None, Some("id"))), None);
        assert_eq!(read_for(&state, &next(Some(&number), Some("id"))), of_message);
        assert_eq!(read_for(&state, &next(Some(&number), None)), None, "nothing was answered yet");
        assert_eq!(read_for(&Able(&[Capability::Text]), &next(Some(&number), Some("id"))), None);
    }
}
