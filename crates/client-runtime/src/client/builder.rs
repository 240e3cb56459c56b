//! Builds clients.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use crate::client::base_url;
use crate::client::credentials::{Auth, basic_pair};
use crate::client::http_client::{self, Configure};
use crate::client::inner::{ClientInner, RawClient};
use crate::client::parameter_location::ParameterLocation;
use crate::client::tls;
use crate::error::error::Error;
use crate::error::kind::ErrorKind;
use crate::error::outcome::Outcome;
use crate::policy::rate_limit::RateLimit;
use crate::policy::retry::{Backoff, RetryPolicy};
use crate::policy::timeouts::Timeouts;
use crate::redact::scrubber::Scrubber;
use crate::redact::secret::{Credentials, Secret};
use crate::spec::api::{Api, Instance};
use crate::spec::credential::CredentialLocation;
use crate::util::url_cache::UrlCache;

/// A page of contacts is about 20 kB, so this leaves room for thousands of contacts.
const MAX_ANSWER_BYTES: usize = 8 * 1024 * 1024;

/// The error for an `https` address in a program without TLS.
const NO_TLS: &str = "the address is `https`, but the program is built without TLS, so calls would reach a proxy in \
                      clear text: turn on the feature `rustls` of this client's package (or `rustls-no-provider`, or \
                      `native-tls`)";

/// The settings of a client to be built. `Client::builder` of each generated client returns it.
#[must_use]
pub struct ClientBuilder<C> {
    api: &'static Api,
    instance: Instance,
    credentials: Vec<(CredentialLocation, Secret)>,
    setters: &'static [(CredentialLocation, &'static str)],
    timeouts: Timeouts,
    max_answer_bytes: usize,
    parameters_in: ParameterLocation,
    retry: Arc<dyn RetryPolicy>,
    rate_limit: Option<RateLimit>,
    preflight: bool,
    http: Http,
    client: PhantomData<fn() -> C>,
}

enum Http {
    Build(Option<Configure>),
    Given(reqwest::Client),
}

