//! The part of a client that its calls share.

use std::fmt;
use std::sync::Arc;

use crate::client::credentials::Auth;
use crate::client::parameter_location::ParameterLocation;
use crate::error::error::Error;
use crate::error::evidence::{Verdict, WireEvidence, outcome_of};
use crate::error::kind::ErrorKind;
use crate::error::outcome::Outcome;
use crate::policy::rate_limit::RateLimit;
use crate::policy::retry::RetryPolicy;
use crate::policy::timeouts::Timeouts;
use crate::redact::scrubber::Scrubber;
use crate::redact::secret::Secret;
use crate::spec::api::Api;
use crate::spec::credential::CredentialLocation;
use crate::spec::operation::Operation;
use crate::util::url_cache::UrlCache;

/// The untyped client that each generated client wraps. Cloning is cheap.
#[derive(Clone)]
pub struct RawClient(pub(crate) Arc<ClientInner>);

pub(crate) struct ClientInner {
    pub(crate) api: &'static Api,
    pub(crate) provider: String,
    pub(crate) urls: UrlCache,
    /// All credentials, as the calls of an operation without a security of its own carry them.
    pub(crate) auth: Auth,
    pub(crate) credentials: Vec<(CredentialLocation, Secret)>,
    /// The setters of credentials, for errors that name one.
    pub(crate) setters: &'static [(CredentialLocation, &'static str)],
    pub(crate) scrubber: Arc<Scrubber>,
    pub(crate) timeouts: Timeouts,
    pub(crate) max_answer_bytes: usize,
    pub(crate) parameters_in: ParameterLocation,
    pub(crate) retry: Arc<dyn RetryPolicy>,
    pub(crate) rate_limit: Option<RateLimit>,
    pub(crate) preflight: bool,
    pub(crate) http: reqwest::Client,
    /// Whether the runtime built `http`, so that it does not follow redirects and sends nothing twice.
    pub(crate) own_http: bool,
}

impl RawClient {
    /// Returns the name of the instance that it calls.
    #[must_use]
    pub fn provider(&self) -> &str {
        &self.0.provider
    }
}

impl ClientInner {
    pub(crate) fn error(&self, kind: ErrorKind, outcome: Outcome, operation: &'static Operation) -> Error {
        // An API with remarks has a remark for things that do not exist, and sends 404 only for unknown routes (fact E7).
        let envelope = &self.api.envelope;
        let not_found_is_route = envelope.remark.is_some() && !envelope.is_by_status();
        Error::new(kind, outcome, &self.provider, operation.id).with_not_found_is_route(not_found_is_route)
    }

    /// Returns the outcome of `operation` that the evidence proves.
    ///
    /// An HTTP client that the caller supplied may have followed a redirect or sent the request twice, so its last answer
    /// proves nothing about the first request.
    pub(crate) fn outcome(&self, operation: &Operation, evidence: WireEvidence<'_>) -> Outcome {
        let evidence = match evidence {
            WireEvidence::Answer { verdict: Verdict::Success, .. } => evidence,
            _ if self.own_http => evidence,
            _ => WireEvidence::NoAnswer,
        };
        outcome_of(operation.safety, &self.api.envelope, evidence)
    }

    pub(crate) fn scrub(&self, text: &str) -> String {
        self.scrubber.scrub(text)
    }
}

impl fmt::Debug for ClientInner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Only the host of the URL is shown, because people put keys into paths.
        f.debug_struct("ClientInner")
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
