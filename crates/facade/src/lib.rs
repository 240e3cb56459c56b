// The README's links lead to published pages. In rustdoc, these definitions come first and so take precedence.
//! [`Capability`]: Capability
//! [`ChatGuru`]: ChatGuru
//! [`Config`]: Config
//! [`ConversationWatcher`]: ConversationWatcher
//! [`ExternalApi`]: ExternalApi
//! [`Incoming`]: Incoming
//! [`Messenger`]: Messenger
//! [`Messenger::capabilities`]: Messenger::capabilities
//! [`Messenger::dry_run`]: Messenger::dry_run
//! [`Messenger::ensure_contact`]: Messenger::ensure_contact
//! [`Messenger::update_contact`]: Messenger::update_contact
//! [`ParameterLocation`]: ParameterLocation
//! [`PhoneNumber`]: PhoneNumber
//! [`PhoneNumber::key`]: PhoneNumber::key
//! [`PhoneNumber::variants`]: PhoneNumber::variants
//! [`RateLimit`]: RateLimit
//! [`SendTime`]: SendTime
//! [`Timeouts`]: Timeouts
//! [`Unfinished::of`]: Unfinished::of
//! [guide]: guide
//!
#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod activity;
mod capability;
#[cfg(feature = "chatguru")]
mod chatguru;
mod config;
mod contact;
#[cfg(feature = "contract")]
pub mod contract;
#[cfg(any(feature = "chatguru", feature = "externalapi"))]
pub mod doctor;
#[cfg(feature = "externalapi")]
mod externalapi;
#[cfg(feature = "chatguru")]
mod incoming;
mod media;
mod messenger;
mod outgoing;
mod phone;
mod provider;
mod receipt;
mod send_time;
mod template;
#[cfg(all(feature = "axum", feature = "chatguru"))]
pub mod webhook;

pub use activity::Activity;
pub use capability::{Capabilities, Capability};
#[cfg(feature = "chatguru")]
pub use chatguru::ChatGuru;
pub use config::{Config, ConfigError, ConfigProblem, ProblemKind, connect};
pub use contact::{ContactChanges, ContactReceipt, ContactState, NewContact, Unfinished};
#[cfg(feature = "externalapi")]
pub use externalapi::{ConversationCursor, ConversationWatcher, ExternalApi, InvalidCursor, MovedConversation};
#[cfg(feature = "chatguru")]
pub use incoming::{Incoming, IncomingKind, Received, Unreadable, UnreadableReason};
pub use media::{Media, MediaKind, MediaSource};
pub use messenger::{BoxFuture, Messenger};
pub use outgoing::Outgoing;
pub use phone::{InvalidPhoneNumber, PhoneNumber};
pub use provider::{Provider, UnknownProvider};
pub use receipt::{DeliveryState, Receipt, SendState};
pub use send_time::SendTime;
#[cfg(feature = "chatguru")]
pub use send_time::UnclearTime;
pub use template::TemplateMessage;
pub use zap_client_runtime::{
    Backoff, ConnectFailure, Constraint, DryRun, DryRunBody, Error, ErrorKind, FailedAttempt, File, Outcome,
    ParameterLocation, Phase, RateLimit, RefusalReason, RetryPolicy, Secret, Timeouts, Violation,
};

/// The HTTP library, for [`Config::with_http`].
#[doc(no_inline)]
pub use zap_client_runtime::reqwest;

/// ChatGuru's own client.
#[cfg(feature = "chatguru")]
pub use chatguru_client;
/// The client of EscalaZap, WaziMe and WapiFlow.
#[cfg(feature = "externalapi")]
pub use externalapi_client;
/// The time library, for [`SendTime`] and [`ChatGuru::with_time_zone`].
#[cfg(feature = "chatguru")]
#[doc(no_inline)]
pub use jiff;

// As above: for rustdoc, these take precedence over the links in the file.
/// [`ClientBuilder::preflight(false)`]: crate::externalapi_client::ClientBuilder::preflight
/// [`ConversationCursor::now`]: crate::ConversationCursor::now
/// [`ConversationWatcher`]: crate::ConversationWatcher
/// [`ConversationWatcher::next`]: crate::ConversationWatcher::next
/// [`Error::body`]: crate::Error::body
/// [`Error::messages`]: crate::Error::messages
/// [`Error::violations`]: crate::Error::violations
/// [`ErrorKind`]: crate::ErrorKind
/// [`Outcome`]: crate::Outcome
/// [`Unknown`]: crate::Outcome::Unknown
/// [`connect`]: crate::connect
/// [`delivery_state`]: crate::Messenger::delivery_state
/// [`is_transient`]: crate::Error::is_transient
/// [`last_activity`]: crate::Messenger::last_activity
///
#[doc = include_str!("../docs/guide.md")]
pub mod guide {}

/// The code of the workspace's README compiles.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct WorkspaceReadme;