impl<C: From<RawClient>> ClientBuilder<C> {
    /// Creates a builder; for generated code.
    #[doc(hidden)]
    pub fn new(api: &'static Api, instance: Instance, credentials: impl Credentials) -> Self {
        Self {
            api,
            instance,
            setters: credentials.setters(),
            credentials: credentials
                .into_parts()
                .into_iter()
                .map(|(location, secret)| (location, secret.trimmed()))
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
    /// It is everything before an operation's path, such as `https://zap.example/external-api`. It also replaces
    /// the fields of the instance, such as the host name of an account's server.
    ///
    /// With an `http` URL everything is sent in clear text, including the credentials. Use one only for a sandbox on
    /// this machine, or for a proxy that adds TLS.
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.instance.base_url = base_url.into();
        self.instance.host_names.clear();
        self
    }

    /// Sets the time limits for each phase of a call.
    pub fn timeouts(mut self, timeouts: Timeouts) -> Self {
        self.timeouts = timeouts;
        self
    }

    /// Sets the maximum size of an answer in bytes. Default: 8 MiB.
    ///
    /// A larger answer is an error of kind [`AnswerTooLarge`](ErrorKind::AnswerTooLarge), and is not kept in memory.
    /// Decoding takes at most a few dozen times the size of an answer. One that would take more, because it consists of
    /// empty objects, is [`Undecodable`](ErrorKind::Undecodable).
    pub fn max_answer_bytes(mut self, limit: usize) -> Self {
        self.max_answer_bytes = limit;
        self
    }

    /// Sets where parameters go. Default: into the URL.
    ///
    /// Some APIs that document the URL also accept an urlencoded body, as ChatGuru does (fact [C3]), which keeps the key
    /// out of logs. To check whether an account accepts it, build a second client with [`ParameterLocation::Body`] and
    /// make a call that only reads, such as `message_status` of ChatGuru for a message that you sent. The account accepts
    /// it if the answer is the same as that of the first client.
    ///
    /// [C3]: https://docs.rs/chatguru-client/latest/chatguru_client/facts/#c3
    pub fn parameters_in(mut self, location: ParameterLocation) -> Self {
        self.parameters_in = location;
        self
    }

    /// Sets the policy by which the client retries calls whose repetition is harmless. Default: [`Backoff`].
    pub fn retry(mut self, policy: impl RetryPolicy + 'static) -> Self {
        self.retry = Arc::new(policy);
        self
    }

    /// Limits how many requests the client sends. Default: no limit.
    pub fn rate_limit(mut self, limit: RateLimit) -> Self {
        self.rate_limit = Some(limit);
        self
    }

    /// Sets whether calls are validated against the rules of their operations
    /// ([`Operation::rules`](crate::Operation::rules)) before anything is sent. Default: `true`.
    ///
    /// The rules come from the providers' pages, from recordings of one version, and from WhatsApp's own limits. Turn
    /// them off if an instance accepts more. These checks remain: required values, values of the wrong type, names of
    /// files that would arrive changed, values that cannot be part of a path, and parameters that are too long for a
    /// URL.
    pub fn preflight(mut self, check: bool) -> Self {
        self.preflight = check;
        self
    }

    /// Changes the HTTP client before it is built: proxies, root certificates, a resolver, or how long idle
    /// connections are kept.
    ///
    /// After `configure` has run, redirects, `Referer`, retries and the verbose log of connections are turned off,
    /// because each of them would send credentials to another host or to a log, or send a message twice.
    ///
    /// # Panics
    ///
    /// With both features `native-tls` and `rustls-no-provider`, reqwest panics in [`build`](Self::build) if
    /// `configure` chooses rustls and the program has not installed a provider of cryptography.
    pub fn configure_reqwest(
        mut self,
        configure: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + 'static,
    ) -> Self {
        self.http = Http::Build(Some(Box::new(configure)));
        self
    }

    /// Uses an HTTP client of your own, to share its connections.
    ///
    /// Build it with [`http_client_builder`](crate::http_client_builder). A client that follows redirects sends the
    /// credentials to any host that it is redirected to. A client that follows redirects or retries **can send a change
    /// twice**. The runtime can neither prevent nor detect this, so neither a failure to connect nor an answer proves
    /// that a change was not done. A change that fails has an unknown outcome, even if the provider refused it, and is
    /// not retried. The only exception is a call that never reached the client
    /// ([`InvalidRequest`](ErrorKind::InvalidRequest)). [`configure_reqwest`](Self::configure_reqwest) has none of
    /// these drawbacks.
    ///
    /// [`build`](Self::build) still checks that the program has TLS for an `https` base URL. It cannot check how long
    /// the client keeps idle connections, which certificates it trusts and what it logs.
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
    /// - the base URL is not an `http` or `https` URL, has a query, a fragment or credentials, or ends in the path
    ///   of an operation;
    /// - a field of the instance that must be a host name, such as ChatGuru's server, is not one;
    /// - a credential is empty, or has a character that is not allowed in a header or parameter;
    /// - the base URL is `https` and reqwest was built without TLS, even if you supply the HTTP client, because reqwest
    ///   would send the call to a proxy in clear text; the error names the features to turn on;
    /// - the HTTP client cannot be built; the error says why, for instance that the system has no root certificates.
    ///
    /// If `rustls-no-provider` is the only feature for TLS, `build` also returns an error if the program has not
    /// installed a provider of cryptography. This includes programs in which the HTTP client does not need one: those
    /// where another crate turns on reqwest's own `rustls`, and those where
    /// [`configure_reqwest`](Self::configure_reqwest) sets a complete TLS configuration. Install a provider there, too.
    pub fn build(self) -> Result<C, Error> {
        let invalid = |detail: String| {
            Error::new(ErrorKind::InvalidRequest, Outcome::NotDone, &self.instance.name, "builder").with_detail(detail)
        };
        let base = base_url::of(&self.instance, self.api).map_err(invalid)?;
        if base.scheme() == "https" && !tls::is_compiled_in() {
            return Err(invalid(NO_TLS.into()));
        }
        let auth = Auth::of(self.api, &self.credentials).map_err(invalid)?;
        let own_http = matches!(self.http, Http::Build(_));
        if own_http && tls::lacks_cryptography() {
            let help = "with the feature `rustls-no-provider` the program must install a provider of cryptography \
                        first, such as `rustls::crypto::ring::default_provider().install_default()`";
            return Err(invalid(help.into()));
        }
        let pair = basic_pair(&self.credentials);
        let scrubber = Arc::new(Scrubber::new(self.credentials.iter().map(|(_, secret)| secret).chain(&pair)));
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
        Ok(C::from(RawClient(Arc::new(ClientInner {
            api: self.api,
            provider: self.instance.name,
            urls: UrlCache::new(base),
            auth,
            credentials: self.credentials,
            setters: self.setters,
            scrubber,
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
