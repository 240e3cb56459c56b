//! A client's settings and connection, shared by its calls.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use crate::client::base_url;
use crate::client::credentials::{headers, signature};
use crate::client::http_client::{self, Configure};
use crate::client::inner::{RawClient, Shared};
use crate::client::parameter_location::ParameterLocation;
use crate::client::tls;
use crate::error::error::Error;
use crate::error::kind::ErrorKind;
use crate::error::outcome::Outcome;
use crate::policy::rate_limit::{RateLimit, Turns};
use crate::policy::retry::{Backoff, RetryPolicy};
use crate::policy::timeouts::Timeouts;
use crate::redact::scrubber::Scrubber;
use crate::redact::secret::{CredentialLocation, Credentials, MASK, Secret};
use crate::spec::api::{Api, Instance};
use crate::util::percent::encoded;
use crate::util::url_cache::Urls;

/// Answers are small; a page of contacts is about 20 kB. This leaves room for thousands of them.
const MAX_ANSWER_BYTES: usize = 8 * 1024 * 1024;

/// What is wrong with an `https` address in a program without TLS.
const NO_TLS: &str = "the address is `https`, but the program is built without TLS, and calls would reach a proxy in \
                      clear text: turn on the feature `rustls` of this client's package (or `rustls-no-provider`, or \
                      `native-tls`)";

/// Settings of a client to be built. From each generated client's `Client::builder`.
#[must_use]
pub struct ClientBuilder<C> {
    api: &'static Api,
    instance: Instance,
    credentials: Vec<(CredentialLocation, Secret)>,
    timeouts: Timeouts,
    max_answer_bytes: usize,
    parameters_in: ParameterLocation,
    retry: Arc<dyn RetryPolicy>,
    rate_limit: Option<Box<dyn Turns>>,
    preflight: bool,
    http: Http,
    client: PhantomData<fn() -> C>,
}

enum Http {
    Build(Option<Configure>),
    Given(reqwest::Client),
}

impl<C: From<RawClient>> ClientBuilder<C> {
    /// For generated code.
    #[doc(hidden)]
    pub fn new(api: &'static Api, instance: Instance, credentials: impl Credentials) -> Self {
        Self {
            api,
            instance,
            credentials: credentials
                .into_parts()
                .into_iter()
                .map(|(place, secret)| (place, secret.trimmed()))
                .collect(),
            timeouts: Timeouts::default(),
            max_answer_bytes: MAX_ANSWER_BYTES,
            parameters_in: ParameterLocation::default(),
            retry: Arc::new(Backoff::default()),
            rate_limit: None,
            preflight: true,
            http: Http::Build(None),
            client: PhantomData,
        }
    }

