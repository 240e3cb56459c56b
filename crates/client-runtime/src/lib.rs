#![doc = include_str!("../README.md")]

mod answer;
mod base_url;
mod call;
mod client;
mod connect_failure;
mod debug;
mod disk;
mod dry_run;
mod error;
mod exchange;
mod file;
mod file_name;
mod file_type;
mod form;
mod form_body;
mod format;
mod http_client;
mod items;
#[doc(hidden)]
pub mod lenient;
mod limit;
mod needle;
#[doc(hidden)]
pub mod object;
mod open_enum;
mod operation;
mod optional;
mod outcome;
mod posted;
mod preflight;
mod proxy;
mod quote;
#[doc(hidden)]
pub mod read;
mod repair;
mod request;
mod response;
mod retry;
mod rule;
mod scrub;
mod secret;
mod timer;
mod tls;
mod tokens;
mod trace;
mod transient;
mod trim;
mod urls;
mod violation;

pub use call::Call;
pub use client::{ClientBuilder, ParameterLocation, RawClient, Timeouts};
pub use connect_failure::ConnectFailure;
pub use dry_run::{DryRun, DryRunBody, DryRunPart};
pub use error::{Error, ErrorKind, Phase};
pub use file::{ByteStream, File};
pub use form::Form;
#[doc(hidden)]
pub use items::{Fetch, Key, List, Page};
pub use items::{Items, ListEnd, ListSummary};
pub use limit::RateLimit;
#[cfg(feature = "schemars")]
#[doc(hidden)]
pub use object::all_optional;
pub use operation::{
    Api, Envelope, Instance, Operation, Pagination, RefusalReason, Refusals, Safety, ValidationAnswer,
};
pub use optional::Optional;
pub use outcome::{Outcome, UnknownOutcome};
pub use response::{Answer, ResponseValue};
pub use retry::{Backoff, FailedAttempt, RetryPolicy};
pub use rule::{Constraint, Evidence, Rule, Source};
pub use secret::{CredentialLocation, Credentials, Secret};

#[doc(hidden)]
pub use violation::Flaw;
pub use violation::Violation;

// Generated code and its users name these; they come from here so that one version serves both.
pub use reqwest;
#[doc(hidden)]
pub use serde;

/// Returns a `reqwest` builder for an HTTP client that several clients share.
///
/// Give the HTTP client to [`ClientBuilder::reqwest_client`]. Its connect time-out is 10 seconds, it closes idle
/// connections after 1.5 seconds (before common servers close them), and it follows no redirects, sends no `Referer`
/// and does not retry. The runtime cannot recognise such a client, so it gets the same conservative outcomes as any
/// client that you supply.
///
/// With the feature `rustls-no-provider` and no other for TLS, its `build()` panics unless the program
/// has installed a provider of cryptography, such as by
/// `rustls::crypto::ring::default_provider().install_default()`.
pub fn http_client_builder() -> reqwest::ClientBuilder {
    http_client::hardened(http_client::with_defaults(reqwest::Client::builder()))
}
