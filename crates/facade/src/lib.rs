#![doc = include_str!("../README.md")]

mod capability;
#[cfg(feature = "chatguru")]
mod chatguru;
mod config;
mod contact;
#[cfg(feature = "contract")]
pub mod contract;
#[cfg(feature = "externalapi")]
mod externalapi;
mod media;
mod messenger;
mod outgoing;
mod phone;
mod provider;
mod receipt;
mod send_time;
mod template;

pub use capability::{Capabilities, Capability};
#[cfg(feature = "chatguru")]
pub use chatguru::ChatGuru;
pub use config::{Config, ConfigError, ConfigProblem, ProblemKind, connect};
pub use contact::{ContactChanges, ContactReceipt, ContactState, NewContact, Unfinished};
#[cfg(feature = "externalapi")]
pub use externalapi::ExternalApi;
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

#[doc = include_str!("../docs/guide.md")]
pub mod guide {}

/// The code of the workspace's README compiles.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct WorkspaceReadme;
