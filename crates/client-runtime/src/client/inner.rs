//! What the calls of a client share.

use std::fmt;
use std::sync::Arc;

use reqwest::header::HeaderMap;
use zeroize::Zeroizing;

use crate::client::parameter_location::ParameterLocation;
use crate::error::error::Error;
use crate::error::evidence::{self, Evidence, Verdict};
use crate::error::kind::ErrorKind;
use crate::error::outcome::Outcome;
use crate::policy::rate_limit::Turns;
use crate::policy::retry::RetryPolicy;
use crate::policy::timeouts::Timeouts;
use crate::redact::scrubber::Scrubber;
use crate::spec::api::Api;
use crate::spec::operation::Operation;
use crate::util::url_cache::Urls;

/// What the calls of a client share. Cloning is cheap.
#[derive(Clone)]
pub struct RawClient(pub(crate) Arc<Shared>);

pub(crate) struct Shared {
    pub(crate) api: &'static Api,
    pub(crate) provider: String,
    pub(crate) urls: Urls,
    /// Sent with every call; credentials among them are marked sensitive.
    pub(crate) headers: HeaderMap,
    /// The credentials that are parameters, urlencoded.
    pub(crate) signature: Zeroizing<String>,
    /// The same with [`MASK`] for each value.
    pub(crate) masked_signature: Zeroizing<String>,
    pub(crate) scrubber: Arc<Scrubber>,
    pub(crate) timeouts: Timeouts,
    pub(crate) max_answer_bytes: usize,
    pub(crate) parameters_in: ParameterLocation,
    pub(crate) retry: Arc<dyn RetryPolicy>,
    pub(crate) rate_limit: Option<Box<dyn Turns>>,
    pub(crate) preflight: bool,
    pub(crate) http: reqwest::Client,
    /// Whether it was built here, and so follows no redirects and sends nothing twice.
    pub(crate) own_http: bool,
}

impl RawClient {
    /// Name of the instance that is called.
    #[must_use]
    pub fn provider(&self) -> &str {
        &self.0.provider
    }
}

impl Shared {
    pub(crate) fn error(&self, kind: ErrorKind, outcome: Outcome, operation: &'static Operation) -> Error {
        // An API with remarks has one for what is not there, and keeps 404 for its routes (fact E7).
        let not_found_is_route = self.api.envelope.remark.is_some();
        Error::new(kind, outcome, &self.provider, operation.id).with_not_found_is_route(not_found_is_route)
    }

    /// The outcome of `operation`, as far as this evidence goes.
    ///
    /// With a given HTTP client that is not far: it may have followed a redirect or sent the request
    /// a second time by itself, so that what came in the end says nothing of the first request.
    pub(crate) fn outcome(&self, operation: &Operation, evidence: Evidence<'_>) -> Outcome {
        let evidence = match evidence {
            Evidence::Answer { verdict: Verdict::Success, .. } => evidence,
            _ if self.own_http => evidence,
            _ => Evidence::NoAnswer,
        };
        evidence::outcome(operation.safety, &self.api.envelope, evidence)
    }

    pub(crate) fn scrub(&self, text: &str) -> String {
        self.scrubber.scrub(text)
    }
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The host is shown, the rest of the URL is not: people put keys into paths.
        f.debug_struct("Shared")
            .field("provider", &self.provider)
            .field("host", &self.urls.base().host_str())
            .field("timeouts", &self.timeouts)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for RawClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("RawClient").field(&self.0).finish()
    }
}
