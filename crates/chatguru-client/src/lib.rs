#![doc = include_str!("../README.md")]

// Written by the generator, which documents what the spec documents.
#[rustfmt::skip]
#[allow(clippy::all, clippy::pedantic, missing_docs)]
mod generated;

pub use generated::{Client, Credentials, Provider, builder, operations, types};
#[doc(inline)]
pub use zap_client_runtime::{
    Backoff, ByteStream, ClientBuilder, ConnectFailure, Constraint, DryRun, DryRunBody, DryRunPart, Error, ErrorKind,
    Evidence, FailedAttempt, File, Instance, Optional, Outcome, ParameterLocation, Phase, RateLimit, RefusalReason,
    ResponseValue, RetryPolicy, Secret, Source, Timeouts, UnknownOutcome, Violation, http_client_builder,
};

/// The runtime below this client, for what is not named here.
pub use zap_client_runtime;
/// The HTTP library, for [`ClientBuilder::configure_reqwest`].
#[doc(no_inline)]
pub use zap_client_runtime::reqwest;
