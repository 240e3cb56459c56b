// The README's links lead to published pages. In rustdoc, these definitions come first and so take precedence.
//! [`Client::message_status`]: Client::message_status
//! [`ClientBuilder::parameters_in`]: ClientBuilder::parameters_in
//! [`ClientBuilder::preflight`]: ClientBuilder::preflight
//! [`ClientBuilder::retry`]: ClientBuilder::retry
//! [`facts`]: facts
//! [`RateLimit`]: RateLimit
//! [`Webhook`]: types::Webhook
//! [`Webhook::from_body`]: types::Webhook::from_body
//!
#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

// Generated code has other rules: the spec decides what is documented.
#[rustfmt::skip]
#[allow(clippy::all, clippy::pedantic, missing_docs)]
mod generated;

pub use generated::*;

/// The facts about this API that the documentation cites as sources.
///
#[doc = include_str!("generated/facts.md")]
pub mod facts {}

#[doc(inline)]
pub use zap_client_runtime::{
    Backoff, ByteStream, ClientBuilder, ConnectFailure, Constraint, DryRun, DryRunBody, DryRunPart, Error, ErrorKind,
    Evidence, FailedAttempt, File, Instance, Optional, Outcome, ParameterLocation, Phase, RateLimit, RefusalReason,
    ResponseValue, RetryPolicy, Secret, Source, Timeouts, UnknownOutcome, Violation, http_client_builder,
};

/// The runtime of this client, for items that are not re-exported here.
pub use zap_client_runtime;
/// The HTTP library, for [`ClientBuilder::configure_reqwest`].
#[doc(no_inline)]
pub use zap_client_runtime::reqwest;
