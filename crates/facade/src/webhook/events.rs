//! The events that the receiver logs with the feature `tracing`. No event has a token, a URL or a text of a customer.

use super::refusal::Refusal;
use crate::UnreadableReason;

#[cfg(feature = "tracing")]
const TARGET: &str = "zap_facade::webhook";

/// A post was not accepted.
pub(super) fn refused(refusal: Refusal) {
    #[cfg(feature = "tracing")]
    if matches!(refusal, Refusal::Full | Refusal::Closed | Refusal::Busy) {
        tracing::warn!(target: TARGET, reason = %refusal, "webhook post refused");
    } else {
        // Anybody can cause these as often as they like.
        tracing::debug!(target: TARGET, reason = %refusal, "webhook post refused");
    }
    #[cfg(not(feature = "tracing"))]
    let _ = refusal;
}

/// A post was accepted, but is not a message.
pub(super) fn unreadable(reason: UnreadableReason) {
    #[cfg(feature = "tracing")]
    tracing::warn!(target: TARGET, %reason, "webhook post unreadable");
    #[cfg(not(feature = "tracing"))]
    let _ = reason;
}

/// The program's handler returned an error or panicked.
pub(super) fn handler_failed(panicked: bool) {
    #[cfg(feature = "tracing")]
    tracing::error!(target: TARGET, panicked, "webhook handler failed");
    #[cfg(not(feature = "tracing"))]
    let _ = panicked;
}
