#![doc = include_str!("../README.md")]

// Written by the generator, which documents what the spec documents.
#[rustfmt::skip]
#[allow(clippy::all, clippy::pedantic, missing_docs)]
mod generated;

#[doc(inline)]
pub use client_runtime::{
    Backoff, ByteStream, ClientBuilder, ConnectFailure, Constraint, DryRun, DryRunBody, DryRunPart, Error, ErrorKind,
    FailedAttempt, File, How, Install, Items, ListEnd, ListSummary, Optional, Outcome, ParametersIn, Phase, RateLimit,
    Reason, ResponseValue, RetryPolicy, Secret, Source, Timeouts, UnknownOutcome, Violation, http_client_builder,
};
pub use generated::{Client, Credentials, Provider, builder, operations, types};

/// The runtime below this client, for what is not named here.
pub use client_runtime;
/// The HTTP library, for [`ClientBuilder::configure_reqwest`].
#[doc(no_inline)]
pub use client_runtime::reqwest;