    /// Sets another base URL, for instance that of a sandbox.
    ///
    /// It is everything before an operation's path, such as `https://zap.example/external-api`. For ChatGuru it replaces
    /// the account's server.
    ///
    /// With an `http` URL everything is sent in clear text, including the credentials. Use one only for a sandbox on
    /// this machine, or for a proxy that adds TLS.
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.instance.base_url = base_url.into();
        self.instance.host_names.clear();
        self
    }

    /// Limits for each phase of a call.
    pub fn timeouts(mut self, timeouts: Timeouts) -> Self {
        self.timeouts = timeouts;
        self
    }

    /// The largest answer to accept, in bytes; 8 MiB unless set. A larger one is an error of kind
    /// [`AnswerTooLarge`](ErrorKind::AnswerTooLarge), and is not held. To decode an answer takes a
    /// few dozen times its size at most: one made of empty objects, which would take more, counts
    /// as [`Undecodable`](ErrorKind::Undecodable).
    pub fn max_answer_bytes(mut self, limit: usize) -> Self {
        self.max_answer_bytes = limit;
        self
    }

    /// Where parameters go; into the URL unless set.
    ///
    /// ChatGuru documents the URL, and public clients send an urlencoded body with equal success
    /// (fact C3), which keeps the key out of every log. To find out whether an account accepts it,
    /// build a second client with [`ParameterLocation::Body`] and call something that only reads, such as
    /// `message_status` of a message you sent: if it answers as the first client does, it does.
    pub fn parameters_in(mut self, place: ParameterLocation) -> Self {
        self.parameters_in = place;
        self
    }

    /// When calls are sent again that can be without harm; [`Backoff`] unless set.
    pub fn retry(mut self, policy: impl RetryPolicy + 'static) -> Self {
        self.retry = Arc::new(policy);
        self
    }

    /// Keeps the account below this many requests; none unless set.
    pub fn rate_limit(mut self, limit: RateLimit) -> Self {
        self.rate_limit = Some(Box::new(limit));
        self
    }

    /// Sets whether calls are validated against the rules of their operations
    /// ([`Operation::rules`](crate::Operation::rules)) before anything is sent. Default: `true`.
    ///
    /// The rules come from the providers' pages, from recordings of one version, and from WhatsApp's own limits. Turn
    /// them off if an instance accepts more. These checks remain: required values, values of the wrong type, names of
    /// files that would arrive changed, values that cannot be part of a path, and parameters that are too long for a URL.
    pub fn preflight(mut self, check: bool) -> Self {
        self.preflight = check;
        self
    }

    /// Changes the HTTP client before it is built: proxies, root certificates, a resolver, or how long idle
    /// connections are kept.
    ///
    /// Redirects, `Referer`, retries and the verbose log of connections are turned off after
    /// `configure` ran: each of them would hand credentials to another host or to a log, or send a
    /// message twice.
    ///
    /// If you choose rustls here with both features `native-tls` and `rustls-no-provider`, install a
    /// provider of cryptography first: without one, reqwest panics.
    pub fn configure_reqwest(
        mut self,
        configure: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + 'static,
    ) -> Self {
        self.http = Http::Build(Some(Box::new(configure)));
        self
    }

    /// Uses an HTTP client of your own, to share its connections.
    ///
    /// Build it from [`http_client_builder`](crate::http_client_builder). A client that follows
    /// redirects hands the credentials to whatever host it is sent to; one that follows redirects or
    /// retries **can send a change twice**. Nothing here can stop it, or tell whether a given client
    /// does. So with a given client neither a failure to connect nor an answer proves that a change
    /// was not done: unless it was stopped before the client had it
    /// ([`InvalidRequest`](ErrorKind::InvalidRequest)), a change that fails ends with an unknown
    /// outcome, also where the provider refuses it, and is not sent again.
    /// [`configure_reqwest`](Self::configure_reqwest) has none of these drawbacks.
    ///
    /// [`build`](Self::build) still checks that the program has TLS for an `https` base URL. It cannot check how long the
    /// client keeps idle connections, which certificates it trusts and what it logs.
    pub fn reqwest_client(mut self, client: reqwest::Client) -> Self {
        self.http = Http::Given(client);
        self
    }

    /// Builds the client. No connection is made.
    ///
    /// # Errors
    ///
    /// Returns an error of kind [`InvalidRequest`](ErrorKind::InvalidRequest) if
    ///
    /// - the base URL is not an `http` or `https` URL, has a query, a fragment or credentials, or ends in the path of an
    ///   operation;
    /// - ChatGuru's server is not a host name;
    /// - a credential is empty, or has a character that is not allowed in a header or parameter;
    /// - the base URL is `https` and reqwest was built without TLS, even if you supply the HTTP client, because reqwest
    ///   would send the call to a proxy in clear text; the error names the features to turn on;
    /// - the HTTP client cannot be built; the error says why, for instance that the system has no root certificates.
    ///
    /// With the feature `rustls-no-provider` and no other for TLS, also if the program has installed no
    /// provider of cryptography. That is asked for even where the HTTP client would do without: where
    /// another crate turns on reqwest's own `rustls`, and where
    /// [`configure_reqwest`](Self::configure_reqwest) sets a TLS configuration that is ready. To install
    /// one cures it there, too.
    pub fn build(self) -> Result<C, Error> {
        let invalid = |detail: String| {
            Error::new(ErrorKind::InvalidRequest, Outcome::NotDone, &self.instance.name, "builder").with_detail(detail)
        };
        let base = base_url::of(&self.instance, self.api).map_err(invalid)?;
        if base.scheme() == "https" && !tls::is_compiled_in() {
            return Err(invalid(NO_TLS.into()));
        }
        let headers = headers(self.api, &self.credentials).map_err(invalid)?;
        let own_http = matches!(self.http, Http::Build(_));
        if own_http && tls::lacks_cryptography() {
            let help = "with the feature `rustls-no-provider` the program must install a provider of cryptography \
                        first, such as `rustls::crypto::ring::default_provider().install_default()`";
            return Err(invalid(help.into()));
        }
        let scrubber = Arc::new(Scrubber::new(self.credentials.iter().map(|(_, secret)| secret)));
        let http = match self.http {
            Http::Given(client) => client,
            Http::Build(configure) => {
                let connect = self.timeouts.connect.min(self.timeouts.total / 10 * 9);
                http_client::build(configure, connect, &base).map_err(|error| {
                    let error = error.without_url();
                    invalid(scrubber.scrub(&http_client::not_built(&error))).with_source(scrubber.source(error))
                })?
            }
        };
        Ok(C::from(RawClient(Arc::new(Shared {
            api: self.api,
            provider: self.instance.name,
            urls: Urls::new(base),
            headers,
            scrubber,
            signature: signature(&self.credentials, |text, secret| text.extend(encoded(secret.expose()))),
            masked_signature: signature(&self.credentials, |text, _| text.push_str(MASK)),
            timeouts: self.timeouts,
            max_answer_bytes: self.max_answer_bytes,
            parameters_in: self.parameters_in,
            retry: self.retry,
            rate_limit: self.rate_limit,
            preflight: self.preflight,
            http,
            own_http,
        }))))
    }
}

impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("instance", &self.instance.name)
            .field("timeouts", &self.timeouts)
            .finish_non_exhaustive()
    }
}
