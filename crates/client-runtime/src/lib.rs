// The README's links lead to published pages. In rustdoc, these definitions come first and so take precedence.
//! [`ClientBuilder::reqwest_client`]: ClientBuilder::reqwest_client
//! [`DryRun`]: DryRun
//! [`Error`]: Error
//! [`Error::connect_failure`]: Error::connect_failure
//! [`ErrorKind`]: ErrorKind
//! [`File`]: File
//! [`Items`]: Items
//! [`Outcome`]: Outcome
//! [`Outcome::as_str`]: Outcome::as_str
//! [`RetryPolicy`]: RetryPolicy
//! [`Rule`]: Rule
//! [`Secret`]: Secret
//! [`Violation`]: Violation
//!
#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod body;
mod call;
mod client;
#[doc(hidden)]
pub mod decode;
mod error;
mod paginate;
mod policy;
mod redact;
mod spec;
mod util;
mod validate;
mod webhook;

pub use body::file::{ByteStream, File};
pub use body::form::Form;
pub use call::call::Call;
pub use call::dry_run::{DryRun, DryRunBody, DryRunPart};
#[doc(hidden)]
pub use call::json_body::{any_json, any_object};
pub use call::response::{Answer, ResponseValue};
pub use call::root_value::RootValue;
pub use client::builder::ClientBuilder;
pub use client::inner::RawClient;
pub use client::parameter_location::ParameterLocation;
#[cfg(feature = "schemars")]
#[doc(hidden)]
pub use decode::object::all_optional;
pub use error::connect_failure::ConnectFailure;
pub use error::error::Error;
pub use error::kind::{ErrorKind, Phase};
pub use error::outcome::{Outcome, UnknownOutcome};
#[doc(hidden)]
pub use error::violation::FieldError;
pub use error::violation::Violation;
#[doc(hidden)]
pub use paginate::cursor::{CursorPage, FetchNext, next_link};
pub use paginate::items::Items;
#[doc(hidden)]
pub use paginate::page::{Fetch, Key, List, Page};
pub use paginate::summary::{ListEnd, ListSummary};
pub use policy::rate_limit::RateLimit;
pub use policy::retry::{Backoff, FailedAttempt, RetryPolicy};
pub use policy::timeouts::Timeouts;
pub use redact::secret::{Credentials, Secret};
pub use spec::api::{Api, Instance};
pub use spec::credential::CredentialLocation;
pub use spec::envelope::{Envelope, RefusalReason, RefusalText, Refusals, ValidationAnswer};
pub use spec::operation::{Operation, Pagination, Safety};
pub use spec::rule::{Constraint, Evidence, Rule, Source};
pub use util::nullable::Nullable;
#[doc(hidden)]
pub use util::nullable::given;
pub use util::optional::Optional;
#[doc(hidden)]
pub use webhook::read_webhook;

// Generated code and its users name these; they come from here so that one version serves both.
pub use bytes::Bytes;
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
    client::http_client::hardened(client::http_client::with_defaults(reqwest::Client::builder()))
}
